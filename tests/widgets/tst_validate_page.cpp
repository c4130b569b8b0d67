// SPDX-License-Identifier: GPL-3.0-or-later
// The Validate page: runs on a thread of its own, fills in live, cancels, keeps and exports.
#include "core/presets/presets.h"
#include "core/validation/validation_json.h"
#include "widgets/pages/validate_page.h"
#include "widgets/plot/plot_view.h"
#include "widgets/validation/validation_model.h"
#include "widgets/words/validation_words.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr int patience_ms = 60000;

ValidationOptions brief() {
    ValidationOptions options;
    options.threads = 1;
    options.contexts = {24, 96};
    options.batches = {1, 8};
    options.measures_time = false;
    return options;
}

Study studyOf(const std::vector<const char*>& ids) {
    Study study = default_study();
    study.designs.clear();
    for (const char* id : ids) {
        const ModelPreset& preset = *find_model_preset(id);
        study.designs.push_back({preset.name, preset.id, preset.config});
    }
    return study;
}

/// A page that shows a study, ready to run quickly.
std::unique_ptr<ValidatePage> pageOf(const std::vector<const char*>& ids) {
    auto page = std::make_unique<ValidatePage>();
    page->setOptions(brief());
    page->restoreView({{QStringLiteral("size"), 0}});
    page->setResult(evaluate(studyOf(ids), 1), nullptr, {});
    return page;
}

bool runToEnd(ValidatePage& page) {
    QSignalSpy finished(&page.runner(), &ValidationRunner::finished);
    page.run();
    return page.isRunning() && finished.wait(patience_ms);
}

/// A report with rows of every judgement, made up: what is tested is how it is shown.
ValidationReport sample(const char* id) {
    const ModelPreset& preset = *find_model_preset(id);
    ValidationReport report;
    report.name = preset.name;
    report.original = preset.config;
    report.tiny = *shrink_by_steps(preset.config, 512, 48);
    report.options.threads = 2;
    ValidationRow row;
    row.predicted = row.low = row.high = row.measured = row.fastest = row.slowest = 311808;
    report.rows.push_back(row);
    row.judgement = Judgement::Timed;
    row.unit = RowUnit::Seconds;
    row.repeats = 7;
    for (const std::int64_t context : {128, 512}) {
        row.predicted = 1e-5 * static_cast<double>(context);
        row.low = row.predicted * 0.9;
        row.high = row.predicted * 1.1;
        row.measured = row.predicted * (context == 128 ? 1.05 : 1.2);
        row.fastest = row.measured * 0.98;
        row.slowest = row.measured * 1.02;
        row.kind = RowKind::PrefillTime;
        row.tokens = context;
        row.past = 0;
        report.rows.push_back(row);
        row.kind = RowKind::StepTime;
        row.past = context;
        for (const std::int64_t tokens : {1, 16}) {
            row.tokens = tokens;
            report.rows.push_back(row);
        }
    }
    report.experts_per_token = 2;
    report.loads.push_back({0, {4, 8, 4, 0}});
    return report;
}

QJsonObject viewOf(const std::vector<ValidationReport>& reports) {
    QJsonArray runs;
    int slot = 0;
    for (const ValidationReport& report : reports) {
        runs.append(QJsonObject{
            {QStringLiteral("slot"), slot++},
            {QStringLiteral("report"),
             QJsonDocument::fromJson(QByteArray::fromStdString(write_validation(report)))
                 .object()}});
    }
    return {{QStringLiteral("runs"), runs}};
}

} // namespace

class TestValidatePage : public QObject {
    Q_OBJECT

private slots:
    void runsTheSelectedDesign();
    void fillsInLive();
    void cancelsAtOnce();
    void closingWhileItRuns();
    void keepsRunsInTheSession();
    void damagedSessionsAreLeftAside();
    void checkpointFolders();
    void failuresAreSaid();
    void chartsShowBandsAndWhiskers();
    void overlaysDesigns();
    void designSideBySide();
    void twoRunsSideBySide();
    void writesReports();
};

void TestValidatePage::runsTheSelectedDesign() {
    const auto page = pageOf({"qwen3-8b", "mixtral-8x7b"});
    QVERIFY(!page->canExport());
    QVERIFY(!page->shown());
    QSignalSpy changed(page.get(), &Page::contentsChanged);
    QVERIFY(runToEnd(*page));
    QVERIFY(page->shown() && page->shown()->is_exact());
    QCOMPARE(page->shown()->name, find_model_preset("qwen3-8b")->name);
    QVERIFY(page->canExport());
    QVERIFY(changed.count() >= 1);
    // A line for each row, and one for each of their sections: weights, cache, work.
    QCOMPARE(page->model().rowCount(), static_cast<int>(page->shown()->rows.size()) + 3);
    ViewState second;
    second.selected = 1;
    page->setResult(evaluate(studyOf({"qwen3-8b", "mixtral-8x7b"}), 2), nullptr, second);
    QVERIFY(runToEnd(*page));
    QCOMPARE(page->shown()->name, find_model_preset("mixtral-8x7b")->name);
    QCOMPARE(page->runCount(), 2);
}

void TestValidatePage::fillsInLive() {
    const auto page = pageOf({"qwen3-30b-a3b"});
    const QAbstractItemModelTester tester(&page->model());
    // Every row stands there from the beginning, predicted; the measurements come into it.
    int rows = 0;
    bool jumped = false;
    std::size_t measured = 0;
    bool lost = false;
    connect(&page->runner(), &ValidationRunner::progressed, page.get(), [&] {
        jumped = jumped || (rows > 0 && page->model().rowCount() != rows);
        rows = page->model().rowCount();
        lost = lost || page->shown()->measured_rows() < measured;
        measured = page->shown()->measured_rows();
    });
    QVERIFY(runToEnd(*page));
    QVERIFY(rows > 10 && !jumped && !lost);
    QCOMPARE(page->model().rowCount(), rows);
    // Editing meanwhile is fine; the result says what it was for.
    Study edited = studyOf({"qwen3-30b-a3b"});
    edited.designs.front().config.num_hidden_layers = 30;
    page->setResult(evaluate(edited, 2), nullptr, {});
    QCOMPARE(page->shown()->original.num_hidden_layers, std::int64_t{48});
}

void TestValidatePage::cancelsAtOnce() {
    const auto page = pageOf({"llama-3-8b"});
    ValidationOptions longer = brief();
    longer.contexts = {4096};
    page->setOptions(longer);
    page->restoreView({{QStringLiteral("size"), 3}});
    QSignalSpy finished(&page->runner(), &ValidationRunner::finished);
    page->run();
    QVERIFY(page->isRunning());
    page->run(); // one at a time
    QTest::qWait(30);
    page->cancel();
    QVERIFY(finished.count() == 1 || finished.wait(patience_ms));
    const auto report = finished[0][0].value<SharedReport>();
    QVERIFY(report->was_cancelled || report->is_exact());
    QVERIFY(!page->isRunning());
    QVERIFY(runToEnd(*pageOf({"llama-3-8b"})));
}

void TestValidatePage::closingWhileItRuns() {
    auto page = pageOf({"llama-3-8b"});
    page->restoreView({{QStringLiteral("size"), 3}});
    page->run();
    QVERIFY(page->isRunning());
    page.reset(); // waits for its thread, and does not hang or crash
}

void TestValidatePage::keepsRunsInTheSession() {
    const auto page = pageOf({"deepseek-v3"});
    QVERIFY(runToEnd(*page));
    const QJsonObject view = page->saveView();
    ValidatePage again;
    again.restoreView(view);
    QCOMPARE(again.runCount(), 1);
    QVERIFY(again.shown()->rows == page->shown()->rows);
    QVERIFY(again.shown()->tiny.config == page->shown()->tiny.config);
    QCOMPARE(again.saveView(), view);
    QVERIFY(again.canExport());
}

void TestValidatePage::damagedSessionsAreLeftAside() {
    ValidatePage page;
    QJsonObject view = viewOf({sample("qwen3-8b")});
    QJsonArray runs = view[QStringLiteral("runs")].toArray();
    runs.append(QJsonObject{{QStringLiteral("slot"), 99}});
    runs.append(3);
    view[QStringLiteral("runs")] = runs;
    view[QStringLiteral("shown")] = 17;
    view[QStringLiteral("chart")] = -4;
    page.restoreView(view);
    QCOMPARE(page.runCount(), 1);
    QVERIFY(page.shown());
    page.restoreView({});
    QCOMPARE(page.runCount(), 0);
    QVERIFY(!page.shown());
}

void TestValidatePage::checkpointFolders() {
    const auto page = pageOf({"qwen3-8b"});
    QVERIFY(!page->openFolder(QStringLiteral(HEADROOM_SOURCE_DIR "/presets")));
    QVERIFY(!page->openFolder(QString()));
    QSignalSpy finished(&page->runner(), &ValidationRunner::finished);
    QVERIFY(page->openFolder(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/gpt-oss")));
    QVERIFY(finished.wait(patience_ms));
    QVERIFY(page->shown()->is_exact());
    QVERIFY(!page->shown()->folder.empty());
    QCOMPARE(page->shown()->rows.front().kind, RowKind::Tensors);
    QVERIFY(!page->shown()->loads.empty());
}

void TestValidatePage::failuresAreSaid() {
    const auto page = pageOf({"bert-base"});
    QVERIFY(runToEnd(*page));
    QCOMPARE(page->runCount(), 0); // nothing was measured
    bool said = false;
    for (const QLabel* label : page->findChildren<QLabel*>()) {
        said = said || (label->isVisibleTo(page.get()) &&
                        label->text().contains(QLatin1String("model_type")));
    }
    QVERIFY(said);
}

void TestValidatePage::chartsShowBandsAndWhiskers() {
    const DrawnValidation run{
        0, std::make_shared<const ValidationReport>(sample("qwen3-8b")), {}, false};
    const PlotData prefill = validationChart(ValidationChart::PrefillTime, {run}, true);
    QCOMPARE(prefill.series.size(), 2);
    QCOMPARE(prefill.series[0].x, (QVector<double>{128, 512}));
    QCOMPARE(prefill.series[0].lower.size(), 2);
    QCOMPARE(prefill.series[1].drawing, PlotDrawing::Points);
    QCOMPARE(prefill.series[1].errorPlus.size(), 2);
    QVERIFY(prefill.title.contains(QLatin1String("20%"))); // the worst of both
    const PlotData decode = validationChart(ValidationChart::DecodeTime, {run}, true);
    QCOMPARE(decode.series[0].x, (QVector<double>{128, 512}));
    const PlotData step = validationChart(ValidationChart::StepTime, {run}, true);
    QCOMPARE(step.series[0].x, (QVector<double>{1, 16})); // after the longest prompt
    // What is not measured yet is predicted.
    ValidationReport early = *run.report;
    for (ValidationRow& row : early.rows) {
        row.repeats = 0;
    }
    const PlotData before =
        validationChart(ValidationChart::PrefillTime,
                        {{0, std::make_shared<const ValidationReport>(early), {}, false}}, true);
    QCOMPARE(before.series.size(), 1);
    QCOMPARE(before.series[0].y, prefill.series[0].y);
    const PlotData load = validationChart(ValidationChart::ExpertLoad, {run}, true);
    QCOMPARE(load.series[0].y, (QVector<double>{4, 8, 4, 0}));
    QCOMPARE(load.lines[0].value, 4.0);
    const PlotData none = validationChart(ValidationChart::KvBytes, {run}, true);
    QVERIFY(none.series.isEmpty() && !none.emptyText.isEmpty());
    QVERIFY(!validationChart(ValidationChart::KvBytes, {}, true).emptyText.isEmpty());
}

void TestValidatePage::overlaysDesigns() {
    ValidatePage page;
    QJsonObject view = viewOf({sample("qwen3-8b"), sample("deepseek-v3")});
    view[QStringLiteral("beside")] = -2; // every other design
    page.restoreView(view);
    page.setResult(evaluate(studyOf({"qwen3-8b", "deepseek-v3"}), 1), nullptr, {});
    QCOMPARE(page.plot().data().series.size(), 4);
    view[QStringLiteral("beside")] = 0; // the first run, beside the second
    page.restoreView(view);
    QCOMPARE(page.plot().data().series.size(), 4);
    view[QStringLiteral("beside")] = -1;
    page.restoreView(view);
    QCOMPARE(page.plot().data().series.size(), 2);
}

void TestValidatePage::designSideBySide() {
    ValidatePage page;
    page.restoreView(viewOf({sample("deepseek-v3")}));
    const int rows = page.model().rowCount();
    page.model().setContents(ValidationModel::Contents::Design);
    const QAbstractItemModelTester tester(&page.model());
    QVERIFY(page.model().rowCount() > rows);
    bool kept = false;
    bool rounded = false;
    for (int row = 0; row < page.model().rowCount(); ++row) {
        const int verdict = page.model().index(row, 3).data(ValidationModel::VerdictRole).toInt();
        kept = kept || verdict == ValidationModel::Good;
        rounded = rounded || verdict == ValidationModel::Rounded;
    }
    QVERIFY(kept && rounded);
}

void TestValidatePage::twoRunsSideBySide() {
    ValidatePage page;
    ValidationReport second = sample("deepseek-v3");
    second.rows.back().measured *= 2;
    QJsonObject view = viewOf({sample("qwen3-8b"), second});
    view[QStringLiteral("beside")] = 0;
    view[QStringLiteral("contents")] = 2;
    page.restoreView(view);
    const QAbstractItemModelTester tester(&page.model());
    const int last = page.model().rowCount() - 1;
    QCOMPARE(page.model().index(last, 3).data().toString(), QStringLiteral("0.50×"));
    QVERIFY(page.model()
                .headerData(2, Qt::Horizontal, Qt::DisplayRole)
                .toString()
                .contains(QLatin1String("Qwen3-8B")));
    view[QStringLiteral("beside")] = -1;
    page.restoreView(view);
    QCOMPARE(page.model().index(last, 2).data().toString(), QStringLiteral("–"));
}

void TestValidatePage::writesReports() {
    ValidatePage page;
    QTemporaryDir folder;
    QString error;
    QVERIFY(!page.writeReport(folder.filePath(QStringLiteral("none.md")), &error));
    QVERIFY(!error.isEmpty());
    page.restoreView(viewOf({sample("qwen3-8b")}));
    for (const char* name : {"report.md", "rows.csv"}) {
        const QString path = folder.filePath(QLatin1String(name));
        QVERIFY(page.writeReport(path, &error));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Parameters allocated"));
    }
    error.clear();
    QVERIFY(!page.writeReport(folder.filePath(QStringLiteral("no/such/folder.md")), &error));
    QVERIFY(!error.isEmpty());
}

QTEST_MAIN(TestValidatePage)
#include "tst_validate_page.moc"
