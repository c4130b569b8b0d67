// SPDX-License-Identifier: GPL-3.0-or-later
// The supported families: what their reference implementation fixes in code, not in config.json.
#pragma once

#include "core/config/layer_spec.h"
#include "core/config/model_config.h"

#include <span>
#include <string_view>

namespace headroom {

enum class BiasRule {
    Never,
    Always,
    AttentionBias,    ///< attention_bias says
    AttentionOutBias, ///< attention_out_bias says (Seed-OSS)
};

/// How a family decides which layers see only a part of the context when layer_types is absent.
enum class SpanRule {
    Full,             ///< all layers see everything
    EveryLayer,       ///< sliding_window, where set, holds for all layers
    EveryLayerIfUsed, ///< the same, only with use_sliding_window
    FromMaxWindow,    ///< with use_sliding_window: layers from max_window_layers on
    LastLayers,       ///< the same without such a switch (dots.llm1)
    Pattern,          ///< every sliding_window_pattern-th layer is full
    NoRopeSlides,     ///< with use_sliding_window: layers without RoPE slide (SmolLM3)
    ChunkedRope,      ///< layers with RoPE are chunked (Llama 4)
};

enum class AttentionKind { Grouped, Latent };

/// Which attention the layers of a family have.
enum class AttentionRule { Grouped, Latent };

enum class MoeRule {
    None,
    Every,       ///< all layers
    FirstDense,  ///< from first_k_dense_replace on, every moe_layer_freq-th
    SparseStep,  ///< every decoder_sparse_step-th unless in mlp_only_layers
    Interleaved, ///< moe_layers, or every interleave_moe_layer_step-th (Llama 4)
};

enum class QkNormRule { None, PerHead, PerHeadIfUsed, FullWidth, L2IfUsed };

/// A field and the key under which a family's configuration class keeps it.
struct OwnKey {
    std::string_view field;
    std::string_view key;
    bool is_mapped = false; ///< the reference takes the field's name, too, and it wins
};

/// Fixed properties of one family. Source: transformers, models/<model_type>/modeling_*.py and
/// configuration_*.py (defaults).
struct Family {
    std::string_view model_type;
    std::string_view architecture; ///< class that config.json names
    TensorNaming naming = TensorNaming::Llama;
    NormKind norm = NormKind::Rms;
    NormPlacement placement = NormPlacement::Pre;
    AttentionRule attention = AttentionRule::Grouped;
    bool has_topk_method = false; ///< topk_method, scoring_func and moe_layer_freq are read
    bool is_encoder = false;
    BiasRule qkv_bias = BiasRule::AttentionBias;
    BiasRule o_bias = BiasRule::AttentionBias;
    QkNormRule qk_norm = QkNormRule::None;
    SpanRule span = SpanRule::Full;
    MoeRule moe = MoeRule::None;
    bool has_rotary = true;
    bool local_rope = false;       ///< sliding layers turn with rope_local_base_freq
    bool one_theta = false;        ///< local_rope, but that base is rope_theta: unscaled (OLMo 3)
    bool rope_in_windows = false;  ///< where a window is set, full layers do not turn (EXAONE 4)
    bool interleaved_rope = false; ///< adjacent dimensions are paired
    bool partial_rotary = false;   ///< partial_rotary_factor is read
    bool has_rotary_dim = false;   ///< written as rotary_dim, in dimensions (MiniMax-M2)
    bool no_rope_layers = false;   ///< some layers have no position information
    bool gated = true;
    bool mlp_bias_always = false;
    bool mlp_bias_by_field = false;
    bool mlp_bias_of_attention = false; ///< attention_bias says, for all projections (ERNIE 4.5)
    bool scales_embedding = false;      ///< by sqrt(hidden_size)
    bool caps_logits = false;           ///< final_logit_softcapping is read
    bool caps_scores = false;     ///< attn_logit_softcapping is applied; others carry it unused
    bool query_scalar = false;    ///< query_pre_attn_scalar and attn_logit_softcapping are read
    bool unit_scores = false;     ///< q.k is not scaled: its norms' weights do that (Gemma 3n)
    bool score_switches = false;  ///< scale_attn_weights and its kin are read (GPT-2)
    bool v_norm = false;          ///< values are normalised, without a weight
    bool sinks = false;           ///< one learned logit per head joins the softmax
    bool sigmoid_router = false;  ///< sigmoid scores, chosen with e_score_correction_bias
    bool lists_mlp_types = false; ///< mlp_layer_types is written beside first_k_dense_replace
    bool has_norm_topk = false;   ///< MoeRule::Every, and norm_topk_prob is read (OLMoE)
    bool has_mtp = false;
    /// AltUp, LAuReL, per-layer embeddings, and with them shared caches and widths by layer.
    bool has_altup = false;
    /// Where activation_sparsity_pattern is left out, the first layers that are sparse.
    std::int64_t default_sparse_layers = 0;
    ExpertLayout expert_layout = ExpertLayout::PerExpert;
    bool expert_bias = false;                 ///< on the experts' projections and the router
    bool softmax_after_topk = false;          ///< softmax over the chosen logits, not over all
    bool clamped_swiglu = false;              ///< swiglu_limit is read
    void (*defaults)(ModelConfig&) = nullptr; ///< of the family's configuration class
    std::span<const OwnKey> own_keys = {};    ///< where they differ from the fields' names

    /// Whether some of its layers can have attention of that kind.
    [[nodiscard]] bool may_have(AttentionKind kind) const {
        switch (attention) {
        case AttentionRule::Grouped:
            return kind == AttentionKind::Grouped;
        case AttentionRule::Latent:
            return kind == AttentionKind::Latent;
        }
        return false;
    }
    /// Whether a window counts only where use_sliding_window says so.
    [[nodiscard]] bool has_use_sliding_window() const {
        return span == SpanRule::FromMaxWindow || span == SpanRule::EveryLayerIfUsed ||
               span == SpanRule::NoRopeSlides;
    }
};

std::span<const Family> families();

/// Null for a model_type that is not supported.
const Family* find_family(std::string_view model_type);

/// The text decoder of a multimodal model, which is a supported family under another name.
struct TextDecoder {
    std::string_view model_type;              ///< as the file has it: "gemma3", "qwen2_5_vl"
    std::string_view family;                  ///< "gemma3_text", "qwen2"
    void (*defaults)(ModelConfig&) = nullptr; ///< where they are not the family's
    /// Positions of three axes, which of text are equal: rope_scaling's type "mrope" is none.
    bool has_mrope = false;
};

/// Null for a model_type that is no such name.
const TextDecoder* find_text_decoder(std::string_view model_type);

} // namespace headroom
