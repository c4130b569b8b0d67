// SPDX-License-Identifier: GPL-3.0-or-later
// How a design is trained, from the words of a command line.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/json_output.h"
#include "core/study/analysis.h"

#include <optional>
#include <span>
#include <string>

namespace headroom::cli {

/// --optimizer ... --utilization
std::span<const OptionSpec> trainingOptions();

/// What is trained how, for how long, on what.
struct TrainingPlan {
    TrainingSetup setup;
    TrainingReport report;
    std::optional<double> tokens; ///< the budget
    std::int64_t devices = 1;
    double peak_flops = 0; ///< of one device, bf16

    [[nodiscard]] double hours() const {
        return training_hours(report, tokens.value_or(0), peak_flops, devices, setup.utilisation);
    }
};

/// The plan that the options describe; fails with exit code 1 naming what the design cannot be.
TrainingPlan trainingPlan(const Arguments& arguments, const LoadedModel& model,
                          const Scenario& scenario, const DeviceProfile& device);

/// "AdamW, mixed precision, one sequence of 8,192 tokens"
std::string planText(const TrainingPlan& plan);
/// The object that `analyze` prints and `compare` lists: the design with its cache layer by layer
/// and the plan of its training.
Json toJson(const LoadedModel& model, const Analysis& analysis, const DeviceProfile& device,
            const TrainingPlan& plan);

} // namespace headroom::cli
