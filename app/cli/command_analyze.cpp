// SPDX-License-Identifier: GPL-3.0-or-later
// headroom analyze MODEL
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/training_options.h"
#include "core/accounting/scenario_findings.h"
#include "core/study/compare.h"
#include "core/study/serving.h"

#include <algorithm>
#include <array>

namespace headroom::cli {

namespace {

constexpr std::string_view indent = "  ";

TextTable figureTable() {
    return TextTable({Align::Left, Align::Right, Align::Left});
}

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string structureText(const LoadedModel& model) {
    TextTable table({Align::Left, Align::Left});
    for (const auto& [aspect, sentence] : describe_structure(model.spec)) {
        std::string label = aspect;
        for (char& c : label) {
            c = c == '_' ? ' ' : c;
        }
        table.add({label, sentence});
    }
    return table.text(indent);
}

std::string parametersText(const ParameterReport& report) {
    TextTable table = figureTable();
    const auto count = [&](const std::string& name, std::int64_t number, const std::string& note) {
        table.add({name, grouped(number), note});
    };
    count("total", report.total, shortCount(static_cast<double>(report.total)));
    count("active per token", report.active,
          shortCount(static_cast<double>(report.active)) + ", input embedding left out");
    count("  with input embedding", report.active_with_input_embedding,
          shortCount(static_cast<double>(report.active_with_input_embedding)));
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        if (report.groups[i] != 0) {
            std::string name(to_string(static_cast<ParameterGroup>(i)));
            std::replace(name.begin(), name.end(), '_', ' ');
            count("  " + name, report.groups[i],
                  percentText(share(report.groups[i], report.total)));
        }
    }
    if (report.effective != report.total) {
        count("effective", report.effective, "without per-layer embeddings");
    }
    if (report.buffers != 0) {
        count("buffers", report.buffers, "not trained, not in the total");
    }
    if (report.multi_token_prediction != 0) {
        count("multi-token prediction", report.multi_token_prediction, "not in the total");
    }
    count("schoolbook estimate", report.schoolbook_estimate,
          percentText(share(report.schoolbook_estimate - report.total, report.total)) +
              " off the exact count");
    return table.text(indent);
}

std::string kvText(const KvReport& report, const Workload& workload) {
    TextTable table = figureTable();
    const auto bytes = [&](const std::string& name, std::int64_t number) {
        table.add({name, grouped(number) + " B", bytesText(static_cast<double>(number))});
    };
    bytes("per token", report.bytes_per_token);
    bytes("at " + grouped(workload.context) + " tokens", report.bytes_at_context);
    if (workload.batch > 1) {
        bytes("batch of " + grouped(workload.batch), report.bytes_batch);
    }
    bytes("read per decode step", report.bytes_read_per_decode_step);
    return table.text(indent);
}

std::string flopsReportText(const FlopReport& report, const Workload& workload) {
    TextTable table = figureTable();
    const auto line = [&](const std::string& name, std::int64_t flops, const std::string& note) {
        table.add({name, flopsText(static_cast<double>(flops)), note});
    };
    const std::string prompt = " of " + grouped(workload.prompt) + " tokens";
    line("prefill, dense" + prompt, report.prefill_dense, "all pairs, lm_head everywhere");
    line("prefill, causal" + prompt, report.prefill_causal, "attended pairs, lm_head once");
    line("decode step at " + grouped(workload.context), report.decode_step, "one sequence");
    return table.text(indent);
}

std::string memoryText(const MemoryReport& report, const Scenario& scenario,
                       const ModelSpec& spec) {
    TextTable table = figureTable();
    const auto bytes = [&](const std::string& name, std::int64_t number, const std::string& note) {
        table.add({name, binaryBytes(static_cast<double>(number)),
                   decimalBytes(static_cast<double>(number)) + note});
    };
    bytes("weights", report.weights_bytes, "");
    bytes("KV cache", report.kv_bytes, "");
    bytes("workspace", report.workspace_bytes, "");
    bytes("total", report.total_bytes, "");
    bytes("per device", report.per_gpu_bytes,
          " of " + decimalBytes(static_cast<double>(report.device_bytes)) +
              (report.fits ? ": fits" : ": DOES NOT FIT"));
    const std::int64_t replicated =
        report.per_gpu_replicated_weights_bytes + report.per_gpu_replicated_kv_bytes;
    if (replicated > 0) {
        bytes("  of it replicated", replicated,
              ": weights " +
                  decimalBytes(static_cast<double>(report.per_gpu_replicated_weights_bytes)) +
                  ", cache " +
                  decimalBytes(static_cast<double>(report.per_gpu_replicated_kv_bytes)));
    }
    table.add({"largest batch", grouped(report.max_batch),
               "at " + grouped(scenario.workload.context) + " tokens"});
    table.add({"longest context", grouped(report.max_context),
               "at batch " + grouped(scenario.workload.batch) +
                   (report.max_context > spec.max_position_embeddings
                        ? "; made for " + grouped(spec.max_position_embeddings)
                        : std::string())});
    return table.text(indent);
}

std::string errorText(double relative) {
    return relative > 0 ? "+-" + percentText(relative) : "error unknown";
}

std::string servingText(const ServingReport& report, const Workload& workload) {
    TextTable table = figureTable();
    const std::string replicas =
        report.replicas > 1 ? ", " + std::to_string(report.replicas) + " replicas" : "";
    table.add({"output tokens per second", plainNumber(report.tokens_per_second_per_device, 3),
               "per device" + replicas});
    table.add({"prompt tokens per second", plainNumber(report.prompt_tokens_per_second, 3),
               "in prefill"});
    table.add({"one request", secondsText(report.request_seconds),
               grouped(workload.prompt) + " tokens in, " + grouped(workload.output) + " out"});
    if (report.max_batch > 0) {
        table.add({"at the largest batch", plainNumber(report.tokens_per_second_at_max_batch, 3),
                   "tokens per second, batch " + grouped(report.max_batch) + ", " +
                       secondsText(report.time_per_output_token_at_max_batch_s) + " per token"});
    }
    if (report.output_cost_per_million) {
        table.add({"cost, output", plainNumber(*report.output_cost_per_million, 3),
                   "per million tokens at " + plainNumber(report.price_per_hour, 4) + " an hour"});
        if (report.output_cost_per_million_at_max_batch) {
            table.add({"  at the largest batch",
                       plainNumber(*report.output_cost_per_million_at_max_batch, 3), ""});
        }
    }
    if (report.prompt_cost_per_million) {
        table.add({"cost, prompt", plainNumber(*report.prompt_cost_per_million, 3),
                   "per million tokens"});
    }
    return table.text(indent) + std::string(indent) +
           "not modelled: chunked prefill, prefill beside decode\n";
}

std::string throughputText(const ThroughputReport& report) {
    TextTable table = figureTable();
    table.add({"time to first token", secondsText(report.time_to_first_token_s),
               errorText(report.prefill_error) + ", limited by " +
                   std::string(to_string(report.prefill.bound())) + "; roofline " +
                   secondsText(report.prefill.ceiling_seconds)});
    table.add({"time per output token", secondsText(report.time_per_output_token_s),
               errorText(report.decode_error) + ", limited by " +
                   std::string(to_string(report.decode.bound())) + "; roofline " +
                   secondsText(report.decode.ceiling_seconds)});
    table.add({"tokens per second", plainNumber(report.tokens_per_second, 3),
               plainNumber(report.tokens_per_second_per_user, 3) + " per sequence"});
    return table.text(indent);
}

/// "keys and values, window of 1,024"
std::string keptText(const KeptEntry& entry) {
    std::string text;
    switch (entry.content) {
    case KeptContent::KeysAndValues:
        text = "keys and values";
        break;
    case KeptContent::Latent:
        text = "latent";
        break;
    }
    switch (entry.bound) {
    case KeptBound::Grows:
        break;
    case KeptBound::Window:
        text += ", window of " + grouped(entry.size);
        break;
    case KeptBound::Chunk:
        text += ", chunks of " + grouped(entry.size);
        break;
    case KeptBound::Rate:
        text += ", one for " + grouped(entry.size) + " tokens";
        break;
    case KeptBound::Fixed:
        text += ", of fixed size";
        break;
    }
    return text;
}

/// One line for each layer: what it keeps of a context, and what a decode step reads of it.
std::string kvLayersText(const std::vector<KvLayer>& layers) {
    TextTable table({Align::Right, Align::Left, Align::Right, Align::Right, Align::Right});
    table.add({"layer", "kind", "stored tokens", "stored", "read per step"});
    for (const KvLayer& layer : layers) {
        std::string kind = layer.kept.empty() ? "nothing" : keptText(layer.kept.front());
        if (layer.shares_kv) {
            kind += ", of layer " + std::to_string(layer.source_layer);
        }
        table.add({std::to_string(layer.layer), kind, grouped(layer.stored_tokens),
                   grouped(layer.bytes) + " B", grouped(layer.bytes_read) + " B"});
    }
    return table.text(indent);
}

std::string trainingText(const TrainingPlan& plan) {
    const TrainingReport& report = plan.report;
    TextTable table = figureTable();
    const auto bytes = [&](const std::string& name, std::int64_t number, const char* note = "") {
        table.add({name, binaryBytes(static_cast<double>(number)),
                   decimalBytes(static_cast<double>(number)) + note});
    };
    bytes("weights", report.weights_bytes);
    bytes("gradients", report.gradients_bytes);
    bytes("optimiser", report.optimizer_bytes);
    bytes("activations", report.activation_bytes);
    if (report.recomputed_bytes > 0) {
        bytes("recomputed layer", report.recomputed_bytes);
    }
    const bool ideal = plan.setup.framework == Framework::Ideal;
    if (!ideal) {
        bytes("kept beyond", report.framework_bytes);
        bytes("temporaries", report.temporary_bytes);
    }
    bytes("total", report.total_bytes);
    if (!ideal) {
        bytes("forward peak", report.forward_peak_bytes, ", above the first three");
        bytes("step's peak", report.step_peak_bytes, ", above the first three");
    }
    if (report.loss_peak_bytes > 0) {
        bytes("loss's peak", report.loss_peak_bytes,
              ideal ? ", of the logits alone; in the total with --framework pytorch"
                    : ", of the logits alone; in the total");
    }
    table.add({"FLOPs per token", flopsText(static_cast<double>(report.flops_per_token)),
               "6 N: " + flopsText(static_cast<double>(report.flops_per_token_6nd))});
    if (plan.setup.lora.rank > 0) {
        table.add({"trained parameters", grouped(report.trained_parameters),
                   shortCount(static_cast<double>(report.trained_parameters))});
    }
    if (plan.tokens) {
        table.add({"for " + shortCount(*plan.tokens) + " tokens",
                   plainNumber(plan.hours(), 4) + " h",
                   "on " + grouped(plan.devices) + " devices at " +
                       percentText(plan.setup.utilisation) + " of their peak; " +
                       plainNumber(plan.hours() * static_cast<double>(plan.devices), 4) +
                       " device hours"});
    }
    return table.text(indent);
}

std::string findingsText(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += std::string(indent) + std::string(severityName(finding.severity)) + ": " +
                finding.field + ": " + english(finding.message) + '\n';
    }
    return text;
}

std::string deploymentText(const Deployment& deployment, const DeviceProfile& device) {
    std::string text = std::to_string(deployment.devices) + " x " + device.name;
    const auto split = [&](const char* name, std::int64_t n) {
        text += n > 1 ? std::string(", ") + name + " parallel " + std::to_string(n) : "";
    };
    split("tensor", deployment.tensor_parallel);
    split("pipeline", deployment.pipeline_parallel);
    split("expert", deployment.expert_parallel);
    return text;
}

std::string reportText(const LoadedModel& model, const Analysis& analysis,
                       const DeviceProfile& device, const TrainingPlan& plan, bool showLayers) {
    const Scenario& scenario = analysis.scenario;
    const Workload& workload = scenario.workload;
    std::string formats = std::string(to_string(scenario.formats.weights)) + " weights";
    for (std::size_t i = 0; i < parameter_group_count; ++i) {
        if (const auto& format = scenario.formats.roles[i]) {
            std::string role(to_string(static_cast<ParameterGroup>(i)));
            std::replace(role.begin(), role.end(), '_', ' ');
            formats += " (" + role + " " + std::string(to_string(*format)) + ")";
        }
    }
    formats += ", " + std::string(to_string(scenario.formats.kv)) + " cache";
    std::string text = model.design.name + "  " + model.design.config.model_type + ", " +
                       std::to_string(model.spec.num_layers()) + " layers\n";
    text += structureText(model);
    text += "\nParameters\n" + parametersText(analysis.parameters);
    text += "\nKey/value cache, " + std::string(to_string(scenario.formats.kv)) +
            ", per sequence\n" + kvText(analysis.kv, workload);
    if (const Sentence note = scale_note(scenario.formats.kv); !note.empty()) {
        text += std::string(indent) + english(note) + "\n";
    }
    if (showLayers) {
        text += "\nCache by layer, at " + grouped(workload.context) + " tokens\n" +
                kvLayersText(kv_layers(model.spec, workload.context, scenario.formats.kv));
    }
    text += "\nWork per sequence\n" + flopsReportText(analysis.flops, workload);
    text += "\nMemory for inference: " + formats + ", batch " + grouped(workload.batch) +
            ", context " + grouped(workload.context) + ", on " +
            deploymentText(scenario.deployment, device) + "\n" +
            memoryText(analysis.memory, scenario, model.spec);
    text += "\nSpeed, " + std::string(analysis.throughput.measured ? "measured" : "typical") +
            " constants (an estimate)\n" + throughputText(analysis.throughput) +
            servingText(serving(model.spec, analysis, device), workload);
    text += "\nTraining, " + planText(plan) + "\n" + trainingText(plan);
    if (!model.findings.empty()) {
        text += "\nFindings\n" + findingsText(model.findings);
    }
    return text;
}

constexpr std::array analyzeOptions{
    OptionSpec{"--kv-layers", "", "the cache layer by layer (--json always has it)"},
};

int runAnalyze(const Arguments& arguments) {
    LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    const DeviceProfile device = loadDevice(arguments);
    const Scenario scenario = scenarioFrom(arguments, device, model.spec);
    for (Finding& finding : scenario_findings(model.spec, scenario.workload)) {
        model.findings.push_back(std::move(finding));
    }
    Analysis analysis = analyzeOrFail(model, scenario, device);
    const TrainingPlan plan = trainingPlan(arguments, model, scenario, device);
    analysis.training = plan.report;
    if (arguments.has("--json")) {
        printJson(toJson(model, analysis, device, plan));
    } else {
        printText(reportText(model, analysis, device, plan, arguments.has("--kv-layers")));
    }
    return Done;
}

} // namespace

const Command& analyzeCommand() {
    static const Command command{
        "analyze",
        "MODEL",
        "everything about one design: parameters, cache, FLOPs, memory, speed, training",
        "MODEL is a preset's name, a config.json, or a folder that holds one.\n"
        "GB is 10^9 bytes, GiB is 2^30 bytes.",
        1,
        1,
        {analyzeOptions, scenarioOptions(), trainingOptions(), editOptions(), jsonOption()},
        runAnalyze,
    };
    return command;
}

} // namespace headroom::cli
