// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: wires document, panels, bars and pages; does nothing else itself.
#pragma once

#include "app/document.h"
#include "app/session_controller.h"
#include "app/settings.h"
#include "widgets/pages/page.h"

#include <QMainWindow>
#include <QVector>

class QAction;
class QActionGroup;
class QDockWidget;
class QMenu;
class QStackedWidget;
class QTabBar;

namespace headroom::ui {

class DesignsPanel;
class HeadlineBar;
class NoticeBar;
class WhyPanel;
class WindowActions;
class WorkloadBar;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    struct Options {
        bool persistent = true; ///< settings, autosave and restoring; off for screenshots and tests
        QString autosaveFolder; ///< empty: Autosave::defaultFolder()
    };

    explicit MainWindow(const Options& options, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Document& document() { return m_document; }
    [[nodiscard]] SessionController& sessions() { return *m_sessions; }
    [[nodiscard]] HeadlineBar& headline() { return *m_headline; }
    [[nodiscard]] WorkloadBar& workload() { return *m_workload; }
    [[nodiscard]] DesignsPanel& designs() { return *m_designs; }
    [[nodiscard]] NoticeBar& notice() { return *m_notice; }
    [[nodiscard]] const QVector<Page*>& pages() const { return m_pages; }
    [[nodiscard]] Page* currentPage() const;

    /// False when no page has this name or alias.
    bool showPage(const QString& name);
    void setPresenterMode(bool on);
    void setLanguage(const QString& id);
    void setThemeChoice(ThemeChoice choice);
    void setBinaryBytes(bool binary);

    /// Brings every view up to date at once instead of with the next event; tests and screenshots
    /// use it.
    void refreshNow();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void buildPages();
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildPagesMenu(QMenu* view);
    void buildDesignMenu();
    void buildHelpMenu();
    void connectDocument();
    void connectPage(Page* page);
    void scheduleRefresh();
    void refreshPage();
    [[nodiscard]] ViewState viewState() const;
    void updateActions();
    void updateRecentMenu();
    void updateTitle();
    void retranslate();
    void adaptToWidth();
    void applyTheme();
    void editField(int slot, const QString& field, const FieldValue& value, bool dragging);
    void editScenario(const Scenario& scenario, bool dragging);
    void explainFigure(int slot, const QString& figure);
    void showWhy(bool shown);
    void loadPreset(int slot, const QString& id);
    void addPreset(const QString& id);
    void showAddMenu();
    void showDesignMenu(int slot, const QPoint& globalPosition);
    void undo();
    void redo();
    void openDialog();
    void saveAs();
    bool save();
    void exportConfigDialog();
    void renameDialog();
    void showShortcuts();
    void showAbout();
    void showLicence();
    void showError(const QString& text);

    Options m_options;
    Settings m_settings;
    Document m_document;
    WindowActions* m_actions = nullptr;
    SessionController* m_sessions = nullptr;

    WorkloadBar* m_workload = nullptr;
    HeadlineBar* m_headline = nullptr;
    NoticeBar* m_notice = nullptr;
    QMainWindow* m_host = nullptr; ///< holds the docks and the pages between the two bars
    QDockWidget* m_designsDock = nullptr;
    DesignsPanel* m_designs = nullptr;
    QDockWidget* m_whyDock = nullptr;
    WhyPanel* m_why = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    QVector<Page*> m_pages;

    QMenu* m_recentMenu = nullptr;
    QMenu* m_designMenu = nullptr;
    QAction* m_undoAction = nullptr;
    QAction* m_redoAction = nullptr;
    QAction* m_copyAction = nullptr;
    QAction* m_exportAction = nullptr;
    QAction* m_addAction = nullptr;
    QAction* m_duplicateAction = nullptr;
    QAction* m_removeAction = nullptr;
    QAction* m_swapAction = nullptr;
    QAction* m_unpinAction = nullptr;
    QAction* m_presenterAction = nullptr;
    QAction* m_designsPanelAction = nullptr;
    QAction* m_whyAction = nullptr;
    QAction* m_workloadAction = nullptr;
    QAction* m_headlineAction = nullptr;
    QVector<QAction*> m_pageActions;
    QVector<QAction*> m_selectActions;
    QVector<QAction*> m_themeActions;
    QVector<QAction*> m_languageActions;
    QVector<QAction*> m_unitActions;

    bool m_refreshPending = false;
    bool m_pageStale = true;
    bool m_presenting = false;
    bool m_expandedByHand = false; ///< the user opened the designs in a narrow window
    bool m_whyChosen = false;      ///< the user opened or closed the explanation
    bool m_maximisedBefore = false;
};

} // namespace headroom::ui
