// SPDX-License-Identifier: GPL-3.0-or-later
// Kernels written as their definitions, in double precision: the oracle of the fast ones.
#pragma once

#include "core/engine/kernels/attention.h"
#include "core/engine/kernels/product.h"

namespace headroom::kernels::reference {

/// As multiply() of product.h, one element at a time.
void multiply(const float* x, std::int64_t x_stride, std::int64_t rows, const Product& product);
void multiply(const float* x, std::int64_t x_stride, std::int64_t rows,
              const GatedProduct& product);

/// act(x), and act(gate) * up.
[[nodiscard]] double activate(Activation activation, double x);
[[nodiscard]] double activate_gated(Activation activation, double limit, double gate, double up);

/// As attend_row of attention.h. Returns the number of multiply-adds of both products.
std::int64_t attend_row(const RowAttention& row);

} // namespace headroom::kernels::reference
