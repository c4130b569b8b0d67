// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that must be equal: what is allocated, stored, read and executed.
#include "core/validation/predicted_rows.h"
#include "core/validation/validation_run.h"

#include <cmath>
#include <numeric>

namespace headroom {
namespace {

double sum(const std::vector<std::int64_t>& values) {
    return static_cast<double>(std::accumulate(values.begin(), values.end(), std::int64_t{0}));
}

} // namespace

void ValidationRun::count_allocated() {
    counted({RowKind::Parameters}, static_cast<double>(engine().parameters()));
    counted({RowKind::WeightBytes},
            static_cast<double>(engine().weights_bytes() - engine().weights_padding_bytes()));
    m_report.padding_bytes = engine().weights_padding_bytes();
}

/// A row for each kind of layer; its measurement is the one furthest from the prediction.
void ValidationRun::count_layers(std::int64_t tokens, std::int64_t past) {
    const std::vector<std::int64_t> measured = engine().kv_cache_bytes_filled_per_layer();
    for (std::size_t kind = 0; kind < m_spec.kinds.size(); ++kind) {
        const RowKey key{RowKind::KvOfLayer, tokens, past, m_spec.kinds[kind].first_layer};
        const ValidationRow* row = find(key);
        if (row == nullptr) {
            continue;
        }
        double found = row->predicted;
        for (std::size_t i = 0; i < measured.size(); ++i) {
            const auto bytes = static_cast<double>(measured[i]);
            if (m_spec.kind_of_layer[i] == kind &&
                std::abs(bytes - row->predicted) > std::abs(found - row->predicted)) {
                found = bytes;
            }
        }
        counted(key, found);
    }
}

Status ValidationRun::count_steps(std::int64_t context) {
    tell(ValidationStage::Counting, context);
    engine().reset();
    const auto prefill = engine().prefill(tokens(context), LogitRows::Last, m_stop);
    if (!prefill) {
        return prefill.error();
    }
    const bool longest = context == m_plan.contexts.back();
    counted({RowKind::FlopsPrefill, context}, static_cast<double>(engine().last_step().flops));
    counted({RowKind::KvAfterPrefill, context}, sum(engine().kv_cache_bytes_filled_per_layer()));
    if (longest) {
        count_layers(context, 0);
    }
    const std::int64_t counted_past = counted_step_past(m_spec, m_plan, context);
    for (std::int64_t i = 0; i < m_plan.decode_steps; ++i) {
        const auto decode = engine().decode(tokens(1).front(), m_stop);
        if (!decode) {
            return decode.error();
        }
        if (context + i == counted_past) {
            counted({RowKind::FlopsDecode, 1, counted_past},
                    static_cast<double>(engine().last_step().flops));
            counted({RowKind::CacheRead, 1, counted_past},
                    static_cast<double>(engine().last_step().cache_bytes_read));
        }
    }
    counted({RowKind::KvAfterDecode, m_plan.decode_steps, context},
            sum(engine().kv_cache_bytes_filled_per_layer()));
    if (longest) {
        count_layers(m_plan.decode_steps, context);
    }
    step_done(estimated_prompt_seconds(m_spec, m_plan, computer(), context));
    tell(ValidationStage::Counting, context);
    return std::monostate{};
}

} // namespace headroom
