// SPDX-License-Identifier: GPL-3.0-or-later
// What `run` and `bench` measure, apart from how it is printed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/engine/engine.h"

namespace headroom {

struct RunRequest {
    std::vector<std::int32_t> tokens;
    std::int64_t generate = 0;                  ///< tokens to generate after them
    std::function<void(std::int32_t)> on_token; ///< hears of each as it is found
};

struct RunReport {
    std::int64_t parameters = 0;
    std::int64_t vocab_size = 0;
    std::vector<float> logits; ///< [tokens, vocab]
    std::vector<std::int32_t> generated;
    std::int64_t kv_cache_bytes = 0; ///< allocated
    StepCounters prefill;            ///< what the prompt took
    StepCounters decode;             ///< what the generated tokens took, all together
    double prefill_ms = 0;
    double decode_tokens_per_second = 0; ///< 0 when at most one token was generated
};

/// Runs the tokens as one prompt on an engine at the start of a sequence.
[[nodiscard]] Result<RunReport> run_report(Engine& engine, const RunRequest& request,
                                           const std::stop_token& stop = {});

struct BenchRequest {
    std::int64_t prompt = 128;
    std::int64_t output = 32;
    int repeat = 5;
};

/// Medians over the repetitions, after one that is not counted.
struct BenchReport {
    double prefill_tokens_per_second = 0;
    double decode_tokens_per_second = 0; ///< after a prompt of `prompt` tokens
    int threads = 0;
    std::int64_t parameters = 0;
    std::int64_t weights_bytes = 0;
    std::int64_t kv_cache_bytes = 0;
    std::int64_t workspace_bytes = 0;
    StepCounters prefill; ///< of one prompt
    StepCounters decode;  ///< of the last decoded token
};

[[nodiscard]] Result<BenchReport> bench(Engine& engine, const BenchRequest& request,
                                        const std::stop_token& stop = {});

/// Middle value; the mean of the two middle ones of an even number. 0 for none.
[[nodiscard]] double median(std::vector<double> values);

} // namespace headroom
