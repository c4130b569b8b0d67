// SPDX-License-Identifier: GPL-3.0-or-later
// Robust nonlinear least squares for a handful of parameters.
#pragma once

#include "core/base/function_ref.h"

#include <span>
#include <vector>

namespace headroom {

/// Residuals at `x`; their number may not change between calls.
using Residuals = FunctionRef<void(std::span<const double> x, std::vector<double>& residuals)>;

struct FitOptions {
    double huber = 0.05; ///< residuals beyond it count linearly
    double ridge = 0.3;  ///< pull of every parameter towards where it starts
    int iterations = 60;
};

/// Minimises sum huber(r_i) + ridge^2 |x - start|^2 by Levenberg-Marquardt with reweighting
/// (Nocedal and Wright, Numerical Optimization, sec. 10.3; Huber 1964). No randomness.
std::vector<double> fit_robustly(std::span<const double> start, Residuals residuals,
                                 const FitOptions& options);

} // namespace headroom
