// SPDX-License-Identifier: GPL-3.0-or-later
// The tensor table: every weight of a design, with its Hub name, shape and role.
#pragma once

#include "core/accounting/parameters.h"
#include "core/base/function_ref.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

enum class Usage {
    EveryToken, ///< read for each token
    Lookup,     ///< one row per token: the input embedding
    Routed,     ///< read when the router chooses it
    Buffer,     ///< not trained
    Never,      ///< not read at inference
};

/// How tensor parallelism shares a weight. Routed experts are spread over the expert-parallel
/// devices instead.
enum class Sharing {
    Even,    ///< rows or columns over all devices
    KvHeads, ///< by KV heads, until each device has one
    Whole,   ///< norms, routers, biases, and MLA's down-projections, whose result every head needs
};

/// What a weight is, whatever a checkpoint calls it. With `is_bias` it is the bias of that.
enum class TensorSlot {
    // outside the layers
    TokenEmbedding,
    PositionEmbedding,
    TokenTypeEmbedding,
    EmbeddingNorm,
    PerLayerTable,
    PerLayerModelProjection,
    PerLayerProjectionNorm,
    AltUpProjection,
    AltUpUnembedProjection,
    FinalNorm,
    HeadTransform,
    HeadTransformNorm,
    HeadProj,
    // norms of a sub-layer: see SubLayerNorms
    InputNorm,
    OutputNorm,
    JoinedNorm,
    StreamNorm,
    // attention
    QProj,
    KProj,
    VProj,
    QkvProj, ///< the three in one
    OProj,
    QNorm,
    KNorm,
    Sinks,
    QAProj, ///< latent attention: to the query's rank, and from it
    QANorm,
    QBProj,
    KvAProj,
    KvANorm,
    KvBProj,
    // feed-forward
    GateProj,
    UpProj,
    GateUpProj, ///< the two in one
    DownProj,
    RouterProj,
    RouterCorrection,
    ExpertGateProj,
    ExpertUpProj,
    ExpertGateUpProj, ///< the two in one, of all experts
    ExpertDownProj,
    SharedGateProj,
    SharedUpProj,
    SharedDownProj,
    // AltUp, LAuReL and the per-layer embedding
    CorrectOutputScale,
    CorrectionCoefs,
    PredictionCoefs,
    ModalityRouter,
    ModalityNorm,
    LaurelLeft,
    LaurelRight,
    LaurelNorm,
    PerLayerInputGate,
    PerLayerProjection,
    PerLayerInputNorm,
};

/// One weight of every layer of a kind; names are patterns, so that no string is made while
/// counting.
struct TensorSpec {
    TensorSlot slot = TensorSlot::TokenEmbedding;
    bool is_bias = false;
    std::string_view prefix; ///< before the layer number: "model.layers."
    std::string_view name;   ///< after it: ".self_attn.q_proj.weight"; '#' stands for the expert
    /// [out, in], [size], or [experts, out, in]; with is_in_out the last two the other way round.
    std::array<std::int64_t, 3> shape{};
    std::int32_t rank = 0;
    ParameterGroup role = ParameterGroup::Other;
    Usage usage = Usage::EveryToken;
    std::int32_t layer_kind = -1; ///< index into ModelSpec::kinds; -1: once per model
    std::int32_t sub_layer = -1;  ///< of that kind; -1: of the layer, or once per model
    std::int64_t layers = 1;      ///< layers that have one
    std::int64_t copies = 1; ///< equal tensors that differ in '#': num_experts per-expert weights
    Sharing sharing = Sharing::Even;
    bool is_in_out = false; ///< GPT-2's Conv1D, the fused experts of Llama 4 and gpt-oss
    [[nodiscard]] Wide elements() const {
        Wide n = 1;
        for (std::int32_t i = 0; i < rank; ++i) {
            n *= shape[static_cast<std::size_t>(i)];
        }
        return n;
    }
};

/// The sub-layer that a weight of one belongs to.
[[nodiscard]] const SubLayer& sub_layer_of(const ModelSpec& spec, const TensorSpec& tensor);

/// Calls `visit` for every weight of every part of a layer, and for those outside the layers. What
/// is equal in several kinds of layers is visited once: `layer_kind` is the first of them and
/// `layers` counts those of all.
void for_each_tensor(const ModelSpec& spec, FunctionRef<void(const TensorSpec&)> visit);

/// The weights outside the layers, those of a sub-layer with its norms, and those of a way of
/// joining the stream, by their index in spec.parts and spec.residuals.
void for_each_outside_tensor(const ModelSpec& spec, FunctionRef<void(const TensorSpec&)> visit);
void for_each_part_tensor(const ModelSpec& spec, std::size_t part,
                          FunctionRef<void(const TensorSpec&)> visit);
void for_each_residual_tensor(const ModelSpec& spec, std::size_t residual,
                              FunctionRef<void(const TensorSpec&)> visit);

/// The weights of one kind of layer.
void for_each_tensor_of(const ModelSpec& spec, std::int32_t kind,
                        FunctionRef<void(const TensorSpec&)> visit);

/// Name of the tensor in layer `layer` (outside the layers: any), its copy `copy`.
std::string tensor_name(const TensorSpec& tensor, std::int64_t layer, std::int64_t copy = 0);

/// One weight of the checkpoint.
struct NamedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    ParameterGroup role = ParameterGroup::Other;
    Usage usage = Usage::EveryToken;
    std::int64_t layer = -1;
    std::int64_t parameters = 0;
};

/// The whole table with names, in the order of the model.
std::vector<NamedTensor> list_tensors(const ModelSpec& spec);

} // namespace headroom
