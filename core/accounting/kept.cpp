// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/kept.h"

#include "core/base/overloaded.h"

#include <algorithm>

namespace headroom {
namespace {

void bound_by(const AttentionSpan& span, KeptEntry& entry) {
    switch (span.kind) {
    case SpanKind::Full:
        entry.bound = KeptBound::Grows;
        break;
    case SpanKind::Sliding:
        entry.bound = KeptBound::Window;
        break;
    case SpanKind::Chunked:
        entry.bound = KeptBound::Chunk;
        break;
    }
    entry.size = span.size;
}

/// A key and a value for each KV head.
KeptList keys_and_values(const GroupedQueryAttention& a) {
    KeptEntry entry;
    bound_by(a.span, entry);
    entry.heads = a.num_key_value_heads;
    entry.key_numbers = entry.value_numbers = a.head_dim;
    entry.is_shared = a.shares_kv;
    KeptList list;
    list.add(entry);
    return list;
}

/// The latent and the rotated key beside it, once for all heads.
KeptList latent(const LatentAttention& a) {
    KeptEntry entry;
    entry.content = KeptContent::Latent;
    bound_by(a.span, entry);
    entry.key_numbers = a.kv_lora_rank + a.qk_rope_head_dim;
    KeptList list;
    list.add(entry);
    return list;
}

} // namespace

KeptList kept_by(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) { return keys_and_values(a); },
                          [](const LatentAttention& a) { return latent(a); },
                          [](const DenseFeedForward&) { return KeptList{}; },
                          [](const MixtureOfExperts&) { return KeptList{}; },
                      },
                      kind);
}

KeptList kept_by(const ModelSpec& spec, const SubLayerKind& kind) {
    return spec.is_encoder ? KeptList{} : kept_by(kind);
}

std::int64_t stored_entries(const KeptEntry& entry, std::int64_t tokens) {
    if (entry.is_shared) {
        return 0;
    }
    switch (entry.bound) {
    case KeptBound::Grows:
        return tokens;
    case KeptBound::Window:
    case KeptBound::Chunk:
        return std::min(tokens, entry.size);
    case KeptBound::Rate:
        return tokens / entry.size;
    case KeptBound::Fixed:
        return 1;
    }
    return tokens;
}

std::int64_t read_entries(const KeptEntry& entry, std::int64_t past, std::int64_t tokens) {
    std::int64_t met = past + tokens;
    switch (entry.bound) {
    case KeptBound::Grows:
        break;
    case KeptBound::Window: // a query sees itself, so that the window holds one earlier token less
        met = std::min(past, std::max<std::int64_t>(0, entry.size - 1)) + tokens;
        break;
    case KeptBound::Chunk:
        met = past % std::max<std::int64_t>(1, entry.size) + tokens;
        break;
    case KeptBound::Rate:
        met = (past + tokens) / entry.size;
        break;
    case KeptBound::Fixed:
        met = 1;
        break;
    }
    return entry.most_read > 0 ? std::min(met, entry.most_read * tokens) : met;
}

Wide stored_bytes(const KeptEntry& entry, std::int64_t tokens, NumberFormat cache) {
    return bytes_of(entry.numbers() * stored_entries(entry, tokens), entry.format.value_or(cache));
}

Wide read_bytes(const KeptEntry& entry, std::int64_t past, std::int64_t tokens,
                NumberFormat cache) {
    return bytes_of(entry.numbers() * read_entries(entry, past, tokens),
                    entry.format.value_or(cache));
}

KeptEntry on_device(KeptEntry entry, std::int64_t tensor_parallel) {
    entry.heads = std::max<std::int64_t>(1, entry.heads / tensor_parallel);
    return entry;
}

} // namespace headroom
