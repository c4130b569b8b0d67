// SPDX-License-Identifier: GPL-3.0-or-later
// The operators of a step under the device's roof (Williams et al. 2009).
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui::charts {

namespace {

/// The operators of one phase as points; widens the range of intensities that are drawn.
PlotSeries operatorPoints(const ChartInput& input, const Drawn& drawn, Phase phase, double& least,
                          double& most) {
    PlotSeries series = designSeries(drawn);
    series.drawing = PlotDrawing::Points;
    series.subject = subjectText(drawn, phase == Phase::Decode ? "time_per_output_token_ms"
                                                               : "time_to_first_token_ms");
    std::vector<RooflinePoint> points =
        roofline(*drawn.spec, input.now->study.scenario, input.now->device, phase);
    std::sort(points.begin(), points.end(), [](const RooflinePoint& a, const RooflinePoint& b) {
        return a.intensity < b.intensity;
    });
    double longest = 0.0;
    for (const RooflinePoint& point : points) {
        longest = std::max(longest, point.seconds);
    }
    for (const RooflinePoint& point : points) {
        if (!(point.intensity > 0.0) || !(point.flops_per_second > 0.0)) {
            continue;
        }
        least = std::min(least, point.intensity);
        most = std::max(most, point.intensity);
        series.x.append(point.intensity);
        series.y.append(point.flops_per_second);
        // Only what takes a good part of the step is named.
        series.pointLabels.append(
            point.seconds >= 0.3 * longest ? QString::fromStdString(point.name) : QString());
    }
    return series;
}

QString phaseText(Phase phase) {
    return phase == Phase::Prefill ? ChartWords::tr("prefill") : ChartWords::tr("decode");
}

} // namespace

PlotData rooflineChart(const ChartInput& input) {
    const StudyResult& now = *input.now;
    const QVector<Drawn> all = drawnDesigns(now);
    PlotData data;
    if (all.isEmpty()) {
        return data;
    }
    const Phase phase = input.options.phase;
    const bool both = input.options.bothPhases;
    const Scenario& scenario = now.study.scenario;
    const NumberFormat weights = scenario.formats.weights;
    const double batch = batch_intensity(scenario.workload.batch, weights);
    double least = batch;
    double most = batch;
    for (const Drawn& drawn : all) {
        for (const Phase drawnPhase : {Phase::Decode, Phase::Prefill}) {
            if (!both && drawnPhase != phase) {
                continue;
            }
            PlotSeries series = operatorPoints(input, drawn, drawnPhase, least, most);
            if (both && drawnPhase == Phase::Prefill) {
                // Prefill beside decode: hollow, under the same letter.
                series.id += QStringLiteral(":prefill");
                series.hollow = true;
            }
            if (both) {
                series.label += QStringLiteral(" (%1)").arg(phaseText(drawnPhase));
            }
            data.series.append(series);
        }
    }
    PlotSeries roofSeries;
    roofSeries.id = QStringLiteral("roof");
    roofSeries.label = QString::fromStdString(now.device.name);
    roofSeries.color = PlotColor::neutral();
    roofSeries.stroke = PlotStroke::Solid;
    setCurve(roofSeries, roof(now.device, weights, least, most));
    data.series.append(roofSeries);
    if (both || phase == Phase::Decode) {
        PlotLine line;
        line.id = batchIntensityLine;
        line.orientation = Qt::Vertical;
        line.value = batch;
        line.label = ChartWords::tr("batch %1: a linear layer in decode")
                         .arg(number(static_cast<double>(scenario.workload.batch)));
        line.draggable = input.options.draggable;
        data.lines.append(line);
    }
    const auto step = [&](const Drawn& drawn) -> const StepTime& {
        return phase == Phase::Prefill ? drawn.analysis->throughput.prefill
                                       : drawn.analysis->throughput.decode;
    };
    const Drawn& first = all.front();
    const Bound bound = step(first).bound();
    const double share =
        step(first).by_bound[static_cast<std::size_t>(bound)] / step(first).seconds;
    const QString phaseName = phaseText(phase);
    data.title = ChartWords::tr("%1 spends %2 of its %3 on %4",
                                "a design, a percentage, prefill or decode, what limits it")
                     .arg(first.name, format::headline(share, Quantity::Fraction), phaseName,
                          boundText(bound));
    const Workload& workload = now.study.scenario.workload;
    data.subtitle = ChartWords::tr("Operators of one %1 step at batch %2 on %3, by estimate")
                        .arg(both ? ChartWords::tr("decode and one prefill",
                                                   "goes into: operators of one ... step")
                                  : phaseName,
                             number(static_cast<double>(workload.batch)), deploymentText(now));
    data.x.title = ChartWords::tr("Arithmetic intensity");
    data.x.unit = ChartWords::tr("FLOP per byte");
    data.x.logarithmic = true;
    data.y.title = ChartWords::tr("Speed");
    data.y.quantity = Quantity::FlopsPerSecond;
    data.y.logarithmic = true;
    return data;
}

} // namespace headroom::ui::charts
