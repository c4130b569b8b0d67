// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/page.h"

#include "widgets/charts/charts.h"
#include "widgets/plot/plot_view.h"

namespace headroom::ui {

void Page::explainClicksOn(PlotView* plot) {
    connect(plot, &PlotView::seriesActivated, this, [this, plot](const QString& series, double x) {
        if (const auto subject = chartSubject(plot->data(), series, x)) {
            emit explainRequested(subject->slot, subject->figure);
        }
    });
}

} // namespace headroom::ui
