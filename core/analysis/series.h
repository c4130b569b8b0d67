// SPDX-License-Identifier: GPL-3.0-or-later
// Curves for charts: figures of one design along one axis.
#pragma once

#include "core/analysis/analysis.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

struct Curve {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> lower; ///< error band; empty: exact
    std::vector<double> upper;
};

/// Values from `first` to `last` with `per_octave` points per doubling, integers, ends included.
std::vector<std::int64_t> octave_grid(std::int64_t first, std::int64_t last, int per_octave);

enum class MemoryCurve {
    KvPerSequence, ///< cache of one sequence, bytes
    WeightsPlusKv, ///< one replica: weights + cache of the batch + workspace, bytes
    PerDevice,     ///< the fullest device, bytes
};
Curve memory_against_context(const ModelSpec& spec, const Scenario& scenario,
                             const DeviceProfile& device, MemoryCurve which,
                             const std::vector<std::int64_t>& contexts);

enum class SpeedCurve {
    TokensPerSecond,
    TokensPerSecondPerUser,
    TimePerOutputToken,
    TimeToFirstToken
};
enum class SpeedAxis { Batch, Context };
/// The whole of `xs`, memory or not; `fits_until` receives the last x whose memory fits.
Curve speed_against(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
                    SpeedCurve which, SpeedAxis axis, const std::vector<std::int64_t>& xs,
                    double* fits_until = nullptr);

/// One operator of a step as a point of the roofline plot.
struct RooflinePoint {
    std::string name;
    OperatorKind kind = OperatorKind::Linear;
    std::int32_t layer_kind = -1; ///< index into ModelSpec::kinds
    double intensity = 0;         ///< FLOP per byte moved
    double flops_per_second = 0;  ///< reached, by the estimate
    double seconds = 0;           ///< all of its kind in the step
};
std::vector<RooflinePoint> roofline(const ModelSpec& spec, const Scenario& scenario,
                                    const DeviceProfile& device, Phase phase);

} // namespace headroom
