// SPDX-License-Identifier: GPL-3.0-or-later
// ValidationModel: the rows of one run, those of two side by side, or what shrinking did.
#pragma once

#include "widgets/validation/validation_runner.h"

#include <QAbstractTableModel>

namespace headroom::ui {

class ValidationModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Contents {
        Rows,   ///< quantity, predicted, measured, difference
        Design, ///< the original and the tiny design: structure, proportions, fields
        Beside  ///< what the run measured, what another one did, and their ratio
    };
    enum Role {
        VerdictRole = Qt::UserRole, ///< Verdict of the cell
        SectionRole,                ///< a heading across the table
        WrapRole                    ///< words, which take as many lines as they need
    };
    enum Verdict { NoVerdict, Good, Bad, Rounded, Pending };

    using QAbstractTableModel::QAbstractTableModel;

    void setContents(Contents contents);
    [[nodiscard]] Contents contents() const { return m_contents; }
    /// Null: an empty table.
    void setReport(const SharedReport& report);
    /// The run that Beside puts beside it, and what the two are called there; null: none.
    void setOther(const SharedReport& other, const QString& name, const QString& otherName);
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
        bool wraps = false;
        friend bool operator==(const Line&, const Line&) = default;
    };
    static void addSection(QVector<Line>& lines, const QString& text);
    [[nodiscard]] static Line rowLine(const ValidationRow& row);
    [[nodiscard]] Line besideLine(const ValidationRow& row) const;
    template <class MakeLine>
    [[nodiscard]] QVector<Line> sectionedLines(const MakeLine& line) const;
    [[nodiscard]] QVector<Line> designLines() const;
    [[nodiscard]] QVector<Line> lines() const;
    void rebuild();

    Contents m_contents = Contents::Rows;
    SharedReport m_report;
    SharedReport m_other;
    QString m_name;
    QString m_otherName;
    QVector<Line> m_lines;
};

} // namespace headroom::ui
