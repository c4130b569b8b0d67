// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_output.h"

#include "core/accounting/scenario_fields.h"
#include "core/study/serving.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace headroom::cli {

namespace {

Json parametersJson(const ParameterReport& report) {
    Json groups = Json::object();
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        groups[std::string(to_string(static_cast<ParameterGroup>(i)))] = report.groups[i];
    }
    return {{"total", report.total},
            {"active", report.active},
            {"active_with_input_embedding", report.active_with_input_embedding},
            {"buffers", report.buffers},
            {"multi_token_prediction", report.multi_token_prediction},
            {"effective", report.effective},
            {"schoolbook_estimate", report.schoolbook_estimate},
            {"groups", groups}};
}

Json kvJson(const KvReport& report) {
    return {{"bytes_per_token", report.bytes_per_token},
            {"bytes_at_context", report.bytes_at_context},
            {"bytes_batch", report.bytes_batch},
            {"bytes_read_per_decode_step", report.bytes_read_per_decode_step}};
}

Json flopsJson(const FlopReport& report) {
    return {{"prefill_dense", report.prefill_dense},
            {"prefill_causal", report.prefill_causal},
            {"decode_step", report.decode_step},
            {"rotary_product", report.rotary_product}};
}

Json memoryJson(const MemoryReport& report) {
    return {{"weights_bytes", report.weights_bytes},
            {"kv_bytes", report.kv_bytes},
            {"workspace_bytes", report.workspace_bytes},
            {"total_bytes", report.total_bytes},
            {"per_gpu_bytes", report.per_gpu_bytes},
            {"per_gpu_weights_bytes", report.per_gpu_weights_bytes},
            {"per_gpu_kv_bytes", report.per_gpu_kv_bytes},
            {"per_gpu_workspace_bytes", report.per_gpu_workspace_bytes},
            {"per_gpu_replicated_weights_bytes", report.per_gpu_replicated_weights_bytes},
            {"per_gpu_replicated_kv_bytes", report.per_gpu_replicated_kv_bytes},
            {"device_bytes", report.device_bytes},
            {"fits", report.fits},
            {"max_batch", report.max_batch},
            {"max_context", report.max_context}};
}

/// An error that is not known is null, not 0.
Json errorJson(double relative) {
    return relative > 0 ? Json(relative) : Json(nullptr);
}

/// A price that was not given is null.
Json costJson(const std::optional<double>& cost) {
    return cost ? Json(*cost) : Json(nullptr);
}

Json throughputJson(const ThroughputReport& report, const ServingReport& serving) {
    return {{"time_to_first_token_ms", report.time_to_first_token_s * 1e3},
            {"time_per_output_token_ms", report.time_per_output_token_s * 1e3},
            {"tokens_per_second", report.tokens_per_second},
            {"tokens_per_second_per_user", report.tokens_per_second_per_user},
            {"bound", to_string(report.decode.bound())},
            {"prefill_bound", to_string(report.prefill.bound())},
            {"roofline_time_to_first_token_ms", report.prefill.ceiling_seconds * 1e3},
            {"roofline_time_per_output_token_ms", report.decode.ceiling_seconds * 1e3},
            {"decode_error", errorJson(report.decode_error)},
            {"prefill_error", errorJson(report.prefill_error)},
            {"constants", report.measured ? "measured" : "typical"},
            {"tokens_per_second_per_gpu", serving.tokens_per_second_per_device},
            {"prompt_tokens_per_second", serving.prompt_tokens_per_second},
            {"request_ms", serving.request_seconds * 1e3},
            {"replicas", serving.replicas},
            {"max_batch", serving.max_batch},
            {"tokens_per_second_at_max_batch", serving.tokens_per_second_at_max_batch},
            {"time_per_output_token_ms_at_max_batch",
             serving.time_per_output_token_at_max_batch_s * 1e3},
            {"price_per_hour", serving.price_per_hour > 0 ? Json(serving.price_per_hour) : Json()},
            {"cost_per_million_output_tokens", costJson(serving.output_cost_per_million)},
            {"cost_per_million_prompt_tokens", costJson(serving.prompt_cost_per_million)},
            {"cost_per_million_output_tokens_at_max_batch",
             costJson(serving.output_cost_per_million_at_max_batch)},
            {"not_modelled", {"chunked prefill", "prefill beside decode", "speculative decoding"}}};
}

Json trainingJson(const TrainingReport& report) {
    return {{"weights_bytes", report.weights_bytes},
            {"gradients_bytes", report.gradients_bytes},
            {"optimizer_bytes", report.optimizer_bytes},
            {"activation_bytes", report.activation_bytes},
            {"recomputed_bytes", report.recomputed_bytes},
            {"framework_bytes", report.framework_bytes},
            {"temporary_bytes", report.temporary_bytes},
            {"total_bytes", report.total_bytes},
            {"forward_peak_bytes", report.forward_peak_bytes},
            {"step_peak_bytes", report.step_peak_bytes},
            {"loss_peak_bytes", report.loss_peak_bytes},
            {"trained_parameters", report.trained_parameters},
            {"flops_per_token", report.flops_per_token},
            {"flops_per_token_6nd", report.flops_per_token_6nd}};
}

Json scenarioJson(const Scenario& scenario) {
    Json object = Json::object();
    constexpr const char* roles = "weights_by_role";
    for (const ScenarioField& field : scenario_fields()) {
        if (is_role(field)) {
            object.emplace(roles, Json::object());
            if (const FieldValue own = scenario_value(scenario, field);
                !std::holds_alternative<std::monostate>(own)) {
                object[roles][std::string(field.id)] = toJson(own);
            }
            if (field.short_option.empty()) {
                continue;
            }
        }
        object[std::string(field.name())] = toJson(effective_value(scenario, field));
    }
    return object;
}

Json findingsJson(const std::vector<Finding>& findings) {
    Json list = Json::array();
    for (const Finding& finding : findings) {
        list.push_back({{"severity", severityName(finding.severity)},
                        {"field", finding.field},
                        {"message", english(finding.message)},
                        {"id", finding.id}});
    }
    return list;
}

/// What bounds the layer's entries.
std::string_view kindName(const KvLayer& layer) {
    if (layer.kept.empty()) {
        return "none";
    }
    switch (layer.kept.front().bound) {
    case KeptBound::Grows:
        return "full";
    case KeptBound::Window:
        return "sliding";
    case KeptBound::Chunk:
        return "chunked";
    case KeptBound::Rate:
        return "compressed";
    case KeptBound::Fixed:
        return "state";
    }
    return {};
}

Json windowOf(const KvLayer& layer) {
    const bool limited = !layer.kept.empty() && (layer.kept.front().bound == KeptBound::Window ||
                                                 layer.kept.front().bound == KeptBound::Chunk);
    return limited ? Json(layer.kept.front().size) : Json(nullptr);
}

bool keepsLatent(const KvLayer& layer) {
    return std::any_of(layer.kept.begin(), layer.kept.end(),
                       [](const KeptEntry& entry) { return entry.content == KeptContent::Latent; });
}

} // namespace

Json toJson(const std::vector<KvLayer>& layers) {
    Json list = Json::array();
    for (const KvLayer& layer : layers) {
        list.push_back({{"layer", layer.layer},
                        {"kind", kindName(layer)},
                        {"window", windowOf(layer)},
                        {"latent", keepsLatent(layer)},
                        {"source_layer", layer.source_layer},
                        {"stored_tokens", layer.stored_tokens},
                        {"bytes_per_token", layer.bytes_per_token},
                        {"bytes", layer.bytes},
                        {"bytes_read", layer.bytes_read}});
    }
    return list;
}

Json toJson(const LoadedModel& model, const Analysis& analysis, const DeviceProfile& device) {
    return {
        {"model", model.design.name},
        {"model_type", model.design.config.model_type},
        {"scenario", scenarioJson(analysis.scenario)},
        {"parameters", parametersJson(analysis.parameters)},
        {"kv_cache", kvJson(analysis.kv)},
        {"flops", flopsJson(analysis.flops)},
        {"memory", memoryJson(analysis.memory)},
        {"throughput", throughputJson(analysis.throughput, serving(model.spec, analysis, device))},
        {"training", trainingJson(analysis.training)},
        {"findings", findingsJson(model.findings)}};
}

Json toJson(const Derivation& derivation) {
    Json children = Json::array();
    for (const Derivation& child : derivation.children) {
        children.push_back(toJson(child));
    }
    return {{"symbol", english(derivation.symbol)},
            {"formula", english(derivation.formula)},
            {"substituted", derivation.substituted},
            {"value", derivation.is_integer ? Json(derivation.exact) : Json(derivation.value)},
            {"unit", derivation.unit},
            {"source", derivation.source},
            {"note", english(derivation.note)},
            {"aside", derivation.aside},
            {"fields", derivation.fields},
            {"children", children}};
}

Json toJson(const FieldValue& value) {
    return std::visit(
        [](const auto& held) -> Json {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) {
                return nullptr;
            } else {
                return held;
            }
        },
        value);
}

Json numberToJson(double value, bool isInteger) {
    constexpr double exact = 9007199254740992.0; // 2^53
    if (isInteger && std::abs(value) <= exact && value == std::floor(value)) {
        return static_cast<std::int64_t>(value);
    }
    return value;
}

std::string_view severityName(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Advice:
        return "advice";
    }
    return {};
}

void printJson(const Json& object) {
    printText(object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void printText(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

} // namespace headroom::cli
