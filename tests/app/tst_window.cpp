// SPDX-License-Identifier: GPL-3.0-or-later
// The window: default session, live edits, languages, dropped files, pictures of every page.
#include "app/application.h"
#include "app/language.h"
#include "app/main_window.h"
#include "app/notice_bar.h"
#include "app/screenshot.h"
#include "core/config/config_io.h"
#include "core/presets/presets.h"
#include "widgets/bars/headline_bar.h"
#include "widgets/format/format.h"
#include "widgets/pages/pages.h"
#include "widgets/pages/validate_page.h"
#include "widgets/theme/tokens.h"

#include <QAction>
#include <QDropEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QUrl>
#include <QtTest>

#include <algorithm>
#include <memory>
#include <set>

using namespace headroom;
using namespace headroom::ui;

namespace {

const MainWindow::Options unkept{false, {}};

std::unique_ptr<MainWindow> openWindow() {
    auto window = std::make_unique<MainWindow>(unkept);
    window->resize(1280, 800);
    window->show();
    QApplication::processEvents();
    return window;
}

void drop(MainWindow& window, const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &event);
    QApplication::processEvents();
}

/// Number of distinct colours, up to a hundred: a blank picture has one or two.
std::size_t colours(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height() && seen.size() < 100; y += 3) {
        for (int x = 0; x < image.width(); x += 3) {
            seen.insert(image.pixel(x, y));
        }
    }
    return seen.size();
}

void collectActions(const QMenu* menu, QList<QAction*>& found) {
    for (QAction* action : menu->actions()) {
        if (action->menu() != nullptr) {
            collectActions(action->menu(), found);
        } else if (!action->isSeparator()) {
            found.append(action);
        }
    }
}

} // namespace

class TestWindow : public QObject {
    Q_OBJECT

private slots:
    void init();
    void headlineEqualsCore();
    void editReachesTheHeadline();
    void changeAgainstTheReference();
    void languageSwitchesWithoutRestart();
    void dropOpensAConfig();
    void dropOfABadFileKeepsTheState();
    void dropOfACheckpointRunsIt();
    void everyMenuEntryHasTextAndAct();
    void docksCollapseWhenNarrow();
    void fitsWithoutScrollbars();
    void firstSizeFitsTheScreen();
    void compareShowsWholeNames();
    void undoRestoresTheWindow();
    void crashIsNoticed();
    void everyPageIsDrawn_data();
    void everyPageIsDrawn();
    void screenshotAppliesEdits();
    void screenshotRefusesByName();
};

void TestWindow::init() {
    applyLanguage(QStringLiteral("en"));
}

void TestWindow::headlineEqualsCore() {
    const auto window = openWindow();
    const QVector<const Figure*> figures = headlineFigures();
    QCOMPARE(figures.size(), 7);
    const auto result = evaluate(default_study(), 1);
    HeadlineBar& bar = window->headline();
    QCOMPARE(bar.rowCount(), 2);
    for (int row = 0; row < bar.rowCount(); ++row) {
        const Analysis& analysis = *result->results[static_cast<std::size_t>(row)].analysis;
        QCOMPARE(bar.cell(row, 0).value,
                 format::headline(static_cast<double>(analysis.parameters.total), Quantity::Count));
        QCOMPARE(bar.cell(row, 2).value,
                 format::headline(static_cast<double>(analysis.kv.bytes_per_token),
                                  Quantity::BytesBinary));
        QCOMPARE(bar.cell(row, 4).value,
                 format::headline(analysis.throughput.time_to_first_token_s, Quantity::Seconds));
        QCOMPARE(bar.cell(row, 6).value, format::headline(analysis.throughput.tokens_per_second,
                                                          Quantity::TokensPerSecond));
        QCOMPARE(bar.cell(row, 3).fitting, analysis.memory.fits);
        QVERIFY(bar.cell(row, 0).error.isEmpty());
        QVERIFY(!bar.cell(row, 5).error.isEmpty());
        QVERIFY(bar.accessibleDescription().contains(bar.cell(row, 6).value));
    }
    QCOMPARE(bar.cell(0, 2).value, QStringLiteral("188\u00a0KiB"));
    window->setBinaryBytes(false);
    window->refreshNow();
    QCOMPARE(bar.cell(0, 2).value, QStringLiteral("193\u00a0kB"));
}

void TestWindow::editReachesTheHeadline() {
    const auto window = openWindow();
    QVERIFY(window->document().setField(0, QStringLiteral("num_key_value_heads"),
                                        FieldValue{std::int64_t{16}}, false));
    QApplication::processEvents();
    QCOMPARE(window->headline().cell(0, 2).value, QStringLiteral("752\u00a0KiB"));
}

void TestWindow::changeAgainstTheReference() {
    const auto window = openWindow();
    Document& document = window->document();
    QVERIFY(window->headline().cell(0, 2).change.isEmpty());
    document.setField(0, QStringLiteral("num_key_value_heads"), FieldValue{std::int64_t{16}},
                      false);
    document.pin();
    document.setField(0, QStringLiteral("num_key_value_heads"), FieldValue{std::int64_t{4}}, false);
    window->refreshNow();
    QCOMPARE(window->headline().cell(0, 2).change, QStringLiteral("\u221275%"));
    QCOMPARE(window->headline().cell(0, 2).sense, 1);
    QVERIFY(window->headline().cell(1, 2).change.isEmpty());
    document.undoStack().undo();
    document.setField(0, QStringLiteral("num_key_value_heads"), FieldValue{std::int64_t{64}},
                      false);
    window->refreshNow();
    QCOMPARE(window->headline().cell(0, 2).sense, -1);
    document.unpin();
    window->refreshNow();
    QVERIFY(window->headline().cell(0, 2).change.isEmpty());
}

void TestWindow::languageSwitchesWithoutRestart() {
    const auto window = openWindow();
    const auto texts = [&] {
        QStringList all;
        for (QAction* action : window->menuBar()->actions()) {
            all.append(action->text());
        }
        all.append(window->headline().accessibleName());
        for (const Page* page : window->pages()) {
            all.append(page->title());
        }
        return all;
    };
    const QStringList english = texts();
    window->document().setField(0, QStringLiteral("num_key_value_heads"),
                                FieldValue{std::int64_t{8}}, false);
    const QString edit = window->document().undoLabel();
    window->setLanguage(QStringLiteral("zh_CN"));
    QApplication::processEvents();
    const QStringList chinese = texts();
    QCOMPARE(chinese.size(), english.size());
    for (qsizetype i = 0; i < english.size(); ++i) {
        QVERIFY2(english[i] != chinese[i], qPrintable(english[i]));
    }
    QVERIFY(window->document().undoLabel() != edit);
    QCOMPARE(QLocale().language(), QLocale::Chinese);
    window->setLanguage(QStringLiteral("en"));
    QApplication::processEvents();
    QCOMPARE(texts(), english);
    QCOMPARE(window->document().undoLabel(), edit);
}

void TestWindow::dropOpensAConfig() {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mine.json"));
    const ModelPreset* preset = find_model_preset("qwen3-8b");
    QVERIFY(preset != nullptr);
    QVERIFY(writeFile(path, QByteArray::fromStdString(write_config(preset->config))).has_value());
    const auto window = openWindow();
    drop(*window, path);
    QCOMPARE(window->document().designCount(), 3);
    QCOMPARE(window->document().selectedDesign().name, std::string("mine"));
    QVERIFY(window->document().selectedDesign().config == preset->config);
    QCOMPARE(window->headline().rowCount(), 3);
}

void TestWindow::dropOfACheckpointRunsIt() {
    const auto window = openWindow();
    const auto found = std::find_if(window->pages().begin(), window->pages().end(), [](Page* page) {
        return page->id() == QLatin1String("validate");
    });
    QVERIFY(found != window->pages().end());
    auto* page = qobject_cast<ValidatePage*>(*found);
    ValidationOptions options;
    options.threads = 1;
    options.contexts = {16};
    options.batches = {1, 4};
    options.measures_time = false;
    page->setOptions(options);
    QSignalSpy finished(&page->runner(), &ValidationRunner::finished);
    const std::size_t designs = window->document().study().designs.size();
    drop(*window, QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/qwen3-moe"));
    QCOMPARE(window->currentPage(), page);
    QVERIFY(finished.count() == 1 || finished.wait(60000));
    QVERIFY(page->shown() && page->shown()->is_exact());
    QCOMPARE(page->shown()->rows.front().kind, RowKind::Tensors);
    QVERIFY(!page->shown()->loads.empty());
    QCOMPARE(window->document().study().designs.size(), designs); // it is no design
    // What was found is part of the session.
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("kept.json"));
    QVERIFY(window->sessions().save(path));
    const auto again = openWindow();
    QVERIFY(again->sessions().open(path));
    const auto kept = std::find_if(again->pages().begin(), again->pages().end(), [](Page* other) {
        return other->id() == QLatin1String("validate");
    });
    QVERIFY(qobject_cast<ValidatePage*>(*kept)->shown()->rows == page->shown()->rows);
}

void TestWindow::dropOfABadFileKeepsTheState() {
    const QTemporaryDir folder;
    const auto window = openWindow();
    const DocumentState before = window->document().state();
    for (const char* contents :
         {"", "{", "[1]", "{\"model_type\": \"mamba2\"}", "{\"headroom_session\": 1}"}) {
        const QString path = folder.filePath(QStringLiteral("bad.json"));
        QVERIFY(writeFile(path, contents).has_value());
        window->notice().dismiss();
        drop(*window, path);
        QVERIFY(window->document().state() == before);
        QVERIFY(window->notice().isVisible());
        QVERIFY2(window->notice().text().contains(QStringLiteral("bad.json")),
                 qPrintable(window->notice().text()));
    }
}

void TestWindow::everyMenuEntryHasTextAndAct() {
    const auto window = openWindow();
    QList<QAction*> actions;
    for (QAction* action : window->menuBar()->actions()) {
        QVERIFY(action->menu() != nullptr);
        collectActions(action->menu(), actions);
    }
    QVERIFY(actions.size() > 25);
    std::set<QString> keys;
    for (QAction* action : actions) {
        QVERIFY(!action->text().isEmpty() || !action->isVisible());
        if (!action->shortcut().isEmpty()) {
            QVERIFY2(keys.insert(action->shortcut().toString()).second,
                     qPrintable(action->shortcut().toString()));
        }
    }
}

void TestWindow::docksCollapseWhenNarrow() {
    const auto window = openWindow();
    const auto left = [&] {
        return window->findChild<QTabBar*>()->mapTo(window.get(), QPoint()).x();
    };
    QApplication::processEvents();
    const int wide = left();
    window->resize(1000, 700);
    QTRY_VERIFY(left() < wide / 2);
    window->resize(1280, 800);
    QTRY_COMPARE(left(), wide);
}

void TestWindow::fitsWithoutScrollbars() {
    const auto window = openWindow();
    QCOMPARE(window->size(), QSize(1280, 800));
    QVERIFY2(window->minimumSizeHint().width() <= 1280 && window->minimumSizeHint().height() <= 800,
             qPrintable(QStringLiteral("%1x%2")
                            .arg(window->minimumSizeHint().width())
                            .arg(window->minimumSizeHint().height())));
}

void TestWindow::firstSizeFitsTheScreen() {
    MainWindow window(unkept);
    const QSize room = window.screen()->availableGeometry().size();
    QVERIFY(window.width() <= room.width() && window.height() <= room.height());
}

void TestWindow::compareShowsWholeNames() {
    const auto window = openWindow();
    QVERIFY(window->showPage(QStringLiteral("compare")));
    QApplication::processEvents();
    const auto* table = window->currentPage()->findChild<QTableView*>();
    QVERIFY(table != nullptr);
    const QFontMetrics metrics(uiFont());
    int fields = 0;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QString name = table->model()->index(row, 0).data().toString();
        if (name.contains(u'_')) {
            ++fields;
            QVERIFY2(metrics.horizontalAdvance(name) + 16 <= table->columnWidth(0),
                     qPrintable(name));
        }
    }
    QVERIFY(fields > 20);
}

void TestWindow::undoRestoresTheWindow() {
    const auto window = openWindow();
    const QString before = window->headline().cell(0, 0).value;
    const ModelPreset* preset = find_model_preset("qwen3-14b");
    QVERIFY(preset != nullptr);
    window->document().replaceDesign(0, Design{preset->name, preset->id, preset->config});
    window->refreshNow();
    QVERIFY(window->headline().cell(0, 0).value != before);
    window->document().undoStack().undo();
    QApplication::processEvents();
    QCOMPARE(window->headline().cell(0, 0).value, before);
}

void TestWindow::crashIsNoticed() {
    const QTemporaryDir folder;
    const MainWindow::Options kept{true, folder.path()};
    {
        MainWindow first(kept);
        first.document().setField(0, QStringLiteral("num_key_value_heads"),
                                  FieldValue{std::int64_t{16}}, false);
        first.sessions().autosaveNow();
        QVERIFY(!first.notice().isVisibleTo(&first));
        // Destroyed without closing, as in a crash.
    }
    {
        MainWindow second(kept);
        QCOMPARE(second.document().study().designs[0].config.num_key_value_heads, 16);
        QVERIFY(second.notice().isVisibleTo(&second));
        second.close();
    }
    MainWindow third(kept);
    QCOMPARE(third.document().study().designs[0].config.num_key_value_heads, 16);
    QVERIFY(!third.notice().isVisibleTo(&third));
    third.close();
}

void TestWindow::everyPageIsDrawn_data() {
    QTest::addColumn<QString>("page");
    QTest::addColumn<ThemeChoice>("theme");
    QTest::addColumn<QString>("language");
    for (const QString& page : pageNames()) {
        QTest::newRow(qPrintable(page + QStringLiteral(" light")))
            << page << ThemeChoice::Light << QStringLiteral("en");
        QTest::newRow(qPrintable(page + QStringLiteral(" dark")))
            << page << ThemeChoice::Dark << QStringLiteral("zh_CN");
    }
}

void TestWindow::everyPageIsDrawn() {
    QFETCH(QString, page);
    QFETCH(ThemeChoice, theme);
    QFETCH(QString, language);
    const QTemporaryDir folder;
    ScreenshotOptions options;
    options.out = folder.filePath(QStringLiteral("page.png"));
    options.page = page;
    options.size = {1280, 800};
    options.theme = theme;
    options.language = language;
    QString error;
    QVERIFY2(saveScreenshot(options, &error), qPrintable(error));
    const QImage image(options.out);
    QCOMPARE(image.size(), QSize(1280, 800));
    // The page itself, without the bars around it.
    const QImage centre = image.copy(340, 160, 900, 500);
    QVERIFY2(colours(centre) > 12, qPrintable(QString::number(colours(centre))));
    const QRgb corner = image.pixel(1270, 140);
    QCOMPARE(qGray(corner) < 128, theme == ThemeChoice::Dark);
}

void TestWindow::screenshotAppliesEdits() {
    const QTemporaryDir folder;
    ScreenshotOptions options;
    options.size = {1280, 800};
    options.models = {QStringLiteral("qwen3-8b"), QStringLiteral("gemma-3-27b")};
    options.out = folder.filePath(QStringLiteral("before.png"));
    QString error;
    QVERIFY2(saveScreenshot(options, &error), qPrintable(error));
    options.edits = {{QStringLiteral("num_key_value_heads"), QStringLiteral("1")}};
    options.out = folder.filePath(QStringLiteral("after.png"));
    QVERIFY2(saveScreenshot(options, &error), qPrintable(error));
    QVERIFY(QImage(folder.filePath(QStringLiteral("before.png"))) != QImage(options.out));
}

void TestWindow::screenshotRefusesByName() {
    const QTemporaryDir folder;
    ScreenshotOptions options;
    options.out = folder.filePath(QStringLiteral("a.png"));
    QString error;
    options.page = QStringLiteral("nowhere");
    QVERIFY(!saveScreenshot(options, &error));
    QVERIFY2(error.contains(QStringLiteral("nowhere")), qPrintable(error));
    options.page.clear();
    options.models = {QStringLiteral("no-such-model")};
    QVERIFY(!saveScreenshot(options, &error));
    QVERIFY2(error.contains(QStringLiteral("no-such-model")), qPrintable(error));
    options.models.clear();
    options.edits = {{QStringLiteral("hidden_size"), QStringLiteral("-4")}};
    QVERIFY(!saveScreenshot(options, &error));
    QVERIFY2(error.contains(QStringLiteral("hidden_size")), qPrintable(error));
    options.edits.clear();
    options.out = folder.filePath(QStringLiteral("missing/a.png"));
    QVERIFY(!saveScreenshot(options, &error));
    QVERIFY(!QFile::exists(options.out));
}

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    prepareApplication(application);
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_window.moc"
