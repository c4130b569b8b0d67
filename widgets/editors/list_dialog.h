// SPDX-License-Identifier: GPL-3.0-or-later
// ListDialog: edits a field that holds one value for each layer.
#pragma once

#include "core/config/config_fields.h"

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QPlainTextEdit;

namespace headroom::ui {

class ListDialog : public QDialog {
    Q_OBJECT

public:
    ListDialog(const FieldInfo& field, const ModelConfig& config, QWidget* parent = nullptr);

    /// The list as edited, continued by its pattern to the number of layers where it is shorter.
    [[nodiscard]] FieldValue value() const { return m_value; }

    /// Reads the text; empty when it is valid, else what is wrong with it.
    [[nodiscard]] QString problem(const QString& text);

private:
    void check();

    const FieldInfo& m_field;
    ModelConfig m_config;
    FieldValue m_value;
    QPlainTextEdit* m_edit = nullptr;
    QLabel* m_state = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace headroom::ui
