// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and writes config.json, in the Hub's classic form and in the form of transformers 5.
#pragma once

#include "core/base/result.h"
#include "core/config/model_config.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Reads one configuration. Understands defaults left out (filled from the family's table),
/// `null`s, `text_config`, `rope_parameters`, synonyms, and unrelated keys, which are ignored.
/// Errors: not JSON, a field of the wrong type or out of range, a model_type or feature that is
/// not supported, a required field that is missing. `source` names the file in errors.
Result<ModelConfig> parse_config(std::string_view json_text, std::string_view source = {});

/// As parse_config, from a file or a folder that holds config.json.
Result<ModelConfig> read_config(const std::filesystem::path& file_or_folder);

/// The text of a config.json, from a file or a folder that holds one.
Result<std::string> read_config_text(const std::filesystem::path& file_or_folder);

/// Keys of the parts that a multimodal config.json describes beside the text decoder, which alone
/// is read: vision_config, audio_config. None of any other text.
std::vector<std::string> left_out_parts(std::string_view json_text);

enum class ConfigForm { Classic, Transformers5 };

/// config.json that transformers loads; only fields that apply to the family are written.
std::string write_config(const ModelConfig& config, ConfigForm form = ConfigForm::Classic);

/// A design that ships with the program.
struct ModelPreset {
    std::string id;     ///< lower-case name for the command line: "qwen3-8b"
    std::string name;   ///< "Qwen3-8B"
    std::string family; ///< "Qwen3"
    std::string source;
    ModelConfig config;
};

/// Reads a preset: configuration keys and the "headroom" object {name, family, source}.
Result<ModelPreset> parse_preset(std::string_view json_text, std::string_view id);

} // namespace headroom
