// SPDX-License-Identifier: GPL-3.0-or-later
// Position: rope_theta, rope_scaling of the classic form, rope_parameters of transformers 5.
#include "core/base/base_sentences.h"
#include "core/config/families.h"
#include "core/config/json_value.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace headroom {

using nlohmann::json;

namespace {

Status read_number(const json& object, const char* key, const std::string& path, double& target) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null()) {
        return std::monostate{};
    }
    if (!it->is_number() || !std::isfinite(it->get<double>())) {
        return wrong_value(path + "." + key, *it, base_says<"number">());
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

/// Keys that the type does not read, which files carry nevertheless, back to their defaults.
void drop_what_has_no_effect(RopeScaling& scaling) {
    const RopeScaling defaults;
    if (scaling.rope_type == "default") {
        scaling = defaults;
    }
    if (scaling.rope_type != "yarn") {
        scaling.beta_fast = defaults.beta_fast;
        scaling.beta_slow = defaults.beta_slow;
        scaling.truncate = defaults.truncate;
    }
    if (scaling.rope_type != "llama3") {
        scaling.low_freq_factor = defaults.low_freq_factor;
        scaling.high_freq_factor = defaults.high_freq_factor;
    }
    if (scaling.rope_type != "longrope") {
        scaling.short_factor.clear();
        scaling.long_factor.clear();
    }
}

/// One rope_scaling or rope_parameters object into scaling, theta and the rotary share.
Status read_rope(const json& object, const std::string& path, RopeScaling& scaling, double& theta,
                 double& partial) {
    if (object.is_null()) {
        return std::monostate{};
    }
    if (!object.is_object()) {
        return wrong_value(path, object, base_says<"object-or-null">());
    }
    scaling = RopeScaling{};
    const char* type_key = "rope_type";
    for (const char* key : {"type", "rope_type"}) {
        const auto it = object.find(key);
        if (it != object.end() && !it->is_null()) {
            if (!it->is_string()) {
                return wrong_value(path + "." + key, *it, base_says<"text">());
            }
            scaling.rope_type = it->get<std::string>();
            type_key = key;
        }
    }
    if (scaling.rope_type == "su") {
        scaling.rope_type = "longrope"; // its first name
    }
    constexpr std::array known = {"default", "linear", "dynamic", "yarn", "llama3", "longrope"};
    if (std::find(known.begin(), known.end(), scaling.rope_type) == known.end()) {
        return wrong_value(
            path + "." + type_key, scaling.rope_type,
            base_says<"either">(Names{{"default", "linear", "dynamic", "yarn", "llama3"}},
                                "longrope"));
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
            return wrong_value(path + ".original_max_position_embeddings", *it,
                               base_says<"positive-integer">());
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
                    return wrong_value(path + "." + key, *it, base_says<"list-of-numbers">());
                }
                list->push_back(item.get<double>());
            }
        }
    }
    drop_what_has_no_effect(scaling);
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
        return wrong_value("rope_parameters", *it, base_says<"object">());
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
            return wrong_value("rope_parameters.sliding_attention.rope_type", scaling.rope_type,
                               "default");
        }
    }
    return std::monostate{};
}

/// Whether the file gives sliding layers a base of their own.
bool says_local_theta(const json& object) {
    const auto it = object.find("rope_parameters");
    return object.contains("rope_local_base_freq") ||
           (it != object.end() && it->is_object() && it->contains("sliding_attention"));
}

} // namespace

Status read_position(const json& object, const Family& family, ModelConfig& config) {
    if (!family.has_rotary) {
        return std::monostate{};
    }
    if (const Status status = read_rotary(object, config); !status) {
        return status;
    }
    if (family.one_theta && !says_local_theta(object)) {
        config.rope_local_base_freq = config.rope_theta;
    }
    // Phi-3 says beside the scaling what others say inside it.
    RopeScaling& scaling = config.rope_scaling;
    const auto it = object.find("original_max_position_embeddings");
    if (it != object.end() && !it->is_null() && scaling.rope_type != "default" &&
        !scaling.original_max_position_embeddings) {
        const auto length = as_integer(*it);
        if (!length || *length < 1) {
            return wrong_value("original_max_position_embeddings", *it,
                               base_says<"positive-integer">());
        }
        scaling.original_max_position_embeddings = *length;
    }
    return std::monostate{};
}

} // namespace headroom
