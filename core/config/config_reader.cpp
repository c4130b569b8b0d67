// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/config/config_sentences.h"
#include "core/config/families.h"
#include "core/config/field_table.h"
#include "core/config/json_value.h"
#include "core/config/layer_patterns.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

using nlohmann::json;

/// The value of a JSON scalar or list of scalars in the type that the field has.
Result<FieldValue> convert(const json& value, const FieldInfo& field, const std::string& key) {
    return std::visit(
        [&](auto member) -> Result<FieldValue> {
            using T = std::remove_cvref_t<decltype(std::declval<ModelConfig&>().*member)>;
            if (value.is_null()) {
                return FieldValue{std::monostate{}};
            }
            if constexpr (std::is_same_v<T, std::int64_t> ||
                          std::is_same_v<T, std::optional<std::int64_t>>) {
                if (const auto n = as_integer(value)) {
                    return FieldValue{*n};
                }
                return wrong_value(key, value, base_says<"integer">());
            } else if constexpr (std::is_same_v<T, double> ||
                                 std::is_same_v<T, std::optional<double>>) {
                if (value.is_number()) {
                    return FieldValue{value.get<double>()};
                }
                return wrong_value(key, value, base_says<"number">());
            } else if constexpr (std::is_same_v<T, bool>) {
                if (value.is_boolean()) {
                    return FieldValue{value.get<bool>()};
                }
                return wrong_value(key, value, base_says<"true-or-false">());
            } else if constexpr (std::is_same_v<T, std::string>) {
                if (value.is_string()) {
                    return FieldValue{value.get<std::string>()};
                }
                return wrong_value(key, value, base_says<"text">());
            } else {
                if (!value.is_array()) {
                    return wrong_value(key, value, base_says<"list">());
                }
                T list;
                for (std::size_t i = 0; i < value.size(); ++i) {
                    const json& item = value[i];
                    const std::string path = key + "[" + std::to_string(i) + "]";
                    if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
                        const auto n = item.is_boolean()
                                           ? std::optional<std::int64_t>(item.get<bool>() ? 1 : 0)
                                           : as_integer(item);
                        if (!n) {
                            return wrong_value(path, item, base_says<"integer">());
                        }
                        list.push_back(*n);
                    } else if constexpr (std::is_same_v<T, std::vector<double>>) {
                        if (!item.is_number()) {
                            return wrong_value(path, item, base_says<"number">());
                        }
                        list.push_back(item.get<double>());
                    } else {
                        if (!item.is_string()) {
                            return wrong_value(path, item, base_says<"text">());
                        }
                        list.push_back(item.get<std::string>());
                    }
                }
                return FieldValue{list};
            }
        },
        field.member);
}

/// null: "not set" of an optional field or a list; of a size that the family computes, "compute
/// it"; of a count that may be zero, none; of a switch or a real number, as if left out.
Status read_null(ModelConfig& config, const FieldInfo& field, const std::string& key) {
    const bool is_computed = field.name == "num_key_value_heads" || field.name == "head_dim" ||
                             (field.name == "intermediate_size" &&
                              find_family(config.model_type)->naming == TensorNaming::Gpt2);
    const bool is_one =
        field.name == "n_group" || field.name == "topk_group" || field.name == "moe_layer_freq";
    const bool is_default = field.name == "sliding_window_pattern";
    return std::visit(
        [&](auto member) -> Status {
            auto& target = config.*member;
            using T = std::remove_cvref_t<decltype(target)>;
            if constexpr (requires { target.reset(); }) {
                target.reset();
            } else if constexpr (requires { target.clear(); }) {
                target.clear();
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                if (is_one) {
                    target = 1;
                } else if (is_computed || field.minimum == 0) {
                    target = 0;
                } else if (!is_default) {
                    return wrong_value(key, nullptr, base_says<"integer">());
                }
            }
            return std::monostate{};
        },
        field.member);
}

/// A field's value and the key under which it stands. The family's own key wins unless the
/// reference maps it to the field's name; synonyms come last.
std::pair<json::const_iterator, std::string> find_value(const json& object, const Family& family,
                                                        const FieldInfo& field) {
    std::vector<std::string_view> keys;
    for (const OwnKey& own : family.own_keys) {
        if (own.field == field.name && !own.is_mapped) {
            keys.push_back(own.key);
        }
    }
    keys.push_back(field.name);
    const std::vector<std::string_view> synonyms = field_synonyms(field);
    keys.insert(keys.end(), synonyms.begin(), synonyms.end());
    for (const std::string_view key : keys) {
        if (const auto it = object.find(key); it != object.end()) {
            return {it, std::string(key)};
        }
    }
    return {object.end(), {}};
}

/// sliding_window_pattern as EXAONE 4 has it: "LLLG", three layers that slide and one that does
/// not, or 0 where no window is set. False for the plain number of all others.
Result<bool> read_pattern(const json& value, ModelConfig& config) {
    if (as_integer(value) == 0 && !config.sliding_window) {
        return true;
    }
    if (!value.is_string()) {
        return false;
    }
    const auto& text = value.get_ref<const std::string&>();
    constexpr const FieldInfo& pattern = config_field("sliding_window_pattern");
    if (text.empty() || !in_range(pattern, static_cast<std::int64_t>(text.size())) ||
        text.find('G') != text.size() - 1 || text.find_first_not_of('L') != text.size() - 1) {
        return wrong_value("sliding_window_pattern", value, config_says<"window-pattern">());
    }
    config.sliding_window_pattern = static_cast<std::int64_t>(text.size());
    return true;
}

/// Fields as listed.
Status read_fields(const json& object, ModelConfig& config) {
    const Family* family = find_family(config.model_type);
    for (const FieldInfo& field : config_fields()) {
        if (field.name == "model_type" || field.name == "intermediate_sizes" ||
            !field_applies(config, field)) {
            continue;
        }
        const auto [it, key] = find_value(object, *family, field);
        if (it == object.end()) {
            continue;
        }
        if (field.name == "sliding_window_pattern") {
            Result<bool> read = read_pattern(*it, config);
            if (!read) {
                return read.error();
            }
            if (*read) {
                continue;
            }
        }
        if (field.name == "intermediate_size" && it->is_array()) {
            Result<FieldValue> list = convert(*it, *find_field("intermediate_sizes"), key);
            if (!list) {
                return list.error();
            }
            config.intermediate_sizes = std::get<std::vector<std::int64_t>>(*list);
            if (config.intermediate_sizes.empty()) {
                return wrong_value(key, *it, config_says<"one-or-each-layer">());
            }
            config.intermediate_size = config.intermediate_sizes.front();
            continue;
        }
        Result<FieldValue> value = convert(*it, field, key);
        if (!value) {
            return value.error();
        }
        if (std::holds_alternative<std::monostate>(*value)) {
            if (Status status = read_null(config, field, key); !status) {
                return status;
            }
            continue;
        }
        Status status = assign_field(config, field, *value);
        if (!status) {
            Error error = status.error();
            if (error.path.starts_with(field.name)) {
                error.path = key + error.path.substr(field.name.size());
            }
            return error;
        }
    }
    return std::monostate{};
}

/// The part of the file that describes the text decoder. It lies in the file: what is nested deeper
/// than the stack can be moved and looked at, but not copied.
struct TextPart {
    json* object = nullptr;
    const TextDecoder* decoder = nullptr; ///< of a multimodal model
    bool is_inner = false;                ///< a text_config
};

/// What an unsupported model has that no family covers: its name alone does not tell.
std::string unsupported_part(const json& object) {
    if (const Status status = check_refused_keys(object, nullptr); !status) {
        return status.error().path;
    }
    if (const auto types = object.find("layer_types"); types != object.end() && types->is_array()) {
        for (std::size_t i = 0; i < types->size(); ++i) {
            const json& type = (*types)[i];
            if (type.is_string() && !span_from_layer_type(type.get_ref<const std::string&>())) {
                return "layer_types[" + std::to_string(i) + "] = " + type.get<std::string>();
            }
        }
    }
    return {};
}

Error unsupported_type(const json& type, const json& object) {
    Names known;
    for (const Family& family : families()) {
        known.names.emplace_back(family.model_type);
    }
    Error error = wrong_value("model_type", type, base_says<"one-of">(std::move(known)));
    if (std::string part = unsupported_part(object); !part.empty()) {
        error.message =
            config_says<"not-supported-in-it">(std::move(error.message), std::move(part));
    }
    return error;
}

Result<TextPart> text_part(json& document) {
    if (!document.is_object()) {
        return wrong_value({}, document, base_says<"object">());
    }
    TextPart part;
    if (const auto it = document.find("text_config"); it != document.end() && !it->is_null()) {
        if (!it->is_object()) {
            return wrong_value("text_config", *it, base_says<"object">());
        }
        part.is_inner = true;
        for (const char* outer : {"tie_word_embeddings", "model_type"}) {
            if (!it->contains(outer) && document.contains(outer)) {
                (*it)[outer] = std::move(document[outer]);
            }
        }
    }
    part.object = part.is_inner ? &document["text_config"] : &document;
    const auto type = part.object->find("model_type");
    if (type == part.object->end() || !type->is_string()) {
        static const json nothing;
        return wrong_value("model_type", type == part.object->end() ? nothing : *type,
                           config_says<"family-name">());
    }
    part.decoder = find_text_decoder(type->get_ref<const std::string&>());
    return part;
}

/// Positions of text are equal on all three axes, so that mrope turns as plain RoPE does.
void drop_mrope(json& object) {
    const auto scaling = object.find("rope_scaling");
    if (scaling == object.end() || !scaling->is_object()) {
        return;
    }
    for (const char* key : {"type", "rope_type"}) {
        if (const auto it = scaling->find(key); it != scaling->end() && *it == "mrope") {
            *it = "default";
        }
    }
}

Result<ModelConfig> from_json(json& document) {
    Result<TextPart> part = text_part(document);
    if (!part) {
        return part.error();
    }
    json& object = *part->object;
    const json& type = object["model_type"];
    const TextDecoder* decoder = part->decoder;
    const Family* family =
        find_family(decoder != nullptr ? decoder->family : type.get_ref<const std::string&>());
    if (family == nullptr) {
        return unsupported_type(type, object);
    }
    ModelConfig config;
    if (decoder != nullptr && decoder->defaults != nullptr) {
        decoder->defaults(config);
    } else {
        family->defaults(config);
    }
    config.model_type = family->model_type;
    if (decoder != nullptr && decoder->has_mrope) {
        drop_mrope(object);
    }
    for (Status status :
         {check_refused_keys(object, family),
          check_architecture(document, *family, part->is_inner || decoder != nullptr),
          read_fields(object, config)}) {
        if (!status) {
            return status.error();
        }
    }
    if (Status status = read_position(object, *family, config); !status) {
        return status.error();
    }
    if (Status status = complete_config(object, *family, config); !status) {
        return status.error();
    }
    return config;
}

template <class T>
Result<T> with_file(Result<T> result, std::string_view source) {
    if (result) {
        return result;
    }
    Error error = result.error();
    error.file = std::string(source);
    return error;
}

Result<json> parse_json(std::string_view text, std::string_view source) {
    json document = json::parse(text, nullptr, false);
    if (document.is_discarded()) {
        return Error{std::string(source),
                     {},
                     found_expected(config_says<"not-json">(), config_says<"config-json">())};
    }
    return document;
}

} // namespace

Result<ModelConfig> parse_config(std::string_view json_text, std::string_view source) {
    Result<json> document = parse_json(json_text, source);
    if (!document) {
        return document.error();
    }
    return with_file(from_json(*document), source);
}

Result<std::string> read_config_text(const std::filesystem::path& file_or_folder) {
    std::error_code error;
    std::filesystem::path file = file_or_folder;
    if (std::filesystem::is_directory(file, error)) {
        file /= "config.json";
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return Error{file.string(),
                     {},
                     found_expected(base_says<"no-readable-file">(), config_says<"config-json">())};
    }
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

Result<ModelConfig> read_config(const std::filesystem::path& file_or_folder) {
    const Result<std::string> text = read_config_text(file_or_folder);
    if (!text) {
        return text.error();
    }
    std::error_code error;
    const std::filesystem::path file = std::filesystem::is_directory(file_or_folder, error)
                                           ? file_or_folder / "config.json"
                                           : file_or_folder;
    return parse_config(*text, file.string());
}

Result<ModelPreset> parse_preset(std::string_view json_text, std::string_view id) {
    Result<json> document = parse_json(json_text, id);
    if (!document) {
        return document.error();
    }
    Result<ModelConfig> config = with_file(from_json(*document), id);
    if (!config) {
        return config.error();
    }
    ModelPreset preset{.id = std::string(id),
                       .name = std::string(id),
                       .family = {},
                       .source = {},
                       .config = std::move(*config)};
    if (const auto it = document->find("headroom"); it != document->end() && it->is_object()) {
        for (const auto& [key, target] :
             {std::pair{"name", &preset.name}, std::pair{"family", &preset.family},
              std::pair{"source", &preset.source}}) {
            if (const auto text = it->find(key); text != it->end() && text->is_string()) {
                *target = text->get<std::string>();
            }
        }
    }
    return preset;
}

} // namespace headroom
