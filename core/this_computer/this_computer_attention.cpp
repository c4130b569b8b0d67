// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/this_computer_attention.h"

#include "core/this_computer/engine_cuts.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double heads_per_reading = 4; ///< heads of one token that share a reading of a key
constexpr double float_bytes = 4;       ///< the engine's cache is fp32

/// First key that the query at `position` sees.
std::int64_t first_key(const AttentionSpan& span, std::int64_t position) {
    switch (span.kind) {
    case SpanKind::Full:
        return 0;
    case SpanKind::Sliding:
        return std::max<std::int64_t>(0, position - span.size + 1);
    case SpanKind::Chunked:
        return position / std::max<std::int64_t>(1, span.size) * span.size;
    }
    return 0;
}

double up_to(double numbers, double unit) {
    return std::ceil(numbers / unit) * unit;
}

} // namespace

double AttentionTimer::keys_in_view(const AttentionSpan& span) const {
    return static_cast<double>(m_past + m_tokens - first_key(span, m_past));
}

/// `bytes` that come from memory, not from where the step just left them.
double AttentionTimer::moving_s(double bytes, double working_set) const {
    return bytes / m_computer.reading_bytes_per_s(NumberFormat::Fp32, working_set);
}

/// One thread: one token's `heads` heads that share a KV head over `keys` keys.
double AttentionTimer::row_s(const Head& head, double heads, double keys) const {
    const double rest = std::fmod(heads, heads_per_reading);
    const auto pairs_s = [&](double together) {
        return together * keys *
               m_computer.attention_pair_s(head.key_dim, head.value_dim, keys, together, false);
    };
    return std::floor(heads / heads_per_reading) * pairs_s(heads_per_reading) +
           (rest > 0 ? pairs_s(rest) : 0.0);
}

/// One thread: all tiles of queries of one head. A tile works on all keys that one of its queries
/// sees, from a whole panel on.
double AttentionTimer::tiles_s(const Head& head, const AttentionSpan& span) const {
    const std::int64_t origin = first_key(span, m_past);
    double seconds = 0;
    for (std::int64_t t = 0; t < m_tokens; t += m_computer.tile_rows) {
        const std::int64_t rows = std::min(m_computer.tile_rows, m_tokens - t);
        const std::int64_t low =
            (first_key(span, m_past + t) - origin) / panel_columns * panel_columns;
        const auto keys = static_cast<double>(m_past + t + rows - origin - low);
        seconds += static_cast<double>(rows) * keys *
                   m_computer.attention_pair_s(head.key_dim, head.value_dim, keys,
                                               static_cast<double>(rows), true);
    }
    return seconds;
}

double AttentionTimer::seconds(const GroupedQueryAttention& a, double cache_bytes) const {
    const Head head{static_cast<double>(a.head_dim), static_cast<double>(a.head_dim)};
    const auto heads = static_cast<double>(a.num_attention_heads);
    const auto kv_heads = static_cast<double>(a.num_key_value_heads);
    const double keys = keys_in_view(a.span);
    if (m_tokens == 1) {
        constexpr double worthwhile = 1 << 14; // multiply-adds that a second thread is woken for
        const double group = heads / kv_heads;
        const double tasks = kv_heads * std::ceil(group / heads_per_reading);
        const double per_task = keys * head.key_dim * std::min(group, heads_per_reading);
        const double pieces = workers_for(tasks, 1 + worthwhile / per_task, tasks);
        return kv_heads * row_s(head, group, keys) / busy_threads(pieces, m_threads) +
               moving_s(cache_bytes, m_working_set);
    }
    // Keys and values in view are read, made ready, written (which reads what lay there) and read
    // again.
    constexpr double times_moved = 4;
    constexpr double grain = 4; // panels that stay together
    const double panels = kv_heads * std::ceil(keys / static_cast<double>(panel_columns));
    const double packing =
        kv_heads * keys *
        (head.key_dim * m_computer.packing_s + head.value_dim * m_computer.element_s) /
        workers_for(panels, grain, m_threads);
    const double tasks = heads * std::ceil(static_cast<double>(m_tokens) /
                                           static_cast<double>(m_computer.tile_rows));
    return packing + heads * tiles_s(head, a.span) / busy_threads(tasks, m_threads) +
           times_moved * moving_s(cache_bytes, m_working_set + cache_bytes);
}

double AttentionTimer::seconds(const LatentAttention& a, double cache_bytes) const {
    return m_tokens == 1 ? absorbed_s(a, cache_bytes) : expanded_s(a, cache_bytes);
}

/// Blocks of heads are shared among the threads: queries into the latent, attention there, values
/// out of it.
double AttentionTimer::absorbed_s(const LatentAttention& a, double cache_bytes) const {
    const auto heads = static_cast<double>(a.num_attention_heads);
    const auto rank = static_cast<double>(a.kv_lora_rank);
    const Head head{rank + static_cast<double>(a.qk_rope_head_dim), rank};
    const double k_panels = std::ceil(rank / static_cast<double>(panel_columns));
    const double v_panels =
        std::ceil(static_cast<double>(a.v_head_dim) / static_cast<double>(panel_columns));
    const double numbers = static_cast<double>(panel_columns) *
                           (k_panels * static_cast<double>(a.qk_nope_head_dim) + v_panels * rank);
    const double products = heads * (numbers * bytes_per_number(m_weights) * m_threads /
                                         m_computer.reading_bytes_per_s(m_weights, m_working_set) +
                                     (k_panels + v_panels) * m_computer.panel_s);
    const double tasks = std::ceil(heads / heads_per_reading);
    return (products + row_s(head, heads, keys_in_view(a.span))) / busy_threads(tasks, m_threads) +
           moving_s(cache_bytes, m_working_set);
}

/// Each thread takes whole heads: keys and values of all tokens in view from their latents, then
/// tiles of queries.
double AttentionTimer::expanded_s(const LatentAttention& a, double cache_bytes) const {
    const auto heads = static_cast<double>(a.num_attention_heads);
    const auto rank = static_cast<double>(a.kv_lora_rank);
    const auto rope = static_cast<double>(a.qk_rope_head_dim);
    const auto nope = static_cast<double>(a.qk_nope_head_dim);
    const Head head{nope + rope, static_cast<double>(a.v_head_dim)};
    const double keys = keys_in_view(a.span);
    const double outputs = up_to(nope, static_cast<double>(panel_columns)) +
                           up_to(head.value_dim, static_cast<double>(panel_columns));
    const double rate = m_computer.product_flops_per_s(m_weights, keys, rank) / m_threads;
    const double made = 2 * keys * rank * outputs / rate;
    // Keys are put together, then packed; both come back from where they were written.
    const double written = keys * (2 * head.key_dim + head.value_dim);
    const double ready = keys * (rope * m_computer.element_s + head.key_dim * m_computer.packing_s);
    const double latents = keys * rank * (m_computer.packing_s + m_computer.element_s);
    return latents / m_threads +
           heads * (made + ready + tiles_s(head, a.span)) / busy_threads(heads, m_threads) +
           moving_s(heads * written * float_bytes + cache_bytes, m_threads * written * float_bytes);
}

} // namespace headroom
