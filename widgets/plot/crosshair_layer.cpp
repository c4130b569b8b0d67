// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_layers.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr double boxPadding = 12.0;
constexpr double rowGap = 3.0;
constexpr double pointReach = 6.0;

} // namespace

QSizeF CrosshairLayer::boxSize(const PlotReadout& readout) const {
    const QFontMetricsF metrics(uiFont(12));
    double width = metrics.horizontalAdvance(readout.heading);
    for (const PlotReadoutRow& row : readout.rows) {
        width = std::max(width, metrics.horizontalAdvance(row.text));
    }
    const double rows = static_cast<double>(readout.rows.size() + 1);
    // Width in steps, so that the box does not shiver as digits change.
    return {std::ceil((width + 2 * boxPadding) / 24.0) * 24.0,
            rows * (metrics.height() + rowGap) - rowGap + 2 * boxPadding - 6.0};
}

QRectF CrosshairLayer::placeBox(const QSizeF& size, double x) const {
    const PlotState& state = m_canvas->state();
    const QRectF rect = m_canvas->plotRect();
    const bool lying = state.data.horizontal;
    const double at = m_canvas->keyAxis()->coordToPixel(x);
    const double gap = isBarChart(state.data) && !lying ? 32.0 : 12.0;
    QVector<QPointF> places;
    if (lying) {
        const double off = std::max(30.0, m_canvas->barThickness() / 2.0 + 8.0);
        for (const double y : {at + off, at - off - size.height()}) {
            places << QPointF(rect.right() - size.width(), y);
        }
    } else {
        for (const double y : {rect.center().y() - size.height() / 2.0, rect.top() + 8.0,
                               rect.bottom() - size.height() - 8.0}) {
            places << QPointF(at - gap - size.width(), y) << QPointF(at + gap, y);
        }
    }
    // The place that hides the fewest samples; outside of the plot counts as hiding everything.
    QPointF best = places.first();
    double bestCost = std::numeric_limits<double>::infinity();
    for (const QPointF& place : places) {
        const QRectF box(place, size);
        // Earlier places are preferred a little, so that the box moves only for a reason.
        double cost = static_cast<double>(places.indexOf(place));
        const QRectF allowed = lying ? rect : QRectF(m_canvas->viewport());
        if (!allowed.contains(box)) {
            cost += 1e6;
        }
        cost += rect.contains(box) ? 0.0 : 6.0;
        for (const PlotLine& line : state.data.lines) {
            const double pixel = m_canvas->linePixel(line);
            const bool covers = line.orientation == Qt::Horizontal
                                    ? box.top() - 2.0 < pixel && pixel < box.bottom() + 20.0
                                    : box.left() < pixel && pixel < box.right();
            cost += covers ? 8.0 : 0.0;
        }
        for (const PlotSeries& series : state.series) {
            if (!state.isVisible(series) || isBarChart(state.data)) {
                continue;
            }
            for (qsizetype i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
                const bool hides = box.contains(m_canvas->toPixel(series.x[i], series.y[i]));
                cost += !hides ? 0.0 : series.ghost ? 0.2 : 1.0;
            }
        }
        if (cost < bestCost) {
            bestCost = cost;
            best = place;
        }
    }
    const QRectF view = QRectF(m_canvas->viewport()).adjusted(4, 4, -4, -4);
    best.setX(
        std::clamp(best.x(), view.left(), std::max(view.left(), view.right() - size.width())));
    best.setY(
        std::clamp(best.y(), view.top(), std::max(view.top(), view.bottom() - size.height())));
    return {best, size};
}

QRectF CrosshairLayer::differenceBox(const QSizeF& size) const {
    const PlotState& state = m_canvas->state();
    QRectF box(m_canvas->plotRect().topLeft() + QPointF(12.0, 12.0), size);
    // Below the words of a threshold, which stand in the same corner.
    const double words = QFontMetricsF(uiFont(12)).height() + 6.0;
    for (const PlotLine& line : state.data.lines) {
        const double pixel = m_canvas->linePixel(line);
        if (line.orientation == Qt::Horizontal && box.top() - words < pixel &&
            pixel < box.bottom() + words) {
            box.moveTop(pixel + words + 4.0);
        }
    }
    return box;
}

QRectF CrosshairLayer::drawBox(QCPPainter* painter, const PlotReadout& readout, QRectF box) const {
    const PlotState& state = m_canvas->state();
    box = QRectF(std::round(box.x()) + 0.5, std::round(box.y()) + 0.5, box.width(), box.height());
    painter->setPen(QPen(state.tokens.line, 1.0));
    painter->setBrush(state.tokens.dark ? state.tokens.field : state.tokens.panel);
    painter->drawRoundedRect(box, 6.0, 6.0);
    painter->setFont(uiFont(12));
    const QFontMetricsF metrics(painter->font());
    double y = box.top() + boxPadding - 3.0;
    const auto line = [&](const QString& text, const QColor& color) {
        painter->setPen(color);
        painter->drawText(QRectF(box.left() + boxPadding, y, box.width(), metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
        y += metrics.height() + rowGap;
    };
    line(readout.heading, state.tokens.secondary);
    for (const PlotReadoutRow& row : readout.rows) {
        const PlotSeries& series = state.series[row.series];
        const bool group = series.color.kind == PlotColor::Kind::Group;
        line(row.text, group ? state.tokens.text : resolveColor(series.color, state.tokens));
    }
    return box;
}

void CrosshairLayer::drawLineAt(QCPPainter* painter, double x, const QString& flag) const {
    const PlotState& state = m_canvas->state();
    const QRectF rect = m_canvas->plotRect();
    const double pixel = std::round(m_canvas->keyAxis()->coordToPixel(x)) + 0.5;
    if (pixel < rect.left() - 1 || pixel > rect.right() + 1) {
        return;
    }
    painter->setPen(QPen(state.tokens.secondary, 1.0));
    painter->drawLine(QLineF(pixel, rect.top(), pixel, rect.bottom()));
    if (!flag.isEmpty()) {
        const QRectF tag(pixel - 8.0, rect.top() - 12.0, 16.0, 14.0);
        painter->setPen(Qt::NoPen);
        painter->setBrush(state.tokens.secondary);
        painter->drawRoundedRect(tag, 3.0, 3.0);
        painter->setPen(state.tokens.panel);
        painter->setFont(uiFont(10, QFont::DemiBold));
        painter->drawText(tag, Qt::AlignCenter, flag);
    }
}

void CrosshairLayer::drawMarkers(QCPPainter* painter, const PlotReadout& readout) const {
    const PlotState& state = m_canvas->state();
    const QRectF reach = m_canvas->plotRect().adjusted(-2, -2, 2, 2);
    for (const PlotReadoutRow& row : readout.rows) {
        const PlotSeries& series = state.series[row.series];
        const QPointF point = m_canvas->toPixel(row.x, row.value);
        if (series.ghost || series.drawing == PlotDrawing::Area || !reach.contains(point)) {
            continue;
        }
        painter->setPen(QPen(state.tokens.panel, 1.5));
        painter->setBrush(resolveColor(series.color, state.tokens));
        const bool design = series.color.kind == PlotColor::Kind::Design;
        drawMarker(painter, design ? designMarker(series.color.index) : Marker::Circle, point,
                   10.0);
    }
}

void CrosshairLayer::draw(QCPPainter* painter) {
    const PlotState& state = m_canvas->state();
    if (state.showFocus) {
        painter->setPen(QPen(state.tokens.accent, 1.0));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(m_canvas->viewport()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    if (!hasValues(state.data)) {
        return;
    }
    const bool bars = isBarChart(state.data);
    if (!bars) {
        for (const auto& [pin, flag] : {std::pair{state.firstPin, QStringLiteral("1")},
                                        std::pair{state.secondPin, QStringLiteral("2")}}) {
            if (pin) {
                drawLineAt(painter, *pin, flag);
                drawMarkers(painter, readoutAt(state, *pin));
            }
        }
        if (state.firstPin && state.secondPin) {
            const PlotReadout difference = readoutBetween(state, *state.firstPin, *state.secondPin);
            drawBox(painter, difference, differenceBox(boxSize(difference)));
        }
    }
    if (!state.crosshair) {
        return;
    }
    const double tolerance = bars ? 0.0 : m_canvas->keyTolerance(*state.crosshair, pointReach);
    const PlotReadout readout = readoutAt(state, *state.crosshair, tolerance);
    if (readout.rows.isEmpty()) {
        return;
    }
    if (!bars) {
        drawLineAt(painter, *state.crosshair, QString());
        drawMarkers(painter, readout);
    }
    drawBox(painter, readout, placeBox(boxSize(readout), *state.crosshair));
}

} // namespace headroom::ui
