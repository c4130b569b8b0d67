// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the structs of weights.h from a tensor source, or only counts what they would take.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/accounting/tensor_table.h"
#include "core/engine/tensor_source.h"
#include "core/engine/weights.h"

namespace headroom {

/// One tensor of the table under the name that the source has for it.
struct StoredTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    Initial initial = Initial::Normal;
};

/// The tensors of one layer, or those outside the layers, by what they are. Names and shapes are
/// the tensor table's.
class TensorLookup {
public:
    explicit TensorLookup(const TensorSource& source)
        : m_source(source) {}
    void add(const TensorSpec& tensor) { m_tensors.push_back(tensor); }
    /// Of the layer `index`.
    void set_layer(std::int64_t index) { m_layer = index; }

    [[nodiscard]] bool has(TensorSlot slot, bool is_bias = false) const {
        return find(slot, is_bias) != nullptr;
    }
    /// The table has it: an internal error otherwise.
    [[nodiscard]] StoredTensor weight(TensorSlot slot, std::int64_t copy = 0) const {
        return stored(*find(slot, false), copy);
    }
    [[nodiscard]] StoredTensor bias(TensorSlot slot) const { return stored(*find(slot, true), 0); }
    /// Whether its last two dimensions are [in, out].
    [[nodiscard]] bool is_in_out(TensorSlot slot) const { return find(slot, false)->is_in_out; }

private:
    [[nodiscard]] const TensorSpec* find(TensorSlot slot, bool is_bias) const;
    [[nodiscard]] StoredTensor stored(const TensorSpec& tensor, std::int64_t copy) const;

    const TensorSource& m_source;
    std::vector<TensorSpec> m_tensors;
    std::int64_t m_layer = -1;
};

/// The first error stops everything that follows; `status()` holds it. Without memory nothing is
/// read: the reader then plans, and `matrix_bytes()` is the memory that loading will need.
class WeightReader {
public:
    /// Where output i of a stored tensor goes in a packed matrix.
    using Columns = std::function<std::int64_t(std::int64_t)>;

    WeightReader(TensorSource& source, WeightType type, std::byte* memory = nullptr)
        : m_source(source)
        , m_type(type)
        , m_memory(memory) {}

    /// An all-zero matrix, without memory while planning.
    PackedMatrix matrix(std::int64_t in, std::int64_t out);
    /// Streams a tensor's rows; its elements count as parameters, kept in the type of matrices.
    void rows(const StoredTensor& tensor, const RowSink& sink) { rows(tensor, m_type, sink); }
    /// A tensor [count, matrix.in] becomes columns of the matrix.
    void columns(const StoredTensor& tensor, PackedMatrix& matrix, const Columns& place = {});
    /// A tensor [matrix.in, count] (GPT-2's Conv1D) becomes columns 0..count of the matrix.
    void columns_from_rows(const StoredTensor& tensor, PackedMatrix& matrix);
    void bias(const StoredTensor& tensor, Linear& linear, const Columns& place = {});
    void zero_bias(Linear& linear);
    /// The projection of a slot, [out, in] or [in, out], with its bias where there is one.
    void linear(const TensorLookup& tensors, TensorSlot slot, Linear& linear,
                std::int64_t copy = 0);
    /// Limits every element to [-limit, limit].
    void clamp(PackedMatrix& matrix, float limit) const;
    std::vector<float> vector(const StoredTensor& tensor);
    /// As vector, but no parameter: a buffer that training does not touch.
    std::vector<float> buffer(const StoredTensor& tensor);
    void table(const StoredTensor& tensor, LookupTable& out);
    void norm(const TensorLookup& tensors, TensorSlot slot, const NormSpec& spec, Norm& out);

    void ignore(const std::string& prefix) { m_source.ignore(prefix); }
    [[nodiscard]] const TensorSource& source() const { return m_source; }
    /// Whether a file has it; a source that can make any tensor stores none.
    [[nodiscard]] bool stores(const std::string& name) const;

    [[nodiscard]] const Status& status() const { return m_status; }
    [[nodiscard]] Status check_all_used() const { return m_source.check_all_used(); }
    [[nodiscard]] std::int64_t parameters() const { return m_parameters; }
    /// Bytes of matrices and tables, and of those and all vectors.
    [[nodiscard]] std::int64_t matrix_bytes() const { return m_matrix_bytes; }
    [[nodiscard]] std::int64_t bytes() const { return m_matrix_bytes + m_vector_bytes; }
    /// Bytes of the elements themselves, without padding.
    [[nodiscard]] std::int64_t element_bytes() const { return m_element_bytes; }

private:
    void rows(const StoredTensor& tensor, WeightType kept_as, const RowSink& sink);
    [[nodiscard]] bool is_loading() const { return m_memory != nullptr && m_status.has_value(); }
    /// The next `bytes` of the memory, on a cache line of its own; null while planning.
    std::byte* take(std::int64_t bytes);

    TensorSource& m_source;
    WeightType m_type;
    std::byte* m_memory;
    Status m_status = std::monostate{};
    std::int64_t m_parameters = 0;
    std::int64_t m_matrix_bytes = 0;
    std::int64_t m_vector_bytes = 0;
    std::int64_t m_element_bytes = 0;
};

} // namespace headroom
