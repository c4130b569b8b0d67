// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/layer_patterns.h"

#include "core/base/base_sentences.h"

#include <algorithm>

namespace headroom {

bool derived_layer_uses_rope(const ModelConfig& config, const Family& family, std::int64_t index) {
    if (family.rope_in_windows && config.sliding_window) {
        return layer_span(config, family, index) == SpanKind::Sliding;
    }
    return family.has_rotary && (!family.no_rope_layers || config.no_rope_layer_interval <= 0 ||
                                 (index + 1) % config.no_rope_layer_interval != 0);
}

bool layer_uses_rope(const ModelConfig& config, const Family& family, std::int64_t index) {
    if (family.no_rope_layers && !config.no_rope_layers.empty()) {
        return config.no_rope_layers[static_cast<std::size_t>(index)] != 0;
    }
    return derived_layer_uses_rope(config, family, index);
}

SpanKind derived_layer_span(const ModelConfig& config, const Family& family, std::int64_t index) {
    const bool has_window = config.sliding_window.has_value();
    bool slides = false;
    switch (family.span) {
    case SpanRule::Full:
        break;
    case SpanRule::EveryLayer:
        slides = has_window;
        break;
    case SpanRule::EveryLayerIfUsed:
        slides = has_window && config.use_sliding_window;
        break;
    case SpanRule::FromMaxWindow:
        slides = has_window && config.use_sliding_window && index >= config.max_window_layers;
        break;
    case SpanRule::LastLayers:
        slides = has_window && index >= config.max_window_layers;
        break;
    case SpanRule::Pattern:
        slides = has_window && (config.sliding_window_pattern <= 0 ||
                                (index + 1) % config.sliding_window_pattern != 0);
        break;
    case SpanRule::NoRopeSlides:
        slides = has_window && config.use_sliding_window && !layer_uses_rope(config, family, index);
        break;
    case SpanRule::ChunkedRope:
        return config.attention_chunk_size && layer_uses_rope(config, family, index)
                   ? SpanKind::Chunked
                   : SpanKind::Full;
    }
    return slides ? SpanKind::Sliding : SpanKind::Full;
}

SpanKind layer_span(const ModelConfig& config, const Family& family, std::int64_t index) {
    if (!config.layer_types.empty()) {
        const auto span = span_from_layer_type(config.layer_types[static_cast<std::size_t>(index)]);
        return span.value_or(SpanKind::Full);
    }
    return derived_layer_span(config, family, index);
}

bool layer_has_experts(const ModelConfig& config, const Family& family, std::int64_t index) {
    switch (family.moe) {
    case MoeRule::None:
        return false;
    case MoeRule::Every:
        return true;
    case MoeRule::FirstDense:
        return index >= config.first_k_dense_replace && index % config.moe_layer_freq == 0;
    case MoeRule::SparseStep:
        return (index + 1) % config.decoder_sparse_step == 0 &&
               std::find(config.mlp_only_layers.begin(), config.mlp_only_layers.end(), index) ==
                   config.mlp_only_layers.end();
    case MoeRule::Interleaved:
        if (!config.moe_layers.empty()) {
            return std::find(config.moe_layers.begin(), config.moe_layers.end(), index) !=
                   config.moe_layers.end();
        }
        return (index + 1) % config.interleave_moe_layer_step == 0;
    }
    return false;
}

std::string_view mlp_layer_type(const ModelConfig& config, const Family& family,
                                std::int64_t index) {
    return layer_has_experts(config, family, index) ? "sparse" : "dense";
}

std::int64_t partial_rotary_dim(const ModelConfig& config, std::int64_t dim) {
    return static_cast<std::int64_t>(static_cast<double>(dim) * config.partial_rotary_factor);
}

std::optional<SpanKind> span_from_layer_type(std::string_view text) {
    if (text == "full_attention") {
        return SpanKind::Full;
    }
    if (text == "sliding_attention") {
        return SpanKind::Sliding;
    }
    if (text == "chunked_attention") {
        return SpanKind::Chunked;
    }
    return std::nullopt;
}

std::string_view layer_type_text(SpanKind span) {
    switch (span) {
    case SpanKind::Full:
        return "full_attention";
    case SpanKind::Sliding:
        return "sliding_attention";
    case SpanKind::Chunked:
        return "chunked_attention";
    }
    return {};
}

Sentence layer_type_names() {
    return base_says<"either">(Names{{"full_attention", "sliding_attention"}}, "chunked_attention");
}

} // namespace headroom
