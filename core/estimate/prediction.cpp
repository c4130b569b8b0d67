// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/prediction.h"

#include "core/estimate/device_memory.h"
#include "core/estimate/throughput.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

void add(ErrorSummary& summary, double error) {
    const auto n = static_cast<double>(summary.rows);
    summary.mean_abs_error = (summary.mean_abs_error * n + std::abs(error)) / (n + 1);
    summary.mean_error = (summary.mean_error * n + error) / (n + 1);
    summary.max_abs_error = std::max(summary.max_abs_error, std::abs(error));
    ++summary.rows;
}

} // namespace

Prediction summarise(std::vector<PredictedStep> rows) {
    Prediction prediction;
    for (const PredictedStep& row : rows) {
        const bool decode = row.measured.phase == Phase::Decode;
        auto model = std::find_if(prediction.models.begin(), prediction.models.end(),
                                  [&](const auto& m) { return m.model == row.measured.model; });
        if (model == prediction.models.end()) {
            model = prediction.models.insert(model, {row.measured.model, {}, {}});
        }
        add(decode ? prediction.decode : prediction.prefill, row.error);
        add(decode ? model->decode : model->prefill, row.error);
    }
    prediction.rows = std::move(rows);
    return prediction;
}

Result<Prediction> predict(const MeasurementFile& file, const DeviceProfile& device) {
    DeviceProfile used = device;
    if (used.all_reduce.empty()) {
        used.all_reduce = file.all_reduce;
    }
    std::vector<PredictedStep> rows;
    rows.reserve(file.steps.size());
    for (const MeasuredStep& step : file.steps) {
        const ModelSpec& spec = file.models.find(step.model)->second;
        const Scenario scenario = scenario_of(step, file);
        if (const Status status = check_deployment(spec, scenario.deployment); !status) {
            return Error{file.source, step.path + "." + status.error().path,
                         status.error().message};
        }
        PredictedStep row;
        row.measured = step;
        row.predicted_seconds = step.phase == Phase::Decode
                                    ? decode_time(spec, scenario, used).seconds
                                    : prefill_time(spec, scenario, used).seconds;
        row.error = row.predicted_seconds / step.seconds - 1;
        rows.push_back(std::move(row));
    }
    return summarise(std::move(rows));
}

} // namespace headroom
