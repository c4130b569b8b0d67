// SPDX-License-Identifier: GPL-3.0-or-later
// ClaimsModel: the rows of a checked table: verdict, what is printed, what is computed, and why.
#pragma once

#include "core/claims/check_table.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QIcon>

namespace headroom::ui {

/// "Cannot be true": the verdict in the window's language.
[[nodiscard]] QString verdictText(Verdict verdict);
/// A sign that tells the verdicts apart without colour: a tick, a cross, a wave, a question mark.
[[nodiscard]] QIcon verdictIcon(Verdict verdict);
[[nodiscard]] QColor verdictColor(Verdict verdict);
/// Whether the verdict says that what is printed is wrong.
[[nodiscard]] bool isRefuted(Verdict verdict);

class ClaimsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { VerdictColumn, SubjectColumn, ClaimColumn, ComputedColumn, WhyColumn, Columns };

    explicit ClaimsModel(QObject* parent = nullptr);

    void setReport(CheckReport report);
    [[nodiscard]] const CheckReport& report() const { return m_report; }
    /// "8 of 8 rows cannot be true": how many rows have each verdict.
    [[nodiscard]] QString summary() const;

    [[nodiscard]] QString markdown() const;
    [[nodiscard]] QString csv() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    /// Another language or theme.
    void refresh();

private:
    [[nodiscard]] QString cell(const CheckRow& row, int column) const;

    CheckReport m_report;
};

} // namespace headroom::ui
