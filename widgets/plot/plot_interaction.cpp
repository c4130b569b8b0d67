// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keyboard of a chart.
#include "widgets/plot/plot_canvas.h"

#include "widgets/plot/plot_layers.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr double clickRadius = 3.0;
constexpr double tickSnap = 5.0;
constexpr double sampleSnap = 8.0;
constexpr double curveReach = 8.0;
constexpr double wheelFactor = 0.85;

} // namespace

int PlotCanvas::seriesNamed(const QPointF& position) const {
    for (const QVector<PlotNameBox>* boxes : {&m_state.legend, &m_state.endLabels}) {
        for (const PlotNameBox& name : *boxes) {
            if (name.box.contains(position)) {
                return name.series;
            }
        }
    }
    return -1;
}

int PlotCanvas::seriesNear(const QPointF& position) const {
    if (isBarChart(m_state.data)) {
        for (const BarLayer::Bar& bar : m_bars->bars()) {
            if (bar.box.contains(position)) {
                return bar.series;
            }
        }
        return -1;
    }
    int nearest = -1;
    double distance = curveReach;
    const double x = xAxis->pixelToCoord(position.x());
    for (int i = 0; i < m_state.series.size(); ++i) {
        const double y = valueAt(m_state.series[i], x);
        if (!m_state.isVisible(m_state.series[i]) || !std::isfinite(y)) {
            continue;
        }
        const double off = std::abs(yAxis->coordToPixel(y) - position.y());
        if (off <= distance) {
            distance = off;
            nearest = i;
        }
    }
    return nearest;
}

std::optional<double> PlotCanvas::crosshairFor(const QPointF& position) const {
    if (!hasValues(m_state.data) || !plotRect().adjusted(-4, -4, 4, 4).contains(position)) {
        return std::nullopt;
    }
    const double pixel = m_state.data.horizontal ? position.y() : position.x();
    const double raw = keyAxis()->pixelToCoord(pixel);
    if (isBarChart(m_state.data)) {
        const double last = static_cast<double>(m_state.data.x.categories.size() - 1);
        return std::clamp(std::round(raw), 0.0, last);
    }
    const QVector<double> ticks = keyAxis()->tickVector();
    for (const double tick : ticks) {
        if (std::abs(keyAxis()->coordToPixel(tick) - pixel) <= tickSnap) {
            return tick;
        }
    }
    for (const PlotSeries& series : m_state.series) {
        if (!m_state.isVisible(series) || series.ghost || series.x.isEmpty()) {
            continue;
        }
        const auto nearest =
            std::min_element(series.x.begin(), series.x.end(), [raw](double a, double b) {
                return std::abs(a - raw) < std::abs(b - raw);
            });
        if (std::abs(keyAxis()->coordToPixel(*nearest) - pixel) <= sampleSnap) {
            return *nearest;
        }
    }
    const bool whole =
        m_state.data.x.quantity == Quantity::Tokens || m_state.data.x.quantity == Quantity::Count;
    return whole ? std::round(raw) : raw;
}

void PlotCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        QCustomPlot::mousePressEvent(event);
        return;
    }
    m_pressPosition = event->position();
    m_pressed = true;
    m_panning = false;
    const int line = m_thresholds->draggableAt(event->position());
    if (line >= 0) {
        m_draggedLine = m_state.data.lines[line].id;
        m_draggedValue = m_state.data.lines[line].value;
        event->accept();
        return;
    }
    if (seriesNamed(event->position()) < 0 && plotRect().contains(event->position())) {
        QCustomPlot::mousePressEvent(event);
    }
}

void PlotCanvas::dragLine(const QPointF& position) {
    setCrosshair(std::nullopt); // it would stay where the drag began
    for (PlotLine& line : m_state.data.lines) {
        if (line.id != m_draggedLine) {
            continue;
        }
        const QRectF rect = plotRect();
        const bool horizontal = line.orientation == Qt::Horizontal;
        m_draggedValue =
            horizontal ? yAxis->pixelToCoord(std::clamp(position.y(), rect.top(), rect.bottom()))
                       : xAxis->pixelToCoord(std::clamp(position.x(), rect.left(), rect.right()));
        line.value = m_draggedValue;
        scheduleReplot();
        emit lineDragged(m_draggedLine, m_draggedValue);
        return;
    }
}

void PlotCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (!m_draggedLine.isEmpty()) {
        dragLine(event->position());
        return;
    }
    if (m_pressed) {
        const bool moved = (event->position() - m_pressPosition).manhattanLength() > clickRadius;
        if ((moved || m_panning) && interactions().testFlag(QCP::iRangeDrag) &&
            plotRect().contains(m_pressPosition)) {
            m_panning = true;
            m_zoomed = true;
            setCursor(Qt::ClosedHandCursor);
            QCustomPlot::mouseMoveEvent(event);
        }
        return;
    }
    const int line = m_thresholds->draggableAt(event->position());
    const QString hovered = line >= 0 ? m_state.data.lines[line].id : QString();
    if (hovered != m_state.hoveredLine) {
        m_state.hoveredLine = hovered;
        scheduleReplot();
    }
    if (line >= 0) {
        const bool horizontal = m_state.data.lines[line].orientation == Qt::Horizontal;
        setCursor(horizontal ? Qt::SizeVerCursor : Qt::SizeHorCursor);
    } else if (seriesNamed(event->position()) >= 0) {
        setCursor(Qt::PointingHandCursor);
    } else {
        unsetCursor();
    }
    setCrosshair(crosshairFor(event->position()));
}

void PlotCanvas::click(QMouseEvent* event) {
    const int named = seriesNamed(event->position());
    if (named >= 0) {
        const QString id = m_state.series[named].id;
        setHidden(id, !m_state.hidden.contains(id));
        return;
    }
    const std::optional<double> x = crosshairFor(event->position());
    if (!x) {
        return;
    }
    if (!isBarChart(m_state.data)) {
        m_pinBeforeClick = m_state.firstPin;
        if (event->modifiers().testFlag(Qt::ShiftModifier)) {
            setPins(m_state.firstPin, x);
        } else {
            setPins(x, m_state.secondPin);
        }
    }
    const int series = seriesNear(event->position());
    if (series >= 0) {
        emit seriesActivated(m_state.series[series].id, *x);
    }
}

void PlotCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_pressed) {
        QCustomPlot::mouseReleaseEvent(event);
        return;
    }
    m_pressed = false;
    if (!m_draggedLine.isEmpty()) {
        const QString id = std::exchange(m_draggedLine, QString());
        updateRanges();
        scheduleReplot();
        emit lineReleased(id, m_draggedValue);
        return;
    }
    QCustomPlot::mouseReleaseEvent(event);
    if (m_panning) {
        m_panning = false;
        unsetCursor();
        return;
    }
    click(event);
}

void PlotCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && plotRect().contains(event->position())) {
        // The first click of the pair set a pin that was not meant.
        setPins(m_pinBeforeClick, m_state.secondPin);
        resetZoom();
        event->accept();
        return;
    }
    QCustomPlot::mouseDoubleClickEvent(event);
}

void PlotCanvas::wheelEvent(QWheelEvent* event) {
    const QRectF reach = plotRect().adjusted(-48, 0, 0, 40);
    if (isBarChart(m_state.data) || !hasValues(m_state.data) ||
        !reach.contains(event->position())) {
        event->ignore();
        return;
    }
    // Shift or a wheel over the lower axis: x alone; Ctrl or over the left axis: y alone.
    const double steps = (event->angleDelta().y() + event->angleDelta().x()) / 120.0;
    const double factor = std::pow(wheelFactor, steps);
    const bool overX = event->position().y() > plotRect().bottom();
    const bool overY = event->position().x() < plotRect().left();
    const bool onlyX = overX || event->modifiers().testFlag(Qt::ShiftModifier);
    const bool onlyY = overY || event->modifiers().testFlag(Qt::ControlModifier);
    m_zoomed = true;
    if (!onlyY) {
        xAxis->scaleRange(factor, xAxis->pixelToCoord(event->position().x()));
    }
    if (!onlyX) {
        yAxis->scaleRange(factor, yAxis->pixelToCoord(event->position().y()));
    }
    scheduleReplot();
    event->accept();
}

void PlotCanvas::leaveEvent(QEvent* event) {
    if (!m_state.hoveredLine.isEmpty() && m_draggedLine.isEmpty()) {
        m_state.hoveredLine.clear();
        scheduleReplot();
    }
    setCrosshair(std::nullopt);
    QCustomPlot::leaveEvent(event);
}

void PlotCanvas::stepCrosshair(int steps) {
    if (!hasValues(m_state.data)) {
        return;
    }
    if (isBarChart(m_state.data)) {
        const double last = static_cast<double>(m_state.data.x.categories.size() - 1);
        const double next = m_state.crosshair ? *m_state.crosshair + steps : 0.0;
        setCrosshair(std::clamp(next, 0.0, last));
        return;
    }
    const auto shown = std::find_if(
        m_state.series.begin(), m_state.series.end(), [this](const PlotSeries& series) {
            return m_state.isVisible(series) && !series.ghost && !series.x.isEmpty();
        });
    if (shown == m_state.series.end()) {
        return;
    }
    const QVector<double>& xs = shown->x;
    const double from = m_state.crosshair.value_or(keyAxis()->range().center());
    auto index = std::distance(xs.begin(), std::lower_bound(xs.begin(), xs.end(), from));
    if (m_state.crosshair) {
        const bool between = index < xs.size() && xs[index] != from;
        index += steps - (between && steps > 0 ? 1 : 0);
    }
    setCrosshair(xs[std::clamp<qsizetype>(index, 0, xs.size() - 1)]);
}

void PlotCanvas::keyPressEvent(QKeyEvent* event) {
    const int stride = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
    const bool lying = m_state.data.horizontal;
    switch (event->key()) {
    case Qt::Key_Left:
        stepCrosshair(-stride);
        return;
    case Qt::Key_Right:
        stepCrosshair(stride);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (lying) {
            stepCrosshair(event->key() == Qt::Key_Down ? stride : -stride);
            return;
        }
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(wheelFactor);
        return;
    case Qt::Key_Minus:
        zoomBy(1.0 / wheelFactor);
        return;
    case Qt::Key_0:
        resetZoom();
        return;
    case Qt::Key_Space:
        if (m_state.crosshair && !isBarChart(m_state.data)) {
            const bool second = event->modifiers().testFlag(Qt::ShiftModifier);
            setPins(second ? m_state.firstPin : m_state.crosshair,
                    second ? m_state.crosshair : m_state.secondPin);
            return;
        }
        break;
    case Qt::Key_Escape:
        if (m_state.crosshair || m_state.firstPin || m_state.secondPin) {
            setPins(std::nullopt, std::nullopt);
            setCrosshair(std::nullopt);
            return;
        }
        break;
    default:
        break;
    }
    if (event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9 &&
        event->modifiers() == Qt::NoModifier) {
        const int index = event->key() - Qt::Key_1;
        if (index < m_state.data.series.size()) {
            const QString id = m_state.data.series[index].id;
            setHidden(id, !m_state.hidden.contains(id));
            return;
        }
    }
    event->ignore();
}

void PlotCanvas::focusInEvent(QFocusEvent* event) {
    m_state.showFocus = event->reason() == Qt::TabFocusReason ||
                        event->reason() == Qt::BacktabFocusReason ||
                        event->reason() == Qt::ShortcutFocusReason;
    replotOverlay();
}

void PlotCanvas::focusOutEvent(QFocusEvent*) {
    m_state.showFocus = false;
    replotOverlay();
}

} // namespace headroom::ui
