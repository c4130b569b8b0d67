// SPDX-License-Identifier: GPL-3.0-or-later
// Designs that a property must hold for: every preset, and of a family without one that by the
// defaults of its class, under its model_type.
#pragma once

#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/presets/presets.h"

#include <string>
#include <string_view>
#include <vector>

namespace design_list {

inline std::vector<std::string> names() {
    std::vector<std::string> list = headroom::supported_model_types();
    for (const headroom::ModelPreset& preset : headroom::model_presets()) {
        std::erase(list, preset.config.model_type);
    }
    for (const headroom::ModelPreset& preset : headroom::model_presets()) {
        list.push_back(preset.id);
    }
    return list;
}

inline headroom::ModelConfig config_of(std::string_view name) {
    if (const headroom::ModelPreset* preset = headroom::find_model_preset(name)) {
        return preset->config;
    }
    std::string keys = "\"model_type\": \"" + std::string(name) + "\"";
    if (name == "dots1") { // its class has no experts by default
        keys += R"(, "n_routed_experts": 128, "num_experts_per_tok": 6, "n_shared_experts": 2)";
    }
    return *headroom::parse_config("{" + keys + "}");
}

} // namespace design_list
