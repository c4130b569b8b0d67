// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/controls.h"

#include "widgets/theme/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollArea>
#include <QToolTip>
#include <QVariant>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr const char* slotProperty = "headroomDesignSlot";

QFont fontOf(TextRole role) {
    switch (role) {
    case TextRole::Body:
    case TextRole::Good:
    case TextRole::Bad:
        return uiFont();
    case TextRole::Secondary:
        return uiFont(12);
    case TextRole::Section:
        return sectionFont();
    case TextRole::Figure:
        return uiFont(type::figure, QFont::Bold);
    case TextRole::Title:
        return uiFont(type::title, QFont::Bold);
    case TextRole::Code:
        return codeFont(12);
    }
    return uiFont();
}

QColor colorOf(TextRole role, const Tokens& t) {
    switch (role) {
    case TextRole::Body:
    case TextRole::Figure:
    case TextRole::Title:
    case TextRole::Code:
        return t.text;
    case TextRole::Secondary:
    case TextRole::Section:
        return t.secondary;
    case TextRole::Good:
        return t.good;
    case TextRole::Bad:
        return t.bad;
    }
    return t.text;
}

} // namespace

void setDesignSlot(QWidget* widget, int slot) {
    widget->setProperty(slotProperty, slot < 0 ? QVariant() : QVariant(slot));
    widget->update();
}

QColor controlAccent(const QWidget* widget, const Tokens& tokens) {
    const QVariant slot = widget == nullptr ? QVariant() : widget->property(slotProperty);
    return slot.isValid() ? designColor(tokens, slot.toInt()) : tokens.accent;
}

TextLabel::TextLabel(TextRole role, const QString& text, QWidget* parent)
    : QLabel(text, parent)
    , m_role(role) {
    connect(&Theme::instance(), &Theme::changed, this, &TextLabel::applyTheme);
    applyTheme();
}

void TextLabel::setRole(TextRole role) {
    m_role = role;
    applyTheme();
}

void TextLabel::applyTheme() {
    if (font() != fontOf(m_role)) {
        setFont(fontOf(m_role));
    }
    const QColor color = colorOf(m_role, tokens());
    if (!testAttribute(Qt::WA_SetPalette) || palette().color(QPalette::WindowText) != color) {
        QPalette own; // only this role: the rest follows the application
        own.setColor(QPalette::WindowText, color);
        setPalette(own);
    }
}

TitleLabel::TitleLabel(TextRole role, QWidget* parent)
    : QWidget(parent)
    , m_role(role) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void TitleLabel::setText(const QString& text) {
    if (m_text == text) {
        return;
    }
    m_text = text;
    setAccessibleName(text);
    update();
}

QSize TitleLabel::sizeHint() const {
    const QFontMetrics metrics(fontOf(m_role));
    return {metrics.horizontalAdvance(m_text), metrics.height()};
}

QSize TitleLabel::minimumSizeHint() const {
    return {80, QFontMetrics(fontOf(m_role)).height()};
}

QFont TitleLabel::fittedFont() const {
    QFont font = fontOf(m_role);
    constexpr int readable = 10;
    const int least = std::max(std::min(readable, font.pixelSize()), font.pixelSize() * 3 / 4);
    while (font.pixelSize() > least && QFontMetrics(font).horizontalAdvance(m_text) > width()) {
        font.setPixelSize(font.pixelSize() - 1);
    }
    return font;
}

void TitleLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(fittedFont());
    painter.setPen(colorOf(m_role, tokens()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

bool TitleLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const bool cut = QFontMetrics(fittedFont()).horizontalAdvance(m_text) > width();
        if (cut) {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        }
        return true;
    }
    return QWidget::event(event);
}

DesignChip::DesignChip(int slot, const QString& name, QWidget* parent)
    : QAbstractButton(parent)
    , m_slot(slot) {
    setText(name);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("%1 %2").arg(designLetter(slot), name));
}

QSize DesignChip::sizeHint() const {
    const QFontMetrics metrics(uiFont(12, QFont::Bold));
    return {metrics.horizontalAdvance(designLetter(m_slot) + u' ' + text()) + 20,
            metrics.height() + 10};
}

QSize DesignChip::minimumSizeHint() const {
    return {48, sizeHint().height()};
}

void DesignChip::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    const QColor color = designColor(t, m_slot);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isChecked() ? color : (hasFocus() ? t.accent : t.line), 1.0));
    painter.setBrush(isChecked() ? mixColors(t.panel, color, t.dark ? 0.12 : 0.05)
                                 : (underMouse() ? t.hover : t.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5.0, 5.0);
    painter.setFont(uiFont(12, QFont::Bold));
    painter.setPen(color);
    const QRect inner = rect().adjusted(9, 0, -9, 0);
    const QString shown = designLetter(m_slot) + u' ' + text();
    painter.drawText(inner, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(shown, Qt::ElideRight, inner.width()));
}

AdviceLabel::AdviceLabel(QWidget* parent)
    : QLabel(parent) {
    setWordWrap(true);
    setContentsMargins(8, 6, 8, 6);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(&Theme::instance(), &Theme::changed, this, &AdviceLabel::applyTheme);
    applyTheme();
}

void AdviceLabel::setSeverity(Severity severity) {
    m_severity = severity;
    applyTheme();
}

void AdviceLabel::applyTheme() {
    const Tokens& t = tokens();
    setFont(uiFont(12));
    QPalette own;
    own.setColor(QPalette::WindowText, m_severity == Severity::Error ? t.bad : t.advice);
    setPalette(own);
    update();
}

void AdviceLabel::paintEvent(QPaintEvent* event) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_severity == Severity::Error ? mixColors(t.panel, t.bad, 0.1)
                                                   : t.adviceSurface);
    painter.drawRoundedRect(rect(), 4.0, 4.0);
    painter.end();
    QLabel::paintEvent(event);
}

QScrollArea* scrolledWhenLow(QWidget* contents, QWidget* parent) {
    auto* scroll = new QScrollArea(parent);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(contents);
    return scroll;
}

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent) {
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setFixedWidth(1);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }
}

void Hairline::paintEvent(QPaintEvent* event) {
    QPainter(this).fillRect(event->rect(), tokens().line);
}

} // namespace headroom::ui
