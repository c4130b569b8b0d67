// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluators of claims: each computes its figures from the shipped configurations; used by
// check_claim*.cpp alone.
#pragma once

#include "core/claims/check_table.h"
#include "core/config/config_io.h"
#include "core/study/analysis.h"

#include <span>
#include <string>
#include <string_view>

namespace headroom::check {

/// What an evaluator finds.
struct Outcome {
    Sentence computed;
    Verdict verdict = Verdict::CannotBeComputed;
    Sentence why;
};

struct Evaluator {
    std::string_view id;
    Result<Outcome> (*evaluate)() = nullptr;
};

/// Claims about heads, caches and windows.
std::span<const Evaluator> attention_evaluators();
/// Claims about layers, feed-forward, experts and training.
std::span<const Evaluator> structure_evaluators();

/// A shipped design by name. It exists; a missing one is an error that names it.
Result<const ModelPreset*> shipped(std::string_view name);

/// One design on one H200, bf16, batch 1, `context` tokens in the cache and in the prompt.
Result<Analysis> analyze_at(const ModelConfig& config, std::int64_t context);

} // namespace headroom::check
