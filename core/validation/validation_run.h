// SPDX-License-Identifier: GPL-3.0-or-later
// One validation at work: the engine, the report that grows, and what its parts share.
#pragma once

#include "core/engine/engine.h"
#include "core/hardware/processor_load.h"
#include "core/validation/validation.h"
#include "core/validation/validation_plan.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace headroom {

/// Passes of fresh tokens through the routers for each number of tokens.
inline constexpr int routing_draws = 16;

class ValidationRun {
public:
    ValidationRun(ValidationReport& report, const ValidationListener& listener,
                  const std::stop_token& stop);

    /// The whole run for a design whose tiny form is in the report, or for the checkpoint there.
    [[nodiscard]] Status run();
    /// Fills report.tiny; the dial, time and memory limits decide how small.
    [[nodiscard]] Status shrink_design();
    /// validation_computer.cpp: the profile of this computer, read or measured.
    [[nodiscard]] Status find_computer();

private:
    [[nodiscard]] Status load();
    // validation_exact.cpp
    void count_allocated();
    [[nodiscard]] Status count_steps(std::int64_t context);
    void count_cache(RowKind kind, std::int64_t tokens, std::int64_t past);
    void count_layers(std::int64_t tokens);
    // validation_times.cpp
    [[nodiscard]] Status time_context(std::int64_t context);
    // validation_routing.cpp
    [[nodiscard]] Status draw_experts();

    void add(RowKind kind, RowUnit unit, std::int64_t predicted, std::int64_t measured,
             std::int64_t tokens = 0, std::int64_t past = 0);
    void tell(ValidationStage stage, std::int64_t tokens, double stage_share = 0);
    void step_done(double predicted_seconds);
    [[nodiscard]] const ComputerProfile* computer() const;
    [[nodiscard]] bool has_experts() const;
    [[nodiscard]] Engine& engine() { return *m_engine; }
    /// `count` tokens of the vocabulary, the same for the same options.
    [[nodiscard]] std::span<const std::int32_t> tokens(std::int64_t count);
    [[nodiscard]] Error stopped() const { return {"", "run", "was cancelled"}; }

    ValidationReport& m_report;
    const ValidationListener& m_listener;
    const std::stop_token& m_stop;
    ModelSpec m_spec;
    ValidationPlan m_plan;
    std::optional<Engine> m_engine;
    std::uint64_t m_random = 0;
    std::vector<std::int32_t> m_tokens;
    std::chrono::steady_clock::time_point m_start;
    ProcessorLoad m_load;                              ///< since the first measurement
    std::chrono::steady_clock::time_point m_run_start; ///< of what is estimated
    int m_done = 0;
    int m_total = 0;
    double m_estimated_done = 0;  ///< seconds, of the measurements made
    double m_estimated_total = 0; ///< of all
};

} // namespace headroom
