// SPDX-License-Identifier: GPL-3.0-or-later
// The menus of the main window.
#include "app/main_window.h"

#include "app/language.h"
#include "app/notice_bar.h"
#include "app/preset_menu.h"
#include "app/window_actions.h"
#include "widgets/bars/headline_bar.h"
#include "widgets/bars/workload_bar.h"
#include "widgets/theme/tokens.h"

#include <QAction>
#include <QActionGroup>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>

#include <algorithm>

namespace headroom::ui {

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildDesignMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu* menu = m_actions->addMenu(QT_TR_NOOP("&File"));
    m_actions->add(menu, QT_TR_NOOP("&New session"), QKeySequence::New,
                   [this] { m_sessions->newSession(); });
    m_actions->add(menu, QT_TR_NOOP("&Open session or config.json…"), QKeySequence::Open,
                   [this] { openDialog(); });
    m_recentMenu = m_actions->addMenu(QT_TR_NOOP("Open &recent"), menu);
    menu->addSeparator();
    m_actions->add(menu, QT_TR_NOOP("&Save session"), QKeySequence::Save, [this] { save(); });
    m_actions->add(menu, QT_TR_NOOP("Save session &as…"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { saveAs(); });
    menu->addSeparator();
    m_actions->add(menu, QT_TR_NOOP("Export &config.json of the design…"), {},
                   [this] { exportConfigDialog(); });
    m_exportAction = m_actions->add(menu, QT_TR_NOOP("&Export chart…"),
                                    QKeySequence(Qt::CTRL | Qt::Key_E), [this] {
                                        if (Page* page = currentPage()) {
                                            page->exportContents();
                                        }
                                    });
    menu->addSeparator();
    QAction* quit = m_actions->add(menu, QT_TR_NOOP("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q),
                                   [this] { close(); });
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::buildEditMenu() {
    QMenu* menu = m_actions->addMenu(QT_TR_NOOP("&Edit"));
    m_undoAction =
        m_actions->add(menu, QT_TR_NOOP("&Undo"), QKeySequence::Undo, [this] { undo(); });
    m_redoAction =
        m_actions->add(menu, QT_TR_NOOP("&Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
                       [this] { redo(); });
    menu->addSeparator();
    m_copyAction = m_actions->add(menu, QT_TR_NOOP("&Copy chart"),
                                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] {
                                      if (Page* page = currentPage()) {
                                          page->copyContents();
                                      }
                                  });
}

void MainWindow::buildViewMenu() {
    QMenu* menu = m_actions->addMenu(QT_TR_NOOP("&View"));
    buildPagesMenu(menu);
    menu->addSeparator();

    QMenu* theme = m_actions->addMenu(QT_TR_NOOP("&Theme"), menu);
    auto* themes = new QActionGroup(this);
    const auto addTheme = [&](const char* text, ThemeChoice choice) {
        m_themeActions.append(
            m_actions->addChoice(theme, themes, text, [this, choice] { setThemeChoice(choice); }));
    };
    addTheme(QT_TR_NOOP("As the &system"), ThemeChoice::System);
    addTheme(QT_TR_NOOP("&Light"), ThemeChoice::Light);
    addTheme(QT_TR_NOOP("&Dark"), ThemeChoice::Dark);

    QMenu* language = m_actions->addMenu(QT_TR_NOOP("&Language"), menu);
    auto* group = new QActionGroup(this);
    m_languageActions.append(m_actions->addChoice(language, group, QT_TR_NOOP("As the &system"),
                                                  [this] { setLanguage({}); }));
    for (const Language& choice : languages()) {
        // A language is named in itself, whatever language the window speaks.
        QAction* action = language->addAction(choice.name);
        action->setCheckable(true);
        action->setData(choice.id);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = choice.id] { setLanguage(id); });
        m_languageActions.append(action);
    }

    QMenu* units = m_actions->addMenu(QT_TR_NOOP("&Units of memory"), menu);
    auto* unitGroup = new QActionGroup(this);
    m_unitActions.append(m_actions->addChoice(
        units, unitGroup, QT_TR_NOOP("&Binary (KiB, MiB, GiB)"), [this] { setBinaryBytes(true); }));
    m_unitActions.append(m_actions->addChoice(units, unitGroup, QT_TR_NOOP("&Decimal (kB, MB, GB)"),
                                              [this] { setBinaryBytes(false); }));
    m_unitActions[m_settings.binaryBytes ? 0 : 1]->setChecked(true);

    QMenu* panels = m_actions->addMenu(QT_TR_NOOP("&Panels"), menu);
    m_designsPanelAction = m_actions->addToggle(panels, QT_TR_NOOP("&Designs"),
                                                QKeySequence(Qt::Key_F9), [this](bool on) {
                                                    m_expandedByHand = on;
                                                    m_designsDock->setVisible(on);
                                                    adaptToWidth();
                                                });
    m_whyAction = m_actions->addToggle(panels, QT_TR_NOOP("&Why this number"),
                                       QKeySequence(Qt::Key_F10), [this](bool on) {
                                           m_whyChosen = true;
                                           showWhy(on);
                                       });
    m_workloadAction = m_actions->addToggle(panels, QT_TR_NOOP("&Workload bar"), {},
                                            [this](bool on) { m_workload->setVisible(on); });
    m_headlineAction = m_actions->addToggle(panels, QT_TR_NOOP("&Headline figures"), {},
                                            [this](bool on) { m_headline->setVisible(on); });
    for (QAction* action : {m_designsPanelAction, m_workloadAction, m_headlineAction}) {
        action->setChecked(true);
    }
    menu->addSeparator();
    m_actions->add(menu, QT_TR_NOOP("Hide the state &before the edit"),
                   QKeySequence(Qt::CTRL | Qt::Key_G), [this] { m_document.clearGhost(); });
    m_presenterAction =
        m_actions->addToggle(menu, QT_TR_NOOP("P&resenter mode"), QKeySequence(Qt::Key_F11),
                             [this](bool on) { setPresenterMode(on); });
}

void MainWindow::buildPagesMenu(QMenu* view) {
    for (int i = 0; i < m_pages.size(); ++i) {
        auto* action = new QAction(m_pages[i]->title(), this);
        if (i < 9) {
            action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i)));
        }
        connect(action, &QAction::triggered, this, [this, i] { m_tabs->setCurrentIndex(i); });
        view->addAction(action);
        addAction(action);
        m_pageActions.append(action);
    }
}

void MainWindow::buildDesignMenu() {
    m_designMenu = m_actions->addMenu(QT_TR_NOOP("&Design"));
    QMenu* menu = m_designMenu;
    QMenu* load = m_actions->addMenu(QT_TR_NOOP("&Load preset"), menu);
    connect(load, &QMenu::aboutToShow, this, [this, load] {
        if (load->isEmpty()) {
            addPresetEntries(*load,
                             [this](const QString& id) { loadPreset(m_document.selected(), id); });
        }
    });
    m_addAction = m_actions->add(menu, QT_TR_NOOP("&Add a design…"),
                                 QKeySequence(Qt::CTRL | Qt::Key_Plus), [this] { showAddMenu(); });
    m_duplicateAction =
        m_actions->add(menu, QT_TR_NOOP("D&uplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
                       [this] { m_document.duplicateDesign(m_document.selected()); });
    m_actions->add(menu, QT_TR_NOOP("Re&name…"), QKeySequence(Qt::Key_F2),
                   [this] { renameDialog(); });
    m_swapAction = m_actions->add(menu, QT_TR_NOOP("&Swap with the next"),
                                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X), [this] {
                                      const int next =
                                          (m_document.selected() + 1) % m_document.designCount();
                                      m_document.swapDesigns(m_document.selected(), next);
                                  });
    m_removeAction =
        m_actions->add(menu, QT_TR_NOOP("&Remove"), QKeySequence(Qt::CTRL | Qt::Key_Delete),
                       [this] { m_document.removeDesign(m_document.selected()); });
    menu->addSeparator();
    m_actions->add(menu, QT_TR_NOOP("&Pin this state as the reference"),
                   QKeySequence(Qt::CTRL | Qt::Key_P), [this] { m_document.pin(); });
    m_unpinAction = m_actions->add(menu, QT_TR_NOOP("Un&pin: show no changes"),
                                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
                                   [this] { m_document.unpin(); });
    menu->addSeparator();
    for (int slot = 0; slot < static_cast<int>(max_designs); ++slot) {
        auto* action = new QAction(this);
        action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + slot)));
        connect(action, &QAction::triggered, this, [this, slot] { m_document.select(slot); });
        menu->addAction(action);
        addAction(action);
        m_selectActions.append(action);
    }
}

void MainWindow::buildHelpMenu() {
    QMenu* menu = m_actions->addMenu(QT_TR_NOOP("&Help"));
    m_actions->add(menu, QT_TR_NOOP("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1),
                   [this] { showShortcuts(); });
    m_actions->add(menu, QT_TR_NOOP("&Licence"), {}, [this] { showLicence(); });
    QAction* about =
        m_actions->add(menu, QT_TR_NOOP("&About Headroom"), {}, [this] { showAbout(); });
    about->setMenuRole(QAction::AboutRole);
}

void MainWindow::updateActions() {
    QUndoStack& stack = m_document.undoStack();
    const auto named = [](const QString& verb, const QString& what) {
        return what.isEmpty() ? verb : verb + QStringLiteral(": ") + what;
    };
    m_undoAction->setEnabled(stack.canUndo());
    m_undoAction->setText(named(tr("&Undo"), m_document.undoLabel()));
    m_redoAction->setEnabled(stack.canRedo());
    m_redoAction->setText(named(tr("&Redo"), m_document.redoLabel()));
    const Page* page = currentPage();
    const bool exportable = page != nullptr && page->canExport();
    m_copyAction->setEnabled(exportable);
    m_exportAction->setEnabled(exportable);
    const int designs = m_document.designCount();
    m_addAction->setEnabled(m_document.canAddDesign());
    m_duplicateAction->setEnabled(m_document.canAddDesign());
    m_removeAction->setEnabled(designs > 1);
    m_swapAction->setEnabled(designs > 1);
    m_unpinAction->setEnabled(m_document.reference() != nullptr);
    for (int slot = 0; slot < m_selectActions.size(); ++slot) {
        QAction* action = m_selectActions[slot];
        action->setVisible(slot < designs);
        action->setEnabled(slot < designs);
        if (slot < designs) {
            const QString name = QString::fromStdString(
                m_document.study().designs[static_cast<std::size_t>(slot)].name);
            action->setText(tr("Edit %1 %2").arg(designLetter(slot), name));
        }
    }
}

void MainWindow::updateRecentMenu() {
    m_recentMenu->clear();
    for (const QString& path : std::as_const(m_settings.recent)) {
        QString shown = QDir::toNativeSeparators(path);
        shown.replace(QLatin1Char('&'), QStringLiteral("&&"));
        m_recentMenu->addAction(shown, this, [this, path] { m_sessions->open(path); });
    }
    m_recentMenu->setEnabled(!m_settings.recent.isEmpty());
    if (!m_settings.recent.isEmpty()) {
        m_recentMenu->addSeparator();
        m_recentMenu->addAction(tr("Clear the list"), this, [this] {
            m_settings.recent.clear();
            updateRecentMenu();
        });
    }
}

void MainWindow::updateTitle() {
    const QString file = m_sessions->file();
    const QString name = file.isEmpty() ? tr("untitled session") : QFileInfo(file).fileName();
    setWindowTitle(tr("%1[*] – Headroom").arg(name));
    setWindowModified(!file.isEmpty() && m_sessions->isModified());
}

void MainWindow::retranslate() {
    m_actions->retranslate();
    for (int i = 0; i < m_pages.size(); ++i) {
        m_tabs->setTabText(i, m_pages[i]->title());
        m_pageActions[i]->setText(m_pages[i]->title());
    }
    for (int i = 0; i < m_languageActions.size(); ++i) {
        m_languageActions[i]->setChecked(m_languageActions[i]->data().toString() ==
                                         m_settings.language);
    }
    m_tabs->setAccessibleName(tr("Pages"));
    m_designsDock->setWindowTitle(tr("Designs"));
    m_whyDock->setWindowTitle(tr("Why this number"));
    updateRecentMenu();
    updateTitle();
    updateActions();
}

void MainWindow::showDesignMenu(int slot, const QPoint& globalPosition) {
    m_document.select(slot);
    updateActions();
    m_designMenu->popup(globalPosition);
}

void MainWindow::showAddMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(
        tr("Duplicate %1").arg(QString::fromStdString(m_document.selectedDesign().name)), this,
        [this] { m_document.duplicateDesign(m_document.selected()); });
    menu->addAction(tr("Open a config.json…"), this, [this] { openDialog(); });
    menu->addSeparator();
    addPresetEntries(*menu, [this](const QString& id) { addPreset(id); });
    menu->popup(QCursor::pos());
}

} // namespace headroom::ui
