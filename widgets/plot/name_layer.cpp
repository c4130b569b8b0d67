// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_layers.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

void NameLayer::draw(QCPPainter* painter) {
    const PlotState& state = m_canvas->state();
    painter->save();
    drawHeader(painter);
    if (hasValues(state.data)) {
        drawLegend(painter);
        drawGhostLabels(painter);
        drawPointLabels(painter);
        drawEndLabels(painter);
    } else {
        drawEmpty(painter);
    }
    painter->restore();
}

void NameLayer::drawHeader(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    if (!state.exporting) {
        return;
    }
    const double width = m_canvas->viewport().width() - 40.0;
    double y = 12.0;
    const auto line = [&](const QString& text, const QFont& font, const QColor& color) {
        if (text.isEmpty()) {
            return;
        }
        const QFontMetricsF metrics(font);
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(QRectF(20.0, y, width, metrics.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, width));
        y += metrics.height() + 1.0;
    };
    line(state.data.title, uiFont(type::title, QFont::Bold), state.tokens.text);
    line(state.data.subtitle, uiFont(type::body), state.tokens.secondary);
}

void NameLayer::drawEmpty(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    painter->setFont(uiFont(type::figure));
    painter->setPen(state.tokens.secondary);
    const QRectF area = QRectF(m_canvas->viewport()).adjusted(32, 32, -32, -32);
    painter->drawText(area, static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap,
                      state.data.emptyText);
}

void NameLayer::drawLegend(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    const bool bars = isBarChart(state.data);
    for (const PlotNameBox& name : state.legend) {
        const PlotSeries& series = state.series[name.series];
        const bool visible = state.isVisible(series);
        const double y = name.box.center().y();
        const double x = name.box.left();
        QPen pen = seriesPen(series, state.tokens);
        QColor color = resolveColor(series.color, state.tokens);
        if (bars && state.data.stacked && !state.data.categoryColors.isEmpty()) {
            // Segments are shades of each category's colour; the legend shows the shades in grey.
            const int count = std::max<int>(1, static_cast<int>(state.data.series.size()) - 1);
            color =
                mixColors(state.tokens.secondary, state.tokens.panel, 0.72 * name.series / count);
        }
        if (!visible) {
            color = state.tokens.disabled;
            pen.setColor(color);
        }
        painter->setBrush(color);
        const bool filled = bars || series.drawing == PlotDrawing::Area;
        if (filled) {
            painter->setPen(Qt::NoPen);
            if (!bars && visible) {
                painter->setBrush(bandColor(series, state.tokens));
                painter->setPen(mixColors(state.tokens.panel, color, 0.6));
            }
            painter->drawRoundedRect(QRectF(x, y - 5.0, 14.0, 10.0), 2.0, 2.0);
        } else if (series.drawing == PlotDrawing::Points) {
            painter->setPen(series.hollow ? QPen(color, 1.5) : QPen(Qt::NoPen));
            painter->setBrush(series.hollow ? state.tokens.panel : color);
            drawMarker(painter, designMarker(series.color.index), {x + 9.0, y}, 8.0);
        } else {
            painter->setPen(pen);
            painter->drawLine(QLineF(x, y, x + 19.0, y));
        }
        QFont font = uiFont(12);
        font.setStrikeOut(!visible);
        painter->setFont(font);
        painter->setPen(visible ? (series.letter.isEmpty() ? state.tokens.text : color)
                                : state.tokens.disabled);
        painter->drawText(name.box.adjusted(filled ? 20.0 : 25.0, 0, 20, 0),
                          Qt::AlignLeft | Qt::AlignVCenter, seriesName(series));
    }
}

void NameLayer::drawEndLabels(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    const QFont bold = uiFont(13, QFont::DemiBold);
    const QFont regular = uiFont(12);
    const double firstLine = QFontMetricsF(bold).height();
    for (const PlotNameBox& name : state.endLabels) {
        const PlotSeries& series = state.series[name.series];
        const QColor color = resolveColor(series.color, state.tokens);
        const double x = std::min(series.x.last(), m_canvas->xAxis->range().upper);
        const double value = valueAt(series, x);
        const QPointF end = m_canvas->toPixel(x, value);
        // A name that had to step aside is tied to its curve by a thin line.
        const double off = name.box.center().y() - end.y();
        if (std::abs(off) > 14.0 && m_canvas->plotRect().adjusted(-2, -2, 2, 2).contains(end)) {
            painter->setPen(QPen(mixColors(state.tokens.panel, color, 0.5), 1.0));
            painter->drawLine(QLineF(end + QPointF(2.0, 0.0),
                                     QPointF(name.box.left() - 3.0, name.box.center().y())));
        }
        painter->setPen(color);
        painter->setFont(bold);
        painter->drawText(
            QRectF(name.box.topLeft(), QSizeF(name.box.width(), firstLine)),
            Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(bold).elidedText(seriesName(series), Qt::ElideRight, name.box.width()));
        painter->setFont(regular);
        const QString text = state.data.y.quantity == Quantity::Plain
                                 ? format::significant(value, 3)
                                 : format::headline(value, state.data.y.quantity);
        painter->drawText(QRectF(name.box.left(), name.box.top() + firstLine - 1.0,
                                 name.box.width(), name.box.height() - firstLine + 2.0),
                          Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, text);
    }
}

void NameLayer::drawGhostLabels(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    if (isBarChart(state.data)) {
        return;
    }
    painter->setFont(uiFont(11));
    const QFontMetricsF metrics(painter->font());
    const QRectF rect = m_canvas->plotRect();
    for (const PlotSeries& series : state.series) {
        if (!series.ghost || !state.isVisible(series) || series.label.isEmpty()) {
            continue;
        }
        // At the last place where the curve is still inside: its end, or where it leaves at the
        // top.
        QPointF anchor;
        bool found = false;
        for (qsizetype i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
            const QPointF point = m_canvas->toPixel(series.x[i], series.y[i]);
            if (std::isfinite(point.y()) && rect.adjusted(-1, -1, 1, 1).contains(point)) {
                anchor = point;
                found = true;
            }
        }
        if (!found) {
            continue;
        }
        const double width = metrics.horizontalAdvance(series.label);
        const double left = std::clamp(anchor.x() - width - 8.0, rect.left() + 4.0,
                                       std::max(rect.left() + 4.0, rect.right() - width));
        const double top = std::clamp(anchor.y() - metrics.height() / 2.0, rect.top() + 2.0,
                                      rect.bottom() - metrics.height());
        const QRectF box(left, top, width, metrics.height());
        painter->fillRect(box.adjusted(-2, 0, 2, 0), state.tokens.panel);
        painter->setPen(resolveColor(series.color, state.tokens));
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, series.label);
    }
}

void NameLayer::drawPointLabels(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    if (isBarChart(state.data)) {
        return;
    }
    painter->setFont(uiFont(11));
    const QFontMetricsF metrics(painter->font());
    const QRectF rect = m_canvas->plotRect();
    QVector<NamedPoint> names;
    QStringList texts;
    QVector<QColor> colors;
    for (const PlotSeries& series : state.series) {
        if (!state.isVisible(series)) {
            continue;
        }
        for (qsizetype i = 0; i < std::min(series.x.size(), series.pointLabels.size()); ++i) {
            const QString text = series.pointLabels[i];
            const QPointF point = m_canvas->toPixel(series.x[i], series.y.value(i));
            if (!text.isEmpty() && std::isfinite(point.y()) && rect.contains(point)) {
                names.append({point, {metrics.horizontalAdvance(text) + 2.0, metrics.height()}});
                texts.append(text);
                colors.append(resolveColor(series.color, state.tokens));
            }
        }
    }
    QRectF room = QRectF(m_canvas->viewport()).adjusted(2, 2, -2, -2);
    room.setLeft(rect.left() + 2.0); // the axis has words of its own
    room.setBottom(rect.bottom());
    const QVector<PlacedName> placed = placeNames(names, obstacles(), room);
    for (qsizetype i = 0; i < placed.size(); ++i) {
        const QRectF& box = placed[i].box;
        if (box.isNull()) {
            continue;
        }
        if (placed[i].coversLimit) {
            painter->fillRect(box, state.tokens.panel);
        }
        if (const QLineF leader = leaderOf(names[i].point, box); !leader.isNull()) {
            painter->setPen(QPen(mixColors(state.tokens.panel, colors[i], 0.5), 1.0));
            painter->drawLine(leader);
        }
        painter->setPen(colors[i]);
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, texts[i]);
    }
}

/// Markers, curves, limits and names of curves, which names of points keep clear of.
LabelObstacles NameLayer::obstacles() const {
    constexpr double marker = 5.0;
    const PlotState& state = m_canvas->state();
    const QRectF rect = m_canvas->plotRect();
    LabelObstacles found;
    for (const PlotNameBox& name : state.endLabels) {
        found.boxes.append(name.box);
    }
    for (const PlotSeries& series : state.series) {
        if (!state.isVisible(series)) {
            continue;
        }
        QPointF before;
        for (qsizetype i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
            const QPointF point = m_canvas->toPixel(series.x[i], series.y[i]);
            if (!std::isfinite(point.x()) || !std::isfinite(point.y())) {
                before = {};
                continue;
            }
            if (series.drawing == PlotDrawing::Points) {
                found.boxes.append(
                    {point - QPointF(marker, marker), QSizeF(2.0 * marker, 2.0 * marker)});
            } else if (series.drawing == PlotDrawing::Line && !before.isNull()) {
                found.lines.append({before, point});
            }
            before = point;
        }
    }
    for (const PlotLine& line : state.data.lines) {
        found.boxes.append(limitWords(*m_canvas, line).box);
        const double at = m_canvas->linePixel(line);
        found.limits.append(line.orientation == Qt::Vertical
                                ? QLineF(at, rect.top(), at, rect.bottom())
                                : QLineF(rect.left(), at, rect.right(), at));
    }
    return found;
}

} // namespace headroom::ui
