// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace headroom {

std::string grouped_text(std::int64_t value) {
    std::string digits = std::to_string(value);
    const std::size_t sign = digits.front() == '-' ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string significant_text(double value, int digits) {
    if (value == 0 || !std::isfinite(value)) {
        return value == 0 ? "0" : "-";
    }
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    const int decimals = digits - 1 - magnitude;
    std::array<char, 400> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::fixed, decimals > 0 ? decimals : 0);
    return error == std::errc{} ? std::string(buffer.data(), end) : "-";
}

} // namespace headroom
