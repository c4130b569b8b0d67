// SPDX-License-Identifier: GPL-3.0-or-later
// The supported families: what their reference implementation fixes in code, not in config.json.
#pragma once

#include "core/config/layer_spec.h"
#include "core/config/model_config.h"

#include <span>
#include <string_view>

namespace headroom {

enum class BiasRule { Never, Always, AttentionBias };

/// How a family decides which layers see only a part of the context when layer_types is absent.
enum class SpanRule {
    Full,             ///< all layers see everything
    EveryLayer,       ///< sliding_window, where set, holds for all layers
    EveryLayerIfUsed, ///< the same, only with use_sliding_window
    FromMaxWindow,    ///< with use_sliding_window: layers from max_window_layers on
    Pattern,          ///< every sliding_window_pattern-th layer is full
    NoRopeSlides,     ///< with use_sliding_window: layers without RoPE slide (SmolLM3)
    ChunkedRope,      ///< layers with RoPE are chunked (Llama 4)
};

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
};

/// Fixed properties of one family. Source: transformers, models/<model_type>/modeling_*.py and
/// configuration_*.py (defaults).
struct Family {
    std::string_view model_type;
    std::string_view architecture; ///< class that config.json names
    TensorNaming naming = TensorNaming::Llama;
    NormKind norm = NormKind::Rms;
    NormPlacement placement = NormPlacement::Pre;
    bool is_latent = false;
    bool is_encoder = false;
    BiasRule qkv_bias = BiasRule::AttentionBias;
    BiasRule o_bias = BiasRule::AttentionBias;
    QkNormRule qk_norm = QkNormRule::None;
    SpanRule span = SpanRule::Full;
    MoeRule moe = MoeRule::None;
    bool has_rotary = true;
    bool local_rope = false;       ///< sliding layers turn with rope_local_base_freq
    bool interleaved_rope = false; ///< adjacent dimensions are paired
    bool partial_rotary = false;   ///< partial_rotary_factor is read
    bool no_rope_layers = false;   ///< some layers have no position information
    bool gated = true;
    bool mlp_bias_always = false;
    bool mlp_bias_by_field = false;
    bool scales_embedding = false; ///< by sqrt(hidden_size)
    bool caps_scores = false;      ///< attn_logit_softcapping is applied; others carry it unused
    bool query_scalar = false;     ///< query_pre_attn_scalar and attn_logit_softcapping are read
    bool unit_scores = false;      ///< q.k is not scaled: its norms' weights do that (Gemma 3n)
    bool score_switches = false;   ///< scale_attn_weights and its kin are read (GPT-2)
    bool v_norm = false;           ///< values are normalised, without a weight
    bool sinks = false;            ///< one learned logit per head joins the softmax
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

    /// Whether a window counts only where use_sliding_window says so.
    [[nodiscard]] bool has_use_sliding_window() const {
        return span == SpanRule::FromMaxWindow || span == SpanRule::EveryLayerIfUsed ||
               span == SpanRule::NoRopeSlides;
    }
};

std::span<const Family> families();

/// Null for a model_type that is not supported.
const Family* find_family(std::string_view model_type);

/// model_type of the text decoder inside a multimodal configuration ("gemma3" -> "gemma3_text"),
/// or the argument itself.
std::string_view text_model_type(std::string_view model_type);

} // namespace headroom
