// SPDX-License-Identifier: GPL-3.0-or-later
// How long the CPU engine takes for a step: a fold over the operator list with the figures of this
// computer.
#pragma once

#include "core/accounting/operators.h"
#include "core/this_computer/this_computer.h"

#include <array>

namespace headroom {

/// One step of the engine: `tokens` new tokens of one sequence after `past` cached ones. One token
/// is a decode step; more are a prompt, which runs in chunks.
struct EngineStep {
    std::int64_t tokens = 1;
    std::int64_t past = 0;
    std::int64_t chunk = 512;                  ///< tokens that run through the layers at once
    NumberFormat weights = NumberFormat::Fp32; ///< Fp32 or Bf16; the cache is always fp32
    bool logits_for_all = false;               ///< lm_head at every position
    friend bool operator==(const EngineStep&, const EngineStep&) = default;
};

struct EngineTime {
    double seconds = 0;
    double low_s = 0;  ///< seconds / (1 + error)
    double high_s = 0; ///< seconds * (1 + error)
    double error = 0;  ///< relative: mean error of the estimate and the spread of the measurement
    std::array<double, operator_kind_count>
        by_kind{};        ///< indexed by OperatorKind; no communication
    double waiting_s = 0; ///< part of `seconds`: handing work to threads
};

/// Time of one step on the computer of the profile.
[[nodiscard]] EngineTime engine_time(const ModelSpec& spec, const EngineStep& step,
                                     const ComputerProfile& computer);

/// Times of a whole run: `batch` sequences one after the other, as the engine runs them.
struct EngineForecast {
    EngineTime prefill;    ///< of all prompts
    EngineTime decode;     ///< of one token of one sequence at `context` tokens
    EngineTime generation; ///< of `output` tokens of all sequences, after their prompts
};
[[nodiscard]] EngineForecast engine_forecast(const ModelSpec& spec, const Workload& workload,
                                             NumberFormat weights, const ComputerProfile& computer);

} // namespace headroom
