// SPDX-License-Identifier: GPL-3.0-or-later
// What the layers keep between tokens, summed up, and what a decode step reads of it.
#pragma once

#include "core/accounting/kept.h"
#include "core/accounting/scenario.h"
#include "core/config/layer_spec.h"

#include <cstdint>
#include <vector>

namespace headroom {

/// One layer's line of the cache table.
struct KvLayer {
    std::int64_t layer = 0;
    std::vector<KeptEntry> kept; ///< by all its sub-layers; empty: nothing, or in an encoder
    bool shares_kv = false;
    std::int64_t source_layer = 0;
    std::int64_t stored_tokens = 0; ///< entries of the first make
    std::int64_t bytes_per_token = 0;
    std::int64_t bytes = 0;      ///< one sequence, at the context
    std::int64_t bytes_read = 0; ///< by a decode step; a shared cache is read again
};

struct KvReport {
    std::int64_t bytes_per_token = 0;  ///< one more token while every layer still stores it
    std::int64_t bytes_at_context = 0; ///< one sequence
    std::int64_t bytes_batch = 0;      ///< all sequences of the batch
    /// One sequence, by the step whose token is the context's last. Shared caches are read again.
    std::int64_t bytes_read_per_decode_step = 0;
};

KvReport kv_cache(const ModelSpec& spec, const Workload& workload, NumberFormat format);

/// Stored bytes of one sequence of `context` tokens.
std::int64_t kv_bytes_at(const ModelSpec& spec, std::int64_t context, NumberFormat format);

/// Bytes that a decode step reads whose token is the last of `context`, one sequence.
std::int64_t kv_bytes_read_at(const ModelSpec& spec, std::int64_t context, NumberFormat format);

std::vector<KvLayer> kv_layers(const ModelSpec& spec, std::int64_t context, NumberFormat format);

} // namespace headroom
