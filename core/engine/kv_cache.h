// SPDX-License-Identifier: GPL-3.0-or-later
// The key/value cache: each layer keeps exactly what its kind of attention needs to look back at.
#pragma once

#include <cstdint>
#include <vector>

#include "core/accounting/kept.h"
#include "core/config/layer_spec.h"
#include "core/engine/kernels/attention.h"
#include "core/engine/memory.h"

namespace headroom {

/// One sub-layer's share. A window keeps its last `capacity` tokens in a ring; a chunked layer at
/// most a chunk; full attention the whole context. Token p lies in slot p % capacity.
struct LayerCache {
    std::int64_t capacity = 0; ///< 0: the layer reads another layer's cache
    std::int64_t kv_heads = 0;
    std::int64_t key_dim = 0;
    std::int64_t value_dim = 0; ///< 0: the latent of MLA, whose keys contain the values
    AlignedBuffer keys;         // [kv_heads, capacity, key_dim]
    AlignedBuffer values;       // [kv_heads, capacity, value_dim]

    [[nodiscard]] std::int64_t bytes() const {
        return static_cast<std::int64_t>(keys.size() + values.size());
    }
    /// Bytes of the slots that a sequence of `tokens` tokens fills.
    [[nodiscard]] std::int64_t filled_bytes(std::int64_t tokens) const {
        return (tokens < capacity ? tokens : capacity) * bytes_per_token();
    }
    [[nodiscard]] std::int64_t bytes_per_token() const {
        return kv_heads * (key_dim + value_dim) * static_cast<std::int64_t>(sizeof(float));
    }
    [[nodiscard]] float* key(std::int64_t head, std::int64_t position) {
        return keys.floats() + (head * capacity + position % capacity) * key_dim;
    }
    [[nodiscard]] float* value(std::int64_t head, std::int64_t position) {
        return values.floats() + (head * capacity + position % capacity) * value_dim;
    }
    /// Slots of positions [begin, end), at most `capacity` many: one interval, or two around the
    /// ring's end.
    void slots_of(kernels::Interval positions, std::vector<kernels::Interval>& out) const;
};

/// The cache that a sub-layer of this kind has for `context` tokens: what accounting/kept.h says,
/// in fp32. One that keeps nothing has no capacity.
[[nodiscard]] LayerCache make_cache(const SubLayerKind& kind, std::int64_t context);

/// Bytes of the caches of all sub-layers.
[[nodiscard]] std::int64_t cache_bytes(const ModelSpec& spec, std::int64_t context);

} // namespace headroom
