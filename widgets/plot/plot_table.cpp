// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_table.h"

#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/plot/plot_state.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Unit of the raw numbers, in English in every language: programs read the CSV.
QString baseUnit(Quantity quantity, const QString& plainUnit) {
    switch (quantity) {
    case Quantity::Plain:
        return plainUnit;
    case Quantity::Count:
    case Quantity::Ratio:
    case Quantity::Fraction:
        return {};
    case Quantity::Tokens:
        return QStringLiteral("tokens");
    case Quantity::BytesBinary:
    case Quantity::BytesDecimal:
        return QStringLiteral("bytes");
    case Quantity::Seconds:
        return QStringLiteral("s");
    case Quantity::TokensPerSecond:
        return QStringLiteral("tokens/s");
    case Quantity::Flops:
        return QStringLiteral("FLOP");
    case Quantity::FlopsPerSecond:
        return QStringLiteral("FLOP/s");
    case Quantity::BytesPerSecond:
        return QStringLiteral("bytes/s");
    }
    return {};
}

PlotTableColumn column(const QString& name, Quantity quantity, const QString& plainUnit) {
    const QString unit = baseUnit(quantity, plainUnit);
    return {unit.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, unit), name, quantity, {}};
}

QString csvField(QString text) {
    if (text.contains(u',') || text.contains(u'"') || text.contains(u'\n')) {
        text.replace(QStringLiteral("\""), QStringLiteral("\"\""));
        return u'"' + text + u'"';
    }
    return text;
}

QString rawNumber(double value) {
    if (!std::isfinite(value)) {
        return {};
    }
    if (value == std::floor(value) && std::abs(value) < 9e15) {
        return QString::number(static_cast<qlonglong>(value));
    }
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

/// The columns of one series: value, then what it has of a band and of error bars.
struct SeriesColumns {
    const PlotSeries* series;
    QVector<const QVector<double>*> values;
    int words = -1; ///< the column of its notes
};

} // namespace

PlotTable plotTable(const PlotData& data, const QSet<QString>& hidden) {
    PlotTable table;
    const QString firstName = data.x.title.isEmpty() ? PlotWords::tr("Name") : data.x.title;
    table.columns.append(column(firstName, data.x.quantity, data.x.unit));
    const bool bars = isBarChart(data);
    QVector<SeriesColumns> sources;
    QVector<double> xs;
    for (const PlotSeries& series : data.series) {
        if (hidden.contains(series.id)) {
            continue;
        }
        SeriesColumns source{&series, {&series.y}, -1};
        const QString name = seriesName(series);
        table.columns.append(column(name, data.y.quantity, data.y.unit));
        const auto extra = [&](const QVector<double>& values, const QString& what) {
            if (!values.isEmpty()) {
                source.values.append(&values);
                table.columns.append(
                    column(QStringLiteral("%1 %2").arg(name, what), data.y.quantity, data.y.unit));
            }
        };
        extra(series.lower, PlotWords::tr("lower"));
        extra(series.upper, PlotWords::tr("upper"));
        extra(series.errorMinus, PlotWords::tr("error −"));
        extra(series.errorPlus, PlotWords::tr("error +"));
        if (!series.pointNotes.isEmpty()) {
            source.words = static_cast<int>(table.columns.size());
            const QString notes = PlotWords::tr("%1 notes").arg(name);
            table.columns.append({notes, notes, Quantity::Plain, {}});
        }
        sources.append(source);
        xs += series.x.mid(0, series.y.size());
    }
    if (bars) {
        table.columns.first() = {firstName, firstName, Quantity::Plain, {}};
        table.categories = data.x.categories;
        for (int category = 0; category < data.x.categories.size(); ++category) {
            QVector<double> row{static_cast<double>(category)};
            for (const SeriesColumns& source : sources) {
                for (const QVector<double>* values : source.values) {
                    row.append(values->value(category, missing));
                }
            }
            table.rows.append(row);
        }
        return table;
    }
    std::sort(xs.begin(), xs.end());
    xs.erase(std::unique(xs.begin(), xs.end()), xs.end());
    for (const double x : xs) {
        QVector<double> row{x};
        for (const SeriesColumns& source : sources) {
            const auto found = std::find(source.series->x.begin(), source.series->x.end(), x);
            const auto index = std::distance(source.series->x.begin(), found);
            for (const QVector<double>* values : source.values) {
                row.append(found == source.series->x.end() ? missing
                                                           : values->value(index, missing));
            }
            if (source.words >= 0) {
                row.append(missing);
                table.columns[source.words].words.append(source.series->pointNotes.value(index));
            }
        }
        table.rows.append(row);
    }
    return table;
}

QString plotCsv(const PlotData& data, const QSet<QString>& hidden) {
    const PlotTable table = plotTable(data, hidden);
    QStringList lines;
    QStringList fields;
    for (const PlotTableColumn& c : table.columns) {
        fields.append(csvField(c.header));
    }
    lines.append(fields.join(u','));
    for (int r = 0; r < table.rows.size(); ++r) {
        fields.clear();
        for (int c = 0; c < table.columns.size(); ++c) {
            const bool name = c == 0 && !table.categories.isEmpty();
            const QStringList& words = name ? table.categories : table.columns[c].words;
            fields.append(words.isEmpty() ? rawNumber(table.rows[r][c]) : csvField(words[r]));
        }
        lines.append(fields.join(u','));
    }
    return lines.join(u'\n') + u'\n';
}

void PlotTableModel::setTable(PlotTable table) {
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int PlotTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int PlotTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant PlotTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const double value = m_table.rows[index.row()][index.column()];
    const bool name = index.column() == 0 && !m_table.categories.isEmpty();
    const QStringList& words = name ? m_table.categories : m_table.columns[index.column()].words;
    if (role == SortRole) {
        return value;
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((words.isEmpty() ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    }
    if (role == Qt::DisplayRole) {
        if (!words.isEmpty()) {
            return words[index.row()];
        }
        return std::isfinite(value) ? format::exact(value, m_table.columns[index.column()].quantity)
                                    : QString();
    }
    return {};
}

QVariant PlotTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical || section < 0 || section >= m_table.columns.size()) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    if (role == Qt::DisplayRole) {
        return m_table.columns[section].caption;
    }
    if (role == Qt::TextAlignmentRole) {
        const bool words = section == 0 ? !m_table.categories.isEmpty()
                                        : !m_table.columns[section].words.isEmpty();
        return static_cast<int>((words ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    return {};
}

} // namespace headroom::ui
