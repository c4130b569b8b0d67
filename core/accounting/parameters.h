// SPDX-License-Identifier: GPL-3.0-or-later
// Parameter counts, folded from the tensor table.
#pragma once

#include "core/accounting/parameter_group.h"
#include "core/base/result.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

#include <array>
#include <cstdint>

namespace headroom {

struct ParameterReport {
    std::int64_t total = 0;  ///< every trainable weight once, tied head not counted again
    std::int64_t active = 0; ///< read for one token, the input embedding matrix left out
    std::int64_t active_with_input_embedding = 0;
    std::int64_t buffers = 0;                ///< not trained: e_score_correction_bias
    std::int64_t multi_token_prediction = 0; ///< not in total
    std::int64_t effective = 0;              ///< total without per-layer embeddings (Gemma 3n)
    std::int64_t schoolbook_estimate = 0;    ///< V*H + L*(4H^2 + 3*I*H) + V*H, as lectures have it
    std::array<std::int64_t, parameter_group_count> groups{}; ///< of total
    std::array<std::int64_t, parameter_group_count>
        active_groups{}; ///< of active_with_input_embedding

    [[nodiscard]] std::int64_t group(ParameterGroup g) const {
        return groups[static_cast<std::size_t>(g)];
    }
};

/// The M of the schoolbook's 3*M*H: widths of all experts added up; 0: no feed-forward.
Wide schoolbook_width(const SubLayerKind& kind);

/// Counts. Error: a count beyond the range of 64-bit integers.
Result<ParameterReport> count_parameters(const ModelSpec& spec);

} // namespace headroom
