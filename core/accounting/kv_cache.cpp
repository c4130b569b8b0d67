// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/kv_cache.h"

#include "core/base/overloaded.h"
#include "core/base/wide.h"

#include <algorithm>

namespace headroom {
namespace {

/// Numbers per token of the cache that a layer reads, its own or another's.
std::int64_t read_numbers_per_token(const LayerSpec& layer) {
    return std::visit(
        Overloaded{
            [](const GroupedQueryAttention& a) { return 2 * a.num_key_value_heads * a.head_dim; },
            [](const LatentAttention& a) { return a.kv_lora_rank + a.qk_rope_head_dim; },
        },
        layer.attention);
}

Wide stored_bytes(const ModelSpec& spec, std::int64_t context, NumberFormat format, bool read) {
    Wide sum = 0;
    for (const LayerKind& kind : spec.kinds) {
        const std::int64_t numbers =
            read ? read_numbers_per_token(kind.spec) : kv_numbers_per_token(kind.spec);
        sum += bytes_of(wide(numbers) * stored_tokens(kind.spec, context), format) * kind.count;
    }
    return spec.is_encoder ? 0 : sum;
}

} // namespace

std::int64_t kv_numbers_per_token(const LayerSpec& layer) {
    return shares_kv(layer.attention) ? 0 : read_numbers_per_token(layer);
}

std::int64_t stored_tokens(const LayerSpec& layer, std::int64_t context) {
    const AttentionSpan& span = span_of(layer.attention);
    return span.kind == SpanKind::Full ? context : std::min(context, span.size);
}

std::int64_t kv_bytes_at(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    return narrow(stored_bytes(spec, context, format, false));
}

KvReport kv_cache(const ModelSpec& spec, const Workload& workload, NumberFormat format) {
    KvReport report;
    const Wide per_sequence = stored_bytes(spec, workload.context, format, false);
    report.bytes_per_token = narrow(stored_bytes(spec, 1, format, false));
    report.bytes_at_context = narrow(per_sequence);
    report.bytes_batch = narrow(per_sequence * workload.batch);
    report.bytes_read_per_decode_step = narrow(stored_bytes(spec, workload.context, format, true));
    return report;
}

std::vector<KvLayer> kv_layers(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    std::vector<KvLayer> rows;
    rows.reserve(static_cast<std::size_t>(spec.num_layers()));
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        const LayerSpec& layer = spec.layer(i);
        KvLayer row;
        row.layer = i;
        row.span = span_of(layer.attention);
        row.is_latent = std::holds_alternative<LatentAttention>(layer.attention);
        row.shares_kv = shares_kv(layer.attention);
        row.source_layer = spec.kv_layer(i);
        if (!row.shares_kv && !spec.is_encoder) {
            row.stored_tokens = stored_tokens(layer, context);
            row.bytes_per_token = narrow(bytes_of(kv_numbers_per_token(layer), format));
            row.bytes =
                narrow(bytes_of(wide(kv_numbers_per_token(layer)) * row.stored_tokens, format));
        }
        if (!spec.is_encoder) {
            row.bytes_read = narrow(bytes_of(
                wide(read_numbers_per_token(layer)) * stored_tokens(layer, context), format));
        }
        rows.push_back(row);
    }
    return rows;
}

} // namespace headroom
