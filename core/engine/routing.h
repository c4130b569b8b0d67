// SPDX-License-Identifier: GPL-3.0-or-later
// Which experts a token goes to, and with what weight.
#pragma once

#include <cstdint>
#include <span>

#include "core/config/feed_forward_spec.h"

namespace headroom {

/// Chooses experts for one token. logits [num_experts] are overwritten by scores; bias
/// [num_experts] may be empty; experts and weights [num_experts_per_tok] are results, best first.
/// Sources: Mixtral arXiv:2401.04088; group limits DeepSeek-V2 arXiv:2405.04434 and V3
/// arXiv:2412.19437, sec. 2.1.2.
void route_token(const Routing& routing, std::span<float> logits, std::span<const float> bias,
                 std::span<std::int32_t> experts, std::span<float> weights);

} // namespace headroom
