// SPDX-License-Identifier: GPL-3.0-or-later
// ValueField: a number, or an optional number, that is typed and stepped.
#pragma once

#include "core/config/config_fields.h"

#include <QLineEdit>

#include <optional>

namespace headroom::ui {

/// What was typed, as a value of the field's type: grouped digits, "128K", "off" where the field
/// may be unset. nullopt: not a value of this field.
[[nodiscard]] std::optional<FieldValue> parseFieldValue(const FieldInfo& field,
                                                        const QString& text);

class ValueField : public QLineEdit {
    Q_OBJECT

public:
    explicit ValueField(const FieldInfo& field, QWidget* parent = nullptr);

    /// Shows `value` without a signal; text that is being typed stays.
    void showValue(const FieldValue& value);

signals:
    /// A new value was typed and confirmed by Enter or by leaving the field.
    void valueTyped(const headroom::FieldValue& value);
    /// Up (+1) and Down (-1) on the keyboard.
    void stepped(int direction);
    /// The text is not a value of the field; the field shows its old value again.
    void refused(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void commit();

    const FieldInfo& m_field;
    FieldValue m_value;
};

} // namespace headroom::ui
