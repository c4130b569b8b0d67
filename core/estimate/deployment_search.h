// SPDX-License-Identifier: GPL-3.0-or-later
// What fits: the fewest devices and the best split of a design for a workload and a target.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/function_ref.h"
#include "core/base/result.h"
#include "core/config/layer_spec.h"
#include "core/estimate/device_profile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Without a time or a rate the target is that the batch fits at its context.
struct DeploymentTarget {
    std::optional<double> max_seconds_per_token; ///< of every user
    std::optional<double> min_tokens_per_second; ///< of all users together
    std::int64_t max_devices = 8;
};

enum class DeploymentVerdict { Meets, TooSlow, TooFewTokens, NoMemory };
std::string_view to_string(DeploymentVerdict verdict);

/// One valid split, judged.
struct DeploymentOption {
    Deployment deployment;
    std::int64_t data_parallel = 1; ///< replicas
    DeploymentVerdict verdict = DeploymentVerdict::Meets;
    std::int64_t per_device_bytes = 0; ///< on the fullest device
    double seconds_per_token = 0;
    double tokens_per_second = 0;
    double seconds_to_first_token = 0;
    std::optional<double> output_cost_per_million;
};

/// A split that the design or the device does not allow; `count` splits fail for this reason.
struct DeploymentRefusal {
    Deployment deployment; ///< the first of them
    Error error;
    std::int64_t count = 1;
};

struct DeploymentSearch {
    /// Best first: those that meet the target, by number of devices, then by the time or the rate
    /// that was asked for; then the others by how much they lack.
    std::vector<DeploymentOption> options;
    std::vector<DeploymentRefusal> refusals;
    std::int64_t examined = 0; ///< splits looked at, the refused among them
    bool cancelled = false;

    /// The first option, if it meets the target.
    [[nodiscard]] const DeploymentOption* best() const;
};

inline constexpr std::int64_t most_searched_devices = 512;

/// Every number of devices up to the limit (beyond one node whole nodes), split in every way whose
/// factors divide it. `scenario.deployment` gives device and price, its split is ignored.
/// `cancelled` is asked between splits. Error: a limit or target out of range.
Result<DeploymentSearch> find_deployments(const ModelSpec& spec, const Scenario& scenario,
                                          const DeviceProfile& device,
                                          const DeploymentTarget& target,
                                          FunctionRef<bool()> cancelled);
Result<DeploymentSearch> find_deployments(const ModelSpec& spec, const Scenario& scenario,
                                          const DeviceProfile& device,
                                          const DeploymentTarget& target);

} // namespace headroom
