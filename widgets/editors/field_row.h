// SPDX-License-Identifier: GPL-3.0-or-later
// FieldRow: one field of the editor: name, value, slider, and what is said about it.
#pragma once

#include "core/config/config_fields.h"
#include "core/config/expand.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QPushButton;
class QVBoxLayout;

namespace headroom::ui {

class AdviceLabel;
class StepSlider;
class TextLabel;
class ValueField;

class FieldRow : public QWidget {
    Q_OBJECT

public:
    explicit FieldRow(const FieldInfo& field, QWidget* parent = nullptr);

    [[nodiscard]] const FieldInfo& field() const { return m_field; }

    /// Shows the field of `config` in the colour of `slot`, without a signal.
    void showField(const ModelConfig& config, int slot);
    /// Boxes under the field, one for each finding; the layout changes only if they do.
    void showFindings(const std::vector<Finding>& findings);
    [[nodiscard]] const std::vector<Finding>& findings() const { return m_findings; }

    /// Marks the row: something that is pointed at elsewhere uses the field.
    void setHighlighted(bool on);
    [[nodiscard]] bool isHighlighted() const { return m_highlighted; }

signals:
    void edited(const headroom::FieldValue& value, bool dragging);
    void editingFinished();
    void fixChosen(const headroom::Finding& finding);
    /// The pointer or the focus came to the row, or left it.
    void pointed(bool on);

protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// A choice, like a slider, turns with the wheel only while it has the focus.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeEditor();
    QWidget* makeNumber();
    QWidget* makeSwitch();
    QWidget* makeChoice();
    QWidget* makeList();
    void showSlider(const ModelConfig& config, const FieldValue& value);
    void step(int direction);
    void emitEdit(const FieldValue& value, bool dragging);
    void openList();
    void sayRefused(const QString& text);
    void forgetRefused();
    void retranslate();

    const FieldInfo& m_field;
    ModelConfig m_config; ///< what is shown; edits are told by signals only
    FieldValue m_value;
    std::vector<Finding> m_findings;
    int m_slot = -1;
    bool m_highlighted = false;

    TextLabel* m_label = nullptr;
    ValueField* m_number = nullptr;
    QCheckBox* m_switch = nullptr;
    QComboBox* m_choice = nullptr;
    QPushButton* m_list = nullptr;
    TextLabel* m_text = nullptr;
    StepSlider* m_slider = nullptr;
    QVBoxLayout* m_column = nullptr;
    std::vector<AdviceLabel*> m_boxes;
    AdviceLabel* m_refusal = nullptr; ///< what was typed and cannot be; until something else is
};

} // namespace headroom::ui
