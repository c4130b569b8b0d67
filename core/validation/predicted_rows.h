// SPDX-License-Identifier: GPL-3.0-or-later
// What a validation predicts, before anything is run.
#pragma once

#include "core/validation/validation_plan.h"

#include <vector>

namespace headroom {

/// Every row that a run of this plan measures but the tensors of a checkpoint, predicted, in the
/// order in which they are read: parameters, cache, work, experts, times. None is measured yet.
/// `computer`: the profile that times follow from; null leaves them out.
[[nodiscard]] std::vector<ValidationRow>
predicted_rows(const ModelSpec& spec, const ValidationPlan& plan, const ComputerProfile* computer);

/// The same between the measurements, for charts: the law of each row that depends on a number of
/// tokens, without gaps.
[[nodiscard]] std::vector<PredictedCurve> predicted_curves(const ModelSpec& spec,
                                                           const ValidationPlan& plan,
                                                           const ComputerProfile* computer);

/// Expected number of distinct experts that a pass of `tokens` tokens reaches in a layer, with the
/// band of its mean over the plan's passes and `layers` layers.
struct ExpectedExperts {
    double mean = 0;
    double margin = 0;
};
[[nodiscard]] ExpectedExperts expected_experts(const MixtureOfExperts& moe, std::int64_t layers,
                                               const ValidationPlan& plan, std::int64_t vocabulary,
                                               double tokens);

/// Tokens that are cached when the decode step begins whose work is counted after this prompt.
[[nodiscard]] std::int64_t counted_step_past(const ModelSpec& spec, const ValidationPlan& plan,
                                             std::int64_t context);

} // namespace headroom
