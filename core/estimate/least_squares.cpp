// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/least_squares.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace headroom {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

double cost(const Vector& r, std::span<const double> x, std::span<const double> start,
            const FitOptions& options) {
    double sum = 0;
    for (const double v : r) {
        const double a = std::abs(v);
        sum += a < options.huber ? a * a : 2 * options.huber * a - options.huber * options.huber;
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double d = x[i] - start[i];
        sum += options.ridge * options.ridge * d * d;
    }
    return sum;
}

/// Gauss elimination with row exchange; the matrix is positive definite by its damping.
Vector solve(Matrix a, Vector b) {
    const std::size_t n = b.size();
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t pivot = i;
        for (std::size_t r = i + 1; r < n; ++r) {
            pivot = std::abs(a[r][i]) > std::abs(a[pivot][i]) ? r : pivot;
        }
        std::swap(a[i], a[pivot]);
        std::swap(b[i], b[pivot]);
        for (std::size_t r = i + 1; r < n; ++r) {
            const double f = a[r][i] / a[i][i];
            for (std::size_t c = i; c < n; ++c) {
                a[r][c] -= f * a[i][c];
            }
            b[r] -= f * b[i];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t c = i + 1; c < n; ++c) {
            b[i] -= a[i][c] * b[c];
        }
        b[i] /= a[i][i];
    }
    return b;
}

} // namespace

std::vector<double> fit_robustly(std::span<const double> start, Residuals residuals,
                                 const FitOptions& options) {
    constexpr double step = 1e-5;
    constexpr double longest_move = 0.5;
    const std::size_t n = start.size();
    Vector x(start.begin(), start.end());
    Vector r;
    Vector moved;
    residuals(x, r);
    double best = cost(r, x, start, options);
    double damping = 1e-3;
    for (int iteration = 0; iteration < options.iterations; ++iteration) {
        Matrix jacobian(n, Vector(r.size()));
        for (std::size_t j = 0; j < n; ++j) {
            Vector y = x;
            y[j] += step;
            residuals(y, moved);
            for (std::size_t i = 0; i < r.size(); ++i) {
                jacobian[j][i] = (moved[i] - r[i]) / step;
            }
        }
        Matrix normal(n, Vector(n, 0.0));
        Vector gradient(n, 0.0);
        for (std::size_t i = 0; i < r.size(); ++i) {
            const double a = std::abs(r[i]);
            const double weight = a < options.huber ? 1.0 : options.huber / a;
            for (std::size_t j = 0; j < n; ++j) {
                gradient[j] -= weight * jacobian[j][i] * r[i];
                for (std::size_t k = 0; k < n; ++k) {
                    normal[j][k] += weight * jacobian[j][i] * jacobian[k][i];
                }
            }
        }
        for (std::size_t j = 0; j < n; ++j) {
            normal[j][j] += options.ridge * options.ridge + 1e-12;
            gradient[j] -= options.ridge * options.ridge * (x[j] - start[j]);
        }
        bool improved = false;
        double gain = 0;
        for (int attempt = 0; attempt < 10 && !improved; ++attempt) {
            Matrix damped = normal;
            for (std::size_t j = 0; j < n; ++j) {
                damped[j][j] *= 1 + damping;
            }
            const Vector move = solve(std::move(damped), gradient);
            Vector y = x;
            for (std::size_t j = 0; j < n; ++j) {
                y[j] += std::clamp(move[j], -longest_move, longest_move);
            }
            residuals(y, moved);
            const double found = cost(moved, y, start, options);
            improved = found < best;
            if (improved) {
                gain = best - found;
                best = found;
                x = std::move(y);
                std::swap(r, moved);
                damping = std::max(damping / 5, 1e-9);
            } else {
                damping *= 5;
            }
        }
        if (!improved || gain < 1e-12) {
            break;
        }
    }
    return x;
}

} // namespace headroom
