// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_layers.h"

#include "widgets/plot/plot_canvas.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

PlotLayer::PlotLayer(PlotCanvas* canvas, const QString& layer)
    : QCPLayerable(canvas, layer)
    , m_canvas(canvas) {}

void PlotLayer::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

QRect PlotLayer::clipRect() const {
    return m_canvas->viewport();
}

void drawMarker(QPainter* painter, Marker marker, const QPointF& center, double size) {
    const double half = size / 2.0;
    switch (marker) {
    case Marker::Circle:
        painter->drawEllipse(center, half, half);
        break;
    case Marker::Square:
        painter->drawRect(
            QRectF(center.x() - half * 0.9, center.y() - half * 0.9, size * 0.9, size * 0.9));
        break;
    case Marker::Triangle:
        painter->drawPolygon(
            QPolygonF({center + QPointF(0, -half * 1.1), center + QPointF(half * 1.1, half * 0.8),
                       center + QPointF(-half * 1.1, half * 0.8)}));
        break;
    case Marker::Diamond:
        painter->drawPolygon(
            QPolygonF({center + QPointF(0, -half * 1.2), center + QPointF(half * 1.2, 0),
                       center + QPointF(0, half * 1.2), center + QPointF(-half * 1.2, 0)}));
        break;
    }
}

QColor bandColor(const PlotSeries& series, const Tokens& tokens) {
    // Opaque mix instead of alpha: translucent fills are slow to paint, and look the same here.
    return mixColors(tokens.panel, resolveColor(series.color, tokens), tokens.dark ? 0.22 : 0.15);
}

void BandLayer::draw(QCPPainter* painter) {
    const PlotState& state = m_canvas->state();
    if (isBarChart(state.data)) {
        return;
    }
    painter->save();
    painter->setClipRect(m_canvas->plotRect());
    for (const PlotSeries& series : state.series) {
        if (state.isVisible(series)) {
            drawBand(painter, series);
        }
    }
    for (const PlotSeries& series : state.series) {
        if (state.isVisible(series)) {
            drawErrorBars(painter, series);
        }
    }
    painter->restore();
}

void BandLayer::drawBand(QCPPainter* painter, const PlotSeries& series) const {
    const PlotState& state = m_canvas->state();
    const qsizetype size = std::min({series.x.size(), series.lower.size(), series.upper.size()});
    if (size < 2) {
        return;
    }
    const double floorValue =
        state.data.y.logarithmic ? m_canvas->valueAxis()->range().lower * 1e-3 : -1e300;
    QPolygonF outline;
    outline.reserve(2 * size);
    for (qsizetype i = 0; i < size; ++i) {
        if (std::isfinite(series.upper[i])) {
            outline << m_canvas->toPixel(series.x[i], std::max(series.upper[i], floorValue));
        }
    }
    for (qsizetype i = size - 1; i >= 0; --i) {
        if (std::isfinite(series.lower[i])) {
            outline << m_canvas->toPixel(series.x[i], std::max(series.lower[i], floorValue));
        }
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(bandColor(series, state.tokens));
    painter->drawPolygon(outline);
}

void BandLayer::drawErrorBars(QCPPainter* painter, const PlotSeries& series) const {
    if (series.errorPlus.isEmpty() && series.errorMinus.isEmpty()) {
        return;
    }
    const PlotState& state = m_canvas->state();
    painter->setPen(QPen(resolveColor(series.color, state.tokens), 1.25));
    for (qsizetype i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
        const double low = series.y[i] - series.errorMinus.value(i);
        const double high = series.y[i] + series.errorPlus.value(i);
        if (!std::isfinite(low) || !std::isfinite(high) ||
            (state.data.y.logarithmic && high <= 0.0)) {
            continue;
        }
        const QPointF top = m_canvas->toPixel(series.x[i], high);
        QPointF bottom(top.x(), m_canvas->plotRect().bottom());
        if (!state.data.y.logarithmic || low > 0.0) {
            bottom = m_canvas->toPixel(series.x[i], low);
        }
        painter->drawLine(QLineF(top, bottom));
        painter->drawLine(QLineF(top - QPointF(3.5, 0), top + QPointF(3.5, 0)));
        painter->drawLine(QLineF(bottom - QPointF(3.5, 0), bottom + QPointF(3.5, 0)));
    }
}

int ThresholdLayer::draggableAt(const QPointF& position) const {
    const PlotState& state = m_canvas->state();
    const QRectF rect = m_canvas->plotRect();
    constexpr double reach = 5.0;
    for (int i = 0; i < state.data.lines.size(); ++i) {
        const PlotLine& line = state.data.lines[i];
        if (!line.draggable || !hasValues(state.data)) {
            continue;
        }
        const double pixel = m_canvas->linePixel(line);
        const bool horizontal = line.orientation == Qt::Horizontal;
        const double distance = std::abs((horizontal ? position.y() : position.x()) - pixel);
        const bool inside = horizontal
                                ? position.x() >= rect.left() && position.x() <= rect.right()
                                : position.y() >= rect.top() && position.y() <= rect.bottom();
        if (inside && distance <= reach) {
            return i;
        }
    }
    return -1;
}

namespace {

QFont limitFont() {
    return uiFont(12);
}

/// Vertical lines that nobody can drag are left out beyond the plot's range.
bool isDrawn(const PlotCanvas& canvas, const PlotLine& line) {
    return line.orientation == Qt::Horizontal || line.draggable ||
           canvas.xAxis->range().contains(line.value);
}

} // namespace

void ThresholdLayer::draw(QCPPainter* painter) {
    const PlotState& state = m_canvas->state();
    if (!hasValues(state.data)) {
        return;
    }
    for (const PlotLine& line : state.data.lines) {
        const double width = line.id == state.hoveredLine ? 2.0 : 1.0;
        QPen pen(resolveColor(line.color, state.tokens), width, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({5.0 / width, 3.0 / width});
        painter->setPen(pen);
        painter->setFont(limitFont());
        if (isDrawn(*m_canvas, line)) {
            drawLine(painter, line);
        }
    }
}

namespace {

LimitWords horizontalWords(const PlotCanvas& canvas, const PlotLine& line, const QString& hint) {
    const QRectF rect = canvas.plotRect();
    const QFontMetricsF metrics(limitFont());
    const QCPRange range = canvas.yAxis->range();
    QString text = line.label;
    if (line.value > range.upper) {
        text = QStringLiteral("↑ ") + text;
    } else if (line.value < range.lower) {
        text = QStringLiteral("↓ ") + text;
    }
    text = metrics.elidedText(text + hint, Qt::ElideRight, rect.width() - 20.0);
    const double at = std::round(canvas.linePixel(line)) + 0.5;
    const bool below = at - metrics.height() - 4.0 < rect.top();
    return {text, QRectF(rect.left() + 10.0, below ? at + 3.0 : at - metrics.height() - 3.0,
                         metrics.horizontalAdvance(text) + 2.0, metrics.height())};
}

/// Right of the line or left of it, without the hint where that alone would leave the plot or run
/// into the name of a curve.
LimitWords verticalWords(const PlotCanvas& canvas, const PlotLine& line, const QString& hint) {
    const QRectF rect = canvas.plotRect();
    const QFontMetricsF metrics(limitFont());
    const double at = std::round(canvas.linePixel(line)) + 0.5;
    const auto words = [&](const QString& text, bool toLeft) -> LimitWords {
        const double width = metrics.horizontalAdvance(text) + 2.0;
        return {text, QRectF(toLeft ? at - width - 6.0 : at + 6.0, rect.top() + 2.0, width,
                             metrics.height())};
    };
    const QVector<PlotNameBox>& names = canvas.state().endLabels;
    for (const QString& text : {line.label + hint, line.label}) {
        for (const bool toLeft : {false, true}) {
            const LimitWords found = words(text, toLeft);
            const QRectF room = found.box.adjusted(-4, 0, 4, 0);
            if (room.left() >= rect.left() && room.right() <= rect.right() &&
                std::none_of(names.begin(), names.end(), [&room](const PlotNameBox& name) {
                    return name.box.intersects(room);
                })) {
                return found;
            }
        }
    }
    return words(line.label, at > rect.center().x());
}

} // namespace

LimitWords limitWords(const PlotCanvas& canvas, const PlotLine& line) {
    const bool horizontal = line.orientation == Qt::Horizontal;
    QString hint;
    if (line.draggable && !canvas.state().exporting) {
        hint = horizontal ? QCoreApplication::translate("PlotView", "  ⇕ drag")
                          : QCoreApplication::translate("PlotView", "  ⇔ drag");
    }
    return horizontal ? horizontalWords(canvas, line, hint) : verticalWords(canvas, line, hint);
}

void ThresholdLayer::drawLine(QCPPainter* painter, const PlotLine& line) const {
    const PlotState& state = m_canvas->state();
    const QRectF rect = m_canvas->plotRect();
    const double at = std::round(m_canvas->linePixel(line)) + 0.5;
    painter->drawLine(line.orientation == Qt::Horizontal
                          ? QLineF(rect.left(), at, rect.right(), at)
                          : QLineF(at, rect.top(), at, rect.bottom()));
    const LimitWords words = limitWords(*m_canvas, line);
    // Keeps the words readable where a curve runs behind them.
    painter->fillRect(words.box.adjusted(-2, 0, 2, 0), state.tokens.panel);
    painter->setPen(resolveColor(line.color, state.tokens));
    painter->drawText(words.box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, words.text);
}

} // namespace headroom::ui
