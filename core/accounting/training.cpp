// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/training.h"

#include "core/accounting/accounting_sentences.h"
#include "core/accounting/autograd.h"
#include "core/accounting/operators.h"
#include "core/accounting/tensor_table.h"
#include "core/accounting/training_loss.h"
#include "core/config/layer_queries.h"

#include <algorithm>
#include <string_view>

namespace headroom {
namespace {

/// "self_attn.q_proj.weight" -> "q_proj", "experts.gate_up_proj" -> "gate_up_proj".
std::string_view module_of(std::string_view name) {
    constexpr std::string_view suffix = ".weight";
    if (name.ends_with(suffix)) {
        name.remove_suffix(suffix.size());
    }
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool is_bias(const TensorSpec& t) {
    return t.name.ends_with("bias");
}

bool is_matrix(const TensorSpec& t) {
    return t.rank >= 2 && !is_bias(t);
}

/// Muon orthogonalises hidden matrices only; embeddings, head, norms and biases use AdamW.
bool uses_muon(const TensorSpec& t) {
    return is_matrix(t) && t.usage != Usage::Lookup && t.role != ParameterGroup::LmHead;
}

/// Rows and columns of the last two dimensions, for every matrix of the tensor: what Adafactor
/// and LoRA keep a number (or a vector of rank numbers) for.
Wide edge_numbers(const TensorSpec& t) {
    const auto last = static_cast<std::size_t>(t.rank) - 1;
    Wide matrices = t.copies;
    for (std::size_t i = 0; i + 1 < last; ++i) {
        matrices *= t.shape[i];
    }
    return matrices * (wide(t.shape[last]) + t.shape[last - 1]);
}

/// Bytes of the master copy, and of a number that the optimiser keeps.
struct StateFormat {
    Wide master = 4;
    Wide moment = 4;
};

StateFormat format_of(OptimizerStates states) {
    return states == OptimizerStates::Bf16 ? StateFormat{0, 2} : StateFormat{};
}

Wide optimizer_bytes(const TensorSpec& t, Wide elements, const TrainingSetup& setup) {
    const auto [master, moment] = format_of(setup.optimizer_states);
    switch (setup.optimizer) {
    case Optimizer::AdamW:
        return elements * (master + 2 * moment);
    case Optimizer::Muon:
        return elements * (master + (uses_muon(t) ? moment : 2 * moment));
    case Optimizer::Adafactor:
        return elements * master + moment * (t.rank >= 2 ? edge_numbers(t) : elements);
    case Optimizer::Sgd:
        return elements * master;
    }
    return 0;
}

struct States {
    Wide all = 0; ///< weights, trained or not, adapters included
    Wide trained = 0;
    Wide optimizer = 0;
    /// Trained adapter weights that one token meets: of experts, the k that it is routed to.
    Wide adapters_per_token = 0;
};

/// One adapter: two matrices of rank columns, each with the optimiser's state of a hidden matrix.
void add_adapter(const ModelSpec& spec, const TensorSpec& t, const TrainingSetup& setup,
                 States& s) {
    const Wide rank = setup.lora.rank;
    const Wide elements = rank * edge_numbers(t);
    TensorSpec adapter = t;
    adapter.copies = 1;
    Wide moments = optimizer_bytes(adapter, elements, setup);
    if (setup.optimizer == Optimizer::Adafactor) {
        // Factored per matrix: (in + rank) of A and (out + rank) of B.
        const auto last = static_cast<std::size_t>(t.rank) - 1;
        const Wide matrices = edge_numbers(t) / (wide(t.shape[last]) + t.shape[last - 1]);
        const auto [master, moment] = format_of(setup.optimizer_states);
        moments = master * elements + moment * (edge_numbers(t) + 2 * rank * matrices);
    }
    const Wide layers = t.layers;
    s.all += elements * layers;
    s.trained += elements * layers;
    s.optimizer += moments * layers;
    Wide met = elements;
    if (t.usage == Usage::Routed) {
        const MixtureOfExperts& moe = *experts_of(sub_layer_of(spec, t).kind);
        met = elements / moe.num_experts * moe.num_experts_per_tok;
    }
    s.adapters_per_token += met * layers;
}

Result<States> count_states(const ModelSpec& spec, const TrainingSetup& setup) {
    const Lora& lora = setup.lora;
    States s;
    std::vector<bool> found(lora.rank > 0 ? lora.modules.size() : 0, false);
    for_each_tensor(spec, [&](const TensorSpec& t) {
        if (t.usage == Usage::Buffer) {
            return;
        }
        const Wide elements = t.elements() * t.copies;
        const Wide layers = t.layers;
        s.all += elements * layers;
        if (lora.rank == 0) {
            if (setup.loss == Loss::None &&
                (t.role == ParameterGroup::LmHead || t.name.starts_with("cls."))) {
                return; // no gradient reaches the head
            }
            s.trained += elements * layers;
            s.optimizer += optimizer_bytes(t, elements, setup) * layers;
            return;
        }
        const auto it = std::find(lora.modules.begin(), lora.modules.end(), module_of(t.name));
        if (it != lora.modules.end() && is_matrix(t)) {
            found[static_cast<std::size_t>(it - lora.modules.begin())] = true;
            add_adapter(spec, t, setup, s);
        }
    });
    if (lora.rank == 0) {
        return s;
    }
    if (lora.modules.empty()) {
        return Error{
            {},
            "lora.modules",
            found_expected(base_says<"none">(), accounting_says<"at-least-one-projection">())};
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!found[i]) {
            std::vector<std::string_view> names;
            for_each_tensor(spec, [&](const TensorSpec& t) {
                const std::string_view name = module_of(t.name);
                if (is_matrix(t) && t.layer_kind >= 0 &&
                    std::find(names.begin(), names.end(), name) == names.end()) {
                    names.push_back(name);
                }
            });
            return Error{{},
                         "lora.modules",
                         found_expected(lora.modules[i], accounting_says<"of-projections">(
                                                             Names{{names.begin(), names.end()}}))};
        }
    }
    return s;
}

// --- activations ---------------------------------------------------------------------------------
// Numbers of one token; two bytes each, masks one byte. Korthikanti et al. 2022, sec. 4.1.

struct Kept {
    Wide bytes_per_token = 0;
    Wide bytes_per_pair = 0; ///< of one sequence's full square: the attention matrix
};

Kept kept_by(const ModelSpec& model, const GroupedQueryAttention& a, bool dropout) {
    const Wide h = model.hidden_size;
    const Wide q = wide(a.num_attention_heads) * a.head_dim;
    const Wide kv = a.shares_kv ? 0 : wide(a.num_key_value_heads) * a.head_dim;
    Kept kept;
    kept.bytes_per_token = 2 * (h + q + 2 * kv + q); // input, Q, K, V, input of o_proj
    if (a.qk_norm != QkNorm::None) {
        kept.bytes_per_token += 2 * (q + kv); // as they were before the norm
    }
    // Softmax's result; with dropout also its mask and what is left after it.
    kept.bytes_per_pair = wide(a.num_attention_heads) * (dropout ? 5 : 2);
    return kept;
}

Kept kept_by(const ModelSpec& model, const LatentAttention& a, bool /*dropout*/) {
    const Wide h = model.hidden_size;
    const Wide n = a.num_attention_heads;
    const Wide qk = n * (a.qk_nope_head_dim + a.qk_rope_head_dim);
    const Wide v = n * a.v_head_dim;
    Kept kept;
    // Input, latents before and after their norms, Q, K and V expanded, input of o_proj.
    kept.bytes_per_token = 2 * (h + 2 * wide(a.q_lora_rank.value_or(0)) + 2 * wide(a.kv_lora_rank) +
                                a.qk_rope_head_dim + 2 * qk + v + v);
    kept.bytes_per_pair = 2 * n;
    return kept;
}

Kept kept_by(const ModelSpec& model, const DenseFeedForward& f, bool /*dropout*/) {
    const Wide width = wide(f.gated ? 4 : 2) * f.intermediate_size;
    return {2 * (model.hidden_size + width), 0};
}

Kept kept_by(const ModelSpec& model, const MixtureOfExperts& f, bool /*dropout*/) {
    const Wide h = model.hidden_size;
    // Each of the k copies: its input, four tensors of the expert's width, its output for
    // weighting.
    const Wide routed = f.num_experts_per_tok * (2 * h + 4 * wide(f.moe_intermediate_size));
    // Router probabilities are fp32.
    return {2 * (h + routed + 4 * wide(f.shared_intermediate_size)) + 4 * wide(f.num_experts), 0};
}

Wide kept_by(const ModelSpec& /*model*/, const PlainSum& /*sum*/) {
    return 0;
}

Wide kept_by(const ModelSpec& model, const AltUpSpec& a) {
    const Wide h = model.hidden_size;
    // Streams before and after the prediction, LAuReL's two products, the per-layer gate.
    return 2 * (2 * a.num_inputs * h + a.laurel_rank + h + 3 * wide(a.per_layer_input) + h);
}

/// Final norm, head and logits (fp32): sec. 4.3. BERT's head has one more product and norm. Chunked
/// and fused losses keep less of the logits (training_loss.h).
Wide output_bytes(const ModelSpec& spec, const TrainingSetup& setup) {
    const Wide h = spec.hidden_size;
    const Wide tokens = wide(setup.micro_batch) * setup.sequence;
    if (setup.loss == Loss::None) {
        return tokens * 2 * h;
    }
    const Wide transform = spec.naming == TensorNaming::Bert ? 4 * h : 0;
    const Wide logits =
        setup.loss == Loss::Plain ? tokens * 4 * spec.vocab_size : loss_memory(spec, setup).kept;
    return tokens * (4 * h + transform) + logits;
}

Status check_setup(const TrainingSetup& setup) {
    const auto refuse = [](const char* path, std::int64_t found, const Sentence& expected) {
        return Error{{}, path, found_expected(found, expected)};
    };
    constexpr std::int64_t most = std::int64_t{1} << 31;
    if (setup.sequence < 1 || setup.sequence > most) {
        return refuse("training.sequence", setup.sequence,
                      accounting_says<"tokens-from-to">(1, most));
    }
    if (setup.micro_batch < 1 || setup.micro_batch > most) {
        return refuse("training.micro_batch", setup.micro_batch,
                      accounting_says<"sequences-from-to">(1, most));
    }
    if (setup.zero_stage < 0 || setup.zero_stage > 3) {
        return refuse("training.zero_stage", setup.zero_stage, base_says<"from-to">(0, 3));
    }
    if (setup.data_parallel < 1 || setup.data_parallel > most) {
        return refuse("training.data_parallel", setup.data_parallel,
                      accounting_says<"devices-from-to">(1, most));
    }
    if (setup.loss_chunk < 1 || setup.loss_chunk > most) {
        return refuse("training.loss_chunk", setup.loss_chunk,
                      accounting_says<"tokens-from-to">(1, most));
    }
    if (setup.lora.rank < 0 || setup.lora.rank > 65536) {
        return refuse("training.lora.rank", setup.lora.rank, base_says<"from-to">(0, 65536));
    }
    return std::monostate{};
}

struct Work {
    Wide forward = 0;   ///< one sequence
    Wide attention = 0; ///< of it
};

Work forward_work(const ModelSpec& spec, std::int64_t sequence) {
    Step step;
    step.phase = Phase::Prefill;
    step.tokens = sequence;
    step.head_for_last_only = false;
    Work work;
    for_each_distinct_operator(spec, step, {}, {}, [&](const Operator& op) {
        work.forward += op.flops * op.count;
        if (op.kind == OperatorKind::Attention) {
            work.attention += op.flops * op.count;
        }
    });
    return work;
}

/// Forward, and a backward pass of twice as much: gradients of inputs and of weights. Frozen
/// weights of LoRA need no gradient of their own, so that products cost twice, not three times.
Wide training_flops(const Work& work, const TrainingSetup& setup, Wide adapters_per_token) {
    const Wide products = work.forward - work.attention;
    Wide flops = setup.lora.rank > 0
                     ? 2 * products + 3 * work.attention + 6 * adapters_per_token * setup.sequence
                     : 3 * work.forward;
    switch (setup.recomputation) {
    case Recomputation::None:
        break;
    case Recomputation::Selective:
        flops += work.attention;
        break;
    case Recomputation::Full:
        flops += work.forward + (setup.lora.rank > 0 ? 2 * adapters_per_token * setup.sequence : 0);
        break;
    }
    return divide_up(flops, setup.sequence);
}

/// Weights that one token is multiplied with: the N of 6*N*D.
Result<std::int64_t> active_parameters(const ModelSpec& spec) {
    Result<ParameterReport> parameters = count_parameters(spec);
    if (!parameters) {
        return parameters.error();
    }
    return parameters->active;
}

} // namespace

Wide activation_bytes_of_layer(const ModelSpec& spec, const LayerSpec& layer,
                               const TrainingSetup& setup) {
    const Wide h = spec.hidden_size;
    Wide per_token =
        std::visit([&](const auto& joins) { return kept_by(spec, joins); }, layer.residual);
    Wide per_pair = 0;
    for (const SubLayer& sub : layer.sub_layers) {
        const bool dropout = sub.norms.norm.kind == NormKind::Layer;
        const Kept kept =
            std::visit([&](const auto& kind) { return kept_by(spec, kind, dropout); }, sub.kind);
        per_token += kept.bytes_per_token + 2 * sub.norms.count() * h;
        per_token += dropout ? h : 0; // a mask behind each sub-layer
        per_pair += kept.bytes_per_pair;
    }
    const Wide tokens = wide(setup.micro_batch) * setup.sequence;
    const bool stores_square =
        !setup.flash_attention && setup.recomputation != Recomputation::Selective;
    return tokens * (per_token + (stores_square ? per_pair * setup.sequence : 0));
}

Result<TrainingReport> training(const ModelSpec& spec, const TrainingSetup& setup) {
    const Result<std::int64_t> active = active_parameters(spec);
    if (!active) {
        return active.error();
    }
    return training(spec, setup, *active);
}

Result<TrainingReport> training(const ModelSpec& spec, const TrainingSetup& setup,
                                std::int64_t active_parameters) {
    if (Status status = check_setup(setup); !status) {
        return status.error();
    }
    Result<States> states = count_states(spec, setup);
    if (!states) {
        return states.error();
    }
    Wide activations = output_bytes(spec, setup);
    Wide largest_layer = 0;
    const bool full = setup.recomputation == Recomputation::Full;
    for (const LayerKind& kind : spec.kinds) {
        const Wide whole = activation_bytes_of_layer(spec, kind.spec, setup);
        const Wide input = 2 * wide(setup.micro_batch) * setup.sequence * spec.hidden_size;
        activations += kind.count * (full ? input : whole);
        largest_layer = std::max(largest_layer, whole);
    }
    const auto share = [&](Wide bytes, std::int64_t from_stage) {
        return setup.zero_stage >= from_stage ? divide_up(bytes, setup.data_parallel) : bytes;
    };
    const Wide weights = share(2 * states->all, 3);
    const Wide gradients = share(2 * states->trained, 2);
    const Wide optimizer = share(states->optimizer, 1);
    const Wide recomputed = full ? largest_layer : 0;
    Wide kept = activations;
    Wide forward_peak = activations + recomputed;
    Wide step_peak = forward_peak;
    if (setup.framework == Framework::PyTorch) {
        const AutogradMemory memory = autograd_memory(spec, setup);
        kept = memory.kept;
        forward_peak = memory.forward_peak;
        step_peak = memory.step_peak;
    }
    const LossMemory loss = loss_memory(spec, setup);
    const Wide total = weights + gradients + optimizer + step_peak;
    const Wide flops =
        training_flops(forward_work(spec, setup.sequence), setup, states->adapters_per_token);
    if (narrow(total) == overflowed || narrow(flops) == overflowed ||
        narrow(6 * wide(active_parameters)) == overflowed) {
        return Error{
            {},
            "training",
            found_expected(base_says<"beyond-64-bits">(), base_says<"counts-of-64-bits">())};
    }
    TrainingReport report;
    report.trained_parameters = narrow(states->trained);
    report.weights_bytes = narrow(weights);
    report.gradients_bytes = narrow(gradients);
    report.optimizer_bytes = narrow(optimizer);
    report.activation_bytes = narrow(activations);
    report.recomputed_bytes = narrow(recomputed);
    report.framework_bytes = narrow(kept - activations);
    report.temporary_bytes = narrow(step_peak - kept - recomputed);
    report.total_bytes = narrow(total);
    report.forward_peak_bytes = narrow(forward_peak);
    report.step_peak_bytes = narrow(step_peak);
    report.loss_peak_bytes = narrow(loss.peak());
    report.flops_per_token = narrow(flops);
    report.flops_per_token_6nd = narrow(6 * wide(active_parameters));
    return report;
}

double training_hours(const TrainingReport& report, double tokens, double peak_flops,
                      std::int64_t devices, double utilisation) {
    const double rate = peak_flops * static_cast<double>(devices) * utilisation;
    return static_cast<double>(report.flops_per_token) * tokens / rate / 3600.0;
}

} // namespace headroom
