// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kv_cache.h"

#include <algorithm>

namespace headroom {
namespace {

/// Shape of the cache of a make of entries, without memory.
LayerCache shape_of(const KeptEntry& entry, std::int64_t context) {
    LayerCache cache;
    if (!entry.is_shared) {
        cache.capacity = stored_entries(entry, context);
        cache.kv_heads = entry.heads;
        cache.key_dim = entry.key_numbers;
        cache.value_dim = entry.value_numbers;
    }
    return cache;
}

} // namespace

void LayerCache::slots_of(kernels::Interval positions, std::vector<kernels::Interval>& out) const {
    const std::int64_t count = positions.end - positions.begin;
    const std::int64_t first = positions.begin % capacity;
    const std::int64_t until_wrap = std::min(count, capacity - first);
    out.push_back({first, first + until_wrap});
    if (until_wrap < count) {
        out.push_back({0, count - until_wrap});
    }
}

LayerCache cache_shape(const SubLayerKind& kind, std::int64_t context) {
    const KeptList kept = kept_by(kind);
    return kept.empty() ? LayerCache{} : shape_of(kept.front(), context);
}

LayerCache make_cache(const SubLayerKind& kind, std::int64_t context) {
    LayerCache cache = cache_shape(kind, context);
    const auto floats = [&](std::int64_t dim) {
        return AlignedBuffer(static_cast<std::size_t>(cache.kv_heads * cache.capacity * dim) *
                             sizeof(float));
    };
    cache.keys = floats(cache.key_dim);
    cache.values = floats(cache.value_dim);
    return cache;
}

std::int64_t cache_bytes(const ModelSpec& spec, std::int64_t context) {
    std::int64_t bytes = 0;
    for (const LayerPart& part : spec.parts) {
        const LayerCache cache = cache_shape(spec.sub_layer_of(part).kind, context);
        bytes += part.count * cache.capacity * cache.bytes_per_token();
    }
    return bytes;
}

} // namespace headroom
