// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of time: a prompt, single tokens, and passes of several tokens, round after round.
#include "core/validation/validation_run.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

/// Value below which `share` of the sorted values lie; between two of them, in proportion.
double quantile(const std::vector<double>& sorted, double share) {
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(at));
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Times of one kind of step, round after round.
struct Samples {
    RowKey key;
    std::vector<double> seconds;
};

} // namespace

Status ValidationRun::time_context(std::int64_t context) {
    std::vector<Samples> steps;
    steps.push_back({{RowKind::PrefillTime, context}, {}});
    steps.push_back({{RowKind::StepTime, 1, context}, {}});
    for (const std::int64_t batch : m_plan.batches) {
        steps.push_back({{RowKind::StepTime, batch, context}, {}});
    }
    double round_seconds = estimated_prompt_seconds(m_spec, m_plan, computer(), context);
    for (const std::int64_t batch : m_plan.batches) {
        round_seconds += estimated_step_seconds(m_spec, m_plan, computer(), batch, context);
    }
    const auto timed = [&](Samples& step, bool counts) -> Status {
        const std::span<const std::int32_t> input = tokens(step.key.tokens);
        const Clock::time_point start = Clock::now();
        const auto logits = engine().prefill(input, LogitRows::Last, m_stop);
        const std::chrono::duration<double> seconds = Clock::now() - start;
        if (!logits) {
            return logits.error();
        }
        if (counts) {
            step.seconds.push_back(seconds.count());
        }
        return std::monostate{};
    };
    for (int round = 0; round <= m_plan.rounds; ++round) {
        tell(ValidationStage::Timing, context);
        engine().reset();
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::int64_t times = i == 1 ? m_plan.decode_steps : 1;
            for (std::int64_t n = 0; n < times; ++n) {
                // The first round warms caches up and is not counted.
                if (const Status status = timed(steps[i], round > 0); !status) {
                    return status.error();
                }
            }
        }
        step_done(round_seconds);
    }
    m_report.others_load = m_load.others();
    for (Samples& step : steps) {
        std::vector<double>& seconds = step.seconds;
        std::sort(seconds.begin(), seconds.end());
        measured(step.key, {quantile(seconds, 0.5), quantile(seconds, 0.25),
                            quantile(seconds, 0.75), std::ssize(seconds)});
    }
    tell(ValidationStage::Timing, context);
    return std::monostate{};
}

} // namespace headroom
