// SPDX-License-Identifier: GPL-3.0-or-later
// Claims about layers, feed-forward, experts and training.
#include "core/accounting/operators.h"
#include "core/claims/check_claims.h"
#include "core/claims/check_parts.h"
#include "core/config/config_fields.h"
#include "core/config/layer_queries.h"
#include "core/presets/presets.h"

#include <array>
#include <cmath>
#include <optional>

namespace headroom::check {

namespace {

double as_double(std::int64_t number) {
    return static_cast<double>(number);
}

/// A copy with one field set; the field's dependants (layer patterns) follow.
Result<ModelConfig> with_field(ModelConfig config, std::string_view name, std::int64_t value) {
    if (Status status = set_field(config, *find_field(name), FieldValue(value)); !status) {
        return status.error();
    }
    return config;
}

Result<Outcome> layers_double() {
    const auto preset = shipped("llama-3-8b");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig& base = (*preset)->config;
    const Result<ModelConfig> doubled =
        with_field(base, "num_hidden_layers", 2 * base.num_hidden_layers);
    if (!doubled) {
        return doubled.error();
    }
    const Result<Analysis> a = analyze_at(base, 8192);
    const Result<Analysis> b = analyze_at(*doubled, 8192);
    if (!a || !b) {
        return a ? b.error() : a.error();
    }
    const double tokens_per_parameter = 20; // Hoffmann et al. 2022, arXiv:2203.15556
    const double needed = tokens_per_parameter * as_double(b->parameters.total);
    return Outcome{
        "Llama-3-8B, 32 to 64 layers: parameters " +
            fixed(as_double(b->parameters.total) / as_double(a->parameters.total), 2) +
            "x, decode FLOPs " +
            fixed(as_double(b->flops.decode_step) / as_double(a->flops.decode_step), 2) +
            "x; 20 tokens per parameter are " + fixed(needed / 1e12, 2) + " T tokens",
        std::abs(needed / 1.4e12 - 1) < 0.15 ? Verdict::Holds : Verdict::HoldsUnderCondition,
        "the growth holds; 1.4 T tokens are 20 per parameter (Hoffmann et al. 2022) for a model "
        "of " +
            fixed(1.4e12 / tokens_per_parameter / 1e9, 0) + " B parameters, whatever its depth"};
}

Result<Outcome> ffn_4x() {
    std::size_t plain = 0;
    std::size_t plain_4x = 0;
    std::size_t gated = 0;
    std::size_t gated_4x = 0;
    std::string figures;
    for (const ModelPreset& preset : model_presets()) {
        const Result<ModelSpec> spec = expand_layers(preset.config);
        if (!spec) {
            return spec.error();
        }
        const DenseFeedForward* dense = dense_of(spec->layer(0));
        if (dense == nullptr) {
            continue;
        }
        const double ratio = as_double(dense->intermediate_size) / as_double(spec->hidden_size);
        const bool is_4x = std::abs(ratio - 4) < 0.05;
        (dense->gated ? gated : plain) += 1;
        (dense->gated ? gated_4x : plain_4x) += is_4x ? 1 : 0;
        for (const char* shown : {"Llama-2-7B", "Llama-3-8B", "Mistral-7B-v0.1", "Qwen2.5-3B",
                                  "DeepSeek-V2", "DeepSeek-V3"}) {
            if (preset.name == shown) {
                add_to_list(figures, preset.name + " " + fixed(ratio, 4) + "x");
            }
        }
    }
    const bool plain_holds = plain > 0 && plain_4x == plain;
    return Outcome{
        figures + "; exactly 4x: " + std::to_string(plain_4x) + " of " + std::to_string(plain) +
            " with two matrices, " + std::to_string(gated_4x) + " of " + std::to_string(gated) +
            " with three",
        2 * (plain_4x + gated_4x) > plain + gated && 2 * gated_4x > gated ? Verdict::Holds
        : plain_holds ? Verdict::HoldsUnderCondition
                      : Verdict::DoesNotHold,
        "4x is the rule of feed-forwards with two matrices; a gated one has three, and 8/3 keeps "
        "the same number of parameters"};
}

Result<Outcome> moe_37b_active() {
    const auto preset = shipped("deepseek-v3");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig& config = (*preset)->config;
    const Result<Analysis> result = analyze_at(config, 8192);
    if (!result) {
        return result.error();
    }
    const ParameterReport& parameters = result->parameters;
    const bool total_fits = std::llround(as_double(parameters.total) / 1e9) == 671;
    const bool active_fits =
        std::llround(as_double(parameters.active) / 1e9) == 37 ||
        std::llround(as_double(parameters.active_with_input_embedding) / 1e9) == 37;
    const bool experts_fit = config.n_shared_experts == 1 && config.num_experts_per_tok == 8;
    return Outcome{billions(as_double(parameters.total)) + " total; " +
                       billions(as_double(parameters.active)) + " active, " +
                       billions(as_double(parameters.active_with_input_embedding)) +
                       " with the input embedding; " + std::to_string(config.n_shared_experts) +
                       " shared + " + std::to_string(config.num_experts_per_tok) + " of " +
                       std::to_string(config.num_experts) + " routed",
                   total_fits && active_fits && experts_fit ? Verdict::Holds : Verdict::DoesNotHold,
                   "37 B is the reading without the input embedding, which is a lookup; the "
                   "multi-token-prediction module is in neither figure"};
}

Result<Outcome> qwen3_top2() {
    std::string figures;
    bool any_two = false;
    for (const ModelPreset& preset : model_presets()) {
        if (preset.config.model_type != "qwen3_moe") {
            continue;
        }
        any_two |= preset.config.num_experts_per_tok == 2;
        add_to_list(figures, preset.name + ": " +
                                 std::to_string(preset.config.num_experts_per_tok) + " of " +
                                 std::to_string(preset.config.num_experts));
    }
    return Outcome{figures, any_two ? Verdict::Holds : Verdict::DoesNotHold,
                   any_two ? "a shipped configuration routes to two experts"
                           : "num_experts_per_tok of every shipped configuration is another"};
}

/// "16 routed, top-1, 48 of 48 layers"
Result<std::string> expert_text(const ModelPreset& preset, bool& fits) {
    const Result<ModelSpec> spec = expand_layers(preset.config);
    if (!spec) {
        return spec.error();
    }
    const std::int64_t layers = layers_with_experts(*spec);
    const MixtureOfExperts* experts = experts_of(*spec);
    if (experts == nullptr) {
        fits = false;
        return preset.name + ": no experts";
    }
    fits = experts->num_experts == 16 && experts->num_experts_per_tok == 2 &&
           experts->shared_intermediate_size > 0 && 2 * layers == spec->num_layers();
    return preset.name + ": " + std::to_string(experts->num_experts) + " routed, top-" +
           std::to_string(experts->num_experts_per_tok) +
           (experts->shared_intermediate_size > 0 ? ", shared" : ", none shared") + ", in " +
           std::to_string(layers) + " of " + std::to_string(spec->num_layers()) + " layers";
}

Result<Outcome> llama4_16_experts_top2() {
    std::string figures;
    bool any = false;
    for (const ModelPreset& preset : model_presets()) {
        if (preset.config.model_type != "llama4_text") {
            continue;
        }
        bool fits = false;
        const Result<std::string> text = expert_text(preset, fits);
        if (!text) {
            return text.error();
        }
        any |= fits;
        add_to_list(figures, *text);
    }
    return Outcome{figures, any ? Verdict::Holds : Verdict::DoesNotHold,
                   any ? "a shipped configuration has all of it"
                       : "no shipped configuration has 16 routed experts, two of them active, and "
                         "alternating layers at once: the claim mixes two models"};
}

/// FLOPs of one token in the layers of the first kind, per layer.
Wide layer_flops(const ModelSpec& spec, std::int64_t past) {
    Step step;
    step.past = past;
    Wide flops = 0;
    for_each_operator(spec, step, {}, {}, [&](const Operator& op) {
        flops += op.layer_kind == 0 ? op.flops : Wide{0};
    });
    return flops;
}

Result<Outcome> deeper_not_wider() {
    const auto preset = shipped("llama-3-8b");
    if (!preset) {
        return preset.error();
    }
    ModelConfig wide = (*preset)->config;
    wide.hidden_size *= 2;
    wide.intermediate_size *= 2;
    wide.num_attention_heads *= 2;
    wide.num_key_value_heads *= 2;
    const Result<ModelSpec> a = expand_layers((*preset)->config);
    const Result<ModelSpec> b = expand_layers(wide);
    if (!a || !b) {
        return a ? b.error() : a.error();
    }
    const auto growth = [&](std::int64_t past) {
        return static_cast<double>(layer_flops(*b, past)) /
               static_cast<double>(layer_flops(*a, past));
    };
    const double at_start = growth(0);
    const double at_length = growth(131071);
    const std::string figures = "Llama-3-8B at twice the width: FLOPs of a layer " +
                                fixed(at_start, 2) + "x for the first token, " +
                                fixed(at_length, 2) + "x at 131072 tokens";
    const bool quadratic = std::abs(at_start - 4) < 0.01;
    return Outcome{figures, quadratic ? Verdict::HoldsUnderCondition : Verdict::DoesNotHold,
                   "the products with weights grow with d^2; scores against the cache grow with d, "
                   "so a long context grows less; whether depth pays more is a matter of loss, "
                   "which no count decides"};
}

Result<Outcome> tuning_order() {
    const auto preset = shipped("llama-3-8b");
    if (!preset) {
        return preset.error();
    }
    const ModelConfig& base = (*preset)->config;
    const Result<Analysis> before = analyze_at(base, 8192);
    const Result<ModelConfig> deeper =
        with_field(base, "num_hidden_layers", base.num_hidden_layers * 5 / 4);
    const Result<ModelConfig> wider = with_field(base, "hidden_size", base.hidden_size * 5 / 4);
    if (!before || !deeper || !wider) {
        return !before ? before.error() : (!deeper ? deeper.error() : wider.error());
    }
    const Result<std::int64_t> deep = total_of(*deeper);
    const Result<std::int64_t> wide = total_of(*wider);
    if (!deep || !wide) {
        return deep ? wide.error() : deep.error();
    }
    const double total = as_double(before->parameters.total);
    return Outcome{"a quarter more layers: parameters " + fixed(as_double(*deep) / total, 2) +
                       "x; a quarter more hidden size: " + fixed(as_double(*wide) / total, 2) + "x",
                   Verdict::CannotBeComputed,
                   "an order of work is advice about training; sizes say what a step costs, not "
                   "which one to take first"};
}

constexpr std::array structure_claims{
    Evaluator{"layers-double", layers_double},
    Evaluator{"ffn-4x", ffn_4x},
    Evaluator{"moe-37b-active", moe_37b_active},
    Evaluator{"qwen3-top2", qwen3_top2},
    Evaluator{"llama4-16-experts-top2", llama4_16_experts_top2},
    Evaluator{"deeper-not-wider", deeper_not_wider},
    Evaluator{"tuning-order", tuning_order},
};

} // namespace

std::span<const Evaluator> structure_evaluators() {
    return structure_claims;
}

} // namespace headroom::check
