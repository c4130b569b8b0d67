// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/presets/presets.h"

#include "core/accounting/parameters.h"
#include "core/config/expand.h"
#include "core/presets/embedded_presets.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <tuple>

namespace headroom {
namespace {

constexpr std::string_view model_folder = "models/";
constexpr std::string_view device_folder = "hardware/";

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// "models/qwen3-8b.json" -> "qwen3-8b"
std::string_view id_of(std::string_view path, std::string_view folder) {
    path.remove_prefix(folder.size());
    path.remove_suffix(std::string_view(".json").size());
    return path;
}

std::int64_t total_of(const ModelPreset& preset) {
    const Result<ModelSpec> spec = expand_layers(preset.config);
    if (!spec) {
        return 0;
    }
    const Result<ParameterReport> report = count_parameters(*spec);
    return report ? report->total : 0;
}

std::vector<ModelPreset> read_models() {
    std::vector<std::pair<std::int64_t, ModelPreset>> sized;
    for (const EmbeddedFile& file : embedded_presets()) {
        if (!file.path.starts_with(model_folder)) {
            continue;
        }
        Result<ModelPreset> preset = parse_preset(file.text, id_of(file.path, model_folder));
        assert(preset && "a shipped preset must be readable; tst_presets names it");
        if (preset) {
            const std::int64_t total = total_of(*preset);
            sized.emplace_back(total, std::move(*preset));
        }
    }
    std::stable_sort(sized.begin(), sized.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second.family, a.first, a.second.name) <
               std::tie(b.second.family, b.first, b.second.name);
    });
    std::vector<ModelPreset> presets;
    presets.reserve(sized.size());
    for (auto& [total, preset] : sized) {
        presets.push_back(std::move(preset));
    }
    return presets;
}

std::vector<DeviceProfile> read_devices() {
    std::vector<DeviceProfile> devices;
    for (const EmbeddedFile& file : embedded_presets()) {
        if (!file.path.starts_with(device_folder)) {
            continue;
        }
        Result<DeviceProfile> device = parse_device(file.text, file.path);
        assert(device && "a shipped device must be readable; tst_presets names it");
        if (device) {
            devices.push_back(std::move(*device));
        }
    }
    return devices;
}

template <class T>
const T* find_by_name(const std::vector<T>& list, std::string_view name) {
    const std::string wanted = lower(name);
    const auto it = std::find_if(list.begin(), list.end(), [&](const T& item) {
        return lower(item.id) == wanted || lower(item.name) == wanted;
    });
    return it == list.end() ? nullptr : &*it;
}

} // namespace

const std::vector<ModelPreset>& model_presets() {
    static const std::vector<ModelPreset> presets = read_models();
    return presets;
}

const ModelPreset* find_model_preset(std::string_view name) {
    return find_by_name(model_presets(), name);
}

const std::vector<DeviceProfile>& device_presets() {
    static const std::vector<DeviceProfile> devices = read_devices();
    return devices;
}

const DeviceProfile* find_device(std::string_view name) {
    return find_by_name(device_presets(), name);
}

std::string_view embedded_preset(std::string_view path) {
    for (const EmbeddedFile& file : embedded_presets()) {
        if (file.path == path) {
            return file.text;
        }
    }
    return {};
}

} // namespace headroom
