// SPDX-License-Identifier: GPL-3.0-or-later
// What devices say to each other: how often, how many bytes, over which link, and how long it
// takes. Designs and their sizes stand in small_designs.h, the device in simple_device.h.
#include "close.h"
#include "core/estimate/throughput.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>
#include <string>
#include <vector>

using namespace headroom;
using small_designs::spec_of;

namespace {

struct Message {
    std::string name;
    std::int64_t count = 0;
    double bytes = 0;
    std::int64_t participants = 0;
    double seconds = 0;
};

Scenario scenario(std::int64_t batch, std::int64_t devices, std::int64_t tp, std::int64_t pp,
                  std::int64_t ep) {
    Scenario s;
    s.workload.batch = batch;
    s.workload.prompt = 5;
    s.workload.context = 10;
    s.deployment.devices = devices;
    s.deployment.tensor_parallel = tp;
    s.deployment.pipeline_parallel = pp;
    s.deployment.expert_parallel = ep;
    return s;
}

std::vector<Message> messages(const ModelConfig& config, const Scenario& s, Phase phase,
                              const DeviceProfile& device = simple_device::profile()) {
    std::vector<Message> all;
    const ModelSpec spec = spec_of(config);
    for_each_timed_operator(spec, s, device, phase, [&](const Operator& op, double seconds) {
        if (op.kind == OperatorKind::Communication) {
            all.push_back({std::string(to_string(op.what)), op.count, op.message_bytes,
                           op.participants, seconds});
        }
    });
    return all;
}

/// Of one name, all layers together; the seconds are those of one message.
Message only(const std::vector<Message>& all, const char* name) {
    Message sum;
    for (const Message& m : all) {
        if (m.name == name) {
            const std::int64_t count = sum.count + m.count;
            sum = m;
            sum.count = count;
        }
    }
    return sum;
}

} // namespace

class TestCommunication : public QObject {
    Q_OBJECT

private slots:
    void allReduce();
    void allReduceBetweenNodes();
    void measuredTable();
    void allToAll();
    void pipelineHops();
    void bubbles();
    void shareOfTheStep();
    void noLink();
};

void TestCommunication::allReduce() {
    // Two devices, three sequences: behind attention and feed-forward of each of 4 layers, 3 rows
    // of 16 numbers in bf16.
    const Message m = only(messages(small_designs::dense(), scenario(3, 2, 2, 1, 1), Phase::Decode),
                           "all_reduce");
    QCOMPARE(m.count, std::int64_t{8});
    QCOMPARE(m.bytes, 96.0);
    QCOMPARE(m.participants, std::int64_t{2});
    // A ring sends 2 (n - 1) / n of the message: all of it over half of 10^10 B/s, 1 + 2 us more.
    QVERIFY(close(m.seconds, 3e-6 + 96 / 5e9));
    // Four devices: one and a half times the message. A prompt of 5 tokens makes 15 rows of 3.
    const Message four = only(
        messages(small_designs::dense(), scenario(3, 4, 4, 1, 1), Phase::Prefill), "all_reduce");
    QCOMPARE(four.bytes, 480.0);
    QVERIFY(close(four.seconds, 3e-6 + 1.5 * 480 / 5e9));
    // One device says nothing.
    QVERIFY(messages(small_designs::dense(), scenario(3, 1, 1, 1, 1), Phase::Decode).empty());
}

void TestCommunication::allReduceBetweenNodes() {
    DeviceProfile device = simple_device::profile();
    device.max_per_node = 3;
    const Message outer =
        only(messages(small_designs::dense(), scenario(3, 4, 4, 1, 1), Phase::Decode, device),
             "all_reduce");
    // Half of 10^9 B/s, 7 + 2 us.
    QVERIFY(close(outer.seconds, 9e-6 + 1.5 * 96 / 5e8));
    device.max_per_node = 4; // a whole node still is one
    const Message inner =
        only(messages(small_designs::dense(), scenario(3, 4, 4, 1, 1), Phase::Decode, device),
             "all_reduce");
    QVERIFY(close(inner.seconds, 3e-6 + 1.5 * 96 / 5e9));
}

void TestCommunication::measuredTable() {
    // Measured over two devices: 10 us up to 100 bytes, 30 us at 200, 90 us at 400.
    DeviceProfile device = simple_device::profile();
    device.all_reduce = {{100, 10e-6}, {200, 30e-6}, {400, 90e-6}};
    const auto seconds = [&](std::int64_t batch, std::int64_t tp) {
        return only(messages(small_designs::dense(), scenario(batch, tp, tp, 1, 1), Phase::Decode,
                             device),
                    "all_reduce")
            .seconds;
    };
    // 32 bytes a row.
    QVERIFY(close(seconds(1, 2), 10e-6));
    QVERIFY(close(seconds(3, 2), 10e-6));
    // 160 bytes: 60 of 100 on the way from 10 to 30.
    QVERIFY(close(seconds(5, 2), 22e-6));
    // 320: 120 of 200 on the way from 30 to 90.
    QVERIFY(close(seconds(10, 2), 66e-6));
    // 512: the last slope goes on, 0.3 us a byte.
    QVERIFY(close(seconds(16, 2), 90e-6 + 112 * 0.3e-6));
    // Four devices move one and a half times as much: 160 bytes as 240.
    QVERIFY(close(seconds(5, 4), 42e-6));
    // The table speaks of links inside a node.
    device.max_per_node = 2;
    QVERIFY(close(seconds(5, 4), 9e-6 + 1.5 * 160 / 5e8));
    // One point alone holds everywhere.
    device = simple_device::profile();
    device.all_reduce = {{100, 10e-6}};
    QVERIFY(close(seconds(16, 2), 10e-6));
}

void TestCommunication::allToAll() {
    // Four devices of experts, each with a sequence of its own and all of the attention: its token
    // goes to 2 experts, 2 * 16 numbers in bf16, and comes back, in each of 4 layers.
    const auto all = messages(small_designs::experts(), scenario(4, 4, 1, 1, 4), Phase::Decode);
    const Message m = only(all, "all_to_all");
    QCOMPARE(m.count, std::int64_t{8});
    QCOMPARE(m.bytes, 64.0);
    QCOMPARE(m.participants, std::int64_t{4});
    // A quarter stays at home.
    QVERIFY(close(m.seconds, 3e-6 + 0.75 * 64 / 5e9));
    QCOMPARE(only(all, "all_reduce").count, std::int64_t{0});
    // Two replicas of the attention over two devices each, of two sequences: both devices have the
    // token, so each sends half of its 4 * 16 numbers.
    const Message shared = only(
        messages(small_designs::experts(), scenario(4, 4, 2, 1, 4), Phase::Decode), "all_to_all");
    QCOMPARE(shared.bytes, 64.0);
    QCOMPARE(shared.participants, std::int64_t{4});
    // A tensor group of four over two devices of experts: two of the four have the same experts.
    const Message narrow = only(
        messages(small_designs::experts(), scenario(4, 4, 4, 1, 2), Phase::Decode), "all_to_all");
    QCOMPARE(narrow.bytes, 4 * 2 * 16 * 2 / 2.0);
    QCOMPARE(narrow.participants, std::int64_t{2});
    QVERIFY(close(narrow.seconds, 3e-6 + 0.5 * narrow.bytes / 5e9));
    // The first of latent()'s three layers has no experts.
    QCOMPARE(only(messages(small_designs::latent(), scenario(2, 2, 1, 1, 2), Phase::Decode),
                  "all_to_all")
                 .count,
             std::int64_t{4});
    // A group wider than a node takes the network.
    DeviceProfile device = simple_device::profile();
    device.max_per_node = 2;
    QVERIFY(close(
        only(messages(small_designs::experts(), scenario(4, 4, 1, 1, 4), Phase::Decode, device),
             "all_to_all")
            .seconds,
        9e-6 + 0.75 * 64 / 5e8));
}

void TestCommunication::pipelineHops() {
    // Four stages, three hops; a stage decodes two of the eight sequences, 2 rows of 16 in bf16.
    const Message m =
        only(messages(small_designs::dense(), scenario(8, 4, 1, 4, 1), Phase::Decode), "send");
    QCOMPARE(m.count, std::int64_t{3});
    QCOMPARE(m.bytes, 64.0);
    QVERIFY(close(m.seconds, 3e-6 + 64 / 5e9)); // nothing stays at home
    // All prompts go through together: 8 * 5 rows.
    const Message prompts =
        only(messages(small_designs::dense(), scenario(8, 4, 1, 4, 1), Phase::Prefill), "send");
    QCOMPARE(prompts.count, std::int64_t{3});
    QCOMPARE(prompts.bytes, 1280.0);
    // Two stages of four devices each are two nodes of four.
    const Message outer =
        only(messages(small_designs::dense(), scenario(8, 8, 4, 2, 1), Phase::Decode), "send");
    QCOMPARE(outer.count, std::int64_t{1});
    QCOMPARE(outer.bytes, 128.0);
    QVERIFY(close(outer.seconds, 9e-6 + 128 / 5e8));
    QCOMPARE(only(messages(small_designs::dense(), scenario(8, 2, 2, 1, 1), Phase::Decode), "send")
                 .count,
             std::int64_t{0});
}

void TestCommunication::bubbles() {
    // A prefill passes four stages one after the other: no faster than one device, and three hops.
    const ModelSpec spec = spec_of(small_designs::dense());
    const DeviceProfile device = simple_device::profile();
    const double alone = prefill_time(spec, scenario(8, 1, 1, 1, 1), device).seconds;
    const double staged = prefill_time(spec, scenario(8, 4, 1, 4, 1), device).seconds;
    QVERIFY(close(staged, alone + 3 * (3e-6 + 1280 / 5e9)));
    // In decode the stages work on two sequences each at a time: a token waits for the four parts
    // of one device that has two, and every such step yields eight tokens.
    const double two = decode_time(spec, scenario(2, 1, 1, 1, 1), device).seconds;
    const ThroughputReport report = throughput(spec, scenario(8, 4, 1, 4, 1), device);
    QVERIFY(close(report.time_per_output_token_s, two + 3 * (3e-6 + 64 / 5e9)));
    QVERIFY(close(report.tokens_per_second, 8 / report.time_per_output_token_s));
    // Nine sequences do not divide: a part has three.
    QVERIFY(
        close(decode_time(spec, scenario(9, 4, 1, 4, 1), device).seconds,
              decode_time(spec, scenario(3, 1, 1, 1, 1), device).seconds + 3 * (3e-6 + 96 / 5e9)));
}

void TestCommunication::shareOfTheStep() {
    // 8 all-reduces and a hop, as above; by_kind and by_bound hold them, the ceiling does not.
    const Scenario s = scenario(6, 4, 2, 2, 1);
    const ModelSpec spec = spec_of(small_designs::dense());
    const StepTime time = decode_time(spec, s, simple_device::profile());
    const double expected = 8 * (3e-6 + 96 / 5e9) + (3e-6 + 96 / 5e9);
    QVERIFY(close(time.by_kind[static_cast<std::size_t>(OperatorKind::Communication)], expected));
    QVERIFY(close(time.by_bound[static_cast<std::size_t>(Bound::Communication)], expected));
    DeviceProfile distant = simple_device::profile();
    distant.link.latency_s += 1;
    const StepTime late = decode_time(spec, s, distant);
    QVERIFY(std::abs(late.seconds - time.seconds - 9) < 1e-9);
    QCOMPARE(late.ceiling_seconds, time.ceiling_seconds);
}

void TestCommunication::noLink() {
    // Without a stated bandwidth only the latency is known.
    DeviceProfile device = simple_device::profile();
    device.link.bandwidth_bytes_per_s = 0;
    QVERIFY(
        close(only(messages(small_designs::dense(), scenario(3, 2, 2, 1, 1), Phase::Decode, device),
                   "all_reduce")
                  .seconds,
              3e-6));
}

QTEST_APPLESS_MAIN(TestCommunication)
#include "tst_communication.moc"
