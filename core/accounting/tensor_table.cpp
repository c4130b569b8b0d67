// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/tensor_table.h"

namespace headroom {
namespace {

/// Emits the tensors of one layer kind or of the model, with little ceremony at the call.
class Emitter {
public:
    explicit Emitter(FunctionRef<void(const TensorSpec&)> visit)
        : m_visit(visit) {}
    Emitter(FunctionRef<void(const TensorSpec&)> visit, std::string_view prefix,
            const LayerPart& part)
        : m_visit(visit)
        , m_prefix(prefix)
        , m_kind(part.kind)
        , m_layers(part.count) {}

    void matrix(std::string_view name, std::int64_t out, std::int64_t in, ParameterGroup role,
                Usage usage = Usage::EveryToken, std::int64_t copies = 1) const {
        emit(name, {out, in, 0}, 2, role, usage, copies, shared(role));
    }
    void matrix(std::string_view name, std::int64_t out, std::int64_t in, ParameterGroup role,
                Sharing sharing) const {
        emit(name, {out, in, 0}, 2, role, Usage::EveryToken, 1, sharing);
    }
    void vector(std::string_view name, std::int64_t size, ParameterGroup role,
                Usage usage = Usage::EveryToken, std::int64_t copies = 1) const {
        emit(name, {size, 0, 0}, 1, role, usage, copies, Sharing::Whole);
    }
    void cube(std::string_view name, std::int64_t a, std::int64_t b, std::int64_t c,
              ParameterGroup role, Usage usage) const {
        emit(name, {a, b, c}, 3, role, usage, 1, shared(role));
    }

private:
    static Sharing shared(ParameterGroup role) {
        return role == ParameterGroup::Norm || role == ParameterGroup::Router ? Sharing::Whole
                                                                              : Sharing::Even;
    }

    void emit(std::string_view name, std::array<std::int64_t, 3> shape, std::int32_t rank,
              ParameterGroup role, Usage usage, std::int64_t copies, Sharing sharing) const {
        m_visit({m_prefix, name, shape, rank, role, usage, m_kind, m_layers, copies, sharing});
    }

    FunctionRef<void(const TensorSpec&)> m_visit;
    std::string_view m_prefix;
    std::int32_t m_kind = -1;
    std::int64_t m_layers = 1;
};

using enum ParameterGroup;

void norm(const Emitter& emit, const NormSpec& spec, std::string_view weight, std::string_view bias,
          std::int64_t size) {
    emit.vector(weight, size, Norm);
    if (spec.kind == NormKind::Layer) {
        emit.vector(bias, size, Norm);
    }
}

void attention(const Emitter& emit, const ModelSpec& model, const GroupedQueryAttention& a) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t q = a.num_attention_heads * a.head_dim;
    const std::int64_t kv = a.num_key_value_heads * a.head_dim;
    switch (model.naming) {
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
        emit.matrix(".self_attn.q_proj.weight", q, h, Attention);
        if (!a.shares_kv) {
            emit.matrix(".self_attn.k_proj.weight", kv, h, Attention, Sharing::KvHeads);
            emit.matrix(".self_attn.v_proj.weight", kv, h, Attention, Sharing::KvHeads);
        }
        emit.matrix(".self_attn.o_proj.weight", h, q, Attention);
        if (a.qkv_bias) {
            emit.vector(".self_attn.q_proj.bias", q, Attention);
            if (!a.shares_kv) {
                emit.vector(".self_attn.k_proj.bias", kv, Attention);
                emit.vector(".self_attn.v_proj.bias", kv, Attention);
            }
        }
        if (a.o_bias) {
            emit.vector(".self_attn.o_proj.bias", h, Attention);
        }
        if (a.sinks) {
            emit.vector(".self_attn.sinks", a.num_attention_heads, Attention);
        }
        if (a.qk_norm == QkNorm::PerHead || a.qk_norm == QkNorm::FullWidth) {
            const bool per_head = a.qk_norm == QkNorm::PerHead;
            emit.vector(".self_attn.q_norm.weight", per_head ? a.head_dim : q, Norm);
            if (!a.shares_kv) {
                emit.vector(".self_attn.k_norm.weight", per_head ? a.head_dim : kv, Norm);
            }
        }
        break;
    case TensorNaming::Phi3:
        emit.matrix(".self_attn.qkv_proj.weight", q + 2 * kv, h, Attention);
        emit.matrix(".self_attn.o_proj.weight", h, q, Attention);
        break;
    case TensorNaming::Gpt2: // Conv1D keeps [in, out]
        emit.matrix(".attn.c_attn.weight", h, q + 2 * kv, Attention);
        emit.vector(".attn.c_attn.bias", q + 2 * kv, Attention);
        emit.matrix(".attn.c_proj.weight", q, h, Attention);
        emit.vector(".attn.c_proj.bias", h, Attention);
        break;
    case TensorNaming::Bert:
        emit.matrix(".attention.self.query.weight", q, h, Attention);
        emit.vector(".attention.self.query.bias", q, Attention);
        emit.matrix(".attention.self.key.weight", kv, h, Attention);
        emit.vector(".attention.self.key.bias", kv, Attention);
        emit.matrix(".attention.self.value.weight", kv, h, Attention);
        emit.vector(".attention.self.value.bias", kv, Attention);
        emit.matrix(".attention.output.dense.weight", h, q, Attention);
        emit.vector(".attention.output.dense.bias", h, Attention);
        break;
    }
}

void attention(const Emitter& emit, const ModelSpec& model, const LatentAttention& a) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t n = a.num_attention_heads;
    const std::int64_t qk = n * (a.qk_nope_head_dim + a.qk_rope_head_dim);
    if (a.q_lora_rank) {
        emit.matrix(".self_attn.q_a_proj.weight", *a.q_lora_rank, h, Attention, Sharing::Whole);
        if (a.attention_bias) {
            emit.vector(".self_attn.q_a_proj.bias", *a.q_lora_rank, Attention);
        }
        emit.vector(".self_attn.q_a_layernorm.weight", *a.q_lora_rank, Norm);
        emit.matrix(".self_attn.q_b_proj.weight", qk, *a.q_lora_rank, Attention);
    } else {
        emit.matrix(".self_attn.q_proj.weight", qk, h, Attention);
    }
    emit.matrix(".self_attn.kv_a_proj_with_mqa.weight", a.kv_lora_rank + a.qk_rope_head_dim, h,
                Attention, Sharing::Whole);
    if (a.attention_bias) {
        emit.vector(".self_attn.kv_a_proj_with_mqa.bias", a.kv_lora_rank + a.qk_rope_head_dim,
                    Attention);
    }
    emit.vector(".self_attn.kv_a_layernorm.weight", a.kv_lora_rank, Norm);
    emit.matrix(".self_attn.kv_b_proj.weight", n * (a.qk_nope_head_dim + a.v_head_dim),
                a.kv_lora_rank, Attention);
    emit.matrix(".self_attn.o_proj.weight", h, n * a.v_head_dim, Attention);
    if (a.attention_bias) {
        emit.vector(".self_attn.o_proj.bias", h, Attention);
    }
}

void feed_forward(const Emitter& emit, const ModelSpec& model, const DenseFeedForward& f) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t i = f.intermediate_size;
    switch (model.naming) {
    case TensorNaming::Llama:
        if (f.gated) {
            emit.matrix(".mlp.gate_proj.weight", i, h, FeedForward);
        }
        emit.matrix(".mlp.up_proj.weight", i, h, FeedForward);
        emit.matrix(".mlp.down_proj.weight", h, i, FeedForward);
        if (f.bias) {
            if (f.gated) {
                emit.vector(".mlp.gate_proj.bias", i, FeedForward);
            }
            emit.vector(".mlp.up_proj.bias", i, FeedForward);
            emit.vector(".mlp.down_proj.bias", h, FeedForward);
        }
        break;
    case TensorNaming::Llama4:
        emit.matrix(".feed_forward.gate_proj.weight", i, h, FeedForward);
        emit.matrix(".feed_forward.up_proj.weight", i, h, FeedForward);
        emit.matrix(".feed_forward.down_proj.weight", h, i, FeedForward);
        break;
    case TensorNaming::Phi3:
        emit.matrix(".mlp.gate_up_proj.weight", 2 * i, h, FeedForward);
        emit.matrix(".mlp.down_proj.weight", h, i, FeedForward);
        break;
    case TensorNaming::Gpt2:
        emit.matrix(".mlp.c_fc.weight", h, i, FeedForward);
        emit.vector(".mlp.c_fc.bias", i, FeedForward);
        emit.matrix(".mlp.c_proj.weight", i, h, FeedForward);
        emit.vector(".mlp.c_proj.bias", h, FeedForward);
        break;
    case TensorNaming::Bert:
        emit.matrix(".intermediate.dense.weight", i, h, FeedForward);
        emit.vector(".intermediate.dense.bias", i, FeedForward);
        emit.matrix(".output.dense.weight", h, i, FeedForward);
        emit.vector(".output.dense.bias", h, FeedForward);
        break;
    }
}

void feed_forward(const Emitter& emit, const ModelSpec& model, const MixtureOfExperts& f) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t e = f.num_experts;
    const std::int64_t i = f.moe_intermediate_size;
    const std::int64_t s = f.shared_intermediate_size;
    switch (f.layout) {
    case ExpertLayout::Mixtral:
        emit.matrix(".block_sparse_moe.gate.weight", e, h, Router);
        if (f.routing.correction_bias) {
            emit.vector(".block_sparse_moe.e_score_correction_bias", e, Router, Usage::Buffer);
        }
        emit.matrix(".block_sparse_moe.experts.#.w1.weight", i, h, Experts, Usage::Routed, e);
        emit.matrix(".block_sparse_moe.experts.#.w2.weight", h, i, Experts, Usage::Routed, e);
        emit.matrix(".block_sparse_moe.experts.#.w3.weight", i, h, Experts, Usage::Routed, e);
        break;
    case ExpertLayout::PerExpert:
        emit.matrix(".mlp.gate.weight", e, h, Router);
        if (f.routing.correction_bias) {
            emit.vector(".mlp.gate.e_score_correction_bias", e, Router, Usage::Buffer);
        }
        emit.matrix(".mlp.experts.#.gate_proj.weight", i, h, Experts, Usage::Routed, e);
        emit.matrix(".mlp.experts.#.up_proj.weight", i, h, Experts, Usage::Routed, e);
        emit.matrix(".mlp.experts.#.down_proj.weight", h, i, Experts, Usage::Routed, e);
        if (s > 0) {
            emit.matrix(".mlp.shared_experts.gate_proj.weight", s, h, SharedExperts);
            emit.matrix(".mlp.shared_experts.up_proj.weight", s, h, SharedExperts);
            emit.matrix(".mlp.shared_experts.down_proj.weight", h, s, SharedExperts);
        }
        break;
    case ExpertLayout::FusedInOut:
        if (model.naming == TensorNaming::Llama4) {
            emit.matrix(".feed_forward.router.weight", e, h, Router);
            emit.cube(".feed_forward.experts.gate_up_proj", e, h, 2 * i, Experts, Usage::Routed);
            emit.cube(".feed_forward.experts.down_proj", e, i, h, Experts, Usage::Routed);
            emit.matrix(".feed_forward.shared_expert.gate_proj.weight", s, h, SharedExperts);
            emit.matrix(".feed_forward.shared_expert.up_proj.weight", s, h, SharedExperts);
            emit.matrix(".feed_forward.shared_expert.down_proj.weight", h, s, SharedExperts);
            break;
        }
        emit.matrix(".mlp.router.weight", e, h, Router);
        emit.cube(".mlp.experts.gate_up_proj", e, h, 2 * i, Experts, Usage::Routed);
        emit.cube(".mlp.experts.down_proj", e, i, h, Experts, Usage::Routed);
        if (f.bias) {
            emit.vector(".mlp.router.bias", e, Router);
            emit.matrix(".mlp.experts.gate_up_proj_bias", e, 2 * i, Experts, Usage::Routed);
            emit.matrix(".mlp.experts.down_proj_bias", e, h, Experts, Usage::Routed);
        }
        break;
    }
}

void layer_norms(const Emitter& emit, const ModelSpec& model, const NormSpec& spec) {
    const std::int64_t h = model.hidden_size;
    switch (model.naming) {
    case TensorNaming::Gpt2:
        norm(emit, spec, ".ln_1.weight", ".ln_1.bias", h);
        norm(emit, spec, ".ln_2.weight", ".ln_2.bias", h);
        return;
    case TensorNaming::Bert:
        norm(emit, spec, ".attention.output.LayerNorm.weight", ".attention.output.LayerNorm.bias",
             h);
        norm(emit, spec, ".output.LayerNorm.weight", ".output.LayerNorm.bias", h);
        return;
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        break;
    }
    if (spec.placement != NormPlacement::Output) {
        emit.vector(".input_layernorm.weight", h, Norm);
    }
    emit.vector(".post_attention_layernorm.weight", h, Norm);
    if (spec.placement == NormPlacement::Sandwich) {
        emit.vector(".pre_feedforward_layernorm.weight", h, Norm);
    }
    if (spec.placement == NormPlacement::Sandwich || spec.placement == NormPlacement::Output) {
        emit.vector(".post_feedforward_layernorm.weight", h, Norm);
    }
}

void altup(const Emitter& emit, const ModelSpec& model, const AltUpSpec& a) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t n = a.num_inputs;
    emit.vector(".altup.correct_output_scale", h, Other);
    emit.matrix(".altup.correction_coefs.weight", n, n, Other);
    emit.matrix(".altup.prediction_coefs.weight", n * n, n, Other);
    emit.matrix(".altup.modality_router.weight", n, h, Router);
    emit.vector(".altup.router_norm.weight", h, Router);
    emit.matrix(".laurel.linear_left.weight", a.laurel_rank, h, Other);
    emit.matrix(".laurel.linear_right.weight", h, a.laurel_rank, Other);
    emit.vector(".laurel.post_laurel_norm.weight", h, Norm);
    emit.matrix(".per_layer_input_gate.weight", a.per_layer_input, h, PerLayerEmbedding);
    emit.matrix(".per_layer_projection.weight", h, a.per_layer_input, PerLayerEmbedding);
    emit.vector(".post_per_layer_input_norm.weight", h, PerLayerEmbedding);
}

std::string_view layer_prefix(TensorNaming naming) {
    switch (naming) {
    case TensorNaming::Gpt2:
        return "transformer.h.";
    case TensorNaming::Bert:
        return "bert.encoder.layer.";
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        break;
    }
    return "model.layers.";
}

const LayerSpec& layer_of(const ModelSpec& model, const LayerPart& part) {
    return model.kinds[static_cast<std::size_t>(part.kind)].spec;
}

void attention_part(const ModelSpec& model, const LayerPart& part,
                    FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit, layer_prefix(model.naming), part);
    std::visit([&](const auto& a) { attention(emit, model, a); }, layer_of(model, part).attention);
}

/// All of a layer but its attention.
void feed_forward_part(const ModelSpec& model, const LayerPart& part,
                       FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit, layer_prefix(model.naming), part);
    const LayerSpec& layer = layer_of(model, part);
    std::visit([&](const auto& f) { feed_forward(emit, model, f); }, layer.feed_forward);
    layer_norms(emit, model, layer.norm);
    if (layer.altup) {
        altup(emit, model, *layer.altup);
    }
}

void embeddings(const ModelSpec& model, FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit);
    const std::int64_t h = model.hidden_size;
    switch (model.naming) {
    case TensorNaming::Gpt2:
        emit.matrix("transformer.wte.weight", model.vocab_size, h, Embedding, Usage::Lookup);
        emit.matrix("transformer.wpe.weight", model.learned_positions, h, Embedding, Usage::Lookup);
        return;
    case TensorNaming::Bert:
        emit.matrix("bert.embeddings.word_embeddings.weight", model.vocab_size, h, Embedding,
                    Usage::Lookup);
        emit.matrix("bert.embeddings.position_embeddings.weight", model.learned_positions, h,
                    Embedding, Usage::Lookup);
        emit.matrix("bert.embeddings.token_type_embeddings.weight", model.token_types, h, Embedding,
                    Usage::Lookup);
        norm(emit, model.final_norm, "bert.embeddings.LayerNorm.weight",
             "bert.embeddings.LayerNorm.bias", h);
        return;
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        break;
    }
    emit.matrix("model.embed_tokens.weight", model.vocab_size, h, Embedding, Usage::Lookup);
    if (model.per_layer_vocab > 0 && model.kinds.front().spec.altup) {
        const AltUpSpec& a = *model.kinds.front().spec.altup;
        const std::int64_t width = model.num_layers() * a.per_layer_input;
        emit.matrix("model.embed_tokens_per_layer.weight", model.per_layer_vocab, width,
                    PerLayerEmbedding, Usage::Lookup);
        emit.matrix("model.per_layer_model_projection.weight", width, h, PerLayerEmbedding);
        emit.vector("model.per_layer_projection_norm.weight", a.per_layer_input, PerLayerEmbedding);
        emit.matrix("model.altup_projections.#.weight", h, h, Other, Usage::EveryToken,
                    a.num_inputs - 1);
        // They bring the streams back together in front of the head, which is the embedding.
        emit.matrix("model.altup_unembed_projections.#.weight", h, h, Embedding, Usage::EveryToken,
                    a.num_inputs - 1);
    }
}

void head(const ModelSpec& model, FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit);
    const std::int64_t h = model.hidden_size;
    switch (model.naming) {
    case TensorNaming::Gpt2:
        norm(emit, model.final_norm, "transformer.ln_f.weight", "transformer.ln_f.bias", h);
        break;
    case TensorNaming::Bert: // masked-language-model head; its decoder is the embedding
        emit.vector("cls.predictions.bias", model.vocab_size, Other);
        emit.matrix("cls.predictions.transform.dense.weight", h, h, Other);
        emit.vector("cls.predictions.transform.dense.bias", h, Other);
        norm(emit, model.final_norm, "cls.predictions.transform.LayerNorm.weight",
             "cls.predictions.transform.LayerNorm.bias", h);
        if (!model.tie_word_embeddings) {
            emit.matrix("cls.predictions.decoder.weight", model.vocab_size, h, LmHead);
        }
        return;
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        emit.vector("model.norm.weight", h, Norm);
        break;
    }
    if (!model.tie_word_embeddings) {
        emit.matrix("lm_head.weight", model.vocab_size, h, LmHead);
    }
}

std::string replaced(std::string_view pattern, std::int64_t index) {
    std::string name;
    for (const char c : pattern) {
        if (c == '#') {
            name += std::to_string(index);
        } else {
            name += c;
        }
    }
    return name;
}

} // namespace

void for_each_tensor(const ModelSpec& spec, FunctionRef<void(const TensorSpec&)> visit) {
    embeddings(spec, visit);
    for (const LayerPart& part : spec.attentions) {
        attention_part(spec, part, visit);
    }
    for (const LayerPart& part : spec.feed_forwards) {
        feed_forward_part(spec, part, visit);
    }
    head(spec, visit);
}

void for_each_outside_tensor(const ModelSpec& spec, FunctionRef<void(const TensorSpec&)> visit) {
    embeddings(spec, visit);
    head(spec, visit);
}

void for_each_attention_tensor(const ModelSpec& spec, std::size_t part,
                               FunctionRef<void(const TensorSpec&)> visit) {
    attention_part(spec, spec.attentions[part], visit);
}

void for_each_feed_forward_tensor(const ModelSpec& spec, std::size_t part,
                                  FunctionRef<void(const TensorSpec&)> visit) {
    feed_forward_part(spec, spec.feed_forwards[part], visit);
}

void for_each_tensor_of(const ModelSpec& spec, std::int32_t kind,
                        FunctionRef<void(const TensorSpec&)> visit) {
    const LayerPart whole{kind, spec.kinds[static_cast<std::size_t>(kind)].count};
    attention_part(spec, whole, visit);
    feed_forward_part(spec, whole, visit);
}

std::vector<NamedTensor> list_tensors(const ModelSpec& spec) {
    std::vector<NamedTensor> list;
    const auto add = [&](const TensorSpec& t, std::int64_t layer_index) {
        for (std::int64_t copy = 0; copy < t.copies; ++copy) {
            NamedTensor named;
            named.name = layer_index < 0 ? std::string{}
                                         : std::string(t.prefix) + std::to_string(layer_index);
            named.name += replaced(t.name, copy);
            named.shape.assign(t.shape.begin(), t.shape.begin() + t.rank);
            named.role = t.role;
            named.usage = t.usage;
            named.layer = layer_index;
            named.parameters = narrow(t.elements());
            list.push_back(std::move(named));
        }
    };
    const auto add_outside = [&](const TensorSpec& t) { add(t, -1); };
    embeddings(spec, add_outside);
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        const std::int32_t kind = spec.kind_of_layer[static_cast<std::size_t>(i)];
        for_each_tensor_of(spec, kind, [&](const TensorSpec& t) { add(t, i); });
    }
    head(spec, add_outside);
    return list;
}

} // namespace headroom
