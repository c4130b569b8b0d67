// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of the style that have parts: slider, scroll bar, fields, tabs, menus, progress.
#include "widgets/theme/style.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int grooveThickness = 4;
constexpr int handleDiameter = 12;
constexpr int comboArrowWidth = 22;
constexpr int spinButtonWidth = 18;

} // namespace

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl subControl, const QWidget* widget) const {
    const QRect rect = option->rect;
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (bar == nullptr) {
            return {};
        }
        // No arrows: the groove takes the whole length.
        const bool lying = bar->orientation == Qt::Horizontal;
        const int length = lying ? rect.width() : rect.height();
        const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
        int size = length;
        if (range > 0) {
            const double share =
                static_cast<double>(bar->pageStep) / static_cast<double>(range + bar->pageStep);
            size = std::clamp(static_cast<int>(share * length), std::min(28, length), length);
        }
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                  length - size, bar->upsideDown);
        const auto part = [&](int from, int extent) {
            return lying ? QRect(rect.left() + from, rect.top(), extent, rect.height())
                         : QRect(rect.left(), rect.top() + from, rect.width(), extent);
        };
        switch (subControl) {
        case SC_ScrollBarSlider:
            return part(start, size);
        case SC_ScrollBarGroove:
            return rect;
        case SC_ScrollBarSubPage:
            return part(0, start);
        case SC_ScrollBarAddPage:
            return part(start + size, length - start - size);
        default:
            return {};
        }
    }
    if (control == CC_SpinBox) {
        const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        const bool buttons = box != nullptr && box->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int taken = buttons ? spinButtonWidth : 0;
        switch (subControl) {
        case SC_SpinBoxEditField:
            return rect.adjusted(1, 1, -1 - taken, -1);
        case SC_SpinBoxUp:
            return buttons ? QRect(rect.right() - taken, rect.top() + 1, taken, rect.height() / 2)
                           : QRect();
        case SC_SpinBoxDown:
            return buttons
                       ? QRect(rect.right() - taken, rect.center().y(), taken, rect.height() / 2)
                       : QRect();
        default:
            return rect;
        }
    }
    if (control == CC_ComboBox) {
        switch (subControl) {
        case SC_ComboBoxEditField:
            return rect.adjusted(9, 1, -comboArrowWidth, -1);
        case SC_ComboBoxArrow:
            return {rect.right() - comboArrowWidth, rect.top(), comboArrowWidth, rect.height()};
        case SC_ComboBoxListBoxPopup:
            return rect;
        default:
            return rect;
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

void Style::drawSlider(const QStyleOptionComplex* option, QPainter* painter,
                       const QWidget* widget) const {
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (slider == nullptr) {
        return;
    }
    const Tokens& t = tokens();
    const bool enabled = slider->state.testFlag(State_Enabled);
    const QColor accent = enabled ? controlAccent(widget, t) : t.disabled;
    const QRectF rect = slider->rect;
    const QRectF handle = subControlRect(CC_Slider, slider, SC_SliderHandle, widget);
    const bool lying = slider->orientation == Qt::Horizontal;
    const QPointF knob = lying ? QPointF(handle.center().x(), rect.center().y())
                               : QPointF(rect.center().x(), handle.center().y());
    constexpr double half = grooveThickness / 2.0;
    constexpr double inset = handleDiameter / 2.0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(t.line);
    QRectF filled;
    if (lying) {
        const QRectF track(rect.left() + 1.0, knob.y() - half, rect.width() - 2.0, grooveThickness);
        painter->drawRoundedRect(track, half, half);
        filled = slider->upsideDown ? QRectF(QPointF(knob.x(), track.top()), track.bottomRight())
                                    : QRectF(track.topLeft(), QPointF(knob.x(), track.bottom()));
    } else {
        const QRectF track(knob.x() - half, rect.top() + 1.0, grooveThickness, rect.height() - 2.0);
        painter->drawRoundedRect(track, half, half);
        filled = slider->upsideDown ? QRectF(QPointF(track.left(), knob.y()), track.bottomRight())
                                    : QRectF(track.topLeft(), QPointF(track.right(), knob.y()));
    }
    painter->setBrush(accent);
    painter->drawRoundedRect(filled, half, half);

    const bool held =
        slider->state.testFlag(State_Sunken) && slider->activeSubControls.testFlag(SC_SliderHandle);
    const bool hover = slider->state.testFlag(State_MouseOver) && enabled;
    if (slider->state.testFlag(State_HasFocus) || held) {
        QColor halo = accent;
        halo.setAlphaF(0.22F);
        painter->setBrush(halo);
        painter->drawEllipse(knob, inset + 2.0, inset + 2.0);
    }
    painter->setPen(QPen(accent, 1.8));
    painter->setBrush(held || hover ? mixColors(t.panel, accent, 0.25) : t.panel);
    painter->drawEllipse(knob, inset - 1.0, inset - 1.0);
    painter->restore();
}

void Style::drawScrollBar(const QStyleOptionComplex* option, QPainter* painter) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (bar == nullptr || bar->maximum <= bar->minimum) {
        return;
    }
    const Tokens& t = tokens();
    QRect handle = subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, nullptr);
    const bool lying = bar->orientation == Qt::Horizontal;
    handle = lying ? handle.adjusted(1, 3, -1, -2) : handle.adjusted(3, 1, -2, -1);
    const bool strong = bar->state.testFlag(State_MouseOver) || bar->state.testFlag(State_Sunken);
    paint::rounded(painter, handle, 2.5, mixColors(t.line, t.secondary, strong ? 0.7 : 0.25),
                   Qt::transparent);
}

void Style::drawSpinBox(const QStyleOptionComplex* option, QPainter* painter,
                        const QWidget* widget) const {
    const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (box == nullptr) {
        return;
    }
    const Tokens& t = tokens();
    const bool enabled = box->state.testFlag(State_Enabled);
    const bool hover = enabled && box->state.testFlag(State_MouseOver);
    const bool focus = box->state.testFlag(State_HasFocus);
    paint::field(painter, box->rect, t, enabled, hover, focus, controlAccent(widget, t));
    if (box->buttonSymbols == QAbstractSpinBox::NoButtons || !(hover || focus)) {
        return; // the arrows appear under the hand and keep their room otherwise
    }
    for (const auto& [part, arrow, step] :
         {std::tuple{SC_SpinBoxUp, PE_IndicatorSpinUp, QAbstractSpinBox::StepUpEnabled},
          std::tuple{SC_SpinBoxDown, PE_IndicatorSpinDown, QAbstractSpinBox::StepDownEnabled}}) {
        const bool usable = box->stepEnabled.testFlag(step);
        const bool pressed = box->activeSubControls.testFlag(part);
        paint::chevron(painter, subControlRect(CC_SpinBox, box, part, widget), arrow,
                       !usable ? t.disabled : (pressed ? t.text : t.secondary));
    }
}

void Style::drawComboBox(const QStyleOptionComplex* option, QPainter* painter,
                         const QWidget* widget) const {
    const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    if (box == nullptr) {
        return;
    }
    const Tokens& t = tokens();
    const bool enabled = box->state.testFlag(State_Enabled);
    const bool hover = enabled && box->state.testFlag(State_MouseOver);
    const bool open = box->state.testFlag(State_On);
    const bool focus = box->state.testFlag(State_HasFocus) || open;
    paint::field(painter, box->rect, t, enabled, hover, focus, controlAccent(widget, t));
    paint::chevron(painter, subControlRect(CC_ComboBox, box, SC_ComboBoxArrow, widget),
                   PE_IndicatorArrowDown, enabled ? t.secondary : t.disabled);
}

void Style::drawTab(const QStyleOption* option, QPainter* painter, const QWidget* widget) const {
    const Tokens& t = tokens();
    const QRect rect = option->rect;
    if (option->state.testFlag(State_Selected)) {
        painter->fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2),
                          controlAccent(widget, t));
    }
    if (option->state.testFlag(State_HasFocus)) {
        paint::rounded(painter, rect.adjusted(4, 5, -4, -5), 4.0, Qt::transparent, t.accent);
    }
}

void Style::drawMenuItem(const QStyleOption* option, QPainter* painter,
                         const QWidget* widget) const {
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (item == nullptr) {
        return;
    }
    const Tokens& t = tokens();
    const QRect rect = item->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left() + 4, rect.center().y(), rect.width() - 8, 1), t.line);
        return;
    }
    const bool enabled = item->state.testFlag(State_Enabled);
    if (item->state.testFlag(State_Selected) && enabled) {
        paint::rounded(painter, rect, 4.0, t.hover, Qt::transparent);
    }
    constexpr int markWidth = 26;
    if (item->checked) {
        paint::tick(painter, QRect(rect.left(), rect.top(), markWidth, rect.height()),
                    enabled ? t.accent : t.disabled);
    } else if (!item->icon.isNull()) {
        const QRect place(rect.left() + 5, rect.center().y() - 7, 16, 16);
        item->icon.paint(painter, place, Qt::AlignCenter,
                         enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const QStringList parts = item->text.split(u'\t');
    painter->setFont(item->font);
    const QRect words = rect.adjusted(markWidth, 0, -22, 0);
    painter->setPen(enabled ? t.text : t.disabled);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic,
                      parts.first());
    if (parts.size() > 1) {
        painter->setPen(enabled ? t.secondary : t.disabled);
        painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter, parts[1]);
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        paint::chevron(painter, QRect(rect.right() - 20, rect.top(), 16, rect.height()),
                       PE_IndicatorArrowRight, enabled ? t.secondary : t.disabled);
    }
    Q_UNUSED(widget);
}

void Style::drawProgress(const QStyleOption* option, QPainter* painter,
                         const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    if (bar == nullptr) {
        return;
    }
    const Tokens& t = tokens();
    const QRect rect = bar->rect;
    const QRect track(rect.left(), rect.center().y() - 2, rect.width(), 5);
    // Groove and contents come as two calls with the same option; drawing both twice is harmless.
    paint::rounded(painter, track, 2.5, t.line, Qt::transparent);
    const qint64 range = static_cast<qint64>(bar->maximum) - bar->minimum;
    if (range <= 0) {
        paint::rounded(painter, track, 2.5, mixColors(t.line, controlAccent(widget, t), 0.5),
                       Qt::transparent);
        return;
    }
    const double share = std::clamp(
        static_cast<double>(bar->progress - bar->minimum) / static_cast<double>(range), 0.0, 1.0);
    QRect filled = track;
    filled.setWidth(static_cast<int>(share * track.width()));
    if (filled.width() > 0) {
        paint::rounded(painter, filled, 2.5, controlAccent(widget, t), Qt::transparent);
    }
}

} // namespace headroom::ui
