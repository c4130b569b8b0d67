// SPDX-License-Identifier: GPL-3.0-or-later
// Claims about layers, feed-forward, experts and training.
#include "core/accounting/operators.h"
#include "core/claims/check_claims.h"
#include "core/claims/check_parts.h"
#include "core/claims/claims_sentences.h"
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
        clauses({claims_says<"layers-doubled">(
                     fixed(as_double(b->parameters.total) / as_double(a->parameters.total), 2),
                     fixed(as_double(b->flops.decode_step) / as_double(a->flops.decode_step), 2)),
                 claims_says<"tokens-needed">(fixed(needed / 1e12, 2))}),
        std::abs(needed / 1.4e12 - 1) < 0.15 ? Verdict::Holds : Verdict::HoldsUnderCondition,
        clauses({claims_says<"growth-holds">(),
                 claims_says<"enough-for">(fixed(1.4e12 / tokens_per_parameter / 1e9, 0))})};
}

Result<Outcome> ffn_4x() {
    std::size_t plain = 0;
    std::size_t plain_4x = 0;
    std::size_t gated = 0;
    std::size_t gated_4x = 0;
    std::vector<Sentence> figures;
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
                figures.push_back(claims_says<"ratio-of-design">(preset.name, fixed(ratio, 4)));
            }
        }
    }
    const bool plain_holds = plain > 0 && plain_4x == plain;
    return Outcome{
        clauses({items(figures), claims_says<"exactly-4x">(plain_4x, plain, gated_4x, gated)}),
        2 * (plain_4x + gated_4x) > plain + gated && 2 * gated_4x > gated ? Verdict::Holds
        : plain_holds ? Verdict::HoldsUnderCondition
                      : Verdict::DoesNotHold,
        clauses({claims_says<"rule-of-two">(), claims_says<"gated-has-three">()})};
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
    return Outcome{
        clauses({claims_says<"in-total">(billions(as_double(parameters.total))),
                 claims_says<"active-and-with">(
                     billions(as_double(parameters.active)),
                     billions(as_double(parameters.active_with_input_embedding))),
                 claims_says<"shared-and-routed">(config.n_shared_experts,
                                                  config.num_experts_per_tok, config.num_experts)}),
        total_fits && active_fits && experts_fit ? Verdict::Holds : Verdict::DoesNotHold,
        clauses({claims_says<"lookup-reading">(), claims_says<"no-mtp">()})};
}

Result<Outcome> qwen3_top2() {
    std::vector<Sentence> figures;
    bool any_two = false;
    for (const ModelPreset& preset : model_presets()) {
        if (preset.config.model_type != "qwen3_moe") {
            continue;
        }
        any_two |= preset.config.num_experts_per_tok == 2;
        figures.push_back(claims_says<"top-of-experts">(
            preset.name, preset.config.num_experts_per_tok, preset.config.num_experts));
    }
    return Outcome{items(figures), any_two ? Verdict::Holds : Verdict::DoesNotHold,
                   any_two ? claims_says<"routes-to-two">() : claims_says<"none-routes-to-two">()};
}

/// "16 routed, top-1, 48 of 48 layers"
Result<Sentence> expert_text(const ModelPreset& preset, bool& fits) {
    const Result<ModelSpec> spec = expand_layers(preset.config);
    if (!spec) {
        return spec.error();
    }
    const std::int64_t layers = layers_with_experts(*spec);
    const MixtureOfExperts* experts = experts_of(*spec);
    if (experts == nullptr) {
        fits = false;
        return claims_says<"no-experts">(preset.name);
    }
    fits = experts->num_experts == 16 && experts->num_experts_per_tok == 2 &&
           experts->shared_intermediate_size > 0 && 2 * layers == spec->num_layers();
    return items({claims_says<"routed-experts">(preset.name, experts->num_experts),
                  claims_says<"top-k">(experts->num_experts_per_tok),
                  experts->shared_intermediate_size > 0 ? claims_says<"shared">()
                                                        : claims_says<"none-shared">(),
                  claims_says<"in-layers">(layers, spec->num_layers())});
}

Result<Outcome> llama4_16_experts_top2() {
    std::vector<Sentence> figures;
    bool any = false;
    for (const ModelPreset& preset : model_presets()) {
        if (preset.config.model_type != "llama4_text") {
            continue;
        }
        bool fits = false;
        const Result<Sentence> text = expert_text(preset, fits);
        if (!text) {
            return text.error();
        }
        any |= fits;
        figures.push_back(*text);
    }
    return Outcome{items(figures), any ? Verdict::Holds : Verdict::DoesNotHold,
                   any ? claims_says<"has-all-of-it">() : claims_says<"mixes-two">()};
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
    const bool quadratic = std::abs(at_start - 4) < 0.01;
    return Outcome{claims_says<"twice-the-width">(fixed(at_start, 2), fixed(at_length, 2)),
                   quadratic ? Verdict::HoldsUnderCondition : Verdict::DoesNotHold,
                   clauses({claims_says<"products-d-squared">(), claims_says<"scores-d">(),
                            claims_says<"depth-and-loss">()})};
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
    return Outcome{clauses({claims_says<"quarter-more-layers">(fixed(as_double(*deep) / total, 2)),
                            claims_says<"quarter-more-width">(fixed(as_double(*wide) / total, 2))}),
                   Verdict::CannotBeComputed,
                   clauses({claims_says<"advice">(), claims_says<"sizes-say">()})};
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
