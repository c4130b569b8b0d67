// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bars/number_field.h"

#include "widgets/format/format.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr int one_edit_ms = 700;

std::int64_t powerOfTwoAbove(std::int64_t value) {
    std::int64_t power = 1;
    while (power <= value) {
        power *= 2;
    }
    return power;
}

std::int64_t powerOfTwoBelow(std::int64_t value) {
    std::int64_t power = 1;
    while (power * 2 < value) {
        power *= 2;
    }
    return power;
}

} // namespace

std::optional<std::int64_t> parseWholeNumber(const QString& text, const QLocale& locale) {
    QString digits = text.trimmed();
    if (digits.isEmpty()) {
        return std::nullopt;
    }
    double factor = 1;
    const QChar last = digits.back().toLower();
    if (last == QLatin1Char('k') || last == QLatin1Char('m')) {
        factor = last == QLatin1Char('k') ? 1024.0 : 1024.0 * 1024.0;
        digits.chop(1);
    }
    digits.remove(locale.groupSeparator());
    digits.remove(QLatin1Char(' '));
    bool ok = false;
    double number = locale.toDouble(digits, &ok);
    if (!ok) {
        number = QLocale::c().toDouble(digits, &ok);
    }
    number *= factor;
    if (!ok || !std::isfinite(number) || number != std::floor(number) || std::abs(number) > 1e15) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(number);
}

NumberField::NumberField(std::int64_t minimum, std::int64_t maximum, std::int64_t widest,
                         QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_minimum(minimum)
    , m_maximum(maximum)
    , m_widest(widest)
    , m_value(minimum) {
    setButtonSymbols(NoButtons);
    setAlignment(Qt::AlignRight);
    setAccelerated(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_stepping.setSingleShot(true);
    m_stepping.setInterval(one_edit_ms);
    connect(&m_stepping, &QTimer::timeout, this, &NumberField::finishStepping);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] { m_typed = true; });
    connect(this, &QAbstractSpinBox::editingFinished, this, &NumberField::commit);
    showValue();
}

void NumberField::setValue(std::int64_t value) {
    m_value = std::clamp(value, m_minimum, m_maximum);
    // What the user is typing is not overwritten by a result that arrives meanwhile.
    if (!(hasFocus() && m_typed)) {
        showValue();
    }
}

void NumberField::showValue() {
    const QString text = format::plain(static_cast<double>(m_value), 0);
    if (lineEdit()->text() != text) {
        lineEdit()->setText(text);
    }
    m_typed = false;
}

void NumberField::stepBy(int steps) {
    commit();
    std::int64_t value = m_value;
    for (int i = 0; i < std::abs(steps); ++i) {
        value = steps > 0 ? powerOfTwoAbove(value) : powerOfTwoBelow(value);
    }
    value = std::clamp(value, m_minimum, m_maximum);
    if (value == m_value) {
        return;
    }
    m_value = value;
    showValue();
    m_stepping.start();
    emit valueEdited(m_value, true);
}

void NumberField::finishStepping() {
    m_stepping.stop();
    emit editingDone();
}

void NumberField::commit() {
    if (!m_typed) {
        return;
    }
    const auto typed = parseWholeNumber(lineEdit()->text(), QLocale());
    const std::int64_t before = m_value;
    if (typed) {
        m_value = std::clamp(*typed, m_minimum, m_maximum);
    }
    showValue();
    if (m_value != before) {
        emit valueEdited(m_value, false);
    }
}

QAbstractSpinBox::StepEnabled NumberField::stepEnabled() const {
    StepEnabled enabled;
    enabled.setFlag(StepUpEnabled, m_value < m_maximum);
    enabled.setFlag(StepDownEnabled, m_value > m_minimum);
    return enabled;
}

QValidator::State NumberField::validate(QString& input, int&) const {
    const auto number = parseWholeNumber(input, QLocale());
    return number && *number >= m_minimum && *number <= m_maximum ? QValidator::Acceptable
                                                                  : QValidator::Intermediate;
}

void NumberField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_typed) {
        showValue();
        event->accept();
        return;
    }
    QAbstractSpinBox::keyPressEvent(event);
}

void NumberField::focusOutEvent(QFocusEvent* event) {
    QAbstractSpinBox::focusOutEvent(event);
    if (m_stepping.isActive()) {
        finishStepping();
    }
}

void NumberField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        showValue();
    }
    QAbstractSpinBox::changeEvent(event);
}

QSize NumberField::sizeHint() const {
    const QString widest = format::plain(static_cast<double>(m_widest), 0);
    const int text = fontMetrics().horizontalAdvance(widest);
    return {text + 20, fontMetrics().height() + 10};
}

QSize NumberField::minimumSizeHint() const {
    return sizeHint();
}

} // namespace headroom::ui
