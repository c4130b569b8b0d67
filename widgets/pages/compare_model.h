// SPDX-License-Identifier: GPL-3.0-or-later
// CompareModel: designs side by side: structure, fields and figures, differences first.
#pragma once

#include "core/study/compare.h"
#include "core/study/study.h"

#include <QAbstractTableModel>
#include <QVector>

#include <memory>
#include <optional>

namespace headroom::ui {

class CompareModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        SectionRole = Qt::UserRole, ///< bool: a heading over the rows that follow
        DiffersRole,                ///< bool
        NumbersRole,                ///< QVariantList of shares of the row's largest, -1: none
        SortRole,                   ///< double: the raw number; NaN without one
        FigureRole,                 ///< id of a figure, empty otherwise
        SlotRole,                   ///< design of the column, -1: none
        WordsRole                   ///< bool: sentences, which begin at the left
    };

    explicit CompareModel(QObject* parent = nullptr);

    void setResult(const StudyResult& result, bool binaryBytes);
    void setOnlyDifferences(bool only);
    [[nodiscard]] bool onlyDifferences() const { return m_onlyDifferences; }
    [[nodiscard]] int designCount() const { return static_cast<int>(m_names.size()); }
    /// "14 of 31 fields differ".
    [[nodiscard]] QString summary() const;

    [[nodiscard]] int barColumn() const { return designCount() + 1; }
    [[nodiscard]] QString markdown() const;
    [[nodiscard]] QString csv() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// Rows were added, removed or moved, so that heights and spans must be set anew.
    void rowsRebuilt();

private:
    struct Row {
        friend bool operator==(const Row&, const Row&) = default;
        bool section = false;
        bool differs = false;
        bool words = false;
        QString label;
        QString figure;
        QStringList values; ///< one per design
        QVector<std::optional<double>> numbers;
        QStringList ratios; ///< of the designs after the first
        [[nodiscard]] bool sameAs(const Row& other) const {
            // A heading says the workload: a new number in it is no other table.
            return section == other.section && (section || label == other.label) &&
                   differs == other.differs;
        }
    };
    [[nodiscard]] QVector<Row> makeRows(const Comparison& comparison) const;
    void addSection(QVector<Row>& rows, const QString& title, QVector<Row> section) const;
    void show();
    [[nodiscard]] QVector<QStringList> table() const;

    StudyResult m_result;
    QStringList m_names;
    QVector<Row> m_rows;
    int m_fields = 0;
    int m_differing = 0;
    bool m_binaryBytes = true;
    bool m_onlyDifferences = false;
};

} // namespace headroom::ui
