// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/claims/check_claims.h"
#include "core/claims/check_parts.h"
#include "core/claims/claims_sentences.h"
#include "core/presets/presets.h"

#include <nlohmann/json.hpp>

#include <array>

namespace headroom::check {

Result<const ModelPreset*> shipped(std::string_view name) {
    if (const ModelPreset* preset = find_model_preset(name)) {
        return preset;
    }
    return Error{{}, std::string(name), claims_says<"no-configuration">()};
}

Result<Analysis> analyze_at(const ModelConfig& config, std::int64_t context) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return spec.error();
    }
    const DeviceProfile* device = find_device("h200");
    if (device == nullptr) {
        return Error{{}, "h200", claims_says<"no-device">()};
    }
    Scenario scenario;
    scenario.workload.context = context;
    scenario.workload.prompt = context;
    return analyze(*spec, scenario, *device);
}

namespace {

/// The sentence of a shipped claim: what the evaluator of its id judges.
std::string shipped_sentence(const std::string& id) {
    for (const ShippedTable& table : shipped_tables()) {
        const auto document = nlohmann::json::parse(table.text, nullptr, false);
        const auto claims = document.find("claims");
        if (claims == document.end()) {
            continue;
        }
        for (const auto& claim : *claims) {
            if (claim.value("id", std::string()) == id) {
                return claim.value("claim", std::string());
            }
        }
    }
    return {};
}

} // namespace

Result<CheckRow> check_claim(const nlohmann::json& claim, const std::string& path) {
    CheckRow row;
    std::string printed;
    const std::array<std::pair<const char*, std::string*>, 2> texts{
        {{"id", &row.model}, {"claim", &printed}}};
    for (const auto& [key, text] : texts) {
        const auto found = claim.find(key);
        if (found == claim.end() || !found->is_string()) {
            return Error{{},
                         path + "." + key,
                         found_expected(base_says<"no-text">(), base_says<"plain-text">())};
        }
        *text = found->get<std::string>();
    }
    row.claim = Sentence::quoted(printed);
    for (const auto evaluators : {attention_evaluators(), structure_evaluators()}) {
        for (const Evaluator& evaluator : evaluators) {
            if (evaluator.id != row.model) {
                continue;
            }
            if (printed != shipped_sentence(row.model)) {
                row.why = claims_says<"another-sentence">();
                return row;
            }
            Result<Outcome> outcome = evaluator.evaluate();
            if (!outcome) {
                return outcome.error();
            }
            row.computed = outcome->computed;
            row.verdict = outcome->verdict;
            row.why = outcome->why;
            return row;
        }
    }
    row.why = claims_says<"no-evaluator">();
    return row;
}

} // namespace headroom::check
