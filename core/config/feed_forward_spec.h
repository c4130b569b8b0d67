// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of feed-forward a layer can have.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headroom {

enum class Activation { Silu, Gelu, GeluTanh, Relu };

/// As papers call it: "SwiGLU", plain "SiLU", squared "ReLU²".
[[nodiscard]] constexpr std::string_view activation_name(Activation activation, bool gated,
                                                         bool squared) {
    switch (activation) {
    case Activation::Silu:
        return gated ? "SwiGLU" : "SiLU";
    case Activation::Gelu:
    case Activation::GeluTanh:
        return gated ? "GeGLU" : "GELU";
    case Activation::Relu:
        return squared ? (gated ? "gated ReLU²" : "ReLU²") : (gated ? "ReGLU" : "ReLU");
    }
    return {};
}

/// gated: down(act(gate(x)) * up(x)), three matrices; plain: down(act(up(x))), two.
struct DenseFeedForward {
    std::int64_t intermediate_size = 0;
    Activation activation = Activation::Silu;
    bool squared = false; ///< act(x)^2: relu2 (Primer, arXiv:2109.08668, sec. 3)
    bool gated = true;
    bool bias = false;
    double activation_sparsity = 0.0; ///< Gemma 3n: share of gate activations cut to zero
    friend bool operator==(const DenseFeedForward&, const DenseFeedForward&) = default;
};

/// How a checkpoint stores the experts. Fused layouts of the first kind may also be written as
/// experts.gate_up_proj [E, 2I, H]; readers of checkpoints accept either.
enum class ExpertLayout {
    PerExpert,  ///< mlp.experts.N.gate_proj/up_proj/down_proj, each [out, in]
    Mixtral,    ///< block_sparse_moe.experts.N.w1/w3/w2, each [out, in]
    FusedInOut, ///< experts.gate_up_proj [E, H, 2I], down_proj [E, I, H] (Llama 4, gpt-oss)
};

enum class Scoring { Softmax, Sigmoid };

enum class ExpertSelection {
    TopK,               ///< the k best scores
    GroupLimitedGreedy, ///< DeepSeek-V2: groups ranked by their best score
    GroupLimitedTop2,   ///< DeepSeek-V3, GLM: groups ranked by the sum of their two best
};

struct Routing {
    Scoring scoring = Scoring::Softmax;
    ExpertSelection selection = ExpertSelection::TopK;
    bool softmax_after_topk = false; ///< gpt-oss: softmax over the chosen k logits
    std::int64_t n_group = 1;
    std::int64_t topk_group = 1;
    bool norm_topk_prob = false;
    double routed_scaling_factor = 1.0;
    bool correction_bias = false; ///< a buffer of num_experts: e_score_correction_bias
    bool scales_input = false;    ///< Llama 4: the expert's input, not its output, is scaled
    friend bool operator==(const Routing&, const Routing&) = default;
};

/// Mixture of gated experts; each token uses num_experts_per_tok of num_experts, and all of the
/// shared expert (DeepSeekMoE, arXiv:2401.06066).
struct MixtureOfExperts {
    std::int64_t num_experts = 0;
    std::int64_t num_experts_per_tok = 0;
    std::int64_t moe_intermediate_size = 0;
    std::int64_t shared_intermediate_size = 0; ///< all shared experts together; 0: none
    ExpertLayout layout = ExpertLayout::PerExpert;
    Activation activation = Activation::Silu;
    bool squared = false;               ///< act(x)^2
    bool bias = false;                  ///< on the experts' projections and the router (gpt-oss)
    std::optional<double> swiglu_limit; ///< gpt-oss: clamped SwiGLU, gate and up interleaved
    Routing routing;
    friend bool operator==(const MixtureOfExperts&, const MixtureOfExperts&) = default;
};

} // namespace headroom
