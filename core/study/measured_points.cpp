// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/measured_points.h"

#include "core/presets/presets.h"

#include <algorithm>

namespace headroom {
namespace {

/// Name, count, FLOPs and weights of a short prefill: what tells designs apart.
struct Work {
    std::string_view name;
    std::int64_t count = 0;
    Wide flops = 0;
    double weight_bytes = 0;
    friend bool operator==(const Work&, const Work&) = default;
};

std::vector<Work> work_of(const ModelSpec& spec) {
    Step step;
    step.phase = Phase::Prefill;
    step.tokens = 8192; // longer than usual windows, so that they count
    std::vector<Work> all;
    for_each_operator(spec, step, {}, {}, [&](const Operator& op) {
        all.push_back({op.name(), op.count, op.flops, op.weight_bytes});
    });
    return all;
}

bool fits_scenario(const MeasuredStep& step, const MeasurementFile& file,
                   const Scenario& scenario) {
    const Deployment& d = scenario.deployment;
    const Formats& formats = scenario.formats;
    return file.device == d.device && file.format == formats.weights && file.format == formats.kv &&
           std::all_of(
               formats.roles.begin(), formats.roles.end(),
               [&](const auto& role) { return role.value_or(file.format) == file.format; }) &&
           step.gpus == d.devices && step.tensor_parallel == d.tensor_parallel &&
           d.pipeline_parallel == 1 && d.expert_parallel == 1;
}

} // namespace

const std::vector<MeasurementFile>& shipped_measurements() {
    static const std::vector<MeasurementFile> files = [] {
        std::vector<MeasurementFile> read;
        for (const char* name :
             {"measurements/h200_bf16.json", "measurements/h200x2_tp2_bf16.json",
              "measurements/h200_designs_bf16.json", "measurements/h100_designs_bf16.json"}) {
            if (auto file = parse_measurements(embedded_preset(name), name)) {
                read.push_back(std::move(*file));
            }
        }
        return read;
    }();
    return files;
}

bool is_same_work(const ModelSpec& a, const ModelSpec& b) {
    return a.hidden_size == b.hidden_size && a.vocab_size == b.vocab_size &&
           a.num_layers() == b.num_layers() && work_of(a) == work_of(b);
}

std::vector<MeasuredStep> measured_steps(const ModelSpec& spec, const Scenario& scenario) {
    std::vector<MeasuredStep> steps;
    for (const MeasurementFile& file : shipped_measurements()) {
        if (file.device != scenario.deployment.device) {
            continue;
        }
        std::string model; // the one of this file that is the design
        for (const auto& [name, measured] : file.models) {
            if (is_same_work(spec, measured)) {
                model = name;
            }
        }
        for (const MeasuredStep& step : file.steps) {
            if (!model.empty() && step.model == model && fits_scenario(step, file, scenario)) {
                steps.push_back(step);
                steps.back().path = file.source + ": " + step.path;
            }
        }
    }
    return steps;
}

std::vector<MeasuredPoint> measured_points(const ModelSpec& spec, const Scenario& scenario,
                                           SpeedCurve which, SpeedAxis axis) {
    const bool prefill = which == SpeedCurve::TimeToFirstToken;
    const Workload& w = scenario.workload;
    std::vector<MeasuredPoint> points;
    for (const MeasuredStep& step : measured_steps(spec, scenario)) {
        const bool on_curve = axis == SpeedAxis::Batch
                                  ? step.tokens == (prefill ? w.prompt : w.context)
                                  : step.batch == w.batch;
        if ((step.phase == Phase::Prefill) == prefill && on_curve) {
            points.push_back({axis == SpeedAxis::Batch ? step.batch : step.tokens,
                              speed_value(which, step.seconds, step.batch), step.path});
        }
    }
    std::sort(points.begin(), points.end(),
              [](const MeasuredPoint& a, const MeasuredPoint& b) { return a.x < b.x; });
    return points;
}

} // namespace headroom
