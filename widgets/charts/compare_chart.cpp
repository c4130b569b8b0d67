// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of all designs as multiples of the first one's, and the sentence that sums them up.
#include "core/study/compare.h"
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/words/compare_text.h"
#include "widgets/words/figure_text.h"

#include <cmath>
#include <utility>

namespace headroom::ui {

namespace {

/// "2.9×", "0.37×"; what is less than a tenth as "1/25", which can be said aloud.
QString timesOrPart(double ratio) {
    return ratio > 0.0 && ratio < 0.1 ? QStringLiteral("1/%1").arg(format::plain(1.0 / ratio, 0))
                                      : format::ratio(ratio);
}

} // namespace

QString compareHeadline(const StudyResult& result) {
    const QVector<charts::Drawn> all = charts::drawnDesigns(result);
    if (all.size() < 2) {
        return all.isEmpty() ? ChartWords::tr("Nothing to compare yet")
                             : ChartWords::tr("Add a second design to compare");
    }
    const charts::Drawn& first = all.front();
    const charts::Drawn& second = all[1];
    const auto ratioOf = [&](auto&& value) {
        return static_cast<double>(value(*second.analysis)) /
               static_cast<double>(value(*first.analysis));
    };
    const double weights = ratioOf([](const Analysis& a) { return a.memory.weights_bytes; });
    const double cache = ratioOf([](const Analysis& a) { return a.kv.bytes_at_context; });
    if (weights == 1.0 && cache == 1.0) {
        return ChartWords::tr("%1 and %2 store the same weights and cache")
            .arg(first.name, second.name);
    }
    return ChartWords::tr("%1 stores %2 the weights and %3 the cache of %4",
                          "%2 and %3 are ratios such as 2.9× and 0.37×")
        .arg(second.name, timesOrPart(weights), timesOrPart(cache), first.name);
}

namespace charts {

PlotData compareChart(const ChartInput& input) {
    const QVector<Drawn> all = drawnDesigns(*input.now);
    PlotData data;
    if (all.isEmpty()) {
        return data;
    }
    QVector<const Figure*> charted;
    for (const Figure& figure : figures()) {
        if ((figure.places & InChart) != 0) {
            charted.append(&figure);
            data.x.categories.append(figureLabel(figure.id));
        }
    }
    for (const Drawn& drawn : all) {
        PlotSeries series = designSeries(drawn);
        series.drawing = PlotDrawing::Bars;
        for (const Figure* figure : std::as_const(charted)) {
            const double reference = figure->value(*all.front().analysis);
            const double value = figure->value(*drawn.analysis);
            series.y.append(reference > 0.0 ? value / reference : std::nan(""));
            series.pointLabels.append(figureText(*figure, value, input.options.binaryBytes));
        }
        data.series.append(series);
    }
    data.title = compareHeadline(*input.now);
    const Workload& workload = input.now->study.scenario.workload;
    data.subtitle =
        ChartWords::tr("Figures as multiples of %1's, at %2, batch %3, on %4")
            .arg(all.front().name,
                 format::headline(static_cast<double>(workload.context), Quantity::Tokens),
                 number(static_cast<double>(workload.batch)), deploymentText(*input.now));
    data.x.title = ChartWords::tr("Figure");
    data.y.title = ChartWords::tr("Multiple of the first design");
    data.y.quantity = Quantity::Ratio;
    data.y.lower = 0.0;
    data.horizontal = true;
    return data;
}

} // namespace charts

} // namespace headroom::ui
