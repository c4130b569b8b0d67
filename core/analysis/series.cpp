// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/series.h"

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

Curve speed_against(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
                    SpeedCurve which, SpeedAxis axis, const std::vector<std::int64_t>& xs,
                    double* fits_until) {
    Curve curve;
    Scenario at = scenario;
    if (fits_until != nullptr) {
        *fits_until = 0;
    }
    for (const std::int64_t x : xs) {
        if (axis == SpeedAxis::Batch) {
            at.workload.batch = x;
        } else {
            at.workload.context = x;
            at.workload.prompt =
                which == SpeedCurve::TimeToFirstToken ? x : std::min(scenario.workload.prompt, x);
        }
        const Result<MemoryReport> memory = memory_at(spec, at, device);
        if (!memory) {
            return {};
        }
        if (memory->fits && fits_until != nullptr) {
            *fits_until = static_cast<double>(x);
        }
        const bool prefill = which == SpeedCurve::TimeToFirstToken;
        const double seconds =
            (prefill ? prefill_time(spec, at, device) : decode_time(spec, at, device)).seconds;
        const double error =
            prefill ? device.constants.prefill_error : device.constants.decode_error;
        const auto batch = static_cast<double>(at.workload.batch);
        const bool rate =
            which == SpeedCurve::TokensPerSecond || which == SpeedCurve::TokensPerSecondPerUser;
        const double users = which == SpeedCurve::TokensPerSecond ? batch : 1.0;
        push(curve, x, rate ? users / seconds : seconds, error);
    }
    return curve;
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
        point.name = std::string(op.name);
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
