// SPDX-License-Identifier: GPL-3.0-or-later
// The weights of a model in the layout of the kernels, one struct per kind of sub-layer.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "core/config/layer_spec.h"
#include "core/engine/kernels/packed_matrix.h"
#include "core/engine/tensor_source.h"

namespace headroom {

/// y = x W + b; b is empty where the projection has none.
struct Linear {
    PackedMatrix weight;     // [in, out]
    std::vector<float> bias; // [out]
    [[nodiscard]] const float* bias_or_null() const { return bias.empty() ? nullptr : bias.data(); }
};

struct Norm {
    NormKind kind = NormKind::Rms;
    float eps = 0;
    std::vector<float> weight; // [width]; empty: all ones
    std::vector<float> bias;   // [width]; LayerNorm only
};

/// Multi-head, grouped-query, multi-query attention.
struct GroupedWeights {
    Linear qkv; // [hidden, (heads + 2 kv_heads) * head_dim], columns q | k | v; q alone where the
                // layer reads another's cache
    Linear o;   // [heads * head_dim, hidden]
    Norm q_norm, k_norm;
    std::vector<float> sinks; // [heads]
};

/// Multi-head latent attention. kv_b_proj is kept per head in the two halves that both forms need.
struct LatentWeights {
    Linear q_a;                     // [hidden, q_lora_rank]; empty without q_lora_rank
    Norm q_a_norm;                  // [q_lora_rank]
    Linear q_b;                     // [q_lora_rank or hidden, heads * (nope + rope)]
    Linear kv_a;                    // [hidden, kv_lora_rank + rope]
    Norm kv_a_norm;                 // [kv_lora_rank]
    std::vector<PackedMatrix> k_up; // per head [nope, kv_lora_rank]: absorbs a query
    std::vector<PackedMatrix> v_up; // per head [kv_lora_rank, v_head_dim]
    Linear o;                       // [heads * v_head_dim, hidden]
};

/// One feed-forward; `up` of a gated one holds gate and up interleaved by panel.
struct DenseWeights {
    std::int64_t width = 0;
    Linear up;   // gated [hidden, gated_out(width)], plain [hidden, width]
    Linear down; // [width, hidden]
};

struct MixtureWeights {
    Linear router;                      // [hidden, num_experts]
    std::vector<float> correction_bias; // [num_experts]
    std::vector<DenseWeights> experts;  // [num_experts]
    DenseWeights shared;                // width 0: none
};

struct AltUpWeights {
    Linear modality_router, prediction_coefs, correction_coefs;
    std::vector<float> correct_output_scale; // [hidden]
    Norm router_norm;
    Linear laurel_left, laurel_right;
    Norm laurel_norm;
    Linear input_gate, input_projection; // per-layer embedding: [hidden, p], [p, hidden]
    Norm input_norm;
};

/// One alternative for each of SubLayerKind, in the same order.
using KindWeights = std::variant<GroupedWeights, LatentWeights, DenseWeights, MixtureWeights>;

struct SubLayerWeights {
    KindWeights kind;
    Norm input_norm, output_norm, joined_norm; ///< those that SubLayerNorms names
};

struct LayerWeights {
    std::vector<SubLayerWeights> sub_layers; // as LayerSpec::sub_layers
    AltUpWeights altup;
};

/// Rows that are looked up, never multiplied.
struct LookupTable {
    std::int64_t rows = 0, width = 0;
    WeightType type = WeightType::F32;
    std::byte* data = nullptr; // [rows, width]
    void row(std::int64_t index, float* values) const;
};

struct ModelWeights {
    AlignedBuffer memory;  // every matrix and table, in the order in which a pass reads them
    LookupTable embedding; // [vocab, hidden]; no rows when tied: then lm_head's columns serve
    LookupTable positions; // [learned_positions, hidden]
    std::vector<LayerWeights> layers;
    Norm final_norm;
    Linear lm_head; // [hidden, vocab]

    // Gemma 3n
    LookupTable per_layer_embedding;         // [per_layer_vocab, layers * p]
    Linear per_layer_projection;             // [hidden, layers * p]
    Norm per_layer_projection_norm;          // [p]
    std::vector<Linear> altup_projections;   // num_inputs - 1 of [hidden, hidden]
    std::vector<Linear> altup_unprojections; // num_inputs - 1 of [hidden, hidden]

    std::int64_t parameters = 0;    ///< trainable weights, a tied matrix once
    std::int64_t bytes = 0;         ///< what the buffers above occupy
    std::int64_t padding_bytes = 0; ///< of them, what holds no element of a tensor
};

/// Bytes that load_weights would allocate. Error: an unsupported design.
[[nodiscard]] Result<std::int64_t> planned_weight_bytes(const ModelSpec& spec, TensorSource& source,
                                                        WeightType type);

/// Reads every tensor of the specification once. Errors: a tensor that is missing, has another
/// shape, holds a number that is not finite, or is not part of the design; an unsupported design;
/// more bytes than `memory_limit`, or this computer, can give together with `further_bytes` (cache
/// and workspace).
[[nodiscard]] Result<ModelWeights> load_weights(const ModelSpec& spec, TensorSource& source,
                                                WeightType type, std::int64_t further_bytes,
                                                std::int64_t memory_limit = 0);

} // namespace headroom
