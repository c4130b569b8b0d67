// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_state.h"

#include <algorithm>

namespace headroom {

bool Engine::State::run(std::span<const std::int32_t> next, LogitRows rows,
                        const std::stop_token& stop) {
    const auto vocab = static_cast<std::size_t>(spec.vocab_size);
    const auto count = static_cast<std::int64_t>(next.size());
    for (std::int64_t first = 0; first < count; first += chunk) {
        const std::int64_t length = std::min(chunk, count - first);
        StepCounters counters;
        const ForwardContext forward{
            spec,      weights, rope_tables, layers,
            workspace, *pool,   counters,    expert_tokens.empty() ? nullptr : &expert_tokens};
        ForwardPass pass(
            forward,
            next.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(length)),
            position);
        float* row_logits =
            logits.floats() +
            (rows == LogitRows::All ? static_cast<std::size_t>(first) * vocab : std::size_t{0});
        if (!pass.run(rows, row_logits, stop)) {
            return false;
        }
        position += length;
        step += counters;
    }
    return true;
}

bool Engine::State::turn_for(std::int64_t length, const std::stop_token& stop) {
    bool turned = false;
    for (RopeTable& table : rope_tables) {
        const std::int64_t wanted = length_turned_for(table.spec, length);
        if (wanted != table.turned_for) {
            const bool once = table.spec.type == RopeType::Dynamic && wanted > 0;
            table = make_rope_table(table.spec, once ? length : context, length);
            turned = true;
        }
    }
    if (!turned) {
        return true;
    }
    position = 0;
    return run(tokens, LogitRows::Last, stop);
}

} // namespace headroom
