// SPDX-License-Identifier: GPL-3.0-or-later
// Products of activations with packed weights: y = x W, for one token and for many.
#pragma once

#include <cstdint>
#include <span>

#include "core/engine/kernels/activation.h"
#include "core/engine/kernels/packed_matrix.h"
#include "core/engine/thread_pool.h"

namespace headroom::kernels {

/// Rows are multiplied in groups of this many at most; `packed_rows_size` counts with it.
constexpr std::int64_t max_row_tile = 12;

/// What happens to a finished element of y.
enum class Store {
    Overwrite,  ///< y = x W + bias
    Accumulate, ///< y += x W + bias: a residual branch ends in its sum
};

/// One product y [rows, out] = x [rows, in] W [in, out] (+ bias [out]).
struct Product {
    const PackedMatrix* weight = nullptr;
    const float* bias = nullptr; ///< [out] or null
    float* y = nullptr;          ///< [rows, out], rows y_stride apart
    std::int64_t y_stride = 0;
    Store store = Store::Overwrite;
};

/// One gated product h [rows, width] = act(x G) * (x U). The weight holds G and U interleaved by
/// panel: even panels gate, odd panels up, each `width` columns padded to whole panels. `bias` is
/// interleaved in the same way.
struct GatedProduct {
    const PackedMatrix* weight = nullptr;
    const float* bias = nullptr; ///< [weight->out] or null
    std::int64_t width = 0;
    Activation activation = Activation::Silu;
    float limit = 0;    ///< clamp of SwigluClamped
    float* h = nullptr; ///< [rows, width], rows h_stride apart
    std::int64_t h_stride = 0;
    float* pre_activation = nullptr; ///< null, or [rows, weight->out]: kept for a backward pass
};

/// Columns of a gated weight that hold `width` gate and `width` up columns.
[[nodiscard]] constexpr std::int64_t gated_out(std::int64_t width) {
    constexpr std::int64_t panel = PackedMatrix::panel_width;
    return 2 * ((width + panel - 1) / panel * panel);
}
/// Column of a gated weight where column `index` of the gate (part 0) or of up (part 1) lies.
[[nodiscard]] constexpr std::int64_t gated_column(std::int64_t index, int part) {
    constexpr std::int64_t panel = PackedMatrix::panel_width;
    return (index / panel * 2 + part) * panel + index % panel;
}

/// Floats that `pack_rows` writes for `rows` rows of `in` values.
[[nodiscard]] constexpr std::int64_t packed_rows_size(std::int64_t rows, std::int64_t in) {
    return rows * in;
}

/// Interleaves rows [begin, end) of x for the product kernels; begin is a multiple of
/// `row_tile(rows)`.
/// Row r of x starts at x + (index ? index[r] : r) * x_stride.
void pack_rows(const float* x, std::int64_t x_stride, const std::int32_t* index, std::int64_t rows,
               std::int64_t in, std::int64_t begin, std::int64_t end, float* packed);

/// Rows that the kernel chosen at run time multiplies at once when it gets `rows` of them.
[[nodiscard]] std::int64_t row_tile(std::int64_t rows);

/// Work items of a product over packed rows: (panel, row tile) pairs, panel-major.
[[nodiscard]] std::int64_t product_items(std::int64_t rows, const PackedMatrix& weight);
[[nodiscard]] std::int64_t gated_items(std::int64_t rows, const GatedProduct& product);

/// Executes work items [begin, end). `panel_scratch` holds 2 * 32 * in floats; it is used when bf16
/// panels serve several row tiles.
void product_range(const Product& product, const float* packed, std::int64_t rows,
                   std::int64_t begin, std::int64_t end, float* panel_scratch);
void gated_range(const GatedProduct& product, const float* packed, std::int64_t rows,
                 std::int64_t begin, std::int64_t end, float* panel_scratch);

/// y [rows, weight.in] = x [rows, weight.out] weight^T from packed rows of x; one thread.
/// `panel_scratch` holds 32 * weight.out floats.
void multiply_transposed(const PackedMatrix& weight, const float* packed, std::int64_t rows,
                         float* y, std::int64_t y_stride, float* panel_scratch);

/// Memory of the product kernels: packed rows shared by all workers and a panel for each of them.
struct ProductScratch {
    float* packed = nullptr; ///< [packed_rows_size(max rows, max in)]
    float* panels = nullptr; ///< [workers, panel_stride]
    std::int64_t panel_stride = 0;
    [[nodiscard]] float* panel(int worker) const { return panels + worker * panel_stride; }
};

/// Whole products on all workers. x [rows, in], rows x_stride apart.
void multiply(ThreadPool& pool, const ProductScratch& scratch, const float* x,
              std::int64_t x_stride, std::int64_t rows, const Product& product);
void multiply(ThreadPool& pool, const ProductScratch& scratch, const float* x,
              std::int64_t x_stride, std::int64_t rows, const GatedProduct& product);

} // namespace headroom::kernels
