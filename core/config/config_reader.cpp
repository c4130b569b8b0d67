// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/config/families.h"
#include "core/config/layer_patterns.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

using nlohmann::json;

/// A JSON value in an error message: short, on one line.
std::string shown(const json& value) {
    if (value.is_array()) { // described, not printed: nesting may be deeper than the stack
        return "a list of " + std::to_string(value.size());
    }
    if (value.is_object()) {
        return "an object";
    }
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > 60) {
        text = text.substr(0, 57) + "...";
    }
    return text;
}

Error wrong(std::string path, const json& found, std::string_view expected) {
    return {{}, std::move(path), "found " + shown(found) + ", expected " + std::string(expected)};
}

std::optional<std::int64_t> as_integer(const json& value) {
    if (value.is_number_unsigned()) {
        const auto n = value.get<std::uint64_t>();
        if (n <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return static_cast<std::int64_t>(n);
        }
        return std::nullopt;
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    }
    if (value.is_number_float()) { // 8192.0 where 8192 is meant
        const double d = value.get<double>();
        if (std::floor(d) == d && std::abs(d) < 9.0e15) {
            return static_cast<std::int64_t>(d);
        }
    }
    return std::nullopt;
}

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
                return wrong(key, value, "an integer");
            } else if constexpr (std::is_same_v<T, double> ||
                                 std::is_same_v<T, std::optional<double>>) {
                if (value.is_number()) {
                    return FieldValue{value.get<double>()};
                }
                return wrong(key, value, "a number");
            } else if constexpr (std::is_same_v<T, bool>) {
                if (value.is_boolean()) {
                    return FieldValue{value.get<bool>()};
                }
                return wrong(key, value, "true or false");
            } else if constexpr (std::is_same_v<T, std::string>) {
                if (value.is_string()) {
                    return FieldValue{value.get<std::string>()};
                }
                return wrong(key, value, "a text");
            } else {
                if (!value.is_array()) {
                    return wrong(key, value, "a list");
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
                            return wrong(path, item, "an integer");
                        }
                        list.push_back(*n);
                    } else if constexpr (std::is_same_v<T, std::vector<double>>) {
                        if (!item.is_number()) {
                            return wrong(path, item, "a number");
                        }
                        list.push_back(item.get<double>());
                    } else {
                        if (!item.is_string()) {
                            return wrong(path, item, "a text");
                        }
                        list.push_back(item.get<std::string>());
                    }
                }
                return FieldValue{list};
            }
        },
        field.member);
}

/// Keys that change what the model computes and that no supported family covers. A configuration
/// that sets one is refused: leaving it out would give figures of another model.
struct RefusedKey {
    std::string_view key;
    std::string_view what;
    bool (*is_set)(const json& value);
};
bool not_null(const json& v) {
    return !v.is_null();
}
bool is_true(const json& v) {
    return v.is_boolean() && v.get<bool>();
}
bool is_false(const json& v) {
    return v.is_boolean() && !v.get<bool>();
}
bool not_absolute(const json& v) {
    return !v.is_null() && v != "absolute";
}
constexpr auto refused = std::to_array<RefusedKey>({
    {"index_topk", "no sparse-attention indexer", not_null},
    {"index_n_heads", "no sparse-attention indexer", not_null},
    {"index_head_dim", "no sparse-attention indexer", not_null},
    {"linear_num_key_heads", "no linear attention", not_null},
    {"linear_num_value_heads", "no linear attention", not_null},
    {"mamba_d_state", "no state-space layers", not_null},
    {"ssm_state_size", "no state-space layers", not_null},
    {"position_embedding_type", "\"absolute\"", not_absolute},
    {"add_cross_attention", "false: cross-attention is not supported", is_true},
    {"is_decoder", "false: decoder use of an encoder is not supported", is_true},
    {"scale_attn_weights", "true", is_false},
    {"scale_attn_by_inverse_layer_idx", "false", is_true},
    {"use_bidirectional_attention", "false", is_true},
    {"clip_qkv", "null: clipped projections are not supported", not_null},
});

Status check_refused(const json& object, const Family& family) {
    for (const RefusedKey& entry : refused) {
        if (entry.key == "is_decoder" && !family.is_encoder) {
            continue; // decoders may say so
        }
        const auto it = object.find(entry.key);
        if (it != object.end() && entry.is_set(*it)) {
            return wrong(std::string(entry.key), *it, entry.what);
        }
    }
    return std::monostate{};
}

Status read_number(const json& object, const char* key, const std::string& path, double& target) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null()) {
        return std::monostate{};
    }
    if (!it->is_number() || !std::isfinite(it->get<double>())) {
        return wrong(path + "." + key, *it, "a number");
    }
    target = it->get<double>();
    return std::monostate{};
}

Status read_number(const json& object, const char* key, const std::string& path,
                   std::optional<double>& target) {
    double value = std::numeric_limits<double>::quiet_NaN();
    Status status = read_number(object, key, path, value);
    if (status && !std::isnan(value)) {
        target = value;
    }
    return status;
}

/// One rope_scaling or rope_parameters object into scaling, theta and the rotary share.
Status read_rope(const json& object, const std::string& path, RopeScaling& scaling, double& theta,
                 double& partial) {
    if (object.is_null()) {
        return std::monostate{};
    }
    if (!object.is_object()) {
        return wrong(path, object, "an object or null");
    }
    scaling = RopeScaling{};
    for (const char* key : {"type", "rope_type"}) {
        const auto it = object.find(key);
        if (it != object.end() && !it->is_null()) {
            if (!it->is_string()) {
                return wrong(path + "." + key, *it, "a text");
            }
            scaling.rope_type = it->get<std::string>();
        }
    }
    if (scaling.rope_type == "su") {
        scaling.rope_type = "longrope"; // its first name
    }
    constexpr std::array known = {"default", "linear", "dynamic", "yarn", "llama3", "longrope"};
    if (std::find(known.begin(), known.end(), scaling.rope_type) == known.end()) {
        return wrong(path + ".rope_type", scaling.rope_type,
                     "default, linear, dynamic, yarn, llama3 or longrope");
    }
    struct Entry {
        const char* key;
        double* number;
        std::optional<double>* optional;
    };
    for (const Entry& e :
         {Entry{"factor", &scaling.factor, nullptr},
          Entry{"beta_fast", &scaling.beta_fast, nullptr},
          Entry{"beta_slow", &scaling.beta_slow, nullptr},
          Entry{"low_freq_factor", &scaling.low_freq_factor, nullptr},
          Entry{"high_freq_factor", &scaling.high_freq_factor, nullptr},
          Entry{"rope_theta", &theta, nullptr}, Entry{"partial_rotary_factor", &partial, nullptr},
          Entry{"mscale", nullptr, &scaling.mscale},
          Entry{"mscale_all_dim", nullptr, &scaling.mscale_all_dim},
          Entry{"attention_factor", nullptr, &scaling.attention_factor}}) {
        Status status = e.number != nullptr ? read_number(object, e.key, path, *e.number)
                                            : read_number(object, e.key, path, *e.optional);
        if (!status) {
            return status;
        }
    }
    if (const auto it = object.find("original_max_position_embeddings");
        it != object.end() && !it->is_null()) {
        const auto n = as_integer(*it);
        if (!n || *n < 1) {
            return wrong(path + ".original_max_position_embeddings", *it, "a positive integer");
        }
        scaling.original_max_position_embeddings = *n;
    }
    if (const auto it = object.find("truncate"); it != object.end() && it->is_boolean()) {
        scaling.truncate = it->get<bool>();
    }
    for (const auto& [key, list] : {std::pair{"short_factor", &scaling.short_factor},
                                    std::pair{"long_factor", &scaling.long_factor}}) {
        if (const auto it = object.find(key); it != object.end() && it->is_array()) {
            for (const json& item : *it) {
                if (!item.is_number()) {
                    return wrong(path + "." + key, *it, "a list of numbers");
                }
                list->push_back(item.get<double>());
            }
        }
    }
    if (scaling.rope_type == "default") {
        scaling = RopeScaling{}; // whatever else the object holds has no effect
    }
    return std::monostate{};
}

Status read_rotary(const json& object, ModelConfig& config) {
    if (const auto it = object.find("rope_scaling"); it != object.end()) {
        // null leaves what the family's configuration class assumes (gpt_oss: YaRN). The classic
        // key's own rope_theta repeats the outer one; the outer one wins.
        double theta = config.rope_theta;
        Status status = read_rope(*it, "rope_scaling", config.rope_scaling, theta,
                                  config.partial_rotary_factor);
        if (!status) {
            return status;
        }
        if (!object.contains("rope_theta")) {
            config.rope_theta = theta;
        }
    }
    const auto it = object.find("rope_parameters");
    if (it == object.end() || it->is_null()) {
        return std::monostate{};
    }
    if (!it->is_object()) {
        return wrong("rope_parameters", *it, "an object");
    }
    const auto full = it->find("full_attention");
    const auto sliding = it->find("sliding_attention");
    if (full == it->end() && sliding == it->end()) {
        return read_rope(*it, "rope_parameters", config.rope_scaling, config.rope_theta,
                         config.partial_rotary_factor);
    }
    if (full != it->end()) {
        Status status = read_rope(*full, "rope_parameters.full_attention", config.rope_scaling,
                                  config.rope_theta, config.partial_rotary_factor);
        if (!status) {
            return status;
        }
    }
    if (sliding != it->end()) {
        RopeScaling scaling;
        double partial = 1.0;
        Status status = read_rope(*sliding, "rope_parameters.sliding_attention", scaling,
                                  config.rope_local_base_freq, partial);
        if (!status) {
            return status;
        }
        if (scaling.rope_type != "default") {
            return wrong("rope_parameters.sliding_attention.rope_type", scaling.rope_type,
                         "default");
        }
    }
    return std::monostate{};
}

Status read_position(const json& object, const Family& family, ModelConfig& config) {
    if (!family.has_rotary) {
        return std::monostate{};
    }
    if (const Status status = read_rotary(object, config); !status) {
        return status;
    }
    // Phi-3 says beside the scaling what others say inside it.
    RopeScaling& scaling = config.rope_scaling;
    const auto it = object.find("original_max_position_embeddings");
    if (it != object.end() && !it->is_null() && scaling.rope_type != "default" &&
        !scaling.original_max_position_embeddings) {
        const auto length = as_integer(*it);
        if (!length || *length < 1) {
            return wrong("original_max_position_embeddings", *it, "a positive integer");
        }
        scaling.original_max_position_embeddings = *length;
    }
    return std::monostate{};
}

/// Fields as listed; a canonical name wins over its synonyms.
Status read_fields(const json& object, ModelConfig& config) {
    for (const FieldInfo& field : config_fields()) {
        if (field.name == "model_type" || field.name == "intermediate_sizes" ||
            !field_applies(config, field)) {
            continue;
        }
        std::string key(field.name);
        auto it = object.find(key);
        if (it == object.end()) {
            for (const std::string_view synonym : field_synonyms(field)) {
                key = std::string(synonym);
                it = object.find(key);
                if (it != object.end()) {
                    break;
                }
            }
        }
        if (it == object.end()) {
            continue;
        }
        if (field.name == "intermediate_size" && it->is_array()) {
            Result<FieldValue> list = convert(*it, *find_field("intermediate_sizes"), key);
            if (!list) {
                return list.error();
            }
            config.intermediate_sizes = std::get<std::vector<std::int64_t>>(*list);
            if (config.intermediate_sizes.empty()) {
                return wrong(key, *it, "one integer, or one for each layer");
            }
            config.intermediate_size = config.intermediate_sizes.front();
            continue;
        }
        Result<FieldValue> value = convert(*it, field, key);
        if (!value) {
            return value.error();
        }
        if (std::holds_alternative<std::monostate>(*value)) {
            // null: "not set" of an optional field; of any other, "as the family computes it".
            const FieldInfo& f = field;
            std::visit(
                [&](auto member) {
                    auto& target = config.*member;
                    using T = std::remove_cvref_t<decltype(target)>;
                    if constexpr (requires { target.reset(); }) {
                        target.reset();
                    } else if constexpr (requires { target.clear(); }) {
                        target.clear();
                    } else if constexpr (std::is_same_v<T, std::int64_t>) {
                        target = f.name == "n_group" || f.name == "topk_group" ||
                                         f.name == "moe_layer_freq"
                                     ? 1
                                     : 0;
                    }
                },
                f.member);
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

/// moe_layers is a set of layers: ascending, each once. An empty one in the file says that no layer
/// has experts; inside, where empty means "by the step", a step beyond the last layer says so.
Status complete_moe_layers(const json& object, ModelConfig& config) {
    const auto it = object.find("moe_layers");
    const FieldInfo& step = *find_field("interleave_moe_layer_step");
    if (it != object.end() && it->is_array() && it->empty() && field_applies(config, step) &&
        config.interleave_moe_layer_step <= config.num_hidden_layers) {
        if (config.num_hidden_layers >= step.maximum) {
            return wrong("moe_layers", *it, "null or at least one layer");
        }
        config.interleave_moe_layer_step = config.num_hidden_layers + 1;
    }
    std::vector<std::int64_t>& layers = config.moe_layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (layers[i] >= config.num_hidden_layers) {
            return Error{{},
                         "moe_layers[" + std::to_string(i) + "]",
                         "found " + std::to_string(layers[i]) + ", expected a layer below " +
                             std::to_string(config.num_hidden_layers)};
        }
    }
    std::sort(layers.begin(), layers.end());
    layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
    return std::monostate{};
}

/// Fills what the family computes from other fields and drops what only repeats a pattern, so that
/// the classic form and that of transformers 5 give the same design.
Status complete(const json& object, const Family& family, ModelConfig& config) {
    if (config.num_key_value_heads == 0) {
        config.num_key_value_heads = config.num_attention_heads;
    }
    // A rope object may hold what the family does not read.
    if (!family.partial_rotary) {
        config.partial_rotary_factor = 1.0;
    }
    if (!family.local_rope) {
        config.rope_local_base_freq = ModelConfig{}.rope_local_base_freq;
    }
    if (!family.is_latent && config.head_dim == 0) {
        if (config.num_attention_heads <= 0 ||
            config.hidden_size % config.num_attention_heads != 0) {
            return Error{{},
                         "head_dim",
                         "found none, expected a value, because hidden_size " +
                             std::to_string(config.hidden_size) +
                             " is not a multiple of num_attention_heads " +
                             std::to_string(config.num_attention_heads)};
        }
        config.head_dim = config.hidden_size / config.num_attention_heads;
    }
    if (family.is_latent) {
        config.head_dim = 0; // the Hub puts qk_rope_head_dim there
        config.num_key_value_heads = config.num_attention_heads;
    }
    if (config.intermediate_size == 0) {
        config.intermediate_size = 4 * config.hidden_size; // gpt2: n_inner null
    }
    const FieldInfo& use_window = *find_field("use_sliding_window");
    if (field_applies(config, use_window)) {
        // Files of transformers 5 leave the window out where it is not used; the classic ones name
        // a window that has no effect.
        if (!config.use_sliding_window) {
            config.sliding_window.reset();
        }
        config.use_sliding_window = config.sliding_window.has_value();
    }
    const auto layers = static_cast<std::size_t>(config.num_hidden_layers);
    const auto sized = [&](const char* name, std::size_t size) -> Status {
        if (size != 0 && size != layers) {
            return Error{{},
                         name,
                         "found " + std::to_string(size) + " entries, expected one for each of " +
                             std::to_string(layers) + " layers"};
        }
        return std::monostate{};
    };
    if (family.model_type == "gemma3n_text" && config.activation_sparsity_pattern.empty() &&
        layers > 10) {
        // Gemma3nTextConfig: the first ten layers of the default pattern are sparse.
        config.activation_sparsity_pattern.assign(layers, 0.0);
        std::fill_n(config.activation_sparsity_pattern.begin(), 10, 0.95);
    }
    for (const auto& [name, size] :
         {std::pair{"layer_types", config.layer_types.size()},
          std::pair{"no_rope_layers", config.no_rope_layers.size()},
          std::pair{"intermediate_size", config.intermediate_sizes.size()},
          std::pair{"activation_sparsity_pattern", config.activation_sparsity_pattern.size()}}) {
        if (Status status = sized(name, size); !status) {
            return status;
        }
    }
    // layer_types in a family that does not read them must at least not say something else.
    if (const auto it = object.find("layer_types");
        it != object.end() && it->is_array() &&
        !field_applies(config, *find_field("layer_types"))) {
        for (std::size_t i = 0; i < it->size(); ++i) {
            const json& type = (*it)[i];
            if (type != "full_attention" && type != "sliding_attention") {
                return wrong("layer_types[" + std::to_string(i) + "]", type,
                             "full_attention or sliding_attention");
            }
        }
    }
    for (std::size_t i = 0; i < config.layer_types.size(); ++i) {
        if (!span_from_layer_type(config.layer_types[i])) {
            return wrong("layer_types[" + std::to_string(i) + "]", config.layer_types[i],
                         "full_attention, sliding_attention or chunked_attention");
        }
    }
    const auto all_layers = [&](auto&& holds) {
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
            if (!holds(i)) {
                return false;
            }
        }
        return true;
    };
    if (all_layers([&](std::int64_t i) {
            return config.no_rope_layers.empty() ||
                   (config.no_rope_layers[static_cast<std::size_t>(i)] != 0) ==
                       derived_layer_uses_rope(config, family, i);
        })) {
        config.no_rope_layers.clear();
    }
    if (all_layers([&](std::int64_t i) {
            return config.layer_types.empty() ||
                   config.layer_types[static_cast<std::size_t>(i)] ==
                       layer_type_text(derived_layer_span(config, family, i));
        })) {
        config.layer_types.clear();
    }
    if (all_layers([&](std::int64_t i) {
            return config.intermediate_sizes.empty() ||
                   config.intermediate_sizes[static_cast<std::size_t>(i)] ==
                       config.intermediate_size;
        })) {
        config.intermediate_sizes.clear();
    }
    if (Status status = complete_moe_layers(object, config); !status) {
        return status;
    }
    if (family.moe == MoeRule::Interleaved && !config.moe_layers.empty()) {
        ModelConfig derived = config;
        derived.moe_layers.clear();
        if (all_layers([&](std::int64_t i) {
                return layer_has_experts(config, family, i) ==
                       layer_has_experts(derived, family, i);
            })) {
            config.moe_layers.clear();
        }
    }
    return std::monostate{};
}

Result<ModelConfig> from_json(const json& document) {
    if (!document.is_object()) {
        return wrong({}, document, "an object");
    }
    json merged;
    const json* object = &document;
    if (const auto it = document.find("text_config"); it != document.end() && !it->is_null()) {
        if (!it->is_object()) {
            return wrong("text_config", *it, "an object");
        }
        merged = *it;
        for (const char* outer : {"tie_word_embeddings", "model_type"}) {
            if (!merged.contains(outer) && document.contains(outer)) {
                merged[outer] = document[outer];
            }
        }
        object = &merged;
    }
    const auto type = object->find("model_type");
    if (type == object->end() || !type->is_string()) {
        return wrong("model_type", type == object->end() ? json() : *type,
                     "the name of a model family");
    }
    const std::string model_type(text_model_type(type->get_ref<const std::string&>()));
    const Family* family = find_family(model_type);
    if (family == nullptr) {
        std::string list;
        for (const Family& f : families()) {
            list += (list.empty() ? "" : ", ") + std::string(f.model_type);
        }
        return wrong("model_type", *type, "one of " + list);
    }
    ModelConfig config;
    family->defaults(config);
    config.model_type = model_type;
    for (Status status : {check_refused(*object, *family), read_fields(*object, config)}) {
        if (!status) {
            return status.error();
        }
    }
    if (Status status = read_position(*object, *family, config); !status) {
        return status.error();
    }
    if (Status status = complete(*object, *family, config); !status) {
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
        return Error{
            std::string(source), {}, "found text that is not JSON, expected a config.json"};
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

Result<ModelConfig> read_config(const std::filesystem::path& file_or_folder) {
    std::error_code error;
    std::filesystem::path file = file_or_folder;
    if (std::filesystem::is_directory(file, error)) {
        file /= "config.json";
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return Error{file.string(), {}, "found no readable file, expected a config.json"};
    }
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return parse_config(text, file.string());
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
