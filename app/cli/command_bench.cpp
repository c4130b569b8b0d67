// SPDX-License-Identifier: GPL-3.0-or-later
// headroom bench MODEL
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/this_computer_text.h"
#include "core/engine/engine.h"
#include "core/engine/engine_report.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array benchOptions{
    OptionSpec{"--threads", "N", "(default: one per hardware thread)"},
    OptionSpec{"--prompt", "P", "tokens of the prompt (default 128)"},
    OptionSpec{"--output", "N", "tokens to decode after it (default 32)"},
    OptionSpec{"--repeat", "R", "repetitions, of which the median counts (default 5)"},
    OptionSpec{"--seed", "N", "of the random weights (default 1)"},
    OptionSpec{"--weights", "FMT", "fp32 or bf16 (default fp32); products accumulate in fp32"},
    OptionSpec{"--estimate", "",
               "prints what was to be expected of this computer beside it; measures the\n"
               "computer first where that was never done"},
};

/// Tokens per second that the profile of this computer promises.
struct Estimate {
    double prefill = 0;
    double decode = 0;
    double error = 0; ///< relative
};

Estimate estimateFor(const ModelSpec& spec, const BenchRequest& request, NumberFormat weights,
                     const ComputerProfile& computer) {
    Workload workload;
    workload.prompt = request.prompt;
    workload.output = request.output;
    workload.context = request.prompt + request.output / 2;
    const EngineForecast forecast = engine_forecast(spec, workload, weights, computer);
    return {static_cast<double>(request.prompt) / forecast.prefill.seconds,
            static_cast<double>(request.output) / forecast.generation.seconds,
            forecast.decode.error};
}

Json reportJson(const Design& design, const BenchReport& report, NumberFormat weights,
                const std::optional<Estimate>& estimate) {
    Json object{
        {"model", design.name},
        {"prefill_tokens_per_second", report.prefill_tokens_per_second},
        {"decode_tokens_per_second", report.decode_tokens_per_second},
        {"threads", report.threads},
        {"weights_bytes", report.weights_bytes},
        {"parameters", report.parameters},
        {"kv_cache_bytes", report.kv_cache_bytes},
        {"workspace_bytes", report.workspace_bytes},
        {"weights", to_string(weights)},
        {"decode_bytes_per_token", report.decode.weight_bytes + report.decode.cache_bytes_read}};
    if (estimate) {
        object["estimate"] = {{"prefill_tokens_per_second", estimate->prefill},
                              {"decode_tokens_per_second", estimate->decode},
                              {"error", estimate->error}};
    }
    return object;
}

std::string reportText(const Design& design, const BenchReport& report, NumberFormat weights,
                       const std::optional<Estimate>& estimate) {
    TextTable table({Align::Left, Align::Right});
    table.add({"prefill", plainNumber(report.prefill_tokens_per_second) + " tok/s"});
    table.add({"decode", plainNumber(report.decode_tokens_per_second) + " tok/s"});
    if (estimate) {
        const std::string band = " tok/s \u00b1 " + percentText(estimate->error, 0);
        table.add({"prefill, estimated", plainNumber(estimate->prefill) + band});
        table.add({"decode, estimated", plainNumber(estimate->decode) + band});
    }
    table.add({"read per token", binaryBytes(static_cast<double>(report.decode.weight_bytes +
                                                                 report.decode.cache_bytes_read))});
    table.add({"threads", std::to_string(report.threads)});
    table.add({"parameters", grouped(report.parameters)});
    table.add({"weights", binaryBytes(static_cast<double>(report.weights_bytes))});
    table.add({"KV cache", binaryBytes(static_cast<double>(report.kv_cache_bytes))});
    return design.name + ", random weights in " + std::string(to_string(weights)) + "\n" +
           table.text("  ");
}

int runBench(const Arguments& arguments) {
    const LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    BenchRequest request;
    request.prompt = arguments.integer("--prompt", 1, 1 << 20).value_or(request.prompt);
    request.output = arguments.integer("--output", 1, 1 << 20).value_or(request.output);
    request.repeat =
        static_cast<int>(arguments.integer("--repeat", 1, 10000).value_or(request.repeat));
    EngineOptions engineOptions;
    engineOptions.threads = threadsFrom(arguments);
    engineOptions.context = request.prompt + request.output;
    const std::string format = arguments.value("--weights").value_or("fp32");
    if (format != "fp32" && format != "bf16") {
        failUsage("--weights: found \"" + format + "\", expected fp32 or bf16");
    }
    const NumberFormat weights = format == "bf16" ? NumberFormat::Bf16 : NumberFormat::Fp32;
    engineOptions.weight_type = format == "bf16" ? WeightType::BF16 : WeightType::F32;
    std::optional<ComputerProfile> computer;
    if (arguments.has("--estimate")) {
        computer = valueOrFail(keptThisComputer(engineOptions.threads));
    }
    const auto seed = static_cast<std::uint64_t>(
        arguments.integer("--seed", 0, std::int64_t{1} << 62).value_or(1));
    Engine engine = valueOrFail(Engine::random(model.design.config, seed, engineOptions),
                                arguments.positional()[0]);
    const BenchReport report = valueOrFail(bench(engine, request), arguments.positional()[0]);
    std::optional<Estimate> estimate;
    if (computer) {
        estimate = estimateFor(engine.spec(), request, weights, *computer);
    }
    arguments.has("--json") ? printJson(reportJson(model.design, report, weights, estimate))
                            : printText(reportText(model.design, report, weights, estimate));
    return Done;
}

} // namespace

const Command& benchCommand() {
    static const Command command{
        "bench",
        "MODEL",
        "speed of the CPU engine with random weights of this shape",
        "The medians of the repetitions, after one that is not counted.",
        1,
        1,
        {benchOptions, editOptions(), jsonOption()},
        runBench,
    };
    return command;
}

} // namespace headroom::cli
