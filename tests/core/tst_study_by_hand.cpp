// SPDX-License-Identifier: GPL-3.0-or-later
// Every figure of a design by its name, ratios of two designs, the study that the program starts
// with, and which measured rows lie on a curve. Designs and device: small_designs.h,
// simple_device.h.
#include "close.h"
#include "core/presets/presets.h"
#include "core/study/compare.h"
#include "core/study/figures.h"
#include "core/study/measured_points.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headroom;
using small_designs::spec_of;

namespace {

Analysis analysed(const ModelConfig& config, const Scenario& scenario) {
    auto analysis = analyze(spec_of(config), scenario, simple_device::profile());
    if (!analysis) {
        qFatal("%s", analysis.error().text().c_str());
    }
    return *analysis;
}

} // namespace

class TestStudyByHand : public QObject {
    Q_OBJECT

private slots:
    void figuresByName();
    void flopReadings();
    void trainingFollowsThePrompt();
    void workloadsOutOfRange();
    void ratios();
    void start();
    void pointsOnACurve();
    void sameWork();
};

void TestStudyByHand::figuresByName() {
    const ModelConfig config = small_designs::experts();
    Scenario s;
    s.workload = {3, 5, 4, 10};
    s.deployment.devices = 2;
    s.deployment.tensor_parallel = 2;
    const Analysis a = analysed(config, s);
    const StepTime decode = decode_time(spec_of(config), s, simple_device::profile());
    const StepTime prefill = prefill_time(spec_of(config), s, simple_device::profile());
    const double total = 4 * 5164 + 640 + 640 + 16;
    const std::vector<std::pair<const char*, double>> expected = {
        {"parameters_total", total},
        {"parameters_active", total - 640 - 4 * 3840 * 6 / 8.0},
        {"kv_bytes_per_token", 192},
        {"kv_bytes_at_context", 1920},
        {"kv_bytes_read_per_decode_step", 1920},
        {"weights_bytes", 2 * total},
        {"total_bytes", 2 * total + 3 * 1920 + 15 * 2 * (64 + 60) + 3 * 160},
        // Half of everything but QK-norm, router and norms.
        {"per_gpu_bytes", 2 * (4 * (576 + 12 + 128 + 1920 + 32) + 320 + 320 + 16) + 3 * 960 +
                              15 * 2 * (64 + 30) + 3 * 80},
        {"fits", 1},
        {"max_batch", static_cast<double>(a.memory.max_batch)},
        {"max_context", static_cast<double>(a.memory.max_context)},
        // 2 * 16 * 48 + 2 * 24 * 16 of attention's products, router 128, two experts of 480.
        {"prefill_flops", 4.0 * (2 * 5 * (1152 + 128 + 2 * 480) + 96 * 15) + 2 * 640},
        {"decode_flops", 4.0 * (2 * (1152 + 128 + 2 * 480) + 96 * 10) + 2 * 640},
        // Three times forward, the head at each of five positions.
        {"training_flops_per_token",
         3.0 * (4 * (2 * 5 * (1152 + 128 + 2 * 480) + 96 * 15) + 5 * 2 * 640) / 5},
        {"time_to_first_token_ms", prefill.seconds * 1e3},
        {"time_per_output_token_ms", decode.seconds * 1e3},
        {"tokens_per_second", 3 / decode.seconds},
        {"tokens_per_second_per_user", 1 / decode.seconds},
    };
    QCOMPARE(figures().size(), expected.size());
    for (const auto& [id, value] : expected) {
        const Figure* figure = find_figure(id);
        QVERIFY2(figure != nullptr, id);
        QVERIFY2(close(figure->value(a), value), qPrintable(QStringLiteral("%1: %2 instead of %3")
                                                                .arg(QLatin1String(id))
                                                                .arg(figure->value(a), 0, 'g', 17)
                                                                .arg(value, 0, 'g', 17)));
    }
    QVERIFY(find_figure("wings") == nullptr);
}

void TestStudyByHand::flopReadings() {
    // Llama 4's reference multiplies every expert with every token; others only those chosen.
    Scenario s;
    s.workload = {1, 5, 4, 10};
    const Analysis qwen = analysed(small_designs::experts(), s);
    QCOMPARE(qwen.flops.prefill_dense,
             std::int64_t{4 * (2 * 5 * (1152 + 128 + 2 * 480) + 96 * 25) + 5 * 2 * 640});
    QCOMPARE(qwen.flops.rotary_product, std::int64_t{2 * 3 * 5});
    ModelConfig llama = small_designs::experts();
    llama.model_type = "llama4_text";
    llama.intermediate_size = 10;
    llama.intermediate_size_mlp = 24;
    const Analysis all = analysed(llama, s);
    // Eight experts of 480 and the shared one.
    QCOMPARE(all.flops.prefill_dense,
             std::int64_t{4 * (2 * 5 * (1152 + 128 + 9 * 480) + 96 * 25) + 5 * 2 * 640});
    QCOMPARE(all.flops.prefill_causal,
             std::int64_t{4 * (2 * 5 * (1152 + 128 + 3 * 480) + 96 * 15) + 2 * 640});
}

void TestStudyByHand::trainingFollowsThePrompt() {
    // A sequence as long as the prompt, whatever the context: attention of 15 pairs for 5 tokens.
    Scenario s;
    s.workload = {1, 5, 4, 10};
    // Three times the forward pass, the head at every position.
    QCOMPARE(analysed(small_designs::dense(), s).training.flops_per_token,
             std::int64_t{3 * (4 * (2 * 5 * 2304 + 96 * 15) + 5 * 2 * 640) / 5});
}

void TestStudyByHand::workloadsOutOfRange() {
    const auto path = [](Workload w) {
        Scenario s;
        s.workload = w;
        const auto a = analyze(spec_of(small_designs::dense()), s, simple_device::profile());
        return a ? std::string() : a.error().path;
    };
    const std::int64_t most = std::int64_t{1} << 30;
    QCOMPARE(path({1, 1, 1, 1}), std::string());
    QCOMPARE(path({1, 1, most, most}), std::string());
    QCOMPARE(path({0, 1, 1, 1}), std::string("batch"));
    QCOMPARE(path({1, 0, 1, 1}), std::string("prompt"));
    QCOMPARE(path({1, 1, most + 1, 1}), std::string("output"));
    QCOMPARE(path({1, 1, 1, most + 1}), std::string("context"));
}

void TestStudyByHand::ratios() {
    Study study;
    study.designs = {{"A", "", small_designs::dense()}, {"B", "", small_designs::dense()}};
    study.designs[1].config.num_key_value_heads = 1; // half the cache
    study.scenario.workload = {1, 5, 4, 10};
    const Comparison comparison = compare(*evaluate(study, 1));
    const auto row =
        std::find_if(comparison.figures.begin(), comparison.figures.end(),
                     [](const FigureRow& r) { return r.figure->id == "kv_bytes_per_token"; });
    QCOMPARE(row->values[0].value(), 192.0);
    QCOMPARE(row->values[1].value(), 96.0);
    QCOMPARE(row->ratios[0].value(), 1.0);
    QCOMPARE(row->ratios[1].value(), 0.5);
}

void TestStudyByHand::start() {
    const Study study = default_study();
    QCOMPARE(study.designs.size(), std::size_t{2});
    QCOMPARE(study.designs[0].name, std::string("Qwen3-235B-A22B"));
    QCOMPARE(study.designs[1].name, std::string("DeepSeek-V3"));
    QVERIFY(study.scenario.workload == (Workload{4, 8192, 1024, 131072}));
    QVERIFY(study.scenario.formats.weights == NumberFormat::Fp8);
    QVERIFY(study.scenario.formats.kv == NumberFormat::Bf16);
    const Deployment& d = study.scenario.deployment;
    QCOMPARE(d.device, std::string("h200"));
    QCOMPARE(d.devices, std::int64_t{8});
    QCOMPARE(d.tensor_parallel, std::int64_t{8});
    QCOMPARE(d.pipeline_parallel, std::int64_t{1});
    QCOMPARE(d.expert_parallel, std::int64_t{8});
    const auto result = evaluate(study, 1);
    for (const DesignResult& design : result->results) {
        QVERIFY(design.analysis && design.analysis->memory.fits);
    }
}

void TestStudyByHand::pointsOnACurve() {
    // Against the rows of the file itself.
    const ModelConfig& config = find_model_preset("qwen3-8b")->config;
    const ModelSpec spec = *expand_layers(config);
    Scenario s;
    const auto on_file = [&](Phase phase, SpeedAxis axis) {
        std::vector<std::pair<std::int64_t, double>> rows;
        for (const MeasurementFile& file : shipped_measurements()) {
            for (const MeasuredStep& step : file.steps) {
                const std::int64_t length =
                    phase == Phase::Prefill ? s.workload.prompt : s.workload.context;
                const bool other = axis == SpeedAxis::Batch ? step.tokens == length
                                                            : step.batch == s.workload.batch;
                if (file.device == "h200" && step.gpus == 1 && step.phase == phase && other &&
                    is_same_work(file.models.at(step.model), spec)) {
                    rows.emplace_back(axis == SpeedAxis::Batch ? step.batch : step.tokens,
                                      step.seconds);
                }
            }
        }
        std::sort(rows.begin(), rows.end());
        return rows;
    };
    s.workload = {1, 2048, 100, 8192};
    for (const SpeedAxis axis : {SpeedAxis::Batch, SpeedAxis::Context}) {
        for (const bool prefill : {false, true}) {
            const auto rows = on_file(prefill ? Phase::Prefill : Phase::Decode, axis);
            auto points = measured_points(
                spec, s, prefill ? SpeedCurve::TimeToFirstToken : SpeedCurve::TokensPerSecond,
                axis);
            QCOMPARE(points.size(), rows.size());
            std::vector<std::pair<std::int64_t, double>> found;
            for (const MeasuredPoint& point : points) {
                const auto batch =
                    static_cast<double>(axis == SpeedAxis::Batch ? point.x : s.workload.batch);
                found.emplace_back(point.x, prefill ? point.y : batch / point.y);
            }
            std::sort(found.begin(), found.end());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                QCOMPARE(found[i].first, rows[i].first);
                QVERIFY(close(found[i].second, rows[i].second));
            }
        }
    }
    QVERIFY(!on_file(Phase::Decode, SpeedAxis::Batch).empty());
    // In another format, on another device or split otherwise nothing was measured.
    Scenario other = s;
    other.formats.kv = NumberFormat::Fp8;
    QVERIFY(measured_steps(spec, other).empty());
    other = s;
    other.formats.role(ParameterGroup::Experts) = NumberFormat::Int4;
    QVERIFY(measured_steps(spec, other).empty());
    other = s;
    other.deployment.device = "a100-80gb";
    QVERIFY(measured_steps(spec, other).empty());
    other = s;
    other.deployment.devices = 2; // two replicas
    QVERIFY(measured_steps(spec, other).empty());
    QVERIFY(!measured_steps(spec, s).empty());
}

void TestStudyByHand::sameWork() {
    ModelConfig config = small_designs::dense();
    const ModelSpec spec = spec_of(config);
    config.rope_theta = 5e5; // costs the same
    QVERIFY(is_same_work(spec, spec_of(config)));
    config.vocab_size = 41;
    QVERIFY(!is_same_work(spec, spec_of(config)));
    config = small_designs::dense();
    config.num_hidden_layers = 5;
    QVERIFY(!is_same_work(spec, spec_of(config)));
    config = small_designs::dense();
    config.model_type = "mistral";
    config.sliding_window = 4096; // shorter than the prompt that is looked at
    QVERIFY(!is_same_work(spec, spec_of(config)));
}

QTEST_APPLESS_MAIN(TestStudyByHand)
#include "tst_study_by_hand.moc"
