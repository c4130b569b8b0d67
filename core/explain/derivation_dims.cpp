// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/derivation_dims.h"

#include <algorithm>
#include <array>

namespace headroom::derive {
namespace {

enum class Dim {
    Hidden,
    Heads,
    KvHeads,
    HeadDim,
    QkvHeads, ///< num_attention_heads + 2 * num_key_value_heads
    QLora,
    KvLora,
    KvLoraRope,
    Nope,
    QkDim,
    NopeV,
    VDim,
    Intermediate,
    Experts,
    ExpertWidth,
    SharedWidth,
    AltUp,
    AltUpOthers,
    LaurelRank,
    PerLayer,
    PerLayerVocab,
    Layers,
    Vocab,
    Positions,
    TypeVocab,
    Two,
    Three,
    None
};
using enum Dim;

struct Entry {
    std::string_view name;
    bool latent;
    std::array<Dim, 4> dims = {None, None, None, None};
};

constexpr Entry weight(std::string_view name, Dim a, Dim b = None, Dim c = None, Dim d = None) {
    return {name, false, {a, b, c, d}};
}
constexpr Entry latent(std::string_view name, Dim a, Dim b = None, Dim c = None, Dim d = None) {
    return {name, true, {a, b, c, d}};
}

// A latent layer's own entries come first, so that its q_proj and o_proj are found before those of
// the others. An entry ends the name: "experts.#.w1.weight".
constexpr auto weight_table = std::to_array<Entry>({
    latent("q_a_proj.weight", Hidden, QLora),
    latent("q_a_proj.bias", QLora),
    latent("q_a_layernorm.weight", QLora),
    latent("q_b_proj.weight", QLora, Heads, QkDim),
    latent("self_attn.q_proj.weight", Hidden, Heads, QkDim),
    latent("kv_a_proj_with_mqa.weight", Hidden, KvLoraRope),
    latent("kv_a_proj_with_mqa.bias", KvLoraRope),
    latent("kv_a_layernorm.weight", KvLora),
    latent("kv_b_proj.weight", KvLora, Heads, NopeV),
    latent("self_attn.o_proj.weight", Heads, VDim, Hidden),

    weight("self_attn.q_proj.weight", Hidden, Heads, HeadDim),
    weight("self_attn.k_proj.weight", Hidden, KvHeads, HeadDim),
    weight("self_attn.v_proj.weight", Hidden, KvHeads, HeadDim),
    weight("self_attn.o_proj.weight", Heads, HeadDim, Hidden),
    weight("self_attn.qkv_proj.weight", Hidden, QkvHeads, HeadDim),
    weight("self_attn.q_proj.bias", Heads, HeadDim),
    weight("self_attn.k_proj.bias", KvHeads, HeadDim),
    weight("self_attn.v_proj.bias", KvHeads, HeadDim),
    weight("self_attn.o_proj.bias", Hidden),
    weight("self_attn.sinks", Heads),
    weight("attn.c_attn.weight", Hidden, Three, Hidden),
    weight("attn.c_attn.bias", Three, Hidden),
    weight("attn.c_proj.weight", Hidden, Hidden),
    weight("attn.c_proj.bias", Hidden),
    weight("self.query.weight", Hidden, Hidden),
    weight("self.query.bias", Hidden),
    weight("self.key.weight", Hidden, Hidden),
    weight("self.key.bias", Hidden),
    weight("self.value.weight", Hidden, Hidden),
    weight("self.value.bias", Hidden),
    weight("attention.output.dense.weight", Hidden, Hidden),
    weight("attention.output.dense.bias", Hidden),

    weight("block_sparse_moe.gate.weight", Experts, Hidden),
    weight("experts.#.w1.weight", Experts, Hidden, ExpertWidth),
    weight("experts.#.w2.weight", Experts, ExpertWidth, Hidden),
    weight("experts.#.w3.weight", Experts, Hidden, ExpertWidth),
    weight("mlp.gate.weight", Experts, Hidden),
    weight("e_score_correction_bias", Experts),
    weight("experts.#.gate_proj.weight", Experts, Hidden, ExpertWidth),
    weight("experts.#.up_proj.weight", Experts, Hidden, ExpertWidth),
    weight("experts.#.down_proj.weight", Experts, ExpertWidth, Hidden),
    weight("shared_experts.gate_proj.weight", Hidden, SharedWidth),
    weight("shared_experts.up_proj.weight", Hidden, SharedWidth),
    weight("shared_experts.down_proj.weight", SharedWidth, Hidden),
    weight("shared_expert.gate_proj.weight", Hidden, SharedWidth),
    weight("shared_expert.up_proj.weight", Hidden, SharedWidth),
    weight("shared_expert.down_proj.weight", SharedWidth, Hidden),
    weight("mlp.router.weight", Experts, Hidden),
    weight("mlp.router.bias", Experts),
    weight("feed_forward.router.weight", Experts, Hidden),
    weight("experts.gate_up_proj", Experts, Hidden, Two, ExpertWidth),
    weight("experts.down_proj", Experts, ExpertWidth, Hidden),
    weight("experts.gate_up_proj_bias", Experts, Two, ExpertWidth),
    weight("experts.down_proj_bias", Experts, Hidden),

    weight("gate_up_proj.weight", Hidden, Two, Intermediate),
    weight("gate_proj.weight", Hidden, Intermediate),
    weight("up_proj.weight", Hidden, Intermediate),
    weight("down_proj.weight", Intermediate, Hidden),
    weight("gate_proj.bias", Intermediate),
    weight("up_proj.bias", Intermediate),
    weight("down_proj.bias", Hidden),
    weight("c_fc.weight", Hidden, Intermediate),
    weight("c_fc.bias", Intermediate),
    weight("mlp.c_proj.weight", Intermediate, Hidden),
    weight("mlp.c_proj.bias", Hidden),
    weight("intermediate.dense.weight", Hidden, Intermediate),
    weight("intermediate.dense.bias", Intermediate),
    weight("output.dense.weight", Intermediate, Hidden),
    weight("output.dense.bias", Hidden),

    weight("altup.correct_output_scale", Hidden),
    weight("altup.correction_coefs.weight", AltUp, AltUp),
    weight("altup.prediction_coefs.weight", AltUp, AltUp, AltUp),
    weight("altup.modality_router.weight", AltUp, Hidden),
    weight("altup.router_norm.weight", Hidden),
    weight("laurel.linear_left.weight", Hidden, LaurelRank),
    weight("laurel.linear_right.weight", LaurelRank, Hidden),
    weight("post_laurel_norm.weight", Hidden),
    weight("per_layer_input_gate.weight", Hidden, PerLayer),
    weight("per_layer_projection.weight", PerLayer, Hidden),
    weight("per_layer_model_projection.weight", Hidden, Layers, PerLayer),
    weight("per_layer_projection_norm.weight", PerLayer),
    weight("altup_projections.#.weight", AltUpOthers, Hidden, Hidden),
    weight("altup_unembed_projections.#.weight", AltUpOthers, Hidden, Hidden),

    weight("embed_tokens_per_layer.weight", PerLayerVocab, Layers, PerLayer),
    weight("embed_tokens.weight", Vocab, Hidden),
    weight("wte.weight", Vocab, Hidden),
    weight("wpe.weight", Positions, Hidden),
    weight("word_embeddings.weight", Vocab, Hidden),
    weight("position_embeddings.weight", Positions, Hidden),
    weight("token_type_embeddings.weight", TypeVocab, Hidden),
    weight("cls.predictions.bias", Vocab),
    weight("transform.dense.weight", Hidden, Hidden),
    weight("transform.dense.bias", Hidden),
    weight("predictions.decoder.weight", Vocab, Hidden),
    weight("lm_head.weight", Vocab, Hidden),
});

constexpr auto products = std::to_array<Entry>({
    latent("q_a_proj", Hidden, QLora),
    latent("q_b_proj", QLora, Heads, QkDim),
    latent("q_proj", Hidden, Heads, QkDim),
    latent("kv_a_proj", Hidden, KvLoraRope),
    latent("kv_b_proj", KvLora, Heads, NopeV),
    latent("q_absorb", Nope, Heads, KvLora),
    latent("v_absorb", KvLora, Heads, VDim),
    latent("o_proj", Heads, VDim, Hidden),
    weight("qkv_proj", Hidden, QkvHeads, HeadDim),
    weight("o_proj", Heads, HeadDim, Hidden),
    weight("gate_up_proj", Hidden, Two, Intermediate),
    weight("up_proj", Hidden, Intermediate),
    weight("down_proj", Intermediate, Hidden),
    weight("router", Hidden, Experts),
    weight("experts.gate_up_proj", Experts, Hidden, Two, ExpertWidth),
    weight("experts.down_proj", Experts, ExpertWidth, Hidden),
    weight("shared_experts.gate_up_proj", Hidden, Two, SharedWidth),
    weight("shared_experts.down_proj", SharedWidth, Hidden),
    weight("laurel.linear_left", Hidden, LaurelRank),
    weight("laurel.linear_right", LaurelRank, Hidden),
    weight("altup.modality_router", Hidden, AltUp),
    weight("altup.prediction_coefs", AltUp, AltUp, AltUp),
    weight("altup.correction_coefs", AltUp, AltUp),
    weight("altup.predict", AltUp, AltUp, Hidden),
    weight("per_layer_input_gate", Hidden, PerLayer),
    weight("per_layer_projection", PerLayer, Hidden),
    weight("per_layer_model_projection", Hidden, Layers, PerLayer),
    weight("altup_projection", Hidden, Hidden),
    weight("altup_unembed_projection", Hidden, Hidden),
    weight("cls.transform", Hidden, Hidden),
    weight("lm_head", Hidden, Vocab),
});

/// Looks up what the dimensions of one layer kind, or of the model, are.
class Dimensions {
public:
    Dimensions(const ModelSpec& spec, std::int32_t kind, Wide experts,
               std::string_view experts_name)
        : m_spec(spec)
        , m_layer(spec.kinds[kind < 0 ? 0 : static_cast<std::size_t>(kind)].spec)
        , m_experts(experts)
        , m_experts_name(experts_name) {}

    [[nodiscard]] bool is_latent() const {
        return std::holds_alternative<LatentAttention>(m_layer.attention);
    }

    void append(Dim dim, std::vector<Factor>& out) const {
        if (dim == SharedWidth) {
            shared_width(out);
        } else if (dim != None) {
            out.push_back(factor(dim));
        }
    }

private:
    [[nodiscard]] Factor factor(Dim dim) const {
        switch (dim) {
        case Hidden:
            return field("hidden_size", m_spec.hidden_size);
        case Heads:
            return field("num_attention_heads", heads());
        case KvHeads:
            return field("num_key_value_heads", gqa().num_key_value_heads);
        case HeadDim:
            return head_dim_factor(m_spec, gqa().head_dim);
        case QkvHeads:
            return qkv_heads();
        case QLora:
            return field("q_lora_rank", mla().q_lora_rank.value_or(0));
        case KvLora:
            return field("kv_lora_rank", mla().kv_lora_rank);
        case KvLoraRope:
            return sum_of({{"kv_lora_rank", mla().kv_lora_rank},
                           {"qk_rope_head_dim", mla().qk_rope_head_dim}});
        case Nope:
            return field("qk_nope_head_dim", mla().qk_nope_head_dim);
        case QkDim:
            return sum_of({{"qk_nope_head_dim", mla().qk_nope_head_dim},
                           {"qk_rope_head_dim", mla().qk_rope_head_dim}});
        case NopeV:
            return sum_of(
                {{"qk_nope_head_dim", mla().qk_nope_head_dim}, {"v_head_dim", mla().v_head_dim}});
        case VDim:
            return field("v_head_dim", mla().v_head_dim);
        case Intermediate:
            return field(m_spec.naming == TensorNaming::Llama4 ? "intermediate_size_mlp"
                                                               : "intermediate_size",
                         std::get<DenseFeedForward>(m_layer.feed_forward).intermediate_size);
        case Experts:
            return field(m_experts_name, m_experts);
        case ExpertWidth:
            return field(moe().layout == ExpertLayout::PerExpert ? "moe_intermediate_size"
                                                                 : "intermediate_size",
                         moe().moe_intermediate_size);
        case AltUp:
            return field("altup_num_inputs", m_layer.altup->num_inputs);
        case AltUpOthers:
            return {"(altup_num_inputs - 1)",
                    "(" + text(wide(m_layer.altup->num_inputs)) + " - 1)",
                    m_layer.altup->num_inputs - 1,
                    {"altup_num_inputs"}};
        case LaurelRank:
            return field("laurel_rank", m_layer.altup->laurel_rank);
        case PerLayer:
            return field("hidden_size_per_layer_input", m_layer.altup->per_layer_input);
        case PerLayerVocab:
            return field("vocab_size_per_layer_input", m_spec.per_layer_vocab);
        case Layers:
            return field("num_hidden_layers", m_spec.num_layers());
        case Vocab:
            return field("vocab_size", m_spec.vocab_size);
        case Positions:
            return field("max_position_embeddings", m_spec.learned_positions);
        case TypeVocab:
            return field("type_vocab_size", m_spec.token_types);
        case Two:
            return number(2);
        case Three:
            return number(3);
        case SharedWidth:
        case None:
            break;
        }
        return number(1);
    }

    void shared_width(std::vector<Factor>& out) const {
        const MixtureOfExperts& f = moe();
        if (f.layout != ExpertLayout::PerExpert || f.moe_intermediate_size <= 0 ||
            f.shared_intermediate_size % f.moe_intermediate_size != 0) {
            out.push_back(field("intermediate_size", f.shared_intermediate_size));
            return;
        }
        out.push_back(
            field("n_shared_experts", f.shared_intermediate_size / f.moe_intermediate_size));
        out.push_back(field("moe_intermediate_size", f.moe_intermediate_size));
    }

    [[nodiscard]] Factor qkv_heads() const {
        const GroupedQueryAttention& a = gqa();
        if (a.shares_kv) {
            return field("num_attention_heads", a.num_attention_heads);
        }
        return {"(num_attention_heads + 2 * num_key_value_heads)",
                "(" + text(wide(a.num_attention_heads)) + " + 2 * " +
                    text(wide(a.num_key_value_heads)) + ")",
                wide(a.num_attention_heads) + 2 * wide(a.num_key_value_heads),
                {"num_attention_heads", "num_key_value_heads"}};
    }

    [[nodiscard]] std::int64_t heads() const {
        return std::visit([](const auto& a) { return a.num_attention_heads; }, m_layer.attention);
    }
    [[nodiscard]] const GroupedQueryAttention& gqa() const {
        return std::get<GroupedQueryAttention>(m_layer.attention);
    }
    [[nodiscard]] const LatentAttention& mla() const {
        return std::get<LatentAttention>(m_layer.attention);
    }
    [[nodiscard]] const MixtureOfExperts& moe() const {
        return std::get<MixtureOfExperts>(m_layer.feed_forward);
    }

    const ModelSpec& m_spec;
    const LayerSpec& m_layer;
    Wide m_experts;
    std::string_view m_experts_name;
};

const MixtureOfExperts* moe_of(const ModelSpec& spec, std::int32_t kind) {
    return kind < 0 ? nullptr
                    : std::get_if<MixtureOfExperts>(
                          &spec.kinds[static_cast<std::size_t>(kind)].spec.feed_forward);
}

std::vector<Factor> factors(const Entry& entry, const Dimensions& dimensions) {
    std::vector<Factor> list;
    for (const Dim dim : entry.dims) {
        dimensions.append(dim, list);
    }
    return list;
}

/// Norms of the residual stream and of heads: everything else that has one dimension.
std::vector<Factor> norm_dimensions(const ModelSpec& spec, const TensorSpec& t) {
    const bool of_q = t.name.ends_with("q_norm.weight");
    if (!of_q && !t.name.ends_with("k_norm.weight")) {
        return {field("hidden_size", t.shape[0])};
    }
    const LayerSpec& layer = spec.kinds[static_cast<std::size_t>(t.layer_kind)].spec;
    const auto& a = std::get<GroupedQueryAttention>(layer.attention);
    std::vector<Factor> list;
    if (a.qk_norm == QkNorm::FullWidth) {
        list.push_back(of_q ? field("num_attention_heads", a.num_attention_heads)
                            : field("num_key_value_heads", a.num_key_value_heads));
    }
    list.push_back(field("head_dim", a.head_dim));
    return list;
}

} // namespace

Factor head_dim_factor(const ModelSpec& spec, std::int64_t head_dim) {
    const bool has_field = spec.naming != TensorNaming::Gpt2 && spec.naming != TensorNaming::Bert;
    if (has_field) {
        return field("head_dim", head_dim);
    }
    return {"(hidden_size / num_attention_heads)",
            "(" + text(wide(spec.hidden_size)) + " / " + text(spec.hidden_size / wide(head_dim)) +
                ")",
            head_dim,
            {"hidden_size", "num_attention_heads"}};
}

std::vector<Factor> dimensions(const ModelSpec& spec, const TensorSpec& tensor, bool active) {
    const MixtureOfExperts* moe = moe_of(spec, tensor.layer_kind);
    const bool routed = active && tensor.usage == Usage::Routed;
    const Dimensions dims(spec, tensor.layer_kind,
                          moe == nullptr ? 0
                          : routed       ? moe->num_experts_per_tok
                                         : moe->num_experts,
                          routed ? "num_experts_per_tok" : "num_experts");
    for (const Entry& entry : weight_table) {
        if (tensor.name.ends_with(entry.name) && (!entry.latent || dims.is_latent())) {
            return factors(entry, dims);
        }
    }
    if (tensor.rank == 1) {
        return norm_dimensions(spec, tensor);
    }
    std::vector<Factor> list = {number(tensor.copies)};
    for (std::int32_t i = 0; i < tensor.rank; ++i) {
        list.push_back(number(tensor.shape[static_cast<std::size_t>(i)]));
    }
    return list;
}

std::vector<Factor> dimensions(const ModelSpec& spec, const Operator& op, bool all_experts) {
    const MixtureOfExperts* moe = moe_of(spec, op.layer_kind);
    const bool chosen = op.kind == OperatorKind::Expert && !all_experts;
    const Dimensions dims(spec, op.layer_kind,
                          moe == nullptr ? 0
                          : chosen       ? moe->num_experts_per_tok
                                         : moe->num_experts,
                          chosen ? "num_experts_per_tok" : "num_experts");
    for (const Entry& entry : products) {
        if (op.name == entry.name && (!entry.latent || dims.is_latent())) {
            return factors(entry, dims);
        }
    }
    return {};
}

std::string short_name(std::string_view tensor_name) {
    std::string name(tensor_name);
    for (const std::string_view part :
         {".self_attn.", ".block_sparse_moe.", ".mlp.", ".attn.", ".feed_forward.", "model.",
          "transformer.", "bert.embeddings.", "cls.predictions.", ".attention.self.", "."}) {
        if (name.starts_with(part)) {
            name.erase(0, part.size());
            break;
        }
    }
    if (name.ends_with(".weight")) {
        name.erase(name.size() - 7);
    }
    if (const std::size_t at = name.find(".#"); at != std::string::npos) {
        name.erase(at, 2);
    }
    return name;
}

} // namespace headroom::derive
