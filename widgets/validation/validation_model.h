// SPDX-License-Identifier: GPL-3.0-or-later
// ValidationModel: the rows of one run, or of two side by side, or what shrinking did.
#pragma once

#include "widgets/validation/validation_runner.h"

#include <QAbstractTableModel>

namespace headroom::ui {

class ValidationModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Contents {
        Rows,  ///< quantity, predicted, measured, difference
        Design ///< the original and the tiny design, field by field and proportion by proportion
    };
    enum Role {
        VerdictRole = Qt::UserRole, ///< Verdict of the cell
        SectionRole                 ///< a heading across the table
    };
    enum Verdict { NoVerdict, Good, Bad, Rounded };

    using QAbstractTableModel::QAbstractTableModel;

    void setContents(Contents contents);
    [[nodiscard]] Contents contents() const { return m_contents; }
    /// Null: an empty table.
    void setReport(const SharedReport& report);
    void retranslate();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Line {
        QStringList cells;
        Verdict verdict = NoVerdict;
        QString details;
        bool section = false;
        friend bool operator==(const Line&, const Line&) = default;
    };
    [[nodiscard]] QVector<Line> rowLines() const;
    [[nodiscard]] QVector<Line> designLines() const;
    void rebuild();

    Contents m_contents = Contents::Rows;
    SharedReport m_report;
    QVector<Line> m_lines;
};

} // namespace headroom::ui
