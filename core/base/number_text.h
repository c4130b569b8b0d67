// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as locale-free English text.
#pragma once

#include <cstdint>
#include <string>

namespace headroom {

/// 1234567 -> 1,234,567.
[[nodiscard]] std::string grouped_text(std::int64_t value);

/// `digits` significant digits without an exponent: 0.00213, 61.2, 1750.
[[nodiscard]] std::string significant_text(double value, int digits);

} // namespace headroom
