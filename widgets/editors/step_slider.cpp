// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/step_slider.h"

#include <QMouseEvent>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cstdlib>

namespace headroom::ui {

StepSlider::StepSlider(QWidget* parent)
    : QSlider(Qt::Horizontal, parent) {
    setFocusPolicy(Qt::StrongFocus); // not by the wheel
    setPageStep(4);
    connect(this, &QSlider::valueChanged, this, [this](int index) {
        if (!m_showing && index >= 0 && index < static_cast<int>(m_values.size())) {
            emit stopChosen(m_values[static_cast<std::size_t>(index)], isSliderDown());
        }
    });
    connect(this, &QSlider::sliderReleased, this, &StepSlider::released);
}

void StepSlider::setValues(const std::vector<std::int64_t>& values) {
    if (isSliderDown() || values == m_values) {
        return;
    }
    m_showing = true;
    m_values = values;
    setRange(0, std::max(0, static_cast<int>(values.size()) - 1));
    m_showing = false;
}

void StepSlider::showValue(std::int64_t value) {
    if (isSliderDown() || m_values.empty()) {
        return;
    }
    const auto above = std::lower_bound(m_values.begin(), m_values.end(), value);
    auto index = static_cast<std::size_t>(above - m_values.begin());
    if (index == m_values.size() ||
        (index > 0 && value - m_values[index - 1] <= m_values[index] - value)) {
        --index;
    }
    m_showing = true;
    setValue(static_cast<int>(index));
    m_showing = false;
}

void StepSlider::wheelEvent(QWheelEvent* event) {
    if (hasFocus()) {
        QSlider::wheelEvent(event);
    } else {
        event->ignore();
    }
}

void StepSlider::mousePressEvent(QMouseEvent* event) {
    // A press beside the handle takes it there and starts the drag, instead of paging.
    if (event->button() == Qt::LeftButton) {
        QStyleOptionSlider option;
        initStyleOption(&option);
        const QRect handle =
            style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
        if (!handle.contains(event->position().toPoint())) {
            const int span = std::max(1, width() - handle.width());
            const int x = qRound(event->position().x()) - handle.width() / 2;
            setSliderDown(true);
            setValue(
                QStyle::sliderValueFromPosition(minimum(), maximum(), x, span, option.upsideDown));
        }
    }
    QSlider::mousePressEvent(event);
}

} // namespace headroom::ui
