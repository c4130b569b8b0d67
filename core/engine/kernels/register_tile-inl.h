// SPDX-License-Identifier: GPL-3.0-or-later
// The register tile: up to 12 rows times two vectors of columns, sums held in registers throughout.
#if defined(HEADROOM_REGISTER_TILE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HEADROOM_REGISTER_TILE_INL_H_
#undef HEADROOM_REGISTER_TILE_INL_H_
#else
#define HEADROOM_REGISTER_TILE_INL_H_
#endif

#include <cstdint>

#include <hwy/highway.h>

#ifndef HWY_UNROLL_TILE
#define HWY_UNROLL_TILE _Pragma("GCC unroll 16")
#endif

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::ScalableTag<float>;
using FloatVector = hn::Vec<FloatTag>;
constexpr int lanes = static_cast<int>(hn::MaxLanes(FloatTag()));
constexpr int column_vectors = 2;
constexpr std::int64_t register_columns = std::int64_t{column_vectors} * lanes;
// 12 x 2 sums, 2 weights and a factor fill 27 of the 32 registers of AVX-512 and NEON; with the
// 16 registers of AVX2 and SSE it is 6 x 2. Measured at 95% of the multiply-add peak of one core.
#if HWY_TARGET <= HWY_AVX3 || HWY_TARGET == HWY_NEON
constexpr std::int64_t register_rows = 12;
#else
constexpr std::int64_t register_rows = 6;
#endif

HWY_INLINE FloatVector load_weight(const float* from) {
    return hn::LoadU(FloatTag(), from);
}

/// bf16 is the upper half of an fp32.
HWY_INLINE FloatVector load_weight(const std::uint16_t* from) {
    const FloatTag d;
    const hn::RebindToUnsigned<FloatTag> bits;
    const hn::Rebind<std::uint16_t, FloatTag> halves;
    return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(bits, hn::LoadU(halves, from))));
}

/// Memory that is needed soon: `step` bytes of it are asked for with each step of a product, so
/// that it has come into the second cache by then.
struct Ahead {
    const char* from = nullptr;
    std::int64_t step = 0;
};
struct NothingAhead {};

HWY_INLINE void ask_for(Ahead& ahead) {
    constexpr int to_read = 0;
    constexpr int second_cache = 2;
    __builtin_prefetch(ahead.from, to_read, second_cache);
    ahead.from += ahead.step;
}
HWY_INLINE void ask_for(NothingAhead& /*ahead*/) {}

template <int Rows, int Vectors, class W, class MaybeAhead>
HWY_INLINE void register_tile_of(std::int64_t depth, const float* HWY_RESTRICT a,
                                 std::int64_t a_row, std::int64_t a_step, const W* HWY_RESTRICT b,
                                 std::int64_t b_step, float* HWY_RESTRICT c, std::int64_t c_stride,
                                 MaybeAhead ahead) {
    const FloatTag d;
    FloatVector sum[std::size_t(Rows)][std::size_t(Vectors)];
    HWY_UNROLL_TILE
    for (int i = 0; i < Rows; ++i) {
        HWY_UNROLL_TILE
        for (int v = 0; v < Vectors; ++v) {
            sum[i][v] = hn::Zero(d);
        }
    }
    for (std::int64_t k = 0; k < depth; ++k) {
        FloatVector w[std::size_t(Vectors)];
        HWY_UNROLL_TILE
        for (int v = 0; v < Vectors; ++v) {
            w[v] = load_weight(b + v * lanes);
        }
        HWY_UNROLL_TILE
        for (int i = 0; i < Rows; ++i) {
            const FloatVector factor = hn::Set(d, a[i * a_row]);
            HWY_UNROLL_TILE
            for (int v = 0; v < Vectors; ++v) {
                sum[i][v] = hn::MulAdd(factor, w[v], sum[i][v]);
            }
        }
        ask_for(ahead);
        a += a_step;
        b += b_step;
    }
    HWY_UNROLL_TILE
    for (int i = 0; i < Rows; ++i) {
        HWY_UNROLL_TILE
        for (int v = 0; v < Vectors; ++v) {
            hn::StoreU(sum[i][v], d, c + i * c_stride + v * lanes);
        }
    }
}

/// c [rows, Vectors * lanes] = a [rows, depth] b [depth, Vectors * lanes].
/// a(i, k) = a[i * a_row + k * a_step]; rows of b are b_step apart; rows <= register_rows.
template <int Vectors = column_vectors, class W, class MaybeAhead = NothingAhead>
HWY_INLINE void register_tile(std::int64_t rows, std::int64_t depth, const float* a,
                              std::int64_t a_row, std::int64_t a_step, const W* b,
                              std::int64_t b_step, float* c, std::int64_t c_stride,
                              MaybeAhead ahead = {}) {
    switch (rows) {
#define HEADROOM_TILE_CASE(N)                                                                      \
    case N:                                                                                        \
        register_tile_of<N, Vectors>(depth, a, a_row, a_step, b, b_step, c, c_stride, ahead);      \
        return;
        HEADROOM_TILE_CASE(1)
        HEADROOM_TILE_CASE(2)
        HEADROOM_TILE_CASE(3)
        HEADROOM_TILE_CASE(4)
        HEADROOM_TILE_CASE(5)
        HEADROOM_TILE_CASE(6)
#if HWY_TARGET <= HWY_AVX3 || HWY_TARGET == HWY_NEON
        HEADROOM_TILE_CASE(7)
        HEADROOM_TILE_CASE(8)
        HEADROOM_TILE_CASE(9)
        HEADROOM_TILE_CASE(10)
        HEADROOM_TILE_CASE(11)
        HEADROOM_TILE_CASE(12)
#endif
#undef HEADROOM_TILE_CASE
    default:
        return;
    }
}

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();
#endif
