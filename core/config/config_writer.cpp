// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/overloaded.h"
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/config/families.h"
#include "core/config/feed_forward_spec.h"
#include "core/config/layer_patterns.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

/// The key under which the family's own configuration class keeps a field.
std::string_view written_name(const Family& family, std::string_view field) {
    for (const OwnKey& own : family.own_keys) {
        if (field == own.field) {
            return own.key;
        }
    }
    if (field == "num_experts") {
        switch (family.moe) {
        case MoeRule::FirstDense:
            return "n_routed_experts";
        case MoeRule::Every:
        case MoeRule::Interleaved:
            return "num_local_experts";
        case MoeRule::None:
        case MoeRule::SparseStep:
            return "num_experts";
        }
    }
    return field;
}

Json scaling_json(const RopeScaling& s) {
    Json out = {{"rope_type", s.rope_type}};
    if (s.rope_type == "default") {
        return out;
    }
    if (s.rope_type != "longrope" || s.factor != 1.0) {
        out["factor"] = s.factor;
    }
    if (s.original_max_position_embeddings) {
        out["original_max_position_embeddings"] = *s.original_max_position_embeddings;
    }
    if (s.rope_type == "yarn") {
        out["beta_fast"] = s.beta_fast;
        out["beta_slow"] = s.beta_slow;
        if (!s.truncate) {
            out["truncate"] = false;
        }
    }
    if (s.mscale) {
        out["mscale"] = *s.mscale;
    }
    if (s.mscale_all_dim) {
        out["mscale_all_dim"] = *s.mscale_all_dim;
    }
    if (s.attention_factor) {
        out["attention_factor"] = *s.attention_factor;
    }
    if (s.rope_type == "llama3") {
        out["low_freq_factor"] = s.low_freq_factor;
        out["high_freq_factor"] = s.high_freq_factor;
    }
    if (s.rope_type == "longrope") {
        out["short_factor"] = s.short_factor;
        out["long_factor"] = s.long_factor;
    }
    return out;
}

Json rope_parameters(const ModelConfig& config, const Family& family) {
    Json full = scaling_json(config.rope_scaling);
    full["rope_theta"] = config.rope_theta;
    if (family.partial_rotary) {
        full["partial_rotary_factor"] = config.partial_rotary_factor;
    }
    if (!family.local_rope) {
        return full;
    }
    return {{"full_attention", full},
            {"sliding_attention",
             {{"rope_type", "default"}, {"rope_theta", config.rope_local_base_freq}}}};
}

/// Numbers that the reference's configuration classes declare as integers: they refuse 256.0.
constexpr std::array<std::string_view, 2> whole_numbers{"query_pre_attn_scalar", "floor_scale"};

bool is_whole_number(const FieldInfo& field, const FieldValue& value) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr && *number == std::floor(*number) && std::abs(*number) < 9e15 &&
           std::find(whole_numbers.begin(), whole_numbers.end(), field.name) != whole_numbers.end();
}

Json value_json(const FieldValue& value) {
    return std::visit(Overloaded{
                          [](std::monostate) { return Json(nullptr); },
                          [](bool v) { return Json(v); },
                          [](std::int64_t v) { return Json(v); },
                          [](double v) { return Json(v); },
                          [](const std::string& v) { return Json(v); },
                          [](const std::vector<std::int64_t>& v) { return Json(v); },
                          [](const std::vector<double>& v) { return Json(v); },
                          [](const std::vector<std::string>& v) { return Json(v); },
                      },
                      value);
}

/// Lists that transformers 5 expects even where a pattern says the same.
void write_layer_lists(const ModelConfig& config, const Family& family, Json& out) {
    if (field_applies(config, *find_field("layer_types"))) {
        Json types = Json::array();
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
            types.push_back(layer_type_text(layer_span(config, family, i)));
        }
        out["layer_types"] = types;
    }
    if (family.no_rope_layers) {
        Json uses = Json::array();
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
            uses.push_back(layer_uses_rope(config, family, i) ? 1 : 0);
        }
        out["no_rope_layers"] = uses;
    }
    if (family.lists_mlp_types) {
        Json types = Json::array();
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
            types.push_back(mlp_layer_type(config, family, i));
        }
        out["mlp_layer_types"] = types;
    }
    if (family.moe == MoeRule::Interleaved) {
        Json layers = Json::array();
        for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
            if (layer_has_experts(config, family, i)) {
                layers.push_back(i);
            }
        }
        out["moe_layers"] = layers;
    }
}

} // namespace

std::string write_config(const ModelConfig& config, ConfigForm form) {
    const Family* family = find_family(config.model_type);
    Json out;
    if (family == nullptr) {
        return {};
    }
    out["architectures"] = Json::array({family->architecture});
    for (const FieldInfo& field : config_fields()) {
        const FieldValue value = field_value(config, field);
        const bool empty_list = std::visit(
            [](const auto& v) {
                if constexpr (requires { v.push_back(v.front()); }) {
                    return v.empty();
                } else {
                    return false;
                }
            },
            value);
        if (!field_applies(config, field) || field.name == "intermediate_sizes" || empty_list) {
            continue;
        }
        const bool rope_field = field.name == "rope_theta" ||
                                field.name == "rope_local_base_freq" ||
                                field.name == "partial_rotary_factor";
        if (rope_field && form == ConfigForm::Transformers5) {
            continue;
        }
        if (field.name == "intermediate_size" && !config.intermediate_sizes.empty()) {
            out["intermediate_size"] = config.intermediate_sizes;
            continue;
        }
        out[std::string(written_name(*family, field.name))] =
            is_whole_number(field, value) ? Json(static_cast<std::int64_t>(std::get<double>(value)))
                                          : value_json(value);
    }
    if (family->has_rotary_dim) {
        out["rotary_dim"] = partial_rotary_dim(config, config.head_dim);
    }
    write_layer_lists(config, *family, out);
    if (family->has_rotary) {
        if (form == ConfigForm::Transformers5) {
            out["rope_parameters"] = rope_parameters(config, *family);
        } else {
            // null would mean what the family assumes, which need not be unscaled.
            ModelConfig assumed;
            if (family->defaults != nullptr) {
                family->defaults(assumed);
            }
            const bool is_plain = config.rope_scaling.rope_type == "default" &&
                                  assumed.rope_scaling.rope_type == "default";
            out["rope_scaling"] = is_plain ? Json(nullptr) : scaling_json(config.rope_scaling);
        }
    }
    return out.dump(2) + "\n";
}

} // namespace headroom
