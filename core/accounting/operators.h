// SPDX-License-Identifier: GPL-3.0-or-later
// The operator list: what one step executes, moves and launches.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/function_ref.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

#include <cstdint>
#include <string_view>

namespace headroom {

enum class OperatorKind { Linear, Attention, Expert, ElementWise, Communication };
inline constexpr std::size_t operator_kind_count = 5;
std::string_view to_string(OperatorKind kind);

/// What an operator does, whatever it is called.
enum class Operation {
    EmbedTokens,
    PerLayerModelProjection,
    AltUpProjection,
    Norms, ///< all of a layer's on the residual stream
    // attention
    QkvProj,
    QProj,
    QAProj,
    QBProj,
    KvAProj,
    KvBProj,
    RotaryAndNorm,
    ExpandLatent,
    QAbsorb,
    Attention, ///< scores, softmax and weighted values in one
    AttentionScores,
    AttentionSoftmax,
    AttentionValues,
    VAbsorb,
    OProj,
    // feed-forward
    GateUpProj,
    UpProj,
    Activation,
    DownProj,
    Router,
    Routing, ///< what surrounds the experts: choice, gathering, adding up
    ExpertsGateUpProj,
    ExpertsDownProj,
    SharedGateUpProj,
    SharedDownProj,
    // AltUp, LAuReL and the per-layer embedding
    LaurelLeft,
    LaurelRight,
    ModalityRouter,
    PredictionCoefs,
    CorrectionCoefs,
    AltUpPredict,
    PerLayerInputGate,
    PerLayerProjection,
    AltUpStreams,
    // the end
    FinalNorm,
    AltUpUnembedProjection,
    HeadTransform,
    LmHead,
    // between devices
    AllReduce,
    AllToAll,
    Send,           ///< from one stage of a pipeline to the next
    GroupedProduct, ///< a product of experts timed alone
};
/// "qkv_proj", "attention.scores", "experts.gate_up_proj", "all_reduce"
std::string_view to_string(Operation operation);

/// How attention's pairs are counted: Dense = every pair of the padded square (what an eager
/// framework executes), Attended = only the pairs that the span allows.
enum class PairCounting { Dense, Attended };

enum class Phase { Prefill, Decode };

/// One step: `tokens` new tokens for each of `batch` sequences, after `past` cached ones.
struct Step {
    Phase phase = Phase::Decode;
    std::int64_t batch = 1;
    std::int64_t tokens = 1;
    std::int64_t past = 0;
    PairCounting pairs = PairCounting::Attended;
    bool head_for_last_only = true;
    /// Llama 4's eager reference multiplies every expert with every token; Dense counts that.
    bool all_experts = false;
};

/// One kind of work of one kind of layer; `count` equal ones stand in the model. Bytes and FLOPs
/// are of one of them, on one device.
struct Operator {
    OperatorKind kind = OperatorKind::Linear;
    Operation what = Operation::QkvProj;
    std::int32_t layer_kind = -1; ///< index into ModelSpec::kinds; -1: outside the layers
    std::int32_t sub_layer = -1;  ///< of that kind; -1: of the layer, or outside
    std::int64_t count = 1;
    Wide flops = 0;
    double in = 0;           ///< products: inputs of the weight matrix
    double out = 0;          ///< products: its outputs
    double weight_bytes = 0; ///< a fraction of experts is touched on average, hence not an integer
    double activation_bytes = 0;
    double cache_bytes = 0;                   ///< of the KV cache, read and written
    double launches = 1;                      ///< kernels
    NumberFormat format = NumberFormat::Bf16; ///< format of the weights it multiplies with
    double experts = 0;                       ///< experts: distinct ones that this device reads
    double rows_per_expert = 0;               ///< experts: tokens that each of them gets
    double message_bytes = 0;                 ///< communication
    double memory_share = 1;  ///< share of its kind's memory efficiency that its shape reaches
    double compute_share = 1; ///< the same of its kind's compute efficiency
    double tiles = 0; ///< experts: tiles that the device's compute units share; 0: enough for all
    std::int64_t participants = 1;
    std::int64_t span = 1; ///< communication: devices of the group, which decides the link
    [[nodiscard]] std::string_view name() const { return to_string(what); }
};

/// The sub-layer that an operator of one belongs to.
[[nodiscard]] const SubLayer& sub_layer_of(const ModelSpec& spec, const Operator& op);

/// Expected number of distinct experts that `tokens` tokens reach: E * (1 - (1 - k/E)^tokens),
/// with uniform routing.
double expected_distinct_experts(std::int64_t num_experts, std::int64_t num_experts_per_tok,
                                 double tokens);

/// Pairs (query, key) that `tokens` queries after `past` tokens attend to.
Wide attended_pairs(const AttentionSpan& span, std::int64_t tokens, std::int64_t past,
                    bool is_causal = true);

/// Calls `visit` for every operator of the step, on one device of the deployment.
void for_each_operator(const ModelSpec& spec, const Step& step, const Formats& formats,
                       const Deployment& deployment, FunctionRef<void(const Operator&)> visit);

/// The same work with less detail: what is equal in several kinds of layers is visited once,
/// `layer_kind` being the first of them and `count` the layers of all. For sums.
void for_each_distinct_operator(const ModelSpec& spec, const Step& step, const Formats& formats,
                                const Deployment& deployment,
                                FunctionRef<void(const Operator&)> visit);

/// Sum of flops over the step on one device that holds the whole model; INT64_MAX on overflow.
std::int64_t step_flops(const ModelSpec& spec, const Step& step);

/// The product that makes the rotary angles, which eager frameworks execute besides:
/// 2 * (rotary_dim / 2) * tokens for every distinct rotary table.
std::int64_t rotary_product_flops(const ModelSpec& spec, std::int64_t tokens);

} // namespace headroom
