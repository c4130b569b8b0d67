// SPDX-License-Identifier: GPL-3.0-or-later
// WhyTree: the steps of a derivation, with those marked that use a field.
#pragma once

#include "core/explain/derivation.h"

#include <QString>
#include <QTreeWidget>

namespace headroom::ui {

/// Fields that the step's formula reads; of a step whose formula names other steps, theirs.
[[nodiscard]] QStringList fieldsOf(const Derivation& step);

class WhyTree : public QTreeWidget {
    Q_OBJECT

public:
    explicit WhyTree(QWidget* parent = nullptr);

    /// Shows the derivation, which must outlive its being shown; null: none. Keeps the step that is
    /// selected where the tree still has it.
    void setDerivation(const Derivation* derivation);
    /// The step that an item stands for; null for none.
    [[nodiscard]] const Derivation* stepOf(const QTreeWidgetItem* item) const;
    [[nodiscard]] const Derivation* currentStep() const { return stepOf(currentItem()); }
    /// Marks the steps that use the field, and what holds them; empty: none.
    void markField(const QString& field);

signals:
    /// The selected step is another one, or has other numbers.
    void stepChanged();
    /// The pointer or the focus is at a step that uses these fields; empty: at none.
    void fieldsPointed(const QStringList& fields);

protected:
    bool viewportEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    /// False where the tree has another shape.
    [[nodiscard]] bool updateNode(QTreeWidgetItem* item, const Derivation& node);
    void addNode(QTreeWidgetItem* parent, const Derivation& node);
    /// Marks the item and what is below; whether any of it uses the field.
    bool markItem(QTreeWidgetItem* item, const Derivation& node);
    void pointAt(const QTreeWidgetItem* item);
    [[nodiscard]] QStringList pathOf(const QTreeWidgetItem* item) const;

    const Derivation* m_derivation = nullptr;
    QString m_marked;
};

} // namespace headroom::ui
