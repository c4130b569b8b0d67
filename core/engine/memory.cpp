// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/memory.h"

#include "core/engine/engine_sentences.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>

#include <sys/mman.h>
#include <unistd.h>

namespace headroom {
namespace {

constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;
constexpr std::size_t small_page_bytes = 4096;
constexpr std::size_t line_bytes = 64;

std::size_t round_up(std::size_t value, std::size_t unit) {
    return (value + unit - 1) / unit * unit;
}

} // namespace

AlignedBuffer::AlignedBuffer(std::size_t bytes)
    : m_bytes(bytes) {
    if (bytes == 0) {
        return;
    }
    if (bytes < huge_page_bytes) {
        const std::size_t rounded = round_up(bytes, line_bytes);
        m_data = std::aligned_alloc(line_bytes, rounded);
        if (m_data == nullptr) {
            throw std::bad_alloc();
        }
        std::memset(m_data, 0, rounded);
        return;
    }
    // Mapped with room to spare, then cut to start where a huge page can.
    m_mapped = round_up(bytes, small_page_bytes);
    const std::size_t reserved = m_mapped + huge_page_bytes;
    void* start =
        mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
        m_bytes = m_mapped = 0;
        throw std::bad_alloc();
    }
    auto* first = static_cast<std::byte*>(start);
    const std::size_t before = round_up(reinterpret_cast<std::uintptr_t>(first), huge_page_bytes) -
                               reinterpret_cast<std::uintptr_t>(first);
    if (before > 0) {
        munmap(first, before);
    }
    if (before < huge_page_bytes) {
        munmap(first + before + m_mapped, huge_page_bytes - before);
    }
    m_data = first + before;
#ifdef MADV_HUGEPAGE
    (void)madvise(m_data, m_mapped, MADV_HUGEPAGE); // advice: without it only speed is lost
#endif
}

AlignedBuffer& AlignedBuffer::operator=(AlignedBuffer&& other) noexcept {
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_bytes = std::exchange(other.m_bytes, 0);
        m_mapped = std::exchange(other.m_mapped, 0);
    }
    return *this;
}

void AlignedBuffer::release() {
    if (m_mapped != 0) {
        munmap(m_data, m_mapped);
    } else {
        std::free(m_data);
    }
    m_data = nullptr;
    m_bytes = m_mapped = 0;
}

std::int64_t available_memory_bytes() {
    std::ifstream meminfo("/proc/meminfo");
    std::string key;
    std::int64_t kibibytes = 0;
    std::string unit;
    while (meminfo >> key >> kibibytes) {
        if (key == "MemAvailable:") {
            return kibibytes * 1024;
        }
        std::getline(meminfo, unit);
    }
    return static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
}

Status check_memory(std::int64_t bytes, const std::string& what) {
    const std::int64_t available = available_memory_bytes();
    if (bytes > available) {
        return Error{"", what, engine_says<"beyond-memory">(bytes, available)};
    }
    return std::monostate{};
}

} // namespace headroom
