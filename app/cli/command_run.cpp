// SPDX-License-Identifier: GPL-3.0-or-later
// headroom run DIR --tokens ...
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/engine/engine.h"
#include "core/engine/engine_report.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace headroom::cli {

namespace {

constexpr std::array runOptions{
    OptionSpec{"--tokens", "1,2,3", "token ids of the prompt"},
    OptionSpec{"--generate", "N", "tokens to generate after them, the likeliest each time"},
    OptionSpec{"--threads", "N", "(default: one per hardware thread)"},
};

std::vector<std::int32_t> tokensFrom(const Arguments& arguments) {
    std::vector<std::int32_t> tokens;
    for (const std::string& word : splitList(arguments.required("--tokens"))) {
        std::int32_t token = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), token);
        if (error != std::errc() || end != word.data() + word.size() || token < 0) {
            failUsage("--tokens: found \"" + word + "\", expected token ids from 0, as 1,2,3");
        }
        tokens.push_back(token);
    }
    return tokens;
}

Json logitsJson(const RunReport& report) {
    Json rows = Json::array();
    const auto width = static_cast<std::size_t>(report.vocab_size);
    for (std::size_t at = 0; width > 0 && at < report.logits.size(); at += width) {
        const auto first = report.logits.begin() + static_cast<std::ptrdiff_t>(at);
        rows.push_back(std::vector<float>(first, first + static_cast<std::ptrdiff_t>(width)));
    }
    return rows;
}

Json reportJson(const RunReport& report) {
    return {{"parameters", report.parameters},
            {"logits", logitsJson(report)},
            {"generated", report.generated},
            {"kv_cache_bytes", report.kv_cache_bytes},
            {"flops", report.prefill.flops},
            {"prefill_ms", report.prefill_ms},
            {"decode_tokens_per_second", report.decode_tokens_per_second}};
}

std::string join(const std::vector<std::int32_t>& tokens) {
    std::string text;
    for (const std::int32_t token : tokens) {
        text += (text.empty() ? "" : ", ") + std::to_string(token);
    }
    return text;
}

std::string reportText(const RunReport& report) {
    TextTable table({Align::Left, Align::Right});
    table.add({"parameters", grouped(report.parameters)});
    table.add({"KV cache", binaryBytes(static_cast<double>(report.kv_cache_bytes))});
    table.add({"prefill", secondsText(report.prefill_ms * 1e-3)});
    table.add({"prefill work", flopsText(static_cast<double>(report.prefill.flops))});
    if (report.decode_tokens_per_second > 0) {
        table.add({"decode", plainNumber(report.decode_tokens_per_second, 3) + " tok/s"});
    }
    std::string text = table.text();
    if (!report.generated.empty()) {
        text += "generated  " + join(report.generated) + "\n";
    }
    return text;
}

int runRun(const Arguments& arguments) {
    RunRequest request;
    request.tokens = tokensFrom(arguments);
    request.generate = arguments.integer("--generate", 0, 1000000).value_or(0);
    EngineOptions engineOptions;
    engineOptions.threads = static_cast<int>(arguments.integer("--threads", 1, 1024).value_or(0));
    engineOptions.context = static_cast<std::int64_t>(request.tokens.size()) + request.generate;
    const std::string& folder = arguments.positional()[0];
    Engine engine = valueOrFail(Engine::load(folder, engineOptions), folder);
    const RunReport report = valueOrFail(run_report(engine, request), folder);
    arguments.has("--json") ? printJson(reportJson(report)) : printText(reportText(report));
    return Done;
}

} // namespace

const Command& runCommand() {
    static const Command command{
        "run",
        "DIR",
        "runs a folder of config.json and safetensors on the CPU engine",
        "--json prints the logits of every position of the prompt: a list per position.",
        1,
        1,
        {runOptions, jsonOption()},
        runRun,
    };
    return command;
}

} // namespace headroom::cli
