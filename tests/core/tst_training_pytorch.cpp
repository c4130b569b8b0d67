// SPDX-License-Identifier: GPL-3.0-or-later
// What PyTorch keeps and needs: every term by hand.
#include "core/accounting/autograd.h"
#include "core/accounting/autograd_modules.h"
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
    s.framework = Framework::PyTorch;
    return s;
}

/// 4 heads of 2 and two of K and V: Q 8, K and V 4 numbers a token.
GroupedQueryAttention grouped() {
    GroupedQueryAttention a;
    a.num_attention_heads = 4;
    a.num_key_value_heads = 2;
    a.head_dim = 2;
    return a;
}

DenseFeedForward dense(bool gated = true, Activation activation = Activation::Silu) {
    DenseFeedForward f;
    f.intermediate_size = 16;
    f.gated = gated;
    f.activation = activation;
    return f;
}

MixtureOfExperts experts() {
    MixtureOfExperts f;
    f.num_experts = 4;
    f.num_experts_per_tok = 3;
    f.moe_intermediate_size = 5;
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

std::int64_t kept(const LayerSpec& spec, const ModelSpec& design = model(),
                  const TrainingSetup& how = setup()) {
    return static_cast<std::int64_t>(autograd_bytes_of_layer(design, spec, how));
}

// Bytes of a token. Norms: fp32 4, normalised 2, and one inverse root mean square of 4 bytes.
constexpr std::int64_t norms = 2 * (6 * 8 + 4);
// Input, Q, K and V, result in bf16; the sum of the softmax, 4 bytes for each of 4 heads.
constexpr std::int64_t attention = 2 * (8 + 8 + 4 + 4 + 8) + 4 * 4;
constexpr std::int64_t gated = 2 * (8 + 4 * 16);

/// Two layers of Llama's kind: FFN 16, vocabulary 10, own head.
ModelConfig small() {
    ModelConfig config;
    config.hidden_size = 8;
    config.num_hidden_layers = 2;
    config.vocab_size = 10;
    config.num_attention_heads = 4;
    config.num_key_value_heads = 2;
    config.head_dim = 2;
    config.intermediate_size = 16;
    return config;
}

void check(const ModelSpec& spec, const TrainingSetup& how, std::int64_t kept, std::int64_t forward,
           std::int64_t step) {
    const AutogradMemory m = autograd_memory(spec, how);
    QCOMPARE(static_cast<std::int64_t>(m.kept), kept);
    QCOMPARE(static_cast<std::int64_t>(m.forward_peak), forward);
    QCOMPARE(static_cast<std::int64_t>(m.step_peak), step);
}

} // namespace

class TestTrainingPytorch : public QObject {
    Q_OBJECT

private slots:
    void normKinds();
    void groupedAttention();
    void windows();
    void rotatedParts();
    void storedScores();
    void latentAttention();
    void feedForward();
    void mixtures();
    void altUp();
    void backwardOfNorms();
    void backwardOfAttention();
    void backwardOfFeedForward();
    void backwardOfExperts();
    void step();
    void checkpoints();
    void tables();
    void partsOfTheReport();
};

void TestTrainingPytorch::normKinds() {
    QCOMPARE(kept(layer(grouped(), dense())), tokens * (norms + attention + gated));
    const std::int64_t rest = attention + gated;
    // Gemma's weight is multiplied in fp32, as that of OLMo 2, 3 and gpt-oss.
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::RmsPlusOne)),
             tokens * (2 * (8 * 8 + 4) + rest));
    for (const char* name : {"gemma3n_text", "olmo2", "olmo3", "gpt_oss"}) {
        ModelSpec design = model();
        design.model_type = name;
        QCOMPARE(kept(layer(grouped(), dense()), design), tokens * (2 * (8 * 8 + 4) + rest));
    }
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::Rms, NormPlacement::Sandwich)),
             tokens * (2 * norms + rest));
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::Rms, NormPlacement::Output)),
             tokens * (norms + rest));
    // LayerNorm: its input, mean and deviation; a mask behind either sub-layer.
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::Layer)),
             tokens * (2 * (2 * 8 + 8) + rest + 8 + 8));
}

void TestTrainingPytorch::groupedAttention() {
    const auto added = [](const GroupedQueryAttention& a, NormKind kind = NormKind::Rms) {
        return (kept(layer(a, dense(), kind)) - kept(layer(grouped(), dense(), kind))) / tokens;
    };
    GroupedQueryAttention a = grouped();
    a.qk_norm = QkNorm::PerHead; // 8 numbers in 4 rows, 4 in two
    QCOMPARE(added(a), std::int64_t{6 * 8 + 4 * 4 + 6 * 4 + 4 * 2});
    QCOMPARE(added(a, NormKind::RmsPlusOne), std::int64_t{8 * 8 + 4 * 4 + 8 * 4 + 4 * 2});
    a.qk_norm = QkNorm::FullWidth;
    QCOMPARE(added(a), std::int64_t{6 * 8 + 4 + 6 * 4 + 4});
    a.qk_norm = QkNorm::L2; // no weight, hence no normalised tensor
    QCOMPARE(added(a), std::int64_t{4 * 8 + 4 * 4 + 4 * 4 + 4 * 2});
    a = grouped();
    a.v_norm = true;
    QCOMPARE(added(a), std::int64_t{4 * 4 + 4 * 2});
    a.qk_norm = QkNorm::PerHead;
    a.shares_kv = true; // neither K nor V nor their norms
    QCOMPARE(added(a), std::int64_t{6 * 8 + 4 * 4 - 2 * 2 * 4});
    // Heads wider than 256 numbers have K and V copied.
    a = grouped();
    a.head_dim = 256;
    QCOMPARE(kept(layer(a, dense())),
             tokens * (norms + 2 * (8 + 1024 + 512 + 512 + 1024) + 16 + gated));
    a.head_dim = 264;
    QCOMPARE(kept(layer(a, dense())),
             tokens * (norms + 2 * (8 + 1056 + 1056 + 1056 + 1056) + 16 + gated));
}

void TestTrainingPytorch::windows() {
    const std::int64_t plain = kept(layer(grouped(), dense()));
    for (const SpanKind kind : {SpanKind::Sliding, SpanKind::Chunked}) {
        GroupedQueryAttention a = grouped();
        a.span = {kind, 3}; // K and V copied to 8 numbers, and a mask of 2 bytes a pair
        QCOMPARE(kept(layer(a, dense())) - plain, tokens * 2 * (4 + 4) + 2 * pairs);
        a.span.size = 4; // longer than the sequence
        QCOMPARE(kept(layer(a, dense())), plain);
        a.num_key_value_heads = 1; // repeated without a copy
        const std::int64_t one = kept(layer(a, dense()));
        a.span.size = 3;
        QCOMPARE(kept(layer(a, dense())) - one, 2 * pairs);
    }
}

void TestTrainingPytorch::rotatedParts() {
    GroupedQueryAttention a = grouped();
    a.rotary = RotarySpec{};
    a.rotary->rotary_dim = 2;
    const std::int64_t plain = kept(layer(grouped(), dense()));
    QCOMPARE(kept(layer(a, dense())), plain);
    // Phi-3 puts every head together again, which costs a copy of the result, and its V is a view
    // of Q, K and V: 8 + 4 numbers more.
    ModelSpec phi = model();
    phi.naming = TensorNaming::Phi3;
    QCOMPARE(kept(layer(a, dense()), phi) - plain, tokens * 2 * (8 + 8 + 4));
    a.span = {SpanKind::Sliding, 3}; // V copied: no view
    QCOMPARE(kept(layer(a, dense()), phi) - plain, tokens * 2 * (8 + 4 + 4) + 2 * pairs);
    a.span = {};
    a.rotary->rotary_dim = 1;
    QCOMPARE(kept(layer(a, dense())) - plain, tokens * 2 * 8);
}

void TestTrainingPytorch::storedScores() {
    TrainingSetup eager = setup();
    eager.flash_attention = false;
    const std::int64_t plain = kept(layer(grouped(), dense()));
    const auto added = [&](const LayerSpec& spec) { return kept(spec, model(), eager) - plain; };
    // K and V copied, no sums; softmax in fp32 and bf16 for 4 heads.
    const std::int64_t copies = tokens * (2 * (4 + 4) - 4 * 4);
    QCOMPARE(added(layer(grouped(), dense())), copies + 4 * 6 * pairs);
    GroupedQueryAttention a = grouped();
    a.logit_softcapping = 50.0; // keeps its tanh
    QCOMPARE(added(layer(a, dense())), copies + 4 * 8 * pairs);
    QCOMPARE(kept(layer(a, dense())), plain);
    // Sinks: bf16 alone, whatever is asked for.
    a = grouped();
    a.sinks = true;
    QCOMPARE(kept(layer(a, dense())) - plain, copies + 4 * 2 * pairs);
    // The LayerNorm families: result, mask, what is left.
    QCOMPARE(kept(layer(grouped(), dense(), NormKind::Layer), model(), eager) -
                 kept(layer(grouped(), dense(), NormKind::Layer)),
             copies + 4 * 5 * pairs);
    eager.recomputation = Recomputation::Selective;
    QCOMPARE(kept(layer(grouped(), dense()), model(), eager), plain);
}

void TestTrainingPytorch::latentAttention() {
    LatentAttention a;
    a.num_attention_heads = 2;
    a.q_lora_rank = 6;
    a.kv_lora_rank = 5;
    a.qk_nope_head_dim = 3;
    a.qk_rope_head_dim = 2;
    a.v_head_dim = 4;
    // Input 8. Latents of 5 and 6: a norm and the product's input. Q and K 2 * 5 each. V a view of
    // 2 * (3 + 4). The result 2 * 4 twice, sums.
    const std::int64_t mla = 2 * 8 + (6 * 5 + 4 + 2 * 5) + (6 * 6 + 4 + 2 * 6) + 2 * (10 + 10) +
                             2 * 14 + 2 * (8 + 8) + 4 * 2;
    QCOMPARE(kept(layer(a, dense())), tokens * (norms + mla + gated));
    TrainingSetup eager = setup();
    eager.flash_attention = false;
    QCOMPARE(kept(layer(a, dense()), model(), eager),
             tokens * (norms + mla - 2 * 8 - 4 * 2 + gated) + 2 * 6 * pairs);
    a.q_lora_rank.reset();
    QCOMPARE(kept(layer(a, dense())), tokens * (norms + mla - (6 * 6 + 4 + 2 * 6) + gated));
}

void TestTrainingPytorch::feedForward() {
    // Tensors of the width, 16.
    const auto tensors = [](const DenseFeedForward& f) {
        return (kept(layer(grouped(), f)) / tokens - norms - attention - 2 * 8) / (2 * 16);
    };
    QCOMPARE(tensors(dense()), std::int64_t{4});
    QCOMPARE(tensors(dense(true, Activation::GeluTanh)), std::int64_t{4});
    DenseFeedForward f = dense(true, Activation::GeluTanh);
    f.activation_sparsity = 0.95;
    QCOMPARE(tensors(f), std::int64_t{5});
    QCOMPARE(tensors(dense(true, Activation::Relu)), std::int64_t{3});
    QCOMPARE(tensors(dense(false, Activation::Gelu)), std::int64_t{2});
    QCOMPARE(tensors(dense(false, Activation::GeluTanh)), std::int64_t{5});
    QCOMPARE(tensors(dense(false, Activation::Relu)), std::int64_t{1});
    f = dense(false, Activation::Relu);
    f.squared = true;
    QCOMPARE(tensors(f), std::int64_t{2});
}

void TestTrainingPytorch::mixtures() {
    const auto bytes = [](const MixtureOfExperts& f) {
        return kept(layer(grouped(), f)) / tokens - norms - attention;
    };
    // Input 8; each of three copies: input and result of 8, four tensors of 5, three indices, a
    // flag, its weight; the router: 4 probabilities in fp32, three indices and weights in fp32.
    const std::int64_t router = 4 * 4 + 3 * (8 + 4);
    const std::int64_t qwen = 2 * 8 + 3 * (2 * (8 + 8 + 4 * 5) + 3 * 8 + 1 + 2) + router;
    MixtureOfExperts f = experts();
    QCOMPARE(bytes(f), qwen);
    f.layout = ExpertLayout::Mixtral; // weights in fp32
    QCOMPARE(bytes(f), qwen + 3 * 2);
    // DeepSeek: those too, the router's input in fp32 and a flag for each expert, shared experts.
    f = experts();
    f.shared_intermediate_size = 7;
    QCOMPARE(bytes(f), qwen + 3 * 2 + 4 * 8 + 4 + 2 * 4 * 7);
    // gpt-oss: an index more for biases, seven tensors of 5.
    f = experts();
    f.bias = true;
    f.swiglu_limit = 7.0;
    QCOMPARE(bytes(f), qwen + 3 * (8 + 2 * 3 * 5));
    // Llama 4: every expert; its input before and after scaling, four tensors, the scale.
    f = experts();
    f.routing.scales_input = true;
    f.shared_intermediate_size = 7;
    QCOMPARE(bytes(f), 2 * 8 + 4 * 2 * (8 + 8 + 1 + 4 * 5) + 2 * 4 * 7 + router);
}

void TestTrainingPytorch::altUp() {
    LayerSpec spec = layer(grouped(), dense());
    AltUpSpec streams;
    streams.num_inputs = 3;
    streams.laurel_rank = 2;
    streams.per_layer_input = 5;
    spec.residual = streams;
    // Four norms; the router's input twice, three streams twice, the corrected stream, the gate's
    // input; LAuReL's 2; the gate before and after its activation, the layer's input, their
    // product.
    const std::int64_t altup = 4 * (6 * 8 + 4) + 2 * 8 * (2 + 3 + 3 + 1 + 1) + 2 * (2 + 4 * 5);
    QCOMPARE(kept(spec), tokens * (norms + attention + gated + altup));
}

namespace {

/// The most in the backward pass of a sub-layer, beside what is kept.
std::int64_t backward(const SubLayerKind& kind, const TrainingSetup& how = setup(),
                      NormKind norms = NormKind::Rms, std::int64_t hidden = 8) {
    ModelSpec design = model();
    design.hidden_size = hidden;
    const autograd::Run run = autograd::run_of(design, how);
    SubLayer sub;
    sub.kind = kind;
    sub.norms.norm.kind = norms;
    return static_cast<std::int64_t>(autograd::sub_layer(run, sub).backward);
}

} // namespace

void TestTrainingPytorch::backwardOfNorms() {
    const ModelSpec design = model();
    const TrainingSetup how = setup();
    const autograd::Run run = autograd::run_of(design, how);
    const auto check = [&](NormKind kind, std::int64_t first, std::int64_t again) {
        const autograd::Part p = autograd::norm(run, kind, tokens, tokens * 8);
        QCOMPARE(static_cast<std::int64_t>(p.backward), tokens * 8 * first);
        QCOMPARE(static_cast<std::int64_t>(p.rebuilt), tokens * 8 * again);
    };
    check(NormKind::Rms, 5 * 4 - 2, 5 * 4 - 2);
    // Three tensors in fp32 and the sum's 8 bytes; under a checkpoint the normalised is gone by
    // then.
    check(NormKind::RmsPlusOne, 3 * 4 + 8, 5 * 4 - 4);
    check(NormKind::Layer, 2 + 8, 2 + 8);
}

void TestTrainingPytorch::backwardOfAttention() {
    // Gradients of Q 8, K and V 4 and of the result 8 in bf16; in fp32 Q's, twice where heads share
    // K and V; the sums of 4 heads.
    QCOMPARE(backward(grouped()), tokens * (2 * (8 + 4 + 4 + 8) + 2 * 4 * 8 + 4 * 4));
    GroupedQueryAttention a = grouped();
    a.num_key_value_heads = 4;
    QCOMPARE(backward(a), tokens * (2 * (8 + 8 + 8 + 8) + 4 * 8 + 4 * 4));
    // A wide model's output projection: its gradient, and that of the result.
    QCOMPARE(backward(grouped(), setup(), NormKind::Rms, 800), 2 * 8 * 800 + tokens * 2 * 8);
    // Wide heads with a norm on Q, 128 numbers: five tensors in fp32 less the normalised; K's and
    // V's gradients of 32 wait; Q, K, V, result and sums have been given back.
    a = grouped();
    a.head_dim = 32;
    a.num_key_value_heads = 1;
    a.qk_norm = QkNorm::PerHead;
    QCOMPARE(backward(a),
             tokens * ((5 * 4 - 2) * 128 + 2 * (32 + 32) - 2 * (128 + 32 + 32 + 128) - 4 * 4));
    // Scores: softmax's gradient, what goes in and their product in fp32, less the bf16 copy.
    TrainingSetup eager = setup();
    eager.flash_attention = false;
    QCOMPARE(backward(grouped(), eager), 4 * (3 * 4 - 2) * pairs);
    a = grouped();
    a.sinks = true;
    QCOMPARE(backward(a), 4 * 3 * 2 * pairs);
    // The LayerNorm families: in bf16, mask and what was left given back; 64 tokens.
    eager.sequence = 32;
    QCOMPARE(backward(grouped(), eager, NormKind::Layer),
             std::int64_t{4 * (3 * 2 - 1 - 2) * 2 * 32 * 32});
    // MLA: Q and K 10, V 8; the output twice in place of its gradient.
    LatentAttention latent;
    latent.num_attention_heads = 2;
    latent.kv_lora_rank = 5;
    latent.qk_nope_head_dim = 3;
    latent.qk_rope_head_dim = 2;
    latent.v_head_dim = 4;
    QCOMPARE(backward(latent), tokens * (2 * (10 + 10 + 8) + 4 * 10 + 4 * 2));
}

void TestTrainingPytorch::backwardOfFeedForward() {
    // The matrix' gradient, 2 * 8 * 16, and that of the product.
    QCOMPARE(backward(dense()), 256 + tokens * 2 * 16);
    // Plain, with a bias: down's with the sum over tokens of 8 numbers; then up's, of 16, where the
    // two inner tensors have been given back.
    DenseFeedForward f = dense(false, Activation::GeluTanh);
    f.bias = true;
    QCOMPARE(backward(f), 256 + tokens * (2 * 16 + 8 * 8));
    f.activation = Activation::Gelu;
    QCOMPARE(backward(f), 256 + tokens * (2 * 16 + 2 * 8 + 8 * 16 - 2 * 2 * 16));
    TrainingSetup adapters = setup();
    adapters.lora.rank = 1; // two gradients of the width, none of matrices
    QCOMPARE(backward(dense(), adapters), tokens * 2 * 2 * 16);
}

void TestTrainingPytorch::backwardOfExperts() {
    // Three copies a token: three tensors of their results.
    MixtureOfExperts f = experts();
    QCOMPARE(backward(f), 3 * tokens * 3 * 2 * 8);
    // In fp32, and the cast of one.
    f.layout = ExpertLayout::Mixtral;
    QCOMPARE(backward(f), 3 * tokens * (3 * 4 * 8 + 2 * 8));
    // 400 experts: gradients of gate and up, 2 * 400 * 2 * 8 * 5, and of their rows, in place of
    // the four inner tensors.
    f = experts();
    f.num_experts = 400;
    QCOMPARE(backward(f), 64000 + 3 * tokens * 2 * 5 * (2 - 4));
    f.swiglu_limit = 7.0;
    QCOMPARE(backward(f), 64000 + 3 * tokens * 2 * 5 * (2 - 7));
    // Llama 4: down's gradient 2 * 4 * 8 * 5, rows of 5, results of 8, the shared experts' input's,
    // and their four tensors of 7 given back.
    f = experts();
    f.routing.scales_input = true;
    f.shared_intermediate_size = 7;
    QCOMPARE(backward(f), 320 + tokens * (4 * 2 * (5 + 8) + 2 * 8 - 4 * 2 * 7));
}

void TestTrainingPytorch::step() {
    const ModelSpec spec = *expand_layers(small());
    // Tables of rotation 2 * 2 * 2 * 3; two layers; last norm; head's input; log-probabilities.
    const std::int64_t layers = 24 + 2 * tokens * (norms + attention + gated);
    const std::int64_t last = layers + tokens * (6 * 8 + 4);
    const std::int64_t kept = last + tokens * (2 * 8 + 4 * 10);
    // Forward: logits in bf16 and fp32. Backward: the last norm's five tensors in fp32, the
    // normalised given back, are more than two gradients of ten logits.
    const std::int64_t forward = kept + tokens * 6 * 10;
    const std::int64_t backward = last + tokens * (5 * 4 - 2) * 8;
    check(spec, setup(), kept, forward, backward);
    // With 100 logits the loss is the highest: two gradients in fp32.
    ModelConfig wide = small();
    wide.vocab_size = 100;
    const std::int64_t logits = last + tokens * (2 * 8 + 4 * 100);
    check(*expand_layers(wide), setup(), logits, logits + tokens * 600, logits + tokens * 800);
    // Without head: the norm's result, its product in fp32, and embeddings and last stream.
    TrainingSetup how = setup();
    how.loss = Loss::None;
    check(spec, how, last, last + tokens * (4 + 2 + 2 + 2) * 8, backward);
    // A wider feed-forward: the gradient of down, 2 * 8 * 1000, that of the product and the
    // stream's, where the last norm has been given back; frozen weights have no gradient, and then
    // those of gate and up are the highest.
    ModelConfig feeding = small();
    feeding.intermediate_size = 1000;
    const ModelSpec fed = *expand_layers(feeding);
    const std::int64_t before = layers + 2 * tokens * 8 * (1000 - 16);
    const std::int64_t end = before + tokens * (6 * 8 + 4);
    check(fed, how, end, end + tokens * 10 * 8, before + tokens * 2 * 8 + 16000 + tokens * 2000);
    how.lora.rank = 1;
    check(fed, how, end, end + tokens * 10 * 8, before + tokens * (2 * 8 + 2 * 2000));
}

void TestTrainingPytorch::checkpoints() {
    const ModelSpec spec = *expand_layers(small());
    TrainingSetup how = setup();
    how.recomputation = Recomputation::Full;
    const std::int64_t layer = tokens * (norms + attention + gated);
    const std::int64_t inputs = 24 + 2 * tokens * 2 * 8;
    const std::int64_t kept = inputs + tokens * (6 * 8 + 4 + 2 * 8 + 4 * 10);
    // The second layer, built again: gradients of the stream, of down and of its input.
    check(spec, how, kept, kept + tokens * 6 * 10,
          inputs + layer + tokens * 2 * 8 + 2 * 8 * 16 + tokens * 2 * 16);
    // Without head and with a wider feed-forward: act, up and product, the normalised input and the
    // stream between the sub-layers, nothing else kept.
    how.loss = Loss::None;
    ModelConfig feeding = small();
    feeding.intermediate_size = 100;
    const AutogradMemory m = autograd_memory(*expand_layers(feeding), how);
    QCOMPARE(static_cast<std::int64_t>(m.forward_peak), inputs + tokens * 2 * (3 * 100 + 8 + 8));
    // A window's mask waits with the inputs: a byte a pair of one sequence.
    ModelConfig window = small();
    window.model_type = "mistral";
    window.sliding_window = 2;
    const AutogradMemory masked = autograd_memory(*expand_layers(window), how);
    QCOMPARE(static_cast<std::int64_t>(masked.kept), inputs + tokens * (6 * 8 + 4) + 9);
}

void TestTrainingPytorch::tables() {
    // 100,000 rows of 8: their gradient, 1,600,000 bytes, is made when nothing but the tables of
    // rotation is left, beside the stream's; more than 3,072 tokens are sorted, with 4,400 rows in
    // fp32 for 4,000 tokens.
    ModelConfig config = small();
    config.vocab_size = 100'000;
    TrainingSetup how = setup();
    how.recomputation = Recomputation::Full;
    how.loss = Loss::None;
    const auto peak = [&] {
        return static_cast<std::int64_t>(autograd_memory(*expand_layers(config), how).step_peak);
    };
    QCOMPARE(peak(), std::int64_t{24 + 1'600'000 + tokens * 2 * 8});
    how.sequence = 4000;
    how.micro_batch = 1;
    QCOMPARE(peak(), std::int64_t{8 * 4000 + 1'600'000 + 4 * 4400 * 8 + 4000 * 2 * 8});
    // A tied table has the head's gradient waiting, and their sum is new: three of them.
    config.tie_word_embeddings = true;
    how.sequence = 3;
    QCOMPARE(peak(), std::int64_t{24 + 1'600'000 + 3 * 2 * 8}); // no head
    how.loss = Loss::Fused;
    QCOMPARE(peak(), std::int64_t{24 + 3 * 1'600'000 + 3 * 2 * 8});
}

void TestTrainingPytorch::partsOfTheReport() {
    const ModelSpec spec = *expand_layers(find_model_preset("qwen3-30b-a3b")->config);
    TrainingSetup how;
    how.recomputation = Recomputation::Full;
    const TrainingReport ideal = *training(spec, how);
    how.framework = Framework::PyTorch;
    const TrainingReport r = *training(spec, how);
    const AutogradMemory m = autograd_memory(spec, how);
    QCOMPARE(r.activation_bytes, ideal.activation_bytes);
    QCOMPARE(r.recomputed_bytes, ideal.recomputed_bytes);
    QCOMPARE(r.activation_bytes + r.framework_bytes, static_cast<std::int64_t>(m.kept));
    QCOMPARE(r.forward_peak_bytes, static_cast<std::int64_t>(m.forward_peak));
    QCOMPARE(r.step_peak_bytes, static_cast<std::int64_t>(m.step_peak));
    QCOMPARE(r.step_peak_bytes,
             r.activation_bytes + r.recomputed_bytes + r.framework_bytes + r.temporary_bytes);
    QCOMPARE(r.total_bytes,
             r.weights_bytes + r.gradients_bytes + r.optimizer_bytes + r.step_peak_bytes);
}

QTEST_APPLESS_MAIN(TestTrainingPytorch)
#include "tst_training_pytorch.moc"
