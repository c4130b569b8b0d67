// SPDX-License-Identifier: GPL-3.0-or-later
// How long one operator and one step take: the law of each kind by hand, shapes that reach less,
// formats, and the part of the batch that a step works on. The device stands in simple_device.h.
#include "close.h"
#include "core/estimate/throughput.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>

using namespace headroom;
using small_designs::spec_of;

namespace {

/// 10^6 FLOPs for one us of arithmetic, and bytes for as many us of moving as asked.
Operator work(OperatorKind kind, double flops, double weights, double activations, double cache) {
    Operator op;
    op.kind = kind;
    op.flops = static_cast<std::int64_t>(flops);
    op.weight_bytes = weights;
    op.activation_bytes = activations;
    op.cache_bytes = cache;
    return op;
}

std::size_t index(Bound bound) {
    return static_cast<std::size_t>(bound);
}

} // namespace

class TestTimeLaws : public QObject {
    Q_OBJECT

private slots:
    void linear();
    void attention();
    void experts();
    void elementWise();
    void shapes();
    void formats();
    void boundsOfAStep();
    void partOfTheBatch();
    void stepOfADesign();
    void figures();
};

void TestTimeLaws::linear() {
    const DeviceProfile device = simple_device::profile();
    // 2e6 FLOP at half of 10^12: 4 us. 240,000 bytes in all at 0.8 of 10^11: 3 us.
    const OperatorTime t =
        operator_time(work(OperatorKind::Linear, 2e6, 100e3, 80e3, 60e3), device);
    QVERIFY(close(t.computing, 4e-6));
    QVERIFY(close(t.moving, 3e-6));
    QVERIFY(close(t.launching, 3e-6));
    // (4^4 + 3^4)^(1/4) us and the launch.
    QVERIFY(close(t.seconds, std::pow(337.0, 0.25) * 1e-6 + 3e-6));
    QVERIFY(t.bound == Bound::Compute);
    QVERIFY(close(t.ceiling, 2.4e-6)); // max(2, 2.4) us with neither share nor launch
    Operator twice = work(OperatorKind::Linear, 2e6, 100e3, 80e3, 60e3);
    twice.launches = 2;
    QVERIFY(close(operator_seconds(twice, device), t.seconds + 3e-6));
    QVERIFY(operator_time(work(OperatorKind::Linear, 1e6, 240e3, 0, 0), device).bound ==
            Bound::Memory);
}

void TestTimeLaws::attention() {
    const DeviceProfile device = simple_device::profile();
    // 10^6 FLOP at a quarter: 4 us; 150,000 bytes at half: 3 us. One hides the other.
    const Operator op = work(OperatorKind::Attention, 1e6, 0, 50e3, 100e3);
    QVERIFY(close(operator_seconds(op, device), 4e-6 + 5e-6));
    const Operator longer = work(OperatorKind::Attention, 1e6, 0, 50e3, 300e3);
    QVERIFY(close(operator_seconds(longer, device), 7e-6 + 5e-6));
    QVERIFY(operator_time(longer, device).bound == Bound::Memory);
}

void TestTimeLaws::experts() {
    const DeviceProfile device = simple_device::profile();
    // 10^6 FLOP at a fifth: 5 us; 480,000 bytes at 0.4: 12 us; sqrt(25 + 144) = 13.
    const Operator op = work(OperatorKind::Expert, 1e6, 400e3, 80e3, 0);
    QVERIFY(close(operator_seconds(op, device), 13e-6 + 11e-6));
}

void TestTimeLaws::elementWise() {
    const DeviceProfile device = simple_device::profile();
    // 10^5 bytes at a tenth: 10 us, within the launch of 13; three times as many are not.
    QVERIFY(close(operator_seconds(work(OperatorKind::ElementWise, 0, 0, 1e5, 0), device), 13e-6));
    QVERIFY(close(operator_seconds(work(OperatorKind::ElementWise, 0, 0, 3e5, 0), device), 30e-6));
    Operator two = work(OperatorKind::ElementWise, 0, 0, 1e5, 0);
    two.launches = 2;
    QVERIFY(close(operator_seconds(two, device), 26e-6));
}

void TestTimeLaws::shapes() {
    // A share of the efficiency makes the time longer; tiles that fill 2.25 waves of 8 units reach
    // sqrt(2.25 / 3) of both.
    DeviceProfile device = simple_device::profile();
    device.compute_units = 8;
    Operator op = work(OperatorKind::Expert, 1e6, 480e3, 0, 0);
    op.compute_share = 0.5;
    op.memory_share = 0.25;
    QVERIFY(close(operator_time(op, device).computing, 10e-6));
    QVERIFY(close(operator_time(op, device).moving, 48e-6));
    op.tiles = 18;
    const double share = std::sqrt(0.75);
    QVERIFY(close(compute_share(op, device), 0.5 * share));
    QVERIFY(close(memory_share(op, device), 0.25 * share));
    QVERIFY(close(operator_time(op, device).computing, 10e-6 / share));
    QVERIFY(close(operator_time(op, device).moving, 48e-6 / share));
    QVERIFY(close(operator_time(op, device).ceiling, 4.8e-6)); // the roofline knows no shapes
    op.tiles = 16;
    QVERIFY(close(compute_share(op, device), 0.5));
}

void TestTimeLaws::formats() {
    DeviceProfile device = simple_device::profile();
    device.peak_flops = {
        {NumberFormat::Fp32, 1e11}, {NumberFormat::Bf16, 1e12}, {NumberFormat::Fp8, 2e12}};
    // What is not multiplied in its own format is in the narrowest wider one of its sort.
    QCOMPARE(device.peak(NumberFormat::Fp32), 1e11);
    QCOMPARE(device.peak(NumberFormat::Bf16), 1e12);
    QCOMPARE(device.peak(NumberFormat::Fp16), 1e12);
    QCOMPARE(device.peak(NumberFormat::Fp8), 2e12);
    QCOMPARE(device.peak(NumberFormat::Int8), 1e12); // not in fp8
    QCOMPARE(device.peak(NumberFormat::Int4), 1e12);
    device.peak_flops[NumberFormat::Int8] = 3e12;
    QCOMPARE(device.peak(NumberFormat::Int8), 3e12);
    QCOMPARE(device.peak(NumberFormat::Int4), 1e12); // weights only
    device.peak_flops.erase(NumberFormat::Fp8);
    QCOMPARE(device.peak(NumberFormat::Fp8), 1e12); // not in int8
    // An operator computes at the peak of its weights.
    Operator op = work(OperatorKind::Linear, 6e6, 0, 0, 0);
    op.format = NumberFormat::Int8;
    QVERIFY(close(operator_time(op, device).computing, 4e-6));
}

void TestTimeLaws::boundsOfAStep() {
    // by_kind and by_bound each make the whole.
    const StepTime time =
        decode_time(spec_of(small_designs::experts()), {}, simple_device::profile());
    double kinds = 0;
    double bounds = 0;
    for (const double part : time.by_kind) {
        kinds += part;
    }
    for (const double part : time.by_bound) {
        bounds += part;
    }
    QVERIFY(close(kinds, time.seconds));
    QVERIFY(close(bounds, time.seconds));
    QVERIFY(time.bound() == Bound::Overhead); // so little work
    // Launches of the 4 layers: norms 3, rotation and norm 2, routing 5, each 13 us, of which a
    // launch hides the moving; qkv, o and router 3 us each; attention 5; two products of experts of
    // 11. Outside: embedding and last norm 13 each, head 3.
    const double layer = 10 * 13e-6 + 3 * 3e-6 + 5e-6 + 2 * 11e-6;
    QVERIFY(close(time.by_bound[index(Bound::Overhead)], 4 * layer + 2 * 13e-6 + 3e-6));
    QCOMPARE(time.by_bound[index(Bound::Communication)], 0.0);
}

void TestTimeLaws::partOfTheBatch() {
    Scenario s;
    s.workload = {7, 5, 3, 10};
    s.deployment.devices = 8;
    s.deployment.tensor_parallel = 2;
    s.deployment.pipeline_parallel = 2;
    // Two replicas: one takes 4 of the 7 prompts. Its stages decode 2 sequences each.
    QCOMPARE(prefill_step(s).batch, std::int64_t{4});
    QCOMPARE(prefill_step(s).tokens, std::int64_t{5});
    QCOMPARE(prefill_step(s).past, std::int64_t{0});
    QVERIFY(prefill_step(s).phase == Phase::Prefill);
    QVERIFY(prefill_step(s).head_for_last_only);
    QCOMPARE(decode_step(s).batch, std::int64_t{2});
    QCOMPARE(decode_step(s).tokens, std::int64_t{1});
    QCOMPARE(decode_step(s).past, std::int64_t{9}); // the new token is one of the context
    s.workload.context = 1;
    QCOMPARE(decode_step(s).past, std::int64_t{0});
    s.workload.batch = 9;
    QCOMPARE(prefill_step(s).batch, std::int64_t{5});
    QCOMPARE(decode_step(s).batch, std::int64_t{3});
}

void TestTimeLaws::stepOfADesign() {
    // A device that only moves bytes, at 10^3 B/s: a step takes as long as its bytes.
    DeviceProfile device;
    device.bandwidth_bytes_per_s = 1e3;
    device.peak_flops = {{NumberFormat::Bf16, 1e30}};
    Scenario s;
    s.workload = {3, 5, 3, 10};
    const StepTime time = decode_time(spec_of(small_designs::dense()), s, device);
    // From tst_operators_by_hand: weights 2 * (2304 * 4 + 640); activations of the layers
    // 384 + 384 + 432 + 288 + 240 + 384 + 432 + 240; cache 1440; outside 192 + 192 + 336.
    const double layer = 2 * 2304 + 384 + 384 + 432 + 288 + 1440 + 240 + 384 + 432 + 240;
    QVERIFY(close(time.seconds, (4 * layer + 192 + 192 + 2 * 640 + 336) / 1e3));
    QVERIFY(close(time.ceiling_seconds, time.seconds));
    QVERIFY(time.bound() == Bound::Memory);
}

void TestTimeLaws::figures() {
    Scenario s;
    s.workload = {8, 5, 3, 10};
    s.deployment.devices = 4;
    s.deployment.pipeline_parallel = 4;
    DeviceProfile device = simple_device::profile();
    device.constants.decode_error = 0.25;
    device.constants.prefill_error = 0.125;
    device.constants.measured = true;
    const ModelSpec spec = spec_of(small_designs::dense());
    const ThroughputReport r = throughput(spec, s, device);
    QCOMPARE(r.time_per_output_token_s, decode_time(spec, s, device).seconds);
    QCOMPARE(r.time_to_first_token_s, prefill_time(spec, s, device).seconds);
    QVERIFY(close(r.tokens_per_second, 8 / r.time_per_output_token_s));
    QVERIFY(close(r.tokens_per_second_per_user, 1 / r.time_per_output_token_s));
    QCOMPARE(r.decode_error, 0.25);
    QCOMPARE(r.prefill_error, 0.125);
    QVERIFY(r.measured);
}

QTEST_APPLESS_MAIN(TestTimeLaws)
#include "tst_time_laws.moc"
