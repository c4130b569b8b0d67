// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's time from a made-up profile of which all but one cost is nothing: what is left
// counts bytes, panels, norms, pairs, wake-ups. Designs stand in small_designs.h; weights are fp32.
#include "close.h"
#include "core/this_computer/engine_cuts.h"
#include "core/this_computer/this_computer_time.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>

using namespace headroom;
using small_designs::spec_of;

namespace {

constexpr double never = 1e60; // bytes or FLOPs a second: takes no time

ComputerProfile idle(int threads = 1) {
    ComputerProfile c;
    c.threads = threads;
    c.vector_numbers = 4;
    c.tile_rows = 12;
    for (const NumberFormat format : {NumberFormat::Fp32, NumberFormat::Bf16}) {
        c.reading.push_back({format, 1024, never});
        c.products.push_back({format, 2, 16, never});
    }
    c.attention.push_back({64, 16, 1, false, 0});
    c.attention.push_back({64, 16, 1, true, 0});
    return c;
}

EngineStep step(std::int64_t tokens, std::int64_t past) {
    EngineStep s;
    s.tokens = tokens;
    s.past = past;
    return s;
}

double part(const EngineTime& time, OperatorKind kind) {
    return time.by_kind[static_cast<std::size_t>(kind)];
}

#define VERIFY_CLOSE(a, b)                                                                         \
    QVERIFY2(close(a, b), qPrintable(QStringLiteral("%1 against %2").arg(a).arg(b)))

} // namespace

class TestThisComputerByHand : public QObject {
    Q_OBJECT

private slots:
    void cuts();
    void betweenPoints();
    void weightsAreRead();
    void panels();
    void products();
    void norms();
    void rotation();
    void activations();
    void routing();
    void attentionOfOneToken();
    void attentionOfAPrompt();
    void cacheIsRead();
    void wakingThreads();
    void exchange();
    void chunks();
    void errors();
    void forecast();
};

void TestThisComputerByHand::cuts() {
    QVERIFY(!packs_its_own_rows(47, 2));
    QVERIFY(packs_its_own_rows(48, 2)); // 24 for each thread
    QCOMPARE(workers_for(7, 3, 8), 3.0);
    QCOMPARE(workers_for(7, 3, 2), 2.0);
    QCOMPARE(workers_for(0, 3, 2), 1.0);
    QCOMPARE(busy_threads(3, 2), 1.5); // as long as four tasks
    QCOMPARE(busy_threads(4, 2), 2.0);
    QCOMPARE(busy_threads(1, 2), 1.0);
    QCOMPARE(tile_height(12, 12), 12.0);
    QCOMPARE(tile_height(13, 12), 7.0); // two tiles of about the same height
}

void TestThisComputerByHand::betweenPoints() {
    // Seconds, not rates, follow the logarithm of the size: in the middle of 2^20 and 2^28 stands
    // the mean of 1/200 and 1/40.
    ComputerProfile c = idle();
    c.reading = {{NumberFormat::Fp32, 1 << 28, 40e9}, {NumberFormat::Fp32, 1 << 20, 200e9}};
    VERIFY_CLOSE(c.reading_bytes_per_s(NumberFormat::Fp32, 1 << 24), 2 / (1 / 200e9 + 1 / 40e9));
    VERIFY_CLOSE(c.reading_bytes_per_s(NumberFormat::Fp32, 1 << 22),
                 1 / (0.75 / 200e9 + 0.25 / 40e9));
    // A format that was not measured is read as fp32 is.
    QCOMPARE(c.reading_bytes_per_s(NumberFormat::Bf16, 1 << 20), 200e9);
    c.products = {{NumberFormat::Fp32, 2, 64, 1e9},
                  {NumberFormat::Fp32, 32, 64, 3e9},
                  {NumberFormat::Fp32, 2, 1024, 2e9},
                  {NumberFormat::Fp32, 32, 1024, 6e9}};
    // 8 rows lie in the middle of 2 and 32, 256 inputs of 64 and 1024.
    const double at_64 = (1 / 1e9 + 1 / 3e9) / 2;
    const double at_1024 = (1 / 2e9 + 1 / 6e9) / 2;
    VERIFY_CLOSE(c.product_flops_per_s(NumberFormat::Fp32, 8, 256), 2 / (at_64 + at_1024));
    // Pairs: straight lines along the head, in whole vectors of 4 numbers, and beyond.
    c.attention = {{64, 16, 1, false, 1.0}, {128, 16, 1, false, 1.5}};
    VERIFY_CLOSE(c.attention_pair_s(96, 96, 16, 1, false), 1.25);
    VERIFY_CLOSE(c.attention_pair_s(93, 93, 16, 1, false), 1.25); // 96 are worked on
    VERIFY_CLOSE(c.attention_pair_s(192, 192, 16, 1, false), 2.0);
    VERIFY_CLOSE(c.attention_pair_s(128, 64, 16, 1, false), 1.25); // key and value, on average
    c.attention = {{64, 16, 1, true, 1.0}, {128, 16, 1, true, 1.5}};
    VERIFY_CLOSE(c.attention_pair_s(94, 96, 16, 1, true), 1.0 + 31.0 / 128); // keys lie along
}

void TestThisComputerByHand::weightsAreRead() {
    // One token; panels of 32 outputs are whole: qkv 16 x 48 is read as 16 x 64, o 24 x 16 as 24 x
    // 32, gate and up 16 x 48 as 16 x 64, down 24 x 16 as 24 x 32, head 16 x 40 as 16 x 64.
    ComputerProfile c = idle();
    c.reading.front().bytes_per_s = 1; // fp32
    const EngineTime time = engine_time(spec_of(small_designs::dense()), step(1, 9), c);
    VERIFY_CLOSE(part(time, OperatorKind::Linear), 4.0 * (4 * (1024 + 768 + 1024 + 768) + 1024));
    // Of experts two: 16 x 20 as 16 x 32 and 10 x 16 as 10 x 32.
    const EngineTime experts = engine_time(spec_of(small_designs::experts()), step(1, 9), c);
    VERIFY_CLOSE(part(experts, OperatorKind::Expert), 4.0 * 4 * 2 * (512 + 320));
    // bf16 has half the bytes.
    EngineStep narrow = step(1, 9);
    narrow.weights = NumberFormat::Bf16;
    c = idle();
    c.reading.back().bytes_per_s = 1; // bf16
    VERIFY_CLOSE(
        part(engine_time(spec_of(small_designs::dense()), narrow, c), OperatorKind::Linear),
        2.0 * (4 * (1024 + 768 + 1024 + 768) + 1024));
}

void TestThisComputerByHand::panels() {
    ComputerProfile c = idle();
    c.panel_s = 1;
    // qkv 2, o 1, gate and up 2, down 1 in each layer, head 2.
    VERIFY_CLOSE(engine_time(spec_of(small_designs::dense()), step(1, 9), c).seconds, 4 * 6 + 2);
    // qkv 2, o 1, router 1 in each layer, head 2; two experts of one and one.
    const EngineTime experts = engine_time(spec_of(small_designs::experts()), step(1, 9), c);
    VERIFY_CLOSE(part(experts, OperatorKind::Linear), 4 * 4 + 2);
    VERIFY_CLOSE(part(experts, OperatorKind::Expert), 4 * 2 * 2);
}

void TestThisComputerByHand::products() {
    // Five rows multiply: twice 5 times the padded weights; the head works on the last row alone.
    ComputerProfile c = idle();
    c.products.front().flops_per_s = 1;
    const ModelSpec spec = spec_of(small_designs::dense());
    VERIFY_CLOSE(part(engine_time(spec, step(5, 0), c), OperatorKind::Linear),
                 2.0 * 5 * 4 * (1024 + 768 + 1024 + 768));
    EngineStep all = step(5, 0);
    all.logits_for_all = true;
    VERIFY_CLOSE(part(engine_time(spec, all, c), OperatorKind::Linear),
                 2.0 * 5 * (4 * (1024 + 768 + 1024 + 768) + 1024));
    // Rows are made ready: 5 times the inputs 16, 24, 16 and 24 in each layer.
    c = idle();
    c.packing_s = 1;
    VERIFY_CLOSE(part(engine_time(spec, step(5, 0), c), OperatorKind::Linear), 5.0 * 4 * 80);
    // Reading hides beside multiplying: sqrt(3^2 + 4^2) of a product that takes 3 and 4.
    c = idle();
    ModelConfig one = small_designs::dense();
    one.num_hidden_layers = 1;
    const double weights = 1024 + 768 + 1024 + 768; // the head's one row only reads
    c.products.front().flops_per_s = 2 * 5 / 3.0;
    c.reading.front().bytes_per_s = 1;
    VERIFY_CLOSE(part(engine_time(spec_of(one), step(5, 0), c), OperatorKind::Linear),
                 std::hypot(3.0, 4.0) * weights + 4 * 1024);
}

void TestThisComputerByHand::norms() {
    ComputerProfile c = idle();
    c.norm_row_s = 1;
    const ModelSpec spec = spec_of(small_designs::dense());
    // Two norms a layer and the last; a prompt's tokens each.
    VERIFY_CLOSE(engine_time(spec, step(1, 9), c).seconds, 9);
    VERIFY_CLOSE(engine_time(spec, step(5, 0), c).seconds, 45);
    // QK-norm: four query heads and two KV heads besides. The routed sum is one pass for each of
    // two experts.
    VERIFY_CLOSE(engine_time(spec_of(small_designs::experts()), step(1, 9), c).seconds,
                 9 + 4 * 6 + 4 * 2);
    // The latents have norms of their own.
    VERIFY_CLOSE(engine_time(spec_of(small_designs::latent()), step(1, 9), c).seconds,
                 7 + 3 * 2 + 2 * 2);
    // Numbers: nine norms of 16 and the embedding's row.
    c = idle();
    c.element_s = 1;
    VERIFY_CLOSE(engine_time(spec, step(1, 9), c).seconds, 10 * 16);
    // Gemma's branches are normed before and after, and added apart.
    ModelConfig sandwich = small_designs::dense();
    sandwich.model_type = "gemma2";
    sandwich.hidden_act = "gelu_pytorch_tanh";
    VERIFY_CLOSE(engine_time(spec_of(sandwich), step(1, 9), c).seconds, (4 * (4 + 2) + 2) * 16);
}

void TestThisComputerByHand::rotation() {
    ComputerProfile c = idle();
    c.rotation_s = 1;
    // Six heads of three pairs, which fit a vector of four, or two vectors of two.
    VERIFY_CLOSE(engine_time(spec_of(small_designs::dense()), step(1, 9), c).seconds, 4 * 6);
    c.vector_numbers = 2;
    VERIFY_CLOSE(engine_time(spec_of(small_designs::dense()), step(1, 9), c).seconds, 4 * 6 * 2);
    // Four heads and the key that they share, of one pair.
    VERIFY_CLOSE(engine_time(spec_of(small_designs::latent()), step(1, 9), c).seconds, 3 * 5);
}

void TestThisComputerByHand::activations() {
    ComputerProfile c = idle();
    c.activation_s = 1;
    VERIFY_CLOSE(engine_time(spec_of(small_designs::dense()), step(1, 9), c).seconds, 4 * 24);
    VERIFY_CLOSE(engine_time(spec_of(small_designs::dense()), step(5, 0), c).seconds, 5 * 4 * 24);
    // Two experts of ten; all threads share them.
    VERIFY_CLOSE(engine_time(spec_of(small_designs::experts()), step(1, 9), c).seconds, 4 * 20);
    c.threads = 2;
    VERIFY_CLOSE(engine_time(spec_of(small_designs::experts()), step(1, 9), c).seconds, 4 * 10);
}

void TestThisComputerByHand::routing() {
    ComputerProfile c = idle();
    c.routing_s = 1;
    VERIFY_CLOSE(engine_time(spec_of(small_designs::experts()), step(3, 0), c).seconds, 3 * 4 * 8);
}

void TestThisComputerByHand::attentionOfOneToken() {
    ComputerProfile c = idle();
    c.attention.front().pair_s = 1;
    // Four heads, ten keys, four layers.
    const ModelSpec spec = spec_of(small_designs::dense());
    VERIFY_CLOSE(engine_time(spec, step(1, 9), c).seconds, 4 * 4 * 10);
    // Of six heads to a KV head four share a reading, and the other two.
    ModelConfig six = small_designs::dense();
    six.num_attention_heads = 12;
    c.attention = {{64, 16, 2, false, 3}, {64, 16, 4, false, 1}};
    VERIFY_CLOSE(engine_time(spec_of(six), step(1, 9), c).seconds,
                 4.0 * 2 * (4 * 10 * 1 + 2 * 10 * 3));
    // A window of 4 keys, and a chunk of 4 that has its second token.
    c.attention = {{64, 16, 1, false, 1}};
    ModelConfig window = small_designs::dense();
    window.model_type = "mistral";
    window.sliding_window = 4;
    VERIFY_CLOSE(engine_time(spec_of(window), step(1, 9), c).seconds, 4 * 4 * 4);
    ModelConfig chunk = small_designs::dense();
    chunk.model_type = "llama4_text";
    chunk.attention_chunk_size = 4;
    chunk.intermediate_size_mlp = 24;
    chunk.num_experts = 8;
    chunk.num_experts_per_tok = 1;
    chunk.layer_types.assign(4, "chunked_attention");
    VERIFY_CLOSE(part(engine_time(spec_of(chunk), step(1, 9), c), OperatorKind::Attention),
                 4 * 4 * 2);
}

void TestThisComputerByHand::attentionOfAPrompt() {
    ComputerProfile c = idle();
    c.attention.back().pair_s = 1;
    // A tile of five tokens works on all five keys; 14 tokens are tiles of 12 on 12 keys and of 2
    // on 14.
    const ModelSpec spec = spec_of(small_designs::dense());
    VERIFY_CLOSE(engine_time(spec, step(5, 0), c).seconds, 4 * 4 * 25);
    VERIFY_CLOSE(engine_time(spec, step(14, 0), c).seconds, 4 * 4 * (12 * 12 + 2 * 14));
    // Behind ten cached tokens.
    VERIFY_CLOSE(engine_time(spec, step(5, 10), c).seconds, 4 * 4 * 5 * 15);
}

void TestThisComputerByHand::cacheIsRead() {
    ComputerProfile c = idle();
    c.reading.front().bytes_per_s = 1;
    const ModelSpec spec = spec_of(small_designs::dense());
    // 24 numbers of 4 bytes for ten tokens in each layer; a prompt's are read, written, which reads
    // what lay there, and read again.
    VERIFY_CLOSE(part(engine_time(spec, step(1, 9), c), OperatorKind::Attention), 4 * 960);
    VERIFY_CLOSE(part(engine_time(spec, step(5, 5), c), OperatorKind::Attention), 4 * 4 * 960);
}

void TestThisComputerByHand::wakingThreads() {
    ComputerProfile c = idle(2);
    c.region_s = 1;
    const ModelSpec spec = spec_of(small_designs::dense());
    // One token: everything else is too small to be shared, attention wakes them in each layer.
    EngineTime time = engine_time(spec, step(1, 9), c);
    VERIFY_CLOSE(time.waiting_s, 4);
    VERIFY_CLOSE(time.seconds, 4);
    // 16 tokens are two pieces: embedding, two norms, rotation and two passes of attention in each
    // layer, last norm. The products are still too small.
    VERIFY_CLOSE(engine_time(spec, step(16, 0), c).waiting_s, 1 + 4 * (2 + 1 + 2) + 1);
}

void TestThisComputerByHand::exchange() {
    // Queries and results of attention, 48 numbers of 4 bytes: half of them another thread wrote,
    // and each of two threads fetches its part.
    ComputerProfile c = idle(2);
    c.exchange_s = 1;
    const ModelSpec spec = spec_of(small_designs::dense());
    VERIFY_CLOSE(engine_time(spec, step(1, 9), c).seconds, 4 * 48 * 4 / 2.0 / 2);
    c.threads = 1;
    QCOMPARE(engine_time(spec, step(1, 9), c).seconds, 0.0);
}

void TestThisComputerByHand::chunks() {
    // Five tokens in runs of two: two, two and one.
    ComputerProfile c = idle();
    c.reading.front().bytes_per_s = 1e9;
    c.products.front().flops_per_s = 1e9;
    c.attention.front().pair_s = 1e-9;
    c.attention.back().pair_s = 2e-9;
    const ModelSpec spec = spec_of(small_designs::dense());
    EngineStep s = step(5, 3);
    s.chunk = 2;
    VERIFY_CLOSE(engine_time(spec, s, c).seconds, engine_time(spec, step(2, 3), c).seconds +
                                                      engine_time(spec, step(2, 5), c).seconds +
                                                      engine_time(spec, step(1, 7), c).seconds);
}

void TestThisComputerByHand::errors() {
    // The estimate's own 18% and a spread of 24% are 30% together.
    ComputerProfile c = idle();
    c.panel_s = 1;
    c.spread = 0.24;
    const EngineTime time = engine_time(spec_of(small_designs::dense()), step(1, 9), c);
    VERIFY_CLOSE(time.error, 0.3);
    VERIFY_CLOSE(time.low_s, time.seconds / 1.3);
    VERIFY_CLOSE(time.high_s, time.seconds * 1.3);
}

void TestThisComputerByHand::forecast() {
    // Two sequences: their prompts of 6; a token at a context of 40; 10 tokens each behind the
    // prompts, of which the sixth sees 11 before it.
    ComputerProfile c = idle();
    c.attention.front().pair_s = 1;
    c.attention.back().pair_s = 1;
    const ModelSpec spec = spec_of(small_designs::dense());
    const EngineForecast f = engine_forecast(spec, {2, 6, 10, 40}, NumberFormat::Fp32, c);
    VERIFY_CLOSE(f.prefill.seconds, 2 * 16 * 36);
    VERIFY_CLOSE(f.decode.seconds, 16 * 40);
    VERIFY_CLOSE(f.generation.seconds, 2 * 10 * 16 * (6 + 5 + 1));
    VERIFY_CLOSE(f.generation.high_s, f.generation.seconds * 1.18);
}

QTEST_APPLESS_MAIN(TestThisComputerByHand)
#include "tst_this_computer_by_hand.moc"
