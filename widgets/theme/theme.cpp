// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/style.h"

#include <QApplication>
#include <QEvent>
#include <QToolTip>
#include <QWidget>

namespace headroom::ui {

Theme::Theme()
    : m_tokens(&lightTokens()) {}

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::install(QApplication& application) {
    m_application = &application;
    m_systemIsDark = isDarkPalette(QApplication::palette());
    application.setStyle(new Style);
    application.installEventFilter(this);
    apply();
}

void Theme::setMode(Mode mode) {
    if (m_mode == mode) {
        return;
    }
    m_mode = mode;
    apply();
}

void Theme::setTypeScale(double factor) {
    ui::setTypeScale(factor);
    apply();
}

void Theme::apply() {
    const bool dark = m_mode == Mode::FollowSystem ? m_systemIsDark : m_mode == Mode::Dark;
    m_tokens = dark ? &darkTokens() : &lightTokens();
    if (m_application != nullptr) {
        QApplication::setFont(uiFont());
        QToolTip::setFont(uiFont(12));
        QApplication::setPalette(paletteFor(*m_tokens));
        QToolTip::setPalette(paletteFor(*m_tokens));
        const QWidgetList widgets = QApplication::topLevelWidgets();
        for (QWidget* widget : widgets) {
            widget->update();
        }
    }
    emit changed();
}

bool Theme::isDarkPalette(const QPalette& palette) {
    return palette.color(QPalette::WindowText).lightness() >
           palette.color(QPalette::Window).lightness();
}

QPalette Theme::paletteFor(const Tokens& t) {
    QPalette p;
    const auto set = [&p](QPalette::ColorRole role, const QColor& color) {
        p.setColor(QPalette::All, role, color);
    };
    set(QPalette::Window, t.panel);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.panel);
    set(QPalette::AlternateBase, t.window);
    set(QPalette::Text, t.text);
    set(QPalette::Button, t.panel);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.bad);
    set(QPalette::ToolTipBase, t.panel);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::PlaceholderText, t.disabled);
    set(QPalette::Highlight, t.selection);
    set(QPalette::HighlightedText, t.text);
    set(QPalette::Link, t.accent);
    set(QPalette::LinkVisited, t.accent);
    set(QPalette::Light, t.panel);
    set(QPalette::Midlight, t.line);
    set(QPalette::Mid, t.line);
    set(QPalette::Dark, t.line);
    set(QPalette::Shadow, t.line);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        p.setColor(QPalette::Disabled, role, t.disabled);
    }
    return p;
}

void Theme::readSystem() {
    // Our own palette hides the system's; lifting it for a moment shows what the desktop wants.
    m_readingSystem = true;
    QApplication::setPalette(QPalette());
    m_systemIsDark = isDarkPalette(QApplication::palette());
    m_readingSystem = false;
    apply();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ThemeChange && watched->isWindowType() && !m_readingSystem &&
        m_mode == Mode::FollowSystem) {
        readSystem();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace headroom::ui
