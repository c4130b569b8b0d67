// SPDX-License-Identifier: GPL-3.0-or-later
// headroom presets
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/presets/presets.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array presetsOptions{
    OptionSpec{"--devices", "", "list device profiles instead of models"},
};

std::int64_t totalOf(const ModelPreset& preset) {
    const ModelSpec spec = valueOrFail(expand_layers(preset.config), preset.id);
    return valueOrFail(count_parameters(spec), preset.id).total;
}

void listModels(bool json) {
    Json list = Json::array();
    TextTable table({Align::Left, Align::Left, Align::Left, Align::Right, Align::Right});
    table.add({"name", "family", "model_type", "parameters", ""});
    table.rule();
    for (const ModelPreset& preset : model_presets()) {
        const std::int64_t total = totalOf(preset);
        list.push_back({{"name", preset.name},
                        {"id", preset.id},
                        {"family", preset.family},
                        {"model_type", preset.config.model_type},
                        {"parameters_total", total},
                        {"source", preset.source}});
        table.add({preset.id, preset.family, preset.config.model_type, grouped(total),
                   shortCount(static_cast<double>(total))});
    }
    json ? printJson(Json{{"presets", list}}) : printText(table.text());
}

void listDevices(bool json) {
    Json list = Json::array();
    TextTable table({Align::Left, Align::Left, Align::Right, Align::Right, Align::Right,
                     Align::Left, Align::Left});
    table.add({"name", "device", "memory", "bandwidth", "bf16 peak", "link", "constants"});
    table.rule();
    for (const DeviceProfile& device : device_presets()) {
        Json peaks = Json::object();
        for (const auto& [format, flops] : device.peak_flops) {
            peaks[std::string(to_string(format))] = flops;
        }
        const char* constants = device.constants.measured ? "measured" : "typical";
        list.push_back({{"name", device.id},
                        {"device", device.name},
                        {"vendor", device.vendor},
                        {"memory_bytes", device.memory_bytes},
                        {"bandwidth_bytes_per_s", device.bandwidth_bytes_per_s},
                        {"peak_flops", peaks},
                        {"link", device.link.kind},
                        {"link_bytes_per_s", device.link.bandwidth_bytes_per_s},
                        {"constants", constants},
                        {"fitted_on", device.constants.fitted_on},
                        {"sources", device.sources}});
        table.add({device.id, device.name, decimalBytes(static_cast<double>(device.memory_bytes)),
                   decimalBytes(device.bandwidth_bytes_per_s) + "/s",
                   flopsText(device.peak(NumberFormat::Bf16)) + "/s", device.link.kind, constants});
    }
    json ? printJson(Json{{"devices", list}}) : printText(table.text());
}

int runPresets(const Arguments& arguments) {
    arguments.has("--devices") ? listDevices(arguments.has("--json"))
                               : listModels(arguments.has("--json"));
    return Done;
}

} // namespace

const Command& presetsCommand() {
    static const Command command{
        "presets",
        "",
        "lists the designs or devices that ship with the program",
        "",
        0,
        0,
        {presetsOptions, jsonOption()},
        runPresets,
    };
    return command;
}

} // namespace headroom::cli
