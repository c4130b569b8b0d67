// SPDX-License-Identifier: GPL-3.0-or-later
// Memory and work of training: a case by hand, Korthikanti's block, ZeRO, LoRA, Muon, limits.
#include "core/accounting/operators.h"
#include "core/accounting/tensor_table.h"
#include "core/accounting/training.h"
#include "core/config/expand.h"
#include "core/presets/presets.h"

#include <QTest>

using namespace headroom;

class TestTraining : public QObject {
    Q_OBJECT

private slots:
    void smallDesignByHand();
    void classicalBlock();
    void recomputation();
    void zeroDivides();
    void optimizers();
    void statesInBf16();
    void optimizersOfAdapters();
    void lora();
    void routedAdapters();
    void loraRefusesUnknownModules();
    void flops();
    void flopsOfRecomputation();
    void hours();
    void refusals();
    void everyPreset();
};

namespace {

ModelSpec specOf(const char* name) {
    return *expand_layers(find_model_preset(name)->config);
}

/// Two layers of Llama's kind: H 8, 2 heads of 4, 1 KV head, FFN 16, vocabulary 10, own head.
ModelSpec small() {
    ModelConfig config;
    config.hidden_size = 8;
    config.num_hidden_layers = 2;
    config.vocab_size = 10;
    config.num_attention_heads = 2;
    config.num_key_value_heads = 1;
    config.head_dim = 4;
    config.intermediate_size = 16;
    return *expand_layers(config);
}

TrainingReport run(const ModelSpec& spec, const TrainingSetup& setup) {
    const auto report = training(spec, setup);
    if (!report) {
        qFatal("%s", report.error().text().c_str());
    }
    return *report;
}

} // namespace

void TestTraining::smallDesignByHand() {
    TrainingSetup setup;
    setup.sequence = 3;
    setup.micro_batch = 2;
    const TrainingReport r = run(small(), setup);
    // Layer: q 64 + k 32 + v 32 + o 64, three of 128, norms 16 = 592. Twice, two of 80, norm 8.
    QCOMPARE(r.trained_parameters, std::int64_t{2 * 592 + 2 * 80 + 8});
    QCOMPARE(r.weights_bytes, 2 * r.trained_parameters);
    QCOMPARE(r.gradients_bytes, 2 * r.trained_parameters);
    QCOMPARE(r.optimizer_bytes, 12 * r.trained_parameters);
    // Layer, numbers of a token: norm 8, input 8, Q 8, K 4, V 4, input of o 8; norm 8, input 8,
    // four of 16. Head: norm 8, input 8 in bf16, 10 logits in fp32.
    const std::int64_t layer = 2 * (8 + 8 + 8 + 4 + 4 + 8 + 8 + 8 + 4 * 16);
    const std::int64_t head = 2 * (8 + 8) + 4 * 10;
    QCOMPARE(r.activation_bytes, 6 * (2 * layer + head));
    QCOMPARE(r.total_bytes,
             r.weights_bytes + r.gradients_bytes + r.optimizer_bytes + r.activation_bytes);
    // Forward of 3 tokens: 2 * 3 * (576 matrix weights) + 4 * 8 * 6 pairs, per layer; head 2*3*80.
    const std::int64_t forward = 2 * (2 * 3 * 576 + 4 * 8 * 6) + 2 * 3 * 80;
    QCOMPARE(r.flops_per_token, 3 * forward / 3);
    QCOMPARE(r.flops_per_token_6nd, std::int64_t{6 * (2 * 592 + 80 + 8)});
    // The attention matrix: softmax's result, 2 bytes for each head and pair of the square.
    setup.flash_attention = false;
    QCOMPARE(run(small(), setup).activation_bytes - r.activation_bytes,
             std::int64_t{2 * 2 * 2 * 2 * 3 * 3});
}

void TestTraining::classicalBlock() {
    // Korthikanti et al. 2022, eq. 1, for GPT-3: s*b*H*(34 + 5*n*s/H).
    const ModelSpec spec = specOf("gpt-3-175b");
    const std::int64_t s = 2048;
    const std::int64_t b = 4;
    const std::int64_t h = 12288;
    const std::int64_t n = 96;
    TrainingSetup setup;
    setup.sequence = s;
    setup.micro_batch = b;
    const LayerSpec& layer = spec.kinds.front().spec;
    QCOMPARE(static_cast<std::int64_t>(activation_bytes_of_layer(spec, layer, setup)),
             34 * s * b * h);
    setup.flash_attention = false;
    QCOMPARE(static_cast<std::int64_t>(activation_bytes_of_layer(spec, layer, setup)),
             34 * s * b * h + 5 * n * s * s * b);
    setup.recomputation = Recomputation::Selective;
    QCOMPARE(static_cast<std::int64_t>(activation_bytes_of_layer(spec, layer, setup)),
             34 * s * b * h);
}

void TestTraining::recomputation() {
    const ModelSpec spec = specOf("gpt-3-175b");
    TrainingSetup setup;
    setup.sequence = 2048;
    const TrainingReport none = run(spec, setup);
    setup.recomputation = Recomputation::Full;
    const TrainingReport full = run(spec, setup);
    // 2*s*b*H for each of 96 layers, and the output part, 4*s*b*(H + V).
    QCOMPARE(full.activation_bytes, std::int64_t{96} * 2 * 2048 * 12288 +
                                        std::int64_t{4} * 2048 * (12288 + spec.vocab_size));
    QCOMPARE(full.recomputed_bytes, std::int64_t{34} * 2048 * 12288);
    QCOMPARE(full.flops_per_token, none.flops_per_token / 3 * 4);
    setup.recomputation = Recomputation::Selective;
    const TrainingReport selective = run(spec, setup);
    QVERIFY(selective.flops_per_token > none.flops_per_token);
    QVERIFY(selective.flops_per_token < full.flops_per_token);
}

void TestTraining::zeroDivides() {
    const ModelSpec spec = specOf("qwen3-8b");
    TrainingSetup setup;
    const TrainingReport whole = run(spec, setup);
    setup.data_parallel = 7; // does not divide the bytes: the fullest device rounds up
    const auto seventh = [](std::int64_t bytes) { return (bytes + 6) / 7; };
    for (const std::int64_t stage : {0, 1, 2, 3}) {
        setup.zero_stage = stage;
        const TrainingReport r = run(spec, setup);
        QCOMPARE(r.optimizer_bytes,
                 stage >= 1 ? seventh(whole.optimizer_bytes) : whole.optimizer_bytes);
        QCOMPARE(r.gradients_bytes,
                 stage >= 2 ? seventh(whole.gradients_bytes) : whole.gradients_bytes);
        QCOMPARE(r.weights_bytes, stage >= 3 ? seventh(whole.weights_bytes) : whole.weights_bytes);
        QCOMPARE(r.activation_bytes, whole.activation_bytes);
    }
}

void TestTraining::optimizers() {
    const ModelSpec spec = small();
    TrainingSetup setup;
    const std::int64_t all = 2 * 592 + 2 * 80 + 8;
    const std::int64_t hidden = 2 * 576; // matrices of the layers
    setup.optimizer = Optimizer::Muon;
    QCOMPARE(run(spec, setup).optimizer_bytes, 8 * hidden + 12 * (all - hidden));
    setup.optimizer = Optimizer::Sgd;
    QCOMPARE(run(spec, setup).optimizer_bytes, 4 * all);
    setup.optimizer = Optimizer::Adafactor;
    // Rows and columns: q and o 8 + 8, k and v 4 + 8, three of 8 + 16; two tables of 10 + 8.
    const std::int64_t edges = 2 * (2 * 16 + 2 * 12 + 3 * 24) + 2 * 18;
    const std::int64_t vectors = 2 * 16 + 8;
    QCOMPARE(run(spec, setup).optimizer_bytes, 4 * all + 4 * (edges + vectors));
}

void TestTraining::statesInBf16() {
    // As torch.optim keeps them for bf16 weights: no master copy, 2 bytes for each number.
    const ModelSpec spec = small();
    TrainingSetup setup;
    setup.optimizer_states = OptimizerStates::Bf16;
    const std::int64_t all = 2 * 592 + 2 * 80 + 8;
    const std::int64_t hidden = 2 * 576;
    QCOMPARE(run(spec, setup).optimizer_bytes, 4 * all);
    setup.optimizer = Optimizer::Muon;
    QCOMPARE(run(spec, setup).optimizer_bytes, 2 * hidden + 4 * (all - hidden));
    setup.optimizer = Optimizer::Sgd;
    QCOMPARE(run(spec, setup).optimizer_bytes, std::int64_t{0});
    setup.optimizer = Optimizer::Adafactor;
    const std::int64_t edges = 2 * (2 * 16 + 2 * 12 + 3 * 24) + 2 * 18;
    QCOMPARE(run(spec, setup).optimizer_bytes, 2 * (edges + 2 * 16 + 8));
    setup.lora = {3, {"q_proj"}};
    QCOMPARE(run(spec, setup).optimizer_bytes, 2 * 2 * (8 + 3 + 3 + 8));
}

void TestTraining::optimizersOfAdapters() {
    // q_proj 8 x 8: A 3 x 8, B 8 x 3, in two layers; both are hidden matrices.
    TrainingSetup setup;
    setup.lora = {3, {"q_proj"}};
    const std::int64_t numbers = 2 * 2 * 3 * 8;
    setup.optimizer = Optimizer::Muon;
    QCOMPARE(run(small(), setup).optimizer_bytes, 8 * numbers);
    setup.optimizer = Optimizer::Sgd;
    QCOMPARE(run(small(), setup).optimizer_bytes, 4 * numbers);
    setup.optimizer = Optimizer::Adafactor; // rows and columns: 3 + 8 and 8 + 3
    QCOMPARE(run(small(), setup).optimizer_bytes, 4 * numbers + 4 * 2 * (3 + 8 + 8 + 3));
    // Every expert's matrix has sums of its own: 48 layers of 128 experts, 768 x 2,048.
    setup.lora = {8, {"gate_proj"}};
    const std::int64_t matrices = std::int64_t{48} * 128;
    QCOMPARE(run(specOf("qwen3-30b-a3b"), setup).optimizer_bytes,
             4 * matrices * 8 * (768 + 2048) + 4 * matrices * (768 + 8 + 8 + 2048));
    // Mixtral's full training: w1, w2, w3 of 8 experts in 32 layers, 14,336 x 4,096 each.
    setup.lora = {};
    const ModelSpec mixtral = specOf("mixtral-8x7b");
    const TrainingReport whole = run(mixtral, setup);
    const std::int64_t experts = std::int64_t{32} * 8 * 3 * (14336 + 4096);
    // q, o: 4,096 twice; k, v: 1,024 and 4,096; router 8 and 4,096; two norms; two tables, one
    // norm.
    const std::int64_t others = 32 * (2 * 8192 + 2 * 5120 + 4104 + 2 * 4096) + 2 * 36096 + 4096;
    QCOMPARE(whole.optimizer_bytes, 4 * whole.trained_parameters + 4 * (experts + others));
}

void TestTraining::lora() {
    TrainingSetup setup;
    setup.lora = {3, {"q_proj", "v_proj"}};
    setup.sequence = 1;
    const TrainingReport r = run(small(), setup);
    // r * (d_in + d_out): q 3 * 16, v 3 * 12, in two layers.
    const std::int64_t adapters = 2 * (3 * 16 + 3 * 12);
    const std::int64_t frozen = 2 * 592 + 2 * 80 + 8;
    QCOMPARE(r.trained_parameters, adapters);
    QCOMPARE(r.weights_bytes, 2 * (frozen + adapters));
    QCOMPARE(r.gradients_bytes, 2 * adapters);
    QCOMPARE(r.optimizer_bytes, 12 * adapters);
    // Frozen products need no weight gradients: 2 instead of 3 times forward.
    const std::int64_t products = 2 * (2 * 576 + 80);
    const std::int64_t attention = 2 * 4 * 8;
    QCOMPARE(r.flops_per_token, 2 * products + 3 * attention + 6 * adapters);
    // A routed module is adapted in every expert, and a token meets those it is routed to.
    const ModelSpec moe = specOf("qwen3-30b-a3b");
    setup.lora = {8, {"gate_proj"}};
    QCOMPARE(run(moe, setup).trained_parameters, std::int64_t{48} * 128 * 8 * (2048 + 768));
}

void TestTraining::routedAdapters() {
    // A token meets the adapters of the 8 experts that it is routed to.
    const ModelSpec spec = specOf("qwen3-30b-a3b");
    TrainingSetup setup;
    setup.sequence = 1;
    const std::int64_t none = run(spec, setup).flops_per_token;
    setup.recomputation = Recomputation::Selective;
    const std::int64_t attention = run(spec, setup).flops_per_token - none;
    const std::int64_t products = none / 3 - attention;
    setup.recomputation = Recomputation::None;
    setup.lora = {16, {"gate_proj"}};
    const std::int64_t met = std::int64_t{48} * 8 * 16 * (2048 + 768);
    QCOMPARE(run(spec, setup).flops_per_token, 2 * products + 3 * attention + 6 * met);
    setup.recomputation = Recomputation::Full; // forward once more, adapters too
    QCOMPARE(run(spec, setup).flops_per_token, 3 * products + 4 * attention + 8 * met);
    setup.recomputation = Recomputation::Selective;
    QCOMPARE(run(spec, setup).flops_per_token, 2 * products + 4 * attention + 6 * met);
}

void TestTraining::loraRefusesUnknownModules() {
    TrainingSetup setup;
    setup.lora = {8, {"q_proj", "nothing_proj"}};
    const auto report = training(small(), setup);
    QVERIFY(!report);
    QCOMPARE(report.error().path, std::string("lora.modules"));
    QVERIFY(english(report.error().message).find("nothing_proj") != std::string::npos);
    QVERIFY(english(report.error().message).find("o_proj") != std::string::npos);
}

void TestTraining::flops() {
    const ModelSpec spec = specOf("llama-3-8b");
    TrainingSetup setup;
    setup.sequence = 4096;
    Step step;
    step.phase = Phase::Prefill;
    step.tokens = setup.sequence;
    step.head_for_last_only = false;
    const std::int64_t forward = step_flops(spec, step);
    const TrainingReport r = run(spec, setup);
    QCOMPARE(r.flops_per_token, 3 * forward / setup.sequence);
    // 6*N leaves attention's pairs out, hence is below, by less than a fifth at this length.
    QVERIFY(r.flops_per_token > r.flops_per_token_6nd);
    QVERIFY(static_cast<double>(r.flops_per_token) <
            1.2 * static_cast<double>(r.flops_per_token_6nd));
}

void TestTraining::flopsOfRecomputation() {
    // Five tokens: products 2 * 576 weights in two layers and 80 in the head; 15 pairs, each 4 * 8
    // operations a layer.
    TrainingSetup setup;
    setup.sequence = 5;
    const std::int64_t attention = 2 * 4 * 8 * 15;
    const std::int64_t forward = 5 * 2 * (2 * 576 + 80) + attention;
    const auto per_token = [](std::int64_t flops) { return (flops + 4) / 5; }; // rounded up
    QCOMPARE(run(small(), setup).flops_per_token, per_token(3 * forward));
    setup.recomputation = Recomputation::Selective;
    QCOMPARE(run(small(), setup).flops_per_token, per_token(3 * forward + attention));
    setup.recomputation = Recomputation::Full;
    QCOMPARE(run(small(), setup).flops_per_token, per_token(4 * forward));
}

void TestTraining::hours() {
    TrainingReport r;
    r.flops_per_token = 48'000'000'000;
    // 15e12 tokens at 40% of 1024 * 989e12.
    const double expected = 48e9 * 15e12 / (1024 * 989e12 * 0.4) / 3600;
    QCOMPARE(training_hours(r, 15e12, 989e12, 1024, 0.4), expected);
}

void TestTraining::refusals() {
    const auto path_of = [](const TrainingSetup& setup) {
        const auto report = training(small(), setup);
        return report ? std::string{} : report.error().path;
    };
    TrainingSetup setup;
    setup.zero_stage = 4;
    QCOMPARE(path_of(setup), std::string("training.zero_stage"));
    setup = {};
    setup.sequence = 0;
    QCOMPARE(path_of(setup), std::string("training.sequence"));
    setup = {};
    setup.data_parallel = 0;
    QCOMPARE(path_of(setup), std::string("training.data_parallel"));
    setup = {};
    setup.lora.rank = -1;
    QCOMPARE(path_of(setup), std::string("training.lora.rank"));
    // 2^31 sequences of 2^31 tokens leave 64 bits and are refused, never shown.
    setup = {};
    setup.sequence = std::int64_t{1} << 31;
    setup.micro_batch = std::int64_t{1} << 31;
    QCOMPARE(path_of(setup), std::string("training"));
}

void TestTraining::everyPreset() {
    for (const ModelPreset& preset : model_presets()) {
        const ModelSpec spec = *expand_layers(preset.config);
        for (const Optimizer optimizer :
             {Optimizer::AdamW, Optimizer::Muon, Optimizer::Adafactor, Optimizer::Sgd}) {
            TrainingSetup setup;
            setup.optimizer = optimizer;
            const auto report = training(spec, setup);
            QVERIFY2(report, preset.id.c_str());
            QCOMPARE(report->trained_parameters, count_parameters(spec)->total);
            QVERIFY2(report->activation_bytes > 0 && report->flops_per_token > 0,
                     preset.id.c_str());
        }
    }
}

QTEST_APPLESS_MAIN(TestTraining)
#include "tst_training.moc"
