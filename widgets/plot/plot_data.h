// SPDX-License-Identifier: GPL-3.0-or-later
// PlotData: everything a chart shows, as plain values; it knows nothing of models.
#pragma once

#include "widgets/format/quantity.h"

#include <QString>
#include <QStringList>
#include <QVector>
#include <Qt>

#include <optional>

namespace headroom::ui {

/// A colour by meaning; the theme turns it into an actual one.
struct PlotColor {
    enum class Kind { Design, Neutral, Text, Accent, Group, Good, Bad };
    Kind kind = Kind::Neutral;
    int index = 0; ///< design 0..3 or group 0..7

    [[nodiscard]] static PlotColor design(int slot) { return {Kind::Design, slot}; }
    [[nodiscard]] static PlotColor group(int index) { return {Kind::Group, index}; }
    [[nodiscard]] static PlotColor neutral() { return {Kind::Neutral, 0}; }
    [[nodiscard]] static PlotColor text() { return {Kind::Text, 0}; }
    [[nodiscard]] static PlotColor accent() { return {Kind::Accent, 0}; }
    friend bool operator==(const PlotColor&, const PlotColor&) = default;
};

enum class PlotDrawing {
    Line,
    Stepped, ///< a level for each x, half-way to its neighbours; read at an x only
    Points,  ///< markers only; the readout shows a point only near the pointer
    Area,    ///< the band alone, named in the legend; `y` is its height, for readout and table
    Bars     ///< one value per category of the x axis
};

enum class PlotStroke { Automatic, Solid, Dashed, Dotted, DashDot };

struct PlotAxis {
    QString title;
    Quantity quantity = Quantity::Plain;
    QString unit;             ///< only for Quantity::Plain; otherwise the unit follows the range
    bool logarithmic = false; ///< only positive values are drawn then
    bool binaryTicks =
        false; ///< powers of two; always so for tokens and binary bytes on a log axis
    std::optional<double> lower; ///< fixes an end of the range
    std::optional<double> upper;
    QStringList categories; ///< x axis of bar charts
    QStringList subjects;   ///< as PlotSeries::subject, by category; may be empty
    friend bool operator==(const PlotAxis&, const PlotAxis&) = default;
};

struct PlotSeries {
    QString id;      ///< stable across updates: hidden series and curves are matched by it
    QString subject; ///< what a click on it asks about; means something to the page alone
    QString letter;  ///< "A" to "D" for designs, otherwise empty
    QString label;
    PlotColor color;
    PlotDrawing drawing = PlotDrawing::Line;
    PlotStroke stroke = PlotStroke::Automatic; ///< Automatic: the design's own style
    bool ghost = false;  ///< the state before the edit: thin, dotted, no part in the range
    bool hollow = false; ///< points as outlines

    /// Ascending for lines; ignored for bars. Base units (bytes, seconds, tokens).
    QVector<double> x;
    QVector<double> y;     ///< NaN leaves a gap
    QVector<double> lower; ///< band, as long as y or empty
    QVector<double> upper;
    QVector<double> errorMinus; ///< error bars, distances from y; as long as y or empty
    QVector<double> errorPlus;
    QStringList pointNotes;  ///< said of a point in readout and table; as long as y or empty
    QStringList pointLabels; ///< next to points, or inside/next to bars instead of the value

    friend bool operator==(const PlotSeries&, const PlotSeries&) = default;
};

/// A straight line across the chart: a limit, or a position.
struct PlotLine {
    QString id;
    Qt::Orientation orientation = Qt::Horizontal;
    double value = 0.0;
    QString label; ///< a draggable line adds that it can be dragged
    bool draggable = false;
    PlotColor color = PlotColor::text();
    friend bool operator==(const PlotLine&, const PlotLine&) = default;
};

struct PlotData {
    QString title;     ///< the finding, computed from the data
    QString subtitle;  ///< what is plotted
    QString emptyText; ///< shown when there is nothing to draw: says what to do

    PlotAxis x; ///< position, or the categories of bars
    PlotAxis y; ///< value
    QVector<PlotSeries> series;
    QVector<PlotLine> lines;

    bool stacked = false;    ///< bars of one category on top of each other
    bool horizontal = false; ///< bars grow to the right; categories downwards
    /// Stacked bars only: one colour per category, its segments are drawn in shades of it.
    QVector<PlotColor> categoryColors;

    friend bool operator==(const PlotData&, const PlotData&) = default;
};

/// Whether any series has a value to draw.
[[nodiscard]] bool hasValues(const PlotData& data);
[[nodiscard]] bool isBarChart(const PlotData& data);

} // namespace headroom::ui
