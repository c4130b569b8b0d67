// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include "core/accounting/scenario_findings.h"
#include "core/presets/presets.h"
#include "core/study/study_sentences.h"

namespace headroom {
namespace {

DesignResult evaluate_design(const Design& design, const Scenario& scenario,
                             const DeviceProfile* device) {
    DesignResult result;
    result.findings = validate(design.config);
    Result<ModelSpec> spec = expand_layers(design.config);
    if (!spec) {
        result.error = spec.error();
        return result;
    }
    result.spec = std::move(*spec);
    for (Finding& finding : scenario_findings(*result.spec, scenario.workload)) {
        result.findings.push_back(std::move(finding));
    }
    if (device == nullptr) {
        result.error =
            Error{{},
                  "device",
                  found_expected(scenario.deployment.device, study_says<"shipped-device">())};
        return result;
    }
    Result<Analysis> analysis = analyze(*result.spec, scenario, *device);
    if (!analysis) {
        result.error = analysis.error();
        return result;
    }
    result.analysis = std::move(*analysis);
    return result;
}

} // namespace

std::shared_ptr<const StudyResult> evaluate(Study study, std::uint64_t revision) {
    auto result = std::make_shared<StudyResult>();
    const DeviceProfile* device = find_device(study.scenario.deployment.device);
    result->revision = revision;
    if (device != nullptr) {
        result->device = *device;
    }
    for (const Design& design : study.designs) {
        result->results.push_back(evaluate_design(design, study.scenario, device));
    }
    result->study = std::move(study);
    return result;
}

Study default_study() {
    Study study;
    for (const char* name : {"qwen3-235b-a22b", "deepseek-v3"}) {
        if (const ModelPreset* preset = find_model_preset(name)) {
            study.designs.push_back({preset->name, preset->id, preset->config});
        }
    }
    Scenario& s = study.scenario;
    s.workload = {4, 8192, 1024, 131072}; // four long sequences: both designs fit
    s.formats.weights = NumberFormat::Fp8;
    s.deployment = {"h200", 8, 8, 1, 8};
    return study;
}

} // namespace headroom
