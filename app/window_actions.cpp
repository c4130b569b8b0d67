// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <utility>

namespace headroom::ui {

WindowActions::WindowActions(QMainWindow& window)
    : QObject(&window)
    , m_window(window) {}

QString WindowActions::translated(const char* text) const {
    return QCoreApplication::translate(m_window.metaObject()->className(), text);
}

QMenu* WindowActions::addMenu(const char* text, QMenu* parent) {
    QMenu* menu =
        parent == nullptr ? m_window.menuBar()->addMenu(QString()) : parent->addMenu(QString());
    menu->setToolTipsVisible(true);
    menu->menuAction()->setText(translated(text));
    m_entries.append({menu->menuAction(), text});
    return menu;
}

QAction* WindowActions::make(QMenu* menu, const char* text, const QKeySequence& shortcut) {
    auto* action = new QAction(translated(text), &m_window);
    action->setShortcut(shortcut);
    menu->addAction(action);
    // Shortcuts live on in presenter mode, where the menu bar may be hidden.
    m_window.addAction(action);
    m_entries.append({action, text});
    return action;
}

QAction* WindowActions::add(QMenu* menu, const char* text, const QKeySequence& shortcut,
                            std::function<void()> act) {
    QAction* action = make(menu, text, shortcut);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    return action;
}

QAction* WindowActions::addToggle(QMenu* menu, const char* text, const QKeySequence& shortcut,
                                  std::function<void(bool)> act) {
    QAction* action = make(menu, text, shortcut);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [act = std::move(act)](bool on) { act(on); });
    return action;
}

QAction* WindowActions::addChoice(QMenu* menu, QActionGroup* group, const char* text,
                                  std::function<void()> act) {
    QAction* action = make(menu, text, {});
    action->setCheckable(true);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    return action;
}

void WindowActions::retranslate() {
    for (const Entry& entry : std::as_const(m_entries)) {
        entry.action->setText(translated(entry.text));
    }
}

QVector<WindowActions::Shortcut> WindowActions::shortcuts() const {
    QVector<Shortcut> found;
    for (const Entry& entry : m_entries) {
        if (!entry.action->shortcut().isEmpty()) {
            QString text = translated(entry.text); // without the edit that Undo would take back
            text.remove(QLatin1Char('&'));
            found.append({text, entry.action->shortcut()});
        }
    }
    return found;
}

} // namespace headroom::ui
