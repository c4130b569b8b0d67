// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/validation/validation_charts.h"

#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/theme/tokens.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace headroom::ui {

namespace {

std::int64_t longestPrompt(const ValidationReport& report) {
    std::int64_t longest = 0;
    for (const ValidationRow& row : report.rows) {
        longest = row.kind == RowKind::PrefillTime ? std::max(longest, row.tokens) : longest;
    }
    return longest;
}

/// The rows that a chart draws, and where on its x axis.
std::optional<double> position(ValidationChart chart, const ValidationRow& row,
                               std::int64_t longest) {
    switch (chart) {
    case ValidationChart::PrefillTime:
        if (row.kind == RowKind::PrefillTime) {
            return static_cast<double>(row.tokens);
        }
        break;
    case ValidationChart::DecodeTime:
        if (row.kind == RowKind::StepTime && row.tokens == 1) {
            return static_cast<double>(row.past);
        }
        break;
    case ValidationChart::StepTime:
        if (row.kind == RowKind::StepTime && row.past == longest) {
            return static_cast<double>(row.tokens);
        }
        break;
    case ValidationChart::KvBytes:
        if (row.kind == RowKind::KvAfterPrefill || row.kind == RowKind::KvAfterDecode) {
            return static_cast<double>(row.tokens + row.past);
        }
        break;
    case ValidationChart::DistinctExperts:
        if (row.kind == RowKind::DistinctExperts) {
            return static_cast<double>(row.tokens);
        }
        break;
    case ValidationChart::ExpertLoad:
        break;
    }
    return std::nullopt;
}

struct Points {
    PlotSeries predicted;
    PlotSeries measured;
    double worst = 0;
    int outside = 0;
    double lastPredicted = 0; ///< of the measurement furthest to the right
};

std::optional<CurveKind> curveOf(ValidationChart chart) {
    switch (chart) {
    case ValidationChart::PrefillTime:
        return CurveKind::PrefillTime;
    case ValidationChart::DecodeTime:
        return CurveKind::DecodeTime;
    case ValidationChart::StepTime:
        return CurveKind::StepTime;
    case ValidationChart::KvBytes:
        return CurveKind::KvBytes;
    case ValidationChart::DistinctExperts:
        return CurveKind::DistinctExperts;
    case ValidationChart::ExpertLoad:
        break;
    }
    return std::nullopt;
}

/// What a run is called beside others, and how its curves look.
Points seriesOf(const DrawnValidation& run, bool named) {
    Points points;
    const QString id =
        QString::number(run.slot) + (run.again ? QStringLiteral("-again") : QString());
    points.predicted.id = QStringLiteral("predicted-") + id;
    points.predicted.letter = designLetter(run.slot);
    points.predicted.color = PlotColor::design(run.slot);
    points.predicted.stroke = run.again ? PlotStroke::Dotted : PlotStroke::Automatic;
    points.predicted.label = named ? ValidationWords::tr("%1, predicted", "a design").arg(run.name)
                                   : ValidationWords::tr("predicted");
    points.measured = points.predicted;
    points.measured.id = QStringLiteral("measured-") + id;
    points.measured.letter.clear();
    points.measured.label = named ? ValidationWords::tr("%1, measured", "a design").arg(run.name)
                                  : ValidationWords::tr("measured");
    points.measured.drawing = PlotDrawing::Points;
    points.measured.hollow = run.again;
    return points;
}

/// `named`: curves carry the run's name, because there are several.
Points pointsOf(ValidationChart chart, const DrawnValidation& run, bool named) {
    Points points = seriesOf(run, named);
    const ValidationReport& report = *run.report;
    std::vector<std::pair<double, const ValidationRow*>> rows;
    const std::int64_t longest = longestPrompt(report);
    for (const ValidationRow& row : report.rows) {
        if (const auto x = position(chart, row, longest)) {
            rows.emplace_back(*x, &row);
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto drawn = std::find_if(report.curves.begin(), report.curves.end(),
                                    [&](const auto& c) { return c.kind == curveOf(chart); });
    if (drawn != report.curves.end() && !rows.empty()) {
        const auto values = [](const std::vector<double>& list) {
            return QVector<double>(list.begin(), list.end());
        };
        points.predicted.x = values(drawn->x);
        points.predicted.y = values(drawn->predicted);
        if (chart != ValidationChart::KvBytes) {
            points.predicted.lower = values(drawn->low);
            points.predicted.upper = values(drawn->high);
        }
    }
    for (const auto& [x, row] : rows) {
        const bool banded = row->judgement != Judgement::Exact;
        if (drawn == report.curves.end()) { // a run kept before curves were
            points.predicted.x.append(x);
            points.predicted.y.append(row->predicted);
            if (banded) {
                points.predicted.lower.append(row->low);
                points.predicted.upper.append(row->high);
            }
        }
        if (!row->is_measured()) {
            continue;
        }
        points.measured.x.append(x);
        points.measured.y.append(row->measured);
        points.lastPredicted = row->predicted;
        if (banded) {
            points.measured.errorMinus.append(std::max(0.0, row->measured - row->fastest));
            points.measured.errorPlus.append(std::max(0.0, row->slowest - row->measured));
        }
        points.worst = std::max(points.worst, std::abs(row->error()));
        points.outside += row->is_within() ? 0 : 1;
    }
    return points;
}

QString finding(ValidationChart chart, const Points& points) {
    if (points.measured.x.isEmpty()) {
        return ValidationWords::tr("Predicted; measurements follow");
    }
    switch (chart) {
    case ValidationChart::PrefillTime:
        return ValidationWords::tr("Predicted prefill times are off by %1 at most")
            .arg(format::percent(points.worst));
    case ValidationChart::DecodeTime:
        return ValidationWords::tr("Predicted decode times are off by %1 at most")
            .arg(format::percent(points.worst));
    case ValidationChart::StepTime:
        return ValidationWords::tr("Predicted times of a step are off by %1 at most")
            .arg(format::percent(points.worst));
    case ValidationChart::KvBytes:
        return points.outside == 0 ? ValidationWords::tr("Every byte of the cache is as predicted")
                                   : ValidationWords::tr("The cache is not as predicted");
    case ValidationChart::DistinctExperts:
        return ValidationWords::tr("%1 tokens reach %2 experts, %3 expected")
            .arg(format::plain(points.measured.x.last(), 0),
                 format::significant(points.measured.y.last(), 3),
                 format::significant(points.lastPredicted, 3));
    case ValidationChart::ExpertLoad:
        break;
    }
    return {};
}

void describe(ValidationChart chart, bool binaryBytes, const ValidationReport& report,
              PlotData& data) {
    data.x.quantity = Quantity::Tokens;
    data.x.logarithmic = true;
    data.y.quantity = Quantity::Seconds;
    data.y.logarithmic = true;
    data.subtitle = ValidationWords::tr("Predicted with its band; medians measured, with "
                                        "quartiles");
    switch (chart) {
    case ValidationChart::PrefillTime:
        data.x.title = ValidationWords::tr("Prompt length");
        data.y.title = ValidationWords::tr("Prefill time");
        break;
    case ValidationChart::DecodeTime:
        data.x.title = ValidationWords::tr("Context length");
        data.x.logarithmic = false;
        data.x.lower = 0.0;
        data.y.title = ValidationWords::tr("Time per token");
        data.y.logarithmic = false;
        data.y.lower = 0.0;
        break;
    case ValidationChart::StepTime:
        data.x.title = ValidationWords::tr("Tokens in one step");
        data.y.title = ValidationWords::tr("Time of the step");
        data.x.quantity = Quantity::Plain;
        data.x.binaryTicks = true;
        data.subtitle = ValidationWords::tr("After %1 tokens, all of one sequence")
                            .arg(format::plain(static_cast<double>(longestPrompt(report)), 0));
        break;
    case ValidationChart::KvBytes:
        data.x.title = ValidationWords::tr("Context length");
        data.x.logarithmic = false;
        data.x.lower = 0.0;
        data.y.title = ValidationWords::tr("KV cache");
        data.y.quantity = binaryBytes ? Quantity::BytesBinary : Quantity::BytesDecimal;
        data.y.logarithmic = false;
        data.y.lower = 0.0;
        data.subtitle = ValidationWords::tr("Bytes that hold a token, fp32");
        break;
    case ValidationChart::DistinctExperts:
        data.x.title = ValidationWords::tr("Tokens in one step");
        data.x.quantity = Quantity::Plain;
        data.x.binaryTicks = true;
        data.y.title = ValidationWords::tr("Distinct experts of a layer");
        data.y.quantity = Quantity::Plain;
        data.y.logarithmic = false;
        data.y.lower = 0.0;
        data.subtitle =
            ValidationWords::tr("Expected: E (1 − (1 − k/E)^B); measured: mean and quartiles");
        break;
    case ValidationChart::ExpertLoad:
        break;
    }
}

QString emptyText(ValidationChart chart, const ValidationReport& report) {
    if (chart == ValidationChart::DistinctExperts || chart == ValidationChart::ExpertLoad) {
        return report.original.num_experts == 0
                   ? ValidationWords::tr("This design has no experts")
                   : ValidationWords::tr("The routing is not measured yet");
    }
    return ValidationWords::tr("Not measured yet");
}

PlotData loadChart(const DrawnValidation& run, int layer) {
    PlotData data;
    const ValidationReport& report = *run.report;
    if (report.loads.empty()) {
        data.emptyText = emptyText(ValidationChart::ExpertLoad, report);
        return data;
    }
    const ExpertLoad& load = report.loads[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(
        layer, 0, static_cast<std::ptrdiff_t>(report.loads.size()) - 1))];
    double sum = 0;
    PlotSeries bars;
    bars.id = QStringLiteral("load");
    bars.label = ValidationWords::tr("Tokens");
    bars.color = PlotColor::design(run.slot);
    bars.drawing = PlotDrawing::Bars;
    for (std::size_t i = 0; i < load.tokens.size(); ++i) {
        data.x.categories.append(QString::number(i));
        bars.y.append(static_cast<double>(load.tokens[i]));
        bars.pointLabels.append(QString(QLatin1Char(' '))); // the axis says it
        sum += static_cast<double>(load.tokens[i]);
    }
    data.series.append(bars);
    PlotLine mean;
    mean.id = QStringLiteral("mean");
    mean.value = sum / static_cast<double>(load.tokens.size());
    // Named in the subtitle: a name at the line would hide bars.
    data.lines.append(mean);
    data.x.title = ValidationWords::tr("Expert");
    data.y.title = ValidationWords::tr("Tokens");
    data.y.quantity = Quantity::Plain;
    data.y.lower = 0.0;
    data.title = ValidationWords::tr("The busiest expert has %1 the mean load", "2.7×")
                     .arg(format::ratio(load.imbalance()));
    data.subtitle = ValidationWords::tr("Layer %1; mean: %2; by chance about %3", "7; 85; 1.5×")
                        .arg(QString::number(load.layer), format::plain(mean.value, 1),
                             format::ratio(report.uniform_imbalance(load)));
    return data;
}

} // namespace

PlotData validationChart(ValidationChart chart, const QVector<DrawnValidation>& runs,
                         bool binaryBytes, int layer) {
    PlotData data;
    if (runs.isEmpty()) {
        data.emptyText = ValidationWords::tr("Run the design to see it here");
        return data;
    }
    if (chart == ValidationChart::ExpertLoad) {
        return loadChart(runs.first(), layer);
    }
    for (const DrawnValidation& run : runs) {
        const Points points = pointsOf(chart, run, runs.size() > 1);
        if (points.predicted.x.isEmpty()) {
            continue;
        }
        if (&run == &runs.first()) {
            data.title = finding(chart, points);
        }
        data.series.append(points.predicted);
        if (!points.measured.x.isEmpty()) {
            data.series.append(points.measured);
        }
    }
    if (data.series.isEmpty()) {
        data.emptyText = emptyText(chart, *runs.first().report);
        return data;
    }
    describe(chart, binaryBytes, *runs.first().report, data);
    return data;
}

} // namespace headroom::ui
