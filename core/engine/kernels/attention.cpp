// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/attention.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "core/engine/kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/engine/kernels/attention.cpp"
#include <hwy/foreach_target.h> // NOLINT: compiles this file once per instruction set

#include <hwy/highway.h>

#include "core/engine/kernels/partial_vector-inl.h"
#include "core/engine/kernels/register_tile-inl.h"
#include "core/engine/kernels/transpose-inl.h"
#include "core/engine/kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {

constexpr std::int64_t key_panel = 32;
constexpr std::int64_t head_block = 4; ///< heads that share one reading of a key or value row
constexpr float minus_infinity = -std::numeric_limits<float>::infinity();

std::int64_t band_tile_of_target() {
    return register_rows;
}

HWY_INLINE std::int64_t padded(std::int64_t count) {
    // One vector more than needed keeps rows apart from multiples of the page size.
    return (count + lanes - 1) / lanes * lanes + lanes;
}

/// The vector of scores that starts at `at`, minus infinity outside [attended.begin, attended.end).
HWY_INLINE FloatVector attended_only(FloatVector scores, std::int64_t at,
                                     const Interval& attended) {
    if (at >= attended.begin && at + lanes <= attended.end) {
        return scores;
    }
    const FloatTag d;
    const auto before = [&](std::int64_t end) HWY_ATTR {
        return hn::FirstN(d,
                          static_cast<std::size_t>(std::clamp<std::int64_t>(end - at, 0, lanes)));
    };
    return hn::IfThenElse(hn::AndNot(before(attended.begin), before(attended.end)), scores,
                          hn::Set(d, minus_infinity));
}

/// Products of query and key -> exp(score - max), in place, zero outside of what is attended;
/// returns 1 / sum. Whole vectors of [0, span) are read and written: what is stored number by
/// number would have to reach the cache before a vector of it can be read.
HWY_INLINE float soften(float* scores, std::int64_t span, const Interval& attended,
                        const ScoreRule& rule, const float* sink) {
    const FloatTag d;
    FloatVector top = hn::Set(d, sink != nullptr ? *sink : minus_infinity);
    const FloatVector scale = hn::Set(d, rule.scale);
    const FloatVector cap = hn::Set(d, rule.soft_cap);
    for (std::int64_t i = 0; i < span; i += lanes) {
        FloatVector s = hn::Mul(hn::LoadU(d, scores + i), scale);
        if (rule.soft_cap != 0) {
            s = hn::Mul(cap, tanh_of(d, hn::Div(s, cap)));
            hn::StoreU(s, d, scores + i);
        }
        top = hn::Max(top, attended_only(s, i, attended));
    }
    const FloatVector highest = hn::MaxOfLanes(d, top);
    const FloatVector rest_of_scale = rule.soft_cap != 0 ? hn::Set(d, 1.0F) : scale;
    FloatVector sum = hn::Zero(d);
    for (std::int64_t i = 0; i < span; i += lanes) {
        const FloatVector s = attended_only(hn::LoadU(d, scores + i), i, attended);
        const FloatVector weight = hn::Exp(d, hn::MulSub(s, rest_of_scale, highest));
        hn::StoreU(weight, d, scores + i);
        sum = hn::Add(sum, weight);
    }
    float total = hn::GetLane(hn::SumOfLanes(d, sum));
    if (sink != nullptr) {
        total += std::exp(*sink - hn::GetLane(highest));
    }
    return 1.0F / total;
}

/// Products of Heads queries with Keys consecutive keys, each a vector of partial sums.
template <int Heads, int Keys>
HWY_INLINE void dot_keys(const float* q, std::int64_t q_stride, const float* key,
                         std::int64_t key_stride, std::int64_t dim,
                         FloatVector (&sum)[std::size_t(Heads)][std::size_t(Keys)]) {
    const FloatTag d;
    HWY_UNROLL_TILE
    for (int h = 0; h < Heads; ++h) {
        HWY_UNROLL_TILE
        for (int j = 0; j < Keys; ++j) {
            sum[h][j] = hn::Zero(d);
        }
    }
    const auto add = [&](std::int64_t i, auto load) HWY_ATTR {
        FloatVector k[std::size_t(Keys)];
        HWY_UNROLL_TILE
        for (int j = 0; j < Keys; ++j) {
            k[j] = load(key + j * key_stride + i);
        }
        HWY_UNROLL_TILE
        for (int h = 0; h < Heads; ++h) {
            const FloatVector query = load(q + h * q_stride + i);
            HWY_UNROLL_TILE
            for (int j = 0; j < Keys; ++j) {
                sum[h][j] = hn::MulAdd(query, k[j], sum[h][j]);
            }
        }
    };
    std::int64_t i = 0;
    for (; i + lanes <= dim; i += lanes) {
        add(i, [](const float* from) HWY_ATTR { return hn::LoadU(FloatTag(), from); });
    }
    if (i < dim) {
        const PartialVector rest(dim - i);
        add(i, [&](const float* from) HWY_ATTR { return rest.load(from); });
    }
}

/// scores[h * stride + at ...] = queries . keys for all attended slots.
template <int Heads>
HWY_INLINE void score_heads(const RowAttention& row, const float* q, float* scores,
                            std::int64_t stride) {
    std::int64_t at = 0;
    for (const Interval& interval : row.attended) {
        std::int64_t slot = interval.begin;
#if HWY_TARGET != HWY_SCALAR
        const hn::Full128<float> four;
        for (; slot + 4 <= interval.end; slot += 4, at += 4) {
            FloatVector sum[std::size_t(Heads)][4];
            dot_keys<Heads, 4>(q, row.q_stride, row.k + slot * row.k_stride, row.k_stride,
                               row.key_dim, sum);
            for (int h = 0; h < Heads; ++h) {
                hn::StoreU(sums_of_four(sum[h]), four, scores + h * stride + at);
            }
        }
#endif
        for (; slot < interval.end; ++slot, ++at) {
            FloatVector sum[std::size_t(Heads)][1];
            dot_keys<Heads, 1>(q, row.q_stride, row.k + slot * row.k_stride, row.k_stride,
                               row.key_dim, sum);
            for (int h = 0; h < Heads; ++h) {
                scores[h * stride + at] = hn::GetLane(hn::SumOfLanes(FloatTag(), sum[h][0]));
            }
        }
    }
}

/// Vectors columns of out = weights . values, for Heads heads at once; the last of them holds
/// `last` columns.
template <int Heads, int Vectors>
HWY_INLINE void mix_columns(const RowAttention& row, const float* weights,
                            std::int64_t weights_stride, const float* inverse, std::int64_t column,
                            const PartialVector& last, float* out) {
    // Sums of several keys side by side, where one would wait for its own latency.
    constexpr int chains = Heads * Vectors >= 8 ? 1 : Heads * Vectors >= 4 ? 2 : 4;
    const FloatTag d;
    FloatVector sum[std::size_t(chains)][std::size_t(Heads)][std::size_t(Vectors)];
    for (auto& chain : sum) {
        for (int h = 0; h < Heads; ++h) {
            for (int v = 0; v < Vectors; ++v) {
                chain[h][v] = hn::Zero(d);
            }
        }
    }
    const auto add = [&](const float* value, std::int64_t at,
                         FloatVector(&to)[std::size_t(Heads)][std::size_t(Vectors)]) HWY_ATTR {
        FloatVector rows[std::size_t(Vectors)];
        HWY_UNROLL_TILE
        for (int v = 0; v + 1 < Vectors; ++v) {
            rows[v] = hn::LoadU(d, value + v * lanes);
        }
        rows[Vectors - 1] = last.load(value + (Vectors - 1) * lanes);
        HWY_UNROLL_TILE
        for (int h = 0; h < Heads; ++h) {
            const FloatVector w = hn::Set(d, weights[h * weights_stride + at]);
            HWY_UNROLL_TILE
            for (int v = 0; v < Vectors; ++v) {
                to[h][v] = hn::MulAdd(w, rows[v], to[h][v]);
            }
        }
    };
    std::int64_t at = 0;
    for (const Interval& interval : row.attended) {
        const float* value = row.v + interval.begin * row.v_stride + column;
        std::int64_t slot = interval.begin;
        for (; slot + chains <= interval.end; slot += chains, at += chains) {
            HWY_UNROLL_TILE
            for (int i = 0; i < chains; ++i) {
                add(value, at + i, sum[i]);
                value += row.v_stride;
            }
        }
        for (; slot < interval.end; ++slot, ++at) {
            add(value, at, sum[0]);
            value += row.v_stride;
        }
    }
    for (int h = 0; h < Heads; ++h) {
        const FloatVector factor = hn::Set(d, inverse[h]);
        for (int v = 0; v < Vectors; ++v) {
            FloatVector total = sum[0][h][v];
            for (int i = 1; i < chains; ++i) {
                total = hn::Add(total, sum[i][h][v]);
            }
            total = hn::Mul(total, factor);
            float* to = out + h * row.out_stride + column + v * lanes;
            if (v + 1 < Vectors) {
                hn::StoreU(total, d, to);
            } else {
                last.store(total, to);
            }
        }
    }
}

/// out = weights . values for Heads heads.
template <int Heads>
HWY_INLINE void mix_values(const RowAttention& row, const float* weights,
                           std::int64_t weights_stride, const float* inverse, float* out) {
    const PartialVector whole(lanes);
    std::int64_t column = 0;
    for (; column + 4 * lanes <= row.value_dim; column += 4 * lanes) {
        mix_columns<Heads, 4>(row, weights, weights_stride, inverse, column, whole, out);
    }
    // One pass over the rest as well: rows come from memory, a pass for each vector would stall.
    const std::int64_t rest = row.value_dim - column;
    const PartialVector last((rest + lanes - 1) % lanes + 1);
    switch ((rest + lanes - 1) / lanes) {
    case 4:
        mix_columns<Heads, 4>(row, weights, weights_stride, inverse, column, last, out);
        break;
    case 3:
        mix_columns<Heads, 3>(row, weights, weights_stride, inverse, column, last, out);
        break;
    case 2:
        mix_columns<Heads, 2>(row, weights, weights_stride, inverse, column, last, out);
        break;
    case 1:
        mix_columns<Heads, 1>(row, weights, weights_stride, inverse, column, last, out);
        break;
    default:
        break;
    }
}

template <int Heads>
HWY_INLINE void attend_heads(const RowAttention& row, std::int64_t first, std::int64_t attended,
                             float* scores) {
    const std::int64_t stride = padded(attended);
    score_heads<Heads>(row, row.q + first * row.q_stride, scores, stride);
    float inverse[std::size_t(Heads)];
    for (int h = 0; h < Heads; ++h) {
        inverse[h] = soften(scores + h * stride, attended, Interval{0, attended}, row.rule,
                            row.sinks != nullptr ? row.sinks + first + h : nullptr);
    }
    mix_values<Heads>(row, scores, stride, inverse, row.out + first * row.out_stride);
}

void attend_row_of_target(const RowAttention& row, float* scratch) {
    std::int64_t attended = 0;
    for (const Interval& interval : row.attended) {
        attended += interval.end - interval.begin;
    }
    std::int64_t head = 0;
    for (; head + head_block <= row.heads; head += head_block) {
        attend_heads<head_block>(row, head, attended, scratch);
    }
    for (; head + 2 <= row.heads; head += 2) {
        attend_heads<2>(row, head, attended, scratch);
    }
    for (; head < row.heads; ++head) {
        attend_heads<1>(row, head, attended, scratch);
    }
}

std::int64_t row_scratch_size_of_target(std::int64_t attended, std::int64_t heads) {
    return padded(attended) * std::min(heads, head_block);
}

std::int64_t band_scratch_size_of_target(std::int64_t keys, std::int64_t key_dim) {
    // query tile, scores, and a result tile for columns that do not fill a register tile
    return register_rows * (key_dim + padded(keys + 2 * key_panel) + key_panel);
}

/// columns [dim, rows] = rows of dim numbers, `stride` apart.
HWY_INLINE void interleave(const float* from, std::int64_t stride, std::int64_t rows,
                           std::int64_t dim, float* columns) {
    std::int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
    for (; i + 4 <= rows; i += 4) {
        const float* const four[4] = {from + i * stride, from + (i + 1) * stride,
                                      from + (i + 2) * stride, from + (i + 3) * stride};
        interleave_four(four, dim, rows, columns + i);
    }
#endif
    for (; i < rows; ++i) {
        for (std::int64_t k = 0; k < dim; ++k) {
            columns[k * rows + i] = from[i * stride + k];
        }
    }
}

void attend_band_of_target(const BandAttention& band, std::int64_t head, std::int64_t first,
                           std::int64_t count, float* scratch) {
    const std::int64_t kv_head = head / (band.heads / band.kv_heads);
    const float* panels = band.key_panels + kv_head * band.key_head_stride;
    const float* values = band.values + kv_head * band.value_head_stride;
    std::int64_t low = band.bands[static_cast<std::size_t>(first)].begin;
    std::int64_t high = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const Interval& interval = band.bands[static_cast<std::size_t>(first + i)];
        low = std::min(low, interval.begin);
        high = std::max(high, interval.end);
    }
    low = low / register_columns * register_columns; // scores start on a whole register tile
    const std::int64_t span = high - low;
    const std::int64_t stride = padded(span + key_panel);

    float* queries = scratch;                               // [key_dim, count]
    float* scores = queries + register_rows * band.key_dim; // [count, stride]
    float* spill = scores + register_rows * stride;         // [count, register_columns]
    interleave(band.q + first * band.q_stride + head * band.key_dim, band.q_stride, count,
               band.key_dim, queries);
    const auto multiply_keys = [&](auto vectors, std::int64_t key) HWY_ATTR {
        const float* b = panels + key / key_panel * key_panel * band.key_dim + key % key_panel;
        register_tile<vectors()>(count, band.key_dim, queries, 1, count, b, key_panel,
                                 scores + key - low, stride);
    };
    std::int64_t key = low;
    for (; key + lanes < high; key += register_columns) {
        multiply_keys(std::integral_constant<int, column_vectors>(), key);
    }
    if (key < high) { // one vector holds the rest
        multiply_keys(std::integral_constant<int, 1>(), key);
    }
    float inverse[register_rows];
    for (std::int64_t i = 0; i < count; ++i) {
        const Interval& interval = band.bands[static_cast<std::size_t>(first + i)];
        inverse[i] =
            soften(scores + i * stride, span, Interval{interval.begin - low, interval.end - low},
                   band.rule, band.sinks != nullptr ? band.sinks + head : nullptr);
    }
    for (std::int64_t column = 0; column < band.value_dim; column += register_columns) {
        const float* v = values + low * band.value_dim + column;
        if (column + lanes < band.value_dim) {
            register_tile(count, span, scores, stride, 1, v, band.value_dim, spill,
                          register_columns);
        } else {
            register_tile<1>(count, span, scores, stride, 1, v, band.value_dim, spill,
                             register_columns);
        }
        const std::int64_t columns = std::min(register_columns, band.value_dim - column);
        for (std::int64_t i = 0; i < count; ++i) {
            float* out = band.out + (first + i) * band.out_stride + head * band.value_dim + column;
            const float* from = spill + i * register_columns;
            for_whole_vectors(columns, [&](auto d, std::int64_t c) HWY_ATTR {
                hn::StoreU(hn::Mul(hn::LoadU(d, from + c), hn::Set(d, inverse[i])), d, out + c);
            });
        }
    }
}

void pack_keys_of_target(const float* rows, std::int64_t stride, std::int64_t count,
                         std::int64_t key_dim, std::int64_t at, float* panels) {
    std::int64_t i = 0;
    while (i < count) {
        const std::int64_t key = at + i;
        float* to = panels + key / key_panel * key_panel * key_dim + key % key_panel;
        const float* from = rows + i * stride;
#if HWY_TARGET != HWY_SCALAR
        if (i + 4 <= count && key % key_panel + 4 <= key_panel) {
            const float* const four[4] = {from, from + stride, from + 2 * stride,
                                          from + 3 * stride};
            interleave_four(four, key_dim, key_panel, to);
            i += 4;
            continue;
        }
#endif
        for (std::int64_t c = 0; c < key_dim; ++c) {
            to[c * key_panel] = from[c];
        }
        ++i;
    }
}

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headroom::kernels {
HWY_EXPORT(band_tile_of_target);
HWY_EXPORT(row_scratch_size_of_target);
HWY_EXPORT(band_scratch_size_of_target);
HWY_EXPORT(attend_row_of_target);
HWY_EXPORT(attend_band_of_target);
HWY_EXPORT(pack_keys_of_target);

std::int64_t row_scratch_size(std::int64_t attended, std::int64_t heads) {
    return HWY_DYNAMIC_DISPATCH(row_scratch_size_of_target)(attended, heads);
}

void attend_row(const RowAttention& row, float* scratch) {
    HWY_DYNAMIC_DISPATCH(attend_row_of_target)(row, scratch);
}

std::int64_t band_tile() {
    return HWY_DYNAMIC_DISPATCH(band_tile_of_target)();
}

std::int64_t band_scratch_size(std::int64_t keys, std::int64_t key_dim) {
    return HWY_DYNAMIC_DISPATCH(band_scratch_size_of_target)(keys, key_dim);
}

void attend_band(const BandAttention& band, std::int64_t head, std::int64_t first,
                 std::int64_t count, float* scratch) {
    HWY_DYNAMIC_DISPATCH(attend_band_of_target)(band, head, first, count, scratch);
}

void pack_keys(const float* rows, std::int64_t stride, std::int64_t count, std::int64_t key_dim,
               std::int64_t at, float* panels) {
    HWY_DYNAMIC_DISPATCH(pack_keys_of_target)(rows, stride, count, key_dim, at, panels);
}

} // namespace headroom::kernels
#endif
