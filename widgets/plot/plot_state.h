// SPDX-License-Identifier: GPL-3.0-or-later
// PlotState: what the layers of a canvas draw from; owned and changed by PlotCanvas alone.
#pragma once

#include "widgets/format/format.h"
#include "widgets/plot/plot_data.h"
#include "widgets/theme/tokens.h"

#include <QPen>
#include <QRectF>
#include <QSet>

#include <optional>

namespace headroom::ui {

/// One clickable name: an end label or a legend entry.
struct PlotNameBox {
    int series = 0;
    QRectF box;
};

struct PlotState {
    PlotData data;
    QVector<PlotSeries> series; ///< data.series, then the ghosts given apart
    QSet<QString> hidden;
    Tokens tokens = lightTokens();
    format::AxisScale xScale;
    format::AxisScale yScale;
    bool exporting = false;    ///< title and subtitle are part of the picture
    bool legendMode = false;   ///< names in a row on top, as end labels would collide
    double headerHeight = 0.0; ///< title and subtitle in an export
    double legendHeight = 0.0;
    QVector<PlotNameBox> legend;
    QVector<PlotNameBox> endLabels;

    std::optional<double> crosshair;
    std::optional<double> firstPin;
    std::optional<double> secondPin;
    QString hoveredLine; ///< id of the threshold under the pointer or being dragged
    bool showFocus = false;

    [[nodiscard]] bool isVisible(const PlotSeries& s) const { return !hidden.contains(s.id); }
};

[[nodiscard]] QColor resolveColor(const PlotColor& color, const Tokens& tokens);
/// Pen of a curve: two pixels in the design's style, ghosts thin and dotted.
[[nodiscard]] QPen seriesPen(const PlotSeries& series, const Tokens& tokens);
/// "A Qwen3-235B-A22B", or the label alone.
[[nodiscard]] QString seriesName(const PlotSeries& series);

/// Value of a series at `x`, interpolated between samples; NaN outside of its range.
[[nodiscard]] double valueAt(const PlotSeries& series, double x);

struct PlotReadoutRow {
    int series = 0;
    double x = 0.0; ///< where its marker stands: differs from the crosshair for points
    double value = 0.0;
    QString text;
};

struct PlotReadout {
    QString heading;
    QVector<PlotReadoutRow> rows;
    [[nodiscard]] QStringList lines() const;
};

/// What the crosshair at `x` tells: one row per visible series with the ratio to the first.
/// `tolerance` is the distance in x within which points count as under the crosshair.
[[nodiscard]] PlotReadout readoutAt(const PlotState& state, double x, double tolerance = 0.0);
/// What changes between the two pins, one row per visible series.
[[nodiscard]] PlotReadout readoutBetween(const PlotState& state, double first, double second);

/// The chart in words, for screen readers.
[[nodiscard]] QString describePlot(const PlotState& state);

} // namespace headroom::ui
