// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps: every point of a small design space with the figures that were asked for.
#pragma once

#include "core/explore/design_space.h"

#include <string>
#include <vector>

namespace headroom {

struct SweepRow {
    std::vector<FieldValue> fields;  ///< one per axis
    std::vector<FieldValue> figures; ///< one per figure
};

/// A point that has no figures, and why.
struct SkippedPoint {
    std::vector<std::string> values; ///< one per axis
    Error error;
};

struct SweepResult {
    std::vector<SweepRow> rows; ///< in the order of the axes' values, the last axis fastest
    std::vector<SkippedPoint> skipped;
};

inline constexpr std::int64_t maximum_sweep_points = 1000000;

/// Evaluates every point. Error: more than maximum_sweep_points.
Result<SweepResult> sweep(const DesignSpace& space, const std::vector<const Figure*>& figures);

} // namespace headroom
