// SPDX-License-Identifier: GPL-3.0-or-later
// What the key/value cache stores and what a decode step reads of it.
#pragma once

#include "core/accounting/scenario.h"
#include "core/config/layer_spec.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// Numbers that one token leaves in a layer's cache. GQA: 2 * num_key_value_heads * head_dim;
/// MLA: kv_lora_rank + qk_rope_head_dim (DeepSeek-V2, sec. 2.1); a layer that reads another's: 0.
std::int64_t kv_numbers_per_token(const LayerSpec& layer);

/// Tokens that a layer keeps of a context: all, the window, or the chunk.
std::int64_t stored_tokens(const LayerSpec& layer, std::int64_t context);

/// One layer's line of the cache table.
struct KvLayer {
    std::int64_t layer = 0;
    AttentionSpan span;
    bool is_latent = false;
    bool shares_kv = false;
    std::int64_t source_layer = 0;
    std::int64_t stored_tokens = 0;
    std::int64_t bytes_per_token = 0;
    std::int64_t bytes = 0;      ///< one sequence, at the context
    std::int64_t bytes_read = 0; ///< by a decode step; a shared cache is read again
};

struct KvReport {
    std::int64_t bytes_per_token = 0;  ///< one more token while every layer still stores it
    std::int64_t bytes_at_context = 0; ///< one sequence
    std::int64_t bytes_batch = 0;      ///< all sequences of the batch
    std::int64_t bytes_read_per_decode_step = 0; ///< one sequence; shared caches are read again
};

KvReport kv_cache(const ModelSpec& spec, const Workload& workload, NumberFormat format);

/// Stored bytes of one sequence of `context` tokens.
std::int64_t kv_bytes_at(const ModelSpec& spec, std::int64_t context, NumberFormat format);

std::vector<KvLayer> kv_layers(const ModelSpec& spec, std::int64_t context, NumberFormat format);

} // namespace headroom
