// SPDX-License-Identifier: GPL-3.0-or-later
// The operators of a step under the device's roof (Williams et al. 2009).
#include "widgets/charts/chart_support.h"
#include "widgets/format/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace headroom::ui::charts {

namespace {

QString tr(const char* text, const char* comment = nullptr) {
    return QCoreApplication::translate("Charts", text, comment);
}

QString boundText(Bound bound) {
    switch (bound) {
    case Bound::Compute:
        return tr(QT_TRANSLATE_NOOP("Charts", "compute"), "what limits a step");
    case Bound::Memory:
        return tr(QT_TRANSLATE_NOOP("Charts", "memory bandwidth"), "what limits a step");
    case Bound::Overhead:
        return tr(QT_TRANSLATE_NOOP("Charts", "launch overhead"), "what limits a step");
    case Bound::Communication:
        return tr(QT_TRANSLATE_NOOP("Charts", "communication"), "what limits a step");
    }
    return {};
}

/// The roof from the device's own limits: bandwidth * intensity, up to the peak.
PlotSeries roof(const DeviceProfile& device, NumberFormat format, double least, double most) {
    PlotSeries series;
    series.id = QStringLiteral("roof");
    const double peak = device.peak(format);
    const double ridge = peak / device.bandwidth_bytes_per_s;
    series.label = QString::fromStdString(device.name);
    series.color = PlotColor::neutral();
    series.stroke = PlotStroke::Solid;
    series.x = {least, ridge, std::max(most, ridge * 2.0)};
    series.y = {least * device.bandwidth_bytes_per_s, peak, peak};
    return series;
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
    double least = 1e300;
    double most = 0.0;
    for (const Drawn& drawn : all) {
        PlotSeries series = designSeries(drawn);
        series.drawing = PlotDrawing::Points;
        std::vector<RooflinePoint> points =
            roofline(*drawn.spec, now.study.scenario, now.device, phase);
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
            // Only what takes a good part of the step is named; the readout names nothing less.
            series.pointLabels.append(
                point.seconds >= 0.3 * longest ? QString::fromStdString(point.name) : QString());
        }
        data.series.append(series);
    }
    if (most > 0.0) {
        data.series.append(roof(now.device, now.study.scenario.formats.weights, least, most));
    }
    const auto step = [&](const Drawn& drawn) -> const StepTime& {
        return phase == Phase::Prefill ? drawn.analysis->throughput.prefill
                                       : drawn.analysis->throughput.decode;
    };
    const Drawn& first = all.front();
    const Bound bound = step(first).bound();
    const double share =
        step(first).by_bound[static_cast<std::size_t>(bound)] / step(first).seconds;
    const QString phaseName = phase == Phase::Prefill ? tr(QT_TRANSLATE_NOOP("Charts", "prefill"))
                                                      : tr(QT_TRANSLATE_NOOP("Charts", "decode"));
    data.title = tr(QT_TRANSLATE_NOOP("Charts", "%1 spends %2 of its %3 on %4"),
                    "a design, a percentage, prefill or decode, what limits it")
                     .arg(first.name, format::headline(share, Quantity::Fraction), phaseName,
                          boundText(bound));
    const Workload& workload = now.study.scenario.workload;
    data.subtitle =
        tr(QT_TRANSLATE_NOOP("Charts", "Operators of one %1 step at batch %2 on %3, by estimate"))
            .arg(phaseName, number(static_cast<double>(workload.batch)), deploymentText(now));
    data.x.title = tr(QT_TRANSLATE_NOOP("Charts", "Arithmetic intensity"));
    data.x.unit = tr(QT_TRANSLATE_NOOP("Charts", "FLOP per byte"));
    data.x.logarithmic = true;
    data.y.title = tr(QT_TRANSLATE_NOOP("Charts", "Speed"));
    data.y.quantity = Quantity::FlopsPerSecond;
    data.y.logarithmic = true;
    return data;
}

} // namespace headroom::ui::charts
