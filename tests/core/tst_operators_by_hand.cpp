// SPDX-License-Identifier: GPL-3.0-or-later
// What a step multiplies and moves, operator by operator, for designs small enough to do it by
// hand: pairs under every mask, grouped and latent attention, experts. Sizes stand in
// small_designs.h.
#include "close.h"
#include "core/accounting/operators.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>
#include <map>
#include <string>

using namespace headroom;
using small_designs::spec_of;

namespace {

Step decode(std::int64_t batch, std::int64_t past) {
    Step step;
    step.batch = batch;
    step.past = past;
    return step;
}

Step prefill(std::int64_t batch, std::int64_t tokens) {
    Step step;
    step.phase = Phase::Prefill;
    step.batch = batch;
    step.tokens = tokens;
    return step;
}

Deployment split(std::int64_t tp, std::int64_t ep) {
    Deployment d;
    d.devices = std::max(tp, ep);
    d.tensor_parallel = tp;
    d.expert_parallel = ep;
    return d;
}

/// By name; where several layers have one of the same name, the last stands.
std::map<std::string, Operator> operators(const ModelConfig& config, const Step& step,
                                          const Deployment& deployment = {},
                                          const Formats& formats = {}) {
    std::map<std::string, Operator> all;
    const ModelSpec spec = spec_of(config);
    for_each_operator(spec, step, formats, deployment,
                      [&](const Operator& op) { all[std::string(to_string(op.what))] = op; });
    return all;
}

#define COMPARE_WORK(op, count_, flops_, weights_, activations_, cache_)                           \
    do {                                                                                           \
        QCOMPARE((op).count, std::int64_t{count_});                                                \
        QCOMPARE(static_cast<std::int64_t>((op).flops), std::int64_t{flops_});                     \
        QCOMPARE((op).weight_bytes, double{weights_});                                             \
        QCOMPARE((op).activation_bytes, double{activations_});                                     \
        QCOMPARE((op).cache_bytes, double{cache_});                                                \
    } while (false)

} // namespace

class TestOperatorsByHand : public QObject {
    Q_OBJECT

private slots:
    void pairs_data();
    void pairs();
    void groupedDecode();
    void groupedPrefill();
    void groupedSplit();
    void windowsAreRead();
    void sharedNormsAndSandwiches();
    void wideHeads();
    void latentDecode();
    void latentPrefill();
    void experts();
    void expertsOfAGroup();
    void everyExpert();
    void distinctExperts();
    void tiles();
    void weightFormats();
    void anglesOfRotation();
};

void TestOperatorsByHand::pairs_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("past");
    QTest::addColumn<int>("expected");
    const auto row = [](const char* name, SpanKind kind, int size, int tokens, int past,
                        int expected) {
        QTest::newRow(name) << static_cast<int>(kind) << size << tokens << past << expected;
    };
    row("full, a prompt", SpanKind::Full, 0, 4, 0, 1 + 2 + 3 + 4);
    row("full, behind a past", SpanKind::Full, 0, 3, 5, 6 + 7 + 8);
    row("full, one token", SpanKind::Full, 0, 1, 9, 10);
    row("window, a prompt", SpanKind::Sliding, 3, 5, 0, 1 + 2 + 3 + 3 + 3);
    row("window, within", SpanKind::Sliding, 5, 3, 0, 1 + 2 + 3);
    row("window, entered", SpanKind::Sliding, 3, 3, 1, 2 + 3 + 3);
    row("window, one token", SpanKind::Sliding, 3, 1, 9, 3);
    // Chunks of 4: tokens 0 to 3, 4 to 7, 8 and 9.
    row("chunk, a prompt", SpanKind::Chunked, 4, 10, 0, 10 + 10 + 1 + 2);
    row("chunk, across an edge", SpanKind::Chunked, 4, 3, 6, 3 + 4 + 1);
    row("chunk, its first token", SpanKind::Chunked, 4, 1, 8, 1);
    row("chunk, its last token", SpanKind::Chunked, 4, 1, 7, 4);
}

void TestOperatorsByHand::pairs() {
    QFETCH(int, kind);
    QFETCH(int, size);
    QFETCH(int, tokens);
    QFETCH(int, past);
    QFETCH(int, expected);
    const AttentionSpan span{static_cast<SpanKind>(kind), size};
    QCOMPARE(static_cast<std::int64_t>(attended_pairs(span, tokens, past)),
             static_cast<std::int64_t>(expected));
    // An encoder's tokens see all of each other.
    QCOMPARE(static_cast<std::int64_t>(attended_pairs(span, tokens, past, false)),
             static_cast<std::int64_t>(tokens * (tokens + past)));
}

void TestOperatorsByHand::groupedDecode() {
    const auto ops = operators(small_designs::dense(), decode(3, 9));
    // Three rows of 16 numbers of 2 bytes are 96 bytes.
    COMPARE_WORK(ops.at("embed_tokens"), 1, 0, 0, 2 * 96, 0);
    COMPARE_WORK(ops.at("norms"), 4, 0, 0, 2 * 2 * 96, 0); // two norms, read and written
    // 16 -> q 24, k 12, v 12.
    COMPARE_WORK(ops.at("qkv_proj"), 4, 2 * 3 * 16 * 48, 2 * 16 * 48, 2 * 3 * (16 + 48), 0);
    COMPARE_WORK(ops.at("rotary_and_norm"), 4, 0, 0, 2 * 2 * 3 * (24 + 12), 0);
    // Two products over 4 heads of 6 and 10 keys; queries in, result out; 2 * 2 * 6 numbers of
    // cache for 10 tokens.
    COMPARE_WORK(ops.at("attention"), 4, 3 * 2 * 2 * 24 * 10, 0, 2 * 3 * (24 + 24),
                 3 * 2 * 24 * 10);
    COMPARE_WORK(ops.at("o_proj"), 4, 2 * 3 * 24 * 16, 2 * 24 * 16, 2 * 3 * (24 + 16), 0);
    COMPARE_WORK(ops.at("gate_up_proj"), 4, 2 * 3 * 16 * 48, 2 * 16 * 48, 2 * 3 * (16 + 48), 0);
    COMPARE_WORK(ops.at("activation"), 4, 0, 0, 2 * 3 * (48 + 24), 0);
    COMPARE_WORK(ops.at("down_proj"), 4, 2 * 3 * 24 * 16, 2 * 24 * 16, 2 * 3 * (24 + 16), 0);
    COMPARE_WORK(ops.at("final_norm"), 1, 0, 0, 2 * 96, 0);
    COMPARE_WORK(ops.at("lm_head"), 1, 2 * 3 * 16 * 40, 2 * 16 * 40, 2 * 3 * (16 + 40), 0);
    QCOMPARE(ops.size(), std::size_t{11}); // nothing is sent
    // Kernels: three around the residual stream, rotation alone, one activation.
    QCOMPARE(ops.at("norms").launches, 3.0);
    QCOMPARE(ops.at("rotary_and_norm").launches, 1.0);
    QCOMPARE(ops.at("activation").launches, 1.0);
    QCOMPARE(ops.at("qkv_proj").launches, 1.0);
    // The sum of one sequence.
    QCOMPARE(step_flops(spec_of(small_designs::dense()), decode(1, 9)),
             std::int64_t{4 * (2 * 2304 + 2 * 2 * 24 * 10) + 2 * 640});
}

void TestOperatorsByHand::groupedPrefill() {
    const auto ops = operators(small_designs::dense(), prefill(2, 5));
    // Ten rows; 15 pairs of a sequence; keys and values of its five tokens.
    COMPARE_WORK(ops.at("attention"), 4, 2 * 2 * 2 * 24 * 15, 0, 2 * 10 * (24 + 24),
                 2 * 2 * 24 * 5);
    COMPARE_WORK(ops.at("qkv_proj"), 4, 2 * 10 * 16 * 48, 2 * 16 * 48, 2 * 10 * (16 + 48), 0);
    // The head works on each sequence's last token, or on all.
    COMPARE_WORK(ops.at("lm_head"), 1, 2 * 2 * 16 * 40, 2 * 16 * 40, 2 * 2 * (16 + 40), 0);
    Step all = prefill(2, 5);
    all.head_for_last_only = false;
    all.pairs = PairCounting::Dense;
    const auto dense = operators(small_designs::dense(), all);
    COMPARE_WORK(dense.at("lm_head"), 1, 2 * 10 * 16 * 40, 2 * 16 * 40, 2 * 10 * (16 + 40), 0);
    QCOMPARE(static_cast<std::int64_t>(dense.at("attention").flops),
             std::int64_t{2 * 2 * 2 * 24 * 25});
}

void TestOperatorsByHand::groupedSplit() {
    // Four devices: one query head and one KV head each.
    const auto ops = operators(small_designs::dense(), decode(3, 9), split(4, 1));
    COMPARE_WORK(ops.at("qkv_proj"), 4, 2 * 3 * 16 * 18, 2 * 16 * 18, 2 * 3 * (16 + 18), 0);
    COMPARE_WORK(ops.at("attention"), 4, 3 * 2 * 2 * 6 * 10, 0, 2 * 3 * 12, 3 * 2 * 12 * 10);
    COMPARE_WORK(ops.at("o_proj"), 4, 2 * 3 * 6 * 16, 2 * 6 * 16, 2 * 3 * (6 + 16), 0);
    COMPARE_WORK(ops.at("gate_up_proj"), 4, 2 * 3 * 16 * 12, 2 * 16 * 12, 2 * 3 * (16 + 12), 0);
    COMPARE_WORK(ops.at("lm_head"), 1, 2 * 3 * 16 * 10, 2 * 16 * 10, 2 * 3 * (16 + 10), 0);
    COMPARE_WORK(ops.at("norms"), 4, 0, 0, 2 * 2 * 96, 0);
}

void TestOperatorsByHand::windowsAreRead() {
    ModelConfig config = small_designs::dense();
    config.model_type = "mistral";
    config.sliding_window = 4;
    const auto cache = [&](const Step& step) {
        return operators(config, step).at("attention").cache_bytes;
    };
    QCOMPARE(cache(decode(3, 9)), 3.0 * 2 * 24 * 4); // itself and three before
    QCOMPARE(cache(decode(3, 2)), 3.0 * 2 * 24 * 3);
    QCOMPARE(static_cast<std::int64_t>(operators(config, decode(3, 9)).at("attention").flops),
             std::int64_t{3 * 2 * 2 * 24 * 4});
}

void TestOperatorsByHand::sharedNormsAndSandwiches() {
    // QK-norm is a kernel more, and four norms move twice as much as two.
    const auto normed = operators(small_designs::experts(), decode(3, 9));
    QCOMPARE(normed.at("rotary_and_norm").launches, 2.0);
    ModelConfig config = small_designs::dense();
    config.model_type = "gemma2";
    config.hidden_act = "gelu_pytorch_tanh";
    COMPARE_WORK(operators(config, decode(3, 9)).at("norms"), 4, 0, 0, 4 * 2 * 96, 0);
}

void TestOperatorsByHand::wideHeads() {
    ModelConfig config = small_designs::dense();
    const auto share = [&](std::int64_t dim) {
        config.head_dim = dim;
        return operators(config, decode(1, 9)).at("attention").memory_share;
    };
    QCOMPARE(share(64), 1.0);
    QCOMPARE(share(128), 1.0);
    QVERIFY(std::abs(share(256) - 0.8122523963562356) < 1e-15); // 2^-0.3
    QVERIFY(std::abs(share(512) - 0.6597539553864471) < 1e-15); // 4^-0.3
}

void TestOperatorsByHand::latentDecode() {
    const auto ops = operators(small_designs::latent(), decode(3, 9));
    COMPARE_WORK(ops.at("q_a_proj"), 2, 2 * 3 * 16 * 10, 2 * 16 * 10, 2 * 3 * (16 + 10), 0);
    COMPARE_WORK(ops.at("q_b_proj"), 2, 2 * 3 * 10 * 24, 2 * 10 * 24, 2 * 3 * (10 + 24), 0);
    COMPARE_WORK(ops.at("kv_a_proj"), 2, 2 * 3 * 16 * 8, 2 * 16 * 8, 2 * 3 * (16 + 8), 0);
    COMPARE_WORK(ops.at("rotary_and_norm"), 2, 0, 0, 2 * 2 * 3 * (24 + 6), 0);
    // Queries into the latent space: 4 numbers of each of 4 heads to 6.
    COMPARE_WORK(ops.at("q_absorb"), 2, 2 * 3 * 4 * 24, 2 * 4 * 24, 2 * 3 * (4 + 24), 0);
    // Scores against 10 rows of 6 + 2 numbers: 4 heads of 8 in, 4 * 10 scores out.
    COMPARE_WORK(ops.at("attention.scores"), 2, 3 * 2 * 4 * 8 * 10, 0, 2 * 3 * (32 + 40),
                 3 * 2 * 8 * 10);
    COMPARE_WORK(ops.at("attention.softmax"), 2, 0, 0, 2 * 2 * 3 * 40, 0);
    // Values from the latent's 6 numbers, which are read again.
    COMPARE_WORK(ops.at("attention.values"), 2, 3 * 2 * 4 * 6 * 10, 0, 2 * 3 * (24 + 40),
                 3 * 2 * 6 * 10);
    COMPARE_WORK(ops.at("v_absorb"), 2, 2 * 3 * 6 * 20, 2 * 6 * 20, 2 * 3 * (6 + 20), 0);
    COMPARE_WORK(ops.at("o_proj"), 2, 2 * 3 * 20 * 16, 2 * 20 * 16, 2 * 3 * (20 + 16), 0);
    // Over two devices: two heads each, the whole latent on both.
    const auto half = operators(small_designs::latent(), decode(3, 9), split(2, 2));
    COMPARE_WORK(half.at("q_b_proj"), 2, 2 * 3 * 10 * 12, 2 * 10 * 12, 2 * 3 * (10 + 12), 0);
    COMPARE_WORK(half.at("kv_a_proj"), 2, 2 * 3 * 16 * 8, 2 * 16 * 8, 2 * 3 * (16 + 8), 0);
    COMPARE_WORK(half.at("attention.scores"), 2, 3 * 2 * 2 * 8 * 10, 0, 2 * 3 * (16 + 20),
                 3 * 2 * 8 * 10);
    // Without a query rank one product makes the queries.
    ModelConfig plain = small_designs::latent();
    plain.q_lora_rank.reset();
    const auto direct = operators(plain, decode(3, 9));
    COMPARE_WORK(direct.at("q_proj"), 2, 2 * 3 * 16 * 24, 2 * 16 * 24, 2 * 3 * (16 + 24), 0);
    QVERIFY(!direct.contains("q_a_proj"));
}

void TestOperatorsByHand::latentPrefill() {
    const auto ops = operators(small_designs::latent(), prefill(2, 5));
    // Keys of 4 and values of 5 from the latent's 6, for 4 heads.
    COMPARE_WORK(ops.at("kv_b_proj"), 2, 2 * 10 * 6 * 36, 2 * 6 * 36, 2 * 10 * (6 + 36), 0);
    // Put together: 4 read and 4 + 2 written of a key, 5 read and written of a value.
    COMPARE_WORK(ops.at("expand_latent"), 2, 0, 0, 2 * 10 * 4 * (2 * 4 + 2 + 2 * 5), 0);
    // 15 pairs of a sequence: keys of 6, values of 5. Queries and keys in, values in, result out;
    // the cache is written, 8 numbers a token.
    COMPARE_WORK(ops.at("attention"), 2, 2 * 2 * 4 * 11 * 15, 0, 2 * 10 * (2 * 24 + 2 * 20),
                 2 * 2 * 8 * 5);
    QVERIFY(!ops.contains("q_absorb") && !ops.contains("attention.scores"));
}

void TestOperatorsByHand::experts() {
    // One token: two of eight experts. Each is 16 -> 2 * 10 -> 16.
    const auto one = operators(small_designs::experts(), decode(1, 9));
    COMPARE_WORK(one.at("router"), 4, 2 * 16 * 8, 2 * 16 * 8, 2 * (16 + 8), 0);
    COMPARE_WORK(one.at("experts.gate_up_proj"), 4, 2 * 2 * 16 * 20, 2 * 2 * 16 * 20,
                 2 * 2 * (16 + 20), 0);
    COMPARE_WORK(one.at("experts.down_proj"), 4, 2 * 2 * 10 * 16, 2 * 2 * 10 * 16,
                 2 * 2 * (10 + 16), 0);
    QCOMPARE(one.at("experts.gate_up_proj").experts, 2.0);
    QCOMPARE(one.at("experts.gate_up_proj").rows_per_expert, 1.0);
    // Scores 8; of two rows of 16 each gathered (read and written) and added (read, and added at
    // six times the cost of moving two numbers); activations 3 * 10 each.
    const Operator& around = one.at("routing");
    QCOMPARE(around.activation_bytes, 2.0 * (8 + 2 * 2 * 16 + 2 * 3 * 10 + 2 * 2 * 16));
    QVERIFY(close(around.memory_share, (8 + 64 + 60 + 64.0) / (8 + 64 + 60 + 6 * 64.0)));
    QCOMPARE(around.launches, 5.0);
    // Three tokens reach 8 * (1 - 0.75^3) = 4.625 experts with two rows of each.
    const auto three = operators(small_designs::experts(), decode(3, 9));
    const Operator& up = three.at("experts.gate_up_proj");
    QVERIFY(close(up.experts, 4.625));
    QVERIFY(close(up.weight_bytes, 4.625 * 2 * 16 * 20));
    QVERIFY(close(up.rows_per_expert, 6 / 4.625));
    QCOMPARE(static_cast<std::int64_t>(up.flops), std::int64_t{2 * 6 * 16 * 20});
    // The shared expert is a product like any other.
    const auto shared = operators(small_designs::latent(), decode(3, 9));
    COMPARE_WORK(shared.at("shared_experts.gate_up_proj"), 2, 2 * 3 * 16 * 24, 2 * 16 * 24,
                 2 * 3 * (16 + 24), 0);
    COMPARE_WORK(shared.at("shared_experts.down_proj"), 2, 2 * 3 * 12 * 16, 2 * 12 * 16,
                 2 * 3 * (12 + 16), 0);
}

void TestOperatorsByHand::expertsOfAGroup() {
    // Four devices of experts over two of the attention: two replicas bring six tokens, which
    // reach 8 * (1 - 0.75^6) experts; a device has a quarter of them, and of the rows.
    const double reached = 8 * (1 - std::pow(0.75, 6));
    const auto ops = operators(small_designs::experts(), decode(3, 9), split(2, 4));
    const Operator& up = ops.at("experts.gate_up_proj");
    QVERIFY(close(up.experts, reached / 4));
    QVERIFY(close(up.weight_bytes, reached * 2 * 16 * 20 / 4));
    QVERIFY(close(up.activation_bytes, 2.0 * 12 * (16 + 20) / 4));
    QCOMPARE(static_cast<std::int64_t>(up.flops), std::int64_t{2 * 12 * 16 * 20 / 4});
    QVERIFY(close(up.rows_per_expert, 12 / reached));
    // Every device scores its own three tokens; of twelve rows of 16 a quarter passes here, and a
    // quarter of the activations of twelve.
    QVERIFY(close(ops.at("routing").activation_bytes,
                  2.0 * (3 * 8 + 4 * 12 * 16 / 4.0 + 3 * 12 * 10 / 4.0)));
}

void TestOperatorsByHand::everyExpert() {
    // Llama 4's reference multiplies all experts with every token.
    Step step = prefill(1, 5);
    step.all_experts = true;
    const Operator up = operators(small_designs::experts(), step).at("experts.gate_up_proj");
    QCOMPARE(static_cast<std::int64_t>(up.flops), std::int64_t{2 * 5 * 8 * 16 * 20});
    QCOMPARE(up.weight_bytes, 2.0 * 8 * 16 * 20);
}

void TestOperatorsByHand::distinctExperts() {
    // 4 experts, 1 for a token: 1, 1.75, 2.3125 of them are reached by 1, 2, 3 tokens.
    QCOMPARE(expected_distinct_experts(4, 1, 1), 1.0);
    QCOMPARE(expected_distinct_experts(4, 1, 2), 1.75);
    QCOMPARE(expected_distinct_experts(4, 1, 3), 2.3125);
    QCOMPARE(expected_distinct_experts(4, 1, 0), 0.0);
    QCOMPARE(expected_distinct_experts(4, 4, 1), 4.0);
    // 256 experts, 8 for each of 32 tokens: 256 * (1 - (31/32)^32), not 256.
    QVERIFY(std::abs(expected_distinct_experts(256, 8, 32) - 163.313846) < 1e-6);
}

void TestOperatorsByHand::tiles() {
    // 512 tokens, two of eight experts each: 128 rows of every expert, give or take their root. The
    // second tile is begun when 128.5 or more come: half of erfc(0.5 / sqrt(128) / sqrt(2)).
    const auto up = [](std::int64_t tokens) {
        return operators(small_designs::experts(), prefill(1, tokens)).at("experts.gate_up_proj");
    };
    const double tiles = 1 + 0.5 * std::erfc(0.5 / std::sqrt(128.0) / std::sqrt(2.0));
    QVERIFY(std::abs(tiles - 1.482375) < 1e-6);
    QVERIFY(std::abs(up(512).compute_share - 128 / (128 * tiles)) < 1e-9);
    // 20 columns are one tile of 128; there are eight experts.
    QVERIFY(std::abs(up(512).tiles - 8 * tiles) < 1e-9);
    // Few rows take one tile, whatever they are.
    QVERIFY(close(up(4).compute_share, up(4).rows_per_expert / 128));
    // 4000 tokens, 1000 rows, give or take 31.6: six tiles for sure, and one more each time that
    // 768, 896, 1024 or 1152 rows are exceeded.
    const auto begun = [](double rows) {
        return 0.5 * std::erfc((rows + 0.5 - 1000) / std::sqrt(1000.0) / std::sqrt(2.0));
    };
    const double many = 6 + begun(768) + begun(896) + begun(1024) + begun(1152);
    QVERIFY(std::abs(up(4000).compute_share - 1000 / (128 * many)) < 1e-6);
    // An expert of 200 has 400 columns in four tiles.
    ModelConfig wide = small_designs::experts();
    wide.moe_intermediate_size = 200;
    QVERIFY(std::abs(operators(wide, prefill(1, 512)).at("experts.gate_up_proj").tiles -
                     8 * 4 * tiles) < 1e-9);
}

void TestOperatorsByHand::weightFormats() {
    Formats formats;
    formats.weights = NumberFormat::Fp8;
    formats.kv = NumberFormat::Int8;
    formats.role(ParameterGroup::Experts) = NumberFormat::Int4;
    formats.role(ParameterGroup::LmHead) = NumberFormat::Bf16;
    const auto ops = operators(small_designs::experts(), decode(1, 9), {}, formats);
    QCOMPARE(ops.at("qkv_proj").weight_bytes, 16.0 * 48);
    QCOMPARE(ops.at("qkv_proj").activation_bytes, 2.0 * (16 + 48)); // bf16 all the same
    QCOMPARE(ops.at("attention").cache_bytes, 24.0 * 10);
    QCOMPARE(ops.at("experts.gate_up_proj").weight_bytes, 2 * 16 * 20 * 9 / 16.0);
    QCOMPARE(ops.at("lm_head").weight_bytes, 2.0 * 16 * 40);
    QVERIFY(ops.at("experts.gate_up_proj").format == NumberFormat::Int4);
    // A tied head is the embedding and stored as that is.
    ModelConfig tied = small_designs::experts();
    tied.tie_word_embeddings = true;
    QCOMPARE(operators(tied, decode(1, 9), {}, formats).at("lm_head").weight_bytes, 16.0 * 40);
}

void TestOperatorsByHand::anglesOfRotation() {
    // One table of 3 frequencies, for 7 tokens a product of 2 * 3 * 7.
    QCOMPARE(rotary_product_flops(spec_of(small_designs::dense()), 7), std::int64_t{42});
    QCOMPARE(rotary_product_flops(spec_of(small_designs::latent()), 7), std::int64_t{14});
    // Gemma 3 turns local layers by another base: two tables.
    ModelConfig config = small_designs::dense();
    config.model_type = "gemma3_text";
    config.hidden_act = "gelu_pytorch_tanh";
    config.rope_theta = 1e6;
    config.layer_types = {"sliding_attention", "full_attention", "sliding_attention",
                          "full_attention"};
    config.sliding_window = 4;
    QCOMPARE(rotary_product_flops(spec_of(config), 7), std::int64_t{84});
}

QTEST_APPLESS_MAIN(TestOperatorsByHand)
#include "tst_operators_by_hand.moc"
