// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/safetensors.h"

#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/engine/engine_sentences.h"
#include "core/engine/kernels/packed_matrix.h"

namespace headroom {
namespace {

/// IEEE 754 half precision, subnormals included.
float half_to_float(std::uint16_t bits) {
    const std::uint32_t sign = (bits & 0x8000U) << 16;
    const std::uint32_t exponent = (bits >> 10) & 0x1fU;
    const std::uint32_t fraction = bits & 0x3ffU;
    if (exponent == 0x1f) {
        return std::bit_cast<float>(sign | 0x7f800000U | (fraction << 13));
    }
    if (exponent != 0) {
        return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (fraction << 13));
    }
    const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
    return sign != 0 ? -magnitude : magnitude;
}

class Descriptor {
public:
    explicit Descriptor(const std::filesystem::path& path)
        : m_value(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_value >= 0) {
            ::close(m_value);
        }
    }
    [[nodiscard]] int get() const { return m_value; }

private:
    int m_value;
};

template <class T>
T load(const std::byte* from) {
    T value; // tensors need not be aligned in the file
    std::memcpy(&value, from, sizeof value);
    return value;
}

} // namespace

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
    SafetensorsFile result;
    result.m_file = path.string();
    const Descriptor descriptor(path);
    struct stat status {};
    if (descriptor.get() < 0 || fstat(descriptor.get(), &status) != 0) {
        return Error{result.m_file, "", engine_says<"cannot-be-opened">(std::strerror(errno))};
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{result.m_file, "", engine_says<"regular-file">()};
    }
    if (status.st_size > 0) {
        result.m_bytes = static_cast<std::size_t>(status.st_size);
        void* data = mmap(nullptr, result.m_bytes, PROT_READ, MAP_PRIVATE, descriptor.get(), 0);
        if (data == MAP_FAILED) {
            result.m_bytes = 0;
            return Error{result.m_file, "", engine_says<"cannot-be-mapped">(std::strerror(errno))};
        }
        result.m_data = static_cast<std::byte*>(data);
    }
    Result<TensorTable> tensors = parse_safetensors_header(
        {result.m_data, result.m_bytes}, static_cast<std::int64_t>(result.m_bytes), result.m_file);
    if (!tensors) {
        return tensors.error();
    }
    result.m_tensors = *std::move(tensors);
    return result;
}

SafetensorsFile::SafetensorsFile(SafetensorsFile&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_data(std::exchange(other.m_data, nullptr))
    , m_bytes(std::exchange(other.m_bytes, 0))
    , m_tensors(std::move(other.m_tensors)) {}

SafetensorsFile& SafetensorsFile::operator=(SafetensorsFile&& other) noexcept {
    if (this != &other) {
        unmap();
        m_file = std::move(other.m_file);
        m_data = std::exchange(other.m_data, nullptr);
        m_bytes = std::exchange(other.m_bytes, 0);
        m_tensors = std::move(other.m_tensors);
    }
    return *this;
}

SafetensorsFile::~SafetensorsFile() {
    unmap();
}

void SafetensorsFile::unmap() {
    if (m_data != nullptr) {
        munmap(m_data, m_bytes);
        m_data = nullptr;
    }
}

const TensorEntry* SafetensorsFile::find(std::string_view name) const {
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? nullptr : &found->second;
}

std::vector<float> SafetensorsFile::read_floats(const TensorEntry& entry) const {
    std::vector<float> values(static_cast<std::size_t>(entry.count()));
    convert_to_floats(entry.type, data(entry), entry.count(), values.data());
    return values;
}

std::vector<std::int64_t> SafetensorsFile::read_integers(const TensorEntry& entry) const {
    std::vector<std::int64_t> values;
    if (entry.type == TensorType::I64) {
        values.resize(static_cast<std::size_t>(entry.count()));
        std::memcpy(values.data(), data(entry), values.size() * sizeof(std::int64_t));
    }
    return values;
}

void SafetensorsFile::release_pages(const TensorEntry& entry) const {
    constexpr std::int64_t page = 4096;
    const std::int64_t begin = (entry.begin + page - 1) / page * page;
    const std::int64_t end = entry.end / page * page;
    if (begin < end) {
        // Advice only: the mapping is private and read-only, pages come back from the file.
        (void)madvise(m_data + begin, static_cast<std::size_t>(end - begin), MADV_DONTNEED);
    }
}

void convert_to_floats(TensorType type, const std::byte* from, std::int64_t count, float* to) {
    switch (type) {
    case TensorType::F32:
        std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(float));
        return;
    case TensorType::F16:
        for (std::int64_t i = 0; i < count; ++i) {
            to[i] = half_to_float(load<std::uint16_t>(from + 2 * i));
        }
        return;
    case TensorType::BF16:
        for (std::int64_t i = 0; i < count; ++i) {
            to[i] = bf16_to_float(load<std::uint16_t>(from + 2 * i));
        }
        return;
    case TensorType::I64:
        std::memset(to, 0, static_cast<std::size_t>(count) * sizeof(float));
        return;
    }
}

} // namespace headroom
