// SPDX-License-Identifier: GPL-3.0-or-later
// Residuals of a device profile: predicted / measured - 1 of every row, by model and phase.
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"

#include <algorithm>

namespace headroom::ui {

namespace {

/// The rows of one model and phase, by measured time.
PlotSeries points(const Prediction& prediction, const std::string& model, Phase phase, int color) {
    std::vector<const PredictedStep*> rows;
    for (const PredictedStep& row : prediction.rows) {
        if (row.measured.model == model && row.measured.phase == phase) {
            rows.push_back(&row);
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const PredictedStep* a, const PredictedStep* b) {
        return a->measured.seconds < b->measured.seconds;
    });
    PlotSeries series;
    const bool decode = phase == Phase::Decode;
    const QString name = QString::fromStdString(model);
    series.id = QStringLiteral("%1:%2").arg(name, decode ? QStringLiteral("decode")
                                                         : QStringLiteral("prefill"));
    series.label =
        decode ? ChartWords::tr("%1, decode").arg(name) : ChartWords::tr("%1, prefill").arg(name);
    series.color = PlotColor::group(color);
    series.drawing = PlotDrawing::Points;
    series.hollow = !decode;
    for (const PredictedStep* row : rows) {
        series.x.append(row->measured.seconds);
        series.y.append(row->error);
    }
    return series;
}

} // namespace

PlotData residualsChart(const Prediction& prediction, const DeviceProfile& device) {
    PlotData data;
    int color = 0;
    for (const ModelErrors& model : prediction.models) {
        for (const Phase phase : {Phase::Decode, Phase::Prefill}) {
            const PlotSeries series = points(prediction, model.model, phase, color);
            if (!series.x.isEmpty()) {
                data.series.append(series);
            }
        }
        ++color;
    }
    const auto percent = [](double share) { return format::rounded(share, Quantity::Fraction, 2); };
    data.title = ChartWords::tr("Predictions miss decode by %1 and prefill by %2 on average")
                     .arg(percent(prediction.decode.mean_abs_error),
                          percent(prediction.prefill.mean_abs_error));
    data.subtitle = ChartWords::tr("Predicted / measured - 1 of %1 steps on %2; "
                                   "filled: decode, hollow: prefill")
                        .arg(prediction.rows.size())
                        .arg(QString::fromStdString(device.name));
    data.x.title = ChartWords::tr("Measured time of a step");
    data.x.quantity = Quantity::Seconds;
    data.x.logarithmic = true;
    data.y.title = ChartWords::tr("Error of the prediction");
    data.y.quantity = Quantity::Fraction;
    PlotLine exact;
    exact.id = QStringLiteral("exact");
    exact.value = 0.0;
    exact.color = PlotColor::neutral();
    data.lines.append(exact);
    return data;
}

} // namespace headroom::ui
