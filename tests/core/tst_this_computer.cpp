// SPDX-License-Identifier: GPL-3.0-or-later
// The profile of this computer: its file, its measurement, and the times that follow from it.
#include "core/config/expand.h"
#include "core/presets/presets.h"
#include "core/this_computer/engine_probe.h"
#include "core/this_computer/processor_load.h"
#include "core/this_computer/this_computer_time.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cmath>
#include <fstream>
#include <functional>

using namespace headroom;
using json = nlohmann::ordered_json;

namespace {

constexpr double pretended_rate = 4e9; // bytes and FLOPs a second of the pretended computer

/// Pretends to work by waiting as long as the work would take.
class PretendedProbe final : public ComputerProbe {
public:
    [[nodiscard]] int threads() const override { return 2; }
    [[nodiscard]] std::int64_t vector_numbers() const override { return 8; }
    [[nodiscard]] std::int64_t tile_rows() const override { return 6; }
    [[nodiscard]] std::int64_t memory_bytes() const override { return 4 << 20; }
    [[nodiscard]] std::function<void()> prepare(const ProbeWork& work) override {
        ++prepared;
        const bool shares = work.kind == ProbeWork::Kind::SharedRead;
        double seconds = 20e-6 * static_cast<double>(shares ? work.matrices : 1);
        const double repeats = static_cast<double>(work.repeats);
        if (work.kind == ProbeWork::Kind::Read || shares) {
            seconds += repeats * static_cast<double>(work.in * work.out * work.matrices) *
                       bytes_per_number(work.format) / pretended_rate;
        } else if (work.kind == ProbeWork::Kind::Product) {
            seconds += repeats * 2.0 * static_cast<double>(work.rows * work.in * work.out) /
                       pretended_rate / 32;
        }
        return [seconds] {
            const auto start = std::chrono::steady_clock::now();
            while (std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() <
                   seconds) {
            }
        };
    }
    int prepared = 0;
};

ComputerProfile example() {
    ComputerProfile profile;
    profile.processor = "Example 9000";
    profile.threads = 2;
    for (const NumberFormat format : {NumberFormat::Fp32, NumberFormat::Bf16}) {
        profile.reading.push_back({format, 1 << 20, 200e9});
        profile.reading.push_back({format, 1 << 28, 40e9});
        for (const std::int64_t in : {64, 1024}) {
            profile.products.push_back({format, 2, in, 100e9});
            profile.products.push_back({format, 512, in, 400e9});
        }
    }
    for (const bool is_tile : {false, true}) {
        for (const std::int64_t together : {1, 4}) {
            for (const std::int64_t dim : {64, 128}) {
                profile.attention.push_back(
                    {dim, 64, together, is_tile, 1e-11 * static_cast<double>(dim)});
            }
        }
    }
    profile.region_s = 1e-6;
    profile.element_s = 1e-10;
    profile.activation_s = 5e-10;
    profile.packing_s = 3e-10;
    return profile;
}

ModelSpec spec_of(const char* preset) {
    return expand_layers(find_model_preset(preset)->config).value();
}

/// The error of the example's file after `damage`.
QString refused(const std::function<void(json&)>& damage) {
    json document = json::parse(write_computer(example()), nullptr, false);
    damage(document);
    const auto profile = parse_computer(document.dump(), "my.json");
    return profile ? QString() : QString::fromStdString(profile.error().text());
}

} // namespace

class TestThisComputer : public QObject {
    Q_OBJECT

private slots:
    void loadOfOtherPrograms();
    void fileRoundTrip();
    void damagedFiles();
    void kept();
    void between();
    void measured();
    void cancelled();
    void realKernels();
    void timeAddsUp();
    void timeFollowsTheWork();
    void forecast();
};

void TestThisComputer::loadOfOtherPrograms() {
    const ProcessorLoad load;
    QVERIFY(!load.others()); // nothing has passed yet
    // This program's own work is nobody else's.
    const auto start = std::chrono::steady_clock::now();
    double sum = 0;
    while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(400)) {
        sum += std::sqrt(sum + 1);
    }
    QVERIFY(sum > 0);
    if (const std::optional<double> others = load.others()) {
        QVERIFY2(*others >= 0 && *others <= 1, qPrintable(QString::number(*others)));
    } else {
        QVERIFY(!QFile::exists(QStringLiteral("/proc/stat")));
    }
}

void TestThisComputer::fileRoundTrip() {
    const ComputerProfile profile = example();
    const auto again = parse_computer(write_computer(profile), "my.json");
    QVERIFY2(again.has_value(), again ? "" : again.error().text().c_str());
    QVERIFY(*again == profile);
}

void TestThisComputer::damagedFiles() {
    QVERIFY(!parse_computer("", "my.json"));
    QVERIFY(!parse_computer("[1, 2]", "my.json"));
    QVERIFY(!parse_computer(write_computer(example()).substr(0, 200), "my.json"));
    QCOMPARE(refused([](json& d) { d["version"] = 99; }),
             QString("my.json: version: found 99, expected 4"));
    QCOMPARE(refused([](json& d) { d.erase("version"); }),
             QString("my.json: version: found nothing, expected 4"));
    QCOMPARE(refused([](json& d) { d["reading"][1]["bytes_per_s"] = -1; }),
             QString("my.json: reading[1].bytes_per_s: found -1, expected a positive number"));
    QCOMPARE(refused([](json& d) { d["products"] = json::array(); }),
             QString("my.json: products: found [], expected a list of points"));
    QCOMPARE(refused([](json& d) { d["region_s"] = "fast"; }),
             QString("my.json: region_s: found \"fast\", expected a number from 0"));
    QCOMPARE(refused([](json& d) { d["attention"][0] = 7; }),
             QString("my.json: attention[0]: found 7, expected an object"));
    QVERIFY(refused([](json& d) { d["threads"] = 0; }).contains("threads"));
    QVERIFY(refused([](json& d) { d["products"][0]["format"] = "fp5"; }).contains("fp32 or bf16"));
}

void TestThisComputer::kept() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("deeper").toStdString();
    QVERIFY(!kept_computer(path, 2));
    ComputerProfile profile = example();
    profile.processor = processor_name();
    QVERIFY(keep_computer(path, profile));
    const auto again = kept_computer(path, 2);
    QVERIFY(again && *again == profile);
    QVERIFY(!kept_computer(path, 3)); // another number of threads is another measurement

    // What is kept is used and nothing is measured.
    const auto used = this_computer(path, 2, [](double) { QFAIL("measured again"); });
    QVERIFY(used && *used == profile);

    // Threads that lie to each other otherwise than when the profile was measured.
    QVERIFY(same_placement(1e-10, 1.5e-10) && same_placement(1.5e-10, 1e-10));
    QVERIFY(!same_placement(1e-10, 2e-10) && !same_placement(2e-10, 1e-10));
    QVERIFY(same_placement(0, 0)); // one thread
    profile.exchange_s = 1;        // a second for a byte: no computer
    QVERIFY(keep_computer(path, profile));
    std::stop_source stopped; // the measurement that is then due is not waited for
    stopped.request_stop();
    QVERIFY(!this_computer(path, 2, {}, stopped.get_token(), KeptComputer::IfItHolds));
    const auto stayed = kept_computer(path, 2); // a run that is cancelled loses nothing
    QVERIFY(stayed && *stayed == profile);

    profile.processor = "Another 1";
    std::ofstream(computer_file(path, 2)) << write_computer(profile);
    const auto foreign = kept_computer(path, 2);
    QVERIFY(!foreign && foreign.error().path == "processor");
    std::ofstream(computer_file(path, 2)) << "{\"version\": 1";
    QVERIFY(!kept_computer(path, 2));

    std::ofstream(folder.filePath("file").toStdString()) << "no folder";
    QVERIFY(!keep_computer(folder.filePath("file").toStdString(), profile));
}

/// Between two measured points a rate lies between theirs; outside, the nearest holds.
void TestThisComputer::between() {
    const ComputerProfile profile = example();
    const auto reading = [&](double bytes) {
        return profile.reading_bytes_per_s(NumberFormat::Fp32, bytes);
    };
    QCOMPARE(reading(1), 200e9);
    QCOMPARE(reading(1 << 20), 200e9);
    QCOMPARE(reading(1e12), 40e9);
    double last = reading(1 << 20);
    for (double bytes = 1 << 21; bytes < 1 << 28; bytes *= 2) {
        QVERIFY(reading(bytes) < last);
        last = reading(bytes);
    }
    const double middle = profile.product_flops_per_s(NumberFormat::Fp32, 32, 256);
    QVERIFY(middle > 100e9 && middle < 400e9);
    QVERIFY(qFuzzyCompare(profile.attention_pair_s(96, 96, 64, 4, false), 96e-11));
    QVERIFY(qFuzzyCompare(profile.attention_pair_s(256, 256, 64, 2, true), 256e-11));
}

void TestThisComputer::measured() {
    PretendedProbe probe;
    double last = 0;
    bool rises = true;
    const auto profile = measure_computer(
        probe,
        [&](double done) {
            rises = rises && done > last;
            last = done;
        },
        {}, 0.1);
    QVERIFY(profile.has_value());
    QVERIFY(rises);
    QCOMPARE(last, 1.0);
    QCOMPARE(profile->threads, 2);
    QCOMPARE(profile->processor, processor_name());
    // The pretended speed comes out; a busy machine may make it look slower, never faster.
    const double reading = profile->reading_bytes_per_s(NumberFormat::Fp32, 4 << 20);
    QVERIFY2(reading < 1.1 * pretended_rate && reading > 0.3 * pretended_rate,
             std::to_string(reading).c_str());
    QVERIFY(profile->region_s >= 20e-6);
    QVERIFY(parse_computer(write_computer(*profile), "").has_value());
}

void TestThisComputer::cancelled() {
    PretendedProbe probe;
    std::stop_source stop;
    const auto profile = measure_computer(
        probe, [&](double) { stop.request_stop(); }, stop.get_token(), 5.0);
    QVERIFY(!profile);
    QCOMPARE(probe.prepared, 1);
}

/// Every piece of work that is planned runs on the engine's kernels, and figures come out.
void TestThisComputer::realKernels() {
    const std::unique_ptr<ComputerProbe> probe = engine_probe(2);
    QCOMPARE(probe->threads(), 2);
    for (const ProbeWork& work :
         {ProbeWork{.kind = ProbeWork::Kind::Region},
          ProbeWork{.kind = ProbeWork::Kind::Exchange, .in = 100},
          ProbeWork{.kind = ProbeWork::Kind::Read, .in = 64, .out = 96},
          ProbeWork{
              .kind = ProbeWork::Kind::Read, .format = NumberFormat::Bf16, .in = 64, .out = 4096},
          ProbeWork{
              .kind = ProbeWork::Kind::Read, .in = 64, .out = 64, .matrices = 3, .repeats = 2},
          ProbeWork{.kind = ProbeWork::Kind::SharedRead, .in = 64, .out = 64, .matrices = 3},
          ProbeWork{.kind = ProbeWork::Kind::Product, .rows = 13, .in = 64, .out = 96},
          ProbeWork{
              .kind = ProbeWork::Kind::Product, .rows = 49, .in = 64, .out = 96, .repeats = 2},
          ProbeWork{.kind = ProbeWork::Kind::RowAttention, .in = 64, .heads = 4, .keys = 7},
          ProbeWork{.kind = ProbeWork::Kind::TileAttention, .rows = 5, .in = 64, .keys = 33},
          ProbeWork{.kind = ProbeWork::Kind::Rotation, .in = 64, .heads = 3},
          ProbeWork{.kind = ProbeWork::Kind::Routing, .rows = 3, .in = 16},
          ProbeWork{.kind = ProbeWork::Kind::PackKeys, .in = 64, .keys = 40},
          ProbeWork{.kind = ProbeWork::Kind::ElementWise, .rows = 3, .in = 64},
          ProbeWork{.kind = ProbeWork::Kind::Activation, .in = 64}}) {
        const std::function<void()> run = probe->prepare(work);
        run();
        run();
    }
}

void TestThisComputer::timeAddsUp() {
    const ComputerProfile computer = example();
    for (const char* preset : {"qwen3-0.6b", "qwen3-30b-a3b", "deepseek-v2", "gemma-3-4b"}) {
        const ModelSpec spec = spec_of(preset);
        for (const std::int64_t tokens : {1, 5, 700}) {
            EngineStep step;
            step.tokens = tokens;
            step.past = 100;
            const EngineTime time = engine_time(spec, step, computer);
            double sum = time.waiting_s;
            for (const double part : time.by_kind) {
                QVERIFY(part >= 0);
                sum += part;
            }
            QVERIFY2(std::abs(sum - time.seconds) < 1e-12 + 1e-9 * sum, preset);
            QVERIFY(time.low_s < time.seconds && time.seconds < time.high_s && time.error > 0);
        }
    }
}

void TestThisComputer::timeFollowsTheWork() {
    const ComputerProfile computer = example();
    const ModelSpec spec = spec_of("qwen3-0.6b");
    const auto seconds = [&](EngineStep step) { return engine_time(spec, step, computer).seconds; };
    // One token reads all weights at the speed of memory, and little else happens.
    double bytes = 0;
    for_each_operator(
        spec, Step{}, Formats{NumberFormat::Fp32, NumberFormat::Fp32, {}}, {},
        [&](const Operator& op) { bytes += op.weight_bytes * static_cast<double>(op.count); });
    const double reading = bytes / 40e9;
    QVERIFY(seconds({}) > reading && seconds({}) < 1.1 * reading);
    EngineStep narrow;
    narrow.weights = NumberFormat::Bf16;
    QVERIFY(seconds(narrow) < 0.6 * seconds({}));
    EngineStep later;
    later.past = 4000;
    QVERIFY(seconds(later) > seconds({}));
    EngineStep prompt;
    prompt.tokens = 512;
    EngineStep longer = prompt;
    longer.tokens = 1024;
    QVERIFY(seconds(longer) > 2 * seconds(prompt)); // attention grows faster than the prompt
    EngineStep rows = prompt;
    rows.logits_for_all = true;
    QVERIFY(seconds(rows) > seconds(prompt));
}

void TestThisComputer::forecast() {
    const ComputerProfile computer = example();
    const ModelSpec spec = spec_of("qwen3-0.6b");
    Workload workload;
    workload.prompt = 300;
    workload.output = 10;
    workload.context = 310;
    const EngineForecast one = engine_forecast(spec, workload, NumberFormat::Fp32, computer);
    workload.batch = 3; // sequences run one after the other
    const EngineForecast three = engine_forecast(spec, workload, NumberFormat::Fp32, computer);
    QVERIFY(qFuzzyCompare(three.prefill.seconds, 3 * one.prefill.seconds));
    QVERIFY(qFuzzyCompare(three.generation.seconds, 3 * one.generation.seconds));
    QVERIFY(qFuzzyCompare(three.decode.seconds, one.decode.seconds));
    QVERIFY(std::abs(one.generation.seconds / (10 * one.decode.seconds) - 1) < 0.01);
}

QTEST_APPLESS_MAIN(TestThisComputer)
#include "tst_this_computer.moc"
