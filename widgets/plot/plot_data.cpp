// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_data.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

bool hasValues(const PlotData& data) {
    return std::any_of(data.series.begin(), data.series.end(), [](const PlotSeries& series) {
        return std::any_of(series.y.begin(), series.y.end(),
                           [](double value) { return std::isfinite(value); });
    });
}

bool isBarChart(const PlotData& data) {
    return !data.x.categories.isEmpty();
}

} // namespace headroom::ui
