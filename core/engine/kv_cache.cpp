// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kv_cache.h"

#include "core/base/overloaded.h"

#include <algorithm>

namespace headroom {
namespace {

std::int64_t slots_for(const AttentionSpan& span, std::int64_t context) {
    switch (span.kind) {
    case SpanKind::Full:
        return context;
    case SpanKind::Sliding:
    case SpanKind::Chunked:
        return std::min(context, span.size);
    }
    return context;
}

/// Shape of a layer's cache, without memory.
LayerCache shape_of(const LayerSpec& layer, std::int64_t context) {
    LayerCache cache;
    std::visit(Overloaded{
                   [&](const GroupedQueryAttention& a) {
                       if (!a.shares_kv) {
                           cache.capacity = slots_for(a.span, context);
                           cache.kv_heads = a.num_key_value_heads;
                           cache.key_dim = cache.value_dim = a.head_dim;
                       }
                   },
                   [&](const LatentAttention& a) {
                       cache.capacity = slots_for(a.span, context);
                       cache.kv_heads = 1;
                       cache.key_dim = a.kv_lora_rank + a.qk_rope_head_dim;
                   },
               },
               layer.attention);
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

std::int64_t layer_cache_bytes(const LayerSpec& layer, std::int64_t context) {
    const LayerCache cache = shape_of(layer, context);
    return cache.capacity * cache.bytes_per_token();
}

std::int64_t cache_bytes(const ModelSpec& spec, std::int64_t context) {
    std::int64_t bytes = 0;
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        bytes += layer_cache_bytes(spec.layer(i), context);
    }
    return bytes;
}

std::vector<LayerCache> make_caches(const ModelSpec& spec, std::int64_t context) {
    std::vector<LayerCache> caches;
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        LayerCache cache = shape_of(spec.layer(i), context);
        const auto floats = [&](std::int64_t dim) {
            return AlignedBuffer(static_cast<std::size_t>(cache.kv_heads * cache.capacity * dim) *
                                 sizeof(float));
        };
        cache.keys = floats(cache.key_dim);
        cache.values = floats(cache.value_dim);
        caches.push_back(std::move(cache));
    }
    return caches;
}

} // namespace headroom
