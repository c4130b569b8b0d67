// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weights.h"

#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/engine/kernels/product.h"
#include "core/engine/weight_reader.h"

namespace headroom {
namespace {

void read_grouped(WeightReader& reader, const GroupedQueryAttention& spec, std::int64_t hidden,
                  TensorNaming naming, const std::string& at, GroupedWeights& out) {
    const std::int64_t q = spec.num_attention_heads * spec.head_dim;
    const std::int64_t kv = spec.shares_kv ? 0 : spec.num_key_value_heads * spec.head_dim;
    out.qkv.weight = reader.matrix(hidden, q + 2 * kv);
    out.o.weight = reader.matrix(q, hidden);
    if (naming == TensorNaming::Gpt2) {
        reader.columns_from_rows(at + "c_attn.weight", out.qkv.weight, q + 2 * kv);
        reader.bias(at + "c_attn.bias", out.qkv, q + 2 * kv);
        reader.columns_from_rows(at + "c_proj.weight", out.o.weight, hidden);
        reader.bias(at + "c_proj.bias", out.o, hidden);
        return;
    }
    if (naming == TensorNaming::Phi3) {
        reader.columns(at + "qkv_proj.weight", out.qkv.weight, q + 2 * kv);
    } else {
        std::int64_t first = 0;
        for (const auto& [name, width] :
             {std::pair{"q_proj", q}, std::pair{"k_proj", kv}, std::pair{"v_proj", kv}}) {
            if (width == 0) {
                continue;
            }
            const auto place = [first](std::int64_t i) { return first + i; };
            reader.columns(at + name + ".weight", out.qkv.weight, width, place);
            if (spec.qkv_bias) {
                reader.bias(at + name + ".bias", out.qkv, width, place);
            }
            first += width;
        }
    }
    reader.columns(at + "o_proj.weight", out.o.weight, hidden);
    if (spec.o_bias) {
        reader.bias(at + "o_proj.bias", out.o, hidden);
    }
    if (spec.qk_norm == QkNorm::PerHead || spec.qk_norm == QkNorm::FullWidth) {
        const bool per_head = spec.qk_norm == QkNorm::PerHead;
        reader.norm(at + "q_norm", per_head ? spec.head_dim : q, out.q_norm);
        if (!spec.shares_kv) {
            reader.norm(at + "k_norm", per_head ? spec.head_dim : kv, out.k_norm);
        }
    }
    if (spec.sinks) {
        out.sinks = reader.vector(at + "sinks", spec.num_attention_heads, Initial::Zeros);
    }
}

void read_latent(WeightReader& reader, const LatentAttention& spec, std::int64_t hidden,
                 const std::string& at, LatentWeights& out) {
    const std::int64_t heads = spec.num_attention_heads;
    const std::int64_t rank = spec.kv_lora_rank;
    const std::int64_t nope = spec.qk_nope_head_dim;
    const std::int64_t q = heads * (nope + spec.qk_rope_head_dim);
    if (spec.q_lora_rank) {
        reader.linear(at + "q_a_proj", hidden, *spec.q_lora_rank, spec.attention_bias, out.q_a);
        reader.norm(at + "q_a_layernorm", *spec.q_lora_rank, out.q_a_norm);
        reader.linear(at + "q_b_proj", *spec.q_lora_rank, q, false, out.q_b);
    } else {
        reader.linear(at + "q_proj", hidden, q, false, out.q_b);
    }
    reader.linear(at + "kv_a_proj_with_mqa", hidden, rank + spec.qk_rope_head_dim,
                  spec.attention_bias, out.kv_a);
    reader.norm(at + "kv_a_layernorm", rank, out.kv_a_norm);
    // The latent norms take the reference's default, whatever rms_norm_eps says.
    out.q_a_norm.eps = out.kv_a_norm.eps = 1e-6F;
    for (std::int64_t head = 0; head < heads; ++head) {
        out.k_up.push_back(reader.matrix(nope, rank));
        out.v_up.push_back(reader.matrix(rank, spec.v_head_dim));
    }
    const std::int64_t per_head = nope + spec.v_head_dim;
    reader.rows(at + "kv_b_proj.weight", {{heads * per_head, rank}}, Initial::Normal,
                [&](std::int64_t row, const float* values) {
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
    reader.linear(at + "o_proj", heads * spec.v_head_dim, hidden, spec.attention_bias, out.o);
}

/// A gated feed-forward under three names; `bias` as well.
void read_gated(WeightReader& reader, const std::string& gate, const std::string& up,
                const std::string& down, std::int64_t hidden, std::int64_t width, bool bias,
                DenseWeights& out) {
    out.width = width;
    out.up.weight = reader.matrix(hidden, kernels::gated_out(width));
    int part = 0;
    for (const std::string& name : {gate, up}) {
        const auto place = [part](std::int64_t i) { return kernels::gated_column(i, part); };
        reader.columns(name + ".weight", out.up.weight, width, place);
        if (bias) {
            reader.bias(name + ".bias", out.up, width, place);
        }
        ++part;
    }
    reader.linear(down, width, hidden, bias, out.down);
}

void read_dense(WeightReader& reader, const DenseFeedForward& spec, std::int64_t hidden,
                TensorNaming naming, const std::string& at, DenseWeights& out) {
    out.width = spec.intermediate_size;
    if (naming == TensorNaming::Gpt2) {
        out.up.weight = reader.matrix(hidden, out.width);
        out.down.weight = reader.matrix(out.width, hidden);
        reader.columns_from_rows(at + "c_fc.weight", out.up.weight, out.width);
        reader.bias(at + "c_fc.bias", out.up, out.width);
        reader.columns_from_rows(at + "c_proj.weight", out.down.weight, hidden);
        reader.bias(at + "c_proj.bias", out.down, hidden);
    } else if (naming == TensorNaming::Phi3) {
        out.up.weight = reader.matrix(hidden, kernels::gated_out(out.width));
        const std::int64_t width = out.width;
        reader.columns(at + "gate_up_proj.weight", out.up.weight, 2 * width,
                       [width](std::int64_t i) {
                           return kernels::gated_column(i % width, i < width ? 0 : 1);
                       });
        reader.linear(at + "down_proj", out.width, hidden, spec.bias, out.down);
    } else if (spec.gated) {
        read_gated(reader, at + "gate_proj", at + "up_proj", at + "down_proj", hidden, out.width,
                   spec.bias, out);
    } else {
        reader.linear(at + "up_proj", hidden, out.width, spec.bias, out.up);
        reader.linear(at + "down_proj", out.width, hidden, spec.bias, out.down);
    }
}

/// Fused experts: [E, H, 2I] and [E, I, H] (in, out), or [E, 2I, H] and [E, H, I] (out, in).
void read_fused_experts(WeightReader& reader, const MixtureOfExperts& spec, std::int64_t hidden,
                        const std::string& at, MixtureWeights& out) {
    const std::int64_t count = spec.num_experts;
    const std::int64_t width = spec.moe_intermediate_size;
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
    const bool in_out = spec.layout == ExpertLayout::FusedInOut;
    const auto fill = [&](const std::string& name, std::int64_t in, std::int64_t columns,
                          Linear DenseWeights::*part, auto&& place_of) {
        const std::vector<std::int64_t> shape =
            in_out ? std::vector{count, in, columns} : std::vector{count, columns, in};
        reader.rows(
            at + name, {shape}, Initial::Normal, [&](std::int64_t row, const float* values) {
                const std::int64_t per_expert = in_out ? in : columns;
                DenseWeights& expert = out.experts[static_cast<std::size_t>(row / per_expert)];
                PackedMatrix& matrix = (expert.*part).weight;
                if (in_out) {
                    for (std::int64_t c = 0; c < columns; ++c) {
                        matrix.set(row % per_expert, place_of(c), values[c]);
                    }
                } else {
                    matrix.set_column(place_of(row % per_expert), values);
                }
            });
    };
    const auto same = [](std::int64_t i) { return i; };
    fill("gate_up_proj", hidden, 2 * width, &DenseWeights::up, place);
    fill("down_proj", width, hidden, &DenseWeights::down, same);
    if (spec.bias) {
        for (DenseWeights& expert : out.experts) {
            reader.zero_bias(expert.up);
            reader.zero_bias(expert.down);
        }
        reader.rows(at + "gate_up_proj_bias", {{count, 2 * width}}, Initial::Zeros,
                    [&](std::int64_t row, const float* values) {
                        for (std::int64_t c = 0; c < 2 * width; ++c) {
                            out.experts[static_cast<std::size_t>(row)]
                                .up.bias[static_cast<std::size_t>(place(c))] = values[c];
                        }
                    });
        reader.rows(at + "down_proj_bias", {{count, hidden}}, Initial::Zeros,
                    [&](std::int64_t row, const float* values) {
                        out.experts[static_cast<std::size_t>(row)].down.bias.assign(
                            values, values + hidden);
                    });
    }
}

void read_mixture(WeightReader& reader, const MixtureOfExperts& spec, std::int64_t hidden,
                  const std::string& at, MixtureWeights& out) {
    const std::string router =
        reader.first_of({at + "router", at + "gate", at + "gate.wg"}, ".weight");
    reader.linear(router, hidden, spec.num_experts, spec.bias, out.router, Initial::Router);
    if (spec.routing.correction_bias) {
        const std::string name = "e_score_correction_bias"; // MiniMax-M2 keeps it beside the router
        out.correction_bias =
            reader.buffer(reader.first_of({at + "gate." + name, at + name}, ""), spec.num_experts);
    }
    out.experts.resize(static_cast<std::size_t>(spec.num_experts));
    const bool is_fused =
        spec.layout == ExpertLayout::FusedInOut || reader.stores(at + "experts.gate_up_proj");
    if (is_fused) {
        read_fused_experts(reader, spec, hidden, at + "experts.", out);
    } else {
        for (std::int64_t e = 0; e < spec.num_experts; ++e) {
            const std::string expert = at + "experts." + std::to_string(e) + ".";
            const bool mixtral =
                spec.layout == ExpertLayout::Mixtral && !reader.stores(expert + "gate_proj.weight");
            read_gated(reader, expert + (mixtral ? "w1" : "gate_proj"),
                       expert + (mixtral ? "w3" : "up_proj"),
                       expert + (mixtral ? "w2" : "down_proj"), hidden, spec.moe_intermediate_size,
                       spec.bias, out.experts[static_cast<std::size_t>(e)]);
        }
    }
    if (spec.shared_intermediate_size > 0) {
        const std::string shared =
            reader.first_of({at + "shared_experts", at + "shared_expert"}, ".up_proj.weight") + ".";
        read_gated(reader, shared + "gate_proj", shared + "up_proj", shared + "down_proj", hidden,
                   spec.shared_intermediate_size, false, out.shared);
    }
}

/// What a family calls the norms of a sub-layer.
void read_norms(WeightReader& reader, const SubLayer& sub, std::int64_t hidden, TensorNaming naming,
                const std::string& at, SubLayerWeights& out) {
    reader.use_norm(sub.norms.norm);
    const bool is_attention = role_of(sub.kind) == SubLayerRole::Attention;
    if (naming == TensorNaming::Gpt2) {
        reader.norm(at + (is_attention ? "ln_1" : "ln_2"), hidden, out.input_norm);
        return;
    }
    if (sub.norms.input) {
        reader.norm(at + (is_attention       ? "input_layernorm"
                          : sub.norms.output ? "pre_feedforward_layernorm"
                                             : "post_attention_layernorm"),
                    hidden, out.input_norm);
    }
    if (sub.norms.output) {
        reader.norm(at + (is_attention ? "post_attention_layernorm" : "post_feedforward_layernorm"),
                    hidden, out.output_norm);
    }
}

void read_altup(WeightReader& reader, const AltUpSpec& spec, std::int64_t hidden,
                const std::string& at, AltUpWeights& out) {
    const std::int64_t n = spec.num_inputs;
    reader.linear(at + "altup.modality_router", hidden, n, false, out.modality_router);
    reader.linear(at + "altup.prediction_coefs", n, n * n, false, out.prediction_coefs);
    reader.linear(at + "altup.correction_coefs", n, n, false, out.correction_coefs);
    if (spec.coef_clip) { // the reference clamps these whenever it uses them
        reader.clamp(out.correction_coefs.weight, static_cast<float>(*spec.coef_clip));
    }
    out.correct_output_scale =
        reader.vector(at + "altup.correct_output_scale", hidden, Initial::Ones);
    reader.norm(at + "altup.router_norm", hidden, out.router_norm);
    reader.linear(at + "laurel.linear_left", hidden, spec.laurel_rank, false, out.laurel_left);
    reader.linear(at + "laurel.linear_right", spec.laurel_rank, hidden, false, out.laurel_right);
    reader.norm(at + "laurel.post_laurel_norm", hidden, out.laurel_norm);
    reader.linear(at + "per_layer_input_gate", hidden, spec.per_layer_input, false, out.input_gate);
    reader.linear(at + "per_layer_projection", spec.per_layer_input, hidden, false,
                  out.input_projection);
    reader.norm(at + "post_per_layer_input_norm", hidden, out.input_norm);
}

void read_layer(WeightReader& reader, const ModelSpec& spec, std::int64_t index,
                const std::string& at, LayerWeights& out) {
    const LayerSpec& layer = spec.layer(index);
    const std::int64_t hidden = spec.hidden_size;
    const std::string attention = at + (spec.naming == TensorNaming::Gpt2 ? "attn." : "self_attn.");
    out.sub_layers.resize(layer.sub_layers.size());
    for (std::size_t i = 0; i < layer.sub_layers.size(); ++i) {
        const SubLayer& sub = layer.sub_layers[i];
        SubLayerWeights& weights = out.sub_layers[i];
        read_norms(reader, sub, hidden, spec.naming, at, weights);
        std::visit(
            Overloaded{
                [&](const GroupedQueryAttention& a) {
                    read_grouped(reader, a, hidden, spec.naming, attention,
                                 weights.kind.emplace<GroupedWeights>());
                    if (a.shares_kv) { // older checkpoints store projections nobody reads
                        for (const char* unused :
                             {"k_proj.weight", "v_proj.weight", "k_norm.weight"}) {
                            reader.ignore(attention + unused);
                        }
                    }
                },
                [&](const LatentAttention& a) {
                    read_latent(reader, a, hidden, attention,
                                weights.kind.emplace<LatentWeights>());
                },
                [&](const DenseFeedForward& f) {
                    const std::string mlp =
                        reader.first_of({at + "mlp", at + "feed_forward"}, ".down_proj.weight") +
                        ".";
                    read_dense(reader, f, hidden, spec.naming, mlp,
                               weights.kind.emplace<DenseWeights>());
                },
                [&](const MixtureOfExperts& f) {
                    const std::string mlp = reader.first_existing_prefix(
                        {at + "mlp.", at + "feed_forward.", at + "block_sparse_moe."},
                        {"gate.weight", "router.weight"});
                    read_mixture(reader, f, hidden, mlp, weights.kind.emplace<MixtureWeights>());
                },
            },
            sub.kind);
    }
    if (const AltUpSpec* altup = altup_of(layer.residual)) {
        reader.use_norm(layer.sub_layers.front().norms.norm);
        read_altup(reader, *altup, hidden, at, out.altup);
    }
}

void read_model(WeightReader& reader, const ModelSpec& spec, ModelWeights& out) {
    const bool gpt2 = spec.naming == TensorNaming::Gpt2;
    const std::string embedding = gpt2 ? "wte.weight" : "embed_tokens.weight";
    const std::string root = reader.first_existing_prefix(
        gpt2 ? std::vector<std::string>{"transformer.", ""}
             : std::vector<std::string>{"model.", "model.language_model.", "language_model.model.",
                                        ""},
        {embedding});
    const std::int64_t hidden = spec.hidden_size;
    out.lm_head.weight = reader.matrix(hidden, spec.vocab_size);
    if (spec.tie_word_embeddings) {
        reader.columns(root + embedding, out.lm_head.weight, spec.vocab_size, {},
                       Initial::Embedding);
        reader.ignore("lm_head.weight");
    } else {
        reader.table(root + embedding, spec.vocab_size, hidden, out.embedding);
        reader.columns(reader.first_of({"lm_head", "language_model.lm_head"}, ".weight") +
                           ".weight",
                       out.lm_head.weight, spec.vocab_size);
    }
    if (spec.learned_positions > 0) {
        reader.table(root + "wpe.weight", spec.learned_positions, hidden, out.positions);
    }
    out.layers.resize(static_cast<std::size_t>(spec.num_layers()));
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        read_layer(reader, spec, i, root + (gpt2 ? "h." : "layers.") + std::to_string(i) + ".",
                   out.layers[static_cast<std::size_t>(i)]);
    }
    for (std::int64_t i = 0; i < spec.num_nextn_predict_layers; ++i) {
        reader.ignore(root + "layers." + std::to_string(spec.num_layers() + i) + ".");
    }
    reader.use_norm(spec.final_norm);
    reader.norm(root + (gpt2 ? "ln_f" : "norm"), hidden, out.final_norm);
    if (const AltUpSpec* streams = altup_of(spec)) {
        const AltUpSpec& altup = *streams;
        const std::int64_t width = spec.num_layers() * altup.per_layer_input;
        reader.table(root + "embed_tokens_per_layer.weight", spec.per_layer_vocab, width,
                     out.per_layer_embedding);
        reader.linear(root + "per_layer_model_projection", hidden, width, false,
                      out.per_layer_projection);
        reader.norm(root + "per_layer_projection_norm", altup.per_layer_input,
                    out.per_layer_projection_norm);
        for (std::int64_t i = 0; i + 1 < altup.num_inputs; ++i) {
            reader.linear(root + "altup_projections." + std::to_string(i), hidden, hidden, false,
                          out.altup_projections.emplace_back());
            reader.linear(root + "altup_unembed_projections." + std::to_string(i), hidden, hidden,
                          false, out.altup_unprojections.emplace_back());
        }
    }
}

} // namespace

namespace {

/// What reading the design would take; nothing is allocated but its vectors, for a moment.
Result<WeightReader> plan_weights(const ModelSpec& spec, TensorSource& source, WeightType type) {
    if (spec.is_encoder) {
        return Error{"", "model_type",
                     "found " + spec.model_type + ", an encoder; expected a decoder"};
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
                     "needs " + std::to_string(needed) + " bytes, found a limit of " +
                         std::to_string(memory_limit) +
                         "; expected a smaller model, a shorter context or bf16 weights"};
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
