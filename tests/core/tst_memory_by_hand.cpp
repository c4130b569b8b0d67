// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for inference, byte by byte: what each device of a split holds, the workspace, and where
// the last sequence and the last token fit. The designs' weights are counted in small_designs.h.
#include "core/accounting/kv_cache.h"
#include "core/accounting/memory.h"
#include "small_designs.h"

#include <QTest>

using namespace headroom;
using small_designs::spec_of;

namespace {

constexpr std::int64_t plenty = 1'000'000'000;

Scenario scenario(std::int64_t batch, std::int64_t prompt, std::int64_t context) {
    Scenario s;
    s.workload.batch = batch;
    s.workload.prompt = prompt;
    s.workload.context = context;
    return s;
}

Scenario split(Scenario s, std::int64_t devices, std::int64_t tp, std::int64_t pp,
               std::int64_t ep) {
    s.deployment.devices = devices;
    s.deployment.tensor_parallel = tp;
    s.deployment.pipeline_parallel = pp;
    s.deployment.expert_parallel = ep;
    return s;
}

MemoryReport memory(const ModelConfig& config, const Scenario& s, std::int64_t device = plenty) {
    const auto report = inference_memory(spec_of(config), s, device);
    if (!report) {
        qFatal("%s", report.error().text().c_str());
    }
    return *report;
}

} // namespace

class TestMemoryByHand : public QObject {
    Q_OBJECT

private slots:
    void oneDevice();
    void workspace_data();
    void workspace();
    void tokensInFlight();
    void tensorParallel();
    void fewerKvHeadsThanDevices();
    void latentOnEveryDevice();
    void expertGroups();
    void pipelineStages();
    void stagesOfUnequalDepth();
    void tiedHeadHasItsCopy();
    void formats();
    void replicasShareTheBatch();
    void windowsBoundTheCache();
    void largestBatch();
    void longestContext();
    void splitsThatCannotBe();
};

void TestMemoryByHand::oneDevice() {
    const MemoryReport m = memory(small_designs::dense(), scenario(3, 5, 7));
    const std::int64_t weights = 2 * (4 * 2336 + 640 + 640 + 16);
    // 2 * 2 KV heads * 6 numbers of 2 bytes for each of 4 layers, 7 tokens and 3 sequences.
    const std::int64_t kv = 24 * 2 * 4 * 7 * 3;
    // 15 tokens in flight: 4 * 16 numbers of the residual stream and 3 * 24 of the feed-forward in
    // bf16; 40 logits of 3 sequences in fp32.
    const std::int64_t workspace = 15 * 2 * (64 + 72) + 3 * 4 * 40;
    QCOMPARE(m.weights_bytes, weights);
    QCOMPARE(m.kv_bytes, kv);
    QCOMPARE(m.workspace_bytes, workspace);
    QCOMPARE(m.total_bytes, weights + kv + workspace);
    QCOMPARE(m.per_gpu_weights_bytes, weights);
    QCOMPARE(m.per_gpu_kv_bytes, kv);
    QCOMPARE(m.per_gpu_workspace_bytes, workspace);
    QCOMPARE(m.per_gpu_bytes, weights + kv + workspace);
    QCOMPARE(m.per_gpu_replicated_weights_bytes, std::int64_t{0});
    QCOMPARE(m.per_gpu_replicated_kv_bytes, std::int64_t{0});
    QCOMPARE(weights_bytes(spec_of(small_designs::dense()), {}), weights);
}

void TestMemoryByHand::workspace_data() {
    QTest::addColumn<QString>("design");
    QTest::addColumn<int>("tensor");
    QTest::addColumn<int>("widest"); // numbers of one token on one device
    // Dense: gate, up and their product, 3 * 24.
    QTest::newRow("feed-forward") << "dense" << 1 << 72;
    QTest::newRow("feed-forward over 4") << "dense" << 4 << 18;
    // A feed-forward of 10 is narrower than q, k and v: 6 * (4 + 2 + 2).
    QTest::newRow("grouped queries") << "narrow" << 1 << 48;
    // Two experts of 10: 3 * 20.
    QTest::newRow("experts") << "experts" << 1 << 60;
    // Two experts of 12 and the shared one: 3 * (24 + 12).
    QTest::newRow("shared expert") << "latent" << 1 << 108;
    // Values of 25: queries and keys of 4 + 2 and a value for each of 4 heads, 4 * (2 * 6 + 25).
    QTest::newRow("latent") << "wide latent" << 1 << 148;
    QTest::newRow("latent over 2") << "wide latent" << 2 << 74;
}

void TestMemoryByHand::workspace() {
    QFETCH(QString, design);
    QFETCH(int, tensor);
    QFETCH(int, widest);
    ModelConfig config = design == "experts"         ? small_designs::experts()
                         : design.endsWith("latent") ? small_designs::latent()
                                                     : small_designs::dense();
    if (design == "narrow") {
        config.intermediate_size = 10;
    }
    if (design == "wide latent") {
        config.v_head_dim = 25;
    }
    const MemoryReport m =
        memory(config, split(scenario(3, 5, 7), tensor, tensor, 1, design == "dense" ? 1 : tensor));
    QCOMPARE(m.per_gpu_workspace_bytes,
             std::int64_t{15} * 2 * (4 * 16 + widest) + 3 * 4 * 40 / tensor);
}

void TestMemoryByHand::tokensInFlight() {
    const auto bytes = [](std::int64_t batch, std::int64_t prompt) {
        return memory(small_designs::dense(), scenario(batch, prompt, 7)).workspace_bytes;
    };
    const std::int64_t token = 2 * (64 + 72);
    QCOMPARE(bytes(1, 8191), 8191 * token + 160);
    // Longer prompts, and more of them, are cut into chunks of 8192 tokens.
    QCOMPARE(bytes(1, 8193), 8192 * token + 160);
    QCOMPARE(bytes(2, 5000), 8192 * token + 2 * 160);
    // A batch of more sequences than that still decodes one token of each.
    QCOMPARE(bytes(9000, 3), 9000 * token + 9000 * 160);
}

void TestMemoryByHand::tensorParallel() {
    // Two devices: everything halves but the norms.
    const MemoryReport m = memory(small_designs::dense(), split(scenario(3, 5, 7), 2, 2, 1, 1));
    const std::int64_t layer = 2304 / 2 + 32;
    QCOMPARE(m.weights_bytes, std::int64_t{2} * (4 * 2336 + 640 + 640 + 16));
    QCOMPARE(m.per_gpu_weights_bytes, 2 * (4 * layer + 320 + 320 + 16));
    // Of the norms, 16 each, half is one's own share.
    QCOMPARE(m.per_gpu_replicated_weights_bytes, std::int64_t{2} * (4 * (8 + 8) + 8));
    QCOMPARE(m.per_gpu_kv_bytes, m.kv_bytes / 2);
    QCOMPARE(m.per_gpu_replicated_kv_bytes, std::int64_t{0});
    QCOMPARE(m.per_gpu_workspace_bytes, std::int64_t{15} * 2 * (64 + 36) + 3 * 4 * 20);
    QCOMPARE(m.per_gpu_bytes,
             m.per_gpu_weights_bytes + m.per_gpu_kv_bytes + m.per_gpu_workspace_bytes);
}

void TestMemoryByHand::fewerKvHeadsThanDevices() {
    // Four devices share two KV heads: each holds one, k and v of 6 x 16 = 96 numbers, where an
    // equal part would be 48.
    const MemoryReport m = memory(small_designs::dense(), split(scenario(3, 5, 7), 4, 4, 1, 1));
    const std::int64_t layer = 384 / 4 * 2 + 96 * 2 + 1152 / 4 + 32;
    QCOMPARE(m.per_gpu_weights_bytes, 2 * (4 * layer + 160 + 160 + 16));
    QCOMPARE(m.per_gpu_replicated_weights_bytes, std::int64_t{2} * (4 * (48 + 48 + 12 + 12) + 12));
    // 2 * 6 numbers of 2 bytes, 4 layers, 7 tokens, 3 sequences; a quarter of the cache is half.
    QCOMPARE(m.per_gpu_kv_bytes, std::int64_t{12} * 2 * 4 * 7 * 3);
    QCOMPARE(m.per_gpu_replicated_kv_bytes, m.per_gpu_kv_bytes / 2);
}

void TestMemoryByHand::latentOnEveryDevice() {
    const MemoryReport m = memory(small_designs::latent(), split(scenario(3, 5, 7), 4, 4, 1, 4));
    // The down-projections 160 and 128, their norms 10 and 6, routers and norms stand everywhere.
    const std::int64_t attention = 160 + 10 + 240 / 4 + 128 + 6 + 216 / 4 + 320 / 4;
    const std::int64_t dense = 1152 / 4 + 32;
    const std::int64_t experts = 128 + 4608 / 4 + 576 / 4 + 32;
    QCOMPARE(m.weights_bytes, std::int64_t{2} * (2264 + 2 * 6424 + 640 + 640 + 16));
    QCOMPARE(m.per_gpu_weights_bytes, 2 * (3 * attention + dense + 2 * experts + 160 + 160 + 16));
    // Own shares: 40 of 160, 3 of 10, 32 of 128, 2 of 6; 32 of a router's 128; 4 of a norm's 16.
    const std::int64_t copies = 120 + 7 + 96 + 4;
    QCOMPARE(m.per_gpu_replicated_weights_bytes, 2 * (3 * copies + 2 * 96 + 3 * (12 + 12) + 12));
    // 6 + 2 numbers of 2 bytes, 3 layers, 7 tokens, 3 sequences, on every device: 1008 bytes, of
    // which 252 are a quarter.
    QCOMPARE(m.kv_bytes, std::int64_t{1008});
    QCOMPARE(m.per_gpu_kv_bytes, std::int64_t{1008});
    QCOMPARE(m.per_gpu_replicated_kv_bytes, std::int64_t{1008 - 252});
}

void TestMemoryByHand::expertGroups() {
    const auto at = [](std::int64_t devices, std::int64_t tp, std::int64_t ep) {
        return memory(small_designs::experts(), split(scenario(4, 5, 7), devices, tp, 1, ep));
    };
    // Two replicas of the attention over two devices each share the experts of all four.
    const MemoryReport wide = at(4, 2, 4);
    const std::int64_t attention = 1152 / 2 + 12;
    QCOMPARE(wide.per_gpu_weights_bytes,
             2 * (4 * (attention + 128 + 3840 / 4 + 32) + 320 + 320 + 16));
    QCOMPARE(wide.per_gpu_replicated_weights_bytes,
             std::int64_t{2} * (4 * (3 + 3 + 64 + 8 + 8) + 8));
    // A tensor group wider than the expert group splits the experts' columns besides.
    QCOMPARE(at(4, 4, 2).per_gpu_weights_bytes,
             std::int64_t{2} * (4 * (192 + 2 * 96 + 12 + 128 + 3840 / 4 + 32) + 160 + 160 + 16));
    // Experts alone: the rest stands whole on every device, which is no copy within its group.
    const MemoryReport alone = at(4, 1, 4);
    QCOMPARE(alone.per_gpu_weights_bytes,
             std::int64_t{2} * (4 * (1152 + 12 + 128 + 3840 / 4 + 32) + 640 + 640 + 16));
    QCOMPARE(alone.per_gpu_replicated_weights_bytes, std::int64_t{0});
}

void TestMemoryByHand::pipelineStages() {
    // Two layers each; the last stage has the head and the last norm, 16 numbers more than the
    // first with its embedding.
    const MemoryReport m = memory(small_designs::dense(), split(scenario(3, 5, 7), 2, 1, 2, 1));
    QCOMPARE(m.per_gpu_weights_bytes, std::int64_t{2} * (2 * 2336 + 640 + 16));
    QCOMPARE(m.per_gpu_kv_bytes, m.kv_bytes / 2);
    QCOMPARE(m.per_gpu_workspace_bytes, m.workspace_bytes);
    QCOMPARE(m.per_gpu_replicated_weights_bytes, std::int64_t{0});
    QCOMPARE(m.per_gpu_replicated_kv_bytes, std::int64_t{0});
}

void TestMemoryByHand::stagesOfUnequalDepth() {
    // Four layers over three stages: the first takes two and the embedding.
    const MemoryReport m = memory(small_designs::dense(), split(scenario(3, 5, 7), 3, 1, 3, 1));
    QCOMPARE(m.per_gpu_weights_bytes, std::int64_t{2} * (2 * 2336 + 640));
    QCOMPARE(m.per_gpu_kv_bytes, std::int64_t{24} * 2 * 2 * 7 * 3);
    // One layer a stage: the dense one with the embedding, 2904, experts, 6424, and experts with
    // the head and its norm, 7080.
    const MemoryReport kinds =
        memory(small_designs::latent(), split(scenario(3, 5, 7), 3, 1, 3, 1));
    QCOMPARE(kinds.per_gpu_weights_bytes, std::int64_t{2} * 7080);
    QCOMPARE(kinds.per_gpu_kv_bytes, std::int64_t{8} * 2 * 7 * 3);
}

void TestMemoryByHand::tiedHeadHasItsCopy() {
    ModelConfig tied = small_designs::dense();
    tied.tie_word_embeddings = true;
    // One table of 640 on one device; two stages hold it once each.
    QCOMPARE(memory(tied, scenario(3, 5, 7)).per_gpu_weights_bytes,
             std::int64_t{2} * (4 * 2336 + 640 + 16));
    const MemoryReport m = memory(tied, split(scenario(3, 5, 7), 2, 1, 2, 1));
    QCOMPARE(m.weights_bytes, std::int64_t{2} * (4 * 2336 + 640 + 16));
    QCOMPARE(m.per_gpu_weights_bytes, std::int64_t{2} * (2 * 2336 + 640 + 16));
    QCOMPARE(m.per_gpu_replicated_weights_bytes, std::int64_t{2} * 640);
    // Split over two besides: half a table, and half of each norm is a copy.
    const MemoryReport both = memory(tied, split(scenario(3, 5, 7), 4, 2, 2, 1));
    QCOMPARE(both.per_gpu_weights_bytes, std::int64_t{2} * (2 * (1152 + 32) + 320 + 16));
    QCOMPARE(both.per_gpu_replicated_weights_bytes, std::int64_t{2} * (2 * 16 + 320 + 8));
}

void TestMemoryByHand::formats() {
    Scenario s = scenario(3, 5, 7);
    s.formats.weights = NumberFormat::Fp8;
    s.formats.role(ParameterGroup::Experts) = NumberFormat::Int4;
    s.formats.kv = NumberFormat::Int8;
    const MemoryReport m = memory(small_designs::experts(), s);
    // int4 with a scale of 16 bits for 32 numbers: 4.5 bits, 9/16 of a byte.
    QCOMPARE(m.weights_bytes, std::int64_t{4} * (5164 - 3840) + 640 + 640 + 16 + 4 * 3840 * 9 / 16);
    QCOMPARE(m.kv_bytes, std::int64_t{24} * 4 * 7 * 3);
    s.formats.kv = NumberFormat::Int4; // of 24 * 7 = 168 numbers in a layer: 94.5 bytes, hence 95
    QCOMPARE(memory(small_designs::experts(), s).kv_bytes, std::int64_t{95} * 4 * 3);
    s.formats.kv = NumberFormat::Fp32;
    QCOMPARE(memory(small_designs::experts(), s).kv_bytes, std::int64_t{24} * 4 * 4 * 7 * 3);
    for (const auto& [format, bytes] :
         {std::pair{NumberFormat::Fp32, 4.0}, std::pair{NumberFormat::Bf16, 2.0},
          std::pair{NumberFormat::Fp16, 2.0}, std::pair{NumberFormat::Fp8, 1.0},
          std::pair{NumberFormat::Int8, 1.0}, std::pair{NumberFormat::Int4, 0.5625}}) {
        QCOMPARE(bytes_per_number(format), bytes);
    }
}

void TestMemoryByHand::replicasShareTheBatch() {
    // Three replicas of one device and seven sequences: one of them takes three.
    const MemoryReport m = memory(small_designs::dense(), split(scenario(7, 5, 7), 3, 1, 1, 1));
    QCOMPARE(m.kv_bytes, std::int64_t{24} * 2 * 4 * 7 * 7);
    QCOMPARE(m.per_gpu_kv_bytes, std::int64_t{24} * 2 * 4 * 7 * 3);
    QCOMPARE(m.per_gpu_workspace_bytes, std::int64_t{15} * 2 * (64 + 72) + 3 * 4 * 40);
    // Each has memory for three and no more: nine in all.
    QCOMPARE(memory(small_designs::dense(), split(scenario(7, 5, 7), 3, 1, 1, 1), m.per_gpu_bytes)
                 .max_batch,
             std::int64_t{9});
}

void TestMemoryByHand::windowsBoundTheCache() {
    ModelConfig config = small_designs::dense();
    config.model_type = "mistral";
    config.sliding_window = 5;
    const ModelSpec spec = spec_of(config);
    QCOMPARE(kv_bytes_at(spec, 4, NumberFormat::Bf16), std::int64_t{24} * 2 * 4 * 4);
    QCOMPARE(kv_bytes_at(spec, 7, NumberFormat::Bf16), std::int64_t{24} * 2 * 4 * 5);
    const MemoryReport m = memory(config, scenario(3, 2, 7));
    QCOMPARE(m.per_gpu_kv_bytes, std::int64_t{24} * 2 * 4 * 5 * 3);
    // Beyond the window no token costs anything: the search ends at its limit, 2^30 tokens.
    QCOMPARE(memory(config, scenario(3, 2, 7), m.per_gpu_bytes).max_context, std::int64_t{1} << 30);
}

void TestMemoryByHand::largestBatch() {
    // A sequence: 7 tokens of cache, 5 tokens in flight, 40 logits.
    const std::int64_t weights = 2 * (4 * 2336 + 640 + 640 + 16);
    const std::int64_t sequence = 24 * 2 * 4 * 7 + 5 * 2 * (64 + 72) + 4 * 40;
    for (const std::int64_t n : {1, 2, 7, 8, 9, 100}) {
        const std::int64_t device = weights + n * sequence;
        QCOMPARE(memory(small_designs::dense(), scenario(1, 5, 7), device).max_batch, n);
        QCOMPARE(memory(small_designs::dense(), scenario(1, 5, 7), device - 1).max_batch, n - 1);
        QVERIFY(memory(small_designs::dense(), scenario(n, 5, 7), device).fits);
        QVERIFY(!memory(small_designs::dense(), scenario(n, 5, 7), device - 1).fits);
        QVERIFY(!memory(small_designs::dense(), scenario(n + 1, 5, 7), device).fits);
    }
    QCOMPARE(memory(small_designs::dense(), scenario(1, 5, 7), weights).max_batch, std::int64_t{0});
}

void TestMemoryByHand::longestContext() {
    // Two sequences; a prompt is never longer than the context, and in flight as a whole.
    const std::int64_t weights = 2 * (4 * 2336 + 640 + 640 + 16);
    const auto bytes = [&](std::int64_t context) {
        return weights + 2 * (24 * 2 * 4 * context) +
               2 * std::min<std::int64_t>(context, 5) * 2 * (64 + 72) + 2 * 4 * 40;
    };
    for (const std::int64_t n : {1, 4, 5, 6, 1000}) {
        const Scenario s = scenario(2, 5, 3);
        QCOMPARE(memory(small_designs::dense(), s, bytes(n)).max_context, n);
        QCOMPARE(memory(small_designs::dense(), s, bytes(n) - 1).max_context, n - 1);
    }
}

void TestMemoryByHand::splitsThatCannotBe() {
    const auto path = [](const ModelConfig& config, std::int64_t devices, std::int64_t tp,
                         std::int64_t pp, std::int64_t ep) {
        const Status status = check_deployment(spec_of(config), {"h200", devices, tp, pp, ep, 0});
        return status ? std::string() : status.error().text();
    };
    const ModelConfig dense = small_designs::dense();
    ModelConfig experts = small_designs::experts();
    QVERIFY(path(dense, 8, 4, 2, 1).empty());
    QVERIFY(path(dense, 3, 3, 1, 1).find("num_attention_heads 4; nearest: 2 or 4") !=
            std::string::npos);
    QVERIFY(path(dense, 6, 4, 1, 1).find("devices") != std::string::npos);
    QVERIFY(path(dense, 5, 1, 5, 1).starts_with("pipeline_parallel"));
    ModelConfig odd = dense;
    odd.intermediate_size = 25;
    QVERIFY(path(odd, 2, 2, 1, 1).find("intermediate_size 25") != std::string::npos);
    odd = dense; // six heads, of which three share two KV heads: four devices have no equal part
    odd.num_attention_heads = 12;
    odd.num_key_value_heads = 6;
    QVERIFY(path(odd, 4, 4, 1, 1).find("num_key_value_heads 6") != std::string::npos);
    QVERIFY(path(experts, 8, 2, 1, 8).empty());
    QVERIFY(path(experts, 3, 1, 1, 3).find("num_experts 8") != std::string::npos);
    QVERIFY(path(experts, 4, 1, 2, 4).find("at most the devices of one pipeline stage, 2") !=
            std::string::npos);
    QVERIFY(path(experts, 4, 4, 1, 1).find("moe_intermediate_size 10") != std::string::npos);
    QVERIFY(path(experts, 4, 4, 1, 2).empty()); // two columns of each expert's 10
    experts.num_attention_heads = 12;
    experts.num_key_value_heads = 6;
    QVERIFY(path(experts, 12, 6, 1, 4).find("a multiple or a divisor of tensor_parallel 6") !=
            std::string::npos);
}

QTEST_APPLESS_MAIN(TestMemoryByHand)
#include "tst_memory_by_hand.moc"
