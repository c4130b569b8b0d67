// SPDX-License-Identifier: GPL-3.0-or-later
// PlotCanvas: the drawing surface of a chart; turns PlotData into axes, curves and layers.
#pragma once

#include "widgets/format/axis_ticker.h"
#include "widgets/plot/plot_state.h"

#include <qcustomplot.h>

#include <optional>

namespace headroom::ui {

class BarLayer;
class ThresholdLayer;

class PlotCanvas : public QCustomPlot {
    Q_OBJECT

public:
    explicit PlotCanvas(QWidget* parent = nullptr);

    void setTokens(const Tokens& tokens);
    /// Draws title and subtitle into the picture and leaves out everything interactive.
    void setExporting(bool exporting);
    void setPlotData(const PlotData& chart, const QVector<PlotSeries>& ghosts);
    void setInteractiveEditing(bool editing);
    void setHidden(const QString& id, bool hidden);
    void setHiddenIds(const QSet<QString>& ids);
    void setCrosshair(std::optional<double> x);
    void setPins(std::optional<double> first, std::optional<double> second);
    void resetZoom();
    /// Below 1 zooms in, about the crosshair or the middle.
    void zoomBy(double factor);

    [[nodiscard]] const PlotState& state() const { return m_state; }
    [[nodiscard]] QCPAxis* keyAxis() const;   ///< of PlotData::x
    [[nodiscard]] QCPAxis* valueAxis() const; ///< of PlotData::y
    [[nodiscard]] QPointF toPixel(double key, double value) const;
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] bool isZoomed() const { return m_zoomed; }
    /// Thickness of the bars in pixels; 0 for curves.
    [[nodiscard]] double barThickness() const;
    /// Distance in x that `pixels` around `x` span.
    [[nodiscard]] double keyTolerance(double x, double pixels) const;
    /// Where the threshold is drawn: its place, or the edge when it lies beyond.
    [[nodiscard]] double linePixel(const PlotLine& line) const;

signals:
    void lineDragged(const QString& id, double value);
    void lineReleased(const QString& id, double value);
    void seriesToggled(const QString& id, bool visible);
    void crosshairMoved(double x);
    void seriesActivated(const QString& id, double x);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    // plot_canvas.cpp
    void styleAxes();
    void updateAxes();
    void updateGraphs();
    void updateRanges();
    void updateTickers();
    [[nodiscard]] QCPRange wantedKeyRange() const;
    [[nodiscard]] QCPRange wantedValueRange() const;
    [[nodiscard]] QCPRange grown(const QCPRange& current, const QCPRange& wanted,
                                 bool logarithmic) const;
    void replotOverlay();
    void scheduleReplot();

    // plot_layout.cpp
    void layoutNames();
    void layoutLegend();
    [[nodiscard]] bool layoutEndLabels();
    [[nodiscard]] double endLabelWidth() const;
    [[nodiscard]] bool needsLegendRow() const;
    /// Named in the legend even where curves have their names at their ends.
    [[nodiscard]] bool inLegendAlways(const PlotSeries& series) const;

    // plot_interaction.cpp
    [[nodiscard]] int seriesNamed(const QPointF& position) const;
    [[nodiscard]] int seriesNear(const QPointF& position) const;
    [[nodiscard]] std::optional<double> crosshairFor(const QPointF& position) const;
    void stepCrosshair(int steps);
    void dragLine(const QPointF& position);
    void click(QMouseEvent* event);

    PlotState m_state;
    QSharedPointer<AxisTicker> m_keyTicker;
    QSharedPointer<AxisTicker> m_valueTicker;
    BarLayer* m_bars = nullptr;
    ThresholdLayer* m_thresholds = nullptr;
    bool m_zoomed = false;
    bool m_editing = false;
    bool m_hasRanges = false;
    bool m_replotPending = false;
    double m_reservedLabelWidth = 0.0;

    QPointF m_pressPosition;
    bool m_pressed = false;
    bool m_panning = false;
    QString m_draggedLine;
    double m_draggedValue = 0.0;
    std::optional<double> m_pinBeforeClick;
};

} // namespace headroom::ui
