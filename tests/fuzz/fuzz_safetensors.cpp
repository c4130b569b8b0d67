// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target of the safetensors header reader: whatever it accepts lies inside the file.
#include "core/engine/safetensors.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace headroom;
    const Result<TensorTable> table = parse_safetensors_header(
        std::as_bytes(std::span(data, size)), static_cast<std::int64_t>(size), "fuzz");
    if (!table) {
        return 0;
    }
    std::int64_t covered = 0;
    for (const auto& [name, entry] : *table) {
        if (entry.begin < 8 || entry.end < entry.begin ||
            entry.end > static_cast<std::int64_t>(size) ||
            entry.count() * bytes_of(entry.type) != entry.end - entry.begin) {
            std::abort();
        }
        covered += entry.end - entry.begin;
    }
    if (covered > static_cast<std::int64_t>(size)) {
        std::abort();
    }
    return 0;
}
