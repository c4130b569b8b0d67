// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a row that does not fill a vector, and four sums at once.
#if defined(HEADROOM_PARTIAL_VECTOR_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HEADROOM_PARTIAL_VECTOR_INL_H_
#undef HEADROOM_PARTIAL_VECTOR_INL_H_
#else
#define HEADROOM_PARTIAL_VECTOR_INL_H_
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "core/engine/kernels/register_tile-inl.h"

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The first `count` lanes of a vector, 1 <= count <= lanes: what lies behind them in memory is
/// neither read nor written.
class PartialVector {
public:
    explicit PartialVector(std::int64_t count)
        : m_count(count) {}

    HWY_INLINE FloatVector load(const float* from) const {
        const FloatTag d;
        if (m_count == lanes) {
            return hn::LoadU(d, from);
        }
#if HWY_TARGET <= HWY_AVX2
        return hn::MaskedLoad(hn::FirstN(d, static_cast<std::size_t>(m_count)), d, from);
#else // without masks in the processor a masked load reads the whole vector
        HWY_ALIGN float values[lanes] = {};
        for (std::int64_t i = 0; i < m_count; ++i) {
            values[i] = from[i];
        }
        return hn::Load(d, values);
#endif
    }

    HWY_INLINE void store(FloatVector value, float* to) const {
        const FloatTag d;
        if (m_count == lanes) {
            hn::StoreU(value, d, to);
            return;
        }
        HWY_ALIGN float values[lanes];
        hn::Store(value, d, values);
        std::int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
        const hn::Full128<float> four;
        for (; i + 4 <= m_count; i += 4) {
            hn::StoreU(hn::Load(four, values + i), four, to + i);
        }
#endif
        for (; i < m_count; ++i) {
            to[i] = values[i];
        }
    }

private:
    std::int64_t m_count;
};

/// f(tag, i) for vectors that together cover [0, count), each whole: a rest is cut into narrower
/// ones, since what a masked store wrote has to reach the cache before it can be read again.
template <class F>
HWY_INLINE void for_whole_vectors(std::int64_t count, const F& f) {
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        f(FloatTag(), i);
    }
    const auto rest = [&](auto d) HWY_ATTR {
        constexpr auto width = static_cast<std::int64_t>(hn::MaxLanes(d));
        for (; width < lanes && i + width <= count; i += width) {
            f(d, i);
        }
    };
    rest(hn::CappedTag<float, 8>());
    rest(hn::CappedTag<float, 4>());
    rest(hn::CappedTag<float, 1>());
}

#if HWY_TARGET != HWY_SCALAR
/// [sum of v[0], sum of v[1], sum of v[2], sum of v[3]]: pairs are added while they are sorted,
/// which takes a third of the steps of four sums alone.
HWY_INLINE hn::Vec<hn::Full128<float>> sums_of_four(const FloatVector (&v)[4]) {
    const FloatTag d;
    const hn::Repartition<double, FloatTag> pairs;
    const FloatVector ab =
        hn::Add(hn::InterleaveLower(d, v[0], v[1]), hn::InterleaveUpper(d, v[0], v[1]));
    const FloatVector ce =
        hn::Add(hn::InterleaveLower(d, v[2], v[3]), hn::InterleaveUpper(d, v[2], v[3]));
    // In each block of four lanes: a b a b and c e c e; now a b c e.
    const auto ab_pairs = hn::BitCast(pairs, ab);
    const auto ce_pairs = hn::BitCast(pairs, ce);
    const FloatVector blocks =
        hn::Add(hn::BitCast(d, hn::InterleaveLower(pairs, ab_pairs, ce_pairs)),
                hn::BitCast(d, hn::InterleaveUpper(pairs, ab_pairs, ce_pairs)));
#if HWY_TARGET <= HWY_AVX3 && HWY_ARCH_X86
    const hn::Half<FloatTag> half;
    const hn::Half<decltype(half)> quarter;
    const auto eight = hn::Add(hn::LowerHalf(half, blocks), hn::UpperHalf(half, blocks));
    return hn::Add(hn::LowerHalf(quarter, eight), hn::UpperHalf(quarter, eight));
#elif HWY_TARGET == HWY_AVX2
    const hn::Half<FloatTag> half;
    return hn::Add(hn::LowerHalf(half, blocks), hn::UpperHalf(half, blocks));
#else
    return blocks;
#endif
}
#endif

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();
#endif
