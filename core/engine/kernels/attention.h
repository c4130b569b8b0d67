// SPDX-License-Identifier: GPL-3.0-or-later
// Attention over the attended pairs only: a row kernel for any list of keys and a tile kernel for
// the contiguous bands of causal, sliding and chunked masks.
#pragma once

#include <cstdint>
#include <span>

namespace headroom::kernels {

/// Keys [begin, end).
struct Interval {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// What happens to scores between the product and the softmax.
struct ScoreRule {
    float scale = 1;    ///< factor of q.k
    float soft_cap = 0; ///< 0: none; else cap * tanh(score / cap)
};

/// One query position, `heads` query heads that share the keys and values of one KV head.
struct RowAttention {
    std::int64_t heads = 1;
    std::int64_t key_dim = 0;
    std::int64_t value_dim = 0;
    const float* q = nullptr; ///< [heads, key_dim], heads q_stride apart
    std::int64_t q_stride = 0;
    const float* k = nullptr; ///< [slots, key_dim], slots k_stride apart
    std::int64_t k_stride = 0;
    const float* v = nullptr; ///< [slots, value_dim], slots v_stride apart
    std::int64_t v_stride = 0;
    std::span<const Interval> attended; ///< slots
    const float* sinks = nullptr;       ///< [heads] or null: an extra score that takes weight away
    ScoreRule rule;
    float* out = nullptr; ///< [heads, value_dim], heads out_stride apart
    std::int64_t out_stride = 0;
};

/// Floats of scratch that attend_row needs for `attended` keys and `heads` heads.
[[nodiscard]] std::int64_t row_scratch_size(std::int64_t attended, std::int64_t heads);
void attend_row(const RowAttention& row, float* scratch);

/// Many query positions against keys packed in panels of 32, each query attending to one band.
struct BandAttention {
    std::int64_t heads = 1; ///< query heads
    std::int64_t kv_heads = 1;
    std::int64_t key_dim = 0;
    std::int64_t value_dim = 0;
    const float* q = nullptr; ///< [queries, heads, key_dim], queries q_stride apart
    std::int64_t q_stride = 0;
    const float* key_panels = nullptr; ///< [kv_heads, panels, key_dim, 32]
    std::int64_t key_head_stride = 0;
    const float* values = nullptr; ///< [kv_heads, keys, value_dim] and a vector pair of slack
    std::int64_t value_head_stride = 0;
    std::span<const Interval> bands; ///< [queries]
    const float* sinks = nullptr;    ///< [heads] or null
    ScoreRule rule;
    float* out = nullptr; ///< [queries, heads, value_dim], queries out_stride apart
    std::int64_t out_stride = 0;
};

/// Queries that one call of attend_band takes.
[[nodiscard]] std::int64_t band_tile();
/// Floats of scratch of attend_band for `keys` keys.
[[nodiscard]] std::int64_t band_scratch_size(std::int64_t keys, std::int64_t key_dim);
/// Queries [first, first + count) of one head, count <= band_tile().
void attend_band(const BandAttention& band, std::int64_t head, std::int64_t first,
                 std::int64_t count, float* scratch);

/// Floats of the panels of `keys` keys.
[[nodiscard]] constexpr std::int64_t key_panels_size(std::int64_t keys, std::int64_t key_dim) {
    return (keys + 31) / 32 * 32 * key_dim;
}
/// Puts `count` keys (rows of key_dim, stride apart) at key index `at` of the panels.
void pack_keys(const float* rows, std::int64_t stride, std::int64_t count, std::int64_t key_dim,
               std::int64_t at, float* panels);

} // namespace headroom::kernels
