// SPDX-License-Identifier: GPL-3.0-or-later
// Real numbers that come out of another order of the same operations.
#pragma once

#include <algorithm>
#include <cmath>

inline bool close(double a, double b, double relative = 1e-9) {
    return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}
