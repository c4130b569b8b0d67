// SPDX-License-Identifier: GPL-3.0-or-later
// Page-backed float and weight buffers, and how much memory this computer can still give.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace headroom {

/// Owns `size()` bytes aligned to 64, zero when fresh. Large buffers sit on huge pages where the
/// system offers them: reading a matrix once per token from small pages was measured at half the
/// speed, because the hardware prefetcher stops at the end of each.
class AlignedBuffer {
public:
    AlignedBuffer() = default;
    explicit AlignedBuffer(std::size_t bytes);
    AlignedBuffer(AlignedBuffer&& other) noexcept
        : m_data(std::exchange(other.m_data, nullptr))
        , m_bytes(std::exchange(other.m_bytes, 0))
        , m_mapped(std::exchange(other.m_mapped, 0)) {}
    AlignedBuffer& operator=(AlignedBuffer&& other) noexcept;
    AlignedBuffer(const AlignedBuffer&) = delete;
    AlignedBuffer& operator=(const AlignedBuffer&) = delete;
    ~AlignedBuffer() { release(); }

    [[nodiscard]] void* data() { return m_data; }
    [[nodiscard]] const void* data() const { return m_data; }
    [[nodiscard]] float* floats() { return static_cast<float*>(m_data); }
    [[nodiscard]] const float* floats() const { return static_cast<const float*>(m_data); }
    [[nodiscard]] std::size_t size() const { return m_bytes; }

private:
    void release();
    void* m_data = nullptr;
    std::size_t m_bytes = 0;
    std::size_t m_mapped = 0; ///< bytes of the mapping, 0 when the heap owns the buffer
};

/// Bytes that can be allocated without swapping: what the system calls available, or the physical
/// memory where it does not say. Unit: bytes.
[[nodiscard]] std::int64_t available_memory_bytes();

/// Refuses, by name, an amount of memory that this computer does not have.
[[nodiscard]] Status check_memory(std::int64_t bytes, const std::string& what);

} // namespace headroom
