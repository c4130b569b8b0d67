// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"

#include "app/cli/failure.h"
#include "core/accounting/memory.h"
#include "core/accounting/scenario_fields.h"
#include "core/base/overloaded.h"
#include "core/config/config_fields.h"
#include "core/presets/presets.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <system_error>

namespace headroom::cli {

namespace {

/// The options of the scenario's fields that `takes` chooses.
std::vector<OptionSpec> optionsOf(bool (*takes)(const ScenarioField&)) {
    static const std::string weightsHelp =
        std::string(find_scenario_field("weights")->help) + ": " + number_format_names(" ");
    std::vector<OptionSpec> options;
    for (const ScenarioField& field : scenario_fields()) {
        if (!takes(field)) {
            continue;
        }
        const std::string_view value =
            std::visit(Overloaded{
                           [](std::int64_t Workload::*) { return "N"; },
                           [](NumberFormat Formats::*) { return "FMT"; },
                           [](ParameterGroup) { return "FMT"; },
                           [](std::int64_t Deployment::*) { return "N"; },
                           [](double Deployment::*) { return "P"; },
                           [](std::string Deployment::*) { return "NAME"; },
                       },
                       field.member);
        options.push_back(
            {field.option, value, field.id == "weights" ? weightsHelp : field.help, false});
        if (!field.short_option.empty()) {
            options.push_back({field.short_option, value, "the same, shorter", false});
        }
    }
    return options;
}

constexpr std::array editTable{
    OptionSpec{"--set", "FIELD=VALUE", "edit the configuration (repeatable): num_key_value_heads=4",
               true},
};

constexpr std::array jsonTable{
    OptionSpec{"--json", "", "one JSON object instead of text"},
};

NumberFormat formatFrom(std::string_view option, const std::string& text) {
    const auto format = number_format_from(text);
    if (!format) {
        failUsage(std::string(option) + ": found \"" + text + "\", expected one of " +
                  number_format_names(" "));
    }
    return *format;
}

/// Sets the field to what `option` was given, if it was.
void apply(const Arguments& arguments, std::string_view option, const ScenarioField& field,
           Scenario& scenario) {
    const auto setCount = [&](std::int64_t& count) {
        count = arguments.integer(option, field.minimum, field.maximum).value_or(count);
    };
    const auto text = arguments.value(option);
    std::visit(Overloaded{
                   [&](std::int64_t Workload::*member) { setCount(scenario.workload.*member); },
                   [&](NumberFormat Formats::*member) {
                       scenario.formats.*member =
                           text ? formatFrom(option, *text) : scenario.formats.*member;
                   },
                   [&](ParameterGroup group) {
                       if (text) {
                           scenario.formats.role(group) = formatFrom(option, *text);
                       }
                   },
                   [&](std::int64_t Deployment::*member) { setCount(scenario.deployment.*member); },
                   [&](double Deployment::*member) {
                       double& number = scenario.deployment.*member;
                       number = arguments
                                    .number(option, static_cast<double>(field.minimum),
                                            static_cast<double>(field.maximum))
                                    .value_or(number);
                   },
                   [&](std::string Deployment::*member) {
                       scenario.deployment.*member = text.value_or(scenario.deployment.*member);
                   },
               },
               field.member);
}

Failure unknownModel(const std::string& model) {
    std::vector<std::string> names;
    for (const ModelPreset& preset : model_presets()) {
        names.push_back(preset.id);
    }
    std::string message = model + ": model: found no preset, file or folder of this name, expected "
                                  "a preset's name, a config.json or a folder that holds one";
    const auto nearest = nearestNames(model, names);
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        message += (i == 0 ? "; nearest presets: " : ", ") + nearest[i];
    }
    if (nearest.empty()) {
        message += "; `headroom presets` lists the presets";
    }
    return {BadInput, message};
}

/// What to call a design that comes from a file: its folder for config.json, else the file's stem.
std::string nameOfFile(const std::filesystem::path& path) {
    std::error_code error;
    const std::filesystem::path full = std::filesystem::weakly_canonical(path, error);
    const std::filesystem::path& known = error ? path : full;
    if (std::filesystem::is_directory(known, error)) {
        return known.filename().string();
    }
    if (known.filename() == "config.json" && known.has_parent_path() &&
        known.parent_path().has_filename()) {
        return known.parent_path().filename().string();
    }
    return known.stem().string();
}

/// The largest tensor split of `devices` that this design allows: tp divides the devices.
std::int64_t largestTensorSplit(const ModelSpec& spec, std::int64_t devices) {
    for (std::int64_t split = devices; split > 1; --split) {
        if (devices % split != 0) {
            continue;
        }
        Deployment deployment;
        deployment.devices = devices;
        deployment.tensor_parallel = split;
        if (check_deployment(spec, deployment)) {
            return split;
        }
    }
    return 1;
}

/// Whether a degree of parallelism is given: any of the split's fields but the number of devices.
bool isSplitGiven(const Arguments& arguments) {
    const auto fields = scenario_fields();
    return std::any_of(fields.begin(), fields.end(), [&](const ScenarioField& field) {
        return is_split(field) && field.id != "devices" && arguments.has(field.option);
    });
}

} // namespace

std::span<const OptionSpec> scenarioOptions() {
    static const auto options = optionsOf([](const ScenarioField&) { return true; });
    return options;
}
std::span<const OptionSpec> workloadOptions() {
    static const auto options = optionsOf([](const ScenarioField& f) { return !is_split(f); });
    return options;
}
std::span<const OptionSpec> editOptions() {
    return editTable;
}
std::span<const OptionSpec> jsonOption() {
    return jsonTable;
}

Design loadDesign(const std::string& model, const std::vector<std::string>& edits) {
    Design design;
    if (const ModelPreset* preset = find_model_preset(model)) {
        design = {preset->name, preset->id, preset->config};
    } else {
        std::error_code error;
        if (!std::filesystem::exists(model, error)) {
            throw unknownModel(model);
        }
        design = {nameOfFile(model), {}, valueOrFail(read_config(model), model)};
    }
    for (const std::string& edit : edits) {
        const std::size_t equals = edit.find('=');
        if (equals == std::string::npos || equals == 0) {
            failUsage("--set: found \"" + edit + "\", expected FIELD=VALUE");
        }
        valueOrFail(set_field_from_text(design.config, std::string_view(edit).substr(0, equals),
                                        std::string_view(edit).substr(equals + 1)),
                    "--set");
    }
    return design;
}

LoadedModel loadModel(const std::string& model, const std::vector<std::string>& edits) {
    LoadedModel loaded;
    loaded.design = loadDesign(model, edits);
    loaded.spec = valueOrFail(expand_layers(loaded.design.config), model);
    loaded.findings = validate(loaded.design.config);
    if (loaded.design.preset.empty()) {
        const Result<std::string> text = read_config_text(model);
        for (const std::string& part : left_out_parts(text ? *text : std::string())) {
            loaded.findings.push_back(
                {Severity::Warning,
                 "left-out-part",
                 part,
                 Sentence::verbatim("Not counted: all figures are those of the text decoder."),
                 {},
                 {}});
        }
    }
    return loaded;
}

DeviceProfile loadDevice(const Arguments& arguments) {
    const std::string name = arguments.value("--device").value_or("h200");
    if (const DeviceProfile* device = find_device(name)) {
        return *device;
    }
    std::error_code error;
    if (std::filesystem::is_regular_file(name, error)) {
        return valueOrFail(parse_device(readTextFile(name), name), name);
    }
    std::vector<std::string> names;
    for (const DeviceProfile& device : device_presets()) {
        names.push_back(device.id);
    }
    std::string message = "--device: found \"" + name + "\", expected one of";
    for (const std::string& known : names) {
        message += " " + known;
    }
    message += " or a profile file";
    if (const auto nearest = nearestNames(name, names, 1); !nearest.empty()) {
        message += "; did you mean " + nearest.front() + "?";
    }
    throw Failure{BadInput, message};
}

void applyScenario(const Arguments& arguments, Scenario& scenario) {
    for (const ScenarioField& field : scenario_fields()) {
        if (!field.short_option.empty()) {
            apply(arguments, field.short_option, field, scenario);
        }
        apply(arguments, field.option, field, scenario);
    }
    Deployment& deployment = scenario.deployment;
    if (isSplitGiven(arguments)) {
        if (!arguments.has("--gpus")) {
            deployment.devices = std::max(deployment.devices, deployment.tensor_parallel *
                                                                  deployment.pipeline_parallel);
        }
    } else if (arguments.has("--gpus")) {
        deployment.tensor_parallel = deployment.devices;
        deployment.pipeline_parallel = 1;
        deployment.expert_parallel = 1;
    }
}

Scenario scenarioFrom(const Arguments& arguments, const DeviceProfile& device,
                      const ModelSpec& spec) {
    Scenario scenario;
    applyScenario(arguments, scenario);
    scenario.deployment.device = device.id;
    if (!isSplitGiven(arguments)) {
        scenario.deployment.tensor_parallel = largestTensorSplit(spec, scenario.deployment.devices);
    }
    return scenario;
}

std::string readTextFile(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        throw Failure{BadInput, path.string() + ": found a folder, expected a file"};
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        throw Failure{BadInput, path.string() + ": cannot be read"};
    }
    return text.str();
}

void writeTextFile(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::path temporary = path;
    temporary += ".part";
    std::error_code error;
    {
        std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        file.close();
        if (!file) {
            std::filesystem::remove(temporary, error);
            throw Failure{BadInput, path.string() + ": cannot be written"};
        }
    }
    std::filesystem::rename(temporary, path, error);
    if (error) {
        const std::string reason = error.message();
        std::filesystem::remove(temporary, error);
        throw Failure{BadInput, path.string() + ": cannot be written: " + reason};
    }
}

Analysis analyzeOrFail(const LoadedModel& model, const Scenario& scenario,
                       const DeviceProfile& device) {
    return valueOrFail(analyze(model.spec, scenario, device), model.design.name);
}

} // namespace headroom::cli
