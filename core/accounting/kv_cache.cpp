// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/kv_cache.h"

#include "core/base/wide.h"
#include "core/config/layer_queries.h"

namespace headroom {
namespace {

/// Calls `visit` for each make of entries, with the number of layers that keep it.
template <class Visit>
void for_each_kept(const ModelSpec& spec, Visit&& visit) {
    for (const LayerPart& part : spec.parts) {
        for (const KeptEntry& entry : kept_by(spec, spec.sub_layer_of(part).kind)) {
            visit(entry, part.count);
        }
    }
}

} // namespace

std::int64_t kv_bytes_at(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    Wide sum = 0;
    for_each_kept(spec, [&](const KeptEntry& entry, std::int64_t layers) {
        sum += stored_bytes(entry, context, format) * layers;
    });
    return narrow(sum);
}

std::int64_t kv_bytes_read_at(const ModelSpec& spec, std::int64_t context, NumberFormat format) {
    Wide sum = 0;
    for_each_kept(spec, [&](const KeptEntry& entry, std::int64_t layers) {
        sum += read_bytes(entry, context - 1, 1, format) * layers;
    });
    return narrow(sum);
}

KvReport kv_cache(const ModelSpec& spec, const Workload& workload, NumberFormat format) {
    Wide one_token = 0;
    Wide per_sequence = 0;
    Wide read = 0;
    for_each_kept(spec, [&](const KeptEntry& entry, std::int64_t layers) {
        one_token += stored_bytes(entry, 1, format) * layers;
        per_sequence += stored_bytes(entry, workload.context, format) * layers;
        read += read_bytes(entry, workload.context - 1, 1, format) * layers;
    });
    KvReport report;
    report.bytes_per_token = narrow(one_token);
    report.bytes_at_context = narrow(per_sequence);
    report.bytes_batch = narrow(per_sequence * workload.batch);
    report.bytes_read_per_decode_step = narrow(read);
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
