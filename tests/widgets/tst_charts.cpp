// SPDX-License-Identifier: GPL-3.0-or-later
// Charts: the values they draw are the core's, their titles follow the data.
#include "core/config/config_fields.h"
#include "core/presets/presets.h"
#include "widgets/charts/charts.h"
#include "widgets/format/format.h"
#include "widgets/plot/plot_table.h"

#include <QTest>

using namespace headroom;
using namespace headroom::ui;

namespace {

Study study(const std::vector<const char*>& presets) {
    Study made = default_study();
    made.designs.clear();
    for (const char* id : presets) {
        const ModelPreset* preset = find_model_preset(id);
        made.designs.push_back({preset->name, preset->id, preset->config});
    }
    return made;
}

PlotData chart(ChartKind kind, const StudyResult& now, const ChartOptions& options = {},
               const StudyResult* ghost = nullptr) {
    return buildChart(kind, {&now, ghost, options});
}

const PlotSeries& seriesOf(const PlotData& data, const QString& id) {
    for (const PlotSeries& series : data.series) {
        if (series.id == id) {
            return series;
        }
    }
    qFatal("no series %s", qPrintable(id));
}

} // namespace

class ChartsTest : public QObject {
    Q_OBJECT

private slots:
    void everyKindDraws();
    void kindsAreFoundByName();
    void cacheEqualsCore();
    void cacheLayerByLayer();
    void titleFollowsTheData();
    void ghostIsDrawnForTheEditedDesign();
    void breakdownAddsUp();
    void speedEqualsCore();
    void speedEndsWhereMemoryDoes();
    void memoryWhatIf();
    void cacheRoomAsksForABatch();
    void nothingToDrawSaysWhy();
};

void ChartsTest::everyKindDraws() {
    const auto now = evaluate(default_study(), 1);
    for (const ChartInfo& info : chartKinds()) {
        ChartOptions options;
        const PlotData data = chart(info.kind, *now, options);
        QVERIFY2(hasValues(data), qPrintable(info.id));
        QVERIFY2(!data.title.isEmpty() && !data.subtitle.isEmpty(), qPrintable(info.id));
        QVERIFY2(!data.title.contains(u'%') || data.title.contains(QStringLiteral("% ")),
                 qPrintable(data.title));
        QVERIFY2(!data.x.title.isEmpty() && !data.y.title.isEmpty(), qPrintable(info.id));
    }
}

void ChartsTest::kindsAreFoundByName() {
    for (const char* name : {"parameters", "memory", "kv-cache", "kv-layers", "throughput",
                             "latency", "roofline", "breakdown", "compare"}) {
        QVERIFY2(chartKindFor(QString::fromLatin1(name)).has_value(), name);
    }
    QVERIFY(!chartKindFor(QStringLiteral("pie")));
}

void ChartsTest::cacheEqualsCore() {
    const auto now = evaluate(default_study(), 1);
    const PlotData data = chart(ChartKind::KvCache, *now);
    for (int slot = 0; slot < 2; ++slot) {
        const PlotSeries& series = seriesOf(data, QString(QChar(u'A' + slot)));
        const ModelSpec& spec = *now->results[static_cast<std::size_t>(slot)].spec;
        QVERIFY(series.x.size() > 20);
        for (int i = 0; i < series.x.size(); ++i) {
            QCOMPARE(series.y[i],
                     static_cast<double>(kv_bytes_at(spec, static_cast<std::int64_t>(series.x[i]),
                                                     now->study.scenario.formats.kv)));
        }
    }
}

void ChartsTest::cacheLayerByLayer() {
    const auto now = evaluate(study({"gemma-3n-e4b"}), 1);
    const PlotData data = chart(ChartKind::KvLayers, *now);
    const PlotSeries& series = data.series.first();
    const ModelSpec& spec = *now->results[0].spec;
    QCOMPARE(series.x.size(), static_cast<qsizetype>(spec.num_layers()));
    QCOMPARE(series.pointNotes.size(), series.x.size());
    double sum = 0;
    for (const double bytes : series.y) {
        sum += bytes;
    }
    QCOMPARE(sum, static_cast<double>(now->results[0].analysis->kv.bytes_at_context));
    // The last layers of Gemma 3n keep nothing: they read the cache of an earlier one.
    QCOMPARE(series.y.last(), 0.0);
    QVERIFY(series.pointNotes.last().contains(QStringLiteral("reads the cache of layer 19")));
    QVERIFY2(data.title.startsWith(QStringLiteral("4 of 35 layers")), qPrintable(data.title));
    // The notes are a column of the table and of the file.
    const PlotTable table = plotTable(data);
    QCOMPARE(table.columns.size(), 3);
    QCOMPARE(table.columns[2].words, series.pointNotes);
    QCOMPARE(plotCsv(data).count(u'\n'), series.x.size() + 1);
}

void ChartsTest::titleFollowsTheData() {
    const auto now = evaluate(default_study(), 1);
    const QString factor =
        format::ratioInWords(static_cast<double>(now->results[1].analysis->kv.bytes_per_token),
                             static_cast<double>(now->results[0].analysis->kv.bytes_per_token));
    QCOMPARE(chart(ChartKind::KvCache, *now).title,
             QStringLiteral("MLA keeps %1 per token than 4 KV heads").arg(factor));
    Study edited = default_study();
    QVERIFY(set_field_from_text(edited.designs[0].config, "num_key_value_heads", "8").has_value());
    const QString title = chart(ChartKind::KvCache, *evaluate(edited, 2)).title;
    QVERIFY2(title.endsWith(QStringLiteral("8 KV heads")), qPrintable(title));
    // Twins do not differ, and the title says so.
    const QString same =
        chart(ChartKind::KvCache, *evaluate(study({"qwen3-8b", "qwen3-8b"}), 3)).title;
    QVERIFY2(same.startsWith(QStringLiteral("All designs keep")), qPrintable(same));
}

void ChartsTest::ghostIsDrawnForTheEditedDesign() {
    const auto before = evaluate(default_study(), 1);
    Study edited = default_study();
    QVERIFY(set_field_from_text(edited.designs[0].config, "num_key_value_heads", "16").has_value());
    const auto now = evaluate(edited, 2);
    const PlotData data = chart(ChartKind::KvCache, *now, {}, before.get());
    int ghosts = 0;
    for (const PlotSeries& series : data.series) {
        if (series.ghost) {
            ++ghosts;
            QCOMPARE(series.id, QStringLiteral("ghost:A"));
            QCOMPARE(series.label, QStringLiteral("before the edit: KV heads 4"));
            QCOMPARE(series.y, seriesOf(chart(ChartKind::KvCache, *before), QStringLiteral("A")).y);
        }
    }
    QCOMPARE(ghosts, 1);
}

void ChartsTest::breakdownAddsUp() {
    const auto now = evaluate(default_study(), 1);
    const PlotData data = chart(ChartKind::Breakdown, *now);
    for (int category = 0; category < data.x.categories.size(); ++category) {
        double sum = 0.0;
        for (const PlotSeries& series : data.series) {
            sum += series.y[category];
        }
        const ParameterReport& report =
            now->results[static_cast<std::size_t>(category / 2)].analysis->parameters;
        QCOMPARE(sum, static_cast<double>(category % 2 == 0 ? report.total
                                                            : report.active_with_input_embedding));
    }
}

void ChartsTest::speedEqualsCore() {
    const auto now = evaluate(default_study(), 1);
    const PlotData data = chart(ChartKind::Throughput, *now);
    const auto batch = static_cast<double>(now->study.scenario.workload.batch);
    for (std::size_t slot = 0; slot < 2; ++slot) {
        const PlotSeries& series = seriesOf(data, QString(QChar(u'A' + static_cast<int>(slot))));
        const auto at = series.x.indexOf(batch);
        if (at < 0) {
            // It no longer fits at the scenario's batch, and the curve ended before.
            QVERIFY(!now->results[slot].analysis->memory.fits);
            continue;
        }
        QCOMPARE(series.y[at], now->results[slot].analysis->throughput.tokens_per_second);
        QCOMPARE(series.lower.size(), series.y.size());
    }
}

void ChartsTest::speedEndsWhereMemoryDoes() {
    const auto now = evaluate(default_study(), 1);
    const PlotData data = chart(ChartKind::Throughput, *now);
    for (int slot = 0; slot < 2; ++slot) {
        const QString id(QChar(u'A' + slot));
        const std::int64_t largest =
            now->results[static_cast<std::size_t>(slot)].analysis->memory.max_batch;
        QVERIFY(largest < 256);
        QCOMPARE(seriesOf(data, id).x.last(), static_cast<double>(largest));
        QVERIFY(seriesOf(data, QStringLiteral("fits:") + id)
                    .pointLabels[0]
                    .contains(QString::number(largest)));
    }
}

void ChartsTest::memoryWhatIf() {
    const auto now = evaluate(default_study(), 1);
    ChartOptions options;
    options.memory = MemoryCurve::PerDevice;
    const PlotData real = chart(ChartKind::Memory, *now, options);
    options.deviceMemory = now->device.memory_bytes / 8;
    const PlotData less = chart(ChartKind::Memory, *now, options);
    QCOMPARE(real.lines[0].value, static_cast<double>(now->device.memory_bytes));
    QCOMPARE(less.lines[0].value, static_cast<double>(*options.deviceMemory));
    QVERIFY(real.title != less.title);
    QCOMPARE(seriesOf(real, QStringLiteral("A")).y, seriesOf(less, QStringLiteral("A")).y);
}

void ChartsTest::cacheRoomAsksForABatch() {
    const auto now = evaluate(default_study(), 1);
    const ModelSpec& spec = *now->results[0].spec;
    Scenario scenario = now->study.scenario;
    scenario.workload.context = 16384;
    const auto wanted = inference_memory(spec, scenario, now->device);
    QVERIFY(wanted.has_value());
    const auto bytes = static_cast<double>(kv_bytes_at(spec, 16384, scenario.formats.kv));
    QCOMPARE(batchForCacheRoom(*now, 0, bytes).value(), wanted->max_batch);
    QVERIFY(!batchForCacheRoom(*now, 7, bytes));
}

void ChartsTest::nothingToDrawSaysWhy() {
    Study broken = study({"qwen3-8b"});
    broken.designs[0].config.num_key_value_heads = 5;
    const auto now = evaluate(broken, 1);
    for (const ChartInfo& info : chartKinds()) {
        const PlotData data = chart(info.kind, *now);
        QVERIFY(!hasValues(data));
        QVERIFY2(data.emptyText.contains(QStringLiteral("num_key_value_heads")),
                 qPrintable(data.emptyText));
    }
}

QTEST_MAIN(ChartsTest)
#include "tst_charts.moc"
