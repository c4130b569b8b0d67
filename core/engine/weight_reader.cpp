// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weight_reader.h"

#include <algorithm>

#include "core/engine/tensor_names.h"

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

void WeightReader::rows(const StoredTensor& tensor, WeightType kept_as, const RowSink& sink) {
    std::int64_t count = 1;
    for (const std::int64_t size : tensor.shape) {
        count *= size;
    }
    m_parameters += count;
    m_element_bytes += count * bytes_of(kept_as);
    if (is_loading()) {
        m_status = m_source.rows(tensor.name, tensor.shape, tensor.initial, sink);
    }
}

void WeightReader::columns(const StoredTensor& tensor, PackedMatrix& matrix, const Columns& place) {
    rows(tensor, [&](std::int64_t row, const float* values) {
        matrix.set_column(place ? place(row) : row, values);
    });
}

void WeightReader::columns_from_rows(const StoredTensor& tensor, PackedMatrix& matrix) {
    const std::int64_t count = tensor.shape.back();
    rows(tensor, [&](std::int64_t row, const float* values) {
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

void WeightReader::bias(const StoredTensor& tensor, Linear& linear, const Columns& place) {
    zero_bias(linear);
    const std::int64_t count = tensor.shape.front();
    rows(tensor, WeightType::F32, [&](std::int64_t, const float* values) {
        for (std::int64_t i = 0; i < count; ++i) {
            linear.bias[static_cast<std::size_t>(place ? place(i) : i)] = values[i];
        }
    });
}

void WeightReader::linear(const TensorLookup& tensors, TensorSlot slot, Linear& linear,
                          std::int64_t copy) {
    const StoredTensor weight = tensors.weight(slot, copy);
    if (tensors.is_in_out(slot)) {
        linear.weight = matrix(weight.shape[0], weight.shape[1]);
        columns_from_rows(weight, linear.weight);
    } else {
        linear.weight = matrix(weight.shape[1], weight.shape[0]);
        columns(weight, linear.weight);
    }
    if (tensors.has(slot, true)) {
        bias(tensors.bias(slot), linear);
    }
}

void WeightReader::clamp(PackedMatrix& matrix, float limit) const {
    for (std::int64_t row = 0; is_loading() && row < matrix.in; ++row) {
        for (std::int64_t column = 0; column < matrix.out; ++column) {
            matrix.set(row, column, std::clamp(matrix.get(row, column), -limit, limit));
        }
    }
}

std::vector<float> WeightReader::vector(const StoredTensor& tensor) {
    const std::int64_t count = tensor.shape.front();
    std::vector<float> result(static_cast<std::size_t>(count));
    m_vector_bytes += count * bytes_of(WeightType::F32);
    rows(tensor, WeightType::F32,
         [&](std::int64_t, const float* values) { std::copy_n(values, count, result.begin()); });
    return result;
}

std::vector<float> WeightReader::buffer(const StoredTensor& tensor) {
    std::vector<float> result = vector(tensor);
    m_parameters -= tensor.shape.front();
    return result;
}

void WeightReader::table(const StoredTensor& tensor, LookupTable& out) {
    out.rows = tensor.shape[0];
    out.width = tensor.shape[1];
    out.type = m_type;
    out.data = take(out.rows * out.width * bytes_of(m_type));
    StoredTensor drawn = tensor;
    drawn.initial = Initial::Embedding;
    rows(drawn, [&](std::int64_t row, const float* values) {
        if (m_type == WeightType::F32) {
            std::copy_n(values, out.width, reinterpret_cast<float*>(out.data) + row * out.width);
        } else {
            std::transform(values, values + out.width,
                           reinterpret_cast<std::uint16_t*>(out.data) + row * out.width,
                           float_to_bf16);
        }
    });
}

void WeightReader::norm(const TensorLookup& tensors, TensorSlot slot, const NormSpec& spec,
                        Norm& out) {
    out.kind = spec.kind;
    out.eps = static_cast<float>(spec.eps);
    StoredTensor weight = tensors.weight(slot);
    weight.initial = spec.kind == NormKind::RmsPlusOne ? Initial::Zeros : Initial::Ones;
    out.weight = vector(weight);
    if (tensors.has(slot, true)) {
        out.bias = vector(tensors.bias(slot));
    }
}

bool WeightReader::stores(const std::string& name) const {
    return !m_source.shape(name).empty();
}

namespace {

/// What a weight holds before training; norms say it themselves.
Initial initial_of(const TensorSpec& tensor) {
    if (tensor.is_bias) {
        return Initial::Zeros;
    }
    if (tensor.slot == TensorSlot::RouterProj) {
        return Initial::Router;
    }
    if (tensor.slot == TensorSlot::TokenEmbedding) {
        return Initial::Embedding;
    }
    if (tensor.slot == TensorSlot::CorrectOutputScale) {
        return Initial::Ones;
    }
    return tensor.slot == TensorSlot::Sinks || tensor.slot == TensorSlot::RouterCorrection
               ? Initial::Zeros
               : Initial::Normal;
}

} // namespace

const TensorSpec* TensorLookup::find(TensorSlot slot, bool is_bias) const {
    const auto found =
        std::find_if(m_tensors.begin(), m_tensors.end(), [&](const TensorSpec& tensor) {
            return tensor.slot == slot && tensor.is_bias == is_bias;
        });
    return found == m_tensors.end() ? nullptr : &*found;
}

StoredTensor TensorLookup::stored(const TensorSpec& tensor, std::int64_t copy) const {
    return {stored_name(m_source, tensor_name(tensor, m_layer, copy)),
            {tensor.shape.begin(), tensor.shape.begin() + tensor.rank},
            initial_of(tensor)};
}

} // namespace headroom
