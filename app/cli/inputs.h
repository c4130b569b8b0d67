// SPDX-License-Identifier: GPL-3.0-or-later
// Models, devices and scenarios from the words of a command line.
#pragma once

#include "app/cli/arguments.h"
#include "core/study/analysis.h"
#include "core/study/study.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace headroom::cli {

/// --context ... --ep: what a design is asked to do, and on what.
std::span<const OptionSpec> scenarioOptions();
/// The same without --gpus, --tp, --pp and --ep.
std::span<const OptionSpec> workloadOptions();
/// --set
std::span<const OptionSpec> editOptions();
/// --json
std::span<const OptionSpec> jsonOption();

/// One design, resolved: what every subcommand starts from.
struct LoadedModel {
    Design design;
    ModelSpec spec;
    std::vector<Finding> findings;
};

/// MODEL: a preset's name, a config.json, or a folder that holds one; with the --set edits.
/// Fails with exit code 1 naming file and field; an unknown preset gets the nearest names.
LoadedModel loadModel(const std::string& model, const std::vector<std::string>& edits);

/// The design alone, edited but not expanded.
Design loadDesign(const std::string& model, const std::vector<std::string>& edits);

/// --device: a shipped profile, or the file that `calibrate` wrote. Default: h200.
DeviceProfile loadDevice(const Arguments& arguments);

/// The scenario that the options describe. Without --tp, --pp and --ep the devices of --gpus share
/// the model by tensor parallelism as far as its heads divide; `spec` is asked for that.
Scenario scenarioFrom(const Arguments& arguments, const DeviceProfile& device,
                      const ModelSpec& spec);

/// Changes what the options name and leaves the rest; --gpus alone sets --tp to the same.
void applyScenario(const Arguments& arguments, Scenario& scenario);

/// The whole of `path`; fails with exit code 1 when it cannot be read.
std::string readTextFile(const std::filesystem::path& path);
/// Writes a file through a temporary beside it, so that an old file survives a failure.
void writeTextFile(const std::filesystem::path& path, std::string_view text);

/// Everything about the model in this scenario, or exit code 1.
Analysis analyzeOrFail(const LoadedModel& model, const Scenario& scenario,
                       const DeviceProfile& device);

} // namespace headroom::cli
