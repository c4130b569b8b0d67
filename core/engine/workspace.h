// SPDX-License-Identifier: GPL-3.0-or-later
// The activations of one forward pass: one block of memory, every buffer named with its shape.
#pragma once

#include <cstdint>
#include <vector>

#include "core/config/layer_spec.h"
#include "core/engine/kernels/product.h"
#include "core/engine/memory.h"

namespace headroom {

/// Sizes that depend on the run, not on the model.
struct WorkspaceLimits {
    std::int64_t tokens = 0;  ///< most tokens of one pass (a chunk of the prompt)
    std::int64_t context = 0; ///< most tokens of the cache
    int threads = 1;
    bool keeps = false; ///< every sub-layer has buffers of its own, which a backward pass can read
};

/// What one sub-layer computes on its way. T = tokens, H = hidden_size. Where a pass keeps nothing,
/// all sub-layers share one of these, and what is changed in place is one buffer under two names.
struct Activations {
    float* stream = nullptr;             // [T, H] the stream that it reads; null unless kept
    float* normed = nullptr;             // [T, H] the same behind its norm
    float* branch = nullptr;             // [T, H] what it returns, where a norm follows
    float* projected = nullptr;          // [T, (heads + 2 kv_heads) * head_dim], or MLA's queries
    float* qkv = nullptr;                // the same, normed and turned
    float* low_rank_projected = nullptr; // [T, q_lora_rank]
    float* low_rank = nullptr;           // the same behind its norm
    float* latent_projected = nullptr;   // [T, kv_lora_rank + rope]
    float* latent = nullptr;             // the same, normed and turned
    float* mixed = nullptr;              // [T, heads * value_dim] what attention returns
    float* pre_activation =
        nullptr;                  // [T, gated_out(intermediate)] or [T, intermediate]; of experts
                                  // [T * k, gated_out]; Gemma 3n's sparse layers, or kept
    float* hidden = nullptr;      // [T, intermediate] or [T * k, moe_intermediate]
    float* router = nullptr;      // [T, num_experts]
    float* expert_rows = nullptr; // [T * k, H]
    float* shared_pre_activation = nullptr; // [T, gated_out(shared)]; null unless kept
    float* shared_hidden = nullptr;         // [T, shared intermediate]
};

/// Everything of a pass that is not a sub-layer's own.
struct Workspace {
    bool keeps = false;
    float* residual = nullptr; // [T, H]
    float* normed = nullptr;   // [T, H] what the head reads
    float* branch = nullptr;   // [T, H] scratch, and the sum of sub-layers that a norm follows
    float* beside = nullptr;   // [T, H] output of one that runs beside another
    float* keys = nullptr;     // [kv_heads, panels, head_dim, 32] keys in view, packed
    float* values = nullptr;   // [kv_heads, keys in view, head_dim]
    float* latents = nullptr;  // [keys in view, kv_lora_rank + rope]
    float* packed_latents = nullptr; // the same without rope, packed for products
    float* scores = nullptr;         // [threads, scores_stride]
    std::int64_t scores_stride = 0;
    float* expanded = nullptr; // [threads, expanded_stride] MLA: one head's keys and values
    std::int64_t expanded_stride = 0;
    kernels::ProductScratch product;

    // Gemma 3n; N = altup_num_inputs, L = layers, p = hidden_size_per_layer_input
    float* streams = nullptr;      // [N, T, H]
    float* predictions = nullptr;  // [N, T, H]
    float* laurel = nullptr;       // [T, H]
    float* coefficients = nullptr; // [T, N * N + 2 N]
    float* per_layer = nullptr;    // [T, L * p]
    float* gated_input = nullptr;  // [T, max(p, laurel_rank)]

    std::vector<float*> retained; // [layers] null, or [T, 2 kv_heads * head_dim]: keys and values
                                  // of this pass that later layers read too
    std::vector<std::vector<Activations>> layers; // [layers][sub-layers]

    AlignedBuffer memory;
};

/// Keys that one pass of `tokens` queries can see at most.
[[nodiscard]] std::int64_t keys_in_view(const AttentionSpan& span, const WorkspaceLimits& limits);

[[nodiscard]] std::int64_t workspace_bytes(const ModelSpec& spec, const WorkspaceLimits& limits);
[[nodiscard]] Workspace make_workspace(const ModelSpec& spec, const WorkspaceLimits& limits);

} // namespace headroom
