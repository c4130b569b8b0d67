// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/series.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

void push(Curve& curve, std::int64_t x, double y, double relative_error) {
    curve.x.push_back(static_cast<double>(x));
    curve.y.push_back(y);
    if (relative_error > 0) {
        curve.lower.push_back(y * (1.0 - relative_error));
        curve.upper.push_back(y * (1.0 + relative_error));
    }
}

double memory_value(const MemoryReport& memory, std::int64_t batch, MemoryCurve which) {
    switch (which) {
    case MemoryCurve::KvPerSequence:
        return static_cast<double>(memory.kv_bytes) / static_cast<double>(batch);
    case MemoryCurve::WeightsPlusKv:
        return static_cast<double>(memory.total_bytes);
    case MemoryCurve::PerDevice:
        return static_cast<double>(memory.per_gpu_bytes);
    }
    return 0;
}

} // namespace

std::vector<std::int64_t> octave_grid(std::int64_t first, std::int64_t last, int per_octave) {
    std::vector<std::int64_t> grid;
    const double ratio = std::exp2(1.0 / per_octave);
    for (double x = static_cast<double>(first); x < static_cast<double>(last) * 0.999; x *= ratio) {
        const auto value = static_cast<std::int64_t>(std::llround(x));
        if (grid.empty() || value > grid.back()) {
            grid.push_back(value);
        }
    }
    if (grid.empty() || grid.back() < last) {
        grid.push_back(last);
    }
    return grid;
}

Curve memory_against_context(const ModelSpec& spec, const Scenario& scenario,
                             const DeviceProfile& device, MemoryCurve which,
                             const std::vector<std::int64_t>& contexts) {
    Curve curve;
    Scenario at = scenario;
    for (const std::int64_t context : contexts) {
        at.workload.context = context;
        at.workload.prompt = std::min(scenario.workload.prompt, context);
        const Result<MemoryReport> memory = memory_at(spec, at, device);
        if (!memory) {
            return {};
        }
        push(curve, context, memory_value(*memory, at.workload.batch, which), 0);
    }
    return curve;
}

Scenario scenario_at(const Scenario& scenario, SpeedCurve which, SpeedAxis axis, std::int64_t x) {
    Scenario at = scenario;
    if (axis == SpeedAxis::Batch) {
        at.workload.batch = x;
    } else {
        at.workload.context = x;
        at.workload.prompt =
            which == SpeedCurve::TimeToFirstToken ? x : std::min(scenario.workload.prompt, x);
    }
    return at;
}

double speed_value(SpeedCurve which, double seconds, std::int64_t batch) {
    switch (which) {
    case SpeedCurve::TokensPerSecond:
        return static_cast<double>(batch) / seconds;
    case SpeedCurve::TokensPerSecondPerUser:
        return 1.0 / seconds;
    case SpeedCurve::TimePerOutputToken:
    case SpeedCurve::TimeToFirstToken:
        return seconds;
    }
    return seconds;
}

Curve speed_against(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
                    SpeedCurve which, SpeedAxis axis, const std::vector<std::int64_t>& xs,
                    double* fits_until) {
    Curve curve;
    if (fits_until != nullptr) {
        *fits_until = 0;
    }
    const bool prefill = which == SpeedCurve::TimeToFirstToken;
    const double error = prefill ? device.constants.prefill_error : device.constants.decode_error;
    for (const std::int64_t x : xs) {
        const Scenario at = scenario_at(scenario, which, axis, x);
        const Result<MemoryReport> memory = memory_at(spec, at, device);
        if (!memory) {
            return {};
        }
        if (memory->fits && fits_until != nullptr) {
            *fits_until = static_cast<double>(x);
        }
        const StepTime time =
            prefill ? prefill_time(spec, at, device) : decode_time(spec, at, device);
        const double y = speed_value(which, time.seconds, at.workload.batch);
        push(curve, x, y, error);
        if (error <= 0 && !device.constants.measured && time.ceiling_seconds > 0) {
            const double ceiling = speed_value(which, time.ceiling_seconds, at.workload.batch);
            curve.lower.push_back(std::min(y, ceiling));
            curve.upper.push_back(std::max(y, ceiling));
        }
    }
    return curve;
}

BoundBands bound_bands(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
                       SpeedCurve which, SpeedAxis axis, const std::vector<std::int64_t>& xs) {
    BoundBands bands;
    for (const std::int64_t x : xs) {
        const Scenario at = scenario_at(scenario, which, axis, x);
        const StepTime time = which == SpeedCurve::TimeToFirstToken ? prefill_time(spec, at, device)
                                                                    : decode_time(spec, at, device);
        if (!(time.seconds > 0)) {
            return {};
        }
        const double y = speed_value(which, time.seconds, at.workload.batch);
        bands.x.push_back(static_cast<double>(x));
        double below = 0;
        for (std::size_t i = 0; i < bands.lower.size(); ++i) {
            const double above = below + y * time.by_bound[i] / time.seconds;
            bands.lower[i].push_back(below);
            bands.upper[i].push_back(above);
            below = above;
        }
    }
    return bands;
}

Curve roof(const DeviceProfile& device, NumberFormat format, double least, double most) {
    const double peak = device.peak(format);
    const double ridge = peak / device.bandwidth_bytes_per_s;
    Curve curve;
    for (const double intensity : {std::min(least, ridge), ridge, std::max(most, 2 * ridge)}) {
        curve.x.push_back(intensity);
        curve.y.push_back(std::min(peak, intensity * device.bandwidth_bytes_per_s));
    }
    return curve;
}

double batch_intensity(std::int64_t batch, NumberFormat weights) {
    return 2.0 * static_cast<double>(batch) / bytes_per_number(weights);
}

std::int64_t batch_at_intensity(double intensity, NumberFormat weights) {
    const double batch = intensity * bytes_per_number(weights) / 2.0;
    return batch < 1 ? 1 : static_cast<std::int64_t>(std::llround(std::min(batch, 1e9)));
}

std::vector<RooflinePoint> roofline(const ModelSpec& spec, const Scenario& scenario,
                                    const DeviceProfile& device, Phase phase) {
    std::vector<RooflinePoint> points;
    for_each_timed_operator(spec, scenario, device, phase, [&](const Operator& op, double seconds) {
        const double bytes = op.weight_bytes + op.activation_bytes + op.cache_bytes;
        if (op.kind == OperatorKind::Communication || op.kind == OperatorKind::ElementWise ||
            bytes <= 0 || seconds <= 0) {
            return;
        }
        RooflinePoint point;
        point.name = std::string(op.name());
        point.kind = op.kind;
        point.layer_kind = op.layer_kind;
        point.intensity = static_cast<double>(op.flops) / bytes;
        point.flops_per_second = static_cast<double>(op.flops) / seconds;
        point.seconds = seconds * static_cast<double>(op.count);
        points.push_back(std::move(point));
    });
    return points;
}

} // namespace headroom
