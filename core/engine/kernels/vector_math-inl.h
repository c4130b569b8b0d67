// SPDX-License-Identifier: GPL-3.0-or-later
// Vector activations shared by the kernels' translation units; included once per target.
#if defined(HEADROOM_VECTOR_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef HEADROOM_VECTOR_MATH_INL_H_
#undef HEADROOM_VECTOR_MATH_INL_H_
#else
#define HEADROOM_VECTOR_MATH_INL_H_
#endif

#include <cmath>

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include "core/engine/kernels/activation.h"

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// 1 / (1 + exp(-x)). exp is clamped to where it stays finite.
template <class D, class V>
HWY_INLINE V sigmoid(D d, V x) {
    const V one = hn::Set(d, 1.0F);
    const V power = hn::Exp(d, hn::Min(hn::Neg(x), hn::Set(d, 88.0F)));
    return hn::Div(one, hn::Add(one, power));
}

/// tanh through exp: (1 - e) / (1 + e) with e = exp(-2|x|), the sign put back. Below 0.0625 the
/// series keeps the relative error of small arguments.
template <class D, class V>
HWY_INLINE V tanh_of(D d, V x) {
    const V magnitude = hn::Abs(x);
    const V one = hn::Set(d, 1.0F);
    const V e = hn::Exp(d, hn::Max(hn::Mul(magnitude, hn::Set(d, -2.0F)), hn::Set(d, -80.0F)));
    const V large = hn::Div(hn::Sub(one, e), hn::Add(one, e));
    const V square = hn::Mul(x, x);
    V series = hn::MulAdd(square, hn::Set(d, -17.0F / 315.0F), hn::Set(d, 2.0F / 15.0F));
    series = hn::MulAdd(square, series, hn::Set(d, -1.0F / 3.0F));
    series = hn::MulAdd(hn::Mul(magnitude, square), series, magnitude);
    const V result = hn::IfThenElse(hn::Lt(magnitude, hn::Set(d, 0.0625F)), series, large);
    return hn::CopySign(result, x);
}

template <class D, class V>
HWY_INLINE V gelu_tanh(D d, V x) {
    const V cube = hn::Mul(hn::Mul(x, x), x);
    const V inner =
        hn::Mul(hn::MulAdd(cube, hn::Set(d, 0.044715F), x), hn::Set(d, 0.7978845608028654F));
    const V half = hn::Mul(x, hn::Set(d, 0.5F));
    return hn::MulAdd(half, tanh_of(d, inner), half);
}

template <class D, class V>
HWY_INLINE V gelu_erf(D d, V x) {
    HWY_ALIGN float values[hn::MaxLanes(d)];
    hn::Store(x, d, values);
    for (std::size_t i = 0; i < hn::Lanes(d); ++i) {
        values[i] = 0.5F * values[i] * (1.0F + std::erf(values[i] * 0.70710678118654752F));
    }
    return hn::Load(d, values);
}

template <class D, class V>
HWY_INLINE V activate(D d, Activation activation, V x) {
    switch (activation) {
    case Activation::Silu:
        return hn::Mul(x, sigmoid(d, x));
    case Activation::Gelu:
        return gelu_erf(d, x);
    case Activation::GeluTanh:
        return gelu_tanh(d, x);
    case Activation::Relu:
        return hn::Max(x, hn::Zero(d));
    case Activation::ReluSquared: {
        const V open = hn::Max(x, hn::Zero(d));
        return hn::Mul(open, open);
    }
    case Activation::SwigluClamped:
        break; // never without an up branch
    }
    return x;
}

/// act(gate) * up; gpt-oss clamps both and adds one to up.
template <class D, class V>
HWY_INLINE V activate_gated(D d, Activation activation, float limit, V gate, V up) {
    if (activation == Activation::SwigluClamped) {
        const V top = hn::Set(d, limit);
        gate = hn::Min(gate, top);
        up = hn::Max(hn::Min(up, top), hn::Neg(top));
        const V swish = hn::Mul(gate, sigmoid(d, hn::Mul(gate, hn::Set(d, 1.702F))));
        return hn::Mul(hn::Add(up, hn::Set(d, 1.0F)), swish);
    }
    return hn::Mul(activate(d, activation, gate), up);
}

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();
#endif
