// SPDX-License-Identifier: GPL-3.0-or-later
#include "config_target.h"

#include "core/accounting/kv_cache.h"
#include "core/accounting/operators.h"
#include "core/accounting/parameters.h"
#include "core/base/wide.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"

#include <algorithm>
#include <numeric>

using namespace headroom;

namespace fuzz {
namespace {

bool has_error(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::Error; });
}

std::string check_round_trip(const ModelConfig& config, ConfigForm form) {
    const std::string text = write_config(config, form);
    const Result<ModelConfig> again = parse_config(text);
    if (!again) {
        return "what was written is refused: " + again.error().text() + "\n" + text;
    }
    return *again == config ? std::string{} : "what was written reads otherwise:\n" + text;
}

std::string check_counts(const ModelSpec& spec) {
    const Result<ParameterReport> report = count_parameters(spec);
    if (!report) {
        return report.error().message.empty() ? "a count is refused without a reason" : "";
    }
    Wide sum = 0;
    for (const std::int64_t group : report->groups) {
        if (group < 0) {
            return "a group of parameters is negative";
        }
        sum += group;
    }
    if (sum != report->total || report->total < 1) {
        return "groups do not add up to the total";
    }
    if (report->active > report->active_with_input_embedding ||
        report->active_with_input_embedding > report->total || report->active < 0) {
        return "more parameters are active than there are";
    }
    if (kv_bytes_at(spec, 4096, NumberFormat::Bf16) < 0) {
        return "the cache is negative";
    }
    Step step;
    step.phase = Phase::Prefill;
    step.tokens = 100;
    return step_flops(spec, step) <= 0 ? "a prompt takes no work" : "";
}

} // namespace

std::string check_config_text(std::string_view text) {
    const Result<ModelConfig> config = parse_config(text, "fuzz");
    if (!config) {
        const bool explained = !config.error().message.empty();
        return explained ? "" : "refused without a reason";
    }
    const bool valid = !has_error(validate(*config));
    const Result<ModelSpec> spec = expand_layers(*config);
    if (spec.has_value() != valid) {
        return valid ? "no finding, yet not expanded: " + spec.error().text()
                     : "expanded in spite of an error";
    }
    if (!spec) {
        return spec.error().message.empty() ? "not expanded without a reason" : "";
    }
    std::int64_t layers = 0;
    for (const LayerKind& kind : spec->kinds) {
        layers += kind.count;
    }
    if (layers != config->num_hidden_layers || layers != spec->num_layers()) {
        return "layers were lost";
    }
    // One form for each text, by its length: twice the texts in the same time find more than both.
    const ConfigForm form = text.size() % 2 == 0 ? ConfigForm::Classic : ConfigForm::Transformers5;
    if (std::string problem = check_round_trip(*config, form); !problem.empty()) {
        return problem;
    }
    return check_counts(*spec);
}

} // namespace fuzz
