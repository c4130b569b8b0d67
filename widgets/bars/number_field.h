// SPDX-License-Identifier: GPL-3.0-or-later
// NumberField: a whole number that is typed ("131072", "128k", "1M") or stepped by powers of two.
#pragma once

#include <QAbstractSpinBox>
#include <QTimer>

#include <cstdint>
#include <optional>

namespace headroom::ui {

/// Reads "131,072", "128k" (binary thousands), "1M" and the locale's own grouping.
[[nodiscard]] std::optional<std::int64_t> parseWholeNumber(const QString& text,
                                                           const QLocale& locale = QLocale());

class NumberField : public QAbstractSpinBox {
    Q_OBJECT

public:
    /// `widest` reserves the room of that value, so that the row does not jump.
    NumberField(std::int64_t minimum, std::int64_t maximum, std::int64_t widest,
                QWidget* parent = nullptr);

    [[nodiscard]] std::int64_t value() const { return m_value; }
    /// Shows a value without a signal; text that is being typed stays.
    void setValue(std::int64_t value);

    void stepBy(int steps) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QValidator::State validate(QString& input, int& position) const override;

signals:
    /// `stepping`: more of the same may follow; editingDone() ends it.
    void valueEdited(qint64 value, bool stepping);
    void editingDone();

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;
    void changeEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void commit();
    void showValue();
    void finishStepping();

    std::int64_t m_minimum;
    std::int64_t m_maximum;
    std::int64_t m_widest;
    std::int64_t m_value;
    bool m_typed = false; ///< by hand since it was shown; Qt forgets that at Enter
    QTimer m_stepping;    ///< steps close together are one edit
};

} // namespace headroom::ui
