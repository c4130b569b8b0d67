// SPDX-License-Identifier: GPL-3.0-or-later
// Layers of a chart that QCustomPlot does not draw: bands, bars, thresholds, names, crosshair.
#pragma once

#include "widgets/plot/plot_state.h"
#include "widgets/plot/point_labels.h"

#include <qcustomplot.h>

namespace headroom::ui {

class PlotCanvas;

/// Common part: access to the canvas' state and its coordinates.
class PlotLayer : public QCPLayerable {
public:
    PlotLayer(PlotCanvas* canvas, const QString& layer);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    [[nodiscard]] QRect clipRect() const override;

    const PlotCanvas* m_canvas;
};

/// What a band is filled with.
[[nodiscard]] QColor bandColor(const PlotSeries& series, const Tokens& tokens);

/// Bands around curves, and error bars.
class BandLayer : public PlotLayer {
public:
    using PlotLayer::PlotLayer;

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawBand(QCPPainter* painter, const PlotSeries& series) const;
    void drawErrorBars(QCPPainter* painter, const PlotSeries& series) const;
};

/// An axis of bars over its longest bar.
constexpr double roomBesideBars = 1.14;

/// Grouped or stacked bars, upright or lying, with their values.
class BarLayer : public PlotLayer {
public:
    using PlotLayer::PlotLayer;

    struct Bar {
        int series = 0;
        int category = 0;
        QRectF box;
    };
    [[nodiscard]] QVector<Bar> bars() const;
    /// Space that category names need beside the value axis.
    [[nodiscard]] double categoryMargin() const;
    /// Space that the words behind lying bars need beside the axis, which with it is `width` wide.
    [[nodiscard]] double endMargin(double width) const;

protected:
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QColor fillOf(const Bar& bar) const;
    void drawCategoryNames(QCPPainter* painter) const;
    [[nodiscard]] int nameStride() const;
    void drawValue(QCPPainter* painter, const Bar& bar, const QColor& fill) const;
    void drawTotals(QCPPainter* painter, const QVector<Bar>& all) const;
};

/// Threshold lines and fixed cursors.
class ThresholdLayer : public PlotLayer {
public:
    using PlotLayer::PlotLayer;
    /// Index into data.lines of the draggable line within reach of `position`, or -1.
    [[nodiscard]] int draggableAt(const QPointF& position) const;

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawLine(QCPPainter* painter, const PlotLine& line) const;
};

/// What stands beside a limit, and where.
struct LimitWords {
    QString text;
    QRectF box;
};
[[nodiscard]] LimitWords limitWords(const PlotCanvas& canvas, const PlotLine& line);

/// Names at the ends of curves, the legend row, title of an export and the empty text.
class NameLayer : public PlotLayer {
public:
    using PlotLayer::PlotLayer;

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawEndLabels(QCPPainter* painter) const;
    void drawGhostLabels(QCPPainter* painter) const;
    void drawLegend(QCPPainter* painter) const;
    void drawHeader(QCPPainter* painter) const;
    void drawEmpty(QCPPainter* painter) const;
    void drawPointLabels(QCPPainter* painter) const;
    [[nodiscard]] LabelObstacles obstacles() const;
};

/// Crosshair, pins and their boxes, on the buffered overlay.
class CrosshairLayer : public PlotLayer {
public:
    using PlotLayer::PlotLayer;

protected:
    void draw(QCPPainter* painter) override;

private:
    void drawLineAt(QCPPainter* painter, double x, const QString& flag) const;
    void drawMarkers(QCPPainter* painter, const PlotReadout& readout) const;
    QRectF drawBox(QCPPainter* painter, const PlotReadout& readout, QRectF box) const;
    [[nodiscard]] QSizeF boxSize(const PlotReadout& readout) const;
    [[nodiscard]] QRectF differenceBox(const QSizeF& size) const;
    [[nodiscard]] QRectF placeBox(const QSizeF& size, double x) const;
};

/// The marker of a series, `size` pixels across.
void drawMarker(QPainter* painter, Marker marker, const QPointF& center, double size);

} // namespace headroom::ui
