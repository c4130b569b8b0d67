// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/rope_scaling.h"

#include "core/base/base_sentences.h"
#include "core/config/config_fields.h"
#include "core/config/families.h"

#include <algorithm>
#include <cmath>

namespace headroom {

namespace {

constexpr double first_factor = 4.0;
constexpr std::int64_t longest_context = std::int64_t{1} << 40;

Error refusal(const char* key, Argument found, Argument expected) {
    return {"", std::string("rope_scaling.") + key,
            found_expected(std::move(found), std::move(expected))};
}

} // namespace

std::vector<std::string> rope_scaling_choices(const ModelConfig& config) {
    const Family* family = find_family(config.model_type);
    if (family == nullptr || !family->has_rotary) {
        return {};
    }
    std::vector<std::string> choices{"default", "linear", "dynamic", "yarn", "llama3"};
    const std::string& own = config.rope_scaling.rope_type;
    if (std::find(choices.begin(), choices.end(), own) == choices.end()) {
        choices.push_back(own);
    }
    return choices;
}

RopeScaling started_rope_scaling(const ModelConfig& config, std::string_view rope_type) {
    const RopeScaling& now = config.rope_scaling;
    RopeScaling started;
    started.rope_type = rope_type;
    if (rope_type == "default") {
        return started;
    }
    if (rope_type == now.rope_type) {
        return now;
    }
    started.factor =
        now.rope_type == "default" || now.rope_type == "longrope" ? first_factor : now.factor;
    if (uses_trained_context(started)) {
        started.original_max_position_embeddings =
            now.original_max_position_embeddings.value_or(config.max_position_embeddings);
    }
    return started;
}

bool uses_trained_context(const RopeScaling& scaling) {
    return scaling.rope_type == "yarn" || scaling.rope_type == "llama3" ||
           scaling.rope_type == "longrope";
}

Status set_rope_scaling(ModelConfig& config, const RopeScaling& scaling) {
    const std::vector<std::string> choices = rope_scaling_choices(config);
    if (std::find(choices.begin(), choices.end(), scaling.rope_type) == choices.end()) {
        return refusal("rope_type", scaling.rope_type,
                       choices.empty() ? base_says<"none">() : base_says<"one-of">(Names{choices}));
    }
    if (!std::isfinite(scaling.factor) || scaling.factor < least_rope_factor ||
        scaling.factor > largest_rope_factor) {
        return refusal("factor", shortest(scaling.factor),
                       base_says<"number-from-to">(shortest(least_rope_factor),
                                                   shortest(largest_rope_factor)));
    }
    const auto& trained = scaling.original_max_position_embeddings;
    if (trained && (*trained < 1 || *trained > longest_context)) {
        return refusal("original_max_position_embeddings", *trained,
                       base_says<"integer-from-to">(1, longest_context));
    }
    config.rope_scaling = scaling;
    return std::monostate{};
}

} // namespace headroom
