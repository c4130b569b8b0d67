// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/autograd_modules.h"

#include "core/base/overloaded.h"

#include <algorithm>

namespace headroom::autograd {
namespace {

constexpr Wide index = 8;

/// torch.sum over the tokens, for the gradients of biases and norms: 8 bytes a number on their way
/// through global memory, 1 MiB at most for each of the 132 multiprocessors of an H100.
Wide column_sums(const Run& run, Wide numbers) {
    constexpr Wide most = Wide{132} << 20;
    return run.learns ? std::min(8 * numbers, most) : 0;
}

/// RMS norms that multiply with the weight before they go back to bf16.
bool scales_in_fp32(const ModelSpec& model, NormKind kind) {
    return kind == NormKind::RmsPlusOne || model.model_type == "gemma3n_text" ||
           model.model_type == "olmo2" || model.model_type == "olmo3" ||
           model.model_type == "gpt_oss";
}

} // namespace

Run run_of(const ModelSpec& model, const TrainingSetup& setup) {
    Run run{model, setup};
    run.tokens = wide(setup.micro_batch) * setup.sequence;
    run.pairs = run.tokens * setup.sequence;
    run.learns = setup.lora.rank == 0;
    return run;
}

Wide stream(const Run& run) {
    return bf16 * run.tokens * run.model.hidden_size;
}

Wide weight(const Run& run, Wide numbers) {
    return run.learns ? bf16 * numbers : 0;
}

bool is_masked(const Run& run, const AttentionSpan& span) {
    return span.kind != SpanKind::Full && run.setup.sequence >= span.size;
}

bool is_eager(const Run& run, const SubLayerKind& kind) {
    const bool asked = !run.setup.flash_attention;
    return std::visit(Overloaded{[&](const GroupedQueryAttention& a) { return a.sinks || asked; },
                                 [&](const LatentAttention&) { return asked; },
                                 [](const DenseFeedForward&) { return false; },
                                 [](const MixtureOfExperts&) { return false; }},
                      kind);
}

bool rotates_in_fp32(const ModelSpec& model) {
    return model.model_type == "olmo2" || model.model_type == "olmo3";
}

Part norm(const Run& run, NormKind kind, Wide rows, Wide numbers, bool weighted) {
    Part p;
    if (kind == NormKind::Layer) {
        p.kept = bf16 * numbers + 2 * fp32 * rows;
        p.forward = bf16 * numbers;
        p.alone = bf16 * numbers;
        p.backward = bf16 * numbers + column_sums(run, numbers);
        p.rebuilt = p.backward;
        return p;
    }
    const bool precise = scales_in_fp32(run.model, kind);
    const Wide normalised = !weighted ? 0 : precise ? fp32 * numbers : bf16 * numbers;
    p.kept = fp32 * numbers + fp32 * rows + normalised;
    p.forward = (fp32 + bf16) * numbers;
    p.alone = 2 * fp32 * numbers + bf16 * numbers;
    p.rebuilt = 5 * fp32 * numbers - normalised;
    p.backward = precise && weighted ? 3 * fp32 * numbers + column_sums(run, numbers) : p.rebuilt;
    p.backward = std::max(p.backward, p.rebuilt);
    return p;
}

namespace {

// --- attention -----------------------------------------------------------------------------------

/// Bytes of the scores that are kept for every head and pair where they are stored: softmax in fp32
/// and its bf16 copy. The LayerNorm families' softmax stays in bf16: result, mask of dropout, what
/// is left. gpt-oss's in bf16 with nothing behind it.
struct Scores {
    Wide kept = 0;
    Wide forward = 0;  ///< most beside them: what goes into the softmax
    Wide backward = 0; ///< most beside them: softmax's gradients and their product
};

Scores scores_of(const GroupedQueryAttention& a, bool dropout) {
    if (dropout) {
        return {bf16 + flag + bf16, bf16, 3 * bf16 - flag - bf16};
    }
    if (a.sinks) {
        return {bf16, 2 * bf16, 3 * bf16}; // scores, and beside them the sink's
    }
    return {fp32 + bf16 + (a.logit_softcapping ? bf16 : 0), bf16, 3 * fp32 - bf16};
}

bool stores_scores(const Run& run, const SubLayer& sub) {
    return is_eager(run, sub.kind) && run.setup.recomputation != Recomputation::Selective;
}

Part part_of(const Run& run, const SubLayer& sub, const GroupedQueryAttention& a) {
    const ModelSpec& model = run.model;
    const Wide t = run.tokens;
    const Wide heads = a.num_attention_heads;
    const Wide kv_heads = a.num_key_value_heads;
    const Wide q = heads * a.head_dim;
    const Wide own_kv = kv_heads * a.head_dim; // of the projections
    const bool dropout = sub.norms.norm.kind == NormKind::Layer;
    const bool scores = stores_scores(run, sub);
    const bool masked = is_masked(run, a.span);
    // torch's fused attention takes fewer KV heads only without a mask, to a width of 256. One head
    // is repeated without a copy.
    const bool copies = heads != kv_heads && kv_heads > 1 && (masked || scores || a.head_dim > 256);
    const Wide kv = copies ? q : a.shares_kv ? 0 : own_kv;
    const bool fused = model.naming == TensorNaming::Phi3; // one product for Q, K and V
    const bool concatenated = a.rotary && (fused || a.rotary->rotary_dim < a.head_dim);

    Wide attended = bf16 * (q + 2 * kv); // Q, K, V
    if (fused && !copies) {
        attended += bf16 * (q + own_kv); // V is a view of all three
    }
    Wide output = bf16 * q;
    if (!scores) {
        output += (concatenated ? bf16 * q : 0) + fp32 * heads;
    }
    Part p;
    p.kept = stream(run) + t * (attended + output);
    const Scores square = scores_of(a, dropout);
    if (scores) {
        p.kept += heads * square.kept * run.pairs;
    } else if (masked) {
        p.kept += bf16 * run.pairs;
    }
    Wide q_norm_backward = 0;
    if (a.qk_norm != QkNorm::None) {
        const bool wide_norm = a.qk_norm == QkNorm::FullWidth;
        const bool weighted = a.qk_norm != QkNorm::L2;
        const Part qn =
            norm(run, sub.norms.norm.kind, t * (wide_norm ? 1 : heads), t * q, weighted);
        p.kept += qn.kept;
        q_norm_backward = qn.backward;
        if (!a.shares_kv) {
            p.kept +=
                norm(run, sub.norms.norm.kind, t * (wide_norm ? 1 : kv_heads), t * own_kv, weighted)
                    .kept;
        }
    }
    if (a.v_norm && !a.shares_kv) {
        p.kept += norm(run, sub.norms.norm.kind, t * kv_heads, t * own_kv, false).kept;
    }
    // Backward: o_proj; the kernel, with the gradients of Q, K and V and a workspace in fp32 (twice
    // where heads share K and V); the norm of Q when Q, K, V and the output are given back.
    const Wide out_gradient = bf16 * q * t;
    Wide inner = bf16 * (q + 2 * kv) * t;
    if (scores) {
        inner = heads * square.backward * run.pairs;
    } else {
        inner += ((kv == q ? 1 : 2) * fp32 * q + fp32 * heads) * t + out_gradient -
                 (concatenated ? bf16 * q * t : 0);
    }
    const Wide late = q_norm_backward + bf16 * 2 * kv * t - (attended + output) * t;
    p.backward = std::max({weight(run, q * model.hidden_size) + out_gradient, inner, late});
    p.rebuilt = p.backward;
    p.forward = stream(run) + (scores ? heads * square.forward * run.pairs : 0);
    // Q, K and V; then the rotated Q, and two products and their sum of what is being rotated.
    const Wide rotated = (rotates_in_fp32(model) ? fp32 : bf16) * std::max(3 * q, q + 3 * kv);
    p.alone = stream(run) + (bf16 * (q + 2 * kv) + rotated) * t +
              (scores ? heads * (square.kept + square.forward) * run.pairs : 0);
    return p;
}

Part part_of(const Run& run, const SubLayer& sub, const LatentAttention& a) {
    const ModelSpec& model = run.model;
    const Wide t = run.tokens;
    const Wide heads = a.num_attention_heads;
    const Wide qk = heads * (a.qk_nope_head_dim + a.qk_rope_head_dim);
    const Wide v = heads * a.v_head_dim;
    const bool scores = stores_scores(run, sub);
    const auto latent = [&](Wide rank) { // its norm, and the input of the product behind it
        return norm(run, sub.norms.norm.kind, t, t * rank).kept + bf16 * rank * t;
    };
    const Wide expanded = heads * (a.qk_nope_head_dim + a.v_head_dim); // V is a view of it
    const Wide attended = bf16 * (2 * qk + expanded);
    const Wide output = scores ? bf16 * v : 2 * bf16 * v + fp32 * heads;
    Part p;
    p.kept = stream(run) + latent(a.kv_lora_rank) + (attended + output) * t;
    if (a.q_lora_rank) {
        p.kept += latent(*a.q_lora_rank);
    }
    const Scores square = {fp32 + bf16, bf16, 3 * fp32 - bf16};
    if (scores) {
        p.kept += heads * square.kept * run.pairs;
    } else if (is_masked(run, a.span)) {
        p.kept += bf16 * run.pairs;
    }
    const Wide inner = scores ? heads * square.backward * run.pairs
                              : (bf16 * (2 * qk + v) + fp32 * qk + fp32 * heads) * t;
    p.backward = std::max(weight(run, v * model.hidden_size) + bf16 * v * t, inner);
    p.rebuilt = p.backward;
    p.forward = stream(run) + (scores ? heads * square.forward * run.pairs : 0);
    p.alone = stream(run) + (bf16 * 4 * qk + bf16 * expanded + 2 * bf16 * v) * t +
              (scores ? heads * (square.kept + square.forward) * run.pairs : 0);
    return p;
}

// --- feed-forward --------------------------------------------------------------------------------

/// Tensors of the inner width that a dense feed-forward keeps. Gated: gate, act(gate), up, product;
/// ReLU keeps its result in place of the gate, and gpt2's and BERT's plain ones input and result.
/// gelu_new, the plain GELU by tanh, is written out: x, x/2, tanh, 1 + tanh, result. Gemma 3n's
/// sparsity keeps the gate before and after the cut.
Wide inner_tensors(const DenseFeedForward& f) {
    const bool relu = f.activation == Activation::Relu;
    if (f.gated) {
        return (relu && !f.squared ? 3 : 4) + (f.activation_sparsity > 0 ? 1 : 0);
    }
    if (relu) {
        return f.squared ? 2 : 1;
    }
    return f.activation == Activation::GeluTanh ? 5 : 2;
}

Part part_of(const Run& run, const SubLayer& /*sub*/, const DenseFeedForward& f) {
    const Wide h = run.model.hidden_size;
    const Wide width = bf16 * wide(f.intermediate_size) * run.tokens;
    const bool written_out = !f.gated && f.activation == Activation::GeluTanh;
    const bool one_product = run.model.naming == TensorNaming::Phi3; // gate and up together
    const Wide inner = inner_tensors(f) * width;
    const Wide matrix = weight(run, h * f.intermediate_size);
    const Wide down = matrix + width + (f.bias ? column_sums(run, run.tokens * h) : 0);
    const Wide up = matrix + width + stream(run) - inner +
                    (f.bias ? column_sums(run, run.tokens * f.intermediate_size) : 0);
    Part p;
    p.kept = stream(run) + inner;
    p.forward = 2 * stream(run); // the result, and the sum
    // Without gradients: gelu_new's terms; gate and up in one, act and product; act, up and
    // product, or what the square reads and makes; what the activation reads and makes.
    const bool three = f.gated || f.squared;
    p.alone = stream(run) + (written_out || one_product ? 4 : three ? 3 : 2) * width;
    p.backward = std::max({down, up, (f.gated || written_out ? 2 : 1) * width});
    p.rebuilt = p.backward;
    return p;
}

/// Bytes of routing for a token: probabilities in fp32, the chosen and their weights; routers of
/// DeepSeek's kind (those with shared experts) multiply in fp32, from a copy of the input.
Wide router_bytes(const ModelSpec& model, const MixtureOfExperts& f, bool in_fp32) {
    const Wide experts = f.num_experts;
    return fp32 * experts + (index + fp32) * f.num_experts_per_tok +
           (in_fp32 ? fp32 * model.hidden_size + flag * experts : 0);
}

/// Llama 4 multiplies every expert with every token, the inputs scaled by the router.
Part every_expert(const Run& run, const MixtureOfExperts& f) {
    const Wide h = run.model.hidden_size;
    const Wide rows = run.tokens * f.num_experts;
    const Wide in = bf16 * h * rows;
    const Wide width = bf16 * wide(f.moe_intermediate_size) * rows;
    const Wide matrix = weight(run, wide(f.num_experts) * h * f.moe_intermediate_size);
    const Wide shared = 4 * bf16 * wide(f.shared_intermediate_size) * run.tokens;
    Part p;
    p.kept = stream(run) + 2 * in + bf16 * rows + 4 * width + shared +
             router_bytes(run.model, f, false) * run.tokens;
    p.forward = in + stream(run);
    p.alone = stream(run) + in + 4 * width;
    p.backward = std::max(matrix + width, 2 * matrix - 2 * width) + in + stream(run) - shared;
    p.rebuilt = p.backward;
    return p;
}

Part part_of(const Run& run, const SubLayer& /*sub*/, const MixtureOfExperts& f) {
    if (f.routing.scales_input) {
        return every_expert(run, f);
    }
    const Wide h = run.model.hidden_size;
    const Wide rows = run.tokens * f.num_experts_per_tok;
    const Wide row = bf16 * h * rows; // each token's copies
    const Wide width = bf16 * wide(f.moe_intermediate_size) * rows;
    const bool like_deepseek = f.shared_intermediate_size > 0;
    // Weights of the chosen stay in fp32 there and in Mixtral's kind; what they scale follows.
    const bool precise = like_deepseek || f.layout == ExpertLayout::Mixtral;
    const Wide scaled = precise ? 2 * row : row;
    // Gate and up as one tensor, act(gate), product. The clamped SwiGLU: gate and up, each cut to
    // its range, the sigmoid, up + 1, their two products.
    const Wide inner = (f.swiglu_limit ? 7 : 4) * width;
    const Wide shared =
        like_deepseek ? 4 * bf16 * wide(f.shared_intermediate_size) * run.tokens : 0;
    const Wide indices = (3 + (f.bias ? 1 : 0)) * index + flag + (precise ? fp32 : bf16);
    const Wide matrix = weight(run, wide(f.num_experts) * h * f.moe_intermediate_size);
    Part p;
    p.kept = stream(run) + 2 * row + inner + indices * rows + shared +
             router_bytes(run.model, f, like_deepseek) * run.tokens;
    // Scaled results, and the same in the order of the tokens; shared experts come after.
    p.forward = 2 * scaled - shared;
    // Two tensors of gate and up, with and without the rows of no expert; or two of the results.
    p.alone = stream(run) + row + std::max(row + 2 * scaled, 4 * width);
    // The results' scaling, with a cast where it is precise; the products of down, of gate and up.
    const Wide products = std::max(matrix + width, 2 * matrix + 2 * width - inner);
    p.backward = std::max(3 * scaled + (precise ? row : 0), products) - shared;
    p.rebuilt = std::max(3 * scaled, products) - shared;
    return p;
}

} // namespace

Part sub_layer(const Run& run, const SubLayer& sub) {
    return std::visit([&](const auto& kind) { return part_of(run, sub, kind); }, sub.kind);
}

Part altup(const Run& run, NormKind norms, const AltUpSpec& a) {
    const Wide t = run.tokens;
    const Part wide_norm = norm(run, norms, t, t * run.model.hidden_size);
    Part p;
    p.kept = 4 * wide_norm.kept + (2 + 2 * a.num_inputs + 1 + 1) * stream(run) +
             bf16 * (a.laurel_rank + 4 * wide(a.per_layer_input)) * t;
    p.forward = 2 * wide(a.num_inputs) * stream(run);
    p.alone = 4 * wide(a.num_inputs) * stream(run);
    p.backward = wide_norm.backward + 2 * wide(a.num_inputs) * stream(run);
    p.rebuilt = wide_norm.rebuilt + 2 * wide(a.num_inputs) * stream(run);
    return p;
}

} // namespace headroom::autograd
