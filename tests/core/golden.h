// SPDX-License-Identifier: GPL-3.0-or-later
// The golden models of tests/golden: their names and their JSON files.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace golden {

inline std::filesystem::path folder() {
    return std::filesystem::path(HEADROOM_SOURCE_DIR) / "tests" / "golden";
}

inline std::vector<std::string> names() {
    std::vector<std::string> list;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
        if (entry.is_directory()) {
            list.push_back(entry.path().filename().string());
        }
    }
    std::sort(list.begin(), list.end());
    return list;
}

inline std::string text(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline nlohmann::json json(const std::filesystem::path& file) {
    return nlohmann::json::parse(text(file), nullptr, false);
}

/// The header of a safetensors file: {name: {dtype, shape, data_offsets}}.
inline nlohmann::json safetensors_header(const std::filesystem::path& file) {
    const std::string bytes = text(file);
    std::uint64_t size = 0;
    for (int i = 7; i >= 0; --i) {
        size = size << 8 | static_cast<unsigned char>(bytes.at(static_cast<std::size_t>(i)));
    }
    return nlohmann::json::parse(bytes.substr(8, size), nullptr, false);
}

} // namespace golden
