// SPDX-License-Identifier: GPL-3.0-or-later
// The per-layer patterns of a configuration, one layer at a time.
#pragma once

#include "core/base/sentence.h"
#include "core/config/attention_spec.h"
#include "core/config/families.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace headroom {

/// Whether layer `index` turns its queries and keys (no_rope_layers, or the interval).
bool layer_uses_rope(const ModelConfig& config, const Family& family, std::int64_t index);

/// The same, from no_rope_layer_interval alone.
bool derived_layer_uses_rope(const ModelConfig& config, const Family& family, std::int64_t index);

/// Span of layer `index` by the family's rule, layer_types left aside.
SpanKind derived_layer_span(const ModelConfig& config, const Family& family, std::int64_t index);

/// Span of layer `index`: layer_types where given, else the family's rule.
SpanKind layer_span(const ModelConfig& config, const Family& family, std::int64_t index);

/// Which attention layer `index` has.
inline AttentionKind layer_attention(const ModelConfig& /*config*/, const Family& family,
                                     std::int64_t /*index*/) {
    switch (family.attention) {
    case AttentionRule::Grouped:
        return AttentionKind::Grouped;
    case AttentionRule::Latent:
        return AttentionKind::Latent;
    }
    return AttentionKind::Grouped;
}

bool layer_has_experts(const ModelConfig& config, const Family& family, std::int64_t index);

/// What mlp_layer_types says of layer `index`: "sparse" with experts, "dense" without.
std::string_view mlp_layer_type(const ModelConfig& config, const Family& family,
                                std::int64_t index);

/// Of `dim` dimensions of a head those that partial_rotary_factor turns, rounded down.
std::int64_t partial_rotary_dim(const ModelConfig& config, std::int64_t dim);

/// full_attention, sliding_attention, chunked_attention; nothing for any other text.
std::optional<SpanKind> span_from_layer_type(std::string_view text);
std::string_view layer_type_text(SpanKind span);
/// "full_attention, sliding_attention or chunked_attention", what a layer's type can be.
Sentence layer_type_names();

} // namespace headroom
