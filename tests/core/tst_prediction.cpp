// SPDX-License-Identifier: GPL-3.0-or-later
// Measurement files and the prediction of their rows.
#include "core/estimate/prediction.h"
#include "core/estimate/throughput.h"
#include "core/presets/presets.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace headroom;
using json = nlohmann::ordered_json;

namespace {

std::string_view shipped(const char* name) {
    return embedded_preset(std::string("measurements/") + name + ".json");
}

/// The error of the shipped file after `damage`.
Error refused(const std::function<void(json&)>& damage) {
    json document = json::parse(shipped("h200_bf16"), nullptr, false);
    damage(document);
    const auto file = parse_measurements(document.dump(), "my.json");
    return file ? Error{} : file.error();
}

} // namespace

class TestPrediction : public QObject {
    Q_OBJECT

private slots:
    void rows();
    void errorsByHand();
    void summaryByHand();
    void tensorParallel();
    void tableOfTheFile();
    void impossibleSplit();
    void damagedFiles();
    void operatorsAddUp();
};

void TestPrediction::rows() {
    const auto file = parse_measurements(shipped("h200_bf16"), "h200");
    QVERIFY(file);
    QCOMPARE(file->products.size(), std::size_t{55});
    const auto prediction = predict(*file, *find_device("h200"));
    QVERIFY(prediction);
    QCOMPARE(prediction->decode.rows, std::int64_t{39});
    QCOMPARE(prediction->prefill.rows, std::int64_t{17});
    QVERIFY(prediction->decode.mean_abs_error < 0.04);
    QVERIFY(prediction->prefill.mean_abs_error < 0.06);
}

/// A device on which nothing takes time but the start of an attention kernel, 0.1 ms: a step takes
/// 0.1 ms a layer, and the rest is the milliseconds that stand in the file.
void TestPrediction::errorsByHand() {
    DeviceProfile device;
    device.bandwidth_bytes_per_s = 1e30;
    device.peak_flops[NumberFormat::Bf16] = 1e30;
    for (Efficiency* kind : {&device.constants.linear, &device.constants.attention,
                             &device.constants.experts, &device.constants.element_wise}) {
        *kind = {1, 1, 0};
    }
    device.constants.attention.overhead_s = 1e-4;
    const auto file = parse_measurements(shipped("h200_bf16"), "h200");
    const auto prediction = predict(*file, device);
    QVERIFY(prediction);
    const auto near = [](double value, double expected) {
        return std::abs(value - expected) < 1e-6 * std::abs(expected);
    };
    const auto row = [&](Phase phase, const char* model, std::int64_t batch, std::int64_t tokens) {
        const auto it = std::find_if(
            prediction->rows.begin(), prediction->rows.end(), [&](const PredictedStep& r) {
                return r.measured.phase == phase && r.measured.model == model &&
                       r.measured.batch == batch && r.measured.tokens == tokens;
            });
        return it == prediction->rows.end() ? PredictedStep{} : *it;
    };
    // The file's qwen3-8b has 36 layers: 3.6 ms for 5.174176216125488 ms measured.
    const PredictedStep decode = row(Phase::Decode, "qwen3-8b", 1, 1024);
    QVERIFY(near(decode.predicted_seconds, 3.6e-3));
    QVERIFY(near(decode.measured.seconds, 5.174176216125488e-3));
    QVERIFY(near(decode.error, -0.3042370709));
    // 12.04851245880127 ms for a prompt of 512 tokens.
    QVERIFY(near(row(Phase::Prefill, "qwen3-8b", 1, 512).error, -0.7012079282));
}

/// Decode +10% and -20%, prefill -6%: means and largest of each phase and of each model.
void TestPrediction::summaryByHand() {
    const auto step = [](Phase phase, const char* model, double error) {
        PredictedStep row;
        row.measured.phase = phase;
        row.measured.model = model;
        row.error = error;
        return row;
    };
    const Prediction sum = summarise({step(Phase::Decode, "a", 0.1), step(Phase::Decode, "b", -0.2),
                                      step(Phase::Prefill, "b", -0.06)});
    const auto is = [](const ErrorSummary& s, std::int64_t rows, double abs, double largest,
                       double mean) {
        return s.rows == rows && std::abs(s.mean_abs_error - abs) < 1e-12 &&
               std::abs(s.max_abs_error - largest) < 1e-12 && std::abs(s.mean_error - mean) < 1e-12;
    };
    QVERIFY(is(sum.decode, 2, 0.15, 0.2, -0.05));
    QVERIFY(is(sum.prefill, 1, 0.06, 0.06, -0.06));
    QCOMPARE(sum.models.size(), std::size_t{2});
    QCOMPARE(sum.models[1].model, std::string("b"));
    QVERIFY(is(sum.models[0].decode, 1, 0.1, 0.1, 0.1));
    QVERIFY(is(sum.models[0].prefill, 0, 0, 0, 0));
    QVERIFY(is(sum.models[1].decode, 1, 0.2, 0.2, -0.2));
    QVERIFY(is(sum.models[1].prefill, 1, 0.06, 0.06, -0.06));
}

void TestPrediction::tensorParallel() {
    const auto file = parse_measurements(shipped("h200x2_tp2_bf16"), "h200x2");
    QVERIFY(file);
    const auto prediction = predict(*file, *find_device("h200"));
    QVERIFY(prediction);
    QCOMPARE(prediction->decode.rows, std::int64_t{8});
    QVERIFY(prediction->decode.mean_abs_error < 0.03);
    QVERIFY(prediction->decode.max_abs_error < 0.06);
}

void TestPrediction::tableOfTheFile() {
    const auto file = parse_measurements(shipped("h200x2_tp2_bf16"), "h200x2");
    DeviceProfile device = *find_device("h200");
    const auto with = predict(*file, device);
    device.all_reduce.clear();
    const auto without = predict(*file, device);
    // Rounded in the profile, exact in the file.
    QVERIFY(std::abs(with->rows[0].predicted_seconds / without->rows[0].predicted_seconds - 1) <
            1e-3);
}

void TestPrediction::impossibleSplit() {
    auto file = parse_measurements(shipped("h200x2_tp2_bf16"), "h200x2.json");
    file->steps[2].gpus = 3;
    file->steps[2].tensor_parallel = 3;
    const auto prediction = predict(*file, *find_device("h200"));
    QVERIFY(!prediction);
    QCOMPARE(prediction.error().file, std::string("h200x2.json"));
    QCOMPARE(prediction.error().path, std::string("decode[2].tensor_parallel"));
}

void TestPrediction::damagedFiles() {
    QCOMPARE(parse_measurements("{", "my.json").error().file, std::string("my.json"));
    QCOMPARE(refused([](json& d) { d["decode"][3].erase("ms"); }).path,
             std::string("decode[3].ms"));
    QCOMPARE(refused([](json& d) { d["decode"][3]["ms"] = -1; }).path, std::string("decode[3].ms"));
    QCOMPARE(refused([](json& d) { d["decode"][0]["batch"] = 1.5; }).path,
             std::string("decode[0].batch"));
    QCOMPARE(refused([](json& d) { d["prefill"][1]["prompt"] = "many"; }).path,
             std::string("prefill[1].prompt"));
    QCOMPARE(refused([](json& d) { d["prefill"][1]["model"] = "gpt-9"; }).path,
             std::string("prefill[1].model"));
    QCOMPARE(refused([](json& d) { d["decode"][2]["layers"] = 7; }).path,
             std::string("decode[2].layers"));
    QCOMPARE(refused([](json& d) { d["gemm"][5]["K"] = 0; }).path, std::string("gemm[5].K"));
    QCOMPARE(refused([](json& d) { d["decode"] = 3; }).path, std::string("decode"));
    QCOMPARE(refused([](json& d) { d.erase("device"); }).path, std::string("device"));
    QCOMPARE(refused([](json& d) { d["dtype"] = "float7"; }).path, std::string("dtype"));
    QVERIFY(refused([](json& d) {
                d["models"]["qwen3-8b"]["hidden_size"] = "x";
            }).path.starts_with("models.qwen3-8b."));
    QVERIFY(refused([](json& d) { d.erase("models"); }).path == "models");
    QVERIFY(refused([](json&) {}).path.empty());
}

void TestPrediction::operatorsAddUp() {
    const auto file = parse_measurements(shipped("h200x2_tp2_bf16"), "h200x2");
    const DeviceProfile& device = *find_device("h200");
    for (const MeasuredStep& step : file->steps) {
        const Scenario scenario = scenario_of(step, *file);
        const ModelSpec& spec = file->models.at(step.model);
        double sum = 0;
        for_each_timed_operator(spec, scenario, device, step.phase,
                                [&](const Operator& op, double seconds) {
                                    sum += seconds * static_cast<double>(op.count);
                                });
        const StepTime time = decode_time(spec, scenario, device);
        QVERIFY(std::abs(sum / time.seconds - 1) < 1e-12);
        double bounds = 0;
        for (const double part : time.by_bound) {
            QVERIFY(part >= 0);
            bounds += part;
        }
        QVERIFY(std::abs(bounds / time.seconds - 1) < 1e-12);
    }
}

QTEST_APPLESS_MAIN(TestPrediction)
#include "tst_prediction.moc"
