// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of what `validate --json` wrote, for `plot`.
#pragma once

#include "app/cli/arguments.h"
#include "widgets/plot/plot_data.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom::cli {

/// Names and titles of the kinds: "validation-prefill", ...
std::vector<std::pair<std::string, std::string>> validationKinds();

[[nodiscard]] bool isValidationKind(std::string_view name);

/// The chart of the files that --reports names; the first is the one that the title speaks of, and
/// --layer the one whose experts are drawn. Exit code 1 for a file that is no report, 2 without
/// any. The language must have been set.
ui::PlotData validationPlot(const Arguments& arguments);

} // namespace headroom::cli
