// SPDX-License-Identifier: GPL-3.0-or-later
// Wide: a 128-bit integer for sums and products on their way to a 64-bit count.
#pragma once

#include <cstdint>
#include <limits>

namespace headroom {

__extension__ using Wide = __int128;

/// INT64_MAX stands for "does not fit": reports that hold it are refused by `analyze`.
inline constexpr std::int64_t overflowed = std::numeric_limits<std::int64_t>::max();

constexpr std::int64_t narrow(Wide value) {
    return value >= static_cast<Wide>(overflowed) ? overflowed : static_cast<std::int64_t>(value);
}

/// a / b for counts, in 64 bits where they fit: 128-bit division is a slow library call.
constexpr Wide divide(Wide a, Wide b) {
    if (a <= static_cast<Wide>(overflowed) && b <= static_cast<Wide>(overflowed)) {
        return static_cast<std::int64_t>(a) / static_cast<std::int64_t>(b);
    }
    return a / b;
}

/// The same, rounded up.
constexpr Wide divide_up(Wide a, Wide b) {
    return divide(a + b - 1, b);
}

constexpr Wide wide(std::int64_t value) {
    return value;
}

} // namespace headroom
