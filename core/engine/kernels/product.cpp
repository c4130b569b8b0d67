// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/kernels/product.h"

#include <algorithm>
#include <cstring>

#include "core/engine/kernels/targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/engine/kernels/product.cpp"
#include <hwy/foreach_target.h> // NOLINT: compiles this file once per instruction set

#include <hwy/highway.h>

#include "core/engine/kernels/register_tile-inl.h"
#include "core/engine/kernels/transpose-inl.h"
#include "core/engine/kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace headroom::kernels {
namespace HWY_NAMESPACE {

constexpr std::int64_t panel_width = PackedMatrix::panel_width;

/// Rows of a tile: as few tiles as possible, all of about the same height, so that no small rest
/// wastes the registers.
HWY_INLINE std::int64_t tile_height(std::int64_t rows) {
    const std::int64_t tiles = (rows + register_rows - 1) / register_rows;
    return (rows + tiles - 1) / tiles;
}

std::int64_t row_tile_of_target(std::int64_t rows) {
    return tile_height(rows);
}

void pack_rows_of_target(const float* x, std::int64_t x_stride, const std::int32_t* index,
                         std::int64_t rows, std::int64_t in, std::int64_t begin, std::int64_t end,
                         float* packed) {
    const auto row_at = [&](std::int64_t row) {
        return x + (index != nullptr ? std::int64_t{index[row]} : row) * x_stride;
    };
    const std::int64_t height = tile_height(rows);
    for (std::int64_t first = begin; first < end; first += height) {
        const std::int64_t tile_rows = std::min(height, rows - first);
        float* out = packed + first * in;
        std::int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
        for (; i + 4 <= tile_rows; i += 4) {
            const float* const four[4] = {row_at(first + i), row_at(first + i + 1),
                                          row_at(first + i + 2), row_at(first + i + 3)};
            interleave_four(four, in, tile_rows, out + i);
        }
#endif
        for (; i < tile_rows; ++i) {
            const float* source = row_at(first + i);
            for (std::int64_t k = 0; k < in; ++k) {
                out[k * tile_rows + i] = source[k];
            }
        }
    }
}

/// One row times one panel: y [32]. Four steps of k at a time, because a chain of dependent
/// multiply-adds would otherwise wait for its own latency.
template <class W>
HWY_INLINE void row_times_panel(const float* HWY_RESTRICT x, const W* HWY_RESTRICT panel,
                                std::int64_t in, float* HWY_RESTRICT y) {
    constexpr int vectors = static_cast<int>(panel_width) / lanes;
    constexpr int group = vectors < 4 ? vectors : 4;
    constexpr int unroll = 8 / group;
    const FloatTag d;
    for (int first = 0; first < vectors; first += group) {
        FloatVector sum[unroll][group];
        for (int u = 0; u < unroll; ++u) {
            for (int v = 0; v < group; ++v) {
                sum[u][v] = hn::Zero(d);
            }
        }
        const W* w = panel + first * lanes;
        std::int64_t k = 0;
        for (; k + unroll <= in; k += unroll) {
            HWY_UNROLL_TILE
            for (int u = 0; u < unroll; ++u) {
                const FloatVector factor = hn::Set(d, x[k + u]);
                HWY_UNROLL_TILE
                for (int v = 0; v < group; ++v) {
                    sum[u][v] = hn::MulAdd(
                        factor, load_weight(w + (k + u) * panel_width + v * lanes), sum[u][v]);
                }
            }
        }
        for (; k < in; ++k) {
            const FloatVector factor = hn::Set(d, x[k]);
            for (int v = 0; v < group; ++v) {
                sum[0][v] =
                    hn::MulAdd(factor, load_weight(w + k * panel_width + v * lanes), sum[0][v]);
            }
        }
        for (int v = 0; v < group; ++v) {
            FloatVector total = sum[0][v];
            for (int u = 1; u < unroll; ++u) {
                total = hn::Add(total, sum[u][v]);
            }
            hn::StoreU(total, d, y + (first + v) * lanes);
        }
    }
}

/// One row tile times one panel: tile [rows, 32], rows tile_stride apart.
template <class W, class MaybeAhead = NothingAhead>
HWY_INLINE void tile_times_panel(const float* packed, std::int64_t rows, const W* panel,
                                 std::int64_t in, float* tile, std::int64_t tile_stride,
                                 MaybeAhead ahead = {}) {
    if (rows == 1) {
        row_times_panel(packed, panel, in, tile);
        return;
    }
    for (std::int64_t column = 0; column < panel_width; column += register_columns) {
        register_tile(rows, in, packed, 1, rows, panel + column, panel_width, tile + column,
                      tile_stride, ahead);
    }
}

/// What a row tile asks for while `tiles` of them work on one panel: its share of a later one.
HWY_INLINE Ahead share_of(const PackedMatrix& weight, std::int64_t later, std::int64_t tile,
                          std::int64_t tiles) {
    const std::int64_t next = std::min(later, weight.panels() - 1);
    const std::int64_t bytes = panel_width * (weight.type == WeightType::F32 ? 4 : 2);
    const std::int64_t step = bytes / tiles;
    return {static_cast<const char*>(weight.panel(next)) + tile * step * weight.in, step};
}

/// The panel as fp32: itself, or bf16 widened into scratch.
HWY_INLINE const float* widen(const PackedMatrix& weight, std::int64_t panel, float* scratch) {
    const FloatTag d;
    const auto* source = static_cast<const std::uint16_t*>(weight.panel(panel));
    for (std::int64_t i = 0; i < weight.in * panel_width; i += lanes) {
        hn::StoreU(load_weight(source + i), d, scratch + i);
    }
    return scratch;
}

/// tile [rows, 32] -> y, with bias, cut to the columns that exist.
HWY_INLINE void store_tile(const float* tile, std::int64_t tile_stride, std::int64_t rows,
                           std::int64_t columns, const float* bias, Store store, float* y,
                           std::int64_t y_stride) {
    for (std::int64_t i = 0; i < rows; ++i) {
        const float* from = tile + i * tile_stride;
        float* to = y + i * y_stride;
        for (std::int64_t c = 0; c < columns; ++c) {
            const float value = from[c] + (bias != nullptr ? bias[c] : 0.0F);
            to[c] = store == Store::Accumulate ? to[c] + value : value;
        }
    }
}

void product_range_of_target(const Product& product, const float* packed, std::int64_t rows,
                             std::int64_t begin, std::int64_t end, float* panel_scratch) {
    const PackedMatrix& weight = *product.weight;
    const std::int64_t in = weight.in;
    const std::int64_t height = tile_height(rows);
    const std::int64_t tiles = (rows + height - 1) / height;
    HWY_ALIGN float tile[register_rows * panel_width];
    std::int64_t widened = -1;
    for (std::int64_t item = begin; item < end; ++item) {
        const std::int64_t panel = item / tiles;
        const std::int64_t first = item % tiles * height;
        const std::int64_t tile_rows = std::min(height, rows - first);
        const std::int64_t columns = std::min(panel_width, weight.out - panel * panel_width);
        const float* bias = product.bias != nullptr ? product.bias + panel * panel_width : nullptr;
        float* y = product.y + first * product.y_stride + panel * panel_width;
        // A whole panel without bias goes straight to where it belongs.
        const bool direct =
            product.store == Store::Overwrite && bias == nullptr && columns == panel_width;
        float* out = direct ? y : tile;
        const std::int64_t stride = direct ? product.y_stride : panel_width;
        const float* rows_at = packed + first * in;
        const Ahead ahead = share_of(weight, panel + 1, item % tiles, tiles);
        if (weight.type == WeightType::F32) {
            tile_times_panel(rows_at, tile_rows, static_cast<const float*>(weight.panel(panel)), in,
                             out, stride, ahead);
        } else if (tiles == 1) {
            tile_times_panel(rows_at, tile_rows,
                             static_cast<const std::uint16_t*>(weight.panel(panel)), in, out,
                             stride, ahead);
        } else {
            if (widened != panel) {
                widen(weight, panel, panel_scratch);
                widened = panel;
            }
            tile_times_panel(rows_at, tile_rows, static_cast<const float*>(panel_scratch), in, out,
                             stride, ahead);
        }
        if (!direct) {
            store_tile(tile, panel_width, tile_rows, columns, bias, product.store, y,
                       product.y_stride);
        }
    }
}

/// Gate tile and up tile [rows, 32] -> h.
HWY_INLINE void store_gated(const float* gate, const float* up, std::int64_t rows,
                            std::int64_t columns, const float* bias, const GatedProduct& product,
                            float* h) {
    const FloatTag d;
    HWY_ALIGN float result[panel_width];
    for (std::int64_t i = 0; i < rows; ++i) {
        for (std::int64_t c = 0; c < panel_width; c += lanes) {
            FloatVector g = hn::Load(d, gate + i * panel_width + c);
            FloatVector u = hn::Load(d, up + i * panel_width + c);
            if (bias != nullptr) {
                g = hn::Add(g, hn::LoadU(d, bias + c));
                u = hn::Add(u, hn::LoadU(d, bias + panel_width + c));
            }
            hn::Store(activate_gated(d, product.activation, product.limit, g, u), d, result + c);
        }
        std::memcpy(h + i * product.h_stride, result,
                    static_cast<std::size_t>(columns) * sizeof(float));
    }
}

void gated_range_of_target(const GatedProduct& product, const float* packed, std::int64_t rows,
                           std::int64_t begin, std::int64_t end, float* panel_scratch) {
    const PackedMatrix& weight = *product.weight;
    const std::int64_t in = weight.in;
    const std::int64_t height = tile_height(rows);
    const std::int64_t tiles = (rows + height - 1) / height;
    HWY_ALIGN float tile[2][register_rows * panel_width];
    std::int64_t widened = -1;
    for (std::int64_t item = begin; item < end; ++item) {
        const std::int64_t pair = item / tiles;
        const std::int64_t first = item % tiles * height;
        const std::int64_t tile_rows = std::min(height, rows - first);
        const float* rows_at = packed + first * in;
        for (std::int64_t part = 0; part < 2; ++part) {
            const std::int64_t panel = 2 * pair + part;
            const Ahead ahead = share_of(weight, panel + 2, item % tiles, tiles);
            if (weight.type == WeightType::F32) {
                tile_times_panel(rows_at, tile_rows, static_cast<const float*>(weight.panel(panel)),
                                 in, tile[part], panel_width, ahead);
            } else if (tiles == 1) {
                tile_times_panel(rows_at, tile_rows,
                                 static_cast<const std::uint16_t*>(weight.panel(panel)), in,
                                 tile[part], panel_width, ahead);
            } else {
                float* scratch = panel_scratch + part * in * panel_width;
                if (widened != pair) {
                    widen(weight, panel, scratch);
                }
                tile_times_panel(rows_at, tile_rows, static_cast<const float*>(scratch), in,
                                 tile[part], panel_width, ahead);
            }
        }
        widened = pair;
        const std::int64_t columns = std::min(panel_width, product.width - pair * panel_width);
        const float* bias =
            product.bias != nullptr ? product.bias + 2 * pair * panel_width : nullptr;
        if (product.pre_activation != nullptr) {
            for (std::int64_t part = 0; part < 2; ++part) {
                store_tile(tile[part], panel_width, tile_rows, panel_width,
                           bias != nullptr ? bias + part * panel_width : nullptr, Store::Overwrite,
                           product.pre_activation + first * weight.out +
                               (2 * pair + part) * panel_width,
                           weight.out);
            }
        }
        store_gated(tile[0], tile[1], tile_rows, columns, bias, product,
                    product.h + first * product.h_stride + pair * panel_width);
    }
}

void multiply_transposed_of_target(const PackedMatrix& weight, const float* packed,
                                   std::int64_t rows, float* y, std::int64_t y_stride,
                                   float* panel) {
    const std::int64_t depth = weight.out;
    const std::int64_t height = tile_height(rows);
    HWY_ALIGN float tile[register_rows * panel_width];
    for (std::int64_t first = 0; first < weight.in; first += panel_width) {
        const std::int64_t columns = std::min(panel_width, weight.in - first);
        std::fill(panel, panel + depth * panel_width, 0.0F);
        for (std::int64_t c = 0; c < columns; ++c) {
            weight.row(first + c, panel + c, panel_width);
        }
        for (std::int64_t row = 0; row < rows; row += height) {
            const std::int64_t tile_rows = std::min(height, rows - row);
            tile_times_panel(packed + row * depth, tile_rows, static_cast<const float*>(panel),
                             depth, tile, panel_width);
            store_tile(tile, panel_width, tile_rows, columns, nullptr, Store::Overwrite,
                       y + row * y_stride + first, y_stride);
        }
    }
}

} // namespace HWY_NAMESPACE
} // namespace headroom::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headroom::kernels {
HWY_EXPORT(row_tile_of_target);
HWY_EXPORT(pack_rows_of_target);
HWY_EXPORT(product_range_of_target);
HWY_EXPORT(gated_range_of_target);
HWY_EXPORT(multiply_transposed_of_target);

std::int64_t row_tile(std::int64_t rows) {
    return HWY_DYNAMIC_DISPATCH(row_tile_of_target)(rows);
}

void pack_rows(const float* x, std::int64_t x_stride, const std::int32_t* index, std::int64_t rows,
               std::int64_t in, std::int64_t begin, std::int64_t end, float* packed) {
    HWY_DYNAMIC_DISPATCH(pack_rows_of_target)
    (x, x_stride, index, rows, in, begin, end, packed);
}

std::int64_t product_items(std::int64_t rows, const PackedMatrix& weight) {
    const std::int64_t tile = row_tile(rows);
    return weight.panels() * ((rows + tile - 1) / tile);
}

std::int64_t gated_items(std::int64_t rows, const GatedProduct& product) {
    return product_items(rows, *product.weight) / 2;
}

void product_range(const Product& product, const float* packed, std::int64_t rows,
                   std::int64_t begin, std::int64_t end, float* panel_scratch) {
    HWY_DYNAMIC_DISPATCH(product_range_of_target)
    (product, packed, rows, begin, end, panel_scratch);
}

void gated_range(const GatedProduct& product, const float* packed, std::int64_t rows,
                 std::int64_t begin, std::int64_t end, float* panel_scratch) {
    HWY_DYNAMIC_DISPATCH(gated_range_of_target)
    (product, packed, rows, begin, end, panel_scratch);
}

void multiply_transposed(const PackedMatrix& weight, const float* packed, std::int64_t rows,
                         float* y, std::int64_t y_stride, float* panel_scratch) {
    HWY_DYNAMIC_DISPATCH(multiply_transposed_of_target)
    (weight, packed, rows, y, y_stride, panel_scratch);
}

namespace {

/// Work items below which a second thread costs more than it brings, from multiply-adds per item.
std::int64_t grain_of(std::int64_t in, std::int64_t rows) {
    constexpr std::int64_t worthwhile = 1 << 15;
    const std::int64_t per_item = in * PackedMatrix::panel_width * row_tile(rows);
    return std::max<std::int64_t>(1, worthwhile / per_item);
}

Product from_row(Product product, std::int64_t row) {
    product.y += row * product.y_stride;
    return product;
}
GatedProduct from_row(GatedProduct product, std::int64_t row) {
    product.h += row * product.h_stride;
    if (product.pre_activation != nullptr) {
        product.pre_activation += row * product.weight->out;
    }
    return product;
}
std::int64_t items(std::int64_t rows, const Product& product) {
    return product_items(rows, *product.weight);
}
std::int64_t items(std::int64_t rows, const GatedProduct& product) {
    return gated_items(rows, product);
}
void range(const Product& product, const float* packed, std::int64_t rows, std::int64_t begin,
           std::int64_t end, float* panel) {
    product_range(product, packed, rows, begin, end, panel);
}
void range(const GatedProduct& product, const float* packed, std::int64_t rows, std::int64_t begin,
           std::int64_t end, float* panel) {
    gated_range(product, packed, rows, begin, end, panel);
}

/// Few rows: workers share the panels. Many: each takes rows of its own, packs them and multiplies
/// them with all panels, so that no worker reads what another has just written.
template <class AnyProduct>
void multiply_any(ThreadPool& pool, const ProductScratch& scratch, const float* x,
                  std::int64_t x_stride, std::int64_t rows, const AnyProduct& product) {
    const std::int64_t in = product.weight->in;
    const std::int64_t most_pieces = rows / (2 * max_row_tile);
    if (pool.size() > 1 && most_pieces < pool.size()) {
        const float* packed = rows == 1 ? x : scratch.packed;
        if (rows > 1) {
            pack_rows(x, x_stride, nullptr, rows, in, 0, rows, scratch.packed);
        }
        pool.split(items(rows, product), grain_of(in, rows),
                   [&](int worker, std::int64_t begin, std::int64_t end) {
                       range(product, packed, rows, begin, end, scratch.panel(worker));
                   });
        return;
    }
    // A second piece for each worker evens out what the system takes from one of them.
    const std::int64_t pieces =
        pool.size() == 1 ? 1 : std::int64_t{pool.size()} * (most_pieces >= 8 * pool.size() ? 2 : 1);
    pool.split(pieces, 1, [&](int worker, std::int64_t first, std::int64_t last) {
        for (std::int64_t piece = first; piece < last; ++piece) {
            const std::int64_t begin = rows * piece / pieces;
            const std::int64_t count = rows * (piece + 1) / pieces - begin;
            const float* packed = x + begin * x_stride;
            if (count > 1) {
                float* own = scratch.packed + begin * in;
                pack_rows(packed, x_stride, nullptr, count, in, 0, count, own);
                packed = own;
            }
            const AnyProduct part = from_row(product, begin);
            range(part, packed, count, 0, items(count, part), scratch.panel(worker));
        }
    });
}

} // namespace

void multiply(ThreadPool& pool, const ProductScratch& scratch, const float* x,
              std::int64_t x_stride, std::int64_t rows, const Product& product) {
    multiply_any(pool, scratch, x, x_stride, rows, product);
}

void multiply(ThreadPool& pool, const ProductScratch& scratch, const float* x,
              std::int64_t x_stride, std::int64_t rows, const GatedProduct& product) {
    multiply_any(pool, scratch, x, x_stride, rows, product);
}

} // namespace headroom::kernels
#endif
