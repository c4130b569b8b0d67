// SPDX-License-Identifier: GPL-3.0-or-later
// What a config.json leaves out or says twice, after its fields are read.
#include "core/config/config_fields.h"
#include "core/config/config_sentences.h"
#include "core/config/families.h"
#include "core/config/json_value.h"
#include "core/config/layer_patterns.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom {

using nlohmann::json;

namespace {

/// moe_layers is a set of layers: ascending, each once. An empty one in the file says that no layer
/// has experts; inside, where empty means "by the step", a step beyond the last layer says so.
Status complete_moe_layers(const json& object, ModelConfig& config) {
    const auto it = object.find("moe_layers");
    const FieldInfo& step = *find_field("interleave_moe_layer_step");
    if (it != object.end() && it->is_array() && it->empty() && field_applies(config, step) &&
        config.interleave_moe_layer_step <= config.num_hidden_layers) {
        if (config.num_hidden_layers >= step.maximum) {
            return wrong_value("moe_layers", *it, config_says<"null-or-a-layer">());
        }
        config.interleave_moe_layer_step = config.num_hidden_layers + 1;
    }
    std::vector<std::int64_t>& layers = config.moe_layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (layers[i] >= config.num_hidden_layers) {
            return Error{
                {},
                "moe_layers[" + std::to_string(i) + "]",
                found_expected(layers[i], config_says<"layer-below">(config.num_hidden_layers))};
        }
    }
    std::sort(layers.begin(), layers.end());
    layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
    return std::monostate{};
}

/// layer_types of a family that does not read them must not say what its layers are not.
Status check_idle_layer_types(const json& object, const Family& family, const ModelConfig& config) {
    const auto it = object.find("layer_types");
    if (it == object.end() || !it->is_array() ||
        field_applies(config, *find_field("layer_types"))) {
        return std::monostate{};
    }
    const auto layers = static_cast<std::size_t>(config.num_hidden_layers);
    if (it->size() != layers) {
        return wrong_value("layer_types", *it, config_says<"entry-for-each-layer">(layers));
    }
    for (std::size_t i = 0; i < layers; ++i) {
        const std::string_view span =
            layer_type_text(derived_layer_span(config, family, static_cast<std::int64_t>(i)));
        if ((*it)[i] != span) {
            return wrong_value("layer_types[" + std::to_string(i) + "]", (*it)[i],
                               config_says<"as-family-computes">(span, config.model_type));
        }
    }
    return std::monostate{};
}

/// mlp_layer_types, which says of each layer whether it has experts (GLM-4.7-Flash).
Status read_mlp_layer_types(const json& object, const Family& family, ModelConfig& config) {
    const auto it = object.find("mlp_layer_types");
    if (it == object.end() || it->is_null()) {
        return std::monostate{};
    }
    const auto layers = static_cast<std::size_t>(config.num_hidden_layers);
    if (!it->is_array() || it->size() != layers) {
        return wrong_value("mlp_layer_types", *it, config_says<"entry-for-each-layer">(layers));
    }
    if (family.moe == MoeRule::FirstDense) {
        const auto sparse =
            std::find_if(it->begin(), it->end(), [](const json& type) { return type != "dense"; });
        config.first_k_dense_replace = sparse - it->begin();
    }
    for (std::size_t i = 0; i < layers; ++i) {
        const std::string_view type = mlp_layer_type(config, family, static_cast<std::int64_t>(i));
        if ((*it)[i] != type) {
            return wrong_value("mlp_layer_types[" + std::to_string(i) + "]", (*it)[i],
                               config_says<"as-family-computes">(type, config.model_type));
        }
    }
    return std::monostate{};
}

/// rotary_dim counts dimensions where others state a share of them.
Status read_rotary_dim(const json& object, const Family& family, ModelConfig& config) {
    const auto it = object.find("rotary_dim");
    if (!family.has_rotary_dim || it == object.end() || it->is_null() ||
        config.partial_rotary_factor != 1.0) {
        return std::monostate{};
    }
    const auto dim = as_integer(*it);
    if (!dim || *dim < 1 || *dim > config.head_dim) {
        return wrong_value("rotary_dim", *it, base_says<"integer-from-to">(1, config.head_dim));
    }
    double share = static_cast<double>(*dim) / static_cast<double>(config.head_dim);
    config.partial_rotary_factor = share;
    if (partial_rotary_dim(config, config.head_dim) < *dim) { // the quotient was rounded down
        config.partial_rotary_factor = std::nextafter(share, 1.0);
    }
    return std::monostate{};
}

} // namespace

Status complete_config(const json& object, const Family& family, ModelConfig& config) {
    if (config.num_key_value_heads == 0) {
        config.num_key_value_heads = config.num_attention_heads;
    }
    // A rope object may hold what the family does not read.
    if (family.may_have(AttentionKind::Latent) && config.partial_rotary_factor != 1.0) {
        return Error{{},
                     "partial_rotary_factor",
                     found_expected(config_says<"share">(), config_says<"no-share-of-latent">())};
    }
    if (!family.partial_rotary) {
        config.partial_rotary_factor = 1.0;
    }
    if (!family.local_rope) {
        config.rope_local_base_freq = ModelConfig{}.rope_local_base_freq;
    }
    if (family.may_have(AttentionKind::Grouped) && config.head_dim == 0) {
        if (config.num_attention_heads <= 0 ||
            config.hidden_size % config.num_attention_heads != 0) {
            return Error{{},
                         "head_dim",
                         found_expected(base_says<"none">(),
                                        config_says<"head-dim-given">(config.hidden_size,
                                                                      config.num_attention_heads))};
        }
        config.head_dim = config.hidden_size / config.num_attention_heads;
    }
    if (Status status = read_rotary_dim(object, family, config); !status) {
        return status;
    }
    if (family.may_have(AttentionKind::Latent)) {
        config.head_dim = 0; // the Hub puts qk_rope_head_dim there
        config.num_key_value_heads = config.num_attention_heads;
    }
    if (config.intermediate_size == 0 && family.naming == TensorNaming::Gpt2) {
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
                         found_expected(base_says<"entries">(size),
                                        config_says<"one-for-each-layer">(layers))};
        }
        return std::monostate{};
    };
    const auto sparse = static_cast<std::size_t>(family.default_sparse_layers);
    if (sparse > 0 && config.activation_sparsity_pattern.empty() && layers > sparse) {
        config.activation_sparsity_pattern.assign(layers, 0.0);
        std::fill_n(config.activation_sparsity_pattern.begin(), sparse, 0.95);
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
    if (Status status = check_idle_layer_types(object, family, config); !status) {
        return status;
    }
    if (Status status = read_mlp_layer_types(object, family, config); !status) {
        return status;
    }
    for (std::size_t i = 0; i < config.layer_types.size(); ++i) {
        if (!span_from_layer_type(config.layer_types[i])) {
            return wrong_value("layer_types[" + std::to_string(i) + "]", config.layer_types[i],
                               layer_type_names());
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

} // namespace headroom
