// SPDX-License-Identifier: GPL-3.0-or-later
// headroom bench MODEL
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/engine/engine.h"
#include "core/engine/engine_report.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array options{
    OptionSpec{"--threads", "N", "(default: one per hardware thread)"},
    OptionSpec{"--prompt", "P", "tokens of the prompt (default 128)"},
    OptionSpec{"--output", "N", "tokens to decode after it (default 32)"},
    OptionSpec{"--repeat", "R", "repetitions, of which the median counts (default 5)"},
    OptionSpec{"--seed", "N", "of the random weights (default 1)"},
};

Json reportJson(const Design& design, const BenchReport& report) {
    return {{"model", design.name},
            {"prefill_tokens_per_second", report.prefill_tokens_per_second},
            {"decode_tokens_per_second", report.decode_tokens_per_second},
            {"threads", report.threads},
            {"weights_bytes", report.weights_bytes},
            {"parameters", report.parameters},
            {"kv_cache_bytes", report.kv_cache_bytes},
            {"workspace_bytes", report.workspace_bytes}};
}

std::string reportText(const Design& design, const BenchReport& report) {
    TextTable table({Align::Left, Align::Right});
    table.add({"prefill", plainNumber(report.prefill_tokens_per_second) + " tok/s"});
    table.add({"decode", plainNumber(report.decode_tokens_per_second) + " tok/s"});
    table.add({"threads", std::to_string(report.threads)});
    table.add({"parameters", grouped(report.parameters)});
    table.add({"weights", binaryBytes(static_cast<double>(report.weights_bytes))});
    table.add({"KV cache", binaryBytes(static_cast<double>(report.kv_cache_bytes))});
    return design.name + ", random weights\n" + table.text("  ");
}

int run(const Arguments& arguments) {
    const LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    BenchRequest request;
    request.prompt = arguments.integer("--prompt", 1, 1 << 20).value_or(request.prompt);
    request.output = arguments.integer("--output", 1, 1 << 20).value_or(request.output);
    request.repeat =
        static_cast<int>(arguments.integer("--repeat", 1, 10000).value_or(request.repeat));
    EngineOptions engineOptions;
    engineOptions.threads = static_cast<int>(arguments.integer("--threads", 1, 1024).value_or(0));
    engineOptions.context = request.prompt + request.output;
    const auto seed = static_cast<std::uint64_t>(
        arguments.integer("--seed", 0, std::int64_t{1} << 62).value_or(1));
    Engine engine = valueOrFail(Engine::random(model.design.config, seed, engineOptions),
                                arguments.positional()[0]);
    const BenchReport report = valueOrFail(bench(engine, request), arguments.positional()[0]);
    arguments.has("--json") ? printJson(reportJson(model.design, report))
                            : printText(reportText(model.design, report));
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
        {options, editOptions(), jsonOption()},
        run,
    };
    return command;
}

} // namespace headroom::cli
