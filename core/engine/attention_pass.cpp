// SPDX-License-Identifier: GPL-3.0-or-later
// Multi-head, grouped-query and multi-query attention.
#include <algorithm>
#include <cmath>

#include "core/engine/forward_pass.h"
#include "core/engine/kernels/elementwise.h"

namespace headroom {

using kernels::Store;

namespace {

/// What happens to q.k before the softmax in that layer.
kernels::ScoreRule score_rule(const GroupedQueryAttention& spec, std::int64_t index) {
    const double divisor = spec.scales_by_inverse_layer ? static_cast<double>(index + 1) : 1.0;
    return {static_cast<float>(spec.scaling / divisor),
            static_cast<float>(spec.logit_softcapping.value_or(0.0))};
}

} // namespace

/// y [T, H] (+)= o_proj(attention(q, k, v)).
void ForwardPass::grouped(Place at, const GroupedQueryAttention& spec,
                          const GroupedWeights& weights, const float* x, float* y, Store store) {
    const std::int64_t d = spec.head_dim;
    const std::int64_t q_width = spec.num_attention_heads * d;
    const std::int64_t width = weights.qkv.weight.out; // q | k | v of one token
    const AttentionMask& mask = state_of(at).mask;
    float* retained = w.retained[static_cast<std::size_t>(c.spec.kv_layer(at.layer))];

    linear(weights.qkv, x, m_count, m_a.projected); // [T, (n + 2m) d]
    copy_kept(m_a.projected, m_count * width, m_a.qkv);
    prepare_heads(
        spec, weights,
        static_cast<float>(c.spec.layer(at.layer).sub_layers[at.sub_layer].norms.norm.eps), width);

    const float* fresh = m_a.qkv + q_width; // [T, 2 m d], rows `fresh_stride` apart
    std::int64_t fresh_stride = width;
    if (retained != nullptr) {
        if (!spec.shares_kv) {
            for (std::int64_t t = 0; t < m_count; ++t) {
                std::copy_n(fresh + t * width, width - q_width, retained + t * (width - q_width));
            }
        }
        fresh = retained;
        fresh_stride = 2 * spec.num_key_value_heads * d;
    }
    // One token only ever replaces one that has left the window, so it is stored first and all keys
    // are read where they lie. A longer run would overwrite keys that its first tokens still see.
    if (m_count == 1 || !mask.is_band()) {
        if (!spec.shares_kv) {
            commit(cache_of(at), fresh, fresh_stride);
        }
        attend_rows(at, spec, weights, mask, width);
    } else {
        attend_bands(at, spec, weights, mask, width, fresh, fresh_stride);
        if (retained == nullptr) {
            commit(cache_of(at), fresh, fresh_stride);
        }
    }
    linear(weights.o, m_a.mixed, m_count, y, store); // [T, n d] -> [T, H]
}

/// Norms, rotation and temperature of queries and keys, in place in qkv [T, width].
void ForwardPass::prepare_heads(const GroupedQueryAttention& spec, const GroupedWeights& weights,
                                float eps, std::int64_t width) {
    const std::int64_t d = spec.head_dim;
    const std::int64_t n = spec.num_attention_heads;
    const std::int64_t m = spec.shares_kv ? 0 : spec.num_key_value_heads;
    const RopeTable* table = spec.rotary ? rope(*spec.rotary) : nullptr;
    for_tokens([&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = begin; t < end; ++t) {
            float* q = m_a.qkv + t * width; // [n, d]
            float* k = q + n * d;           // [m, d]
            float* v = k + m * d;           // [m, d]
            const std::int64_t position = m_start + t;
            if (spec.qk_norm == QkNorm::PerHead) {
                apply_norm(weights.q_norm, q, d, n, d, q, d);
                apply_norm(weights.k_norm, k, d, m, d, k, d);
            } else if (spec.qk_norm == QkNorm::FullWidth) {
                apply_norm(weights.q_norm, q, n * d, 1, n * d, q, n * d);
                if (m > 0) {
                    apply_norm(weights.k_norm, k, m * d, 1, m * d, k, m * d);
                }
            }
            if (spec.v_norm) {
                kernels::rms_norm(v, d, m, d, nullptr, 0.0F, eps, v, d);
            }
            if (table != nullptr) {
                const auto rotate =
                    spec.rotary->interleaved ? kernels::rotate_interleaved : kernels::rotate_half;
                rotate(table->cos_at(position), table->sin_at(position), spec.rotary->rotary_dim,
                       n + m, d, q);
                if (spec.qk_norm == QkNorm::L2) { // Llama 4: after the rotation, without weights
                    kernels::rms_norm(q, d, n + m, d, nullptr, 0.0F, eps, q, d);
                }
            } else if (spec.temperature) {
                const double steps =
                    std::floor(static_cast<double>(position + 1) / spec.temperature->floor_scale);
                kernels::scale(
                    static_cast<float>(1.0 + spec.temperature->attn_scale * std::log1p(steps)),
                    n * d, q);
            }
        }
    });
}

/// Stores the last tokens of fresh [T, m (d_k | d_v)]: all keys of a token, then all its values.
void ForwardPass::commit(LayerCache& cache, const float* fresh, std::int64_t stride) {
    const std::int64_t first = std::max<std::int64_t>(0, m_count - cache.capacity);
    constexpr std::int64_t grain = 32;
    c.pool.split(m_count - first, grain, [&](int, std::int64_t begin, std::int64_t end) {
        for (std::int64_t t = first + begin; t < first + end; ++t) {
            const float* k = fresh + t * stride;
            const float* v = k + cache.kv_heads * cache.key_dim;
            for (std::int64_t head = 0; head < cache.kv_heads; ++head) {
                std::copy_n(k + head * cache.key_dim, cache.key_dim, cache.key(head, m_start + t));
                std::copy_n(v + head * cache.value_dim, cache.value_dim,
                            cache.value(head, m_start + t));
            }
        }
    });
    c.counters.cache_bytes_written += (m_count - first) * cache.bytes_per_token();
}

/// Keys where they lie in the cache, one query at a time: mixed [T, n d].
void ForwardPass::attend_rows(Place at, const GroupedQueryAttention& spec,
                              const GroupedWeights& weights, const AttentionMask& mask,
                              std::int64_t q_stride) {
    LayerCache& cache = cache_of(at);
    const std::int64_t d = spec.head_dim;
    const std::int64_t group = spec.num_attention_heads / spec.num_key_value_heads;
    constexpr std::int64_t block = 4; // heads that share one reading of the keys
    const std::int64_t blocks = (group + block - 1) / block;
    const std::int64_t tasks = m_count * spec.num_key_value_heads * blocks;
    const std::int64_t pairs = mask.attended_pairs(m_start, m_start + m_count);
    c.counters.flops += 4 * pairs * spec.num_attention_heads * d;
    c.counters.cache_bytes_read += mask.keys_in_view(m_start, m_start + m_count) *
                                   spec.num_key_value_heads * 2 * d *
                                   static_cast<std::int64_t>(sizeof(float));
    constexpr std::int64_t worthwhile = 1 << 14; // multiply-adds worth a second thread
    const std::int64_t per_task = 1 + pairs / m_count * d * std::min(group, block);
    c.pool.split(tasks, 1 + worthwhile / per_task,
                 [&](int worker, std::int64_t begin, std::int64_t end) {
                     std::vector<Interval> keys;
                     std::vector<Interval> places;
                     for (std::int64_t task = begin; task < end; ++task) {
                         const std::int64_t t = task / (spec.num_key_value_heads * blocks);
                         const std::int64_t kv_head = task / blocks % spec.num_key_value_heads;
                         const std::int64_t head = kv_head * group + task % blocks * block;
                         const std::int64_t heads = std::min(block, (kv_head + 1) * group - head);
                         mask.intervals(m_start + t, keys);
                         places.clear();
                         for (const Interval& interval : keys) {
                             cache.slots_of(interval, places);
                         }
                         kernels::RowAttention row;
                         row.heads = heads;
                         row.key_dim = row.value_dim = d;
                         row.q = m_a.qkv + t * q_stride + head * d;
                         row.q_stride = d;
                         row.k = cache.keys.floats() + kv_head * cache.capacity * d;
                         row.v = cache.values.floats() + kv_head * cache.capacity * d;
                         row.k_stride = row.v_stride = d;
                         row.attended = places;
                         row.sinks = spec.sinks ? weights.sinks.data() + head : nullptr;
                         row.rule = score_rule(spec, at.layer);
                         row.out = m_a.mixed + (t * spec.num_attention_heads + head) * d;
                         row.out_stride = d;
                         kernels::attend_row(row, w.scores + worker * w.scores_stride);
                     }
                 });
}

/// Fills m_bands with each query's keys relative to the first key in view, which is returned.
std::int64_t ForwardPass::collect_bands(const AttentionMask& mask) {
    m_bands.clear();
    std::vector<Interval> row;
    for (std::int64_t t = 0; t < m_count; ++t) {
        mask.intervals(m_start + t, row);
        m_bands.push_back(row.front());
    }
    const std::int64_t first = m_bands.front().begin; // bands only move forward
    for (Interval& band : m_bands) {
        band.begin -= first;
        band.end -= first;
    }
    return first;
}

/// Keys in view are packed once, earlier ones from the cache and the pass's own from `fresh`; then
/// tiles of queries multiply with them: mixed [T, n d].
void ForwardPass::attend_bands(Place at, const GroupedQueryAttention& spec,
                               const GroupedWeights& weights, const AttentionMask& mask,
                               std::int64_t q_stride, const float* fresh,
                               std::int64_t fresh_stride) {
    LayerCache& cache = cache_of(at);
    const std::int64_t d = spec.head_dim;
    const std::int64_t n = spec.num_attention_heads;
    const std::int64_t m = spec.num_key_value_heads;
    const std::int64_t first = collect_bands(mask);
    const std::int64_t view = m_start + m_count - first;
    const std::int64_t panels_size = kernels::key_panels_size(view, d);

    constexpr std::int64_t panel = PackedMatrix::panel_width;
    const std::int64_t panels = (view + panel - 1) / panel;
    c.pool.split(m * panels, 4, [&](int, std::int64_t begin, std::int64_t end) {
        for (std::int64_t item = begin; item < end; ++item) {
            const std::int64_t head = item / panels;
            const std::int64_t key_begin = item % panels * panel;
            const std::int64_t key_end = std::min(view, key_begin + panel);
            for (std::int64_t key = key_begin; key < key_end;) {
                // A run lies evenly apart: in the cache up to the ring's end, or in this pass.
                const std::int64_t position = first + key;
                const bool cached = position < m_start;
                const std::int64_t run =
                    cached ? std::min({key_end - key, m_start - position,
                                       cache.capacity - position % cache.capacity})
                           : key_end - key;
                const float* row = fresh + (position - m_start) * fresh_stride;
                const float* k = cached ? cache.key(head, position) : row + head * d;
                const float* v = cached ? cache.value(head, position) : row + (m + head) * d;
                const std::int64_t stride = cached ? d : fresh_stride;
                kernels::pack_keys(k, stride, run, d, key, w.keys + head * panels_size);
                for (std::int64_t i = 0; i < run; ++i) {
                    std::copy_n(v + i * stride, d, w.values + (head * view + key + i) * d);
                }
                key += run;
            }
        }
    });

    kernels::BandAttention band;
    band.heads = n;
    band.kv_heads = m;
    band.key_dim = band.value_dim = d;
    band.q = m_a.qkv;
    band.q_stride = q_stride;
    band.key_panels = w.keys;
    band.key_head_stride = panels_size;
    band.values = w.values;
    band.value_head_stride = view * d;
    band.bands = m_bands;
    band.sinks = spec.sinks ? weights.sinks.data() : nullptr;
    band.rule = score_rule(spec, at.layer);
    band.out = m_a.mixed;
    band.out_stride = n * d;

    const std::int64_t tile = kernels::band_tile();
    const std::int64_t tiles = (m_count + tile - 1) / tile;
    c.pool.split(n * tiles, 1, [&](int worker, std::int64_t first_task, std::int64_t last_task) {
        for (std::int64_t task = first_task; task < last_task; ++task) {
            const std::int64_t begin = task % tiles * tile;
            kernels::attend_band(band, task / tiles, begin, std::min(tile, m_count - begin),
                                 w.scores + worker * w.scores_stride);
        }
    });
    std::int64_t pairs = 0;
    for (const Interval& interval : m_bands) {
        pairs += interval.end - interval.begin;
    }
    c.counters.flops += 4 * pairs * n * d;
    c.counters.cache_bytes_read += view * cache.bytes_per_token();
}

} // namespace headroom
