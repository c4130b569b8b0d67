// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine consists of while it runs a sequence.
#pragma once

#include "core/engine/engine.h"

#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace headroom {

struct Engine::State {
    ModelSpec spec;
    ModelWeights weights;
    std::vector<RopeTable> rope_tables;
    std::vector<LayerState> layers; // [layers]
    Workspace workspace;
    AlignedBuffer logits;
    std::unique_ptr<ThreadPool> pool;
    StepCounters total;
    StepCounters step;
    ExpertTokens expert_tokens; // [layers][experts], empty unless counted
    std::int64_t context = 0;
    std::int64_t chunk = 0;
    std::int64_t position = 0;
    bool is_cancelled = false;
    bool turns_by_length = false;     ///< some angles depend on how long the sequence is
    std::vector<std::int32_t> tokens; ///< of the sequence; kept only where turns_by_length

    /// Runs tokens through the layers in chunks; false: cancelled. `logits` has room for the rows.
    bool run(std::span<const std::int32_t> next, LogitRows rows, const std::stop_token& stop);
    /// LongRoPE and dynamic scaling turn every position of a sequence that outgrows the trained
    /// length by other angles (dynamic: by others again with each token), so what is cached is run
    /// once more; false: cancelled.
    bool turn_for(std::int64_t length, const std::stop_token& stop);
};

} // namespace headroom
