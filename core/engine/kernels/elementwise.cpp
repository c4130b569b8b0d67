// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/elementwise.h"

#include <algorithm>
#include <cmath>

#include "core/engine/kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/engine/kernels/elementwise.cpp"
#include <hwy/foreach_target.h> // NOLINT: compiles this file once per instruction set

#include <hwy/highway.h>

#include "core/engine/kernels/partial_vector-inl.h"
#include "core/engine/kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {

using Tag = hn::ScalableTag<float>;
using Vector = hn::Vec<Tag>;
constexpr std::int64_t width_of_vector = static_cast<std::int64_t>(hn::MaxLanes(Tag()));

/// x = f(x) over `count` values.
template <class F>
HWY_INLINE void transform(std::int64_t count, float* x, const F& f) {
    const Tag d;
    std::int64_t i = 0;
    for (; i + width_of_vector <= count; i += width_of_vector) {
        hn::StoreU(f(hn::LoadU(d, x + i)), d, x + i);
    }
    if (i < count) {
        const PartialVector rest(count - i);
        rest.store(f(rest.load(x + i)), x + i);
    }
}

HWY_INLINE float sum_of(const float* x, std::int64_t count) {
    const Tag d;
    Vector a = hn::Zero(d);
    Vector b = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + 2 * width_of_vector <= count; i += 2 * width_of_vector) {
        a = hn::Add(a, hn::LoadU(d, x + i));
        b = hn::Add(b, hn::LoadU(d, x + i + width_of_vector));
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b)));
    for (; i < count; ++i) {
        sum += x[i];
    }
    return sum;
}

/// sum(x^2)
HWY_INLINE float square_sum_of(const float* x, std::int64_t count) {
    const Tag d;
    Vector a = hn::Zero(d);
    Vector b = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + 2 * width_of_vector <= count; i += 2 * width_of_vector) {
        const Vector first = hn::LoadU(d, x + i);
        const Vector second = hn::LoadU(d, x + i + width_of_vector);
        a = hn::MulAdd(first, first, a);
        b = hn::MulAdd(second, second, b);
    }
    for (; i < count; i += width_of_vector) {
        const Vector last = PartialVector(std::min(count - i, width_of_vector)).load(x + i);
        a = hn::MulAdd(last, last, a);
    }
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b)));
}

/// sum((x - centre)^2)
HWY_INLINE float square_sum_of(const float* x, std::int64_t count, float centre) {
    const Tag d;
    const Vector c = hn::Set(d, centre);
    Vector a = hn::Zero(d);
    Vector b = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + 2 * width_of_vector <= count; i += 2 * width_of_vector) {
        const Vector first = hn::Sub(hn::LoadU(d, x + i), c);
        const Vector second = hn::Sub(hn::LoadU(d, x + i + width_of_vector), c);
        a = hn::MulAdd(first, first, a);
        b = hn::MulAdd(second, second, b);
    }
    float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b)));
    for (; i < count; ++i) {
        sum += (x[i] - centre) * (x[i] - centre);
    }
    return sum;
}

void rms_norm_of_target(const float* x, std::int64_t x_stride, std::int64_t rows,
                        std::int64_t width, const float* weight, float offset, float eps, float* y,
                        std::int64_t y_stride) {
    for (std::int64_t r = 0; r < rows; ++r, x += x_stride, y += y_stride) {
        const float mean_square = square_sum_of(x, width) / static_cast<float>(width);
        const float inverse = 1.0F / std::sqrt(mean_square + eps);
        for_whole_vectors(width, [&](auto d, std::int64_t i) HWY_ATTR {
            auto value = hn::Mul(hn::LoadU(d, x + i), hn::Set(d, inverse));
            if (weight != nullptr) {
                value = hn::Mul(value, hn::Add(hn::LoadU(d, weight + i), hn::Set(d, offset)));
            }
            hn::StoreU(value, d, y + i);
        });
    }
}

void layer_norm_of_target(const float* x, std::int64_t x_stride, std::int64_t rows,
                          std::int64_t width, const float* weight, const float* bias, float eps,
                          float* y, std::int64_t y_stride) {
    const Tag d;
    for (std::int64_t r = 0; r < rows; ++r, x += x_stride, y += y_stride) {
        const float mean = sum_of(x, width) / static_cast<float>(width);
        const float variance = square_sum_of(x, width, mean) / static_cast<float>(width);
        const float inverse = 1.0F / std::sqrt(variance + eps);
        const Vector centre = hn::Set(d, mean);
        const Vector factor = hn::Set(d, inverse);
        std::int64_t i = 0;
        for (; i + width_of_vector <= width; i += width_of_vector) {
            const Vector normal = hn::Mul(hn::Sub(hn::LoadU(d, x + i), centre), factor);
            const Vector shift = bias != nullptr ? hn::LoadU(d, bias + i) : hn::Zero(d);
            hn::StoreU(hn::MulAdd(normal, hn::LoadU(d, weight + i), shift), d, y + i);
        }
        for (; i < width; ++i) {
            y[i] = (x[i] - mean) * inverse * weight[i] + (bias != nullptr ? bias[i] : 0.0F);
        }
    }
}

void activate_of_target(Activation activation, float* x, std::int64_t count) {
    const Tag d;
    transform(count, x, [&](Vector v) HWY_ATTR { return activate(d, activation, v); });
}

void activate_gated_of_target(Activation activation, float limit, const float* gate,
                              const float* up, std::int64_t count, float* h) {
    const Tag d;
    std::int64_t i = 0;
    for (; i + width_of_vector <= count; i += width_of_vector) {
        hn::StoreU(
            activate_gated(d, activation, limit, hn::LoadU(d, gate + i), hn::LoadU(d, up + i)), d,
            h + i);
    }
    if (i < count) {
        const PartialVector rest(count - i);
        rest.store(activate_gated(d, activation, limit, rest.load(gate + i), rest.load(up + i)),
                   h + i);
    }
}

void add_scaled_of_target(const float* x, float factor, std::int64_t count, float* y) {
    const Tag d;
    const Vector f = hn::Set(d, factor);
    std::int64_t i = 0;
    for (; i + width_of_vector <= count; i += width_of_vector) {
        hn::StoreU(hn::MulAdd(f, hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, y + i);
    }
    for (; i < count; ++i) {
        y[i] += factor * x[i];
    }
}

void multiply_elements_of_target(const float* x, const float* z, std::int64_t count, float* y) {
    const Tag d;
    std::int64_t i = 0;
    for (; i + width_of_vector <= count; i += width_of_vector) {
        hn::StoreU(hn::Mul(hn::LoadU(d, x + i), hn::LoadU(d, z + i)), d, y + i);
    }
    for (; i < count; ++i) {
        y[i] = x[i] * z[i];
    }
}

void scale_of_target(float factor, std::int64_t count, float* x) {
    const Tag d;
    const Vector f = hn::Set(d, factor);
    transform(count, x, [&](Vector v) HWY_ATTR { return hn::Mul(v, f); });
}

void soft_cap_of_target(float cap, std::int64_t count, float* x) {
    const Tag d;
    const Vector c = hn::Set(d, cap);
    transform(count, x, [&](Vector v) HWY_ATTR { return hn::Mul(c, tanh_of(d, hn::Div(v, c))); });
}

void softmax_of_target(std::int64_t count, float* x) {
    const Tag d;
    const float top = *std::max_element(x, x + count);
    const Vector shift = hn::Set(d, top);
    transform(count, x, [&](Vector v) HWY_ATTR { return hn::Exp(d, hn::Sub(v, shift)); });
    scale_of_target(1.0F / sum_of(x, count), count, x);
}

std::int64_t vector_numbers_of_target() {
    return width_of_vector;
}

void rotate_half_of_target(const float* cos, const float* sin, std::int64_t rotary,
                           std::int64_t heads, std::int64_t stride, float* head) {
    const std::int64_t half = rotary / 2;
    for_whole_vectors(half, [&](auto d, std::int64_t i) HWY_ATTR {
        const auto c = hn::LoadU(d, cos + i);
        const auto s = hn::LoadU(d, sin + i);
        for (std::int64_t h = 0; h < heads; ++h) {
            float* lower = head + h * stride + i;
            float* upper = lower + half;
            const auto a = hn::LoadU(d, lower);
            const auto b = hn::LoadU(d, upper);
            hn::StoreU(hn::NegMulAdd(b, s, hn::Mul(a, c)), d, lower);
            hn::StoreU(hn::MulAdd(a, s, hn::Mul(b, c)), d, upper);
        }
    });
}

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headroom::kernels {
HWY_EXPORT(rms_norm_of_target);
HWY_EXPORT(layer_norm_of_target);
HWY_EXPORT(activate_of_target);
HWY_EXPORT(activate_gated_of_target);
HWY_EXPORT(add_scaled_of_target);
HWY_EXPORT(multiply_elements_of_target);
HWY_EXPORT(scale_of_target);
HWY_EXPORT(soft_cap_of_target);
HWY_EXPORT(softmax_of_target);
HWY_EXPORT(rotate_half_of_target);
HWY_EXPORT(vector_numbers_of_target);

void rms_norm(const float* x, std::int64_t x_stride, std::int64_t rows, std::int64_t width,
              const float* weight, float offset, float eps, float* y, std::int64_t y_stride) {
    HWY_DYNAMIC_DISPATCH(rms_norm_of_target)
    (x, x_stride, rows, width, weight, offset, eps, y, y_stride);
}

void layer_norm(const float* x, std::int64_t x_stride, std::int64_t rows, std::int64_t width,
                const float* weight, const float* bias, float eps, float* y,
                std::int64_t y_stride) {
    HWY_DYNAMIC_DISPATCH(layer_norm_of_target)
    (x, x_stride, rows, width, weight, bias, eps, y, y_stride);
}

void activate(Activation activation, float* x, std::int64_t count) {
    HWY_DYNAMIC_DISPATCH(activate_of_target)(activation, x, count);
}

void activate_gated(Activation activation, float limit, const float* gate, const float* up,
                    std::int64_t count, float* h) {
    HWY_DYNAMIC_DISPATCH(activate_gated_of_target)(activation, limit, gate, up, count, h);
}

void add_scaled(const float* x, float factor, std::int64_t count, float* y) {
    HWY_DYNAMIC_DISPATCH(add_scaled_of_target)(x, factor, count, y);
}

void multiply_elements(const float* x, const float* z, std::int64_t count, float* y) {
    HWY_DYNAMIC_DISPATCH(multiply_elements_of_target)(x, z, count, y);
}

void scale(float factor, std::int64_t count, float* x) {
    HWY_DYNAMIC_DISPATCH(scale_of_target)(factor, count, x);
}

void soft_cap(float cap, std::int64_t count, float* x) {
    HWY_DYNAMIC_DISPATCH(soft_cap_of_target)(cap, count, x);
}

void softmax(std::int64_t count, float* x) {
    HWY_DYNAMIC_DISPATCH(softmax_of_target)(count, x);
}

std::int64_t vector_numbers() {
    return HWY_DYNAMIC_DISPATCH(vector_numbers_of_target)();
}

void rotate_half(const float* cos, const float* sin, std::int64_t rotary, std::int64_t heads,
                 std::int64_t stride, float* head) {
    HWY_DYNAMIC_DISPATCH(rotate_half_of_target)(cos, sin, rotary, heads, stride, head);
}

void rotate_interleaved(const float* cos, const float* sin, std::int64_t rotary, std::int64_t heads,
                        std::int64_t stride, float* head) {
    for (std::int64_t h = 0; h < heads; ++h, head += stride) {
        for (std::int64_t i = 0; i < rotary / 2; ++i) {
            const float a = head[2 * i];
            const float b = head[2 * i + 1];
            head[2 * i] = a * cos[i] - b * sin[i];
            head[2 * i + 1] = b * cos[i] + a * sin[i];
        }
    }
}

} // namespace headroom::kernels
#endif
