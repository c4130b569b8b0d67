// SPDX-License-Identifier: GPL-3.0-or-later
// Stretching of rotary positions as an editor changes it: which kinds, and where each starts.
#pragma once

#include "core/base/result.h"
#include "core/config/model_config.h"

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// What `factor` may be.
inline constexpr double least_rope_factor = 1.0;
inline constexpr double largest_rope_factor = 65536.0;

/// Kinds of `rope_type` that the design can be given; the one it has is among them. Empty: no
/// rotary positions. "longrope" needs factors for every dimension and is kept, never started.
std::vector<std::string> rope_scaling_choices(const ModelConfig& config);

/// The settings a kind starts with: four times the context the design was trained for, as the model
/// cards of Qwen2.5 and Qwen3 propose for YaRN, unless the design has a factor already.
RopeScaling started_rope_scaling(const ModelConfig& config, std::string_view rope_type);

/// Whether the kind reads `original_max_position_embeddings`; the others stretch every dimension
/// alike, whatever the trained context was.
bool uses_trained_context(const RopeScaling& scaling);

/// Stores the settings; the error names the field and what was expected.
Status set_rope_scaling(ModelConfig& config, const RopeScaling& scaling);

} // namespace headroom
