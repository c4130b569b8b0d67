// SPDX-License-Identifier: GPL-3.0-or-later
// Rows side by side: four at a time through 4 x 4 transposes in registers.
#if defined(HEADROOM_TRANSPOSE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HEADROOM_TRANSPOSE_INL_H_
#undef HEADROOM_TRANSPOSE_INL_H_
#else
#define HEADROOM_TRANSPOSE_INL_H_
#endif

#include <cstdint>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
/// out[k * step + i] = row i at k for four rows and k in [0, in): 4 x 4 transposes in registers.
HWY_INLINE void interleave_four(const float* const rows[4], std::int64_t in, std::int64_t step,
                                float* out) {
    const hn::Full128<float> d;
    std::int64_t k = 0;
    for (; k + 4 <= in; k += 4) {
        const auto a = hn::LoadU(d, rows[0] + k);
        const auto b = hn::LoadU(d, rows[1] + k);
        const auto c = hn::LoadU(d, rows[2] + k);
        const auto e = hn::LoadU(d, rows[3] + k);
        const auto ab_low = hn::InterleaveLower(d, a, b);
        const auto ab_high = hn::InterleaveUpper(d, a, b);
        const auto ce_low = hn::InterleaveLower(d, c, e);
        const auto ce_high = hn::InterleaveUpper(d, c, e);
        float* to = out + k * step;
        hn::StoreU(hn::ConcatLowerLower(d, ce_low, ab_low), d, to);
        hn::StoreU(hn::ConcatUpperUpper(d, ce_low, ab_low), d, to + step);
        hn::StoreU(hn::ConcatLowerLower(d, ce_high, ab_high), d, to + 2 * step);
        hn::StoreU(hn::ConcatUpperUpper(d, ce_high, ab_high), d, to + 3 * step);
    }
    for (; k < in; ++k) {
        for (int i = 0; i < 4; ++i) {
            out[k * step + i] = rows[i][k];
        }
    }
}
#endif

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();
#endif
