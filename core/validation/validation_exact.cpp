// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that must be equal: what is allocated, stored, read and executed.
#include "core/analysis/kv_cache.h"
#include "core/analysis/operators.h"
#include "core/analysis/parameters.h"
#include "core/validation/validation_run.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace headroom {
namespace {

constexpr std::int64_t fp32_bytes = 4;

std::int64_t sum(const std::vector<std::int64_t>& values) {
    return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

/// Bytes of keys and values that one token attends to after `past` cached ones, its own included,
/// each layer for itself: one that shares a cache reads it again.
std::int64_t cache_read(const ModelSpec& spec, std::int64_t past) {
    Wide bytes = 0;
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        const AttentionSpan span = span_of(spec.layer(i).attention);
        bytes += attended_pairs(span, 1, past) *
                 kv_numbers_per_token(spec.layer(spec.kv_layer(i))) * fp32_bytes;
    }
    return narrow(bytes);
}

bool has_longrope(const ModelSpec& spec) {
    return std::any_of(spec.kinds.begin(), spec.kinds.end(), [](const LayerKind& kind) {
        const auto* a = std::get_if<GroupedQueryAttention>(&kind.spec.attention);
        return a != nullptr && a->rotary && a->rotary->type == RopeType::LongRope;
    });
}

} // namespace

void ValidationRun::count_allocated() {
    const Result<ParameterReport> count = count_parameters(m_spec);
    if (!count) {
        return; // the engine would not have loaded it
    }
    add(RowKind::Parameters, RowUnit::Count, count->total, engine().parameters());
    add(RowKind::WeightBytes, RowUnit::Bytes, fp32_bytes * (count->total + count->buffers),
        engine().weights_bytes() - engine().weights_padding_bytes());
    m_report.padding_bytes = engine().weights_padding_bytes();
}

void ValidationRun::count_cache(RowKind kind, std::int64_t tokens, std::int64_t past) {
    add(kind, RowUnit::Bytes, kv_bytes_at(m_spec, tokens + past, NumberFormat::Fp32),
        sum(engine().kv_cache_bytes_filled_per_layer()), tokens, past);
}

/// A row for each kind of layer; its measurement is the one furthest from the prediction.
void ValidationRun::count_layers(std::int64_t tokens) {
    const std::vector<KvLayer> predicted = kv_layers(m_spec, tokens, NumberFormat::Fp32);
    const std::vector<std::int64_t> measured = engine().kv_cache_bytes_filled_per_layer();
    for (std::size_t kind = 0; kind < m_spec.kinds.size(); ++kind) {
        const LayerKind& layers = m_spec.kinds[kind];
        const std::int64_t expected = predicted[static_cast<std::size_t>(layers.first_layer)].bytes;
        std::int64_t found = expected;
        for (std::size_t i = 0; i < measured.size(); ++i) {
            if (m_spec.kind_of_layer[i] == kind &&
                std::abs(measured[i] - expected) > std::abs(found - expected)) {
                found = measured[i];
            }
        }
        add(RowKind::KvOfLayer, RowUnit::Bytes, expected, found, tokens);
        m_report.rows.back().layer = layers.first_layer;
        m_report.rows.back().layers = layers.count;
    }
}

Status ValidationRun::count_steps(std::int64_t context) {
    tell(ValidationStage::Counting, context);
    engine().reset();
    const auto prefill = engine().prefill(tokens(context), LogitRows::Last, m_stop);
    if (!prefill) {
        return prefill.error();
    }
    add(RowKind::FlopsPrefill, RowUnit::Flops,
        planned_prefill_flops(m_spec, context, m_plan.engine.prefill_chunk),
        engine().last_step().flops, context);
    count_cache(RowKind::KvAfterPrefill, context, 0);
    // LongRoPE runs the whole cache once more where a sequence outgrows the trained length, which a
    // round prompt may just have reached: there the second step is counted.
    const std::int64_t counted = has_longrope(m_spec) && m_plan.decode_steps > 1 ? 1 : 0;
    Step step;
    step.past = context + counted;
    for (std::int64_t i = 0; i < m_plan.decode_steps; ++i) {
        const auto decode = engine().decode(tokens(1).front(), m_stop);
        if (!decode) {
            return decode.error();
        }
        if (i == counted) {
            add(RowKind::FlopsDecode, RowUnit::Flops, step_flops(m_spec, step),
                engine().last_step().flops, 1, step.past);
            add(RowKind::CacheRead, RowUnit::Bytes, cache_read(m_spec, step.past),
                engine().last_step().cache_bytes_read, 1, step.past);
        }
    }
    count_cache(RowKind::KvAfterDecode, m_plan.decode_steps, context);
    if (context == m_plan.contexts.back()) {
        count_layers(context + m_plan.decode_steps);
    }
    step_done(0);
    return std::monostate{};
}

} // namespace headroom
