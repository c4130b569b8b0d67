// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weights.h"

#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/engine/engine_sentences.h"
#include "core/engine/kernels/product.h"
#include "core/engine/tensor_names.h"
#include "core/engine/weight_reader.h"

namespace headroom {
namespace {

static_assert(std::variant_size_v<KindWeights> == std::variant_size_v<SubLayerKind>);

using enum TensorSlot;

/// Q, K and V side by side, whether the checkpoint keeps them in one matrix or in three.
void read_qkv(WeightReader& reader, const TensorLookup& tensors, Linear& out) {
    if (tensors.has(QkvProj)) {
        reader.linear(tensors, QkvProj, out);
        return;
    }
    std::int64_t width = 0;
    for (const TensorSlot slot : {QProj, KProj, VProj}) {
        width += tensors.has(slot) ? tensors.weight(slot).shape[0] : 0;
    }
    out.weight = reader.matrix(tensors.weight(QProj).shape[1], width);
    std::int64_t first = 0;
    for (const TensorSlot slot : {QProj, KProj, VProj}) {
        if (!tensors.has(slot)) {
            continue; // read from another layer's cache
        }
        const auto place = [first](std::int64_t i) { return first + i; };
        const StoredTensor weight = tensors.weight(slot);
        reader.columns(weight, out.weight, place);
        if (tensors.has(slot, true)) {
            reader.bias(tensors.bias(slot), out, place);
        }
        first += weight.shape[0];
    }
}

void read_kind(WeightReader& reader, const TensorLookup& tensors, const NormSpec& norm,
               const GroupedQueryAttention& /*spec*/, GroupedWeights& out) {
    read_qkv(reader, tensors, out.qkv);
    reader.linear(tensors, OProj, out.o);
    if (tensors.has(QNorm)) {
        reader.norm(tensors, QNorm, norm, out.q_norm);
    }
    if (tensors.has(KNorm)) {
        reader.norm(tensors, KNorm, norm, out.k_norm);
    }
    if (tensors.has(Sinks)) {
        out.sinks = reader.vector(tensors.weight(Sinks));
    }
}

void read_kind(WeightReader& reader, const TensorLookup& tensors, const NormSpec& norm,
               const LatentAttention& spec, LatentWeights& out) {
    const std::int64_t heads = spec.num_attention_heads;
    const std::int64_t rank = spec.kv_lora_rank;
    const std::int64_t nope = spec.qk_nope_head_dim;
    if (tensors.has(QAProj)) {
        reader.linear(tensors, QAProj, out.q_a);
        reader.norm(tensors, QANorm, norm, out.q_a_norm);
        reader.linear(tensors, QBProj, out.q_b);
    } else {
        reader.linear(tensors, QProj, out.q_b);
    }
    reader.linear(tensors, KvAProj, out.kv_a);
    reader.norm(tensors, KvANorm, norm, out.kv_a_norm);
    // The latent norms take the reference's default, whatever rms_norm_eps says.
    out.q_a_norm.eps = out.kv_a_norm.eps = 1e-6F;
    for (std::int64_t head = 0; head < heads; ++head) {
        out.k_up.push_back(reader.matrix(nope, rank));
        out.v_up.push_back(reader.matrix(rank, spec.v_head_dim));
    }
    const std::int64_t per_head = nope + spec.v_head_dim;
    reader.rows(tensors.weight(KvBProj), [&](std::int64_t row, const float* values) {
        const auto head = static_cast<std::size_t>(row / per_head);
        const std::int64_t i = row % per_head;
        if (i < nope) {
            for (std::int64_t l = 0; l < rank; ++l) {
                out.k_up[head].set(i, l, values[l]);
            }
        } else {
            out.v_up[head].set_column(i - nope, values);
        }
    });
    reader.linear(tensors, OProj, out.o);
}

/// A gated feed-forward under three slots, with biases where there are any.
void read_gated(WeightReader& reader, const TensorLookup& tensors, TensorSlot gate, TensorSlot up,
                TensorSlot down, DenseWeights& out, std::int64_t copy = 0) {
    const StoredTensor first = tensors.weight(gate, copy);
    out.width = first.shape[0];
    out.up.weight = reader.matrix(first.shape[1], kernels::gated_out(out.width));
    int part = 0;
    for (const TensorSlot slot : {gate, up}) {
        const auto place = [part](std::int64_t i) { return kernels::gated_column(i, part); };
        reader.columns(tensors.weight(slot, copy), out.up.weight, place);
        if (tensors.has(slot, true)) {
            reader.bias(tensors.bias(slot), out.up, place);
        }
        ++part;
    }
    reader.linear(tensors, down, out.down, copy);
}

void read_kind(WeightReader& reader, const TensorLookup& tensors, const NormSpec& /*norm*/,
               const DenseFeedForward& spec, DenseWeights& out) {
    if (tensors.has(GateUpProj)) { // Phi-3: one after the other
        const std::int64_t width = out.width = spec.intermediate_size;
        const StoredTensor both = tensors.weight(GateUpProj);
        out.up.weight = reader.matrix(both.shape[1], kernels::gated_out(width));
        reader.columns(both, out.up.weight, [width](std::int64_t i) {
            return kernels::gated_column(i % width, i < width ? 0 : 1);
        });
        reader.linear(tensors, DownProj, out.down);
    } else if (tensors.has(GateProj)) {
        read_gated(reader, tensors, GateProj, UpProj, DownProj, out);
    } else {
        out.width = spec.intermediate_size;
        reader.linear(tensors, UpProj, out.up);
        reader.linear(tensors, DownProj, out.down);
    }
}

/// Experts in two tensors: [E, H, 2I] and [E, I, H] (in, out), or [E, 2I, H] and [E, H, I].
void read_fused_experts(WeightReader& reader, const TensorLookup& tensors,
                        const MixtureOfExperts& spec, const StoredTensor& gate_up,
                        const StoredTensor& down, bool in_out, MixtureWeights& out) {
    const std::int64_t width = spec.moe_intermediate_size;
    const std::int64_t hidden = gate_up.shape[in_out ? 1 : 2];
    const bool interleaved = spec.swiglu_limit.has_value(); // gpt-oss: gate and up alternate
    const auto place = [width, interleaved](std::int64_t i) {
        return interleaved ? kernels::gated_column(i / 2, static_cast<int>(i % 2))
                           : kernels::gated_column(i % width, i < width ? 0 : 1);
    };
    for (DenseWeights& expert : out.experts) {
        expert.width = width;
        expert.up.weight = reader.matrix(hidden, kernels::gated_out(width));
        expert.down.weight = reader.matrix(width, hidden);
    }
    const auto fill = [&](const StoredTensor& tensor, Linear DenseWeights::*part, auto&& place_of) {
        reader.rows(tensor, [&](std::int64_t row, const float* values) {
            const std::int64_t per_expert = tensor.shape[1];
            DenseWeights& expert = out.experts[static_cast<std::size_t>(row / per_expert)];
            PackedMatrix& matrix = (expert.*part).weight;
            if (in_out) {
                for (std::int64_t c = 0; c < tensor.shape[2]; ++c) {
                    matrix.set(row % per_expert, place_of(c), values[c]);
                }
            } else {
                matrix.set_column(place_of(row % per_expert), values);
            }
        });
    };
    const auto same = [](std::int64_t i) { return i; };
    fill(gate_up, &DenseWeights::up, place);
    fill(down, &DenseWeights::down, same);
    if (tensors.has(ExpertGateUpProj, true)) {
        for (DenseWeights& expert : out.experts) {
            reader.zero_bias(expert.up);
            reader.zero_bias(expert.down);
        }
        reader.rows(tensors.bias(ExpertGateUpProj), [&](std::int64_t row, const float* values) {
            for (std::int64_t c = 0; c < 2 * width; ++c) {
                out.experts[static_cast<std::size_t>(row)]
                    .up.bias[static_cast<std::size_t>(place(c))] = values[c];
            }
        });
        reader.rows(tensors.bias(ExpertDownProj), [&](std::int64_t row, const float* values) {
            out.experts[static_cast<std::size_t>(row)].down.bias.assign(values, values + hidden);
        });
    }
}

/// The same experts as files may also keep them, all in one tensor [E, out, in]; no name: the files
/// have one for each.
std::string fused_name(const WeightReader& reader, const StoredTensor& of_first,
                       const char* fused) {
    const std::size_t experts = of_first.name.find(".experts.");
    if (experts == std::string::npos) {
        return {};
    }
    const std::string canonical = of_first.name.substr(0, experts) + ".experts." + fused;
    const std::string name = stored_name(reader.source(), canonical);
    return reader.stores(name) ? name : std::string{};
}

void read_experts(WeightReader& reader, const TensorLookup& tensors, const MixtureOfExperts& spec,
                  MixtureWeights& out) {
    const std::int64_t count = spec.num_experts;
    out.experts.resize(static_cast<std::size_t>(count));
    if (tensors.has(ExpertGateUpProj)) {
        read_fused_experts(reader, tensors, spec, tensors.weight(ExpertGateUpProj),
                           tensors.weight(ExpertDownProj), tensors.is_in_out(ExpertGateUpProj),
                           out);
        return;
    }
    StoredTensor gate_up = tensors.weight(ExpertGateProj);
    StoredTensor down = tensors.weight(ExpertDownProj);
    const std::string fused = fused_name(reader, gate_up, "gate_up_proj");
    if (!fused.empty()) {
        gate_up = {fused, {count, 2 * gate_up.shape[0], gate_up.shape[1]}};
        down = {fused_name(reader, down, "down_proj"), {count, down.shape[0], down.shape[1]}};
        read_fused_experts(reader, tensors, spec, gate_up, down, false, out);
        return;
    }
    for (std::int64_t e = 0; e < count; ++e) {
        read_gated(reader, tensors, ExpertGateProj, ExpertUpProj, ExpertDownProj,
                   out.experts[static_cast<std::size_t>(e)], e);
    }
}

void read_kind(WeightReader& reader, const TensorLookup& tensors, const NormSpec& /*norm*/,
               const MixtureOfExperts& spec, MixtureWeights& out) {
    reader.linear(tensors, RouterProj, out.router);
    if (tensors.has(RouterCorrection)) {
        out.correction_bias = reader.buffer(tensors.weight(RouterCorrection));
    }
    read_experts(reader, tensors, spec, out);
    if (tensors.has(SharedGateProj)) {
        read_gated(reader, tensors, SharedGateProj, SharedUpProj, SharedDownProj, out.shared);
    }
}

void read_norms(WeightReader& reader, const TensorLookup& tensors, const SubLayerNorms& norms,
                SubLayerWeights& out) {
    const auto read = [&](bool has, TensorSlot slot, Norm& norm) {
        if (has) {
            reader.norm(tensors, slot, norms.norm, norm);
        }
    };
    read(norms.input, InputNorm, out.input_norm);
    read(norms.output, OutputNorm, out.output_norm);
    read(norms.joined, JoinedNorm, out.joined_norm);
}

void read_residual(WeightReader& reader, const TensorLookup& tensors, const NormSpec& norm,
                   const AltUpSpec& spec, AltUpWeights& out) {
    reader.linear(tensors, ModalityRouter, out.modality_router);
    reader.linear(tensors, PredictionCoefs, out.prediction_coefs);
    reader.linear(tensors, CorrectionCoefs, out.correction_coefs);
    if (spec.coef_clip) { // the reference clamps these whenever it uses them
        reader.clamp(out.correction_coefs.weight, static_cast<float>(*spec.coef_clip));
    }
    out.correct_output_scale = reader.vector(tensors.weight(CorrectOutputScale));
    reader.norm(tensors, ModalityNorm, norm, out.router_norm);
    reader.linear(tensors, LaurelLeft, out.laurel_left);
    reader.linear(tensors, LaurelRight, out.laurel_right);
    reader.norm(tensors, LaurelNorm, norm, out.laurel_norm);
    reader.linear(tensors, PerLayerInputGate, out.input_gate);
    reader.linear(tensors, PerLayerProjection, out.input_projection);
    reader.norm(tensors, PerLayerInputNorm, norm, out.input_norm);
}

/// Older checkpoints store projections of layers that read another's cache; nobody reads them.
void ignore_unused(WeightReader& reader, const SubLayer& sub, const TensorLookup& tensors) {
    if (!shares_kv(sub.kind)) {
        return;
    }
    const std::string& query = tensors.weight(QProj).name;
    const std::string module = query.substr(0, query.rfind("q_proj"));
    for (const char* unused : {"k_proj.weight", "v_proj.weight", "k_norm.weight"}) {
        reader.ignore(module + unused);
    }
}

void read_layer(WeightReader& reader, const ModelSpec& spec, std::int64_t index,
                LayerWeights& out) {
    const std::uint16_t kind = spec.kind_of_layer[static_cast<std::size_t>(index)];
    const LayerSpec& layer = spec.kinds[kind].spec;
    std::vector<TensorLookup> sub_layers(layer.sub_layers.size(), TensorLookup(reader.source()));
    TensorLookup of_layer(reader.source());
    for_each_tensor_of(spec, kind, [&](const TensorSpec& tensor) {
        TensorLookup& lookup = tensor.sub_layer < 0
                                   ? of_layer
                                   : sub_layers[static_cast<std::size_t>(tensor.sub_layer)];
        lookup.set_layer(index);
        lookup.add(tensor);
    });
    out.sub_layers.resize(layer.sub_layers.size());
    for (std::size_t i = 0; i < layer.sub_layers.size(); ++i) {
        const SubLayer& sub = layer.sub_layers[i];
        const TensorLookup& tensors = sub_layers[i];
        SubLayerWeights& weights = out.sub_layers[i];
        read_norms(reader, tensors, sub.norms, weights);
        const auto read = [&]<class Weights>(const auto& k, Weights& w) {
            read_kind(reader, tensors, sub.norms.norm, k, w);
        };
        std::visit(
            Overloaded{
                [&](const GroupedQueryAttention& a) {
                    read(a, weights.kind.emplace<GroupedWeights>());
                    ignore_unused(reader, sub, tensors);
                },
                [&](const LatentAttention& a) { read(a, weights.kind.emplace<LatentWeights>()); },
                [&](const DenseFeedForward& f) { read(f, weights.kind.emplace<DenseWeights>()); },
                [&](const MixtureOfExperts& f) { read(f, weights.kind.emplace<MixtureWeights>()); },
            },
            sub.kind);
    }
    std::visit(Overloaded{
                   [](const PlainSum&) {},
                   [&](const AltUpSpec& altup) {
                       read_residual(reader, of_layer, layer.sub_layers.front().norms.norm, altup,
                                     out.altup);
                   },
               },
               layer.residual);
}

void read_outside(WeightReader& reader, const ModelSpec& spec, const TensorLookup& tensors,
                  ModelWeights& out) {
    reader.norm(tensors, FinalNorm, spec.final_norm, out.final_norm);
    if (const AltUpSpec* altup = altup_of(spec)) {
        reader.table(tensors.weight(PerLayerTable), out.per_layer_embedding);
        reader.linear(tensors, PerLayerModelProjection, out.per_layer_projection);
        reader.norm(tensors, PerLayerProjectionNorm, spec.final_norm,
                    out.per_layer_projection_norm);
        for (std::int64_t i = 0; i + 1 < altup->num_inputs; ++i) {
            reader.linear(tensors, AltUpProjection, out.altup_projections.emplace_back(), i);
            reader.linear(tensors, AltUpUnembedProjection, out.altup_unprojections.emplace_back(),
                          i);
        }
    }
}

void read_model(WeightReader& reader, const ModelSpec& spec, ModelWeights& out) {
    TensorLookup tensors(reader.source());
    for_each_outside_tensor(spec, [&](const TensorSpec& tensor) { tensors.add(tensor); });
    const StoredTensor embedding = tensors.weight(TokenEmbedding);
    out.lm_head.weight = reader.matrix(spec.hidden_size, spec.vocab_size);
    if (tensors.has(HeadProj)) {
        reader.table(embedding, out.embedding);
        reader.columns(tensors.weight(HeadProj), out.lm_head.weight);
    } else { // the head is the embedding
        reader.columns(embedding, out.lm_head.weight);
        reader.ignore("lm_head.weight");
    }
    if (tensors.has(PositionEmbedding)) {
        reader.table(tensors.weight(PositionEmbedding), out.positions);
    }
    out.layers.resize(static_cast<std::size_t>(spec.num_layers()));
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        read_layer(reader, spec, i, out.layers[static_cast<std::size_t>(i)]);
    }
    for (std::int64_t i = 0; i < spec.num_nextn_predict_layers; ++i) {
        // Stored as further layers; beside the embedding, whatever its prefix is in the files.
        const std::string root = embedding.name.substr(0, embedding.name.rfind("embed_tokens"));
        reader.ignore(root + "layers." + std::to_string(spec.num_layers() + i) + ".");
    }
    read_outside(reader, spec, tensors, out);
}

/// What reading the design would take; nothing is allocated but its vectors, for a moment.
Result<WeightReader> plan_weights(const ModelSpec& spec, TensorSource& source, WeightType type) {
    if (spec.is_encoder) {
        return Error{"", "model_type", engine_says<"encoder">(spec.model_type)};
    }
    ModelWeights planned;
    WeightReader plan(source, type);
    read_model(plan, spec, planned);
    if (!plan.status()) {
        return plan.status().error();
    }
    return plan;
}

} // namespace

Result<std::int64_t> planned_weight_bytes(const ModelSpec& spec, TensorSource& source,
                                          WeightType type) {
    const Result<WeightReader> plan = plan_weights(spec, source, type);
    return plan ? Result<std::int64_t>(plan->bytes()) : plan.error();
}

Result<ModelWeights> load_weights(const ModelSpec& spec, TensorSource& source, WeightType type,
                                  std::int64_t further_bytes, std::int64_t memory_limit) {
    const Result<WeightReader> plan = plan_weights(spec, source, type);
    if (!plan) {
        return plan.error();
    }
    const std::int64_t needed = plan->bytes() + further_bytes;
    if (memory_limit > 0 && needed > memory_limit) {
        return Error{"", "weights, cache, workspace",
                     engine_says<"beyond-limit">(needed, memory_limit)};
    }
    if (const Status fits = check_memory(needed, "weights, cache, workspace"); !fits) {
        return fits.error();
    }
    ModelWeights weights;
    weights.memory = AlignedBuffer(static_cast<std::size_t>(plan->matrix_bytes()));
    WeightReader reader(source, type, static_cast<std::byte*>(weights.memory.data()));
    read_model(reader, spec, weights);
    if (!reader.status()) {
        return reader.status().error();
    }
    if (const Status used = reader.check_all_used(); !used) {
        return used.error();
    }
    weights.parameters = reader.parameters();
    weights.bytes = reader.bytes();
    weights.padding_bytes = reader.bytes() - reader.element_bytes();
    return weights;
}

} // namespace headroom
