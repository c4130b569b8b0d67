// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of time: a prompt, single tokens, and passes of several tokens, round after round.
#include "core/hardware/this_computer_time.h"
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
    std::int64_t tokens = 0;
    std::int64_t past = 0;
    std::vector<double> seconds;
};

} // namespace

Status ValidationRun::time_context(std::int64_t context) {
    std::vector<Samples> steps;
    steps.push_back({context, 0, {}});
    steps.push_back({1, context + m_plan.decode_steps / 2, {}});
    std::int64_t past = context + m_plan.decode_steps;
    for (const std::int64_t batch : m_plan.batches) {
        steps.push_back({batch, past, {}});
        past += batch;
    }
    std::vector<EngineTime> predicted;
    double round_seconds = 0;
    for (const Samples& step : steps) {
        predicted.push_back(engine_time(
            m_spec, {step.tokens, step.past, m_plan.engine.prefill_chunk}, *computer()));
        round_seconds += predicted.back().seconds *
                         (step.tokens == 1 ? static_cast<double>(m_plan.decode_steps) : 1.0);
    }
    const auto timed = [&](Samples& step, bool counts) -> Status {
        const std::span<const std::int32_t> input = tokens(step.tokens);
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
    for (std::size_t i = 0; i < steps.size(); ++i) {
        std::vector<double>& seconds = steps[i].seconds;
        std::sort(seconds.begin(), seconds.end());
        ValidationRow row;
        row.kind = i == 0 ? RowKind::PrefillTime : RowKind::StepTime;
        row.judgement = Judgement::Timed;
        row.unit = RowUnit::Seconds;
        row.tokens = steps[i].tokens;
        row.past = i == 0 ? 0 : context;
        row.predicted = predicted[i].seconds;
        row.low = predicted[i].low_s;
        row.high = predicted[i].high_s;
        row.measured = quantile(seconds, 0.5);
        row.fastest = quantile(seconds, 0.25);
        row.slowest = quantile(seconds, 0.75);
        row.repeats = static_cast<std::int64_t>(seconds.size());
        m_report.rows.push_back(row);
    }
    tell(ValidationStage::Timing, context);
    return std::monostate{};
}

} // namespace headroom
