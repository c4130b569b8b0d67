// SPDX-License-Identifier: GPL-3.0-or-later
// WhyPanel: the derivation of one figure of one design, as a tree that can be walked and copied.
#pragma once

#include "core/explain/derivation.h"
#include "core/study/study.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <optional>
#include <string_view>

class QLabel;
class QToolButton;

namespace headroom::ui {

class TextLabel;
class WhyTree;

/// The derivation that explains a figure of core/study/figures.h; empty: none does.
[[nodiscard]] std::optional<headroom::Quantity> quantityOfFigure(std::string_view figure);

class WhyPanel : public QWidget {
    Q_OBJECT

public:
    explicit WhyPanel(QWidget* parent = nullptr);

    /// Chooses what is explained; show() it with setResult.
    void setSubject(int slot, headroom::Quantity quantity);
    /// Derives anew from the result; keeps the step that is selected where the tree still has it.
    void setResult(const StudyResult& result);

    [[nodiscard]] int slot() const { return m_slot; }
    [[nodiscard]] headroom::Quantity quantity() const { return m_quantity; }
    [[nodiscard]] const std::optional<Derivation>& derivation() const { return m_derivation; }

    /// Marks the steps and the words of the formula that use the field; empty: none.
    void markField(const QString& field);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void closeRequested();
    /// The pointer or the focus is at a formula or a step that uses these fields; empty: at none.
    void fieldsPointed(const QStringList& fields);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    /// Pointing ends where the pointer leaves the formula.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void showStep();
    void showFormula(const Derivation* step);
    void pointAtStep();
    void retranslate();
    void applyTheme();
    [[nodiscard]] QString quantityName() const;

    int m_slot = 0;
    headroom::Quantity m_quantity = headroom::Quantity::KvCache;
    QString m_design;
    QString m_error;
    QString m_marked; ///< field whose uses are marked
    std::optional<Derivation> m_derivation;

    TextLabel* m_heading = nullptr;
    QToolButton* m_close = nullptr;
    QLabel* m_value = nullptr;
    QLabel* m_formula = nullptr;
    QLabel* m_numbers = nullptr;
    QLabel* m_note = nullptr;
    TextLabel* m_source = nullptr;
    TextLabel* m_stepsHeading = nullptr;
    WhyTree* m_tree = nullptr;
    QToolButton* m_copyMarkdown = nullptr;
    QToolButton* m_copyLatex = nullptr;
};

} // namespace headroom::ui
