// SPDX-License-Identifier: GPL-3.0-or-later
// Every entry of the menus and every button of a chart does something that can be seen.
#include "dialog_warnings.h"

#include "app/application.h"
#include "app/designs_panel.h"
#include "app/language.h"
#include "app/main_window.h"
#include "app/notice_bar.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QTimer>
#include <QToolButton>
#include <QtTest>

#include <memory>

using namespace headroom;
using namespace headroom::ui;

namespace {

struct Entry {
    QString path;
    QAction* action = nullptr;
};

void collect(QMenu* menu, const QString& path, QVector<Entry>& found) {
    emit menu->aboutToShow(); // some are filled only then
    const QString here = path + QString(menu->title()).remove(u'&') + u'/';
    for (QAction* action : menu->actions()) {
        if (action->menu() != nullptr) {
            collect(action->menu(), here, found);
        } else if (!action->isSeparator() && action->isVisible()) {
            found.append({here + action->text().remove(u'&'), action});
        }
    }
}

QVector<Entry> entriesOf(const MainWindow& window) {
    QVector<Entry> found;
    for (QAction* action : window.menuBar()->actions()) {
        collect(action->menu(), {}, found);
    }
    return found;
}

/// A window in which every entry has something to do: an edit to undo and one to redo, a ghost, two
/// designs.
std::unique_ptr<MainWindow> workedWindow() {
    auto window = std::make_unique<MainWindow>(MainWindow::Options{false, {}});
    window->resize(1280, 800);
    window->showPage(QStringLiteral("memory"));
    window->show();
    Document& document = window->document();
    for (const std::int64_t heads : {8, 16}) {
        document.setField(0, QStringLiteral("num_key_value_heads"), FieldValue{heads}, false);
    }
    document.undoStack().undo();
    QApplication::processEvents();
    return window;
}

/// Closes whatever opens on top of the window and counts it.
class Closer : public QObject {
public:
    Closer() {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            if (auto* popup = QApplication::activePopupWidget()) {
                opened.append(QString::fromLatin1(popup->metaObject()->className()));
                popup->close();
            } else if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) {
                opened.append(dialog->windowTitle());
                dialog->reject();
            }
        });
        m_timer.start(10);
    }
    QStringList opened;

private:
    QTimer m_timer;
};

/// Everything a user could notice.
struct State {
    QImage picture;
    DocumentState document;
    QStringList clipboard;
    bool visible = true;
    Qt::WindowStates window;
    friend bool operator==(const State&, const State&) = default;
};

State stateOf(MainWindow& window) {
    window.refreshNow();
    QApplication::processEvents();
    return {window.grab().toImage(), window.document().state(),
            QApplication::clipboard()->mimeData()->formats(), window.isVisible(),
            window.windowState()};
}

} // namespace

class TestMenus : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everyEntryActs_data();
    void everyEntryActs();
    void everyChartButtonActs_data();
    void everyChartButtonActs();
    void everyDesignButtonActs();
};

void TestMenus::init() {
    failOnOtherWarnings();
    applyLanguage(QStringLiteral("en"));
    Theme::instance().setMode(Theme::Mode::Light);
    QApplication::clipboard()->setText(QStringLiteral("nothing yet"));
}

void TestMenus::cleanup() {
    Theme::instance().setTypeScale(1.0);
}

void TestMenus::everyEntryActs_data() {
    QTest::addColumn<int>("index");
    const auto window = workedWindow();
    const QVector<Entry> entries = entriesOf(*window);
    QVERIFY(entries.size() > 60);
    for (int i = 0; i < entries.size(); ++i) {
        QTest::newRow(qPrintable(entries[i].path)) << i;
    }
}

void TestMenus::everyEntryActs() {
    QFETCH(int, index);
    const auto window = workedWindow();
    const Entry entry = entriesOf(*window)[index];
    // From another state than the one the entry leads to.
    if (const QActionGroup* group = entry.action->actionGroup()) {
        QAction* other = group->actions().last();
        (other == entry.action ? group->actions().first() : other)->trigger();
        window->setLanguage(entry.path.startsWith(QStringLiteral("View/Language")) &&
                                    other != entry.action
                                ? QStringLiteral("zh_CN")
                                : QStringLiteral("en"));
    }
    for (int slot = 0; slot < window->document().designCount(); ++slot) {
        if (entry.action->shortcut() ==
            QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + slot))) {
            window->document().select(1 - slot);
        }
    }
    if (window->currentPage()->title() == entry.action->text()) {
        window->showPage(window->pages().front()->id());
    }
    const State before = stateOf(*window);
    QVERIFY2(entry.action->isEnabled(), "an entry that a worked window cannot use");
    Closer closer;
    entry.action->trigger();
    QTest::qWait(40);
    const bool noticed = !closer.opened.isEmpty() || !(stateOf(*window) == before);
    QVERIFY2(noticed, qPrintable(entry.path));
}

void TestMenus::everyChartButtonActs_data() {
    QTest::addColumn<QString>("page");
    const auto window = workedWindow();
    for (const Page* page : window->pages()) {
        // Validate has nothing to act on before a run; its own test makes one.
        if (page->findChild<PlotView*>() != nullptr && page->canExport()) {
            QTest::newRow(qPrintable(page->id())) << page->id();
        }
    }
}

void TestMenus::everyChartButtonActs() {
    QFETCH(QString, page);
    const auto window = workedWindow();
    window->showPage(page);
    QApplication::processEvents();
    int clicked = 0;
    for (const PlotView* view : window->currentPage()->findChildren<PlotView*>()) {
        for (QToolButton* button : view->findChildren<QToolButton*>()) {
            if (!button->isVisible() || !button->isEnabled()) {
                continue;
            }
            QApplication::clipboard()->setText(QStringLiteral("nothing yet"));
            const State before = stateOf(*window);
            Closer closer;
            button->click();
            QTest::qWait(40);
            QVERIFY2(!closer.opened.isEmpty() || !(stateOf(*window) == before),
                     qPrintable(button->text()));
            ++clicked;
        }
    }
    QVERIFY(clicked >= 3); // table, copy, export
}

void TestMenus::everyDesignButtonActs() {
    const auto window = workedWindow();
    window->document().select(0);
    int clicked = 0;
    for (QAbstractButton* button : window->designs().findChildren<QAbstractButton*>()) {
        // The chips and "+", not the controls of the editor below.
        if (!button->isVisible() || button->isChecked() ||
            button->parentWidget()->parentWidget() != &window->designs()) {
            continue;
        }
        const State before = stateOf(*window);
        Closer closer;
        button->click();
        QTest::qWait(40);
        QVERIFY2(!closer.opened.isEmpty() || !(stateOf(*window) == before),
                 qPrintable(button->accessibleName()));
        ++clicked;
    }
    QCOMPARE(clicked, 2);
}

int main(int argc, char** argv) {
    letWarningsPass();
    QApplication application(argc, argv);
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    prepareApplication(application);
    TestMenus test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_menus.moc"
