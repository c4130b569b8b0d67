// SPDX-License-Identifier: GPL-3.0-or-later
// LayerSpec: what one decoder layer is, after every pattern of the configuration is resolved.
#pragma once

#include "core/config/residual_spec.h"
#include "core/config/sub_layer.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

struct LayerSpec {
    std::vector<SubLayer> sub_layers; ///< in the order in which they run; at most most_sub_layers
    ResidualSpec residual;
    friend bool operator==(const LayerSpec&, const LayerSpec&) = default;
};

/// Attention, a mixer beside it, a feed-forward and experts beside it: no layer has more.
inline constexpr std::size_t most_sub_layers = 4;

/// Equal layers, analysed once and counted.
struct LayerKind {
    LayerSpec spec;
    std::int64_t count = 0;
    std::int64_t first_layer = 0;
    std::array<std::uint16_t, most_sub_layers> parts{}; ///< of each sub-layer, in ModelSpec::parts
    std::uint16_t residual = 0;                         ///< index into ModelSpec::residuals
};

/// A sub-layer, or a way of joining the stream, whose weights and work are the same wherever it
/// stands: kinds of layers may differ in the rest, or in what costs nothing (Gemma 3n's
/// activation_sparsity).
struct LayerPart {
    std::int32_t kind = 0;      ///< index of the first kind of layers that has it
    std::int32_t sub_layer = 0; ///< which of its sub-layers it is; of a residual: nothing
    std::int64_t count = 0;     ///< how often it stands in the model
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
    std::vector<LayerPart> parts;             ///< distinct sub-layers, by what they cost
    std::vector<LayerPart> residuals;         ///< distinct ways of joining the stream
    std::vector<std::uint16_t> kind_of_layer; ///< [num_hidden_layers] index into kinds
    /// [num_hidden_layers] layer whose cache is read; empty: each reads its own.
    std::vector<std::int32_t> kv_source;

    [[nodiscard]] std::int64_t num_layers() const {
        return static_cast<std::int64_t>(kind_of_layer.size());
    }
    [[nodiscard]] const LayerSpec& layer(std::int64_t index) const {
        return kinds[kind_of_layer[static_cast<std::size_t>(index)]].spec;
    }
    [[nodiscard]] const LayerSpec& layer_of(const LayerPart& part) const {
        return kinds[static_cast<std::size_t>(part.kind)].spec;
    }
    [[nodiscard]] const SubLayer& sub_layer_of(const LayerPart& part) const {
        return layer_of(part).sub_layers[static_cast<std::size_t>(part.sub_layer)];
    }
    [[nodiscard]] std::int64_t kv_layer(std::int64_t index) const {
        return kv_source.empty() ? index : kv_source[static_cast<std::size_t>(index)];
    }
};

} // namespace headroom
