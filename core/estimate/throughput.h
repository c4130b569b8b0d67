// SPDX-License-Identifier: GPL-3.0-or-later
// Time of prefill and decode: a fold over the operator list with the device's constants.
#pragma once

#include "core/accounting/operators.h"
#include "core/estimate/device_profile.h"

#include <array>
#include <cstdint>

namespace headroom {

enum class Bound { Compute, Memory, Overhead, Communication };
std::string_view to_string(Bound bound);

/// Time of one step by kind of operator and by what limits it. Seconds.
struct StepTime {
    double seconds = 0;
    double ceiling_seconds = 0; ///< bare roofline: no efficiency, no overhead
    std::array<double, operator_kind_count> by_kind{};
    std::array<double, 4> by_bound{}; ///< indexed by Bound
    [[nodiscard]] Bound bound() const;
};

struct ThroughputReport {
    StepTime prefill; ///< the whole batch's prompts
    StepTime decode;  ///< one step of the whole batch at `context`
    double time_to_first_token_s = 0;
    double time_per_output_token_s = 0;
    double tokens_per_second = 0; ///< all sequences of all replicas, decode
    double tokens_per_second_per_user = 0;
    double prefill_error = 0; ///< relative, one figure for the device; 0: unknown
    double decode_error = 0;
    bool measured = false;
};

/// The step that one replica executes: its share of the batch; in decode each stage of a pipeline
/// holds its own part of that. A prefill passes the stages one after the other, so that all but one
/// wait: the bubble is (stages - 1) / stages of every device's time.
Step decode_step(const Scenario& scenario);
Step prefill_step(const Scenario& scenario);

/// Time of one decode step of `batch` sequences at `context`.
StepTime decode_time(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device);

/// Time to process `batch` prompts of `prompt` tokens, lm_head for the last position only.
StepTime prefill_time(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device);

/// What that kind of work reaches of the device's limits.
const Efficiency& efficiency_of(const Constants& constants, OperatorKind kind);

/// What one operator waits for. Seconds.
struct OperatorTime {
    double computing = 0; ///< flops / (peak * compute efficiency)
    double moving = 0;    ///< bytes / (bandwidth * memory efficiency), or the message over its link
    double launching = 0; ///< launches * overhead
    double seconds = 0;   ///< the three put together, by kind: see operator_time
    double ceiling = 0;   ///< bare roofline
    Bound bound = Bound::Memory; ///< of the time that is not launching
};

/// The time law (docs/accuracy.md):
/// - attention: max(computing, moving) + launching;
/// - linear: (computing^4 + moving^4)^(1/4) + launching: the larger of the two, and a fifth more
/// where they are equal, since neither hides the other completely;
/// - experts: sqrt(computing^2 + moving^2) + launching: a grouped product's few rows hide less;
/// - element-wise: max(moving, launching): a kernel too small to fill the device takes its launch;
/// - communication: the message over its link.
OperatorTime operator_time(const Operator& op, const DeviceProfile& device);

/// Shares of its kind's memory and compute efficiency that an operator reaches on the device: what
/// its shape allows, and for tiles that are dealt out in waves sqrt(waves / whole waves).
double memory_share(const Operator& op, const DeviceProfile& device);
double compute_share(const Operator& op, const DeviceProfile& device);

/// Seconds that one operator takes on the device, its launches included.
double operator_seconds(const Operator& op, const DeviceProfile& device);

/// Calls `visit` for every operator of the step with the seconds that one of them takes.
void for_each_timed_operator(const ModelSpec& spec, const Scenario& scenario,
                             const DeviceProfile& device, Phase phase,
                             FunctionRef<void(const Operator&, double)> visit);

ThroughputReport throughput(const ModelSpec& spec, const Scenario& scenario,
                            const DeviceProfile& device);

} // namespace headroom
