// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/tensor_table.h"

#include "core/config/layer_queries.h"

namespace headroom {
namespace {

using enum TensorSlot;

/// Emits the tensors of one part of a layer or of the model, with little ceremony at the call.
class Emitter {
public:
    explicit Emitter(FunctionRef<void(const TensorSpec&)> visit)
        : m_visit(visit) {}
    Emitter(FunctionRef<void(const TensorSpec&)> visit, std::string_view prefix,
            const LayerPart& part, bool of_sub_layer)
        : m_visit(visit)
        , m_prefix(prefix)
        , m_kind(part.kind)
        , m_sub_layer(of_sub_layer ? part.sub_layer : -1)
        , m_layers(part.count) {}

    void matrix(TensorSlot slot, std::string_view name, std::int64_t out, std::int64_t in,
                ParameterGroup role, Usage usage = Usage::EveryToken,
                std::int64_t copies = 1) const {
        emit(slot, false, name, {out, in, 0}, 2, role, usage, copies, shared(role));
    }
    void matrix(TensorSlot slot, std::string_view name, std::int64_t out, std::int64_t in,
                ParameterGroup role, Sharing sharing) const {
        emit(slot, false, name, {out, in, 0}, 2, role, Usage::EveryToken, 1, sharing);
    }
    /// A bias for each expert, in one tensor.
    void biases(TensorSlot slot, std::string_view name, std::int64_t a, std::int64_t b,
                ParameterGroup role, Usage usage) const {
        emit(slot, true, name, {a, b, 0}, 2, role, usage, 1, shared(role));
    }
    void bias(TensorSlot slot, std::string_view name, std::int64_t size,
              ParameterGroup role) const {
        emit(slot, true, name, {size, 0, 0}, 1, role, Usage::EveryToken, 1, Sharing::Whole);
    }
    void vector(TensorSlot slot, std::string_view name, std::int64_t size, ParameterGroup role,
                Usage usage = Usage::EveryToken) const {
        emit(slot, false, name, {size, 0, 0}, 1, role, usage, 1, Sharing::Whole);
    }
    /// [in, out]
    void matrix_in_out(TensorSlot slot, std::string_view name, std::int64_t in, std::int64_t out,
                       ParameterGroup role) const {
        emit(slot, false, name, {in, out, 0}, 2, role, Usage::EveryToken, 1, shared(role), true);
    }
    /// [experts, in, out]
    void experts_in_out(TensorSlot slot, std::string_view name, std::int64_t experts,
                        std::int64_t in, std::int64_t out, ParameterGroup role, Usage usage) const {
        emit(slot, false, name, {experts, in, out}, 3, role, usage, 1, shared(role), true);
    }

private:
    static Sharing shared(ParameterGroup role) {
        return role == ParameterGroup::Norm || role == ParameterGroup::Router ? Sharing::Whole
                                                                              : Sharing::Even;
    }

    void emit(TensorSlot slot, bool is_bias, std::string_view name,
              std::array<std::int64_t, 3> shape, std::int32_t rank, ParameterGroup role,
              Usage usage, std::int64_t copies, Sharing sharing, bool is_in_out = false) const {
        m_visit({slot, is_bias, m_prefix, name, shape, rank, role, usage, m_kind, m_sub_layer,
                 m_layers, copies, sharing, is_in_out});
    }

    FunctionRef<void(const TensorSpec&)> m_visit;
    std::string_view m_prefix;
    std::int32_t m_kind = -1;
    std::int32_t m_sub_layer = -1;
    std::int64_t m_layers = 1;
};

using enum ParameterGroup;

void norm(const Emitter& emit, const NormSpec& spec, TensorSlot slot, std::string_view weight,
          std::string_view bias, std::int64_t size) {
    emit.vector(slot, weight, size, Norm);
    if (spec.kind == NormKind::Layer) {
        emit.bias(slot, bias, size, Norm);
    }
}

void own_tensors(const Emitter& emit, const ModelSpec& model, const GroupedQueryAttention& a) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t q = a.num_attention_heads * a.head_dim;
    const std::int64_t kv = a.num_key_value_heads * a.head_dim;
    switch (model.naming) {
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
        emit.matrix(QProj, ".self_attn.q_proj.weight", q, h, Attention);
        if (!a.shares_kv) {
            emit.matrix(KProj, ".self_attn.k_proj.weight", kv, h, Attention, Sharing::KvHeads);
            emit.matrix(VProj, ".self_attn.v_proj.weight", kv, h, Attention, Sharing::KvHeads);
        }
        emit.matrix(OProj, ".self_attn.o_proj.weight", h, q, Attention);
        if (a.qkv_bias) {
            emit.bias(QProj, ".self_attn.q_proj.bias", q, Attention);
            if (!a.shares_kv) {
                emit.bias(KProj, ".self_attn.k_proj.bias", kv, Attention);
                emit.bias(VProj, ".self_attn.v_proj.bias", kv, Attention);
            }
        }
        if (a.o_bias) {
            emit.bias(OProj, ".self_attn.o_proj.bias", h, Attention);
        }
        if (a.sinks) {
            emit.vector(Sinks, ".self_attn.sinks", a.num_attention_heads, Attention);
        }
        if (a.qk_norm == QkNorm::PerHead || a.qk_norm == QkNorm::FullWidth) {
            const bool per_head = a.qk_norm == QkNorm::PerHead;
            emit.vector(QNorm, ".self_attn.q_norm.weight", per_head ? a.head_dim : q, Norm);
            if (!a.shares_kv) {
                emit.vector(KNorm, ".self_attn.k_norm.weight", per_head ? a.head_dim : kv, Norm);
            }
        }
        break;
    case TensorNaming::Phi3:
        emit.matrix(QkvProj, ".self_attn.qkv_proj.weight", q + 2 * kv, h, Attention);
        emit.matrix(OProj, ".self_attn.o_proj.weight", h, q, Attention);
        break;
    case TensorNaming::Gpt2: // Conv1D keeps [in, out]
        emit.matrix_in_out(QkvProj, ".attn.c_attn.weight", h, q + 2 * kv, Attention);
        emit.bias(QkvProj, ".attn.c_attn.bias", q + 2 * kv, Attention);
        emit.matrix_in_out(OProj, ".attn.c_proj.weight", q, h, Attention);
        emit.bias(OProj, ".attn.c_proj.bias", h, Attention);
        break;
    case TensorNaming::Bert:
        emit.matrix(QProj, ".attention.self.query.weight", q, h, Attention);
        emit.bias(QProj, ".attention.self.query.bias", q, Attention);
        emit.matrix(KProj, ".attention.self.key.weight", kv, h, Attention);
        emit.bias(KProj, ".attention.self.key.bias", kv, Attention);
        emit.matrix(VProj, ".attention.self.value.weight", kv, h, Attention);
        emit.bias(VProj, ".attention.self.value.bias", kv, Attention);
        emit.matrix(OProj, ".attention.output.dense.weight", h, q, Attention);
        emit.bias(OProj, ".attention.output.dense.bias", h, Attention);
        break;
    }
}

void own_tensors(const Emitter& emit, const ModelSpec& model, const LatentAttention& a) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t n = a.num_attention_heads;
    const std::int64_t qk = n * (a.qk_nope_head_dim + a.qk_rope_head_dim);
    if (a.q_lora_rank) {
        emit.matrix(QAProj, ".self_attn.q_a_proj.weight", *a.q_lora_rank, h, Attention,
                    Sharing::Whole);
        if (a.attention_bias) {
            emit.bias(QAProj, ".self_attn.q_a_proj.bias", *a.q_lora_rank, Attention);
        }
        emit.vector(QANorm, ".self_attn.q_a_layernorm.weight", *a.q_lora_rank, Norm);
        emit.matrix(QBProj, ".self_attn.q_b_proj.weight", qk, *a.q_lora_rank, Attention);
    } else {
        emit.matrix(QProj, ".self_attn.q_proj.weight", qk, h, Attention);
    }
    emit.matrix(KvAProj, ".self_attn.kv_a_proj_with_mqa.weight",
                a.kv_lora_rank + a.qk_rope_head_dim, h, Attention, Sharing::Whole);
    if (a.attention_bias) {
        emit.bias(KvAProj, ".self_attn.kv_a_proj_with_mqa.bias",
                  a.kv_lora_rank + a.qk_rope_head_dim, Attention);
    }
    emit.vector(KvANorm, ".self_attn.kv_a_layernorm.weight", a.kv_lora_rank, Norm);
    emit.matrix(KvBProj, ".self_attn.kv_b_proj.weight", n * (a.qk_nope_head_dim + a.v_head_dim),
                a.kv_lora_rank, Attention);
    emit.matrix(OProj, ".self_attn.o_proj.weight", h, n * a.v_head_dim, Attention);
    if (a.attention_bias) {
        emit.bias(OProj, ".self_attn.o_proj.bias", h, Attention);
    }
}

void own_tensors(const Emitter& emit, const ModelSpec& model, const DenseFeedForward& f) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t i = f.intermediate_size;
    switch (model.naming) {
    case TensorNaming::Llama:
        if (f.gated) {
            emit.matrix(GateProj, ".mlp.gate_proj.weight", i, h, FeedForward);
        }
        emit.matrix(UpProj, ".mlp.up_proj.weight", i, h, FeedForward);
        emit.matrix(DownProj, ".mlp.down_proj.weight", h, i, FeedForward);
        if (f.bias) {
            if (f.gated) {
                emit.bias(GateProj, ".mlp.gate_proj.bias", i, FeedForward);
            }
            emit.bias(UpProj, ".mlp.up_proj.bias", i, FeedForward);
            emit.bias(DownProj, ".mlp.down_proj.bias", h, FeedForward);
        }
        break;
    case TensorNaming::Llama4:
        emit.matrix(GateProj, ".feed_forward.gate_proj.weight", i, h, FeedForward);
        emit.matrix(UpProj, ".feed_forward.up_proj.weight", i, h, FeedForward);
        emit.matrix(DownProj, ".feed_forward.down_proj.weight", h, i, FeedForward);
        break;
    case TensorNaming::Phi3:
        emit.matrix(GateUpProj, ".mlp.gate_up_proj.weight", 2 * i, h, FeedForward);
        emit.matrix(DownProj, ".mlp.down_proj.weight", h, i, FeedForward);
        break;
    case TensorNaming::Gpt2:
        emit.matrix_in_out(UpProj, ".mlp.c_fc.weight", h, i, FeedForward);
        emit.bias(UpProj, ".mlp.c_fc.bias", i, FeedForward);
        emit.matrix_in_out(DownProj, ".mlp.c_proj.weight", i, h, FeedForward);
        emit.bias(DownProj, ".mlp.c_proj.bias", h, FeedForward);
        break;
    case TensorNaming::Bert:
        emit.matrix(UpProj, ".intermediate.dense.weight", i, h, FeedForward);
        emit.bias(UpProj, ".intermediate.dense.bias", i, FeedForward);
        emit.matrix(DownProj, ".output.dense.weight", h, i, FeedForward);
        emit.bias(DownProj, ".output.dense.bias", h, FeedForward);
        break;
    }
}

void own_tensors(const Emitter& emit, const ModelSpec& model, const MixtureOfExperts& f) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t e = f.num_experts;
    const std::int64_t i = f.moe_intermediate_size;
    const std::int64_t s = f.shared_intermediate_size;
    switch (f.layout) {
    case ExpertLayout::Mixtral:
        emit.matrix(RouterProj, ".block_sparse_moe.gate.weight", e, h, Router);
        if (f.routing.correction_bias) {
            emit.vector(RouterCorrection, ".block_sparse_moe.e_score_correction_bias", e, Router,
                        Usage::Buffer);
        }
        emit.matrix(ExpertGateProj, ".block_sparse_moe.experts.#.w1.weight", i, h, Experts,
                    Usage::Routed, e);
        emit.matrix(ExpertDownProj, ".block_sparse_moe.experts.#.w2.weight", h, i, Experts,
                    Usage::Routed, e);
        emit.matrix(ExpertUpProj, ".block_sparse_moe.experts.#.w3.weight", i, h, Experts,
                    Usage::Routed, e);
        break;
    case ExpertLayout::PerExpert:
        emit.matrix(RouterProj, ".mlp.gate.weight", e, h, Router);
        if (f.routing.correction_bias) {
            emit.vector(RouterCorrection, ".mlp.gate.e_score_correction_bias", e, Router,
                        Usage::Buffer);
        }
        emit.matrix(ExpertGateProj, ".mlp.experts.#.gate_proj.weight", i, h, Experts, Usage::Routed,
                    e);
        emit.matrix(ExpertUpProj, ".mlp.experts.#.up_proj.weight", i, h, Experts, Usage::Routed, e);
        emit.matrix(ExpertDownProj, ".mlp.experts.#.down_proj.weight", h, i, Experts, Usage::Routed,
                    e);
        if (s > 0) {
            emit.matrix(SharedGateProj, ".mlp.shared_experts.gate_proj.weight", s, h,
                        SharedExperts);
            emit.matrix(SharedUpProj, ".mlp.shared_experts.up_proj.weight", s, h, SharedExperts);
            emit.matrix(SharedDownProj, ".mlp.shared_experts.down_proj.weight", h, s,
                        SharedExperts);
        }
        break;
    case ExpertLayout::FusedInOut:
        if (model.naming == TensorNaming::Llama4) {
            emit.matrix(RouterProj, ".feed_forward.router.weight", e, h, Router);
            emit.experts_in_out(ExpertGateUpProj, ".feed_forward.experts.gate_up_proj", e, h, 2 * i,
                                Experts, Usage::Routed);
            emit.experts_in_out(ExpertDownProj, ".feed_forward.experts.down_proj", e, i, h, Experts,
                                Usage::Routed);
            emit.matrix(SharedGateProj, ".feed_forward.shared_expert.gate_proj.weight", s, h,
                        SharedExperts);
            emit.matrix(SharedUpProj, ".feed_forward.shared_expert.up_proj.weight", s, h,
                        SharedExperts);
            emit.matrix(SharedDownProj, ".feed_forward.shared_expert.down_proj.weight", h, s,
                        SharedExperts);
            break;
        }
        emit.matrix(RouterProj, ".mlp.router.weight", e, h, Router);
        emit.experts_in_out(ExpertGateUpProj, ".mlp.experts.gate_up_proj", e, h, 2 * i, Experts,
                            Usage::Routed);
        emit.experts_in_out(ExpertDownProj, ".mlp.experts.down_proj", e, i, h, Experts,
                            Usage::Routed);
        if (f.bias) {
            emit.bias(RouterProj, ".mlp.router.bias", e, Router);
            emit.biases(ExpertGateUpProj, ".mlp.experts.gate_up_proj_bias", e, 2 * i, Experts,
                        Usage::Routed);
            emit.biases(ExpertDownProj, ".mlp.experts.down_proj_bias", e, h, Experts,
                        Usage::Routed);
        }
        break;
    }
}

struct NormName {
    std::string_view weight, bias;
};

/// What the family calls a norm of the residual stream.
NormName norm_name(TensorNaming naming, const SubLayer& sub, TensorSlot slot) {
    const bool is_attention = role_of(sub.kind) == SubLayerRole::Attention;
    switch (naming) {
    case TensorNaming::Gpt2:
        return is_attention ? NormName{".ln_1.weight", ".ln_1.bias"}
                            : NormName{".ln_2.weight", ".ln_2.bias"};
    case TensorNaming::Bert:
        return is_attention ? NormName{".attention.output.LayerNorm.weight",
                                       ".attention.output.LayerNorm.bias"}
                            : NormName{".output.LayerNorm.weight", ".output.LayerNorm.bias"};
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        break;
    }
    if (slot == InputNorm) {
        // A norm behind attention has taken the name that two norms a layer leave to this one.
        return is_attention ? NormName{".input_layernorm.weight", ".input_layernorm.bias"}
               : sub.norms.output
                   ? NormName{".pre_feedforward_layernorm.weight",
                              ".pre_feedforward_layernorm.bias"}
                   : NormName{".post_attention_layernorm.weight", ".post_attention_layernorm.bias"};
    }
    if (slot == OutputNorm && sub.norms.joined) { // the sum's has the plain name
        return {".post_feedforward_layernorm_2.weight", ".post_feedforward_layernorm_2.bias"};
    }
    return is_attention
               ? NormName{".post_attention_layernorm.weight", ".post_attention_layernorm.bias"}
               : NormName{".post_feedforward_layernorm.weight", ".post_feedforward_layernorm.bias"};
}

void stream_norm(const Emitter& emit, const ModelSpec& model, const SubLayer& sub,
                 TensorSlot slot) {
    const NormName name = norm_name(model.naming, sub, slot);
    norm(emit, sub.norms.norm, slot, name.weight, name.bias, model.hidden_size);
}

void own_tensors(const Emitter& /*emit*/, const ModelSpec& /*model*/, const PlainSum& /*sum*/) {}

void own_tensors(const Emitter& emit, const ModelSpec& model, const AltUpSpec& a) {
    const std::int64_t h = model.hidden_size;
    const std::int64_t n = a.num_inputs;
    emit.vector(CorrectOutputScale, ".altup.correct_output_scale", h, Other);
    emit.matrix(CorrectionCoefs, ".altup.correction_coefs.weight", n, n, Other);
    emit.matrix(PredictionCoefs, ".altup.prediction_coefs.weight", n * n, n, Other);
    emit.matrix(ModalityRouter, ".altup.modality_router.weight", n, h, Router);
    emit.vector(ModalityNorm, ".altup.router_norm.weight", h, Router);
    emit.matrix(LaurelLeft, ".laurel.linear_left.weight", a.laurel_rank, h, Other);
    emit.matrix(LaurelRight, ".laurel.linear_right.weight", h, a.laurel_rank, Other);
    emit.vector(LaurelNorm, ".laurel.post_laurel_norm.weight", h, Norm);
    emit.matrix(PerLayerInputGate, ".per_layer_input_gate.weight", a.per_layer_input, h,
                PerLayerEmbedding);
    emit.matrix(PerLayerProjection, ".per_layer_projection.weight", h, a.per_layer_input,
                PerLayerEmbedding);
    emit.vector(PerLayerInputNorm, ".post_per_layer_input_norm.weight", h, PerLayerEmbedding);
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

void sub_layer_tensors(const ModelSpec& model, const LayerPart& part,
                       FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit, layer_prefix(model.naming), part, true);
    const SubLayer& sub = model.sub_layer_of(part);
    if (sub.norms.input) {
        stream_norm(emit, model, sub, InputNorm);
    }
    std::visit([&](const auto& kind) { own_tensors(emit, model, kind); }, sub.kind);
    if (sub.norms.output) {
        stream_norm(emit, model, sub, OutputNorm);
    }
    if (sub.norms.joined) {
        stream_norm(emit, model, sub, JoinedNorm);
    }
    if (sub.norms.stream) {
        stream_norm(emit, model, sub, StreamNorm);
    }
}

void residual_tensors(const ModelSpec& model, const LayerPart& part,
                      FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit, layer_prefix(model.naming), part, false);
    std::visit([&](const auto& residual) { own_tensors(emit, model, residual); },
               model.layer_of(part).residual);
}

void embeddings(const ModelSpec& model, FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit);
    const std::int64_t h = model.hidden_size;
    switch (model.naming) {
    case TensorNaming::Gpt2:
        emit.matrix(TokenEmbedding, "transformer.wte.weight", model.vocab_size, h, Embedding,
                    Usage::Lookup);
        emit.matrix(PositionEmbedding, "transformer.wpe.weight", model.learned_positions, h,
                    Embedding, Usage::Lookup);
        return;
    case TensorNaming::Bert:
        emit.matrix(TokenEmbedding, "bert.embeddings.word_embeddings.weight", model.vocab_size, h,
                    Embedding, Usage::Lookup);
        emit.matrix(PositionEmbedding, "bert.embeddings.position_embeddings.weight",
                    model.learned_positions, h, Embedding, Usage::Lookup);
        emit.matrix(TokenTypeEmbedding, "bert.embeddings.token_type_embeddings.weight",
                    model.token_types, h, Embedding, Usage::Lookup);
        norm(emit, model.final_norm, EmbeddingNorm, "bert.embeddings.LayerNorm.weight",
             "bert.embeddings.LayerNorm.bias", h);
        return;
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        break;
    }
    emit.matrix(TokenEmbedding, "model.embed_tokens.weight", model.vocab_size, h, Embedding,
                Usage::Lookup);
    if (const AltUpSpec* altup = altup_of(model)) {
        const AltUpSpec& a = *altup;
        const std::int64_t width = model.num_layers() * a.per_layer_input;
        emit.matrix(PerLayerTable, "model.embed_tokens_per_layer.weight", model.per_layer_vocab,
                    width, PerLayerEmbedding, Usage::Lookup);
        emit.matrix(PerLayerModelProjection, "model.per_layer_model_projection.weight", width, h,
                    PerLayerEmbedding);
        emit.vector(PerLayerProjectionNorm, "model.per_layer_projection_norm.weight",
                    a.per_layer_input, PerLayerEmbedding);
        emit.matrix(AltUpProjection, "model.altup_projections.#.weight", h, h, Other,
                    Usage::EveryToken, a.num_inputs - 1);
        // They bring the streams back together in front of the head, which is the embedding.
        emit.matrix(AltUpUnembedProjection, "model.altup_unembed_projections.#.weight", h, h,
                    Embedding, Usage::EveryToken, a.num_inputs - 1);
    }
}

void head(const ModelSpec& model, FunctionRef<void(const TensorSpec&)> visit) {
    const Emitter emit(visit);
    const std::int64_t h = model.hidden_size;
    switch (model.naming) {
    case TensorNaming::Gpt2:
        norm(emit, model.final_norm, FinalNorm, "transformer.ln_f.weight", "transformer.ln_f.bias",
             h);
        break;
    case TensorNaming::Bert: // masked-language-model head; its decoder is the embedding
        emit.bias(HeadProj, "cls.predictions.bias", model.vocab_size, Other);
        emit.matrix(HeadTransform, "cls.predictions.transform.dense.weight", h, h, Other);
        emit.bias(HeadTransform, "cls.predictions.transform.dense.bias", h, Other);
        norm(emit, model.final_norm, HeadTransformNorm,
             "cls.predictions.transform.LayerNorm.weight",
             "cls.predictions.transform.LayerNorm.bias", h);
        if (!model.tie_word_embeddings) {
            emit.matrix(HeadProj, "cls.predictions.decoder.weight", model.vocab_size, h, LmHead);
        }
        return;
    case TensorNaming::Llama:
    case TensorNaming::Llama4:
    case TensorNaming::Phi3:
        emit.vector(FinalNorm, "model.norm.weight", h, Norm);
        break;
    }
    if (!model.tie_word_embeddings) {
        emit.matrix(HeadProj, "lm_head.weight", model.vocab_size, h, LmHead);
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
    for (const LayerPart& part : spec.parts) {
        sub_layer_tensors(spec, part, visit);
    }
    for (const LayerPart& part : spec.residuals) {
        residual_tensors(spec, part, visit);
    }
    head(spec, visit);
}

void for_each_outside_tensor(const ModelSpec& spec, FunctionRef<void(const TensorSpec&)> visit) {
    embeddings(spec, visit);
    head(spec, visit);
}

void for_each_part_tensor(const ModelSpec& spec, std::size_t part,
                          FunctionRef<void(const TensorSpec&)> visit) {
    sub_layer_tensors(spec, spec.parts[part], visit);
}

void for_each_residual_tensor(const ModelSpec& spec, std::size_t residual,
                              FunctionRef<void(const TensorSpec&)> visit) {
    residual_tensors(spec, spec.residuals[residual], visit);
}

void for_each_tensor_of(const ModelSpec& spec, std::int32_t kind,
                        FunctionRef<void(const TensorSpec&)> visit) {
    const LayerKind& layers = spec.kinds[static_cast<std::size_t>(kind)];
    for (std::size_t i = 0; i < layers.spec.sub_layers.size(); ++i) {
        sub_layer_tensors(spec, {kind, static_cast<std::int32_t>(i), layers.count}, visit);
    }
    residual_tensors(spec, {kind, 0, layers.count}, visit);
}

const SubLayer& sub_layer_of(const ModelSpec& spec, const TensorSpec& tensor) {
    return spec.sub_layer_of({tensor.layer_kind, tensor.sub_layer, 1});
}

std::string tensor_name(const TensorSpec& tensor, std::int64_t layer, std::int64_t copy) {
    std::string name =
        tensor.layer_kind < 0 ? std::string{} : std::string(tensor.prefix) + std::to_string(layer);
    return name + replaced(tensor.name, copy);
}

std::vector<NamedTensor> list_tensors(const ModelSpec& spec) {
    std::vector<NamedTensor> list;
    const auto add = [&](const TensorSpec& t, std::int64_t layer_index) {
        for (std::int64_t copy = 0; copy < t.copies; ++copy) {
            NamedTensor named;
            named.name = tensor_name(t, layer_index, copy);
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
