// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/derivation_dims.h"

#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

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

using Dims = std::array<Dim, 4>;

/// GPT-2 and BERT have no head_dim: their matrices of attention are hidden_size square.
bool has_square_heads(const ModelSpec& spec) {
    return spec.naming == TensorNaming::Gpt2 || spec.naming == TensorNaming::Bert;
}

/// Dimensions of one weight, as its product with the input reads: in first.
Dims weight_dims(TensorSlot slot, bool square, QkNorm qk_norm) {
    const bool full_width = qk_norm == QkNorm::FullWidth;
    switch (slot) {
    case TensorSlot::TokenEmbedding:
    case TensorSlot::HeadProj:
        return {Vocab, Hidden, None, None};
    case TensorSlot::PositionEmbedding:
        return {Positions, Hidden, None, None};
    case TensorSlot::TokenTypeEmbedding:
        return {TypeVocab, Hidden, None, None};
    case TensorSlot::PerLayerTable:
        return {PerLayerVocab, Layers, PerLayer, None};
    case TensorSlot::PerLayerModelProjection:
        return {Hidden, Layers, PerLayer, None};
    case TensorSlot::PerLayerProjectionNorm:
        return {PerLayer, None, None, None};
    case TensorSlot::AltUpProjection:
    case TensorSlot::AltUpUnembedProjection:
        return {AltUpOthers, Hidden, Hidden, None};
    case TensorSlot::HeadTransform:
        return {Hidden, Hidden, None, None};
    case TensorSlot::EmbeddingNorm:
    case TensorSlot::FinalNorm:
    case TensorSlot::HeadTransformNorm:
    case TensorSlot::InputNorm:
    case TensorSlot::OutputNorm:
    case TensorSlot::JoinedNorm:
    case TensorSlot::StreamNorm:
    case TensorSlot::CorrectOutputScale:
    case TensorSlot::ModalityNorm:
    case TensorSlot::LaurelNorm:
    case TensorSlot::PerLayerInputNorm:
        return {Hidden, None, None, None};
    case TensorSlot::QProj:
        return square ? Dims{Hidden, Hidden, None, None} : Dims{Hidden, Heads, QkDim, None};
    case TensorSlot::KProj:
    case TensorSlot::VProj:
        return square ? Dims{Hidden, Hidden, None, None} : Dims{Hidden, KvHeads, HeadDim, None};
    case TensorSlot::QkvProj:
        return square ? Dims{Hidden, Three, Hidden, None} : Dims{Hidden, QkvHeads, HeadDim, None};
    case TensorSlot::OProj:
        return square ? Dims{Hidden, Hidden, None, None} : Dims{Heads, VDim, Hidden, None};
    case TensorSlot::QNorm:
        return full_width ? Dims{Heads, HeadDim, None, None} : Dims{HeadDim, None, None, None};
    case TensorSlot::KNorm:
        return full_width ? Dims{KvHeads, HeadDim, None, None} : Dims{HeadDim, None, None, None};
    case TensorSlot::Sinks:
        return {Heads, None, None, None};
    case TensorSlot::QAProj:
        return {Hidden, QLora, None, None};
    case TensorSlot::QANorm:
        return {QLora, None, None, None};
    case TensorSlot::QBProj:
        return {QLora, Heads, QkDim, None};
    case TensorSlot::KvAProj:
        return {Hidden, KvLoraRope, None, None};
    case TensorSlot::KvANorm:
        return {KvLora, None, None, None};
    case TensorSlot::KvBProj:
        return {KvLora, Heads, NopeV, None};
    case TensorSlot::GateProj:
    case TensorSlot::UpProj:
        return {Hidden, Intermediate, None, None};
    case TensorSlot::GateUpProj:
        return {Hidden, Two, Intermediate, None};
    case TensorSlot::DownProj:
        return {Intermediate, Hidden, None, None};
    case TensorSlot::RouterProj:
        return {Experts, Hidden, None, None};
    case TensorSlot::RouterCorrection:
        return {Experts, None, None, None};
    case TensorSlot::ExpertGateProj:
    case TensorSlot::ExpertUpProj:
        return {Experts, Hidden, ExpertWidth, None};
    case TensorSlot::ExpertGateUpProj:
        return {Experts, Hidden, Two, ExpertWidth};
    case TensorSlot::ExpertDownProj:
        return {Experts, ExpertWidth, Hidden, None};
    case TensorSlot::SharedGateProj:
    case TensorSlot::SharedUpProj:
        return {Hidden, SharedWidth, None, None};
    case TensorSlot::SharedDownProj:
        return {SharedWidth, Hidden, None, None};
    case TensorSlot::CorrectionCoefs:
        return {AltUp, AltUp, None, None};
    case TensorSlot::PredictionCoefs:
        return {AltUp, AltUp, AltUp, None};
    case TensorSlot::ModalityRouter:
        return {AltUp, Hidden, None, None};
    case TensorSlot::LaurelLeft:
        return {Hidden, LaurelRank, None, None};
    case TensorSlot::LaurelRight:
        return {LaurelRank, Hidden, None, None};
    case TensorSlot::PerLayerInputGate:
        return {Hidden, PerLayer, None, None};
    case TensorSlot::PerLayerProjection:
        return {PerLayer, Hidden, None, None};
    }
    return {None, None, None, None};
}

/// A bias has the outputs of its weight: all dimensions but the one that the weight sums over.
Dims bias_dims(TensorSlot slot, bool square, QkNorm qk_norm) {
    switch (slot) {
    case TensorSlot::HeadProj:
        return {Vocab, None, None, None};
    case TensorSlot::RouterProj:
        return {Experts, None, None, None};
    case TensorSlot::ExpertGateUpProj:
        return {Experts, Two, ExpertWidth, None};
    case TensorSlot::OProj:
    case TensorSlot::DownProj:
    case TensorSlot::HeadTransform:
        return {Hidden, None, None, None};
    case TensorSlot::ExpertDownProj:
        return {Experts, Hidden, None, None};
    default:
        break;
    }
    const Dims weight = weight_dims(slot, square, qk_norm);
    return weight[1] == None ? weight : Dims{weight[1], weight[2], weight[3], None};
}

/// Dimensions of the weights that one row of a product meets.
Dims product_dims(Operation what) {
    switch (what) {
    case Operation::PerLayerModelProjection:
        return {Hidden, Layers, PerLayer, None};
    case Operation::AltUpProjection:
    case Operation::AltUpUnembedProjection:
    case Operation::HeadTransform:
        return {Hidden, Hidden, None, None};
    case Operation::QkvProj:
        return {Hidden, QkvHeads, HeadDim, None};
    case Operation::QProj:
        return {Hidden, Heads, QkDim, None};
    case Operation::QAProj:
        return {Hidden, QLora, None, None};
    case Operation::QBProj:
        return {QLora, Heads, QkDim, None};
    case Operation::KvAProj:
        return {Hidden, KvLoraRope, None, None};
    case Operation::KvBProj:
        return {KvLora, Heads, NopeV, None};
    case Operation::QAbsorb:
        return {Nope, Heads, KvLora, None};
    case Operation::VAbsorb:
        return {KvLora, Heads, VDim, None};
    case Operation::OProj:
        return {Heads, VDim, Hidden, None};
    case Operation::GateUpProj:
        return {Hidden, Two, Intermediate, None};
    case Operation::UpProj:
        return {Hidden, Intermediate, None, None};
    case Operation::DownProj:
        return {Intermediate, Hidden, None, None};
    case Operation::Router:
        return {Hidden, Experts, None, None};
    case Operation::ExpertsGateUpProj:
        return {Experts, Hidden, Two, ExpertWidth};
    case Operation::ExpertsDownProj:
        return {Experts, ExpertWidth, Hidden, None};
    case Operation::SharedGateUpProj:
        return {Hidden, Two, SharedWidth, None};
    case Operation::SharedDownProj:
        return {SharedWidth, Hidden, None, None};
    case Operation::LaurelLeft:
        return {Hidden, LaurelRank, None, None};
    case Operation::LaurelRight:
        return {LaurelRank, Hidden, None, None};
    case Operation::ModalityRouter:
        return {Hidden, AltUp, None, None};
    case Operation::PredictionCoefs:
        return {AltUp, AltUp, AltUp, None};
    case Operation::CorrectionCoefs:
        return {AltUp, AltUp, None, None};
    case Operation::AltUpPredict:
        return {AltUp, AltUp, Hidden, None};
    case Operation::PerLayerInputGate:
        return {Hidden, PerLayer, None, None};
    case Operation::PerLayerProjection:
        return {PerLayer, Hidden, None, None};
    case Operation::LmHead:
        return {Hidden, Vocab, None, None};
    case Operation::EmbedTokens:
    case Operation::Norms:
    case Operation::RotaryAndNorm:
    case Operation::ExpandLatent:
    case Operation::Attention:
    case Operation::AttentionScores:
    case Operation::AttentionSoftmax:
    case Operation::AttentionValues:
    case Operation::Activation:
    case Operation::Routing:
    case Operation::AltUpStreams:
    case Operation::FinalNorm:
    case Operation::AllReduce:
    case Operation::AllToAll:
    case Operation::Send:
    case Operation::GroupedProduct:
        break; // no product with weights
    }
    return {None, None, None, None};
}

/// The numbers of one sub-layer that dimensions are made of.
struct Sizes {
    std::int64_t heads = 0, kv_heads = 0, head_dim = 0;
    std::int64_t q_lora_rank = 0, kv_lora_rank = 0, nope = 0, rope = 0, v_head_dim = 0;
    std::int64_t width = 0;
    bool is_latent = false;
    bool shares_kv = false;
    QkNorm qk_norm = QkNorm::None;
    const MixtureOfExperts* moe = nullptr;
};

Sizes sizes_of(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) {
                              Sizes s;
                              s.heads = a.num_attention_heads;
                              s.kv_heads = a.num_key_value_heads;
                              s.head_dim = a.head_dim;
                              s.shares_kv = a.shares_kv;
                              s.qk_norm = a.qk_norm;
                              return s;
                          },
                          [](const LatentAttention& a) {
                              Sizes s;
                              s.heads = a.num_attention_heads;
                              s.q_lora_rank = a.q_lora_rank.value_or(0);
                              s.kv_lora_rank = a.kv_lora_rank;
                              s.nope = a.qk_nope_head_dim;
                              s.rope = a.qk_rope_head_dim;
                              s.v_head_dim = a.v_head_dim;
                              s.is_latent = true;
                              return s;
                          },
                          [](const DenseFeedForward& f) {
                              Sizes s;
                              s.width = f.intermediate_size;
                              return s;
                          },
                          [](const MixtureOfExperts& f) {
                              Sizes s;
                              s.moe = &f;
                              return s;
                          },
                      },
                      kind);
}

/// Looks up what the dimensions of one sub-layer, of a way of joining the stream, or of the model
/// are.
class Dimensions {
public:
    /// With `routed` experts count as those that a token is routed to.
    Dimensions(const ModelSpec& spec, std::int32_t kind, std::int32_t sub_layer, bool routed)
        : m_spec(spec)
        , m_routed(routed) {
        if (sub_layer >= 0) {
            m_sizes = sizes_of(spec.sub_layer_of({kind, sub_layer, 1}).kind);
        }
    }

    [[nodiscard]] QkNorm qk_norm() const { return m_sizes.qk_norm; }

    [[nodiscard]] std::vector<Factor> factors(const Dims& dims) const {
        std::vector<Factor> list;
        for (const Dim dim : dims) {
            if (dim == SharedWidth) {
                shared_width(list);
            } else if (dim != None) {
                list.push_back(factor(dim));
            }
        }
        return list;
    }

private:
    [[nodiscard]] Factor factor(Dim dim) const {
        const Sizes& s = m_sizes;
        switch (dim) {
        case Hidden:
            return field("hidden_size", m_spec.hidden_size);
        case Heads:
            return field("num_attention_heads", s.heads);
        case KvHeads:
            return field("num_key_value_heads", s.kv_heads);
        case HeadDim:
            return head_dim_factor(m_spec, s.head_dim);
        case QkvHeads:
            return qkv_heads();
        case QLora:
            return field("q_lora_rank", s.q_lora_rank);
        case KvLora:
            return field("kv_lora_rank", s.kv_lora_rank);
        case KvLoraRope:
            return sum_of({{"kv_lora_rank", s.kv_lora_rank}, {"qk_rope_head_dim", s.rope}});
        case Nope:
            return field("qk_nope_head_dim", s.nope);
        case QkDim:
            return s.is_latent
                       ? sum_of({{"qk_nope_head_dim", s.nope}, {"qk_rope_head_dim", s.rope}})
                       : head_dim_factor(m_spec, s.head_dim);
        case NopeV:
            return sum_of({{"qk_nope_head_dim", s.nope}, {"v_head_dim", s.v_head_dim}});
        case VDim:
            return s.is_latent ? field("v_head_dim", s.v_head_dim)
                               : head_dim_factor(m_spec, s.head_dim);
        case Intermediate:
            return field(m_spec.naming == TensorNaming::Llama4 ? "intermediate_size_mlp"
                                                               : "intermediate_size",
                         s.width);
        case Experts:
            return m_routed ? field("num_experts_per_tok", s.moe->num_experts_per_tok)
                            : field("num_experts", s.moe->num_experts);
        case ExpertWidth:
            return field(s.moe->layout == ExpertLayout::PerExpert ? "moe_intermediate_size"
                                                                  : "intermediate_size",
                         s.moe->moe_intermediate_size);
        case AltUp:
            return field("altup_num_inputs", altup().num_inputs);
        case AltUpOthers:
            return {"(altup_num_inputs - 1)",
                    "(" + text(wide(altup().num_inputs)) + " - 1)",
                    altup().num_inputs - 1,
                    {"altup_num_inputs"}};
        case LaurelRank:
            return field("laurel_rank", altup().laurel_rank);
        case PerLayer:
            return field("hidden_size_per_layer_input", altup().per_layer_input);
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
        const MixtureOfExperts& f = *m_sizes.moe;
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
        const Sizes& s = m_sizes;
        if (s.shares_kv) {
            return field("num_attention_heads", s.heads);
        }
        return {"(num_attention_heads + 2 * num_key_value_heads)",
                "(" + text(wide(s.heads)) + " + 2 * " + text(wide(s.kv_heads)) + ")",
                wide(s.heads) + 2 * wide(s.kv_heads),
                {"num_attention_heads", "num_key_value_heads"}};
    }

    [[nodiscard]] const AltUpSpec& altup() const { return *altup_of(m_spec); }

    const ModelSpec& m_spec;
    bool m_routed;
    Sizes m_sizes;
};

} // namespace

Factor head_dim_factor(const ModelSpec& spec, std::int64_t head_dim) {
    if (!has_square_heads(spec)) {
        return field("head_dim", head_dim);
    }
    return {"(hidden_size / num_attention_heads)",
            "(" + text(wide(spec.hidden_size)) + " / " + text(spec.hidden_size / wide(head_dim)) +
                ")",
            head_dim,
            {"hidden_size", "num_attention_heads"}};
}

std::vector<Factor> dimensions(const ModelSpec& spec, const TensorSpec& tensor, bool active) {
    const Dimensions dims(spec, tensor.layer_kind, tensor.sub_layer,
                          active && tensor.usage == Usage::Routed);
    const bool square = has_square_heads(spec);
    return dims.factors(tensor.is_bias ? bias_dims(tensor.slot, square, dims.qk_norm())
                                       : weight_dims(tensor.slot, square, dims.qk_norm()));
}

std::vector<Factor> dimensions(const ModelSpec& spec, const Operator& op, bool all_experts) {
    const Dimensions dims(spec, op.layer_kind, op.sub_layer,
                          op.kind == OperatorKind::Expert && !all_experts);
    return dims.factors(product_dims(op.what));
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
