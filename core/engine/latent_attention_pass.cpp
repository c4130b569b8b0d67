// SPDX-License-Identifier: GPL-3.0-or-later
// Multi-head latent attention (DeepSeek-V2, arXiv:2405.04434, sec. 2.1). r = kv_lora_rank,
// e = qk_rope_head_dim, p = qk_nope_head_dim, v = v_head_dim.
#include <algorithm>
#include <atomic>

#include "core/engine/forward_pass.h"
#include "core/engine/kernels/elementwise.h"

namespace headroom {

using kernels::Store;

/// y [T, H] (+)= o_proj(attention). The cache keeps [latent | rotated key] of r + e numbers.
void ForwardPass::latent(Place at, const LatentAttention& spec, const LatentWeights& weights,
                         const float* x, float* y, Store store) {
    const std::int64_t n = spec.num_attention_heads;
    const std::int64_t r = spec.kv_lora_rank;
    const std::int64_t p = spec.qk_nope_head_dim;
    const std::int64_t e = spec.qk_rope_head_dim;
    const std::int64_t rank = spec.q_lora_rank.value_or(0);
    if (spec.q_lora_rank) {
        linear(weights.q_a, x, m_count, m_a.low_rank_projected); // [T, q_lora_rank]
        copy_kept(m_a.low_rank_projected, m_count * rank, m_a.low_rank);
        for_tokens([&](std::int64_t begin, std::int64_t end) {
            apply_norm(weights.q_a_norm, m_a.low_rank + begin * rank, rank, end - begin, rank,
                       m_a.low_rank + begin * rank, rank);
        });
    }
    // [T, n (p + e)] and [T, r + e]
    linear(weights.q_b, spec.q_lora_rank ? m_a.low_rank : x, m_count, m_a.projected);
    linear(weights.kv_a, x, m_count, m_a.latent_projected);
    copy_kept(m_a.projected, m_count * n * (p + e), m_a.qkv);
    copy_kept(m_a.latent_projected, m_count * (r + e), m_a.latent);

    const RopeTable& table = *rope(spec.rotary);
    const auto rotate =
        spec.rotary.interleaved ? kernels::rotate_interleaved : kernels::rotate_half;
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            const float* cos = table.cos_at(m_start + t);
            const float* sin = table.sin_at(m_start + t);
            rotate(cos, sin, e, n, p + e, m_a.qkv + t * n * (p + e) + p);
            float* row = m_a.latent + t * (r + e);
            apply_norm(weights.kv_a_norm, row, r, 1, r, row, r);
            rotate(cos, sin, e, 1, 0, row + r);
        }
    });
    if (m_count == 1) {
        commit(state_of(at).cache, m_a.latent, r + e);
        attend_absorbed(at, spec, weights);
    } else {
        attend_expanded(at, spec, weights);
        commit(state_of(at).cache, m_a.latent, r + e);
    }
    linear(weights.o, m_a.mixed, m_count, y, store); // [T, n v] -> [T, H]
}

/// One token: queries are carried into the latent space, the mixed latents out of it, so that no
/// key or value of the past is ever expanded. mixed [1, n v].
void ForwardPass::attend_absorbed(Place at, const LatentAttention& spec,
                                  const LatentWeights& weights) {
    LayerCache& cache = state_of(at).cache;
    const std::int64_t n = spec.num_attention_heads;
    const std::int64_t r = spec.kv_lora_rank;
    const std::int64_t p = spec.qk_nope_head_dim;
    const std::int64_t e = spec.qk_rope_head_dim;
    const std::int64_t v = spec.v_head_dim;
    float* absorbed = m_a.qkv + n * (p + e); // [n, r + e]
    float* latents = absorbed + n * (r + e); // [n, r]
    const AttentionMask& mask = state_of(at).mask;
    std::vector<Interval> keys;
    std::vector<Interval> places;
    mask.intervals(m_start, keys);
    std::int64_t attended = 0;
    for (const Interval& interval : keys) {
        attended += interval.end - interval.begin;
        cache.slots_of(interval, places);
    }
    constexpr std::int64_t block = 4;
    c.pool.split((n + block - 1) / block, 1, [&](int worker, std::int64_t begin, std::int64_t end) {
        const std::int64_t first = begin * block;
        const std::int64_t last = std::min(n, end * block);
        float* panel = w.product.panel(worker);
        for (std::int64_t head = first; head < last; ++head) {
            const PackedMatrix& up = weights.k_up[static_cast<std::size_t>(head)];
            const float* q = m_a.qkv + head * (p + e);
            float* out = absorbed + head * (r + e);
            kernels::product_range({&up, nullptr, out, r, Store::Overwrite}, q, 1, 0, up.panels(),
                                   panel);
            std::copy_n(q + p, e, out + r);
        }
        kernels::RowAttention row;
        row.heads = last - first;
        row.key_dim = r + e;
        row.value_dim = r;
        row.q = absorbed + first * (r + e);
        row.q_stride = r + e;
        row.k = row.v = cache.keys.floats();
        row.k_stride = row.v_stride = r + e;
        row.attended = places;
        row.rule = {static_cast<float>(spec.scaling), 0.0F};
        row.out = latents + first * r;
        row.out_stride = r;
        kernels::attend_row(row, w.scores + worker * w.scores_stride);
        for (std::int64_t head = first; head < last; ++head) {
            const PackedMatrix& up = weights.v_up[static_cast<std::size_t>(head)];
            kernels::product_range({&up, nullptr, m_a.mixed + head * v, v, Store::Overwrite},
                                   latents + head * r, 1, 0, up.panels(), panel);
        }
    });
    count_product(1, r, n * (p + v), weights.o.weight.type);
    c.counters.flops += 2 * n * attended * (2 * r + e);
    c.counters.cache_bytes_read += attended * cache.bytes_per_token();
}

/// Many tokens: keys and values in view are expanded head by head. mixed [T, n v].
void ForwardPass::attend_expanded(Place at, const LatentAttention& spec,
                                  const LatentWeights& weights) {
    LayerCache& cache = state_of(at).cache;
    const std::int64_t n = spec.num_attention_heads;
    const std::int64_t r = spec.kv_lora_rank;
    const std::int64_t p = spec.qk_nope_head_dim;
    const std::int64_t e = spec.qk_rope_head_dim;
    const std::int64_t v = spec.v_head_dim;
    const std::int64_t first = collect_bands(state_of(at).mask);
    const std::int64_t view = m_start + m_count - first;
    const std::int64_t row_tile = kernels::row_tile(view);
    c.pool.split(
        (view + row_tile - 1) / row_tile, 4, [&](int, std::int64_t begin, std::int64_t end) {
            const std::int64_t last = std::min(view, end * row_tile);
            for (std::int64_t key = begin * row_tile; key < last; ++key) { // latents [view, r + e]
                const std::int64_t position = first + key;
                const float* row = position < m_start ? cache.key(0, position)
                                                      : m_a.latent + (position - m_start) * (r + e);
                std::copy_n(row, r + e, w.latents + key * (r + e));
            }
            kernels::pack_rows(w.latents, r + e, nullptr, view, r, begin * row_tile, last,
                               w.packed_latents);
        });

    const std::int64_t panels_size = kernels::key_panels_size(view, p + e);
    const std::int64_t tile = kernels::band_tile();
    std::atomic<std::int64_t> next{0};
    c.pool.run([&](int worker) {
        float* panels = w.expanded + worker * w.expanded_stride; // [view / 32, p + e, 32]
        float* keys = panels + panels_size;                      // [view, p + e]
        float* values = keys + view * (p + e);                   // [view, v]
        float* panel = w.product.panel(worker);
        for (std::int64_t head = next++; head < n; head = next++) {
            const PackedMatrix& k_up = weights.k_up[static_cast<std::size_t>(head)];
            const PackedMatrix& v_up = weights.v_up[static_cast<std::size_t>(head)];
            kernels::multiply_transposed(k_up, w.packed_latents, view, keys, p + e, panel);
            for (std::int64_t key = 0; key < view; ++key) {
                std::copy_n(w.latents + key * (r + e) + r, e, keys + key * (p + e) + p);
            }
            kernels::pack_keys(keys, p + e, view, p + e, 0, panels);
            kernels::product_range({&v_up, nullptr, values, v, Store::Overwrite}, w.packed_latents,
                                   view, 0, kernels::product_items(view, v_up), panel);
            kernels::BandAttention band;
            band.key_dim = p + e;
            band.value_dim = v;
            band.q = m_a.qkv + head * (p + e);
            band.q_stride = n * (p + e);
            band.key_panels = panels;
            band.values = values;
            band.bands = m_bands;
            band.rule = {static_cast<float>(spec.scaling), 0.0F};
            band.out = m_a.mixed + head * v;
            band.out_stride = n * v;
            for (std::int64_t t = 0; t < m_count; t += tile) {
                kernels::attend_band(band, 0, t, std::min(tile, m_count - t),
                                     w.scores + worker * w.scores_stride);
            }
        }
    });
    count_product(view, r, n * (p + v), weights.o.weight.type);
    std::int64_t pairs = 0;
    for (const Interval& interval : m_bands) {
        pairs += interval.end - interval.begin;
    }
    c.counters.flops += 2 * pairs * n * (p + e + v);
    c.counters.cache_bytes_read += view * cache.bytes_per_token();
}

} // namespace headroom
