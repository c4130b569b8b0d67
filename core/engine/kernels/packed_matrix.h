// SPDX-License-Identifier: GPL-3.0-or-later
// A weight matrix in the one layout that every product kernel reads: panels of 32 output columns.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "core/engine/memory.h"

namespace headroom {

/// How weights are stored; products always accumulate in fp32.
enum class WeightType { F32, BF16 };

[[nodiscard]] constexpr std::int64_t bytes_of(WeightType type) {
    return type == WeightType::F32 ? 4 : 2;
}

[[nodiscard]] inline float bf16_to_float(std::uint16_t bits) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

/// Rounds to nearest even; a NaN stays a NaN.
[[nodiscard]] inline std::uint16_t float_to_bf16(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7fffffffU) > 0x7f800000U) {
        return static_cast<std::uint16_t>((bits >> 16) | 0x40U);
    }
    return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

/// y = x W with x [rows, in] and y [rows, out]. Column c of W lies in panel c / 32; a panel is
/// [in, 32] row-major, so that one pass over a panel streams through memory whether one token or a
/// thousand are multiplied. Columns past `out` in the last panel are zero.
class PackedMatrix {
public:
    static constexpr std::int64_t panel_width = 32;

    PackedMatrix() = default;
    PackedMatrix(std::int64_t in_width, std::int64_t out_width, WeightType weight_type)
        : in(in_width)
        , out(out_width)
        , type(weight_type) {}

    /// Gives the matrix memory of its own, all zero.
    void allocate() {
        m_own = AlignedBuffer(static_cast<std::size_t>(allocated_bytes(in, out, type)));
        m_data = static_cast<std::byte*>(m_own.data());
    }
    /// Lets the matrix live in allocated_bytes() of somebody else's zeroed memory.
    void place(std::byte* memory) { m_data = memory; }

    /// Bytes one matrix occupies, padding of the last panel included.
    [[nodiscard]] static constexpr std::int64_t
    allocated_bytes(std::int64_t in_width, std::int64_t out_width, WeightType weight_type) {
        return (out_width + panel_width - 1) / panel_width * panel_width * in_width *
               bytes_of(weight_type);
    }

    [[nodiscard]] std::int64_t panels() const { return (out + panel_width - 1) / panel_width; }
    [[nodiscard]] const void* panel(std::int64_t index) const {
        return m_data + index * panel_width * in * bytes_of(type);
    }
    [[nodiscard]] bool empty() const { return out == 0; }

    [[nodiscard]] float get(std::int64_t row, std::int64_t column) const {
        const std::int64_t at = offset(row, column);
        return type == WeightType::F32 ? floats()[at] : bf16_to_float(halves()[at]);
    }
    void set(std::int64_t row, std::int64_t column, float value) {
        const std::int64_t at = offset(row, column);
        if (type == WeightType::F32) {
            floats()[at] = value;
        } else {
            halves()[at] = float_to_bf16(value);
        }
    }
    /// Stores all inputs of one output; values [in].
    void set_column(std::int64_t column, const float* values) {
        const std::int64_t first = offset(0, column);
        if (type == WeightType::F32) {
            float* to = floats() + first;
            for (std::int64_t row = 0; row < in; ++row) {
                to[row * panel_width] = values[row];
            }
        } else {
            std::uint16_t* to = halves() + first;
            for (std::int64_t row = 0; row < in; ++row) {
                to[row * panel_width] = float_to_bf16(values[row]);
            }
        }
    }
    /// Reads all inputs of one output into values [in].
    void column(std::int64_t column, float* values) const {
        const std::int64_t first = offset(0, column);
        if (type == WeightType::F32) {
            const float* from = floats() + first;
            for (std::int64_t row = 0; row < in; ++row) {
                values[row] = from[row * panel_width];
            }
        } else {
            const auto* from = halves() + first;
            for (std::int64_t row = 0; row < in; ++row) {
                values[row] = bf16_to_float(from[row * panel_width]);
            }
        }
    }

    /// Reads all outputs of one input: output c goes to values[c * step].
    void row(std::int64_t index, float* values, std::int64_t step) const {
        for (std::int64_t first = 0; first < out; first += panel_width) {
            const std::int64_t from = offset(index, first);
            const std::int64_t count = out - first < panel_width ? out - first : panel_width;
            for (std::int64_t c = 0; c < count; ++c) {
                values[(first + c) * step] = type == WeightType::F32
                                                 ? floats()[from + c]
                                                 : bf16_to_float(halves()[from + c]);
            }
        }
    }

    std::int64_t in = 0;
    std::int64_t out = 0;
    WeightType type = WeightType::F32;

private:
    [[nodiscard]] std::int64_t offset(std::int64_t row, std::int64_t column) const {
        return (column / panel_width * in + row) * panel_width + column % panel_width;
    }
    [[nodiscard]] float* floats() const { return reinterpret_cast<float*>(m_data); }
    [[nodiscard]] std::uint16_t* halves() const { return reinterpret_cast<std::uint16_t*>(m_data); }
    std::byte* m_data = nullptr;
    AlignedBuffer m_own;
};

} // namespace headroom
