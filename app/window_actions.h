// SPDX-License-Identifier: GPL-3.0-or-later
// WindowActions: every menu entry of the window, with its shortcut and its translation.
#pragma once

#include <QKeySequence>
#include <QObject>
#include <QString>
#include <QVector>

#include <functional>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace headroom::ui {

/// Makes actions and menus and names them again when the language changes. What an entry does is
/// given by the window.
class WindowActions : public QObject {
    Q_OBJECT

public:
    explicit WindowActions(QMainWindow& window);

    /// `text` is marked by QT_TR_NOOP in a member of the window's class.
    QMenu* addMenu(const char* text, QMenu* parent = nullptr);
    QAction* add(QMenu* menu, const char* text, const QKeySequence& shortcut,
                 std::function<void()> act);
    /// An entry that is on or off; `act` gets the new state.
    QAction* addToggle(QMenu* menu, const char* text, const QKeySequence& shortcut,
                       std::function<void(bool)> act);
    /// One of several: `act` runs when it is chosen.
    QAction* addChoice(QMenu* menu, QActionGroup* group, const char* text,
                       std::function<void()> act);
    void retranslate();

    struct Shortcut {
        QString text;
        QKeySequence keys;
    };
    /// Every entry that has keys, in the order of the menus.
    [[nodiscard]] QVector<Shortcut> shortcuts() const;

private:
    struct Entry {
        QAction* action = nullptr;
        const char* text = nullptr;
    };

    [[nodiscard]] QString translated(const char* text) const;
    QAction* make(QMenu* menu, const char* text, const QKeySequence& shortcut);

    QMainWindow& m_window;
    QVector<Entry> m_entries;
};

} // namespace headroom::ui
