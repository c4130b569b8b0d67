// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/style_paint.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSlider>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QTableView>

namespace headroom::ui {

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void Style::polish(QPalette& palette) {
    palette = Theme::paletteFor(tokens());
}

void Style::polish(QApplication* application) {
    QProxyStyle::polish(application);
}

void Style::unpolish(QApplication* application) {
    QProxyStyle::unpolish(application);
}

void Style::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) != nullptr ||
        qobject_cast<QComboBox*>(widget) != nullptr || qobject_cast<QSlider*>(widget) != nullptr ||
        qobject_cast<QScrollBar*>(widget) != nullptr || qobject_cast<QTabBar*>(widget) != nullptr ||
        qobject_cast<QLineEdit*>(widget) != nullptr ||
        qobject_cast<QAbstractSpinBox*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (widget->inherits("QComboBoxPrivateContainer")) {
        // Rounded corners of the popup would otherwise show the window's own square ones.
        widget->setAutoFillBackground(true);
    }
}

void Style::unpolish(QWidget* widget) {
    QProxyStyle::unpolish(widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option,
                       const QWidget* widget) const {
    switch (metric) {
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return 16;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_TabBarTabHSpace:
        return 26;
    case PM_TabBarTabVSpace:
        return 18;
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_DockWidgetSeparatorExtent:
    case PM_SplitterWidth:
        return 1;
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractItemView*>(widget) != nullptr ? 0 : 1;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 5;
    case PM_MenuHMargin:
        return 5;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuBarItemSpacing:
        return 4;
    case PM_ToolBarFrameWidth:
    case PM_ToolBarItemMargin:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_FocusFrameHMargin:
        return 6; // text of cells keeps this distance from their edges
    case PM_HeaderMargin:
        return 6;
    case PM_ToolTipLabelFrameWidth:
        return 7;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returnData) const {
    switch (hint) {
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton; // a click on the track goes there
    case SH_EtchDisabledText:
    case SH_UnderlineShortcut:
    case SH_Menu_SloppySubMenus:
        return hint == SH_Menu_SloppySubMenus ? 1 : 0;
    case SH_ComboBox_Popup:
        return 0;
    case SH_ScrollBar_Transient:
        return 0;
    case SH_TabBar_PreferNoArrows:
        return 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_Table_GridLineColor:
        return static_cast<int>(tokens().line.rgb());
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int fieldHeight =
        QFontMetrics(widget != nullptr ? widget->font() : uiFont()).height() + 10;
    switch (type) {
    case CT_PushButton:
        return {std::max(size.width() + 28, 72), fieldHeight + 2};
    case CT_ComboBox:
        return {size.width() + 34, fieldHeight};
    case CT_LineEdit:
        return {result.width(), fieldHeight};
    case CT_SpinBox:
        return {result.width(), fieldHeight};
    case CT_ToolButton:
        return size + QSize(14, 8);
    case CT_MenuBarItem:
        return size + QSize(14, 10);
    case CT_MenuItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator) {
            return {10, 9};
        }
        return {result.width() + 20, fieldHeight};
    }
    case CT_HeaderSection:
        return {result.width() + 8, fieldHeight + 2};
    case CT_ItemViewItem:
        return {result.width() + 8, std::max(result.height(), fieldHeight)};
    default:
        return result;
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option,
                            const QWidget* widget) const {
    switch (element) {
    case SE_LineEditContents:
        if (widget != nullptr && qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())) {
            return option->rect.adjusted(7, 1, -7, -1);
        }
        return option->rect.adjusted(6, 1, -6, -1);
    case SE_ProgressBarContents:
    case SE_ProgressBarGroove:
        return option->rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    const Tokens& t = tokens();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool hover = enabled && option->state.testFlag(State_MouseOver);
    const bool focus = option->state.testFlag(State_HasFocus);
    const bool on = option->state.testFlag(State_On);
    switch (element) {
    case PE_PanelLineEdit:
        // Spin boxes and combo boxes draw the field themselves.
        if (widget != nullptr && (qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) ||
                                  qobject_cast<const QComboBox*>(widget->parentWidget()))) {
            return;
        }
        paint::field(painter, option->rect, t, enabled, hover, focus, controlAccent(widget, t));
        return;
    case PE_FrameLineEdit:
        return;
    case PE_PanelButtonCommand:
        paint::button(painter, option, t);
        return;
    case PE_PanelButtonTool:
        if (hover || on || option->state.testFlag(State_Sunken)) {
            const QColor fill = option->state.testFlag(State_Sunken) || on
                                    ? mixColors(t.hover, t.text, 0.06)
                                    : t.hover;
            paint::rounded(painter, option->rect, 5.0, fill, Qt::transparent);
        }
        return;
    case PE_FrameFocusRect:
        paint::rounded(painter, option->rect, 4.0, Qt::transparent, t.accent);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paint::checkBox(painter, option, t, controlAccent(widget, t));
        return;
    case PE_IndicatorRadioButton:
        paint::radioButton(painter, option, t, controlAccent(widget, t));
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.line);
        return;
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_FrameWindow:
    case PE_FrameDockWidget:
    case PE_FrameButtonTool:
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
        if (qobject_cast<const QAbstractItemView*>(widget) == nullptr) {
            paint::rounded(painter, option->rect, 6.0, Qt::transparent, t.line);
        }
        return;
    case PE_PanelMenu:
    case PE_FrameMenu:
        painter->fillRect(option->rect, t.panel);
        painter->setPen(t.line);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, t.panel);
        painter->setPen(t.line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelMenuBar:
    case PE_PanelToolBar:
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, t.panel);
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        painter->fillRect(option->rect, t.line);
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
    case PE_IndicatorSpinUp:
    case PE_IndicatorSpinDown:
        paint::chevron(painter, option->rect, element, enabled ? t.secondary : t.disabled);
        return;
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow: {
        const bool selected = option->state.testFlag(State_Selected);
        if (selected) {
            painter->fillRect(option->rect, t.selection);
        } else if (hover && element == PE_PanelItemViewItem &&
                   qobject_cast<const QTableView*>(widget) == nullptr) {
            painter->fillRect(option->rect, t.hover);
        } else if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
                   item != nullptr && element == PE_PanelItemViewItem &&
                   item->backgroundBrush.style() != Qt::NoBrush) {
            painter->fillRect(option->rect, item->backgroundBrush);
        }
        if (element == PE_PanelItemViewItem && qobject_cast<const QTableView*>(widget) != nullptr) {
            painter->fillRect(
                QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.grid);
        }
        return;
    }
    case PE_IndicatorBranch:
        if (option->state.testFlag(State_Children)) {
            paint::chevron(painter, option->rect,
                           option->state.testFlag(State_Open) ? PE_IndicatorArrowDown
                                                              : PE_IndicatorArrowRight,
                           t.secondary);
        }
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    const Tokens& t = tokens();
    switch (element) {
    case CE_TabBarTabShape:
        drawTab(option, painter, widget);
        return;
    case CE_TabBarTabLabel: {
        const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
        if (tab != nullptr) {
            const bool selected = tab->state.testFlag(State_Selected);
            QFont font = painter->font();
            font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
            painter->setFont(font);
            painter->setPen(!tab->state.testFlag(State_Enabled)                ? t.disabled
                            : selected || tab->state.testFlag(State_MouseOver) ? t.text
                                                                               : t.secondary);
            painter->drawText(tab->rect, Qt::AlignCenter | Qt::TextShowMnemonic, tab->text);
        }
        return;
    }
    case CE_ComboBoxLabel: {
        // A choice that does not fit ends in dots, not in half a letter.
        const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        if (box != nullptr) {
            QStyleOptionComboBox fitted = *box;
            fitted.currentText = painter->fontMetrics().elidedText(
                box->currentText, Qt::ElideRight,
                subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width() - 2);
            QProxyStyle::drawControl(element, &fitted, painter, widget);
        }
        return;
    }
    case CE_MenuItem:
        drawMenuItem(option, painter, widget);
        return;
    case CE_MenuBarItem: {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (item != nullptr) {
            painter->fillRect(item->rect, t.panel);
            if (item->state.testFlag(State_Selected) && item->state.testFlag(State_Enabled)) {
                paint::rounded(painter, item->rect.adjusted(0, 2, 0, -2), 5.0, t.hover,
                               Qt::transparent);
            }
            painter->setPen(item->state.testFlag(State_Enabled) ? t.text : t.disabled);
            painter->drawText(item->rect, Qt::AlignCenter | Qt::TextShowMnemonic, item->text);
        }
        return;
    }
    case CE_MenuBarEmptyArea:
    case CE_MenuEmptyArea:
    case CE_ToolBar:
        painter->fillRect(option->rect, t.panel);
        return;
    case CE_HeaderSection:
        painter->fillRect(option->rect, t.panel);
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.line);
        return;
    case CE_HeaderLabel: {
        const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
        if (header != nullptr) {
            painter->setFont(uiFont(12, QFont::DemiBold));
            painter->setPen(t.secondary);
            painter->drawText(header->rect.adjusted(4, 0, -4, 0),
                              static_cast<int>(header->textAlignment) | Qt::AlignVCenter,
                              header->text);
        }
        return;
    }
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, t.panel);
        painter->fillRect(
            QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.line);
        return;
    case CE_Splitter:
        // A handle wide enough to grasp shows as the hairline in its middle.
        painter->fillRect(option->rect, t.panel);
        if (option->state.testFlag(State_Horizontal)) {
            painter->fillRect(
                QRect(option->rect.center().x(), option->rect.top(), 1, option->rect.height()),
                t.line);
        } else {
            painter->fillRect(
                QRect(option->rect.left(), option->rect.center().y(), option->rect.width(), 1),
                t.line);
        }
        return;
    case CE_ShapedFrame: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        const bool rule = frame != nullptr && (frame->frameShape == QFrame::HLine ||
                                               frame->frameShape == QFrame::VLine);
        if (rule) {
            const bool lying = frame->frameShape == QFrame::HLine;
            const QPoint middle = option->rect.center();
            painter->fillRect(lying
                                  ? QRect(option->rect.left(), middle.y(), option->rect.width(), 1)
                                  : QRect(middle.x(), option->rect.top(), 1, option->rect.height()),
                              t.line);
            return;
        }
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    case CE_ProgressBarGroove:
    case CE_ProgressBarContents:
        drawProgress(option, painter, widget);
        return;
    case CE_RubberBand:
        paint::rounded(painter, option->rect, 2.0, Qt::transparent, t.accent);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const {
    switch (control) {
    case CC_Slider:
        drawSlider(option, painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(option, painter);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter, widget);
        return;
    case CC_ComboBox:
        drawComboBox(option, painter, widget);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

} // namespace headroom::ui
