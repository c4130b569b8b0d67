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

} // namespace

/// A key and a value for each KV head.
KeptList kept_by(const GroupedQueryAttention& a) {
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
KeptList kept_by(const LatentAttention& a) {
    KeptEntry entry;
    entry.content = KeptContent::Latent;
    bound_by(a.span, entry);
    entry.key_numbers = a.kv_lora_rank + a.qk_rope_head_dim;
    KeptList list;
    list.add(entry);
    return list;
}

KeptList kept_by(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) { return kept_by(a); },
                          [](const LatentAttention& a) { return kept_by(a); },
                          [](const DenseFeedForward&) { return KeptList{}; },
                          [](const MixtureOfExperts&) { return KeptList{}; },
                      },
                      kind);
}

KeptList kept_by(const ModelSpec& spec, const SubLayerKind& kind) {
    return spec.is_encoder ? KeptList{} : kept_by(kind);
}

Wide stored_bytes(const KeptEntry& entry, std::int64_t tokens, NumberFormat cache) {
    return bytes_of(entry.numbers() * stored_entries(entry, tokens), entry.format.value_or(cache));
}

Wide read_bytes(const KeptEntry& entry, std::int64_t past, std::int64_t tokens,
                NumberFormat cache) {
    return bytes_of(entry.numbers() * read_entries(entry, past, tokens),
                    entry.format.value_or(cache));
}

} // namespace headroom
