// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_io.h"
#include "core/config/families.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace headroom {

using nlohmann::json;

std::vector<std::string> left_out_parts(std::string_view json_text) {
    const json document = json::parse(json_text, nullptr, false);
    if (!document.is_object()) {
        return {};
    }
    const auto type = document.find("model_type");
    const bool is_multimodal = document.contains("text_config") ||
                               (type != document.end() && type->is_string() &&
                                find_text_decoder(type->get_ref<const std::string&>()) != nullptr);
    if (!is_multimodal) {
        return {};
    }
    // Those describe the text decoder, or how the file is stored and used.
    constexpr std::array<std::string_view, 4> others = {"text_config", "quantization_config",
                                                        "compression_config", "generation_config"};
    std::vector<std::string> parts;
    for (const auto& [key, value] : document.items()) {
        if (key.ends_with("_config") && value.is_object() &&
            std::find(others.begin(), others.end(), key) == others.end()) {
            parts.push_back(key);
        }
    }
    return parts;
}

} // namespace headroom
