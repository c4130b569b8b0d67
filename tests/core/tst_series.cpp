// SPDX-License-Identifier: GPL-3.0-or-later
// Curves at chosen points, bands, the roofline, and what serving costs, by hand. Designs and device
// stand in small_designs.h and simple_device.h.
#include "close.h"
#include "core/study/series.h"
#include "core/study/serving.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>

using namespace headroom;
using small_designs::spec_of;

namespace {

using Grid = std::vector<std::int64_t>;

Scenario scenario() {
    Scenario s;
    s.workload = {2, 5, 4, 10};
    return s;
}

} // namespace

class TestSeries : public QObject {
    Q_OBJECT

private slots:
    void grids();
    void memoryCurves();
    void speedCurves();
    void bands();
    void typicalDevice();
    void memoryEndsTheCurve();
    void boundsStack();
    void roofs();
    void intensities();
    void points();
    void serving();
    void servingAtTheLargestBatch();
};

void TestSeries::grids() {
    QCOMPARE(octave_grid(1, 16, 1), (Grid{1, 2, 4, 8, 16}));
    // Two points a doubling, in whole numbers: 1, 1.41, 2, 2.83, 4, 5.66, 8.
    QCOMPARE(octave_grid(1, 8, 2), (Grid{1, 2, 3, 4, 6, 8}));
    QCOMPARE(octave_grid(3, 10, 1), (Grid{3, 6, 10})); // the end, though no doubling leads there
    QCOMPARE(octave_grid(512, 512, 4), (Grid{512}));
}

void TestSeries::memoryCurves() {
    const ModelSpec spec = spec_of(small_designs::dense());
    const auto curve = [&](MemoryCurve which, const Scenario& s) {
        return memory_against_context(spec, s, simple_device::profile(), which, {3, 10});
    };
    // 24 numbers of 2 bytes in 4 layers.
    const Curve kv = curve(MemoryCurve::KvPerSequence, scenario());
    QCOMPARE(kv.x, (std::vector<double>{3, 10}));
    QCOMPARE(kv.y, (std::vector<double>{192 * 3, 192 * 10}));
    QVERIFY(kv.lower.empty());
    // Weights 21280, the cache of two, and a workspace of prompts no longer than the context: 3 and
    // 5 tokens of 2 * (64 + 72) bytes for each of two sequences, logits 2 * 160.
    const Curve all = curve(MemoryCurve::WeightsPlusKv, scenario());
    QCOMPARE(all.y, (std::vector<double>{21280 + 2 * 576 + 6 * 272 + 320,
                                         21280 + 2 * 1920 + 10 * 272 + 320}));
    Scenario halves = scenario();
    halves.deployment.devices = 2; // each of two replicas serves one sequence
    QCOMPARE(curve(MemoryCurve::PerDevice, halves).y,
             (std::vector<double>{21280 + 576 + 3 * 272 + 160, 21280 + 1920 + 5 * 272 + 160}));
    Scenario impossible = scenario();
    impossible.deployment.devices = 3;
    impossible.deployment.tensor_parallel = 3;
    QVERIFY(curve(MemoryCurve::PerDevice, impossible).x.empty());
}

void TestSeries::speedCurves() {
    const ModelSpec spec = spec_of(small_designs::dense());
    const DeviceProfile device = simple_device::profile();
    const auto at = [&](SpeedCurve which, SpeedAxis axis, std::int64_t x) {
        return speed_against(spec, scenario(), device, which, axis, {x}).y.at(0);
    };
    Scenario wide = scenario();
    wide.workload.batch = 7;
    const double step = decode_time(spec, wide, device).seconds;
    QVERIFY(close(at(SpeedCurve::TimePerOutputToken, SpeedAxis::Batch, 7), step));
    QVERIFY(close(at(SpeedCurve::TokensPerSecond, SpeedAxis::Batch, 7), 7 / step));
    QVERIFY(close(at(SpeedCurve::TokensPerSecondPerUser, SpeedAxis::Batch, 7), 1 / step));
    QVERIFY(close(at(SpeedCurve::TimeToFirstToken, SpeedAxis::Batch, 7),
                  prefill_time(spec, wide, device).seconds));
    // Along the context a prompt is as long as that, where it is what is timed.
    Scenario longer = scenario();
    longer.workload.context = 3000;
    QVERIFY(close(at(SpeedCurve::TokensPerSecond, SpeedAxis::Context, 3000),
                  2 / decode_time(spec, longer, device).seconds));
    longer.workload.prompt = 3000;
    QVERIFY(close(at(SpeedCurve::TimeToFirstToken, SpeedAxis::Context, 3000),
                  prefill_time(spec, longer, device).seconds));
}

void TestSeries::bands() {
    DeviceProfile device = simple_device::profile();
    device.constants.measured = true;
    device.constants.decode_error = 0.25;
    device.constants.prefill_error = 0.125;
    const ModelSpec spec = spec_of(small_designs::dense());
    const Curve decode = speed_against(spec, scenario(), device, SpeedCurve::TimePerOutputToken,
                                       SpeedAxis::Batch, {1, 2});
    const Curve prefill = speed_against(spec, scenario(), device, SpeedCurve::TimeToFirstToken,
                                        SpeedAxis::Batch, {1, 2});
    for (const std::size_t i : {0U, 1U}) {
        QVERIFY(close(decode.lower.at(i), decode.y.at(i) * 0.75));
        QVERIFY(close(decode.upper.at(i), decode.y.at(i) * 1.25));
        QVERIFY(close(prefill.lower.at(i), prefill.y.at(i) * 0.875));
        QVERIFY(close(prefill.upper.at(i), prefill.y.at(i) * 1.125));
    }
    device.constants.decode_error = 0; // measured, but nobody says how well
    QVERIFY(speed_against(spec, scenario(), device, SpeedCurve::TimePerOutputToken,
                          SpeedAxis::Batch, {1})
                .lower.empty());
}

void TestSeries::typicalDevice() {
    // Nobody measured it: the band reaches from the estimate to the bare roofline.
    const ModelSpec spec = spec_of(small_designs::dense());
    const DeviceProfile device = simple_device::profile();
    const StepTime time = decode_time(spec, scenario(), device);
    const Curve slow = speed_against(spec, scenario(), device, SpeedCurve::TimePerOutputToken,
                                     SpeedAxis::Batch, {2});
    QVERIFY(close(slow.lower.at(0), time.ceiling_seconds));
    QVERIFY(close(slow.upper.at(0), time.seconds));
    const Curve fast =
        speed_against(spec, scenario(), device, SpeedCurve::TokensPerSecond, SpeedAxis::Batch, {2});
    QVERIFY(close(fast.lower.at(0), 2 / time.seconds));
    QVERIFY(close(fast.upper.at(0), 2 / time.ceiling_seconds));
}

void TestSeries::memoryEndsTheCurve() {
    // Five sequences fit: see TestMemoryByHand::largestBatch for the bytes.
    DeviceProfile device = simple_device::profile();
    device.memory_bytes = 21280 + 5 * (1920 + 5 * 272 + 160);
    double until = -1;
    const Curve curve =
        speed_against(spec_of(small_designs::dense()), scenario(), device,
                      SpeedCurve::TokensPerSecond, SpeedAxis::Batch, {1, 4, 5, 6, 8}, &until);
    QCOMPARE(until, 5.0);
    QCOMPARE(curve.y.size(), std::size_t{5}); // drawn beyond all the same
}

void TestSeries::boundsStack() {
    const ModelSpec spec = spec_of(small_designs::dense());
    const DeviceProfile device = simple_device::profile();
    Scenario s = scenario();
    s.deployment.devices = s.deployment.tensor_parallel = 2;
    const StepTime time = decode_time(spec, s, device);
    const BoundBands bands =
        bound_bands(spec, s, device, SpeedCurve::TimePerOutputToken, SpeedAxis::Batch, {2});
    double below = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        QVERIFY(close(bands.lower[i].at(0), below));
        QVERIFY(close(bands.upper[i].at(0), below + time.by_bound[i]));
        below = bands.upper[i].at(0);
    }
    QVERIFY(close(below, time.seconds));
    // As a rate the bands share the height of the rate.
    const BoundBands rate =
        bound_bands(spec, s, device, SpeedCurve::TokensPerSecond, SpeedAxis::Batch, {2});
    QVERIFY(close(rate.upper[3].at(0), 2 / time.seconds));
    QVERIFY(close(rate.upper[0].at(0), 2 / time.seconds * time.by_bound[0] / time.seconds));
}

void TestSeries::roofs() {
    // 10^12 FLOP/s over 10^11 B/s: the ridge stands at 10 FLOP per byte.
    const DeviceProfile device = simple_device::profile();
    const Curve roof = headroom::roof(device, NumberFormat::Bf16, 2, 15);
    QCOMPARE(roof.x, (std::vector<double>{2, 10, 20})); // to twice the ridge at least
    QCOMPARE(roof.y, (std::vector<double>{2e11, 1e12, 1e12}));
    QCOMPARE(headroom::roof(device, NumberFormat::Bf16, 20, 50).x,
             (std::vector<double>{10, 10, 50}));
}

void TestSeries::intensities() {
    // Two operations a row and weight, 2 bytes in bf16, half a byte and a sixteenth in int4.
    QCOMPARE(batch_intensity(7, NumberFormat::Bf16), 7.0);
    QCOMPARE(batch_intensity(7, NumberFormat::Fp8), 14.0);
    QCOMPARE(batch_intensity(9, NumberFormat::Int4), 32.0);
    QCOMPARE(batch_at_intensity(7, NumberFormat::Bf16), std::int64_t{7});
    QCOMPARE(batch_at_intensity(14, NumberFormat::Fp8), std::int64_t{7});
    QCOMPARE(batch_at_intensity(0.2, NumberFormat::Bf16), std::int64_t{1});
    QCOMPARE(batch_at_intensity(1e300, NumberFormat::Bf16), std::int64_t{1000000000});
}

void TestSeries::points() {
    const auto points = roofline(spec_of(small_designs::dense()), scenario(),
                                 simple_device::profile(), Phase::Decode);
    // Of the 11 operators, qkv, attention, o, gate and up, down and the head have FLOPs.
    QCOMPARE(points.size(), std::size_t{6});
    // qkv: 2 * 2 * 16 * 48 FLOP over 1536 bytes of weights and 2 * 2 * 64 of activations.
    const RooflinePoint& qkv = points.front();
    QCOMPARE(qkv.name, std::string("qkv_proj"));
    QVERIFY(close(qkv.intensity, 3072.0 / (1536 + 256)));
    const double computing = 3072 / 0.5e12;
    const double moving = 1792 / 0.8e11;
    const double seconds = std::pow(std::pow(computing, 4) + std::pow(moving, 4), 0.25) + 3e-6;
    QVERIFY(close(qkv.flops_per_second, 3072 / seconds));
    QVERIFY(close(qkv.seconds, 4 * seconds)); // four layers
}

void TestSeries::serving() {
    const ModelSpec spec = spec_of(small_designs::dense());
    const DeviceProfile device = simple_device::profile();
    Scenario s = scenario();
    s.workload.batch = 6;
    s.deployment.devices = 6;
    s.deployment.tensor_parallel = 2;
    s.deployment.price_per_hour = 0.5;
    const auto analysis = analyze(spec, s, device);
    QVERIFY(analysis);
    const double first = prefill_time(spec, s, device).seconds;
    const double step = decode_time(spec, s, device).seconds;
    const ServingReport r = headroom::serving(spec, *analysis, device);
    QCOMPARE(r.replicas, std::int64_t{3});
    QCOMPARE(r.price_per_hour, 3.0);
    QVERIFY(close(r.prompt_tokens_per_second, 6 * 5 / first));
    QVERIFY(close(r.tokens_per_second_per_device, 6 / step / 6));
    // Four tokens come out: the prefill makes the first, three steps the others.
    QVERIFY(close(r.request_seconds, first + 3 * step));
    // 3 an hour are 3 / 3600 a second.
    QVERIFY(close(r.output_cost_per_million.value(), 3.0 / 3600 * 1e6 / (6 / step)));
    QVERIFY(close(r.prompt_cost_per_million.value(), 3.0 / 3600 * 1e6 / (30 / first)));
}

void TestSeries::servingAtTheLargestBatch() {
    const ModelSpec spec = spec_of(small_designs::dense());
    DeviceProfile device = simple_device::profile();
    device.memory_bytes = 21280 + 5 * (1920 + 5 * 272 + 160);
    Scenario s = scenario();
    s.deployment.price_per_hour = 2;
    const auto analysis = analyze(spec, s, device);
    QVERIFY(analysis);
    const ServingReport r = headroom::serving(spec, *analysis, device);
    Scenario full = s;
    full.workload.batch = 5;
    const double step = decode_time(spec, full, device).seconds;
    QCOMPARE(r.max_batch, std::int64_t{5});
    QVERIFY(close(r.time_per_output_token_at_max_batch_s, step));
    QVERIFY(close(r.tokens_per_second_at_max_batch, 5 / step));
    QVERIFY(close(r.output_cost_per_million_at_max_batch.value(), 2.0 / 3600 * 1e6 * step / 5));
}

QTEST_APPLESS_MAIN(TestSeries)
#include "tst_series.moc"
