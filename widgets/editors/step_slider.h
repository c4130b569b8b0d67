// SPDX-License-Identifier: GPL-3.0-or-later
// StepSlider: a slider over a list of valid values, which need not lie evenly.
#pragma once

#include <QSlider>

#include <cstdint>
#include <vector>

namespace headroom::ui {

class StepSlider : public QSlider {
    Q_OBJECT

public:
    explicit StepSlider(QWidget* parent = nullptr);

    /// The values it stops at, ascending. While it is dragged the list stays as it is.
    void setValues(const std::vector<std::int64_t>& values);
    [[nodiscard]] const std::vector<std::int64_t>& values() const { return m_values; }

    /// Shows `value` at the nearest stop, without a signal; ignored while it is dragged.
    void showValue(std::int64_t value);

signals:
    /// A stop was reached by hand: by dragging, or by a key, a click or the wheel.
    void stopChosen(qint64 value, bool dragging);
    void released();

protected:
    /// Only a focused slider turns with the wheel, so that scrolling a panel changes nothing.
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    std::vector<std::int64_t> m_values;
    bool m_showing = false;
};

} // namespace headroom::ui
