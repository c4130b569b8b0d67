// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of time: a prompt, single tokens, and passes of several tokens, round after round.
#include "core/this_computer/engine_probe.h"
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

/// The threads lie to each other as the profile says: in one of a few looks, since a window that
/// draws meanwhile makes every byte late.
bool is_placed(ComputerProbe& probe, double exchange_s) {
    constexpr int looks = 4;
    for (int look = 0; look < looks; ++look) {
        if (same_placement(exchange_s, measured_exchange_s(probe))) {
            return true;
        }
    }
    return false;
}

} // namespace

Status ValidationRun::time_contexts() {
    const std::unique_ptr<ComputerProbe> probe = engine_probe(m_report.options.threads);
    (void)measured_exchange_s(*probe); // threads that have just begun may share a core
    for (const std::int64_t context : m_plan.contexts) {
        if (const Status timed = time_context(context); !timed) {
            return timed;
        }
        if (!is_placed(*probe, computer()->exchange_s)) {
            m_report.threads_moved = true;
        }
    }
    return std::monostate{};
}

Status ValidationRun::time_context(std::int64_t context) {
    std::vector<Samples> steps;
    steps.push_back({{RowKind::PrefillTime, context}, {}});
    steps.push_back({{RowKind::StepTime, 1, context}, {}});
    for (const std::int64_t batch : m_plan.batches) {
        steps.push_back({{RowKind::StepTime, batch, context}, {}});
    }
    const double round_seconds = estimated_round_seconds(m_spec, m_plan, computer(), context);
    const int rounds = timed_rounds(m_spec, m_plan, computer(), context);
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
    for (int round = 0; round <= rounds; ++round) {
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
