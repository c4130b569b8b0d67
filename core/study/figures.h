// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of a design's figures: the headline, Compare, sweeps, searches and the command line
// read it; widgets/words has their words under the same ids.
#pragma once

#include "core/accounting/scenario_fields.h"
#include "core/study/analysis.h"

#include <span>
#include <string>
#include <string_view>

namespace headroom {

enum class FigureUnit {
    Count,
    Bytes,
    Flops,
    Milliseconds,
    TokensPerSecond,
    Tokens,
    Sequences,
    YesNo
};
enum class Better { Less, More, Neither };

/// Where a figure is among the few that sum a design up; a set of bits.
enum FigurePlaces : unsigned { Nowhere = 0, InHeadline = 1, InChart = 2, InBoth = 3 };

struct Figure {
    std::string_view id; ///< "parameters_total", "kv_bytes_per_token", ...
    FigureUnit unit = FigureUnit::Count;
    Better better = Better::Neither;
    unsigned places = Nowhere; ///< the headline bar, the chart of Compare
    /// Ids of the scenario's fields that it follows, between spaces. "weights" stands for the
    /// formats of single roles as well, but for one that stands there as "-norm".
    std::string_view follows;
    std::string_view derivation; ///< quantity of core/explain that explains it; empty: none does
    FieldValue (*exact)(const Analysis&) = nullptr;      ///< an integer where the figure is a count
    double (*relative_error)(const Analysis&) = nullptr; ///< null: no estimate, but exact

    /// For bars, curves and comparisons; exact() has all digits beyond 2^53.
    [[nodiscard]] double value(const Analysis& analysis) const {
        return to_number(exact(analysis)).value_or(0);
    }
};

/// All figures, in the order in which they are listed.
std::span<const Figure> figures();
const Figure* find_figure(std::string_view id);
/// "parameters_total parameters_active ..."
std::string figure_names();

/// Whether the figure may change with the field, everything else as it is.
bool follows(const Figure& figure, const ScenarioField& field);
/// Whether it depends on the device or on how the design is split over devices.
bool follows_deployment(const Figure& figure);

} // namespace headroom
