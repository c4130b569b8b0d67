// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_report.h"

#include "core/base/base_sentences.h"

#include <algorithm>
#include <chrono>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

double median(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Result<RunReport> run_report(Engine& engine, const RunRequest& request,
                             const std::stop_token& stop) {
    RunReport report;
    report.parameters = engine.parameters();
    report.vocab_size = engine.spec().vocab_size;
    report.kv_cache_bytes = engine.kv_cache_bytes();
    const Clock::time_point start = Clock::now();
    Result<std::span<const float>> logits = engine.prefill(request.tokens, LogitRows::All, stop);
    if (!logits) {
        return logits.error();
    }
    report.prefill_ms = seconds_since(start) * 1e3;
    report.prefill = engine.last_step();
    report.logits.assign(logits->begin(), logits->end());

    std::span<const float> last = logits->last(static_cast<std::size_t>(engine.spec().vocab_size));
    const Clock::time_point decode_start = Clock::now();
    for (std::int64_t i = 0; i < request.generate; ++i) {
        const std::int32_t token = likeliest(last);
        report.generated.push_back(token);
        if (request.on_token) {
            request.on_token(token);
        }
        if (i + 1 == request.generate) {
            break;
        }
        const Result<std::span<const float>> next = engine.decode(token, stop);
        if (!next) {
            return next.error();
        }
        last = *next;
        report.decode += engine.last_step();
    }
    if (request.generate > 1) {
        report.decode_tokens_per_second =
            static_cast<double>(request.generate - 1) / seconds_since(decode_start);
    }
    return report;
}

Result<BenchReport> bench(Engine& engine, const BenchRequest& request,
                          const std::stop_token& stop) {
    if (request.prompt < 1 || request.output < 0 || request.repeat < 1) {
        return Error{"", "prompt, output, repeat",
                     found_expected(std::to_string(request.prompt) + ", " +
                                        std::to_string(request.output) + ", " +
                                        std::to_string(request.repeat),
                                    base_says<"at-least">("1, 0, 1"))};
    }
    BenchReport report;
    report.threads = engine.threads();
    report.parameters = engine.parameters();
    report.weights_bytes = engine.weights_bytes();
    report.kv_cache_bytes = engine.kv_cache_bytes();
    report.workspace_bytes = engine.workspace_bytes();
    std::vector<std::int32_t> prompt;
    const std::int64_t vocab = engine.spec().vocab_size;
    for (std::int64_t i = 0; i < request.prompt; ++i) {
        prompt.push_back(static_cast<std::int32_t>((i * 7919 + 13) % vocab));
    }
    std::vector<double> prefill;
    std::vector<double> decode;
    for (int round = 0; round <= request.repeat; ++round) {
        engine.reset();
        const Clock::time_point start = Clock::now();
        Result<std::span<const float>> logits = engine.prefill(prompt, LogitRows::Last, stop);
        const double prefill_seconds = seconds_since(start);
        if (!logits) {
            return logits.error();
        }
        report.prefill = engine.last_step();
        const Clock::time_point decode_start = Clock::now();
        for (std::int64_t i = 0; i < request.output; ++i) {
            logits = engine.decode(likeliest(*logits), stop);
            if (!logits) {
                return logits.error();
            }
        }
        const double decode_seconds = seconds_since(decode_start);
        report.decode = engine.last_step();
        if (round > 0) { // the first round also touches memory for the first time
            prefill.push_back(static_cast<double>(request.prompt) / prefill_seconds);
            if (request.output > 0) {
                decode.push_back(static_cast<double>(request.output) / decode_seconds);
            }
        }
    }
    report.prefill_tokens_per_second = median(prefill);
    report.decode_tokens_per_second = median(decode);
    return report;
}

} // namespace headroom
