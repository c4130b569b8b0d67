// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_state.h"
#include "widgets/format/contexts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom::ui {

namespace {

QString valueText(const PlotAxis& axis, double value) {
    if (axis.quantity == Quantity::Plain) {
        const QString number = format::significant(value, 3);
        return axis.unit.isEmpty() ? number : number + QChar(0x00A0) + axis.unit;
    }
    // Two decimals at least: a crosshair is where one reads exactly.
    const double shown = std::abs(value / format::unitFor(value, axis.quantity).factor);
    return format::rounded(value, axis.quantity, shown >= 10.0 ? 4 : 3);
}

QString categoryHeading(const PlotAxis& axis, int category) {
    const QString name = axis.categories.value(category);
    // A bare number says nothing without its axis: "Batch 32".
    const bool number = !name.isEmpty() && name.front().isDigit();
    return number && !axis.title.isEmpty() ? PlotWords::tr("%1 %2").arg(axis.title, name) : name;
}

QString headingText(const PlotAxis& axis, double x) {
    if (!axis.categories.isEmpty()) {
        return categoryHeading(axis, static_cast<int>(std::lround(x)));
    }
    switch (axis.quantity) {
    case Quantity::Plain:
    case Quantity::Count: {
        const QString number = format::plain(x, 4);
        const QString what = axis.unit.isEmpty() ? axis.title : axis.unit;
        return what.isEmpty() ? number : PlotWords::tr("%1 = %2").arg(what, number);
    }
    case Quantity::Tokens:
        return format::exact(std::round(x), axis.quantity);
    default:
        return valueText(axis, x);
    }
}

QString lead(const PlotSeries& series) {
    if (series.ghost) {
        return series.letter.isEmpty() ? series.label
                                       : PlotWords::tr("%1 before").arg(series.letter);
    }
    return series.letter.isEmpty() ? series.label : series.letter;
}

double totalAt(const PlotState& state, int category) {
    double total = 0.0;
    for (const PlotSeries& series : state.series) {
        const double value = series.y.value(category, std::numeric_limits<double>::quiet_NaN());
        if (state.isVisible(series) && !series.ghost && std::isfinite(value)) {
            total += value;
        }
    }
    return total;
}

PlotReadout barReadout(const PlotState& state, int category) {
    PlotReadout readout;
    readout.heading = categoryHeading(state.data.x, category);
    const double total = state.data.stacked ? totalAt(state, category) : 0.0;
    double reference = std::numeric_limits<double>::quiet_NaN();
    for (int i = 0; i < state.series.size(); ++i) {
        const PlotSeries& series = state.series[i];
        const double value = series.y.value(category, std::numeric_limits<double>::quiet_NaN());
        if (!state.isVisible(series) || !std::isfinite(value) ||
            (state.data.stacked && value == 0.0)) {
            continue;
        }
        QString text = PlotWords::tr("%1 %2").arg(lead(series), valueText(state.data.y, value));
        if (state.data.stacked && total > 0.0) {
            text +=
                PlotWords::tr(" (%1)").arg(format::rounded(value / total, Quantity::Fraction, 2));
        } else if (std::isnan(reference)) {
            reference = value;
        } else if (const QString words = format::ratioInWords(value, reference); !words.isEmpty()) {
            text += PlotWords::tr(" (%1)").arg(words);
        }
        readout.rows.append({i, static_cast<double>(category), value, text});
    }
    if (state.data.stacked && readout.rows.size() > 1) {
        readout.heading =
            PlotWords::tr("%1: %2").arg(readout.heading, valueText(state.data.y, total));
    }
    return readout;
}

} // namespace

QColor resolveColor(const PlotColor& color, const Tokens& tokens) {
    switch (color.kind) {
    case PlotColor::Kind::Design:
        return designColor(tokens, color.index);
    case PlotColor::Kind::Neutral:
        return tokens.secondary;
    case PlotColor::Kind::Text:
        return tokens.text;
    case PlotColor::Kind::Accent:
        return tokens.accent;
    case PlotColor::Kind::Group:
        return groupColor(tokens, color.index);
    case PlotColor::Kind::Good:
        return tokens.good;
    case PlotColor::Kind::Bad:
        return tokens.bad;
    }
    return tokens.text;
}

QPen seriesPen(const PlotSeries& series, const Tokens& tokens) {
    QColor color = resolveColor(series.color, tokens);
    if (series.ghost) {
        color = mixColors(color, tokens.panel, 0.2);
        QPen pen(color, 1.25, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({1.25, 2.5});
        return pen;
    }
    QPen pen(color, 2.0, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin); // round joins cost arcs
    PlotStroke stroke = series.stroke;
    if (stroke == PlotStroke::Automatic && series.color.kind == PlotColor::Kind::Design) {
        switch (designPenStyle(series.color.index)) {
        case Qt::DashLine:
            stroke = PlotStroke::Dashed;
            break;
        case Qt::DashDotLine:
            stroke = PlotStroke::DashDot;
            break;
        case Qt::DashDotDotLine:
            stroke = PlotStroke::Dotted;
            break;
        default:
            break;
        }
    }
    switch (stroke) {
    case PlotStroke::Automatic:
    case PlotStroke::Solid:
        break;
    case PlotStroke::Dashed:
        pen.setDashPattern({3.5, 1.75});
        break;
    case PlotStroke::Dotted:
        pen.setDashPattern({1.0, 1.25});
        break;
    case PlotStroke::DashDot:
        pen.setDashPattern({4.5, 1.5, 1.0, 1.5});
        break;
    }
    return pen;
}

QString seriesName(const PlotSeries& series) {
    return series.letter.isEmpty() || series.ghost
               ? series.label
               : PlotWords::tr("%1 %2").arg(series.letter, series.label);
}

double valueAt(const PlotSeries& series, double x) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const auto size = std::min(series.x.size(), series.y.size());
    if (size == 0 || x < series.x.first() || x > series.x[size - 1]) {
        return none;
    }
    const auto end = series.x.begin() + size;
    const auto after = std::lower_bound(series.x.begin(), end, x);
    const auto index = std::distance(series.x.begin(), after);
    if (*after == x || index == 0) {
        return series.y[index];
    }
    const double left = series.y[index - 1];
    const double x0 = series.x[index - 1];
    if (series.drawing == PlotDrawing::Stepped) {
        return x - x0 < *after - x ? left : series.y[index];
    }
    return left + (series.y[index] - left) * (x - x0) / (*after - x0);
}

QStringList PlotReadout::lines() const {
    QStringList all{heading};
    for (const PlotReadoutRow& row : rows) {
        all.append(row.text);
    }
    return all;
}

/// The x of the series that lies nearest.
double nearestOf(const PlotSeries& series, double x) {
    const auto nearest =
        std::min_element(series.x.begin(), series.x.end(),
                         [x](double a, double b) { return std::abs(a - x) < std::abs(b - x); });
    return nearest == series.x.end() ? x : *nearest;
}

PlotReadout readoutAt(const PlotState& state, double x, double tolerance) {
    if (isBarChart(state.data)) {
        return barReadout(state, static_cast<int>(std::lround(x)));
    }
    for (const PlotSeries& series : state.series) {
        if (state.isVisible(series) && series.drawing == PlotDrawing::Stepped) {
            x = nearestOf(series, x);
        }
    }
    PlotReadout readout;
    readout.heading = headingText(state.data.x, x);
    double reference = std::numeric_limits<double>::quiet_NaN();
    for (int i = 0; i < state.series.size(); ++i) {
        const PlotSeries& series = state.series[i];
        if (!state.isVisible(series)) {
            continue;
        }
        double at = x;
        double value = valueAt(series, x);
        if (series.drawing == PlotDrawing::Points) {
            // A point is read only when it lies under the crosshair: nothing is invented between.
            value = std::numeric_limits<double>::quiet_NaN();
            double nearest = tolerance;
            for (qsizetype j = 0; j < std::min(series.x.size(), series.y.size()); ++j) {
                if (std::abs(series.x[j] - x) <= nearest) {
                    nearest = std::abs(series.x[j] - x);
                    at = series.x[j];
                    value = series.y[j];
                }
            }
        }
        if (!std::isfinite(value)) {
            continue;
        }
        QString text = PlotWords::tr("%1 %2").arg(lead(series), valueText(state.data.y, value));
        if (series.drawing == PlotDrawing::Area) {
            readout.rows.append({i, at, value, text});
            continue; // a part of a curve is compared with no other curve
        }
        if (std::isnan(reference) && !series.ghost) {
            reference = value;
        } else if (const QString words = format::ratioInWords(value, reference); !words.isEmpty()) {
            text += PlotWords::tr(" (%1)").arg(words);
        }
        if (const QString note = series.pointNotes.value(series.x.indexOf(at)); !note.isEmpty()) {
            text += QStringLiteral(" · ") + note;
        }
        readout.rows.append({i, at, value, text});
    }
    return readout;
}

PlotReadout readoutBetween(const PlotState& state, double first, double second) {
    PlotReadout readout;
    readout.heading = PlotWords::tr("%1 → %2").arg(headingText(state.data.x, first),
                                                   headingText(state.data.x, second));
    for (int i = 0; i < state.series.size(); ++i) {
        const PlotSeries& series = state.series[i];
        const double from = valueAt(series, first);
        const double to = valueAt(series, second);
        if (!state.isVisible(series) || series.ghost || !std::isfinite(from) ||
            !std::isfinite(to)) {
            continue;
        }
        const double difference = to - from;
        QString text = PlotWords::tr("%1 %2%3").arg(
            lead(series), difference < 0.0 ? QString() : QStringLiteral("+"),
            valueText(state.data.y, difference));
        if (from > 0.0) {
            text += PlotWords::tr(" (%1)").arg(format::ratio(to / from));
        }
        readout.rows.append({i, second, difference, text});
    }
    return readout;
}

QString describePlot(const PlotState& state) {
    const PlotData& data = state.data;
    QStringList sentences;
    if (!data.subtitle.isEmpty()) {
        sentences << data.subtitle;
    }
    if (!hasValues(data)) {
        return data.emptyText;
    }
    if (isBarChart(data)) {
        sentences << PlotWords::tr("Bar chart of %1.").arg(data.y.title);
        for (int c = 0; c < data.x.categories.size(); ++c) {
            sentences << readoutAt(state, c).lines().join(QStringLiteral(", ")) + u'.';
        }
        return sentences.join(u' ');
    }
    sentences << PlotWords::tr("Chart of %1 against %2.").arg(data.y.title, data.x.title);
    for (const PlotSeries& series : state.series) {
        if (!state.isVisible(series) || series.x.isEmpty() || series.y.isEmpty()) {
            continue;
        }
        sentences << PlotWords::tr("%1: from %2 at %3 to %4 at %5.")
                         .arg(seriesName(series), valueText(data.y, series.y.first()),
                              headingText(data.x, series.x.first()),
                              valueText(data.y, series.y.last()),
                              headingText(data.x, series.x.last()));
    }
    for (const PlotLine& line : data.lines) {
        const PlotAxis& axis = line.orientation == Qt::Horizontal ? data.y : data.x;
        sentences << PlotWords::tr("Line %1 at %2.").arg(line.label, valueText(axis, line.value));
    }
    return sentences.join(u' ');
}

} // namespace headroom::ui
