// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/sweep.h"

#include "core/explore/explore_sentences.h"

namespace headroom {

namespace {

SkippedPoint skipped_point(const DesignSpace& space, std::int64_t index, const Error& error) {
    SkippedPoint skipped{{}, error};
    const std::vector<std::size_t> position = space.coordinates(index);
    for (std::size_t i = 0; i < position.size(); ++i) {
        skipped.values.push_back(space.axes[i].values[position[i]]);
    }
    return skipped;
}

} // namespace

Result<SweepResult> sweep(const DesignSpace& space, const std::vector<const Figure*>& figures) {
    const std::int64_t points = space.size();
    if (points > maximum_sweep_points) {
        return Error{{},
                     "vary",
                     found_expected(explore_says<"points">(points),
                                    base_says<"at-most">(maximum_sweep_points))};
    }
    SweepResult result;
    for (std::int64_t index = 0; index < points; ++index) {
        const Result<DesignPoint> point = space.point(index);
        if (!point) {
            result.skipped.push_back(skipped_point(space, index, point.error()));
            continue;
        }
        const Result<EvaluatedPoint> evaluated = space.evaluate(*point);
        if (!evaluated) {
            result.skipped.push_back(skipped_point(space, index, evaluated.error()));
            continue;
        }
        SweepRow row;
        for (const Axis& axis : space.axes) {
            row.fields.push_back(*value_of(*point, axis.name));
        }
        for (const Figure* figure : figures) {
            row.figures.push_back(figure->exact(evaluated->analysis));
        }
        result.rows.push_back(std::move(row));
    }
    return result;
}

} // namespace headroom
