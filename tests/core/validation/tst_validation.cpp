// SPDX-License-Identifier: GPL-3.0-or-later
// Validation of every family in seconds, of checkpoints, and of what goes wrong.
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/engine/memory.h"
#include "core/engine/thread_pool.h"
#include "core/presets/presets.h"
#include "core/validation/validation.h"
#include "core/validation/validation_json.h"
#include "core/validation/validation_plan.h"
#include "core/validation/validation_run.h"
#include "core/validation/validation_text.h"
#include "tests/core/designs.h"
#include "tests/core/golden.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>
#include <thread>

using namespace headroom;

namespace {

using Clock = std::chrono::steady_clock;

/// A profile of round figures: what is tested is the comparison, not this computer.
ComputerProfile profile(int threads) {
    ComputerProfile computer;
    computer.processor = "test";
    computer.threads = threads;
    for (const NumberFormat format : {NumberFormat::Fp32, NumberFormat::Bf16}) {
        computer.reading.push_back({format, 1 << 20, 1e11});
        computer.reading.push_back({format, 1 << 28, 3e10});
        computer.products.push_back({format, 8, 256, 5e10});
        computer.products.push_back({format, 512, 256, 1e11});
    }
    for (const bool is_tile : {false, true}) {
        for (const std::int64_t together : {1, 4}) {
            computer.attention.push_back({16, 128, together, is_tile, 2e-9});
            computer.attention.push_back({128, 2048, together, is_tile, 1e-8});
        }
    }
    computer.region_s = 1e-6;
    computer.panel_s = 1e-8;
    computer.element_s = 1e-9;
    computer.activation_s = 2e-9;
    computer.packing_s = 1e-9;
    computer.spread = 0.05;
    return computer;
}

ValidationOptions quick() {
    ValidationOptions options;
    options.parameters = 1; // the smallest there is
    options.threads = 1;
    options.contexts = {24, 96};
    options.batches = {1, 4, 16};
    options.repeats = 2;
    options.timing_seconds = 0;
    options.computer = profile(1);
    return options;
}

std::string why(const ValidationReport& report) {
    std::string text = report.failure ? report.failure->text() : std::string();
    for (const ValidationRow& row : report.rows) {
        if (row.judgement == Judgement::Exact && !row.is_within()) {
            text += quantity_text(row) + ": " + value_text(row, row.predicted) + " predicted, " +
                    value_text(row, row.measured) + " measured\n";
        }
    }
    for (const Error& issue : report.tensor_issues) {
        text += issue.text() + "\n";
    }
    return text;
}

/// A copy of a reference model whose files may be damaged.
struct Copy {
    explicit Copy(const char* name) {
        const QString from =
            QString::fromStdString((golden::folder() / name).string()) + QLatin1Char('/');
        for (const char* file : {"config.json", "model.safetensors"}) {
            QFile::copy(from + QLatin1String(file), path(file));
            QFile::setPermissions(path(file), QFile::ReadOwner | QFile::WriteOwner);
        }
    }
    QString path(const char* file) const { return folder.filePath(QLatin1String(file)); }
    void replace(const char* file, const QByteArray& before, const QByteArray& after) const {
        QFile in(path(file));
        QVERIFY(in.open(QIODevice::ReadOnly));
        QByteArray bytes = in.readAll();
        in.close();
        QVERIFY(bytes.contains(before));
        bytes.replace(before, after);
        QVERIFY(in.open(QIODevice::WriteOnly));
        in.write(bytes);
    }
    ValidationReport validate(const ValidationOptions& options = quick()) const {
        return validate_checkpoint(folder.path().toStdString(), options);
    }
    QTemporaryDir folder;
};

} // namespace

class TestValidation : public QObject {
    Q_OBJECT

private slots:
    void presets_data();
    void presets();
    void checkpoints_data();
    void checkpoints();
    void chunks_are_counted();
    void everything_but_time_repeats();
    void times_are_judged_by_their_band();
    void damaged_checkpoints();
    void tensors_that_differ_are_named();
    void cancels_at_every_measurement();
    void cancels_while_it_computes();
    void rounds_fill_their_time();
    void memory_limit();
    void refuses_by_name();
    void curves_pass_through_the_rows();
    void loads_of_experts();
    void texts();
    void json();
};

void TestValidation::presets_data() {
    QTest::addColumn<QString>("id");
    for (const std::string& name : design_list::names()) {
        if (design_list::config_of(name).model_type != "bert") {
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }
}

void TestValidation::presets() {
    QFETCH(QString, id);
    const ModelConfig config = design_list::config_of(id.toStdString());
    const Clock::time_point start = Clock::now();
    const ValidationReport report = validate_design(id.toStdString(), config, quick());
    QVERIFY2(report.is_exact(), why(report).c_str());
    QVERIFY(Clock::now() - start < std::chrono::seconds(20));
    QCOMPARE(report.name, id.toStdString());
    QVERIFY(report.original == config);
    std::map<RowKind, int> rows;
    for (const ValidationRow& row : report.rows) {
        ++rows[row.kind];
        QVERIFY(row.measured > 0 || row.kind == RowKind::KvOfLayer);
        QVERIFY(row.low <= row.predicted && row.predicted <= row.high);
        QVERIFY(row.fastest <= row.measured * 1.000001 || row.unit == RowUnit::Experts);
    }
    for (const RowKind kind : {RowKind::KvAfterPrefill, RowKind::KvAfterDecode, RowKind::CacheRead,
                               RowKind::FlopsPrefill, RowKind::FlopsDecode, RowKind::PrefillTime}) {
        QCOMPARE(rows[kind], 2); // one for each context
    }
    // After the longest prompt and after the tokens that follow it, for every kind of layer.
    QCOMPARE(rows[RowKind::KvOfLayer],
             2 * static_cast<int>(expand_layers(report.tiny.config)->kinds.size()));
    QVERIFY(
        std::is_sorted(report.rows.begin(), report.rows.end(), [](const auto& a, const auto& b) {
            return section_of(a.kind) < section_of(b.kind);
        }));
    QCOMPARE(rows[RowKind::StepTime], 2 * 3);
    QCOMPARE(rows[RowKind::DistinctExperts], report.tiny.config.num_experts > 0 ? 3 : 0);
    QCOMPARE(report.loads.empty(), report.tiny.config.num_experts == 0);
}

void TestValidation::checkpoints_data() {
    QTest::addColumn<QString>("name");
    for (const std::string& name : golden::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestValidation::checkpoints() {
    QFETCH(QString, name);
    const auto folder = golden::folder() / name.toStdString();
    const ValidationReport report = validate_checkpoint(folder, quick());
    QVERIFY2(report.is_exact(), why(report).c_str());
    QCOMPARE(report.name, name.toStdString());
    QCOMPARE(report.rows.front().kind, RowKind::Tensors);
    QVERIFY(report.rows.front().measured > 5);
    QVERIFY(report.tiny.config == *read_config(folder));
}

void TestValidation::chunks_are_counted() {
    // A prompt longer than a chunk: MLA makes keys of the past again, every chunk has its logits.
    for (const char* name : {"deepseek-v3", "gemma-3-4b", "llama-4-scout"}) {
        ValidationOptions options = quick();
        options.contexts = {700};
        options.batches = {1};
        options.measures_time = false;
        const ValidationReport report =
            validate_design(name, find_model_preset(name)->config, options);
        QVERIFY2(report.is_exact(), why(report).c_str());
    }
}

void TestValidation::everything_but_time_repeats() {
    for (const char* name : {"qwen3-30b-a3b", "deepseek-v3"}) {
        const ModelConfig& config = find_model_preset(name)->config;
        ValidationOptions options = quick();
        const ValidationReport first = validate_design(name, config, options);
        options.threads = 2;
        options.computer = profile(2);
        const ValidationReport second = validate_design(name, config, options);
        QVERIFY(first.tiny.config == second.tiny.config);
        QCOMPARE(first.rows.size(), second.rows.size());
        for (std::size_t i = 0; i < first.rows.size(); ++i) {
            if (first.rows[i].judgement != Judgement::Timed) {
                QVERIFY2(first.rows[i] == second.rows[i], quantity_text(first.rows[i]).c_str());
            } else {
                QCOMPARE(first.rows[i].kind, second.rows[i].kind);
                QCOMPARE(first.rows[i].tokens, second.rows[i].tokens);
            }
        }
        QVERIFY(first.loads == second.loads);
        options.seed = 2;
        const ValidationReport other = validate_design(name, config, options);
        QVERIFY(other.loads.empty() || !(other.loads == second.loads));
    }
}

void TestValidation::times_are_judged_by_their_band() {
    ValidationRow row;
    row.judgement = Judgement::Timed;
    row.unit = RowUnit::Seconds;
    row.predicted = 2;
    row.low = 1.8;
    row.high = 2.2;
    row.measured = 2.1;
    QVERIFY(row.is_within());
    QVERIFY(std::abs(row.error() - 0.05) < 1e-12);
    row.measured = 2.3;
    QVERIFY(!row.is_within());
    row.judgement = Judgement::Exact;
    row.measured = 2;
    QVERIFY(row.is_within());
    QCOMPARE(row.error(), 0.0);
    row.predicted = 0;
    QVERIFY(!row.is_within());
    QVERIFY(std::isinf(row.error()));
}

void TestValidation::damaged_checkpoints() {
    const Copy copy("qwen3");
    QVERIFY(copy.validate().is_exact());
    QFile weights(copy.path("model.safetensors"));
    QVERIFY(weights.resize(weights.size() - 100));
    const ValidationReport cut = copy.validate();
    QVERIFY(cut.failure && !cut.was_cancelled && !cut.is_exact());
    QVERIFY(cut.failure->text().find("model.safetensors") != std::string::npos);
    QVERIFY(QFile::remove(copy.path("model.safetensors")));
    QVERIFY(copy.validate().failure);
    QVERIFY(QFile::remove(copy.path("config.json")));
    QVERIFY(copy.validate().failure);
}

void TestValidation::tensors_that_differ_are_named() {
    const Copy copy("qwen3");
    copy.replace("model.safetensors", "model.norm.weight", "model.morn.weight");
    const ValidationReport report = copy.validate();
    QVERIFY(!report.is_exact());
    QVERIFY(report.failure); // the engine does not run it either
    // What was found before stays.
    QCOMPARE(report.rows.size(), std::size_t{1});
    QCOMPARE(report.rows.front().error(), -1.0 / report.rows.front().predicted);
    QCOMPARE(report.tensor_issues.size(), std::size_t{1});
    QVERIFY(report.tensor_issues.front().text().find("model.norm.weight: not found") == 0);
}

void TestValidation::cancels_at_every_measurement() {
    const ModelConfig& config = find_model_preset("qwen3-30b-a3b")->config;
    int told = 0;
    std::vector<ValidationRow> predicted;
    std::size_t measured = 0;
    const ValidationReport whole =
        validate_design("whole", config, quick(),
                        [&](const ValidationProgress& progress, const ValidationReport& so_far) {
                            QVERIFY(progress.share >= 0 && progress.share <= 1);
                            QVERIFY(progress.done <= progress.total);
                            QVERIFY(so_far.name == "whole");
                            // Once the engine is there, every prediction is, before its
                            // measurement.
                            if (progress.stage == ValidationStage::Loading) {
                                predicted = so_far.rows;
                                QCOMPARE(so_far.measured_rows(), std::size_t{0});
                            } else if (progress.total > 0) {
                                QCOMPARE(so_far.rows.size(), predicted.size());
                                QVERIFY(so_far.measured_rows() >= measured);
                                measured = so_far.measured_rows();
                            }
                            ++told;
                        });
    QVERIFY(whole.is_exact());
    QVERIFY(told > 12);
    QCOMPARE(measured, whole.rows.size());
    for (std::size_t i = 0; i < whole.rows.size(); ++i) {
        QCOMPARE(predicted[i].predicted, whole.rows[i].predicted);
        QCOMPARE(predicted[i].low, whole.rows[i].low);
    }
    for (int at = 0; at < told - 1; ++at) {
        std::stop_source stop;
        int count = 0;
        const ValidationReport report = validate_design(
            "cut", config, quick(),
            [&](const ValidationProgress&, const ValidationReport&) {
                if (count++ == at) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        // No further measurement is begun: at most the one under way is told of.
        QVERIFY2(count <= at + 2, std::to_string(count - at).c_str());
        QVERIFY2(report.was_cancelled && report.failure, std::to_string(at).c_str());
        QVERIFY(!report.is_exact());
        QVERIFY(report.rows.size() < whole.rows.size());
        // What was found until then is there, and as a whole run finds it.
        for (const ValidationRow& row : report.rows) {
            const auto same =
                std::find_if(whole.rows.begin(), whole.rows.end(), [&](const auto& r) {
                    return r.kind == row.kind && r.tokens == row.tokens && r.past == row.past &&
                           r.layer == row.layer;
                });
            QVERIFY(same != whole.rows.end());
            QVERIFY(row.judgement == Judgement::Timed || row == *same);
        }
    }
}

void TestValidation::cancels_while_it_computes() {
    ValidationOptions options = quick();
    options.parameters = 60'000'000; // long enough to be in the middle of something
    options.contexts = {2048};
    for (const int delay_ms : {5, 60, 300}) {
        std::stop_source stop;
        std::atomic<std::clock_t> asked{0};
        std::jthread other([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
            asked = std::clock();
            stop.request_stop();
        });
        const ValidationReport report = validate_design(
            "cut", find_model_preset("llama-3-8b")->config, options, {}, stop.get_token());
        const std::clock_t answered = std::clock();
        other.join();
        QVERIFY(report.was_cancelled);
        // Generous, for builds that compute slowly: a run to the end takes far longer.
        QVERIFY2(answered - asked < 4 * CLOCKS_PER_SEC, std::to_string(delay_ms).c_str());
    }
}

/// Short rounds are timed more often; a limit on the run's time leaves room for a larger design.
void TestValidation::rounds_fill_their_time() {
    const auto spec = expand_layers(find_model_preset("qwen3-8b")->config);
    QVERIFY(spec.has_value());
    ValidationOptions options = quick();
    const ComputerProfile& computer = *options.computer;
    ValidationPlan plan = plan_validation(*spec, options);
    QCOMPARE(timed_rounds(*spec, plan, &computer, 24), options.repeats);
    const double round = estimated_round_seconds(*spec, plan, &computer, 24);
    plan.timing_seconds = 9.5 * round;
    QCOMPARE(timed_rounds(*spec, plan, &computer, 24), 10);
    plan.timing_seconds = 1e9 * round;
    QVERIFY(timed_rounds(*spec, plan, &computer, 24) < 1000);
    options.timing_seconds = 1;
    options.seconds = 1;
    QCOMPARE(plan_validation(*spec, options).timing_seconds, 0.25); // half, for two prompts
}

void TestValidation::memory_limit() {
    const ModelConfig& config = find_model_preset("qwen3-8b")->config;
    ValidationOptions options = quick();
    options.parameters = 0; // as large as memory allows
    options.memory_bytes = 24'000'000;
    options.measures_time = false;
    options.computer.reset();
    const ValidationReport report = validate_design("limited", config, options);
    QVERIFY2(report.is_exact(), why(report).c_str());
    QVERIFY(report.memory_bytes <= options.memory_bytes);
    QVERIFY(report.memory_bytes > options.memory_bytes / 4);
    options.memory_bytes = 1000;
    const ValidationReport refused = validate_design("refused", config, options);
    QVERIFY(refused.failure && refused.rows.empty());
    QCOMPARE(refused.failure->path, std::string("memory"));
    // A checkpoint does not shrink.
    const ValidationReport checkpoint = validate_checkpoint(golden::folder() / "qwen3", options);
    QVERIFY(checkpoint.failure);
    QVERIFY(english(checkpoint.failure->message).find("limit of 1000") != std::string::npos);
    // A limit of time is one more reason to be small.
    options.memory_bytes = 200'000'000;
    options.seconds = 0.05;
    const ValidationReport brief = validate_design("brief", config, options);
    QVERIFY2(brief.is_exact(), why(brief).c_str());
    options.seconds = 5;
    options.memory_bytes = 60'000'000;
    const ValidationReport longer = validate_design("longer", config, options);
    QVERIFY(longer.tiny.scale > brief.tiny.scale);
}

void TestValidation::refuses_by_name() {
    const ValidationReport bert =
        validate_design("bert", find_model_preset("bert-base")->config, quick());
    QVERIFY(bert.failure);
    QCOMPARE(bert.failure->path, std::string("model_type"));
    QVERIFY(english(bert.failure->message).find("bert") != std::string::npos);
    ModelConfig broken = find_model_preset("qwen3-8b")->config;
    broken.num_key_value_heads = 3;
    const ValidationReport invalid = validate_design("broken", broken, quick());
    QVERIFY(invalid.failure);
    QCOMPARE(invalid.failure->path, std::string("num_key_value_heads"));
    ValidationOptions options = quick();
    options.threads = 2; // the profile is of one thread
    const ValidationReport other =
        validate_design("threads", find_model_preset("qwen3-8b")->config, options);
    QVERIFY(other.failure);
    QCOMPARE(other.failure->path, std::string("threads"));
}

/// Curves are the law of the rows: where a row was measured they say what it predicted.
void TestValidation::curves_pass_through_the_rows() {
    const ValidationReport report =
        validate_design("curves", find_model_preset("gemma-3-4b")->config, quick());
    int met = 0;
    for (const PredictedCurve& curve : report.curves) {
        for (const ValidationRow& row : report.rows) {
            std::optional<std::int64_t> x;
            if (curve.kind == CurveKind::KvBytes && row.kind == RowKind::KvAfterDecode) {
                x = row.tokens + row.past;
            } else if (curve.kind == CurveKind::PrefillTime && row.kind == RowKind::PrefillTime) {
                x = row.tokens;
            } else if (curve.kind == CurveKind::DecodeTime && row.kind == RowKind::StepTime &&
                       row.tokens == 1) {
                x = row.past;
            }
            const auto at =
                std::find(curve.x.begin(), curve.x.end(), static_cast<double>(x.value_or(-1)));
            if (at != curve.x.end()) {
                QCOMPARE(curve.predicted[static_cast<std::size_t>(at - curve.x.begin())],
                         row.predicted);
                ++met;
            }
        }
        QVERIFY(std::is_sorted(curve.x.begin(), curve.x.end()));
    }
    QVERIFY(met >= 4); // the ends of each, at least
}

void TestValidation::loads_of_experts() {
    ExpertLoad load;
    load.tokens = {10, 10, 10, 10};
    QCOMPARE(load.imbalance(), 1.0);
    load.tokens = {40, 0, 0, 0};
    QCOMPARE(load.imbalance(), 4.0);
    QVERIFY(load.uniform_imbalance(1) > 1.0 && load.uniform_imbalance(1) < 2.0);
    // Each token twice: 1 + sqrt(2 ln 4 * 2 * (1 - 1/4) / 10) of a mean of 10, not 1 + sqrt(... *
    // 1).
    QVERIFY(std::abs(load.uniform_imbalance(1, 1) - 1.4560) < 1e-3);
    QVERIFY(std::abs(load.uniform_imbalance(1, 2) - 1.6449) < 1e-3);
    load.tokens = {0, 0};
    QCOMPARE(load.imbalance(), 1.0);
    const ValidationReport report =
        validate_design("moe", find_model_preset("qwen3-30b-a3b")->config, quick());
    QVERIFY(report.is_exact());
    QCOMPARE(report.loads.size(), std::size_t{2});
    for (const ExpertLoad& one : report.loads) {
        // Draws of 1, 4 and 16 tokens, each to two experts.
        std::int64_t sum = 0;
        for (const std::int64_t tokens : one.tokens) {
            sum += tokens;
        }
        QCOMPARE(sum, std::int64_t{16} * (1 + 4 + 16) * 2);
    }
    for (const ValidationRow& row : report.rows) {
        if (row.kind == RowKind::DistinctExperts && row.tokens == 1) {
            QCOMPARE(row.measured, 2.0); // one token reaches exactly its own
            QVERIFY(row.is_within());
        } else if (row.kind == RowKind::DistinctExperts) {
            // A random router prefers no expert: the formula's uniform draw describes it.
            QVERIFY2(row.is_within(), qPrintable(QString::number(row.error())));
            QVERIFY2(std::abs(row.error()) < 0.1, qPrintable(QString::number(row.error())));
        }
    }
}

void TestValidation::texts() {
    ValidationRow row;
    row.kind = RowKind::StepTime;
    row.unit = RowUnit::Seconds;
    row.judgement = Judgement::Timed;
    row.tokens = 1;
    row.past = 2048;
    row.predicted = 61e-6;
    row.measured = 64e-6;
    QCOMPARE(quantity_text(row), std::string("Decode step after 2,048"));
    QCOMPARE(value_text(row, row.measured), std::string("64.0 us"));
    QCOMPARE(error_text(row), std::string("+4.9%"));
    row.kind = RowKind::Parameters;
    row.unit = RowUnit::Count;
    row.judgement = Judgement::Exact;
    row.predicted = 311808;
    row.measured = 311805;
    QCOMPARE(value_text(row, row.predicted), std::string("311,808"));
    QCOMPARE(error_text(row), std::string("off by -3"));
    const ValidationReport report =
        validate_design("A design", find_model_preset("deepseek-v3")->config, quick());
    const std::string markdown = validation_markdown(report);
    for (const char* part : {"# A design", "counts exact", "| hidden_size | 7168 |",
                             "experts : experts per token", "| 256 : 8 | 64 : 2 | kept |",
                             "rounded", "Parameters allocated", "exact |", "of a uniform router"}) {
        QVERIFY2(markdown.find(part) != std::string::npos, part);
    }
    const std::string csv = validation_csv(report);
    QCOMPARE(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')),
             report.rows.size() + 1);
    QCOMPARE(ratio_text("heads"), std::string("query heads : KV heads"));
}

void TestValidation::json() {
    const ValidationReport report =
        validate_design("A design", find_model_preset("deepseek-v3")->config, quick());
    const auto again = parse_validation(write_validation(report));
    QVERIFY2(again, again ? "" : again.error().text().c_str());
    QCOMPARE(again->name, report.name);
    QVERIFY(again->original == report.original);
    QVERIFY(again->tiny.config == report.tiny.config);
    QVERIFY(again->tiny.fields == report.tiny.fields);
    QCOMPARE(again->tiny.ratios.size(), report.tiny.ratios.size());
    QVERIFY(again->rows == report.rows);
    QCOMPARE(again->curves.size(), std::size_t{5});
    QVERIFY(again->curves == report.curves);
    QVERIFY(again->loads == report.loads);
    QCOMPARE(again->routing_repeats, report.routing_repeats);
    QCOMPARE(again->processor, std::string("test"));
    QCOMPARE(write_validation(*again), write_validation(report));
    ValidationReport disturbed = report;
    disturbed.others_load = 0.5;
    const auto read = parse_validation(write_validation(disturbed));
    QVERIFY(read && read->others_load == disturbed.others_load);
    QVERIFY(disturbed.was_disturbed());
    QVERIFY(validation_markdown(disturbed).find(disturbance_text(disturbed)) != std::string::npos);
    const std::string busy = disturbance_text(disturbed);
    disturbed.others_load = 0.02;
    QVERIFY(!disturbed.was_disturbed());
    disturbed.threads_moved = true;
    QVERIFY(disturbed.was_disturbed());
    QVERIFY(disturbance_text(disturbed) != busy);
    const auto moved = parse_validation(write_validation(disturbed));
    QVERIFY(moved && moved->threads_moved);
    QVERIFY(validation_markdown(disturbed).find("Other programs") == std::string::npos);
    for (const char* damaged : {"", "[]", "{}", "{\"tiny_config\": 3, \"rows\": [1]}"}) {
        QVERIFY(!parse_validation(damaged));
    }
}

QTEST_APPLESS_MAIN(TestValidation)
#include "tst_validation.moc"
