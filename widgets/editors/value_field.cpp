// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/value_field.h"

#include "core/config/layer_spec.h"
#include "widgets/words/field_text.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QTimer>

#include <cmath>

namespace headroom::ui {

namespace {

bool isOptional(const FieldInfo& field) {
    return std::holds_alternative<std::optional<std::int64_t> ModelConfig::*>(field.member) ||
           std::holds_alternative<std::optional<double> ModelConfig::*>(field.member);
}

bool isReal(const FieldInfo& field) {
    return std::holds_alternative<double ModelConfig::*>(field.member) ||
           std::holds_alternative<std::optional<double> ModelConfig::*>(field.member);
}

/// Digits with or without grouping, in the locale's way or the C locale's.
std::optional<double> numberIn(const QString& text) {
    bool ok = false;
    double number = QLocale().toDouble(text, &ok);
    if (!ok) {
        number = QLocale::c().toDouble(text, &ok);
    }
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<FieldValue> parseFieldValue(const FieldInfo& field, const QString& text) {
    QString word = text.trimmed();
    word.replace(QChar(0x2212), QLatin1Char('-'));
    if (isOptional(field)) {
        const QString off = fieldValueText(field, std::monostate{});
        if (word.compare(off, Qt::CaseInsensitive) == 0 ||
            word.compare(QLatin1String("off"), Qt::CaseInsensitive) == 0 ||
            word.compare(QLatin1String("null"), Qt::CaseInsensitive) == 0 ||
            word == QLatin1String("0")) {
            return std::monostate{};
        }
    }
    double factor = 1.0;
    if (word.endsWith(QLatin1Char('k'), Qt::CaseInsensitive)) {
        factor = 1024.0;
        word.chop(1);
    } else if (word.endsWith(QLatin1Char('M'))) {
        factor = 1024.0 * 1024.0;
        word.chop(1);
    }
    const std::optional<double> number = numberIn(word.trimmed());
    if (!number) {
        return std::nullopt;
    }
    const double value = *number * factor;
    if (isReal(field)) {
        return in_range(field, value) ? std::optional<FieldValue>(value) : std::nullopt;
    }
    constexpr double exact = 9007199254740992.0; // 2^53: beyond it not every number is one
    if (value != std::floor(value) || std::abs(value) > exact ||
        !in_range(field, static_cast<std::int64_t>(value))) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

ValueField::ValueField(const FieldInfo& field, QWidget* parent)
    : QLineEdit(parent)
    , m_field(field) {
    setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(this, &QLineEdit::editingFinished, this, &ValueField::commit);
}

void ValueField::showValue(const FieldValue& value) {
    const bool changed = !(m_value == value);
    m_value = value;
    if (hasFocus() && isModified() && !changed) {
        return; // half-typed
    }
    const QString shown = fieldValueText(m_field, value);
    if (shown != text()) {
        setText(shown);
    }
}

void ValueField::commit() {
    if (!isModified()) {
        return;
    }
    setModified(false);
    const QString typed = text();
    const std::optional<FieldValue> value = parseFieldValue(m_field, typed);
    if (!value) {
        setText(fieldValueText(m_field, m_value));
        emit refused(typed);
        return;
    }
    setText(fieldValueText(m_field, *value));
    if (!(*value == m_value)) {
        emit valueTyped(*value);
    }
}

void ValueField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        commit();
        emit stepped(event->key() == Qt::Key_Up ? 1 : -1);
        return;
    }
    if (event->key() == Qt::Key_Escape && isModified()) {
        setText(fieldValueText(m_field, m_value));
        selectAll();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void ValueField::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    // After the click that brought the focus has placed the cursor.
    QTimer::singleShot(0, this, &QLineEdit::selectAll);
}

void ValueField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange) {
        setText(fieldValueText(m_field, m_value));
    }
    QLineEdit::changeEvent(event);
}

} // namespace headroom::ui
