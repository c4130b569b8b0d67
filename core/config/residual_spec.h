// SPDX-License-Identifier: GPL-3.0-or-later
// The ways in which a layer's sub-layers join the residual stream.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

namespace headroom {

/// stream += what the sub-layers return.
struct PlainSum {
    friend bool operator==(const PlainSum&, const PlainSum&) = default;
};

/// Gemma 3n: several streams of which one goes through the layer, AltUp (arXiv:2301.13310); beside
/// attention a low-rank branch, LAuReL (arXiv:2411.07501); and the per-layer embedding that is
/// gated into the streams at the end.
struct AltUpSpec {
    std::int64_t num_inputs = 0;
    std::int64_t active_idx = 0;
    std::optional<double> coef_clip;
    bool correct_scale = true;
    std::int64_t laurel_rank = 0;
    std::int64_t per_layer_input = 0; ///< hidden_size_per_layer_input
    friend bool operator==(const AltUpSpec&, const AltUpSpec&) = default;
};

using ResidualSpec = std::variant<PlainSum, AltUpSpec>;

} // namespace headroom
