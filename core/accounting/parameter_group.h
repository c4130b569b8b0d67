// SPDX-License-Identifier: GPL-3.0-or-later
// What a weight is for: the roles of the tensor table.
#pragma once

#include <cstddef>
#include <string_view>

namespace headroom {

enum class ParameterGroup {
    Embedding,
    PerLayerEmbedding,
    Attention,
    FeedForward,
    Experts,
    SharedExperts,
    Router,
    Norm,
    LmHead,
    Other
};
inline constexpr std::size_t parameter_group_count = 10;

/// The command line's names, in order: embedding, per_layer_embedding, attention, ...
std::string_view to_string(ParameterGroup group);

} // namespace headroom
