// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/kv_cache.h"

#include "core/base/wide.h"
#include "core/config/layer_queries.h"

namespace headroom {
namespace {

/// Sum over all layers of `bytes` of each make of entries.
template <class Bytes>
Wide over_layers(const ModelSpec& spec, Bytes&& bytes) {
    Wide sum = 0;
    for (const LayerPart& part : spec.parts) {
        for (const KeptEntry& entry : kept_by(spec, spec.sub_layer_of(part).kind)) {
            sum += bytes(entry) * part.count;
        }
    }
    return sum;
}

Wide stored(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    return over_layers(
        spec, [&](const KeptEntry& entry) { return stored_bytes(entry, context, format); });
}

} // namespace

std::int64_t kv_bytes_at(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    return narrow(stored(spec, context, format));
}

std::int64_t kv_bytes_read_at(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    return narrow(over_layers(
        spec, [&](const KeptEntry& entry) { return read_bytes(entry, context - 1, 1, format); }));
}

KvReport kv_cache(const ModelSpec& spec, const Workload& workload, NumberFormat format) {
    KvReport report;
    const Wide per_sequence = stored(spec, workload.context, format);
    report.bytes_per_token = kv_bytes_at(spec, 1, format);
    report.bytes_at_context = narrow(per_sequence);
    report.bytes_batch = narrow(per_sequence * workload.batch);
    report.bytes_read_per_decode_step = kv_bytes_read_at(spec, workload.context, format);
    return report;
}

std::vector<KvLayer> kv_layers(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    std::vector<KvLayer> rows;
    rows.reserve(static_cast<std::size_t>(spec.num_layers()));
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        const LayerSpec& layer = spec.layer(i);
        KvLayer row;
        row.layer = i;
        row.shares_kv = shares_kv(layer);
        row.source_layer = spec.kv_layer(i);
        Wide per_token = 0;
        Wide bytes = 0;
        Wide read = 0;
        for (const SubLayer& sub : layer.sub_layers) {
            for (const KeptEntry& entry : kept_by(spec, sub.kind)) {
                row.kept.push_back(entry);
                per_token += stored_bytes(entry, 1, format);
                bytes += stored_bytes(entry, context, format);
                read += read_bytes(entry, context - 1, 1, format);
            }
        }
        row.stored_tokens = row.kept.empty() ? 0 : stored_entries(row.kept.front(), context);
        row.bytes_per_token = narrow(per_token);
        row.bytes = narrow(bytes);
        row.bytes_read = narrow(read);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace headroom
