// SPDX-License-Identifier: GPL-3.0-or-later
// What the throughput and roofline pages draw, and what they emit.
#include "core/presets/presets.h"
#include "core/study/measured_points.h"
#include "widgets/charts/charts.h"
#include "widgets/pages/deployment_panel.h"
#include "widgets/pages/roofline_page.h"
#include "widgets/pages/throughput_page.h"
#include "widgets/plot/plot_view.h"

#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headroom;
using namespace headroom::ui;

namespace {

Study study(const char* preset, const char* device, std::int64_t batch, std::int64_t context) {
    Study made;
    const ModelPreset* model = find_model_preset(preset);
    made.designs.push_back({model->name, model->id, model->config});
    made.scenario.workload = {batch, context, 256, context};
    made.scenario.deployment.device = device;
    return made;
}

PlotData chart(ChartKind kind, const StudyResult& now, const ChartOptions& options = {}) {
    ChartInput input;
    input.now = &now;
    input.options = options;
    return buildChart(kind, input);
}

const PlotSeries* find(const PlotData& data, const QString& id) {
    const auto it = std::find_if(data.series.begin(), data.series.end(),
                                 [&](const PlotSeries& series) { return series.id == id; });
    return it == data.series.end() ? nullptr : &*it;
}

} // namespace

class ThroughputTest : public QObject {
    Q_OBJECT

private slots:
    void boundsFillTheSpaceUnderTheCurve();
    void measuredPointsAreDrawn();
    void measuredPointsKnowTheirDesign();
    void typicalDevicesReachTheRoofline();
    void roofIsTheDevices();
    void stepAddsUp();
    void batchIsDragged();
    void splitsAreClicked();
    void longSearchesRunAside();
    void residualsAreThoseOfPredict();
};

void ThroughputTest::boundsFillTheSpaceUnderTheCurve() {
    const auto now = evaluate(study("qwen3-8b", "h200", 8, 8192), 1);
    const PlotData data = chart(ChartKind::Throughput, *now);
    const PlotSeries* curve = find(data, QStringLiteral("A"));
    QVERIFY(curve != nullptr);
    QVector<double> sum(curve->x.size(), 0.0);
    int areas = 0;
    for (const PlotSeries& series : data.series) {
        if (series.drawing == PlotDrawing::Area) {
            ++areas;
            QCOMPARE(series.x, curve->x);
            for (int i = 0; i < series.y.size(); ++i) {
                QVERIFY(series.lower[i] <= series.upper[i]);
                sum[i] += series.y[i];
            }
        }
    }
    QVERIFY(areas >= 2); // one device: no communication
    for (int i = 0; i < sum.size(); ++i) {
        QVERIFY(std::abs(sum[i] / curve->y[i] - 1.0) < 1e-9);
    }
    ChartOptions without;
    without.bounds = false;
    QVERIFY(find(chart(ChartKind::Throughput, *now, without), QStringLiteral("bound:1")) ==
            nullptr);
}

void ThroughputTest::measuredPointsAreDrawn() {
    const auto now = evaluate(study("qwen3-8b", "h200", 1, 8192), 1);
    ChartOptions options;
    options.speed = SpeedCurve::TimePerOutputToken;
    const PlotData data = chart(ChartKind::Latency, *now, options);
    const PlotSeries* points = find(data, QStringLiteral("measured:A"));
    QVERIFY(points != nullptr);
    QCOMPARE(points->x, (QVector<double>{1, 1, 8, 8, 32, 32})); // two programs measured it
    // The curve passes near them: that is what it was fitted to.
    const PlotSeries* curve = find(data, QStringLiteral("A"));
    for (int i = 0; i < points->x.size(); ++i) {
        const auto at = std::find(curve->x.begin(), curve->x.end(), points->x[i]);
        QVERIFY(at != curve->x.end());
        const double drawn = curve->y[static_cast<qsizetype>(at - curve->x.begin())];
        QVERIFY(std::abs(drawn / points->y[i] - 1.0) < 0.1);
    }
}

void ThroughputTest::measuredPointsKnowTheirDesign() {
    const auto points = [](const Study& made) {
        const auto now = evaluate(made, 1);
        return measured_points(*now->results[0].spec, made.scenario, SpeedCurve::TokensPerSecond,
                               SpeedAxis::Batch);
    };
    QVERIFY(!points(study("qwen3-8b", "h200", 1, 8192)).empty());
    QVERIFY(points(study("llama-3-70b", "h200", 1, 8192)).empty());
    QVERIFY(points(study("qwen3-8b", "a100-80gb", 1, 8192)).empty());
    QVERIFY(points(study("qwen3-8b", "h200", 1, 8191)).empty());
    Study edited = study("qwen3-8b", "h200", 1, 8192);
    QVERIFY(set_field_from_text(edited.designs[0].config, "num_key_value_heads", "4").has_value());
    QVERIFY(points(edited).empty());
    Study narrow = study("qwen3-8b", "h200", 1, 8192);
    narrow.scenario.formats.weights = NumberFormat::Fp8;
    QVERIFY(points(narrow).empty());
    Study split = study("qwen3-8b", "h200", 1, 1024);
    split.scenario.deployment = {"h200", 2, 2, 1, 1};
    QVERIFY(!points(split).empty());
}

void ThroughputTest::typicalDevicesReachTheRoofline() {
    const Study made = study("qwen3-8b", "a100-80gb", 8, 8192);
    const auto now = evaluate(made, 1);
    const PlotSeries* series = nullptr;
    const PlotData data = chart(ChartKind::Throughput, *now);
    series = find(data, QStringLiteral("A"));
    QVERIFY(series != nullptr);
    QCOMPARE(series->upper.size(), series->y.size());
    for (int i = 0; i < series->y.size(); ++i) {
        QCOMPARE(series->lower[i], series->y[i]);
        QVERIFY(series->upper[i] > series->y[i]);
    }
    const double ceiling = now->results[0].analysis->throughput.decode.ceiling_seconds;
    const auto at = std::find(series->x.begin(), series->x.end(), 8.0) - series->x.begin();
    QVERIFY(std::abs(series->upper[at] * ceiling / 8.0 - 1.0) < 1e-9);
}

void ThroughputTest::roofIsTheDevices() {
    const DeviceProfile device = *find_device("h200");
    const Curve curve = roof(device, NumberFormat::Bf16, 1.0, 1e4);
    QCOMPARE(curve.y.front(), device.bandwidth_bytes_per_s);
    QCOMPARE(curve.y.back(), device.peak(NumberFormat::Bf16));
    QCOMPARE(batch_intensity(32, NumberFormat::Bf16), 32.0);
    for (const NumberFormat format : {NumberFormat::Bf16, NumberFormat::Fp8, NumberFormat::Int4}) {
        for (const std::int64_t batch : {1, 7, 512}) {
            QCOMPARE(batch_at_intensity(batch_intensity(batch, format), format), batch);
        }
    }
    QCOMPARE(batch_at_intensity(0.0, NumberFormat::Bf16), std::int64_t{1});
    QCOMPARE(batch_at_intensity(-3.0, NumberFormat::Bf16), std::int64_t{1});
}

void ThroughputTest::stepAddsUp() {
    const auto now = evaluate(default_study(), 1);
    ChartOptions options;
    options.bothPhases = true;
    const PlotData data = chart(ChartKind::Step, *now, options);
    QCOMPARE(data.x.categories.size(), 4);
    for (int category = 0; category < 4; ++category) {
        double sum = 0.0;
        for (const PlotSeries& series : data.series) {
            sum += series.y[category];
        }
        const ThroughputReport& report =
            now->results[static_cast<std::size_t>(category / 2)].analysis->throughput;
        const double expected = category % 2 == 0 ? report.decode.seconds : report.prefill.seconds;
        QVERIFY(std::abs(sum / expected - 1.0) < 1e-9);
    }
}

void ThroughputTest::batchIsDragged() {
    RooflinePage page;
    page.setResult(evaluate(study("qwen3-8b", "h200", 8, 8192), 1), nullptr, {});
    const PlotData& data = page.plot().data();
    QCOMPARE(data.lines.size(), 1);
    QCOMPARE(data.lines[0].value, batch_intensity(8, NumberFormat::Bf16));
    QVERIFY(data.lines[0].draggable);
    QSignalSpy spy(&page, &Page::scenarioEdited);
    emit page.plot().lineDragged(batchIntensityLine, 64.0);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(spy[0][0].value<Scenario>().workload.batch, std::int64_t{64});
}

void ThroughputTest::splitsAreClicked() {
    ThroughputPage page;
    page.setResult(evaluate(study("llama-3-70b", "h200", 8, 8192), 1), nullptr, {});
    QListWidget& list = page.deployment().fitList();
    QTRY_VERIFY(list.count() > 3);
    QSignalSpy spy(&page, &Page::scenarioEdited);
    emit list.itemClicked(list.item(0));
    QCOMPARE(spy.count(), 1);
    const auto chosen = spy[0][0].value<Scenario>();
    const auto expected =
        find_deployments(*expand_layers(find_model_preset("llama-3-70b")->config),
                         study("llama-3-70b", "h200", 8, 8192).scenario, *find_device("h200"), {});
    QVERIFY(expected && expected->best() != nullptr);
    QVERIFY(chosen.deployment == expected->best()->deployment);
}

void ThroughputTest::longSearchesRunAside() {
    DeploymentSearchJob job;
    const ModelSpec spec = *expand_layers(find_model_preset("deepseek-v3")->config);
    Scenario scenario = default_study().scenario;
    scenario.workload.batch = 4096;
    DeploymentTarget target;
    target.max_devices = most_searched_devices;
    QSignalSpy spy(&job, &DeploymentSearchJob::finished);
    job.start(spec, scenario, *find_device("h200"), target);
    QCOMPARE(spy.count(), 0);
    QVERIFY(job.isRunning());
    job.cancel();
    QVERIFY(!job.isRunning());
    target.max_devices = 16;
    job.start(spec, scenario, *find_device("h200"), target);
    QTRY_COMPARE_WITH_TIMEOUT(spy.count(), 1, 60000); // of the second search alone
    QVERIFY(!job.isRunning());
    QVERIFY(job.result().has_value());
    const Result<DeploymentSearch>& result = *job.result();
    QVERIFY(result && !result->cancelled);
}

void ThroughputTest::residualsAreThoseOfPredict() {
    const MeasurementFile& file = shipped_measurements().front();
    const auto prediction = predict(file, *find_device("h200"));
    QVERIFY(prediction);
    const PlotData data = residualsChart(*prediction, *find_device("h200"));
    qsizetype points = 0;
    for (const PlotSeries& series : data.series) {
        points += series.y.size();
        QVERIFY(std::is_sorted(series.x.begin(), series.x.end()));
    }
    QCOMPARE(points, static_cast<qsizetype>(prediction->rows.size()));
}

QTEST_MAIN(ThroughputTest)
#include "tst_throughput.moc"
