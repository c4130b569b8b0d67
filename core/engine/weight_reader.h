// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the structs of weights.h from a tensor source, or only counts what they would take.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/engine/tensor_source.h"
#include "core/engine/weights.h"

namespace headroom {

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
    void rows(const std::string& name, const std::vector<std::int64_t>& shape, Initial initial,
              const RowSink& sink) {
        rows(name, shape, initial, m_type, sink);
    }
    /// A tensor [count, matrix.in] becomes columns of the matrix.
    void columns(const std::string& name, PackedMatrix& matrix, std::int64_t count,
                 const Columns& place = {}, Initial initial = Initial::Normal);
    /// A tensor [matrix.in, count] (GPT-2's Conv1D) becomes columns 0..count of the matrix.
    void columns_from_rows(const std::string& name, PackedMatrix& matrix, std::int64_t count);
    void bias(const std::string& name, Linear& linear, std::int64_t count,
              const Columns& place = {});
    void zero_bias(Linear& linear);
    /// name.weight [out, in] and, if has_bias, name.bias [out].
    void linear(const std::string& name, std::int64_t in, std::int64_t out, bool has_bias,
                Linear& linear, Initial initial = Initial::Normal);
    /// Limits every element to [-limit, limit].
    void clamp(PackedMatrix& matrix, float limit) const;
    std::vector<float> vector(const std::string& name, std::int64_t count, Initial initial);
    /// As vector, but no parameter: a buffer that training does not touch.
    std::vector<float> buffer(const std::string& name, std::int64_t count);
    void table(const std::string& name, std::int64_t rows, std::int64_t width, LookupTable& out);

    /// Kind and epsilon of the norms read from here on.
    void use_norm(const NormSpec& spec) { m_norm = spec; }
    void norm(const std::string& name, std::int64_t width, Norm& out);

    void ignore(const std::string& prefix) { m_source.ignore(prefix); }
    [[nodiscard]] bool stores(const std::string& name) const;
    /// The first of `names` that exists with `suffix`; the first one if none does.
    [[nodiscard]] std::string first_of(const std::vector<std::string>& names,
                                       const std::string& suffix) const;
    /// The first prefix under which one of `names` exists; the first one if none does.
    [[nodiscard]] std::string first_existing_prefix(const std::vector<std::string>& prefixes,
                                                    const std::vector<std::string>& names) const;

    [[nodiscard]] const Status& status() const { return m_status; }
    [[nodiscard]] Status check_all_used() const { return m_source.check_all_used(); }
    [[nodiscard]] std::int64_t parameters() const { return m_parameters; }
    /// Bytes of matrices and tables, and of those and all vectors.
    [[nodiscard]] std::int64_t matrix_bytes() const { return m_matrix_bytes; }
    [[nodiscard]] std::int64_t bytes() const { return m_matrix_bytes + m_vector_bytes; }
    /// Bytes of the elements themselves, without padding.
    [[nodiscard]] std::int64_t element_bytes() const { return m_element_bytes; }

private:
    void rows(const std::string& name, const std::vector<std::int64_t>& shape, Initial initial,
              WeightType kept_as, const RowSink& sink);
    [[nodiscard]] bool is_loading() const { return m_memory != nullptr && m_status.has_value(); }
    /// The next `bytes` of the memory, on a cache line of its own; null while planning.
    std::byte* take(std::int64_t bytes);

    TensorSource& m_source;
    WeightType m_type;
    std::byte* m_memory;
    NormSpec m_norm;
    Status m_status = std::monostate{};
    std::int64_t m_parameters = 0;
    std::int64_t m_matrix_bytes = 0;
    std::int64_t m_vector_bytes = 0;
    std::int64_t m_element_bytes = 0;
};

} // namespace headroom
