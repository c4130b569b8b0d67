// SPDX-License-Identifier: GPL-3.0-or-later
// The inverse of the normal distribution function.
#pragma once

#include <cmath>
#include <numbers>

namespace headroom {

/// x with P(X <= x) = probability for a standard normal X; probability in (0, 1). Newton's method
/// on the distribution function, which converges from 0 because each step is kept below 1.
[[nodiscard]] inline double normal_quantile(double probability) {
    double x = 0;
    for (int i = 0; i < 100; ++i) {
        const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - probability;
        const double density =
            std::exp(-0.5 * x * x) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
        const double step = std::fmax(-1.0, std::fmin(1.0, error / density));
        x -= step;
        if (std::abs(step) < 1e-15 * (1.0 + std::abs(x))) {
            break;
        }
    }
    return x;
}

} // namespace headroom
