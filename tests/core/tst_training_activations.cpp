// SPDX-License-Identifier: GPL-3.0-or-later
// Every term of the ideal activations, the head and the loss, by hand.
#include "core/accounting/training.h"
#include "core/accounting/training_loss.h"
#include "core/config/expand.h"
#include "core/presets/presets.h"

#include <QTest>

using namespace headroom;

namespace {

// Two sequences of three tokens, hidden size 8: 6 tokens, 18 pairs.
constexpr std::int64_t tokens = 6;
constexpr std::int64_t pairs = 18;

ModelSpec model() {
    ModelSpec spec;
    spec.hidden_size = 8;
    spec.vocab_size = 10;
    return spec;
}

TrainingSetup setup() {
    TrainingSetup s;
    s.sequence = 3;
    s.micro_batch = 2;
    return s;
}

/// 2 heads of 4 and one of K and V: Q 8, K and V 4 numbers a token.
GroupedQueryAttention grouped() {
    GroupedQueryAttention a;
    a.num_attention_heads = 2;
    a.num_key_value_heads = 1;
    a.head_dim = 4;
    return a;
}

LatentAttention latent() {
    LatentAttention a;
    a.num_attention_heads = 2;
    a.q_lora_rank = 6;
    a.kv_lora_rank = 5;
    a.qk_nope_head_dim = 3;
    a.qk_rope_head_dim = 2;
    a.v_head_dim = 4;
    return a;
}

DenseFeedForward dense(bool gated = true) {
    DenseFeedForward f;
    f.intermediate_size = 16;
    f.gated = gated;
    return f;
}

LayerSpec layer(const SubLayerKind& attention, const SubLayerKind& feed_forward,
                NormKind kind = NormKind::Rms, NormPlacement placement = NormPlacement::Pre) {
    SubLayerNorms norms;
    norms.norm.kind = kind;
    norms.input = placement == NormPlacement::Pre || placement == NormPlacement::Sandwich;
    norms.output = placement == NormPlacement::Output || placement == NormPlacement::Sandwich;
    norms.stream = placement == NormPlacement::Post;
    LayerSpec spec;
    for (const SubLayerKind& part : {attention, feed_forward}) {
        SubLayer sub;
        sub.kind = part;
        sub.norms = norms;
        spec.sub_layers.push_back(sub);
    }
    return spec;
}

std::int64_t kept(const LayerSpec& spec, const TrainingSetup& how = setup()) {
    return static_cast<std::int64_t>(activation_bytes_of_layer(model(), spec, how));
}

TrainingReport run(const ModelSpec& spec, const TrainingSetup& how) {
    const auto report = training(spec, how);
    if (!report) {
        qFatal("%s", report.error().text().c_str());
    }
    return *report;
}

// Bytes of a token. Grouped attention: its input 8, Q 8, K 4, V 4, the output's product 8, twice.
constexpr std::int64_t attention = 2 * (8 + 8 + 4 + 4 + 8);
constexpr std::int64_t norms = 2 * (8 + 8);
constexpr std::int64_t gated = 2 * (8 + 4 * 16); // input; gate, act(gate), up, product

} // namespace

class TestTrainingActivations : public QObject {
    Q_OBJECT

private slots:
    void groupedAttention();
    void latentAttention();
    void normPlacement();
    void feedForward();
    void experts();
    void altUp();
    void squares();
    void head();
    void recomputedLayer();
    void losses();
    void lossInTheReport();
};

void TestTrainingActivations::groupedAttention() {
    QCOMPARE(kept(layer(grouped(), dense())), tokens * (attention + norms + gated));
    GroupedQueryAttention a = grouped();
    a.qk_norm = QkNorm::PerHead; // Q and K as they were before: 8 and 4
    QCOMPARE(kept(layer(a, dense())), tokens * (attention + 2 * (8 + 4) + norms + gated));
    a.shares_kv = true; // no K and V of its own, nor K before its norm
    QCOMPARE(kept(layer(a, dense())), tokens * (attention - 2 * (4 + 4) + 2 * 8 + norms + gated));
}

void TestTrainingActivations::latentAttention() {
    // Input 8; latents of 6 and 5 before and after their norms; the rotated key 2; Q and K 2 heads
    // of 5; V and the output's product 2 heads of 4.
    const std::int64_t mla = 2 * (8 + 2 * 6 + 2 * 5 + 2 + 10 + 10 + 8 + 8);
    QCOMPARE(kept(layer(latent(), dense())), tokens * (mla + norms + gated));
    LatentAttention a = latent();
    a.q_lora_rank.reset();
    QCOMPARE(kept(layer(a, dense())), tokens * (mla - 2 * 2 * 6 + norms + gated));
}

void TestTrainingActivations::normPlacement() {
    // Four norms in place of two.
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::RmsPlusOne, NormPlacement::Sandwich)),
             tokens * (attention + 2 * norms + gated));
    for (const NormPlacement two : {NormPlacement::Post, NormPlacement::Output}) {
        QCOMPARE(kept(layer(grouped(), dense(), NormKind::Rms, two)),
                 tokens * (attention + norms + gated));
    }
    // The LayerNorm families drop out behind both sub-layers: a byte a number.
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::Layer)),
             tokens * (attention + norms + gated + 8 + 8));
}

void TestTrainingActivations::feedForward() {
    // Plain: what the activation reads, and what it makes.
    QCOMPARE(kept(layer(grouped(), dense(false))), tokens * (attention + norms + 2 * (8 + 2 * 16)));
}

void TestTrainingActivations::experts() {
    MixtureOfExperts f;
    f.num_experts = 4;
    f.num_experts_per_tok = 3;
    f.moe_intermediate_size = 5;
    f.shared_intermediate_size = 7;
    // Input 8; three copies of a token, each with input and output of 8 and four tensors of 5; four
    // of the shared 7; probabilities of 4 experts in fp32.
    const std::int64_t moe = 2 * (8 + 3 * (8 + 8 + 4 * 5) + 4 * 7) + 4 * 4;
    QCOMPARE(kept(layer(grouped(), f)), tokens * (attention + norms + moe));
}

void TestTrainingActivations::altUp() {
    LayerSpec spec = layer(grouped(), dense());
    AltUpSpec streams;
    streams.num_inputs = 3;
    streams.laurel_rank = 2;
    streams.per_layer_input = 5;
    spec.residual = streams;
    // Three streams of 8 before and after the prediction, LAuReL's 2 and 8, the gate's three
    // tensors of 5 and its result of 8.
    const std::int64_t altup = 2 * (2 * 3 * 8 + 2 + 8 + 3 * 5 + 8);
    QCOMPARE(kept(spec), tokens * (attention + norms + gated + altup));
}

void TestTrainingActivations::squares() {
    TrainingSetup eager = setup();
    eager.flash_attention = false;
    const auto added = [&](const LayerSpec& spec) { return kept(spec, eager) - kept(spec); };
    // Softmax's result for each of 2 heads; in the LayerNorm families its mask and what is left.
    QCOMPARE(added(layer(grouped(), dense())), 2 * 2 * pairs);
    QCOMPARE(added(layer(grouped(), dense(), NormKind::Layer)), 2 * (2 + 1 + 2) * pairs);
    QCOMPARE(added(layer(latent(), dense())), 2 * 2 * pairs);
    eager.recomputation = Recomputation::Selective;
    QCOMPARE(added(layer(grouped(), dense())), std::int64_t{0});
}

void TestTrainingActivations::head() {
    // BERT-base: 12 classical blocks of 34 bytes a number; last norm and head 4, the transform in
    // front of it 4 more; 30,522 logits in fp32. 256 tokens.
    const ModelSpec bert = *expand_layers(find_model_preset("bert-base")->config);
    TrainingSetup how;
    how.sequence = 256;
    QCOMPARE(run(bert, how).activation_bytes,
             std::int64_t{256} * (12 * 34 * 768 + 8 * 768 + 4 * 30522));
    const ModelSpec gpt2 = *expand_layers(find_model_preset("gpt-2-small")->config);
    QCOMPARE(run(gpt2, how).activation_bytes,
             std::int64_t{256} * (12 * 34 * 768 + 4 * 768 + 4 * 50257));
}

void TestTrainingActivations::recomputedLayer() {
    // One layer with a feed-forward of 16 and two with experts: the larger one is built again.
    ModelConfig config;
    config.model_type = "qwen3_moe";
    config.hidden_size = 8;
    config.num_hidden_layers = 3;
    config.vocab_size = 10;
    config.num_attention_heads = 2;
    config.num_key_value_heads = 1;
    config.head_dim = 4;
    config.intermediate_size = 16;
    config.num_experts = 4;
    config.num_experts_per_tok = 3;
    config.moe_intermediate_size = 5;
    config.mlp_only_layers = {0};
    const ModelSpec spec = *expand_layers(config);
    QCOMPARE(spec.kinds.size(), std::size_t{2});
    TrainingSetup how = setup();
    how.recomputation = Recomputation::Full;
    const TrainingReport r = run(spec, how);
    QCOMPARE(r.activation_bytes, tokens * (3 * 2 * 8 + 2 * (8 + 8) + 4 * 10));
    // With norms of Q and K, 24 bytes; experts: 2 * (8 + 3 * 36) + 4 * 4, above 144.
    QCOMPARE(r.recomputed_bytes, tokens * (attention + 24 + norms + 248));
    QCOMPARE(r.total_bytes, r.weights_bytes + r.gradients_bytes + r.optimizer_bytes +
                                r.activation_bytes + r.recomputed_bytes);
    QCOMPARE(r.step_peak_bytes, r.activation_bytes + r.recomputed_bytes);
    QCOMPARE(r.forward_peak_bytes, r.step_peak_bytes);
    QCOMPARE(r.framework_bytes, std::int64_t{0});
    QCOMPARE(r.temporary_bytes, std::int64_t{0});
}

void TestTrainingActivations::losses() {
    // Six tokens of a vocabulary of 1,000 and a hidden size of 8; V*H = 8,000.
    ModelSpec spec = model();
    spec.vocab_size = 1000;
    TrainingSetup how = setup();
    const auto check = [&](Wide kept, Wide forward, Wide backward) {
        const LossMemory m = loss_memory(spec, how);
        QCOMPARE(static_cast<std::int64_t>(m.kept), static_cast<std::int64_t>(kept));
        QCOMPARE(static_cast<std::int64_t>(m.forward), static_cast<std::int64_t>(forward));
        QCOMPARE(static_cast<std::int64_t>(m.backward), static_cast<std::int64_t>(backward));
        QCOMPARE(static_cast<std::int64_t>(m.peak()),
                 static_cast<std::int64_t>(std::max(forward, backward)));
    };
    // Log-probabilities 4; logits 2 and 4; two gradients of 4, bytes for each of 6,000.
    check(24000, 24000 + 36000, 24000 + 48000);
    // A softcap keeps its tanh.
    spec.final_logit_softcapping = 30.0;
    check(36000, 36000 + 36000, 36000 + 48000);
    spec.final_logit_softcapping.reset();
    // Two tokens at a time, and the gradient of all six hidden states, 96: 12 bytes for each of
    // 2,000 logits, which are more than the head's gradient of 16,000 and 4,000 of bf16 logits;
    // with twice the hidden size they are less.
    how.loss = Loss::Chunked;
    how.loss_chunk = 2;
    check(0, 8000 + 12000, 96 + 24000);
    spec.hidden_size = 16;
    check(0, 20000, 192 + 4000 + 32000);
    spec.hidden_size = 8;
    how.loss_chunk = 100; // no more than there are
    check(0, 60000, 96 + 72000);
    // 4 bytes a token; 2*V*H and the hidden states' gradient.
    how.loss = Loss::Fused;
    check(24, 24, 24 + 16000 + 96);
    how.lora.rank = 1; // the head is frozen
    check(24, 24, 24 + 96);
    how.loss = Loss::None;
    check(0, 0, 0);
    // One token: the gradient of the head is more than that of its logits.
    how.lora.rank = 0;
    how.loss = Loss::Plain;
    how.sequence = 1;
    how.micro_batch = 1;
    check(4000, 10000, 2000 + 16000 + 16);
    // BERT's stays in bf16: log-probabilities 2; logits 2; two gradients of 2.
    spec.naming = TensorNaming::Bert;
    how.sequence = 10;
    check(20000, 40000, 60000);
}

void TestTrainingActivations::lossInTheReport() {
    const ModelSpec spec = *expand_layers(find_model_preset("llama-3.2-1b")->config);
    TrainingSetup how;
    how.sequence = 512;
    const TrainingReport plain = run(spec, how);
    const std::int64_t logits = std::int64_t{512} * 128256;
    QCOMPARE(plain.loss_peak_bytes, 12 * logits);
    how.loss = Loss::Chunked;
    how.loss_chunk = 64;
    const TrainingReport chunked = run(spec, how);
    QCOMPARE(plain.activation_bytes - chunked.activation_bytes, 4 * logits);
    how.loss = Loss::Fused;
    const TrainingReport fused = run(spec, how);
    QCOMPARE(plain.activation_bytes - fused.activation_bytes, 4 * logits - 4 * 512);
    QCOMPARE(fused.loss_peak_bytes, std::int64_t{4 * 512 + 2 * 128256 * 2048 + 2 * 512 * 2048});
    how.loss = Loss::None; // nor the head's input
    const TrainingReport none = run(spec, how);
    QCOMPARE(plain.activation_bytes - none.activation_bytes, 4 * logits + 2 * 512 * 2048);
    QCOMPARE(none.loss_peak_bytes, std::int64_t{0});
    QCOMPARE(none.trained_parameters, plain.trained_parameters); // tied: still the embedding
    const ModelSpec untied = *expand_layers(find_model_preset("llama-3-8b")->config);
    const std::int64_t all = run(untied, {}).trained_parameters;
    QCOMPARE(run(untied, how).trained_parameters, all - std::int64_t{128256} * 4096);
    QCOMPARE(run(untied, how).optimizer_bytes, 12 * (all - std::int64_t{128256} * 4096));
    QCOMPARE(run(untied, how).weights_bytes, 2 * all);
    how.loss = Loss::Chunked;
    how.loss_chunk = 0;
    QCOMPARE(training(spec, how).error().path, std::string("training.loss_chunk"));
}

QTEST_APPLESS_MAIN(TestTrainingActivations)
#include "tst_training_activations.moc"
