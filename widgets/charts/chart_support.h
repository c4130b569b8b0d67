// SPDX-License-Identifier: GPL-3.0-or-later
// What the chart builders share: which designs can be drawn, their series, ghosts and names.
#pragma once

#include "core/study/series.h"
#include "widgets/charts/charts.h"

#include <QVector>

#include <vector>

namespace headroom::ui::charts {

/// A design that has figures.
struct Drawn {
    int slot = 0;
    QString name; ///< with its letter where two designs have one name
    const Design* design = nullptr;
    const ModelSpec* spec = nullptr;
    const Analysis* analysis = nullptr;
};

[[nodiscard]] QVector<Drawn> drawnDesigns(const StudyResult& result);

/// The design of `before` in that slot where the edit changed something; its `spec` is null
/// otherwise.
[[nodiscard]] Drawn ghostOf(const ChartInput& input, int slot);

/// "before the edit: KV heads 16"; short where more than one field changed.
[[nodiscard]] QString ghostLabel(const ChartInput& input, int slot);

[[nodiscard]] PlotSeries designSeries(const Drawn& drawn);
[[nodiscard]] PlotSeries ghostSeries(const ChartInput& input, int slot);
/// What chartSubject reads again.
[[nodiscard]] QString subjectText(const Drawn& drawn, const char* figure);
void setCurve(PlotSeries& series, const Curve& curve);

/// Adds `series` and, unless it would lie on it, the ghost.
void addWithGhost(PlotData& data, const PlotSeries& series, const PlotSeries& ghost);

/// "8 × H200".
[[nodiscard]] QString deploymentText(const StudyResult& result);
[[nodiscard]] QString number(double value);
/// "bf16".
[[nodiscard]] QString formatName(NumberFormat format);
[[nodiscard]] Quantity bytesQuantity(const ChartOptions& options);

/// Why nothing can be drawn, in words.
[[nodiscard]] QString emptyText(const StudyResult& result);

/// "memory", "launch overhead": what limits a step.
[[nodiscard]] QString boundText(Bound bound);

/// The power of two at or above `value`.
[[nodiscard]] std::int64_t powerOfTwoFrom(std::int64_t value);

/// The designs with the least and the most of `value`, which ignores a NaN.
struct Extremes {
    int least = -1; ///< indices into the vector given
    int most = -1;
};
[[nodiscard]] Extremes extremes(const QVector<double>& values);

[[nodiscard]] PlotData memoryChart(const ChartInput& input, MemoryCurve which);
[[nodiscard]] PlotData kvLayerChart(const ChartInput& input);
[[nodiscard]] PlotData speedChart(const ChartInput& input, SpeedCurve which);
[[nodiscard]] PlotData rooflineChart(const ChartInput& input);
[[nodiscard]] PlotData stepChart(const ChartInput& input);
[[nodiscard]] PlotData parametersChart(const ChartInput& input);
[[nodiscard]] PlotData breakdownChart(const ChartInput& input);
[[nodiscard]] PlotData compareChart(const ChartInput& input);

} // namespace headroom::ui::charts
