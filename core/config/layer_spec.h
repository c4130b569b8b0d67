// SPDX-License-Identifier: GPL-3.0-or-later
// LayerSpec: what one decoder layer is, after every pattern of the configuration is resolved.
#pragma once

#include "core/config/attention_spec.h"
#include "core/config/feed_forward_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

enum class NormKind {
    Rms,        ///< x / rms(x) * weight
    RmsPlusOne, ///< x / rms(x) * (1 + weight): Gemma 2 and 3
    Layer,      ///< LayerNorm with weight and bias
};

enum class NormPlacement {
    Pre,      ///< norm before attention and before feed-forward
    Post,     ///< after the residual sum (BERT, the original Transformer)
    Output,   ///< on each sub-layer's output, before the residual sum (OLMo 2)
    Sandwich, ///< before and after each sub-layer (Gemma 2, 3, 3n)
};

struct NormSpec {
    NormKind kind = NormKind::Rms;
    NormPlacement placement = NormPlacement::Pre;
    double eps = 1e-6;
    friend bool operator==(const NormSpec&, const NormSpec&) = default;
};

/// Gemma 3n's additions to a layer: AltUp (arXiv:2301.13310), LAuReL (arXiv:2411.07501) and the
/// per-layer embedding that is gated into the residual stream.
struct AltUpSpec {
    std::int64_t num_inputs = 0;
    std::int64_t active_idx = 0;
    std::optional<double> coef_clip;
    bool correct_scale = true;
    std::int64_t laurel_rank = 0;
    std::int64_t per_layer_input = 0; ///< hidden_size_per_layer_input
    friend bool operator==(const AltUpSpec&, const AltUpSpec&) = default;
};

struct LayerSpec {
    AttentionSpec attention;
    FeedForwardSpec feed_forward;
    NormSpec norm;
    std::optional<AltUpSpec> altup;
    friend bool operator==(const LayerSpec&, const LayerSpec&) = default;
};

/// Equal layers, analysed once and counted.
struct LayerKind {
    LayerSpec spec;
    std::int64_t count = 0;
    std::int64_t first_layer = 0;
    std::uint16_t attention = 0;    ///< index into ModelSpec::attentions
    std::uint16_t feed_forward = 0; ///< index into ModelSpec::feed_forwards
};

/// One half of layers whose weights and work are the same there: kinds may differ in the other
/// half, or in what costs nothing (Gemma 3n's activation_sparsity).
struct LayerPart {
    std::int32_t kind = 0;  ///< index of the first kind that has it
    std::int64_t count = 0; ///< layers that have it
};

/// How the family's checkpoint names its tensors; the tensor table reads nothing else of it.
enum class TensorNaming { Llama, Llama4, Gpt2, Bert, Phi3 };

/// A whole design with every pattern resolved: the one input of all analysis and of the engine.
struct ModelSpec {
    std::string model_type;
    TensorNaming naming = TensorNaming::Llama;
    std::int64_t hidden_size = 0;
    std::int64_t vocab_size = 0;
    std::int64_t max_position_embeddings = 0;
    std::int64_t learned_positions = 0; ///< rows of a learned position table; 0: rotary or none
    std::int64_t token_types = 0;       ///< BERT's segment table
    double embedding_scale = 1.0;       ///< Gemma multiplies embeddings by sqrt(hidden_size)
    bool tie_word_embeddings = false;
    bool is_encoder = false; ///< bidirectional, no cache, no generation (BERT)
    NormSpec final_norm;
    std::optional<double> final_logit_softcapping;
    std::int64_t per_layer_vocab = 0; ///< Gemma 3n: rows of the per-layer embedding table
    std::int64_t num_nextn_predict_layers = 0;

    std::vector<LayerKind> kinds;             ///< distinct layers in order of first appearance
    std::vector<LayerPart> attentions;        ///< distinct attentions, by what they cost
    std::vector<LayerPart> feed_forwards;     ///< distinct rests of a layer: all but the attention
    std::vector<std::uint16_t> kind_of_layer; ///< [num_hidden_layers] index into kinds
    /// [num_hidden_layers] layer whose cache is read; empty: each reads its own.
    std::vector<std::int32_t> kv_source;

    [[nodiscard]] std::int64_t num_layers() const {
        return static_cast<std::int64_t>(kind_of_layer.size());
    }
    [[nodiscard]] const LayerSpec& layer(std::int64_t index) const {
        return kinds[kind_of_layer[static_cast<std::size_t>(index)]].spec;
    }
    [[nodiscard]] std::int64_t kv_layer(std::int64_t index) const {
        return kv_source.empty() ? index : kv_source[static_cast<std::size_t>(index)];
    }
};

} // namespace headroom
