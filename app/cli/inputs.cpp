// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inputs.h"

#include "app/cli/failure.h"
#include "core/config/config_fields.h"
#include "core/presets/presets.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <system_error>

namespace headroom::cli {

namespace {

constexpr std::int64_t maximumTokens = std::int64_t{1} << 30;
constexpr std::int64_t maximumBatch = std::int64_t{1} << 20;
constexpr std::int64_t maximumDevices = std::int64_t{1} << 16;

constexpr std::array scenarioTable{
    OptionSpec{"--context", "N", "tokens in the cache (default 8192; 128K = 131072, 1M = 1048576)"},
    OptionSpec{"--batch", "N", "sequences at a time (default 1)"},
    OptionSpec{"--prompt", "N", "tokens of one prompt (default 8192)"},
    OptionSpec{"--output", "N", "tokens generated (default 1024)"},
    OptionSpec{"--weights", "FMT",
               "format of the weights: fp32 bf16 fp16 fp8 int8 int4 (default bf16)"},
    OptionSpec{"--weights-attention", "FMT", "format of one role's weights, where it differs:"},
    OptionSpec{"--weights-feed-forward", "FMT", ""},
    OptionSpec{"--weights-experts", "FMT", "routed experts; also --experts FMT"},
    OptionSpec{"--weights-shared-experts", "FMT", ""},
    OptionSpec{"--weights-router", "FMT", ""},
    OptionSpec{"--weights-norm", "FMT", ""},
    OptionSpec{"--weights-embedding", "FMT", "with a tied head, the head as well"},
    OptionSpec{"--weights-per-layer-embedding", "FMT", ""},
    OptionSpec{"--weights-lm-head", "FMT", ""},
    OptionSpec{"--weights-other", "FMT", ""},
    OptionSpec{"--experts", "FMT", "the same as --weights-experts"},
    OptionSpec{"--kv", "FMT", "format of the key/value cache (default bf16)"},
    OptionSpec{"--device", "NAME",
               "a device of `presets --devices` (default h200), or a profile file"},
    OptionSpec{"--price", "P", "of one device per hour, for the cost of tokens"},
    OptionSpec{"--gpus", "N", "devices (default 1, or what --tp and --pp need)"},
    OptionSpec{"--tp", "N",
               "tensor parallel; without --tp, --pp and --ep the largest split of\n"
               "--gpus that the heads allow"},
    OptionSpec{"--pp", "N", "pipeline parallel (default 1)"},
    OptionSpec{"--ep", "N", "expert parallel (default 1)"},
};

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
        failUsage(std::string(option) + ": found \"" + text +
                  "\", expected one of fp32 bf16 fp16 fp8 int8 int4");
    }
    return *format;
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

bool isSplitGiven(const Arguments& arguments) {
    return arguments.has("--tp") || arguments.has("--pp") || arguments.has("--ep");
}

} // namespace

std::span<const OptionSpec> scenarioOptions() {
    return scenarioTable;
}
std::span<const OptionSpec> workloadOptions() {
    constexpr std::size_t splits = 4; // --gpus --tp --pp --ep stand last
    return std::span(scenarioTable).first(scenarioTable.size() - splits);
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
            loaded.findings.push_back({Severity::Warning,
                                       "left-out-part",
                                       part,
                                       "Not counted: all figures are those of the text decoder.",
                                       {},
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
    const auto set = [&arguments](std::string_view option, std::int64_t& value,
                                  std::int64_t minimum, std::int64_t maximum) {
        value = arguments.integer(option, minimum, maximum).value_or(value);
    };
    Workload& workload = scenario.workload;
    set("--context", workload.context, 1, maximumTokens);
    set("--batch", workload.batch, 1, maximumBatch);
    set("--prompt", workload.prompt, 1, maximumTokens);
    set("--output", workload.output, 0, maximumTokens);
    if (const auto text = arguments.value("--weights")) {
        scenario.formats.weights = formatFrom("--weights", *text);
    }
    if (const auto text = arguments.value("--experts")) {
        scenario.formats.role(ParameterGroup::Experts) = formatFrom("--experts", *text);
    }
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        std::string option = "--weights-" + std::string(to_string(static_cast<ParameterGroup>(i)));
        std::replace(option.begin(), option.end(), '_', '-');
        if (const auto text = arguments.value(option)) {
            scenario.formats.roles[i] = formatFrom(option, *text);
        }
    }
    if (const auto text = arguments.value("--kv")) {
        scenario.formats.kv = formatFrom("--kv", *text);
    }
    Deployment& deployment = scenario.deployment;
    deployment.device = arguments.value("--device").value_or(deployment.device);
    deployment.price_per_hour =
        arguments.number("--price", 0, 1e9).value_or(deployment.price_per_hour);
    set("--gpus", deployment.devices, 1, maximumDevices);
    set("--tp", deployment.tensor_parallel, 1, maximumDevices);
    set("--pp", deployment.pipeline_parallel, 1, maximumDevices);
    set("--ep", deployment.expert_parallel, 1, maximumDevices);
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
