// SPDX-License-Identifier: GPL-3.0-or-later
// headroom fit MODEL --context N --batch N
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/accounting/scenario_fields.h"
#include "core/estimate/deployment_search.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array fitOptions{
    OptionSpec{"--max-latency-ms", "X", "time per output token that is still good enough"},
    OptionSpec{"--min-tokens-per-second", "Y", "output tokens per second of all sequences"},
    OptionSpec{"--max-gpus", "N", "devices at most (default: those of one node; up to 512)"},
    OptionSpec{"--limit", "N", "splits to print (default 10; --json: all)"},
};

DeploymentTarget targetFrom(const Arguments& arguments, const DeviceProfile& device) {
    if (arguments.has("--max-latency-ms") && arguments.has("--min-tokens-per-second")) {
        failUsage("--max-latency-ms and --min-tokens-per-second: found both, expected one of them");
    }
    DeploymentTarget target;
    if (const auto ms = arguments.number("--max-latency-ms", 1e-6, 1e9)) {
        target.max_seconds_per_token = *ms * 1e-3;
    }
    target.min_tokens_per_second = arguments.number("--min-tokens-per-second", 1e-6, 1e12);
    target.max_devices = arguments.integer("--max-gpus", 1, most_searched_devices)
                             .value_or(std::min(device.max_per_node, most_searched_devices));
    return target;
}

Json splitJson(const Deployment& d) {
    Scenario scenario;
    scenario.deployment = d;
    Json object = Json::object();
    for (const ScenarioField& field : scenario_fields()) {
        if (is_split(field)) {
            object[std::string(field.name())] = toJson(scenario_value(scenario, field));
        }
    }
    object["dp"] = d.devices / (d.tensor_parallel * d.pipeline_parallel);
    return object;
}

Json optionJson(const DeploymentOption& option) {
    Json object = splitJson(option.deployment);
    object["verdict"] = to_string(option.verdict);
    object["per_gpu_bytes"] = option.per_device_bytes;
    object["time_per_output_token_ms"] = option.seconds_per_token * 1e3;
    object["time_to_first_token_ms"] = option.seconds_to_first_token * 1e3;
    object["tokens_per_second"] = option.tokens_per_second;
    object["cost_per_million_output_tokens"] =
        option.output_cost_per_million ? Json(*option.output_cost_per_million) : Json();
    return object;
}

Json searchJson(const DeploymentSearch& found, const DeploymentTarget& target,
                const LoadedModel& model, const Scenario& scenario) {
    Json object{{"model", model.design.name},           {"device", scenario.deployment.device},
                {"context", scenario.workload.context}, {"batch", scenario.workload.batch},
                {"max_gpus", target.max_devices},       {"examined", found.examined}};
    object["max_latency_ms"] =
        target.max_seconds_per_token ? Json(*target.max_seconds_per_token * 1e3) : Json();
    object["min_tokens_per_second"] =
        target.min_tokens_per_second ? Json(*target.min_tokens_per_second) : Json();
    object["best"] = found.best() != nullptr ? optionJson(*found.best()) : Json();
    object["options"] = Json::array();
    for (const DeploymentOption& option : found.options) {
        object["options"].push_back(optionJson(option));
    }
    object["refused"] = Json::array();
    for (const DeploymentRefusal& refusal : found.refusals) {
        Json entry = splitJson(refusal.deployment);
        entry["field"] = refusal.error.path;
        entry["why"] = english(refusal.error.message);
        entry["count"] = refusal.count;
        object["refused"].push_back(std::move(entry));
    }
    return object;
}

std::string verdictText(const DeploymentOption& option, const DeviceProfile& device) {
    switch (option.verdict) {
    case DeploymentVerdict::Meets:
        return "meets the target";
    case DeploymentVerdict::TooSlow:
        return "too slow";
    case DeploymentVerdict::TooFewTokens:
        return "too few tokens per second";
    case DeploymentVerdict::NoMemory:
        return "needs " + decimalBytes(static_cast<double>(option.per_device_bytes)) + " of " +
               decimalBytes(static_cast<double>(device.memory_bytes));
    }
    return {};
}

std::string tableText(const DeploymentSearch& found, const DeviceProfile& device,
                      std::size_t limit) {
    TextTable table({Align::Right, Align::Right, Align::Right, Align::Right, Align::Right,
                     Align::Right, Align::Right, Align::Right, Align::Right, Align::Left});
    const bool priced = !found.options.empty() && found.options.front().output_cost_per_million;
    table.add({"devices", "tp", "pp", "ep", "dp", "memory", "per token", "tokens/s",
               priced ? "per 1M" : "", "verdict"});
    table.rule();
    for (std::size_t i = 0; i < std::min(limit, found.options.size()); ++i) {
        const DeploymentOption& o = found.options[i];
        const Deployment& d = o.deployment;
        table.add({std::to_string(d.devices), std::to_string(d.tensor_parallel),
                   std::to_string(d.pipeline_parallel), std::to_string(d.expert_parallel),
                   std::to_string(o.data_parallel),
                   decimalBytes(static_cast<double>(o.per_device_bytes)),
                   secondsText(o.seconds_per_token), plainNumber(o.tokens_per_second, 3),
                   o.output_cost_per_million ? plainNumber(*o.output_cost_per_million, 3) : "",
                   verdictText(o, device)});
    }
    std::string text = table.text("  ");
    if (found.options.size() > limit) {
        text += "  and " + std::to_string(found.options.size() - limit) + " more\n";
    }
    if (!found.refusals.empty()) {
        text += "\nRefused splits\n";
        for (std::size_t i = 0; i < std::min(limit, found.refusals.size()); ++i) {
            const DeploymentRefusal& r = found.refusals[i];
            text += "  " + std::to_string(r.count) + " x " + r.error.text() + "\n";
        }
    }
    return text;
}

int runFit(const Arguments& arguments) {
    const LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    const DeviceProfile device = loadDevice(arguments);
    Scenario scenario;
    applyScenario(arguments, scenario);
    scenario.deployment.device = device.id;
    const DeploymentTarget target = targetFrom(arguments, device);
    const auto limit =
        static_cast<std::size_t>(arguments.integer("--limit", 1, 1000000).value_or(10));
    const DeploymentSearch found =
        valueOrFail(find_deployments(model.spec, scenario, device, target), model.design.name);
    if (arguments.has("--json")) {
        printJson(searchJson(found, target, model, scenario));
    } else {
        const DeploymentOption* best = found.best();
        std::string text = model.design.name + ", batch " + grouped(scenario.workload.batch) +
                           ", context " + grouped(scenario.workload.context) + ": ";
        text += best != nullptr ? std::to_string(best->deployment.devices) + " x " + device.name
                                : "no split of up to " + std::to_string(target.max_devices) +
                                      " x " + device.name + " meets the target";
        const Constants& c = device.constants;
        text += c.measured ? ", times +-" + percentText(c.decode_error)
                           : ", times from typical constants, error unknown";
        printText(text + "\n" + tableText(found, device, limit));
    }
    return found.best() != nullptr ? Done : ComparisonFailed;
}

} // namespace

const Command& fitCommand() {
    static const Command command{
        "fit",
        "MODEL",
        "the fewest devices and the best split for a workload and a target",
        "Every number of devices up to --max-gpus (beyond one node whole nodes) is split in every\n"
        "way that the design allows: tensor, pipeline, expert and data parallel. Without a target\n"
        "the batch must fit at its context. Exit code 3: nothing meets the target.",
        1,
        1,
        {fitOptions, workloadOptions(), editOptions(), jsonOption()},
        runFit,
    };
    return command;
}

} // namespace headroom::cli
