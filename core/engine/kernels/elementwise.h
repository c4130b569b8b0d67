// SPDX-License-Identifier: GPL-3.0-or-later
// Row-wise kernels: norms, activations, rotary embedding, soft-capping. All work in place or from
// x to y, on one thread; the caller splits rows.
#pragma once

#include <cstdint>

#include "core/engine/kernels/activation.h"

namespace headroom::kernels {

/// y = x / sqrt(mean(x^2) + eps) * (offset + weight); weight null means 1. Gemma's offset is 1.
/// x, y [rows, width], rows their strides apart; y may be x. Source: arXiv:1910.07467.
void rms_norm(const float* x, std::int64_t x_stride, std::int64_t rows, std::int64_t width,
              const float* weight, float offset, float eps, float* y, std::int64_t y_stride);

/// y = (x - mean) / sqrt(var + eps) * weight + bias; bias may be null. Source: arXiv:1607.06450.
void layer_norm(const float* x, std::int64_t x_stride, std::int64_t rows, std::int64_t width,
                const float* weight, const float* bias, float eps, float* y, std::int64_t y_stride);

/// x = act(x), `count` values.
void activate(Activation activation, float* x, std::int64_t count);
/// h = act(gate) * up, `count` values.
void activate_gated(Activation activation, float limit, const float* gate, const float* up,
                    std::int64_t count, float* h);

/// y += factor * x.
void add_scaled(const float* x, float factor, std::int64_t count, float* y);
/// y = x * z.
void multiply_elements(const float* x, const float* z, std::int64_t count, float* y);
/// x *= factor.
void scale(float factor, std::int64_t count, float* x);
/// x = cap * tanh(x / cap). Source: Gemma 2, arXiv:2408.00118.
void soft_cap(float cap, std::int64_t count, float* x);
/// x = softmax(x) over `count` values.
void softmax(std::int64_t count, float* x);

/// fp32 numbers of a vector of the instruction set chosen at run time.
[[nodiscard]] std::int64_t vector_numbers();

/// Rotates `heads` heads, `stride` apart: pairs (i, i + rotary/2), the "rotate half" order. Values
/// past `rotary` stay. cos, sin [rotary / 2]. Source: RoFormer, arXiv:2104.09864.
void rotate_half(const float* cos, const float* sin, std::int64_t rotary, std::int64_t heads,
                 std::int64_t stride, float* head);
/// The same with pairs (2i, 2i + 1), as Llama 4 and DeepSeek store them.
void rotate_interleaved(const float* cos, const float* sin, std::int64_t rotary, std::int64_t heads,
                        std::int64_t stride, float* head);

} // namespace headroom::kernels
