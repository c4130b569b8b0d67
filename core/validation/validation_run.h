// SPDX-License-Identifier: GPL-3.0-or-later
// One validation at work: the engine, the report that grows, and what its parts share.
#pragma once

#include "core/engine/engine.h"
#include "core/this_computer/processor_load.h"
#include "core/validation/validation.h"
#include "core/validation/validation_plan.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace headroom {

/// Which row of a report.
struct RowKey {
    RowKind kind = RowKind::Parameters;
    std::int64_t tokens = 0;
    std::int64_t past = 0;
    std::int64_t layer = -1;
};

/// What a row was found to be: the figure, its quartiles, and how many repeats it sums up.
struct Measured {
    double value = 0;
    double fastest = 0;
    double slowest = 0;
    std::int64_t repeats = 1;
};

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
    void count_layers(std::int64_t tokens, std::int64_t past);
    // validation_times.cpp
    [[nodiscard]] Status time_contexts();
    [[nodiscard]] Status time_context(std::int64_t context);
    // validation_routing.cpp
    [[nodiscard]] Status draw_experts();
    [[nodiscard]] std::span<const std::int32_t> distinct_tokens(std::int64_t count);

    [[nodiscard]] ValidationRow* find(const RowKey& key);
    void measured(const RowKey& key, const Measured& found);
    void counted(const RowKey& key, double value) { measured(key, {value, value, value, 1}); }
    /// Seconds that the run is estimated to take once the engine stands.
    [[nodiscard]] double estimated_total() const;
    void tell(ValidationStage stage, std::int64_t tokens, double stage_share = 0);
    void step_done(double predicted_seconds);
    [[nodiscard]] const ComputerProfile* computer() const;
    [[nodiscard]] bool has_experts() const;
    [[nodiscard]] Engine& engine() { return *m_engine; }
    /// `count` tokens of the vocabulary, the same for the same options.
    [[nodiscard]] std::span<const std::int32_t> tokens(std::int64_t count);
    [[nodiscard]] std::uint64_t next_random();

    ValidationReport& m_report;
    const ValidationListener& m_listener;
    const std::stop_token& m_stop;
    ModelSpec m_spec;
    ValidationPlan m_plan;
    std::optional<Engine> m_engine;
    std::uint64_t m_random = 0;
    std::vector<std::int32_t> m_tokens;
    std::vector<std::int32_t> m_vocabulary; ///< shuffled; empty until it is needed
    std::chrono::steady_clock::time_point m_start;
    ProcessorLoad m_load;                              ///< since the first measurement
    std::chrono::steady_clock::time_point m_run_start; ///< of what is estimated
    int m_done = 0;
    int m_total = 0;
    double m_estimated_done = 0;  ///< seconds, of the measurements made
    double m_estimated_total = 0; ///< of all
};

} // namespace headroom
