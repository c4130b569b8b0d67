// SPDX-License-Identifier: GPL-3.0-or-later
// Where names go: at the ends of curves, or in a legend row when the ends collide.
#include "widgets/plot/plot_canvas.h"

#include "widgets/plot/plot_layers.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr double nameGap = 10.0;      ///< between a curve's end and its name
constexpr double tolerableShift = 56; ///< a name pushed further away no longer belongs visibly
constexpr double narrowPlot = 380.0;

bool namedAtEnd(const PlotSeries& series) {
    return !series.ghost && !series.label.isEmpty() && series.drawing != PlotDrawing::Bars &&
           series.drawing != PlotDrawing::Area;
}

} // namespace

bool PlotCanvas::inLegendAlways(const PlotSeries& series) const {
    // A hidden curve has no end, an area no place that curves and names leave free.
    return !m_state.isVisible(series) || series.drawing == PlotDrawing::Area;
}

bool PlotCanvas::needsLegendRow() const {
    if (isBarChart(m_state.data)) {
        return m_state.series.size() > 1;
    }
    if (m_state.legendMode) {
        return true;
    }
    return std::any_of(m_state.series.begin(), m_state.series.end(),
                       [this](const PlotSeries& s) { return inLegendAlways(s); });
}

double PlotCanvas::endLabelWidth() const {
    const QFontMetricsF bold(uiFont(13, QFont::DemiBold));
    const QFontMetricsF regular(uiFont(12));
    double width = 0.0;
    for (const PlotSeries& series : m_state.series) {
        if (namedAtEnd(series) && m_state.isVisible(series)) {
            width = std::max({width, bold.horizontalAdvance(seriesName(series)),
                              regular.horizontalAdvance(QStringLiteral("88,888 tok/s"))});
        }
    }
    return width > 0.0 ? width + nameGap + 18.0 : 0.0;
}

void PlotCanvas::layoutNames() {
    if (!hasValues(m_state.data)) {
        m_state.legend.clear();
        m_state.endLabels.clear();
        m_state.headerHeight = 0.0;
    }
    m_state.headerHeight = 0.0;
    if (m_state.exporting) {
        if (!m_state.data.title.isEmpty()) {
            m_state.headerHeight += scaledPixels(type::title) * 1.5;
        }
        if (!m_state.data.subtitle.isEmpty()) {
            m_state.headerHeight += scaledPixels(type::body) * 1.5;
        }
        m_state.headerHeight += 18.0;
    }
    const bool bars = isBarChart(m_state.data);
    const double width = viewport().width();
    double labelWidth = bars ? 0.0 : endLabelWidth();
    m_reservedLabelWidth = m_editing ? std::max(m_reservedLabelWidth, labelWidth) : labelWidth;
    labelWidth = m_reservedLabelWidth;

    if (bars) {
        m_state.legendMode = false;
    } else if (!m_editing) {
        m_state.legendMode = width < narrowPlot || labelWidth > 0.4 * width;
    }
    for (int attempt = 0; attempt < 2; ++attempt) {
        layoutLegend();
        const double top = m_state.headerHeight + m_state.legendHeight + 14.0;
        const double left = bars && m_state.data.horizontal ? m_bars->categoryMargin() : 0.0;
        const double right = bars                 ? std::max(24.0, m_bars->endMargin(width - left))
                             : m_state.legendMode ? 20.0
                                                  : std::max(20.0, labelWidth);
        QMargins margins = axisRect()->margins();
        margins.setTop(static_cast<int>(std::ceil(top)));
        margins.setRight(static_cast<int>(std::ceil(right)));
        axisRect()->setAutoMargins(left > 0.0 ? QCP::msBottom : QCP::msLeft | QCP::msBottom);
        if (left > 0.0) {
            margins.setLeft(static_cast<int>(std::ceil(left)));
        } else if (bars) {
            if (xAxis->label().isEmpty()) {
                axisRect()->setAutoMargins(QCP::msLeft);
                margins.setBottom(scaledPixels(12) + 20);
            }
        }
        axisRect()->setMargins(margins);
        m_keyTicker->setTickCount(
            std::max(2, static_cast<int>((viewport().width() - right - 60.0) / 90.0)));
        m_valueTicker->setTickCount(
            std::max(2, static_cast<int>(m_state.data.horizontal
                                             ? (viewport().width() - right - left) / 110.0
                                             : (viewport().height() - top - 48.0) / 90.0)));
        updateLayout();
        const bool fits = layoutEndLabels();
        if (fits || m_state.legendMode || bars || m_editing) {
            break;
        }
        m_state.legendMode = true;
    }
    if (m_state.legendMode || bars) {
        m_state.endLabels.clear();
    }
}

void PlotCanvas::layoutLegend() {
    m_state.legend.clear();
    m_state.legendHeight = 0.0;
    if (!needsLegendRow()) {
        return;
    }
    const QFontMetricsF metrics(uiFont(12));
    const double rowHeight = metrics.height() + 6.0;
    const double limit = viewport().width() - 20.0;
    constexpr double indent = 20.0;
    double x = indent;
    double y = m_state.headerHeight;
    const bool everySeries = isBarChart(m_state.data) || m_state.legendMode;
    for (int i = 0; i < m_state.series.size(); ++i) {
        const PlotSeries& series = m_state.series[i];
        if (series.label.isEmpty() || series.ghost || (!everySeries && !inLegendAlways(series))) {
            continue;
        }
        const double width = 26.0 + metrics.horizontalAdvance(seriesName(series));
        if (x > indent && x + width > limit) {
            x = indent;
            y += rowHeight;
        }
        m_state.legend.append({i, QRectF(x, y, width, rowHeight)});
        x += width + 18.0;
    }
    if (!m_state.legend.isEmpty()) {
        m_state.legendHeight = y + rowHeight - m_state.headerHeight;
    }
}

bool PlotCanvas::layoutEndLabels() {
    m_state.endLabels.clear();
    if (isBarChart(m_state.data) || !hasValues(m_state.data)) {
        return true;
    }
    const QRectF rect = plotRect();
    const double height =
        QFontMetricsF(uiFont(13)).height() + QFontMetricsF(uiFont(12)).height() - 1.0;
    struct Wish {
        int series;
        double wanted;
        double top;
    };
    QVector<Wish> wishes;
    for (int i = 0; i < m_state.series.size(); ++i) {
        const PlotSeries& series = m_state.series[i];
        if (!namedAtEnd(series) || !m_state.isVisible(series) || series.x.isEmpty()) {
            continue;
        }
        const double x = std::min(series.x.last(), xAxis->range().upper);
        const double y = valueAt(series, x);
        if (!std::isfinite(y)) {
            continue;
        }
        const double pixel = std::clamp(yAxis->coordToPixel(y), rect.top(), rect.bottom());
        wishes.append({i, pixel - height / 2.0, pixel - height / 2.0});
    }
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const Wish& a, const Wish& b) { return a.wanted < b.wanted; });
    // Downwards first, then back up from the bottom edge: each name as near as the others allow.
    const double topmost = rect.top() - height / 2.0;
    const double bottommost = rect.bottom() + height / 2.0;
    for (int i = 0; i < wishes.size(); ++i) {
        const double least = i == 0 ? topmost : wishes[i - 1].top + height;
        wishes[i].top = std::max(wishes[i].top, least);
    }
    for (auto i = wishes.size() - 1; i >= 0; --i) {
        const double most = i == wishes.size() - 1 ? bottommost : wishes[i + 1].top;
        wishes[i].top = std::min(wishes[i].top, most - height);
    }
    bool fits = true;
    for (const Wish& wish : wishes) {
        fits =
            fits && std::abs(wish.top - wish.wanted) <= tolerableShift && wish.top >= topmost - 1;
        const PlotSeries& series = m_state.series[wish.series];
        const double x = std::min(series.x.last(), xAxis->range().upper);
        const double left = std::min(xAxis->coordToPixel(x), rect.right()) + nameGap;
        m_state.endLabels.append(
            {wish.series, QRectF(left, wish.top, viewport().width() - left, height)});
    }
    return fits;
}

} // namespace headroom::ui
