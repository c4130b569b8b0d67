// SPDX-License-Identifier: GPL-3.0-or-later
// Curves for charts: figures of one design along one axis.
#pragma once

#include "core/study/analysis.h"

#include <array>
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
/// The whole of `xs`, memory or not; `fits_until` receives the last x whose memory fits. The band
/// is the error bar; where none is known (typical constants) it reaches from the estimate to the
/// bare roofline.
Curve speed_against(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
                    SpeedCurve which, SpeedAxis axis, const std::vector<std::int64_t>& xs,
                    double* fits_until = nullptr);

/// What limits a step along an axis: one band a bound, stacked from 0 to the curve of
/// speed_against. A bound's share of the height is its share of the step's time.
struct BoundBands {
    std::vector<double> x;
    std::array<std::vector<double>, 4> lower; ///< indexed by Bound
    std::array<std::vector<double>, 4> upper;
};
BoundBands bound_bands(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
                       SpeedCurve which, SpeedAxis axis, const std::vector<std::int64_t>& xs);

/// The scenario at one x of a speed curve.
Scenario scenario_at(const Scenario& scenario, SpeedCurve which, SpeedAxis axis, std::int64_t x);

/// A step's seconds as the value that a speed curve draws.
double speed_value(SpeedCurve which, double seconds, std::int64_t batch);

/// The device's own limits: bandwidth * intensity up to the peak of `format`, from `least` to the
/// larger of `most` and twice the ridge. FLOP/s against FLOP per byte.
Curve roof(const DeviceProfile& device, NumberFormat format, double least, double most);

/// Intensity of a wide linear layer that multiplies `batch` rows, FLOP per byte of weights: each
/// weight is read once and used for two operations a row. And the batch of an intensity, at
/// least 1.
double batch_intensity(std::int64_t batch, NumberFormat weights);
std::int64_t batch_at_intensity(double intensity, NumberFormat weights);

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
