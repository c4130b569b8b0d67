// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/designs_panel.h"
#include "app/language.h"
#include "app/notice_bar.h"
#include "app/why_panel.h"
#include "app/window_actions.h"
#include "core/presets/presets.h"
#include "widgets/bars/headline_bar.h"
#include "widgets/bars/workload_bar.h"
#include "widgets/editors/design_editor.h"
#include "widgets/pages/pages.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int narrow_width = 1100;
constexpr int why_width = 1400; ///< from here on there is room for the explanation
constexpr int dock_width = 292;
constexpr int chips_width = 46;
constexpr QSize first_size{1440, 900};
constexpr double presenter_scale = 1.4;

} // namespace

MainWindow::MainWindow(const Options& options, QWidget* parent)
    : QMainWindow(parent)
    , m_options(options)
    , m_settings(options.persistent ? Settings::load() : Settings()) {
    setAcceptDrops(true);
    setAttribute(Qt::WA_DeleteOnClose, false);
    m_actions = new WindowActions(*this);
    buildLayout();
    buildPages();
    const QString folder = !options.persistent                ? QString()
                           : options.autosaveFolder.isEmpty() ? Autosave::defaultFolder()
                                                              : options.autosaveFolder;
    m_sessions =
        new SessionController(m_document, m_settings, folder,
                              {[this](Session& session) {
                                   session.page =
                                       currentPage() == nullptr ? QString() : currentPage()->id();
                                   for (const Page* page : std::as_const(m_pages)) {
                                       const QJsonObject view = page->saveView();
                                       if (!view.isEmpty()) {
                                           session.views.insert(page->id(), view);
                                       }
                                   }
                               },
                               [this](const Session& session) {
                                   for (Page* page : std::as_const(m_pages)) {
                                       page->restoreView(viewOf(page->id(), session.views));
                                   }
                                   showPage(session.page);
                               }},
                              this);
    buildMenus();
    connectDocument();
    applyTheme();
    resize(first_size.boundedTo(screen()->availableGeometry().size()));
    if (options.persistent) {
        restoreGeometry(m_settings.geometry);
        m_host->restoreState(m_settings.docks);
        m_designsPanelAction->setChecked(!m_designsDock->isHidden());
        m_sessions->restoreLast();
    }
    retranslate();
    updateRecentMenu();
    refreshNow();
    // The keyboard starts in the middle, not in the first field.
    m_host->centralWidget()->setFocus();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() {
    // The undo stack says goodbye while it is destroyed; what listened is gone by then.
    m_document.undoStack().blockSignals(true);
    m_document.blockSignals(true);
}

void MainWindow::buildLayout() {
    auto* central = new QWidget(this);
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_workload = new WorkloadBar(central);
    m_notice = new NoticeBar(central);
    m_host = new QMainWindow(central);
    m_host->setWindowFlags(Qt::Widget); // the constructor makes it a window of its own
    m_host->setAnimated(false);         // each step of a slider would start animations of the docks
    m_headline = new HeadlineBar(central);
    column->addWidget(m_workload);
    column->addWidget(m_notice);
    column->addWidget(m_host, 1);
    column->addWidget(m_headline);
    setCentralWidget(central);
    // The window may become smaller than its contents ask for: the docks collapse then.
    layout()->setSizeConstraint(QLayout::SetNoConstraint);

    m_designsDock = new QDockWidget(m_host);
    m_designsDock->setObjectName(QStringLiteral("designs"));
    m_designsDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_designsDock->setTitleBarWidget(new QWidget(m_designsDock));
    m_designs = new DesignsPanel(m_designsDock);
    m_designsDock->setWidget(m_designs);
    m_host->addDockWidget(Qt::LeftDockWidgetArea, m_designsDock);
    m_host->resizeDocks({m_designsDock}, {dock_width}, Qt::Horizontal);

    m_whyDock = new QDockWidget(m_host);
    m_whyDock->setObjectName(QStringLiteral("why"));
    m_whyDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_whyDock->setTitleBarWidget(new QWidget(m_whyDock));
    m_why = new WhyPanel(m_whyDock);
    m_whyDock->setWidget(m_why);
    m_host->addDockWidget(Qt::RightDockWidgetArea, m_whyDock);
    m_host->resizeDocks({m_whyDock}, {dock_width}, Qt::Horizontal);

    auto* centre = new QWidget(m_host);
    centre->setAutoFillBackground(true);
    centre->setBackgroundRole(QPalette::Base);
    auto* pages = new QVBoxLayout(centre);
    pages->setContentsMargins(0, 0, 0, 0);
    pages->setSpacing(0);
    m_tabs = new QTabBar(centre);
    m_tabs->setDocumentMode(true);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(true);
    m_stack = new QStackedWidget(centre);
    pages->addWidget(m_tabs);
    pages->addWidget(m_stack, 1);
    m_host->setCentralWidget(centre);

    connect(m_workload, &WorkloadBar::scenarioEdited, this, &MainWindow::editScenario);
    connect(m_workload, &WorkloadBar::editingFinished, &m_document, &Document::finishEditing);
    connect(m_designs, &DesignsPanel::designSelected, &m_document, &Document::select);
    connect(m_designs, &DesignsPanel::addRequested, this, &MainWindow::showAddMenu);
    connect(m_designs, &DesignsPanel::menuRequested, this, &MainWindow::showDesignMenu);
    connect(m_designs, &DesignsPanel::expandRequested, this, [this] {
        m_expandedByHand = true;
        adaptToWidth();
    });
    DesignEditor& editor = m_designs->editor();
    connect(&editor, &DesignEditor::fieldEdited, this,
            [this](const QString& field, const FieldValue& value, bool dragging) {
                editField(m_document.selected(), field, value, dragging);
            });
    connect(&editor, &DesignEditor::ropeScalingEdited, this, [this](const RopeScaling& scaling) {
        QString error;
        if (!m_document.setRopeScaling(m_document.selected(), scaling, &error)) {
            showError(error);
            scheduleRefresh();
        }
    });
    connect(&editor, &DesignEditor::editingFinished, &m_document, &Document::finishEditing);
    connect(&editor, &DesignEditor::presetChosen, this,
            [this](const QString& id) { loadPreset(m_document.selected(), id); });
    connect(m_headline, &HeadlineBar::explainRequested, this, &MainWindow::explainFigure);
    connect(m_why, &WhyPanel::closeRequested, this, [this] {
        m_whyChosen = true;
        showWhy(false);
    });
    connect(m_why, &WhyPanel::fieldsPointed, &editor, &DesignEditor::highlightFields);
    connect(&editor, &DesignEditor::fieldPointed, m_why, &WhyPanel::markField);
    connect(m_headline, &HeadlineBar::designSelected, &m_document, &Document::select);
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::scheduleRefresh);
}

void MainWindow::buildPages() {
    m_pages = makePages(m_stack);
    for (Page* page : std::as_const(m_pages)) {
        m_stack->addWidget(page);
        m_tabs->addTab(page->title());
        connectPage(page);
    }
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        m_pageStale = true;
        updateActions();
        // At once: a page never shows the state of its last visit.
        refreshPage();
    });
}

void MainWindow::connectPage(Page* page) {
    connect(page, &Page::scenarioEdited, this, &MainWindow::editScenario);
    connect(page, &Page::fieldEdited, this, &MainWindow::editField);
    connect(page, &Page::editingFinished, &m_document, &Document::finishEditing);
    connect(page, &Page::designSelected, &m_document, &Document::select);
    connect(page, &Page::explainRequested, this, &MainWindow::explainFigure);
    connect(page, &Page::contentsChanged, this, &MainWindow::updateActions);
    connect(page, &Page::message, this,
            [this](const QString& text) { m_notice->notify(NoticeBar::Kind::Information, text); });
}

void MainWindow::connectDocument() {
    connect(&m_document, &Document::changed, this, &MainWindow::scheduleRefresh);
    connect(&m_document, &Document::selectionChanged, this, &MainWindow::scheduleRefresh);
    connect(&m_document, &Document::editingFinished, this, &MainWindow::scheduleRefresh);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
    connect(m_sessions, &SessionController::fileChanged, this, &MainWindow::updateTitle);
    connect(m_sessions, &SessionController::recentChanged, this, &MainWindow::updateRecentMenu);
    connect(m_sessions, &SessionController::failed, this, &MainWindow::showError);
    connect(m_sessions, &SessionController::done, this,
            [this](const QString& text) { m_notice->notify(NoticeBar::Kind::Information, text); });
    connect(m_sessions, &SessionController::restoredAfterCrash, this, [this] {
        m_notice->notify(NoticeBar::Kind::Information,
                         tr("Headroom did not close in order. Your last session is back."),
                         tr("Start fresh"), [this] { m_sessions->newSession(); });
    });
}

void MainWindow::scheduleRefresh() {
    m_pageStale = true;
    if (m_refreshPending) {
        return;
    }
    m_refreshPending = true;
    // Several changes of one event become one refresh, before the next repaint.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_refreshPending) {
                refreshNow();
            }
        },
        Qt::QueuedConnection);
}

ViewState MainWindow::viewState() const {
    ViewState view;
    view.selected = m_document.selected();
    view.editing = m_document.isDragging();
    view.binaryBytes = m_settings.binaryBytes;
    view.pinned = m_document.reference();
    return view;
}

void MainWindow::refreshNow() {
    m_refreshPending = false;
    m_pageStale = true;
    const Snapshot now = m_document.snapshot();
    const bool experts =
        std::any_of(now->study.designs.begin(), now->study.designs.end(),
                    [](const Design& design) { return design.config.num_experts > 0; });
    m_workload->setExpertsShown(experts);
    m_workload->setScenario(now->study.scenario);
    m_designs->setResult(*now, m_document.selected());
    m_headline->setResult(now, viewState());
    if (m_why->isVisibleTo(this)) {
        m_why->setResult(*now);
    }
    refreshPage();
    updateActions();
}

void MainWindow::refreshPage() {
    Page* page = currentPage();
    // A page that has no size yet has nothing to draw on; showEvent catches up.
    if (page == nullptr || !m_pageStale || !page->isVisible()) {
        return;
    }
    m_pageStale = false;
    page->setResult(m_document.snapshot(), m_document.ghost(), viewState());
}

Page* MainWindow::currentPage() const {
    const int index = m_tabs->currentIndex();
    return index >= 0 && index < m_pages.size() ? m_pages[index] : nullptr;
}

bool MainWindow::showPage(const QString& name) {
    const QString id = pageId(name);
    for (int i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i]->id() == id) {
            m_tabs->setCurrentIndex(i);
            return true;
        }
    }
    return false;
}

void MainWindow::editField(int slot, const QString& field, const FieldValue& value, bool dragging) {
    QString error;
    if (!m_document.setField(slot, field, value, dragging, &error)) {
        showError(error);
        // The editor shows the value that was refused: bring back the one in force.
        scheduleRefresh();
    }
}

void MainWindow::editScenario(const Scenario& scenario, bool dragging) {
    m_document.setScenario(scenario, dragging);
}

void MainWindow::explainFigure(int slot, const QString& figure) {
    const auto quantity = quantityOfFigure(figure.toStdString());
    if (!quantity) {
        return;
    }
    m_why->setSubject(slot, *quantity);
    m_whyChosen = true;
    showWhy(true);
    m_why->setResult(*m_document.snapshot());
}

void MainWindow::showWhy(bool shown) {
    m_whyDock->setVisible(shown);
    m_whyAction->setChecked(shown);
    if (shown) {
        scheduleRefresh();
    }
}

void MainWindow::loadPreset(int slot, const QString& id) {
    const ModelPreset* preset = find_model_preset(id.toStdString());
    if (preset != nullptr) {
        m_document.replaceDesign(slot, Design{preset->name, preset->id, preset->config});
    }
}

void MainWindow::addPreset(const QString& id) {
    const ModelPreset* preset = find_model_preset(id.toStdString());
    if (preset != nullptr) {
        m_document.addDesign(Design{preset->name, preset->id, preset->config});
    }
}

void MainWindow::setPresenterMode(bool on) {
    if (m_presenting == on) {
        return;
    }
    m_presenting = on;
    m_presenterAction->setChecked(on);
    m_designsDock->setVisible(!on && m_designsPanelAction->isChecked());
    m_whyDock->setVisible(!on && m_whyAction->isChecked());
    m_workload->setVisible(!on && m_workloadAction->isChecked());
    Theme::instance().setTypeScale(on ? presenter_scale : 1.0);
    if (on) {
        m_maximisedBefore = isMaximized();
        showFullScreen();
    } else if (m_maximisedBefore) {
        showMaximized();
    } else {
        showNormal();
    }
    adaptToWidth();
}

void MainWindow::setLanguage(const QString& id) {
    m_settings.language = id;
    applyLanguage(id);
    retranslate();
    scheduleRefresh();
}

void MainWindow::setThemeChoice(ThemeChoice choice) {
    m_settings.theme = choice;
    applyTheme();
}

void MainWindow::applyTheme() {
    Theme::Mode mode = Theme::Mode::FollowSystem;
    switch (m_settings.theme) {
    case ThemeChoice::System:
        break;
    case ThemeChoice::Light:
        mode = Theme::Mode::Light;
        break;
    case ThemeChoice::Dark:
        mode = Theme::Mode::Dark;
        break;
    }
    Theme::instance().setMode(mode);
    for (int i = 0; i < m_themeActions.size(); ++i) {
        m_themeActions[i]->setChecked(i == static_cast<int>(m_settings.theme));
    }
}

void MainWindow::setBinaryBytes(bool binary) {
    m_settings.binaryBytes = binary;
    m_unitActions[binary ? 0 : 1]->setChecked(true);
    scheduleRefresh();
}

void MainWindow::adaptToWidth() {
    if (!m_whyChosen && !m_presenting && m_whyAction != nullptr) {
        showWhy(width() >= why_width);
    }
    const bool narrow = width() < narrow_width;
    if (!narrow) {
        m_expandedByHand = false;
    }
    const bool collapsed = narrow && !m_expandedByHand;
    const bool changed = collapsed != m_designs->isCollapsed();
    m_designs->setCollapsed(collapsed);
    if (collapsed) {
        m_designs->setFixedWidth(chips_width);
    } else {
        m_designs->setMinimumWidth(qRound(dock_width * typeScale()) - 24);
        m_designs->setMaximumWidth(qRound(dock_width * typeScale()) + 160);
        if (changed) {
            m_host->resizeDocks({m_designsDock}, {qRound(dock_width * typeScale())},
                                Qt::Horizontal);
        }
    }
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    adaptToWidth();
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    refreshPage();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_sessions != nullptr) {
        retranslate();
        scheduleRefresh();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_document.finishEditing();
    if (m_presenting) {
        setPresenterMode(false);
    }
    m_sessions->close();
    if (m_options.persistent) {
        m_settings.geometry = saveGeometry();
        m_settings.docks = m_host->saveState();
        m_settings.save();
    }
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); })) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl& url : urls) {
        const QString path = url.toLocalFile();
        const auto taker = std::find_if(m_pages.begin(), m_pages.end(),
                                        [&](Page* page) { return page->openFolder(path); });
        if (taker != m_pages.end()) {
            showPage((*taker)->id());
            break;
        }
        if (url.isLocalFile() && !m_sessions->open(url.toLocalFile())) {
            break;
        }
    }
    event->acceptProposedAction();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    // A line edit claims Ctrl+Z for its own history even when it has none, and the window's undo
    // would not be reached while the focus is in a field.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto* edit = qobject_cast<QLineEdit*>(watched);
        if (edit != nullptr && ((key->matches(QKeySequence::Undo) && !edit->isUndoAvailable()) ||
                                (key->matches(QKeySequence::Redo) && !edit->isRedoAvailable()))) {
            event->ignore();
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::undo() {
    if (QApplication::activePopupWidget() != nullptr) {
        return;
    }
    m_document.finishEditing();
    m_document.undoStack().undo();
}

void MainWindow::redo() {
    if (QApplication::activePopupWidget() != nullptr) {
        return;
    }
    m_document.finishEditing();
    m_document.undoStack().redo();
}

void MainWindow::showError(const QString& text) {
    m_notice->notify(NoticeBar::Kind::Error, text);
}

} // namespace headroom::ui
