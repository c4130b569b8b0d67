// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_layers.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr double slotShare = 0.72;  ///< of a category that its bars take
constexpr double categoryGap = 6.0; ///< between the names of two categories
constexpr double thickestGrouped = 56.0;
constexpr double thickestStacked = 72.0;
constexpr double labelPadding = 6.0;

QString barText(const PlotState& state, const BarLayer::Bar& bar) {
    const PlotSeries& series = state.series[bar.series];
    const QString given = series.pointLabels.value(bar.category);
    if (!given.isEmpty()) {
        return given;
    }
    const double value = series.y.value(bar.category);
    if (state.data.y.quantity == Quantity::Plain) {
        return format::significant(value, 3);
    }
    if (!state.data.stacked && !state.data.horizontal && !state.yScale.titleUnit.isEmpty()) {
        // The axis names the unit; repeating it over every narrow bar would not fit.
        format::Unit bare = state.yScale.unit;
        bare.name.clear();
        return format::inUnit(value, bare);
    }
    return format::headline(value, state.data.y.quantity);
}

QString totalText(const PlotState& state, double total) {
    return state.data.y.quantity == Quantity::Plain
               ? format::significant(total, 3)
               : format::headline(total, state.data.y.quantity);
}

/// "Experts 657B".
QString segmentText(const PlotState& state, const BarLayer::Bar& bar) {
    return state.series[bar.series].label + QChar(0x00A0) + barText(state, bar);
}

bool holds(const QRectF& box, const QString& text, const QFontMetricsF& metrics) {
    return box.height() >= metrics.height() &&
           metrics.horizontalAdvance(text) + 2 * labelPadding <= box.width();
}

} // namespace

QVector<BarLayer::Bar> BarLayer::bars() const {
    const PlotState& state = m_canvas->state();
    QVector<Bar> all;
    if (!isBarChart(state.data)) {
        return all;
    }
    QVector<int> shown;
    for (int i = 0; i < state.series.size(); ++i) {
        if (state.isVisible(state.series[i]) && !state.series[i].ghost) {
            shown.append(i);
        }
    }
    const bool lying = state.data.horizontal;
    const double slot =
        std::abs(m_canvas->keyAxis()->coordToPixel(1.0) - m_canvas->keyAxis()->coordToPixel(0.0));
    const int side = state.data.stacked ? 1 : std::max<int>(1, static_cast<int>(shown.size()));
    const double gap = side > 1 ? 2.0 : 0.0;
    const double thickness =
        std::max(1.0, std::min(state.data.stacked ? thickestStacked : thickestGrouped,
                               (slot * slotShare - gap * (side - 1)) / side));
    const double whole = thickness * side + gap * (side - 1);
    for (int category = 0; category < state.data.x.categories.size(); ++category) {
        const double center = m_canvas->keyAxis()->coordToPixel(category);
        double base = 0.0;
        double place = center - whole / 2.0;
        for (const int index : shown) {
            const double value =
                state.series[index].y.value(category, std::numeric_limits<double>::quiet_NaN());
            if (std::isfinite(value)) {
                const double from = m_canvas->valueAxis()->coordToPixel(base);
                const double to = m_canvas->valueAxis()->coordToPixel(base + value);
                const QRectF box =
                    lying ? QRectF(QPointF(from, place), QPointF(to, place + thickness))
                          : QRectF(QPointF(place, to), QPointF(place + thickness, from));
                all.append({index, category, box.normalized()});
                base += state.data.stacked ? value : 0.0;
            }
            place += state.data.stacked ? 0.0 : thickness + gap;
        }
    }
    return all;
}

double BarLayer::categoryMargin() const {
    const PlotState& state = m_canvas->state();
    const QFontMetricsF metrics(uiFont(13, QFont::DemiBold));
    double widest = 0.0;
    for (const QString& name : state.data.x.categories) {
        widest = std::max(widest, metrics.horizontalAdvance(name));
    }
    const double most = m_canvas->viewport().width() * 0.32;
    return std::min(widest, most) + 16.0;
}

double BarLayer::endMargin(double width) const {
    const PlotState& state = m_canvas->state();
    if (!state.data.horizontal) {
        return 0.0;
    }
    const bool stacked = state.data.stacked;
    const QFontMetricsF metrics(stacked ? uiFont(13, QFont::DemiBold) : uiFont(12));
    double widest = 0.0;
    QVector<double> totals(state.data.x.categories.size(), 0.0);
    for (const Bar& bar : bars()) {
        const double value = state.series[bar.series].y.value(bar.category);
        totals[bar.category] += std::isfinite(value) ? value : 0.0;
        if (!stacked) {
            widest = std::max(widest, metrics.horizontalAdvance(barText(state, bar)));
        }
    }
    for (const double total : totals) {
        if (stacked) {
            widest = std::max(widest, metrics.horizontalAdvance(totalText(state, total)));
        }
    }
    // The axis itself goes on behind the longest bar.
    const double beyond = 1.0 - 1.0 / roomBesideBars;
    return (widest + 2 * labelPadding - beyond * width) / (1.0 - beyond);
}

QColor BarLayer::fillOf(const Bar& bar) const {
    const PlotState& state = m_canvas->state();
    if (!state.data.stacked || bar.category >= state.data.categoryColors.size()) {
        return resolveColor(state.series[bar.series].color, state.tokens);
    }
    // Shades of the category's own colour: the largest contrast between neighbours first.
    const QColor own = resolveColor(state.data.categoryColors[bar.category], state.tokens);
    const int count = std::max<int>(1, static_cast<int>(state.data.series.size()) - 1);
    const double share = 0.72 * bar.series / count;
    return mixColors(own, state.tokens.panel, share);
}

void BarLayer::draw(QCPPainter* painter) {
    const PlotState& state = m_canvas->state();
    if (!isBarChart(state.data) || !hasValues(state.data)) {
        return;
    }
    const QVector<Bar> all = bars();
    painter->save();
    for (const Bar& bar : all) {
        const QColor fill = fillOf(bar);
        painter->setPen(Qt::NoPen);
        painter->setBrush(fill);
        // A hairline of the panel's colour parts the segments of a stack.
        QRectF box = bar.box;
        if (state.data.stacked) {
            box = state.data.horizontal ? box.adjusted(0, 0, box.width() > 2.0 ? -1.0 : 0.0, 0)
                                        : box.adjusted(0, box.height() > 2.0 ? 1.0 : 0.0, 0, 0);
            painter->drawRect(box);
        } else {
            painter->drawRoundedRect(box, 2.0, 2.0);
        }
    }
    // The state before the edit: a dotted mark across the bar of the same design.
    for (const PlotSeries& ghost : state.series) {
        if (!ghost.ghost || state.data.stacked) {
            continue;
        }
        painter->setPen(seriesPen(ghost, state.tokens));
        painter->setBrush(Qt::NoBrush);
        for (const Bar& bar : all) {
            const double value =
                ghost.y.value(bar.category, std::numeric_limits<double>::quiet_NaN());
            if (state.series[bar.series].color == ghost.color && std::isfinite(value)) {
                const double to = m_canvas->valueAxis()->coordToPixel(value);
                QRectF box = bar.box;
                if (state.data.horizontal) {
                    box.setRight(to);
                } else {
                    box.setTop(to);
                }
                painter->drawRect(box.normalized());
            }
        }
    }
    for (const Bar& bar : all) {
        drawValue(painter, bar, fillOf(bar));
    }
    if (state.data.stacked) {
        drawTotals(painter, all);
    }
    drawCategoryNames(painter);
    painter->restore();
}

void BarLayer::drawValue(QCPPainter* painter, const Bar& bar, const QColor& fill) const {
    const PlotState& state = m_canvas->state();
    const bool lying = state.data.horizontal;
    painter->setFont(uiFont(12));
    const QFontMetricsF metrics(painter->font());
    const QString text = barText(state, bar);
    if (state.data.stacked) {
        // Inside, with the group's name where both fit; drawTotals() lists what is too thin.
        for (const QString& candidate : {segmentText(state, bar), text}) {
            if (holds(bar.box, candidate, metrics)) {
                painter->setPen(readableOn(fill));
                painter->drawText(bar.box, Qt::AlignCenter, candidate);
                return;
            }
        }
        return;
    }
    painter->setPen(state.tokens.text);
    if (lying) {
        if (bar.box.height() >= metrics.height() * 0.8) {
            painter->drawText(QRectF(bar.box.right() + labelPadding,
                                     bar.box.center().y() - metrics.height() / 2.0, 400.0,
                                     metrics.height()),
                              Qt::AlignLeft | Qt::AlignVCenter, text);
        }
        return;
    }
    if (metrics.horizontalAdvance(text) <= std::max(bar.box.width() + 2.0, 34.0)) {
        painter->drawText(QRectF(bar.box.center().x() - 100.0,
                                 bar.box.top() - metrics.height() - 3.0, 200.0, metrics.height()),
                          Qt::AlignHCenter | Qt::AlignBottom, text);
    }
}

void BarLayer::drawTotals(QCPPainter* painter, const QVector<Bar>& all) const {
    const PlotState& state = m_canvas->state();
    painter->setFont(uiFont(13, QFont::DemiBold));
    painter->setPen(state.tokens.text);
    const QFontMetricsF metrics(painter->font());
    const QFontMetricsF small(uiFont(12));
    const double slot =
        std::abs(m_canvas->keyAxis()->coordToPixel(1.0) - m_canvas->keyAxis()->coordToPixel(0.0));
    for (int category = 0; category < state.data.x.categories.size(); ++category) {
        double total = 0.0;
        QRectF box;
        QStringList thin;
        for (const Bar& bar : all) {
            if (bar.category == category) {
                const double value = state.series[bar.series].y.value(category);
                total += value;
                box = box.united(bar.box);
                if (value != 0.0 && !holds(bar.box, barText(state, bar), small)) {
                    thin.append(segmentText(state, bar));
                }
            }
        }
        if (box.isEmpty()) {
            continue;
        }
        const QString text = totalText(state, total);
        if (state.data.horizontal) {
            painter->drawText(QRectF(box.right() + labelPadding, box.top(), 400.0, box.height()),
                              Qt::AlignLeft | Qt::AlignVCenter, text);
            if (!thin.isEmpty() && slot - box.height() >= 2 * small.height()) {
                painter->save();
                painter->setFont(uiFont(12));
                painter->setPen(state.tokens.secondary);
                const double room = m_canvas->plotRect().right() - box.left();
                painter->drawText(
                    QRectF(box.left(), box.bottom() + 4.0, room, small.height()),
                    Qt::AlignLeft | Qt::AlignTop,
                    small.elidedText(thin.join(QStringLiteral("  ·  ")), Qt::ElideRight, room));
                painter->restore();
            }
        } else {
            painter->drawText(QRectF(box.center().x() - 100.0, box.top() - metrics.height() - 3.0,
                                     200.0, metrics.height()),
                              Qt::AlignHCenter | Qt::AlignBottom, text);
        }
    }
}

/// Categories that are counted through (expert 0, 1, 2, ...) name every second, fourth, ... where
/// all would not fit; names of things are all there, and are cut.
int BarLayer::nameStride() const {
    const PlotState& state = m_canvas->state();
    const QStringList& names = state.data.x.categories;
    bool counted = false;
    names.value(names.size() - 1).toInt(&counted);
    if (!counted || state.data.horizontal) {
        return 1;
    }
    const double width = QFontMetricsF(uiFont(12)).horizontalAdvance(names.last()) + categoryGap;
    const double slot = m_canvas->plotRect().width() / static_cast<double>(names.size());
    int stride = 1;
    while (stride * slot < width && stride < names.size()) {
        stride *= 2;
    }
    return stride;
}

void BarLayer::drawCategoryNames(QCPPainter* painter) const {
    const PlotState& state = m_canvas->state();
    const QRectF rect = m_canvas->plotRect();
    const QStringList& names = state.data.x.categories;
    const int stride = nameStride();
    for (int i = 0; i < names.size(); i += stride) {
        const bool colored = i < state.data.categoryColors.size();
        painter->setFont(uiFont(colored ? 13 : 12, colored ? QFont::DemiBold : QFont::Normal));
        painter->setPen(colored ? resolveColor(state.data.categoryColors[i], state.tokens)
                                : state.tokens.secondary);
        const QFontMetricsF metrics(painter->font());
        const double center = m_canvas->keyAxis()->coordToPixel(i);
        if (state.data.horizontal) {
            const double width = rect.left() - 12.0;
            painter->drawText(
                QRectF(2.0, center - metrics.height() / 2.0, width - 2.0, metrics.height()),
                Qt::AlignRight | Qt::AlignVCenter,
                metrics.elidedText(names[i], Qt::ElideMiddle, width));
        } else {
            const double width =
                stride * rect.width() / static_cast<double>(names.size()) - categoryGap;
            painter->drawText(
                QRectF(center - width / 2.0, rect.bottom() + 8.0, width, metrics.height()),
                Qt::AlignHCenter | Qt::AlignTop,
                metrics.elidedText(names[i], Qt::ElideMiddle, width));
        }
    }
}

} // namespace headroom::ui
