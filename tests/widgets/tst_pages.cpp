// SPDX-License-Identifier: GPL-3.0-or-later
// The pages: what they draw and emit, and the model of the comparison.
#include "core/presets/presets.h"
#include "widgets/charts/charts.h"
#include "widgets/pages/architecture_view.h"
#include "widgets/pages/compare_model.h"
#include "widgets/pages/compare_page.h"
#include "widgets/pages/memory_page.h"
#include "widgets/pages/overview_page.h"
#include "widgets/pages/page_names.h"
#include "widgets/pages/pages.h"
#include "widgets/pages/roofline_page.h"
#include "widgets/pages/throughput_page.h"
#include "widgets/plot/plot_view.h"
#include "widgets/words/compare_text.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace headroom;
using namespace headroom::ui;

class PagesTest : public QObject {
    Q_OBJECT

private slots:
    void everyPageHasContents();
    void namesAgree();
    void clicksAskWhy();
    void memoryLineEditsTheBatch();
    void memoryLineAsksWhatIf();
    void viewIsRemembered();
    void compareModelIsSound();
    void compareTellsDifferences();
    void compareIsWritten();
    void architectureNamesEveryLayer();
};

void PagesTest::everyPageHasContents() {
    QWidget parent;
    const auto now = evaluate(default_study(), 1);
    for (Page* page : makePages(&parent)) {
        if (page->id() == page_names::validate) {
            continue; // has nothing to show before its first run
        }
        QVERIFY(!page->canExport());
        QSignalSpy changed(page, &Page::contentsChanged);
        page->setResult(now, nullptr, {});
        QVERIFY2(page->canExport(), qPrintable(page->id()));
        QCOMPARE(changed.count(), 1);
    }
}

void PagesTest::namesAgree() {
    QWidget parent;
    QStringList names;
    for (const Page* page : makePages(&parent)) {
        names.append(page->id());
        QVERIFY(!page->title().isEmpty());
        QCOMPARE(pageId(page->id()), page->id());
    }
    QCOMPARE(names, pageNames());
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    // A session or a script may call the page by either name.
    QCOMPARE(pageId(QStringLiteral("architecture")), pageId(QStringLiteral("overview")));
    QCOMPARE(pageId(QStringLiteral("no such page")), QString());
    QCOMPARE(pageId(QString()), QString());
    const QJsonObject view{{QStringLiteral("curve"), 1}};
    QCOMPARE(viewOf(QStringLiteral("overview"), {{QStringLiteral("architecture"), view}}), view);
    QCOMPARE(viewOf(QStringLiteral("overview"), {{QStringLiteral("overview"), view}}), view);
    QCOMPARE(viewOf(QStringLiteral("memory"), {{QStringLiteral("overview"), view}}), QJsonObject());
}

void PagesTest::clicksAskWhy() {
    const auto now = evaluate(default_study(), 1);
    const auto asked = [&now](Page& page, PlotView* plot, const QString& series, double x) {
        page.setResult(now, nullptr, {});
        QSignalSpy spy(&page, &Page::explainRequested);
        emit plot->seriesActivated(series, x);
        return spy.isEmpty()
                   ? QString()
                   : QStringLiteral("%1 %2").arg(spy[0][0].toInt()).arg(spy[0][1].toString());
    };
    MemoryPage memory;
    QCOMPARE(asked(memory, &memory.plot(), QStringLiteral("B"), 8192),
             QStringLiteral("1 kv_bytes_at_context"));
    QCOMPARE(asked(memory, &memory.plot(), QStringLiteral("no such curve"), 8192), QString());
    OverviewPage overview;
    auto* bars = overview.findChild<PlotView*>();
    overview.setResult(now, nullptr, {});
    const QString group = bars->data().series.first().id;
    QCOMPARE(asked(overview, bars, group, 0), QStringLiteral("0 parameters_total"));
    QCOMPARE(asked(overview, bars, group, 3), QStringLiteral("1 parameters_active"));
    ThroughputPage throughput;
    QCOMPARE(asked(throughput, &throughput.plot(), QStringLiteral("A"), 4),
             QStringLiteral("0 tokens_per_second"));
    for (PlotView* plot : throughput.findChildren<PlotView*>()) {
        if (plot != &throughput.plot()) {
            QCOMPARE(asked(throughput, plot, plot->data().series.first().id, 1),
                     QStringLiteral("1 time_per_output_token_ms"));
        }
    }
    RooflinePage roofline;
    roofline.setResult(now, nullptr, {});
    int points = 0;
    for (const PlotSeries& series : roofline.plot().data().series) {
        points += series.subject.isEmpty() ? 0 : 1;
    }
    QVERIFY(points >= 2);
}

void PagesTest::memoryLineEditsTheBatch() {
    // Llama-3-8B in bf16 on one H200. A token stores keys and values of 8 heads of 128 in 32
    // layers, 2 * 8 * 128 * 32 numbers of 2 bytes: 131,072 B, so that a room of 16 GiB is a context
    // of 131,072 tokens. Of 141.0 GB the weights, 8,030,261,248 numbers of 2 bytes, leave 124.94
    // GB. By 17.18 GB a sequence these are 7.27 sequences; by 8.59 GB 14.5, by 68.7 GB 1.8. The
    // workspace takes less than what lies between them and the whole number: 4.6 GB at least.
    Study study;
    const ModelPreset* preset = find_model_preset("llama-3-8b");
    study.designs.push_back({preset->name, preset->id, preset->config});
    study.scenario.workload = {3, 8192, 1024, 16384};
    MemoryPage page;
    page.setResult(evaluate(study, 1), nullptr, {});
    QSignalSpy spy(&page, &Page::scenarioEdited);
    QSignalSpy finished(&page, &Page::editingFinished);
    constexpr double gib = 1024.0 * 1024 * 1024;
    for (const auto& [room, batch] : {std::pair{16.0, 7}, std::pair{8.0, 14}, std::pair{64.0, 1}}) {
        emit page.plot().lineDragged(cacheRoomLine, room * gib);
        const QList<QVariant> edit = spy.takeLast();
        Scenario expected = study.scenario;
        expected.workload.batch = batch;
        QCOMPARE(edit[0].value<Scenario>(), expected);
        QCOMPARE(edit[1].toBool(), true);
    }
    QVERIFY(spy.isEmpty());
    emit page.plot().lineReleased(cacheRoomLine, 16 * gib);
    QCOMPARE(finished.count(), 1);
}

void PagesTest::memoryLineAsksWhatIf() {
    MemoryPage page;
    page.setResult(evaluate(default_study(), 1), nullptr, {});
    page.restoreView({{QStringLiteral("curve"), 1}});
    const QString before = page.plot().data().title;
    QSignalSpy spy(&page, &Page::scenarioEdited);
    emit page.plot().lineDragged(deviceMemoryLine, 20e9);
    emit page.plot().lineReleased(deviceMemoryLine, 20e9);
    QCOMPARE(page.plot().data().lines[0].value, 20e9);
    QVERIFY(page.plot().data().title != before);
    QCOMPARE(spy.count(), 0); // a question, not an edit
    // Another device answers for itself.
    Study other = default_study();
    other.scenario.deployment.device = "h100";
    page.setResult(evaluate(other, 2), nullptr, {});
    QVERIFY(page.plot().data().lines[0].value != 20e9);
}

void PagesTest::viewIsRemembered() {
    MemoryPage page;
    page.setResult(evaluate(default_study(), 1), nullptr, {});
    page.restoreView({{QStringLiteral("curve"), 2},
                      {QStringLiteral("hidden"), QJsonArray{QStringLiteral("B")}}});
    const QJsonObject saved = page.saveView();
    QCOMPARE(saved[QStringLiteral("curve")].toInt(), 2);
    MemoryPage again;
    again.restoreView(saved);
    QCOMPARE(again.saveView(), saved);
    again.restoreView({{QStringLiteral("curve"), 77}}); // not a choice: ignored
    QCOMPARE(again.saveView()[QStringLiteral("curve")].toInt(), 2);
}

void PagesTest::compareModelIsSound() {
    CompareModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setResult(*evaluate(default_study(), 1), true);
    Study three = default_study();
    const ModelPreset* preset = find_model_preset("llama-3-8b");
    three.designs.push_back({preset->name, preset->id, preset->config});
    model.setResult(*evaluate(three, 2), true);
    QCOMPARE(model.columnCount(), 7); // name, three designs, bars, two ratios
    model.setOnlyDifferences(true);
    three.designs.resize(1);
    model.setResult(*evaluate(three, 3), false);
    model.setResult(StudyResult{}, true);
    QCOMPARE(model.rowCount(), 0);
}

void PagesTest::compareTellsDifferences() {
    const auto now = evaluate(default_study(), 1);
    CompareModel model;
    model.setResult(*now, true);
    const int all = model.rowCount();
    bool foundParameters = false;
    bool section = false;
    bool sameBefore = false;
    for (int row = 0; row < all; ++row) {
        const QModelIndex name = model.index(row, 0);
        section = name.data(CompareModel::SectionRole).toBool();
        const bool differs = name.data(CompareModel::DiffersRole).toBool();
        // Within a section nothing that differs comes after something that does not.
        QVERIFY(section || !(differs && sameBefore));
        sameBefore = !section && (sameBefore || !differs);
        if (name.data(CompareModel::FigureRole).toString() == QStringLiteral("parameters_total")) {
            foundParameters = true;
            QCOMPARE(model.index(row, 2).data(CompareModel::SortRole).toDouble(),
                     static_cast<double>(now->results[1].analysis->parameters.total));
        }
        sameBefore = section ? false : sameBefore;
    }
    QVERIFY(foundParameters);
    model.setOnlyDifferences(true);
    QVERIFY(model.rowCount() < all);
    for (int row = 0; row < model.rowCount(); ++row) {
        QVERIFY(model.index(row, 0).data(CompareModel::SectionRole).toBool() ||
                model.index(row, 0).data(CompareModel::DiffersRole).toBool());
    }
    const QString headline = compareHeadline(*now);
    QVERIFY2(headline.startsWith(QStringLiteral("DeepSeek-V3 stores ")), qPrintable(headline));
    QVERIFY2(headline.contains(QStringLiteral("0.37×")), qPrintable(headline));
}

void PagesTest::compareIsWritten() {
    ComparePage page;
    page.setResult(evaluate(default_study(), 1), nullptr, {});
    QTemporaryDir folder;
    QString error;
    QVERIFY(page.writeTable(folder.filePath(QStringLiteral("t.md")), &error));
    QFile file(folder.filePath(QStringLiteral("t.md")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY(text.contains(QStringLiteral("| hidden_size | 4,096 | 7,168 |")));
    QVERIFY(!page.writeTable(folder.filePath(QStringLiteral("no/such/folder.csv")), &error));
    QVERIFY(error.contains(QStringLiteral("folder.csv")));
}

void PagesTest::architectureNamesEveryLayer() {
    for (const ModelPreset& preset : model_presets()) {
        const Result<ModelSpec> spec = expand_layers(preset.config);
        QVERIFY2(spec.has_value(), preset.id.c_str());
        std::int64_t layers = 0;
        for (const ArchitectureGroup& group : architectureOf(*spec)) {
            QString count = group.count;
            count.remove(u',').remove(QStringLiteral(" ×"));
            layers += count.toLongLong();
            for (const ArchitectureBlock& block : group.blocks) {
                QVERIFY(!block.title.isEmpty());
            }
        }
        QCOMPARE(layers, spec->num_layers());
    }
}

QTEST_MAIN(PagesTest)
#include "tst_pages.moc"
