// SPDX-License-Identifier: GPL-3.0-or-later
// Time of one step by kind of work: a stacked bar for each design.
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/theme/tokens.h"

#include <algorithm>

namespace headroom::ui::charts {

namespace {

QString kindText(OperatorKind kind) {
    switch (kind) {
    case OperatorKind::Linear:
        return ChartWords::tr("linear layers");
    case OperatorKind::Attention:
        return ChartWords::tr("attention", "a kind of work");
    case OperatorKind::Expert:
        return ChartWords::tr("experts", "a kind of work");
    case OperatorKind::ElementWise:
        return ChartWords::tr("element-wise");
    case OperatorKind::Communication:
        return ChartWords::tr("communication", "a kind of work");
    }
    return {};
}

struct Bar {
    Drawn drawn;
    Phase phase = Phase::Decode;
    const StepTime* time = nullptr;
};

/// "DeepSeek-V3 spends 61% of a decode step on experts": the most one-sided bar.
QString title(const QVector<Bar>& bars) {
    double most = 0.0;
    QString text;
    for (const Bar& bar : bars) {
        for (std::size_t k = 0; k < operator_kind_count; ++k) {
            const double share = bar.time->by_kind[k] / bar.time->seconds;
            if (share > most) {
                most = share;
                const QString amount = format::rounded(share, Quantity::Fraction, 2);
                const QString kind = kindText(static_cast<OperatorKind>(k));
                text = bar.phase == Phase::Decode
                           ? ChartWords::tr("%1 spends %2 of a decode step on %3",
                                            "a design, a percentage, a kind of work")
                                 .arg(bar.drawn.name, amount, kind)
                           : ChartWords::tr("%1 spends %2 of a prefill on %3",
                                            "a design, a percentage, a kind of work")
                                 .arg(bar.drawn.name, amount, kind);
            }
        }
    }
    return text;
}

} // namespace

PlotData stepChart(const ChartInput& input) {
    QVector<Bar> bars;
    for (const Drawn& drawn : drawnDesigns(*input.now)) {
        const ThroughputReport& report = drawn.analysis->throughput;
        for (const Phase phase : {Phase::Decode, Phase::Prefill}) {
            const StepTime& time = phase == Phase::Decode ? report.decode : report.prefill;
            if ((input.options.bothPhases || phase == input.options.phase) && time.seconds > 0.0) {
                bars.append({drawn, phase, &time});
            }
        }
    }
    PlotData data;
    if (bars.isEmpty()) {
        return data;
    }
    for (const Bar& bar : bars) {
        QString name =
            designLetter(bar.drawn.slot) + u' ' + QString::fromStdString(bar.drawn.design->name);
        if (input.options.bothPhases) {
            name = bar.phase == Phase::Decode ? ChartWords::tr("%1, decode").arg(name)
                                              : ChartWords::tr("%1, prefill").arg(name);
        }
        data.x.categories.append(name);
        data.x.subjects.append(subjectText(bar.drawn, bar.phase == Phase::Decode
                                                          ? "time_per_output_token_ms"
                                                          : "time_to_first_token_ms"));
    }
    for (std::size_t k = 0; k < operator_kind_count; ++k) {
        PlotSeries series;
        series.id = QStringLiteral("kind:%1").arg(k);
        series.label = kindText(static_cast<OperatorKind>(k));
        series.color = PlotColor::group(static_cast<int>(k));
        series.drawing = PlotDrawing::Bars;
        for (const Bar& bar : bars) {
            series.y.append(bar.time->by_kind[k]);
        }
        if (*std::max_element(series.y.begin(), series.y.end()) > 0.0) {
            data.series.append(series);
        }
    }
    const Workload& workload = input.now->study.scenario.workload;
    data.title = title(bars);
    data.subtitle =
        ChartWords::tr("Estimated time of one step by kind of work, "
                       "batch %1, context %2, %3")
            .arg(number(static_cast<double>(workload.batch)),
                 number(static_cast<double>(workload.context)), deploymentText(*input.now));
    data.x.title = ChartWords::tr("Design");
    data.y.title = ChartWords::tr("Time of a step");
    data.y.quantity = Quantity::Seconds;
    data.y.lower = 0.0;
    data.stacked = true;
    data.horizontal = true;
    return data;
}

} // namespace headroom::ui::charts
