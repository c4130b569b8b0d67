// SPDX-License-Identifier: GPL-3.0-or-later
// PlotTable: what a chart shows, as rows and columns; the CSV export and "Table" both read it.
#pragma once

#include "widgets/format/quantity.h"
#include "widgets/plot/plot_data.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>

#include <limits>

namespace headroom::ui {

struct PlotTableColumn {
    QString header;  ///< with the base unit of the raw numbers: "A Qwen3 (bytes)"
    QString caption; ///< without the unit, for the table on screen
    Quantity quantity = Quantity::Plain;
    QStringList words; ///< by row, of a column of words; its numbers are NaN
};

struct PlotTable {
    QVector<PlotTableColumn> columns;
    /// [row][column]; NaN where a series has no value. For categories column 0 is `categories`.
    QVector<QVector<double>> rows;
    QStringList categories; ///< row names of bar charts; empty for curves
};

/// Series whose id is in `hidden` are left out. Curves with different x share the union of all x.
[[nodiscard]] PlotTable plotTable(const PlotData& data, const QSet<QString>& hidden = {});

/// RFC 4180, "\n" line ends, raw numbers in base units with a decimal point in every locale.
[[nodiscard]] QString plotCsv(const PlotData& data, const QSet<QString>& hidden = {});

/// The table as an item model; SortRole gives the raw number.
class PlotTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int SortRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;
    void setTable(PlotTable table);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    PlotTable m_table;
};

} // namespace headroom::ui
