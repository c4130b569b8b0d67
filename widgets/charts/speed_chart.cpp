// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens per second and latency against batch or context, each with its error band.
#include "core/study/measured_points.h"
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui::charts {

namespace {

constexpr int pointsPerOctave = 4;

bool isTime(SpeedCurve which) {
    return which == SpeedCurve::TimePerOutputToken || which == SpeedCurve::TimeToFirstToken;
}

double valueOf(const ThroughputReport& report, SpeedCurve which) {
    switch (which) {
    case SpeedCurve::TokensPerSecond:
        return report.tokens_per_second;
    case SpeedCurve::TokensPerSecondPerUser:
        return report.tokens_per_second_per_user;
    case SpeedCurve::TimePerOutputToken:
        return report.time_per_output_token_s;
    case SpeedCurve::TimeToFirstToken:
        return report.time_to_first_token_s;
    }
    return 0.0;
}

double errorOf(const ThroughputReport& report, SpeedCurve which) {
    return which == SpeedCurve::TimeToFirstToken ? report.prefill_error : report.decode_error;
}

std::vector<std::int64_t> grid(const ChartInput& input) {
    const Workload& workload = input.now->study.scenario.workload;
    if (input.options.axis == SpeedAxis::Batch) {
        return octave_grid(1, powerOfTwoFrom(std::max<std::int64_t>(256, workload.batch * 4)),
                           pointsPerOctave);
    }
    return octave_grid(1024, powerOfTwoFrom(std::max<std::int64_t>(131072, workload.context)),
                       pointsPerOctave);
}

QString operatingPoint(const ChartInput& input) {
    const Workload& workload = input.now->study.scenario.workload;
    if (input.options.axis == SpeedAxis::Batch) {
        return ChartWords::tr("batch %1").arg(number(static_cast<double>(workload.batch)));
    }
    return format::headline(static_cast<double>(workload.context), Quantity::Tokens);
}

QString title(const ChartInput& input, const QVector<Drawn>& all, SpeedCurve which) {
    const Quantity quantity = isTime(which) ? Quantity::Seconds : Quantity::TokensPerSecond;
    const QString point = operatingPoint(input);
    QVector<double> values;
    QVector<Drawn> fitting;
    for (const Drawn& drawn : all) {
        const double value = valueOf(drawn.analysis->throughput, which);
        if (drawn.analysis->memory.fits && value > 0.0) {
            values.append(value);
            fitting.append(drawn);
        }
    }
    if (fitting.isEmpty()) {
        return ChartWords::tr("No design fits on %1 at %2").arg(deploymentText(*input.now), point);
    }
    if (fitting.size() == 1) {
        const QString value = format::headline(values.front(), quantity);
        return all.size() == 1
                   ? ChartWords::tr("%1: %2 at %3", "a design, a speed or time, a batch or context")
                         .arg(fitting.front().name, value, point)
                   : ChartWords::tr("Only %1 fits at %3: %2",
                                    "a design, a speed or time, a batch or context")
                         .arg(fitting.front().name, value, point);
    }
    const Extremes found = extremes(values);
    const int best = isTime(which) ? found.least : found.most;
    const int worst = isTime(which) ? found.most : found.least;
    const double error = std::max(errorOf(fitting[best].analysis->throughput, which),
                                  errorOf(fitting[worst].analysis->throughput, which));
    const double low = values[found.least];
    const double high = values[found.most];
    if (high * (1.0 - error) <= low * (1.0 + error)) {
        return ChartWords::tr("%1 and %2 are within the estimate's error at %3")
            .arg(fitting[best].name, fitting[worst].name, point);
    }
    const QString factor = format::ratio(high / low);
    switch (which) {
    case SpeedCurve::TokensPerSecond:
        return ChartWords::tr("%1 generates %2 as many tokens per second as %3 at "
                              "%4")
            .arg(fitting[best].name, factor, fitting[worst].name, point);
    case SpeedCurve::TokensPerSecondPerUser:
        return ChartWords::tr("%1 answers each user %2 as fast as %3 at %4")
            .arg(fitting[best].name, factor, fitting[worst].name, point);
    case SpeedCurve::TimePerOutputToken:
        return ChartWords::tr("%3 takes %2 as long per token as %1 at %4")
            .arg(fitting[best].name, factor, fitting[worst].name, point);
    case SpeedCurve::TimeToFirstToken:
        return ChartWords::tr("%3 takes %2 as long to its first token as %1 at %4")
            .arg(fitting[best].name, factor, fitting[worst].name, point);
    }
    return {};
}

QString subtitle(const ChartInput& input, const QVector<Drawn>& all, SpeedCurve which) {
    const Workload& workload = input.now->study.scenario.workload;
    const ThroughputReport& report = all.front().analysis->throughput;
    QString what;
    switch (which) {
    case SpeedCurve::TokensPerSecond:
        what = ChartWords::tr("Decode speed of all sequences");
        break;
    case SpeedCurve::TokensPerSecondPerUser:
        what = ChartWords::tr("Decode speed of one sequence");
        break;
    case SpeedCurve::TimePerOutputToken:
        what = ChartWords::tr("Time per output token");
        break;
    case SpeedCurve::TimeToFirstToken:
        what = ChartWords::tr("Time to the first token");
        break;
    }
    const QString fixed =
        which == SpeedCurve::TimeToFirstToken
            ? ChartWords::tr("prompts of %1")
                  .arg(format::headline(static_cast<double>(workload.prompt), Quantity::Tokens))
        : input.options.axis == SpeedAxis::Batch
            ? ChartWords::tr("context %1").arg(number(static_cast<double>(workload.context)))
            : ChartWords::tr("batch %1").arg(number(static_cast<double>(workload.batch)));
    const double error = errorOf(report, which);
    const QString source = report.measured ? ChartWords::tr("constants fitted to measurements")
                                           : ChartWords::tr("typical constants, not measured: "
                                                            "band up to the roofline");
    const QString sourceWithError =
        error > 0.0 ? QStringLiteral("%1 %2").arg(source, format::errorBar(error)) : source;
    return QStringLiteral("%1, %2, %3 · %4")
        .arg(what, fixed, deploymentText(*input.now), sourceWithError);
}

/// The curve up to the last x that fits, which is one of its points. `cut`: more was asked for.
Curve fittingCurve(const Drawn& drawn, const StudyResult& result, SpeedCurve which, SpeedAxis axis,
                   std::vector<std::int64_t> xs, bool* cut = nullptr) {
    const MemoryReport& memory = drawn.analysis->memory;
    const std::int64_t last = axis == SpeedAxis::Batch ? memory.max_batch : memory.max_context;
    if (last >= xs.front() && last < xs.back()) {
        const auto at = std::lower_bound(xs.begin(), xs.end(), last);
        if (*at != last) {
            xs.insert(at, last);
        }
    }
    double fitsUntil = 0.0;
    Curve curve = speed_against(*drawn.spec, result.study.scenario, result.device, which, axis, xs,
                                &fitsUntil);
    const auto size = static_cast<std::size_t>(
        std::upper_bound(curve.x.begin(), curve.x.end(), fitsUntil) - curve.x.begin());
    if (cut != nullptr) {
        *cut = size < curve.x.size();
    }
    for (std::vector<double>* values : {&curve.x, &curve.y, &curve.lower, &curve.upper}) {
        values->resize(std::min(values->size(), size));
    }
    return curve;
}

void addEnd(PlotData& data, const Drawn& drawn, const PlotSeries& series, SpeedAxis axis) {
    if (series.x.isEmpty()) {
        return;
    }
    PlotSeries mark = designSeries(drawn);
    mark.id = QStringLiteral("fits:%1").arg(mark.letter);
    mark.label.clear();
    mark.drawing = PlotDrawing::Points;
    mark.x = {series.x.last()};
    mark.y = {series.y.last()};
    const QString where = axis == SpeedAxis::Batch
                              ? ChartWords::tr("batch %1").arg(number(series.x.last()))
                              : format::headline(series.x.last(), Quantity::Tokens);
    mark.pointLabels = {
        ChartWords::tr("memory full at %1", "a batch or a number of tokens").arg(where)};
    data.series.append(mark);
}

/// What limits the selected design, stacked under its curve.
void addBounds(PlotData& data, const ChartInput& input, const Drawn& drawn, SpeedCurve which,
               const PlotSeries& curve) {
    std::vector<std::int64_t> xs;
    for (const double x : curve.x) {
        xs.push_back(std::llround(x));
    }
    const BoundBands bands = bound_bands(*drawn.spec, input.now->study.scenario, input.now->device,
                                         which, input.options.axis, xs);
    const auto convert = [](const std::vector<double>& values) {
        return QVector<double>(values.begin(), values.end());
    };
    for (std::size_t i = 0; i < bands.lower.size(); ++i) {
        PlotSeries area;
        area.drawing = PlotDrawing::Area;
        area.id = QStringLiteral("bound:%1").arg(i);
        area.label = boundText(static_cast<Bound>(i));
        area.color = PlotColor::group(static_cast<int>(i));
        area.x = convert(bands.x);
        area.lower = convert(bands.lower[i]);
        area.upper = convert(bands.upper[i]);
        double highest = 0.0;
        for (qsizetype j = 0; j < area.x.size(); ++j) {
            area.y.append(area.upper[j] - area.lower[j]);
            highest = std::max(highest, area.y.last());
        }
        if (highest > 0.0) {
            data.series.append(area);
        }
    }
}

void addMeasured(PlotData& data, const ChartInput& input, const Drawn& drawn, SpeedCurve which) {
    PlotSeries points;
    points.id = QStringLiteral("measured:%1").arg(designLetter(drawn.slot));
    points.letter =
        ChartWords::tr("%1 measured", "a design's letter").arg(designLetter(drawn.slot));
    points.drawing = PlotDrawing::Points;
    points.color = PlotColor::text();
    for (const MeasuredPoint& point :
         measured_points(*drawn.spec, input.now->study.scenario, which, input.options.axis)) {
        points.x.append(static_cast<double>(point.x));
        points.y.append(point.y);
        points.pointLabels.append(QString());
    }
    if (!points.x.isEmpty()) {
        points.pointLabels[points.x.size() / 2] = points.letter;
        data.series.append(points);
    }
}

const char* figureOf(SpeedCurve which) {
    switch (which) {
    case SpeedCurve::TokensPerSecond:
        return "tokens_per_second";
    case SpeedCurve::TokensPerSecondPerUser:
        return "tokens_per_second_per_user";
    case SpeedCurve::TimePerOutputToken:
        return "time_per_output_token_ms";
    case SpeedCurve::TimeToFirstToken:
        return "time_to_first_token_ms";
    }
    return "";
}

} // namespace

PlotData speedChart(const ChartInput& input, SpeedCurve which) {
    const StudyResult& now = *input.now;
    const Scenario& scenario = now.study.scenario;
    const QVector<Drawn> all = drawnDesigns(now);
    PlotData data;
    if (all.isEmpty()) {
        return data;
    }
    const bool byBatch = input.options.axis == SpeedAxis::Batch;
    const std::vector<std::int64_t> xs = grid(input);
    for (const Drawn& drawn : all) {
        if (drawn.slot == input.options.selected && input.options.bounds) {
            PlotSeries curve;
            setCurve(curve, fittingCurve(drawn, now, which, input.options.axis, xs));
            addBounds(data, input, drawn, which, curve);
        }
    }
    for (const Drawn& drawn : all) {
        PlotSeries series = designSeries(drawn);
        series.subject = subjectText(drawn, figureOf(which));
        bool cut = false;
        setCurve(series, fittingCurve(drawn, now, which, input.options.axis, xs, &cut));
        PlotSeries ghost;
        if (const Drawn before = ghostOf(input, drawn.slot); before.spec != nullptr) {
            ghost = ghostSeries(input, drawn.slot);
            setCurve(ghost, fittingCurve(before, *input.ghost, which, input.options.axis, xs));
        }
        addWithGhost(data, series, ghost);
        if (cut) {
            addEnd(data, drawn, series, input.options.axis);
        }
    }
    for (const Drawn& drawn : all) {
        addMeasured(data, input, drawn, which);
    }
    data.title = title(input, all, which);
    data.subtitle = subtitle(input, all, which);
    data.x.title =
        byBatch ? ChartWords::tr("Batch (sequences at a time)") : ChartWords::tr("Context length");
    data.x.quantity = byBatch ? Quantity::Count : Quantity::Tokens;
    data.x.logarithmic = true;
    data.x.binaryTicks = true;
    data.x.lower = static_cast<double>(xs.front());
    data.x.upper = static_cast<double>(xs.back());
    data.y.quantity = isTime(which) ? Quantity::Seconds : Quantity::TokensPerSecond;
    data.y.title =
        which == SpeedCurve::TokensPerSecond          ? ChartWords::tr("Throughput")
        : which == SpeedCurve::TokensPerSecondPerUser ? ChartWords::tr("Throughput per user")
        : which == SpeedCurve::TimePerOutputToken     ? ChartWords::tr("Time per token")
                                                      : ChartWords::tr("Time to first token");
    data.y.lower = 0.0;
    PlotLine point;
    point.id = byBatch ? batchLine : contextLine;
    point.orientation = Qt::Vertical;
    point.value =
        static_cast<double>(byBatch ? scenario.workload.batch : scenario.workload.context);
    point.label = operatingPoint(input);
    point.draggable = input.options.draggable;
    data.lines.append(point);
    return data;
}

} // namespace headroom::ui::charts
