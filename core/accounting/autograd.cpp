// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/autograd.h"

#include "core/accounting/autograd_modules.h"
#include "core/accounting/training_loss.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

#include <algorithm>
#include <array>
#include <vector>

namespace headroom {
namespace {

using namespace autograd;

struct Layer {
    std::array<Part, most_sub_layers * 5 + 1> parts; ///< each with its norms, and AltUp
    std::size_t count = 0;
    void add(const Part& part) { parts[count++] = part; }
    [[nodiscard]] Wide kept() const {
        Wide sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            sum += parts[i].kept;
        }
        return sum;
    }
};

/// The layer's norms, by its first sub-layer.
const SubLayerNorms& norms_of_first(const LayerSpec& layer) {
    return layer.sub_layers.front().norms;
}

/// Whether the norms keep only copies of the residual stream, so that the stream itself lives for
/// the sums alone.
bool stream_is_free(const LayerSpec& layer) {
    const SubLayerNorms& norms = norms_of_first(layer);
    return norms.norm.kind != NormKind::Layer && norms.input;
}

Layer layer_of(const Run& run, const LayerSpec& spec) {
    const Wide t = run.tokens;
    const Wide s = stream(run);
    const bool free = stream_is_free(spec);
    Layer layer;
    for (const SubLayer& sub : spec.sub_layers) {
        const SubLayerNorms& norms = sub.norms;
        const bool dropout = norms.norm.kind == NormKind::Layer;
        const bool mixes = role_of(sub.kind) == SubLayerRole::Attention;
        // Beside the sub-layer: the layer's input and the stream between the two; GPT-2's block
        // still names its attention's output. Under a checkpoint the input waits anyway.
        Wide held = free ? (mixes ? s : 2 * s) : 0;
        Wide held_alone = 0;
        if (mixes) {
            held_alone = norms.input ? 0 : -s;
        } else if (norms.input) {
            held += dropout ? s : 0;
            held_alone = dropout ? 2 * s : s;
        }
        Part mixer = sub_layer(run, sub);
        if (dropout) {
            mixer.kept += flag * t * run.model.hidden_size;
            mixer.backward += s / 2; // the gradient without what was dropped, less the mask
            mixer.rebuilt += s / 2;
        }
        Part n = norm(run, norms.norm.kind, t, t * run.model.hidden_size);
        for (Part* part : {&mixer, &n}) {
            part->forward += held;
            part->alone += held_alone;
        }
        if (norms.input) {
            layer.add(n);
        }
        layer.add(mixer);
        for (const bool stands : {norms.output, norms.joined, norms.stream}) {
            if (stands) {
                layer.add(n);
            }
        }
    }
    std::visit(
        Overloaded{
            [](const PlainSum&) {},
            [&](const AltUpSpec& a) { layer.add(altup(run, norms_of_first(spec).norm.kind, a)); },
        },
        spec.residual);
    for (std::size_t i = 0; i < layer.count; ++i) {
        layer.parts[i].backward += s; // the gradient of the residual stream
        layer.parts[i].rebuilt += s;
    }
    return layer;
}

/// Streams of the residual: Gemma 3n's AltUp carries several.
Wide streams(const ModelSpec& model) {
    const AltUpSpec* a = altup_of(model);
    return a != nullptr ? a->num_inputs : 1;
}

/// Masks that the modules share while they run, of one sequence's square: bool where fused
/// attention needs one, bf16 of every span where the scores are stored.
Wide shared_masks(const Run& run) {
    std::vector<AttentionSpan> seen;
    Wide bytes = 0;
    const Wide square = wide(run.setup.sequence) * run.setup.sequence;
    for (const LayerKind& kind : run.model.kinds) {
        for (const SubLayer& sub : kind.spec.sub_layers) {
            const AttentionSpan* span = span_of(sub.kind);
            if (span == nullptr || std::find(seen.begin(), seen.end(), *span) != seen.end()) {
                continue;
            }
            seen.push_back(*span);
            bytes += is_eager(run, sub.kind) ? bf16 * square
                     : is_masked(run, *span) ? flag * square
                                             : 0;
        }
    }
    return bytes;
}

/// Rotation's tables of cos and sin, one pair for all sequences.
Wide rotation_tables(const Run& run) {
    const ModelSpec& model = run.model;
    const Wide number = rotates_in_fp32(model) ? fp32 : bf16;
    Wide kept = 0;
    std::vector<RotarySpec> seen;
    for (const LayerKind& kind : model.kinds) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        if (rotary != nullptr && std::find(seen.begin(), seen.end(), *rotary) == seen.end()) {
            seen.push_back(*rotary);
            kept += 2 * number * rotary->rotary_dim * run.setup.sequence;
        }
    }
    return kept;
}

/// What the way from the tables to the layers keeps: masks of dropout, BERT's norm, AltUp's streams
/// and the per-layer inputs.
Wide kept_by_embeddings(const Run& run) {
    const ModelSpec& model = run.model;
    const Wide t = run.tokens;
    Wide kept = 0;
    const LayerSpec& first = model.kinds.front().spec;
    if (norms_of_first(first).norm.kind == NormKind::Layer) {
        kept += flag * t * model.hidden_size;
    }
    if (model.naming == TensorNaming::Bert) {
        kept += norm(run, NormKind::Layer, t, t * model.hidden_size).kept;
    }
    if (const AltUpSpec* a = altup_of(first.residual)) {
        const Wide inputs = t * model.num_layers() * a->per_layer_input;
        const Wide carried = a->num_inputs;
        kept += norm(run, norms_of_first(first).norm.kind, t * model.num_layers(), inputs).kept;
        // Inputs of the projections: for the layers' inputs, to the streams and back from them;
        // and, in either direction, two tensors that hold each further stream's length.
        kept += (1 + 1 + carried + 4 * (carried - 1)) * stream(run);
    }
    return kept;
}

/// Behind the layers: the last norm, and the inputs of the head.
Part final_norm(const Run& run) {
    const ModelSpec& model = run.model;
    const Wide numbers = run.tokens * model.hidden_size;
    Part p;
    if (model.naming != TensorNaming::Bert) {
        p = norm(run, model.final_norm.kind, run.tokens, numbers);
        p.forward += model.final_norm.kind == NormKind::Layer ? 0 : stream(run);
    }
    return p;
}

Wide head_inputs(const Run& run) {
    if (run.setup.loss == Loss::None) {
        return 0;
    }
    Wide kept = stream(run);
    if (run.model.naming == TensorNaming::Bert) { // one more product, activation and norm
        kept += 2 * stream(run) +
                norm(run, NormKind::Layer, run.tokens, run.tokens * run.model.hidden_size).kept;
    }
    return kept;
}

/// Gradients of the tables: dense, before they are added to what was there. More than 3,072 tokens
/// are sorted and added in fp32 by tens, with room for as many rows as tokens and a tenth.
Wide table_gradients(const Run& run) {
    const ModelSpec& model = run.model;
    Wide largest = wide(model.vocab_size) * model.hidden_size;
    if (const AltUpSpec* a = altup_of(model)) {
        largest = std::max(largest,
                           wide(model.per_layer_vocab) * model.num_layers() * a->per_layer_input);
    }
    constexpr std::int64_t unsorted = 3072;
    const Wide rows = run.tokens > unsorted ? run.tokens * 11 / 10 : 0;
    return run.learns ? bf16 * largest + fp32 * rows * model.hidden_size + stream(run) : 0;
}

/// Follows a step: what is kept grows through the forward pass and shrinks through the backward.
class TrainingStep {
public:
    explicit TrainingStep(const Run& run)
        : m_run(run) {
        for (const LayerKind& kind : run.model.kinds) {
            m_layers.push_back(layer_of(run, kind.spec));
        }
        const LayerSpec& first = run.model.kinds.front().spec;
        // Outputs of the embeddings, which the model's frame still names.
        m_embeddings = run.model.learned_positions > 0 && !run.model.is_encoder ? 2 * stream(run)
                       : stream_is_free(first)                                  ? stream(run)
                                                                                : 0;
    }

    AutogradMemory follow() {
        const bool checkpoints = m_run.setup.recomputation == Recomputation::Full;
        const Wide tables = rotation_tables(m_run);
        const Wide masks = shared_masks(m_run);
        const Wide inputs = streams(m_run.model) * stream(m_run);
        const Part last_norm = final_norm(m_run);
        const LossMemory loss = loss_memory(m_run.model, m_run.setup);

        Wide kept = tables + kept_by_embeddings(m_run) + (checkpoints ? masks : 0);
        for (const std::uint16_t kind : m_run.model.kind_of_layer) {
            const Layer& layer = m_layers[kind];
            kept += checkpoints ? inputs : 0;
            for (std::size_t i = 0; i < layer.count; ++i) {
                const Part& part = layer.parts[i];
                if (checkpoints) {
                    forward(kept + part.alone + (m_embeddings > stream(m_run) ? m_embeddings : 0));
                } else {
                    kept += part.kept;
                    forward(kept + part.forward + m_embeddings + masks);
                }
            }
        }
        const Wide layers_kept = kept;
        kept += last_norm.kept;
        forward(kept + last_norm.forward + m_embeddings + masks);
        kept += head_inputs(m_run);
        const Wide all = kept + loss.kept;
        forward(kept + loss.forward);
        m_step = std::max(m_forward, kept + loss.backward);
        backward(layers_kept + last_norm.kept + last_norm.backward);

        // A tied table waits with the head's gradient for that of the embedding; their sum is new.
        const bool tied = m_run.model.tie_word_embeddings && m_run.setup.loss != Loss::None;
        const Wide held =
            tied ? weight(m_run, wide(m_run.model.vocab_size) * m_run.model.hidden_size) : 0;
        kept = layers_kept + held;
        for (auto kind = m_run.model.kind_of_layer.rbegin();
             kind != m_run.model.kind_of_layer.rend(); ++kind) {
            const Layer& layer = m_layers[*kind];
            if (checkpoints) { // built again beside its input, which its first module may keep
                const bool keeps = !stream_is_free(m_run.model.kinds[*kind].spec);
                kept += layer.kept() - (keeps ? stream(m_run) : 0);
            }
            for (std::size_t i = layer.count; i-- > 0;) {
                const Part& part = layer.parts[i];
                backward(kept + (checkpoints ? part.rebuilt : part.backward));
                kept -= layer.parts[i].kept;
            }
            if (checkpoints) {
                const bool keeps = !stream_is_free(m_run.model.kinds[*kind].spec);
                kept -= inputs - (keeps ? stream(m_run) : 0);
            }
        }
        backward(tables + table_gradients(m_run) + 2 * held);
        return {all, m_forward, m_step};
    }

private:
    void forward(Wide alive) { m_forward = std::max(m_forward, alive); }
    void backward(Wide alive) { m_step = std::max(m_step, alive); }

    const Run& m_run;
    std::vector<Layer> m_layers; ///< by kind
    Wide m_embeddings = 0;
    Wide m_forward = 0;
    Wide m_step = 0;
};

} // namespace

AutogradMemory autograd_memory(const ModelSpec& spec, const TrainingSetup& setup) {
    const Run run = run_of(spec, setup);
    return TrainingStep(run).follow();
}

Wide autograd_bytes_of_layer(const ModelSpec& spec, const LayerSpec& layer,
                             const TrainingSetup& setup) {
    return layer_of(run_of(spec, setup), layer).kept();
}

} // namespace headroom
