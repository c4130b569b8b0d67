// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weight_reader.h"

#include <algorithm>

namespace headroom {

void LookupTable::row(std::int64_t index, float* values) const {
    const std::int64_t first = index * width;
    if (type == WeightType::F32) {
        std::copy_n(reinterpret_cast<const float*>(data) + first, width, values);
        return;
    }
    const auto* from = reinterpret_cast<const std::uint16_t*>(data) + first;
    std::transform(from, from + width, values, bf16_to_float);
}

PackedMatrix WeightReader::matrix(std::int64_t in, std::int64_t out) {
    PackedMatrix result(in, out, m_type);
    result.place(take(PackedMatrix::allocated_bytes(in, out, m_type)));
    return result;
}

std::byte* WeightReader::take(std::int64_t bytes) {
    std::byte* result = m_memory == nullptr ? nullptr : m_memory + m_matrix_bytes;
    m_matrix_bytes += (bytes + 63) / 64 * 64;
    return result;
}

void WeightReader::rows(const std::string& name, const std::vector<std::int64_t>& shape,
                        Initial initial, WeightType kept_as, const RowSink& sink) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        count *= size;
    }
    m_parameters += count;
    m_element_bytes += count * bytes_of(kept_as);
    if (is_loading()) {
        m_status = m_source.rows(name, shape, initial, sink);
    }
}

void WeightReader::columns(const std::string& name, PackedMatrix& matrix, std::int64_t count,
                           const Columns& place, Initial initial) {
    rows(name, {count, matrix.in}, initial, [&](std::int64_t row, const float* values) {
        matrix.set_column(place ? place(row) : row, values);
    });
}

void WeightReader::columns_from_rows(const std::string& name, PackedMatrix& matrix,
                                     std::int64_t count) {
    rows(name, {matrix.in, count}, Initial::Normal, [&](std::int64_t row, const float* values) {
        for (std::int64_t c = 0; c < count; ++c) {
            matrix.set(row, c, values[c]);
        }
    });
}

void WeightReader::zero_bias(Linear& linear) {
    if (linear.bias.empty()) {
        linear.bias.resize(static_cast<std::size_t>(linear.weight.out));
        m_vector_bytes += linear.weight.out * bytes_of(WeightType::F32);
    }
}

void WeightReader::bias(const std::string& name, Linear& linear, std::int64_t count,
                        const Columns& place) {
    zero_bias(linear);
    rows(name, {count}, Initial::Zeros, WeightType::F32, [&](std::int64_t, const float* values) {
        for (std::int64_t i = 0; i < count; ++i) {
            linear.bias[static_cast<std::size_t>(place ? place(i) : i)] = values[i];
        }
    });
}

void WeightReader::linear(const std::string& name, std::int64_t in, std::int64_t out, bool has_bias,
                          Linear& linear, Initial initial) {
    linear.weight = matrix(in, out);
    columns(name + ".weight", linear.weight, out, {}, initial);
    if (has_bias) {
        bias(name + ".bias", linear, out);
    }
}

void WeightReader::clamp(PackedMatrix& matrix, float limit) const {
    for (std::int64_t row = 0; is_loading() && row < matrix.in; ++row) {
        for (std::int64_t column = 0; column < matrix.out; ++column) {
            matrix.set(row, column, std::clamp(matrix.get(row, column), -limit, limit));
        }
    }
}

std::vector<float> WeightReader::vector(const std::string& name, std::int64_t count,
                                        Initial initial) {
    std::vector<float> result(static_cast<std::size_t>(count));
    m_vector_bytes += count * bytes_of(WeightType::F32);
    rows(name, {count}, initial, WeightType::F32,
         [&](std::int64_t, const float* values) { std::copy_n(values, count, result.begin()); });
    return result;
}

std::vector<float> WeightReader::buffer(const std::string& name, std::int64_t count) {
    std::vector<float> result = vector(name, count, Initial::Zeros);
    m_parameters -= count;
    return result;
}

void WeightReader::table(const std::string& name, std::int64_t row_count, std::int64_t width,
                         LookupTable& out) {
    out.rows = row_count;
    out.width = width;
    out.type = m_type;
    out.data = take(row_count * width * bytes_of(m_type));
    rows(name, {row_count, width}, Initial::Embedding, [&](std::int64_t row, const float* values) {
        if (m_type == WeightType::F32) {
            std::copy_n(values, width, reinterpret_cast<float*>(out.data) + row * width);
        } else {
            std::transform(values, values + width,
                           reinterpret_cast<std::uint16_t*>(out.data) + row * width, float_to_bf16);
        }
    });
}

void WeightReader::norm(const std::string& name, std::int64_t width, Norm& out) {
    out.kind = m_norm.kind;
    out.eps = static_cast<float>(m_norm.eps);
    const bool is_offset = m_norm.kind == NormKind::RmsPlusOne;
    out.weight = vector(name + ".weight", width, is_offset ? Initial::Zeros : Initial::Ones);
    if (m_norm.kind == NormKind::Layer) {
        out.bias = vector(name + ".bias", width, Initial::Zeros);
    }
}

bool WeightReader::stores(const std::string& name) const {
    return !m_source.shape(name).empty();
}

std::string WeightReader::first_of(const std::vector<std::string>& names,
                                   const std::string& suffix) const {
    const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return m_source.has(name + suffix);
    });
    return found == names.end() ? names.front() : *found;
}

std::string WeightReader::first_existing_prefix(const std::vector<std::string>& prefixes,
                                                const std::vector<std::string>& names) const {
    for (const std::string& prefix : prefixes) {
        for (const std::string& name : names) {
            if (m_source.has(prefix + name)) {
                return prefix;
            }
        }
    }
    return prefixes.front();
}

} // namespace headroom
