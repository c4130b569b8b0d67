// SPDX-License-Identifier: GPL-3.0-or-later
// Reads safetensors files: a checked header and tensors that point into the mapped file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace headroom {

enum class TensorType { F32, F16, BF16, I64 };

[[nodiscard]] std::int64_t bytes_of(TensorType type);
[[nodiscard]] const char* name_of(TensorType type);

/// "[2, 3]"
[[nodiscard]] std::string shape_text(std::span<const std::int64_t> shape);

/// One tensor's entry in the header; begin and end are byte offsets from the start of the file.
struct TensorEntry {
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::int64_t begin = 0;
    std::int64_t end = 0;

    [[nodiscard]] std::int64_t count() const { return (end - begin) / bytes_of(type); }
};

using TensorTable = std::map<std::string, TensorEntry, std::less<>>;

/// Checks and reads a header: 8 bytes little-endian length, JSON, then the data. Every entry of the
/// result lies inside the file, matches its shape and overlaps no other. Format: the safetensors
/// README. `start` is the beginning of the file (as much as is there), `file_bytes` its full size.
[[nodiscard]] Result<TensorTable> parse_safetensors_header(std::span<const std::byte> start,
                                                           std::int64_t file_bytes,
                                                           const std::string& file);

/// A mapped file. Entries stay valid as long as it lives.
class SafetensorsFile {
public:
    [[nodiscard]] static Result<SafetensorsFile> open(const std::filesystem::path& path);
    SafetensorsFile(SafetensorsFile&& other) noexcept;
    SafetensorsFile& operator=(SafetensorsFile&& other) noexcept;
    ~SafetensorsFile();

    [[nodiscard]] const TensorTable& tensors() const { return m_tensors; }
    [[nodiscard]] const TensorEntry* find(std::string_view name) const;
    [[nodiscard]] const std::string& file() const { return m_file; }
    [[nodiscard]] const std::byte* data(const TensorEntry& entry) const {
        return m_data + entry.begin;
    }

    /// All values of a float tensor as fp32.
    [[nodiscard]] std::vector<float> read_floats(const TensorEntry& entry) const;
    /// All values of an I64 tensor.
    [[nodiscard]] std::vector<std::int64_t> read_integers(const TensorEntry& entry) const;
    /// Gives the pages of a tensor that has been copied back to the system.
    void release_pages(const TensorEntry& entry) const;

private:
    SafetensorsFile() = default;
    void unmap();

    std::string m_file;
    std::byte* m_data = nullptr;
    std::size_t m_bytes = 0;
    TensorTable m_tensors;
};

/// Converts `count` values at `from` to fp32; I64 is not a float type and gives zeros.
void convert_to_floats(TensorType type, const std::byte* from, std::int64_t count, float* to);

} // namespace headroom
