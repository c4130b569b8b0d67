// SPDX-License-Identifier: GPL-3.0-or-later
// What an explanation says in words and beside its value: links, experts, estimates, other units.
// That values add up is the business of tst_derivation. Designs and device: small_designs.h,
// simple_device.h.
#include "close.h"
#include "core/explain/derivation.h"
#include "said.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>

using namespace headroom;
using small_designs::spec_of;

namespace {

Derivation explained(const ModelConfig& config, const Scenario& scenario, Quantity quantity,
                     const DeviceProfile& device = simple_device::profile()) {
    auto tree = explain(spec_of(config), scenario, device, quantity);
    if (!tree) {
        qFatal("%s", tree.error().text().c_str());
    }
    return *tree;
}

const Derivation* search(const Derivation& node, std::string_view symbol) {
    if (node.symbol == symbol) {
        return &node;
    }
    for (const Derivation& child : node.children) {
        if (const Derivation* found = search(child, symbol)) {
            return found;
        }
    }
    return nullptr;
}

const Derivation& find(const Derivation& tree, std::string_view symbol) {
    const Derivation* node = search(tree, symbol);
    if (node == nullptr) {
        qFatal("no node %s", std::string(symbol).c_str());
    }
    return *node;
}

Scenario split(std::int64_t devices, std::int64_t tp, std::int64_t ep) {
    Scenario s;
    s.workload = {4, 5, 4, 10};
    s.deployment.devices = devices;
    s.deployment.tensor_parallel = tp;
    s.deployment.expert_parallel = ep;
    return s;
}

} // namespace

class TestExplanationsByHand : public QObject {
    Q_OBJECT

private slots:
    void links();
    void expertsThatAreRead();
    void tooHighOrTooLow();
    void partsOfTheError();
    void otherUnits();
    void cacheOfOtherDesigns();
    void memoryOfADevice();
    void flopsBeside();
    void lawsWithTheirNumbers();
};

void TestExplanationsByHand::links() {
    DeviceProfile device = simple_device::profile();
    const auto note = [&](const DeviceProfile& d) {
        return find(explained(small_designs::dense(), split(4, 4, 1), Quantity::TimePerOutputToken,
                              d),
                    "all_reduce")
            .note;
    };
    VERIFY_SAID(note(device), "Message of 128 bytes between 4 devices over inner, ring");
    device.max_per_node = 2;
    VERIFY_SAID(note(device), "over outer, ring");
    device.all_reduce = {{100, 1e-5}, {200, 2e-5}}; // of links inside a node
    VERIFY_SAID(note(device), "over outer, ring");
    device.max_per_node = 4;
    VERIFY_SAID(note(device), "over inner, interpolated in the measured table");
}

void TestExplanationsByHand::expertsThatAreRead() {
    // Two replicas of two sequences reach 8 * (1 - 0.75^4) = 5.469 experts, 8 rows over them.
    const Derivation tree =
        explained(small_designs::experts(), split(4, 2, 4), Quantity::TimePerOutputToken);
    const auto& note = find(tree, "experts.gate_up_proj").note;
    VERIFY_SAID(note, "4 tokens reach 5.469 of 8 experts");
    VERIFY_SAID(note, "An expert gets 1.463 rows on average"); // 8 / 5.469
    VERIFY_SAID(note, "fill 1.14% of its tiles");              // 1.463 / 128
    VERIFY_SAID(
        find(explained(small_designs::experts(), split(1, 1, 1), Quantity::TimePerOutputToken),
             "experts.gate_up_proj")
            .note,
        "4 tokens reach 5.469 of 8 experts");
}

void TestExplanationsByHand::tooHighOrTooLow() {
    // 10640 weights; the estimate has 2 * 640 + 4 * (1024 + 1152) = 9984, 6.17% fewer.
    VERIFY_SAID(find(explained(small_designs::dense(), split(1, 1, 1), Quantity::Parameters),
                     "total - schoolbook_estimate")
                    .note,
                "The estimate is 6.17% too low.");
    // Tied: 10000 and 9984.
    ModelConfig tied = small_designs::dense();
    tied.tie_word_embeddings = true;
    tied.num_key_value_heads = 1; // 2 * 4 * 96 fewer: 9232, the estimate is 752 more
    VERIFY_SAID(
        find(explained(tied, split(1, 1, 1), Quantity::Parameters), "total - schoolbook_estimate")
            .note,
        "The estimate is 8.15% too high.");
}

void TestExplanationsByHand::partsOfTheError() {
    const Derivation tree = explained(small_designs::dense(), split(1, 1, 1), Quantity::Parameters);
    const Derivation& error = find(tree, "total - schoolbook_estimate");
    QCOMPARE(error.exact, std::int64_t{656});
    QCOMPARE(find(error, "attention").exact, std::int64_t{4 * (1152 - 1024)});
    QCOMPARE(find(error, "feed_forward").exact, std::int64_t{0});
    QCOMPARE(find(error, "vocabulary").exact, std::int64_t{0});
    QCOMPARE(find(error, "norms, routers, others").exact, std::int64_t{4 * 32 + 16});
    VERIFY_SAID(find(error, "attention").note, "num_attention_heads * head_dim is 24, not");
}

void TestExplanationsByHand::otherUnits() {
    const Derivation tree = explained(small_designs::dense(), split(1, 1, 1), Quantity::Parameters);
    QVERIFY(close(find(tree, "total / 10^9").value, 10640 / 1e9));
    QVERIFY(close(find(tree, "total / 1024^3").value, 10640 / 1073741824.0));
}

void TestExplanationsByHand::cacheOfOtherDesigns() {
    // 192 bytes a token and 10 tokens; all four heads would be twice that.
    const Derivation tree = explained(small_designs::dense(), split(1, 1, 1), Quantity::KvCache);
    QCOMPARE(tree.exact, std::int64_t{1920});
    QCOMPARE(find(tree, "bytes_per_token").exact, std::int64_t{192});
    QCOMPARE(find(tree, "all heads in full").exact, std::int64_t{3840});
    VERIFY_SAID(find(tree, "all heads in full").note, "2 times as much");
    // Windows of 4 keep 4 of 10 tokens.
    ModelConfig config = small_designs::dense();
    config.model_type = "mistral";
    config.sliding_window = 4;
    const Derivation windowed = explained(config, split(1, 1, 1), Quantity::KvCache);
    QCOMPARE(windowed.exact, std::int64_t{768});
    QCOMPARE(find(windowed, "all layers global").exact, std::int64_t{1920});
    VERIFY_SAID(find(windowed, "all layers global").note, "2.5 times as much");
}

void TestExplanationsByHand::memoryOfADevice() {
    const Derivation tree = explained(small_designs::dense(), split(2, 2, 1), Quantity::Memory);
    // See TestMemoryByHand::tensorParallel: 4 sequences of 5 tokens in flight.
    QCOMPARE(find(tree, "weights_bytes").exact, std::int64_t{21280});
    QCOMPARE(find(tree, "kv_bytes").exact, std::int64_t{4 * 1920});
    QCOMPARE(find(tree, "workspace_bytes").exact, std::int64_t{20 * 272 + 4 * 160});
    QCOMPARE(find(tree, "activations").exact, std::int64_t{20 * 272});
    QCOMPARE(find(tree, "logits").exact, std::int64_t{4 * 160});
    QCOMPARE(find(tree, "per_gpu_weights_bytes").exact,
             std::int64_t{2 * (4 * (1152 + 32) + 320 + 320 + 16)});
    QCOMPARE(find(tree, "per_gpu_kv_bytes").exact, std::int64_t{2 * 1920});
    QCOMPARE(find(tree, "device_bytes").exact, std::int64_t{1000000000});
    VERIFY_SAID(find(tree, "per_gpu_bytes").note, "it fits");
}

void TestExplanationsByHand::flopsBeside() {
    const Derivation tree = explained(small_designs::dense(), split(1, 1, 1), Quantity::Flops);
    // A prompt of 5 and its 15 pairs, or all 25 and the head five times; one token against 10.
    QCOMPARE(tree.exact, std::int64_t{4 * (2 * 5 * 2304 + 96 * 15) + 2 * 640});
    QCOMPARE(find(tree, "prefill_dense").exact,
             std::int64_t{4 * (2 * 5 * 2304 + 96 * 25) + 5 * 2 * 640});
    QCOMPARE(find(tree, "decode_step").exact, std::int64_t{4 * (2 * 2304 + 96 * 10) + 2 * 640});
    QCOMPARE(find(tree, "2 * N * T").exact, std::int64_t{2 * (10640 - 640) * 5});
}

void TestExplanationsByHand::lawsWithTheirNumbers() {
    const Scenario s = split(1, 1, 1);
    const Derivation tree = explained(small_designs::dense(), s, Quantity::TimePerOutputToken);
    // qkv of four rows: 6144 FLOP at half of 10^12, 1536 + 512 bytes at 0.8 of 10^11, 3 us.
    const Derivation& qkv = find(tree, "qkv_proj");
    QVERIFY(close(find(qkv, "computing").value, 1e3 * 6144 / 0.5e12));
    QVERIFY(close(find(qkv, "moving").value, 1e3 * 2048 / 0.8e11));
    QVERIFY(close(find(qkv, "launching").value, 3e-3));
    QVERIFY(close(find(tree, "ceiling").value,
                  1e3 * decode_time(spec_of(small_designs::dense()), s, simple_device::profile())
                            .ceiling_seconds));
    VERIFY_SAID(tree.note, "typical, not measured on this device");
    VERIFY_SAID(tree.note, "No error bar is known");
    DeviceProfile measured = simple_device::profile();
    measured.constants.measured = true;
    measured.constants.decode_error = 0.034;
    measured.constants.prefill_error = 0.012;
    VERIFY_SAID(explained(small_designs::dense(), s, Quantity::TimePerOutputToken, measured).note,
                "The error bar is 3.4%: the mean absolute error of decode");
    VERIFY_SAID(explained(small_designs::dense(), s, Quantity::TimeToFirstToken, measured).note,
                "The error bar is 1.2%: the mean absolute error of prefill");
}

QTEST_APPLESS_MAIN(TestExplanationsByHand)
#include "tst_explanations_by_hand.moc"
