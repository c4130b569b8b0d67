// SPDX-License-Identifier: GPL-3.0-or-later
// What a validation will run: lengths, batches, engine options, and what they cost.
#pragma once

#include "core/config/layer_spec.h"
#include "core/engine/engine.h"
#include "core/validation/validation.h"

#include <cstdint>
#include <vector>

namespace headroom {

struct ValidationPlan {
    EngineOptions engine;
    std::vector<std::int64_t> contexts; ///< prompts, ascending
    std::vector<std::int64_t> batches;  ///< tokens of the passes after the single ones, ascending
    std::int64_t decode_steps = 8;      ///< single tokens after each prompt
    int rounds = 0;                     ///< least timed ones for each prompt
    double timing_seconds = 0;          ///< see ValidationOptions
    int draws = 16;                     ///< passes of fresh tokens through the routers, each batch

    /// Tokens after a prompt: single ones, then one pass of each batch.
    [[nodiscard]] std::int64_t tokens_after_prompt() const;
};

/// Prompts and batches as far as the design has positions for them.
[[nodiscard]] ValidationPlan plan_validation(const ModelSpec& spec,
                                             const ValidationOptions& options);

/// The context that a tiny design is trained for, so that every length of the plan lies in it.
[[nodiscard]] std::int64_t validation_context(const ValidationOptions& options);

/// Seconds of one step of `tokens` tokens after `past` cached ones; with the profile of this
/// computer where there is one, else at a pace that any computer of the last ten years keeps.
[[nodiscard]] double estimated_step_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                                            const ComputerProfile* computer, std::int64_t tokens,
                                            std::int64_t past);

/// The same for a prompt of `context` tokens and `plan.decode_steps` single ones.
[[nodiscard]] double estimated_prompt_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                                              const ComputerProfile* computer,
                                              std::int64_t context);

/// The same for one round: the prompt, single tokens, and a pass of each batch.
[[nodiscard]] double estimated_round_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                                             const ComputerProfile* computer, std::int64_t context);

/// Timed rounds of a prompt; one more, before them, is not counted.
[[nodiscard]] int timed_rounds(const ModelSpec& spec, const ValidationPlan& plan,
                               const ComputerProfile* computer, std::int64_t context);

/// Seconds of all rounds.
[[nodiscard]] double estimated_seconds(const ModelSpec& spec, const ValidationPlan& plan,
                                       const ComputerProfile* computer);

/// Multiply-adds counted twice that the engine executes for a prompt: chunk by chunk, each with one
/// row of logits; MLA makes keys and values of the past again for every chunk.
[[nodiscard]] std::int64_t planned_prefill_flops(const ModelSpec& spec, std::int64_t tokens,
                                                 std::int64_t chunk);

} // namespace headroom
