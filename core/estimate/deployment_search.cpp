// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/deployment_search.h"

#include "core/config/layer_queries.h"
#include "core/estimate/device_memory.h"
#include "core/estimate/estimate_sentences.h"
#include "core/estimate/throughput.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace headroom {
namespace {

std::vector<std::int64_t> divisors(std::int64_t n) {
    std::vector<std::int64_t> all;
    for (std::int64_t d = 1; d <= n; ++d) {
        if (n % d == 0) {
            all.push_back(d);
        }
    }
    return all;
}

class Search {
public:
    Search(const ModelSpec& spec, const Scenario& scenario, const DeviceProfile& device,
           const DeploymentTarget& target, FunctionRef<bool()> cancelled)
        : m_spec(spec)
        , m_scenario(scenario)
        , m_device(device)
        , m_target(target)
        , m_cancelled(cancelled)
        , m_experts(experts_of(spec) != nullptr) {}

    DeploymentSearch run() {
        for (std::int64_t n = 1; n <= m_target.max_devices; ++n) {
            if (n > m_device.max_per_node && n % m_device.max_per_node != 0) {
                continue; // whole nodes
            }
            for (const std::int64_t tp : divisors(n)) {
                for (const std::int64_t pp : divisors(n / tp)) {
                    for (const std::int64_t ep :
                         m_experts ? divisors(n / pp) : std::vector<std::int64_t>{1}) {
                        if (m_cancelled()) {
                            m_result.cancelled = true;
                            return rank();
                        }
                        examine(n, tp, pp, ep);
                    }
                }
            }
        }
        return rank();
    }

private:
    void examine(std::int64_t n, std::int64_t tp, std::int64_t pp, std::int64_t ep) {
        ++m_result.examined;
        Deployment& d = m_scenario.deployment;
        d.devices = n;
        d.tensor_parallel = tp;
        d.pipeline_parallel = pp;
        d.expert_parallel = ep;
        const std::int64_t replicas = n / (tp * pp);
        if (replicas > m_scenario.workload.batch) {
            refuse({{},
                    "devices",
                    found_expected(estimate_says<"replicas">(replicas),
                                   estimate_says<"at-most-batch">(m_scenario.workload.batch))});
            return;
        }
        const Result<MemoryReport> memory = memory_at(m_spec, m_scenario, m_device);
        if (!memory) {
            refuse(memory.error());
            return;
        }
        DeploymentOption option;
        option.deployment = d;
        option.data_parallel = replicas;
        option.per_device_bytes = memory->per_gpu_bytes;
        const ThroughputReport speed = throughput(m_spec, m_scenario, m_device);
        option.seconds_per_token = speed.time_per_output_token_s;
        option.tokens_per_second = speed.tokens_per_second;
        option.seconds_to_first_token = speed.time_to_first_token_s;
        if (d.price_per_hour > 0 && option.tokens_per_second > 0) {
            option.output_cost_per_million =
                d.price_per_hour * static_cast<double>(n) / 3600.0 / option.tokens_per_second * 1e6;
        }
        option.verdict = verdict(option, memory->fits);
        m_result.options.push_back(option);
    }

    [[nodiscard]] DeploymentVerdict verdict(const DeploymentOption& option, bool fits) const {
        if (!fits) {
            return DeploymentVerdict::NoMemory;
        }
        if (m_target.max_seconds_per_token &&
            option.seconds_per_token > *m_target.max_seconds_per_token) {
            return DeploymentVerdict::TooSlow;
        }
        if (m_target.min_tokens_per_second &&
            option.tokens_per_second < *m_target.min_tokens_per_second) {
            return DeploymentVerdict::TooFewTokens;
        }
        return DeploymentVerdict::Meets;
    }

    void refuse(const Error& error) {
        for (DeploymentRefusal& known : m_result.refusals) {
            if (known.error.path == error.path && known.error.message == error.message) {
                ++known.count;
                return;
            }
        }
        m_result.refusals.push_back({m_scenario.deployment, error, 1});
    }

    /// What an option lacks, as a factor of at least 1; 1 where it meets the target.
    [[nodiscard]] double lack(const DeploymentOption& o) const {
        switch (o.verdict) {
        case DeploymentVerdict::Meets:
            return 1;
        case DeploymentVerdict::TooSlow:
            return o.seconds_per_token / *m_target.max_seconds_per_token;
        case DeploymentVerdict::TooFewTokens:
            return *m_target.min_tokens_per_second / std::max(1e-12, o.tokens_per_second);
        case DeploymentVerdict::NoMemory:
            return static_cast<double>(o.per_device_bytes) /
                   static_cast<double>(m_device.memory_bytes);
        }
        return 1;
    }

    DeploymentSearch rank() {
        // A rate asks for the most tokens; a time, or nothing, for the shortest step.
        const bool by_rate = m_target.min_tokens_per_second && !m_target.max_seconds_per_token;
        const auto key = [&](const DeploymentOption& o) {
            const Deployment& d = o.deployment;
            const bool meets = o.verdict == DeploymentVerdict::Meets;
            const double merit = by_rate ? -o.tokens_per_second : o.seconds_per_token;
            const std::int64_t parts = d.tensor_parallel + d.pipeline_parallel + d.expert_parallel;
            return std::tuple(o.verdict, meets ? d.devices : 0, meets ? merit : lack(o), parts,
                              d.devices, d.tensor_parallel, d.pipeline_parallel);
        };
        std::stable_sort(
            m_result.options.begin(), m_result.options.end(),
            [&](const DeploymentOption& a, const DeploymentOption& b) { return key(a) < key(b); });
        return std::move(m_result);
    }

    const ModelSpec& m_spec;
    Scenario m_scenario;
    const DeviceProfile& m_device;
    const DeploymentTarget& m_target;
    FunctionRef<bool()> m_cancelled;
    bool m_experts;
    DeploymentSearch m_result;
};

Status check_target(const ModelSpec& spec, const DeploymentTarget& target) {
    if (target.max_devices < 1 || target.max_devices > most_searched_devices) {
        return Error{{},
                     "max_devices",
                     found_expected(target.max_devices,
                                    base_says<"integer-from-to">(1, most_searched_devices))};
    }
    for (const auto& [field, value] :
         {std::pair{"max_seconds_per_token", target.max_seconds_per_token},
          std::pair{"min_tokens_per_second", target.min_tokens_per_second}}) {
        if (value && (!(*value > 0) || !std::isfinite(*value))) {
            return Error{
                {},
                field,
                found_expected(estimate_says<"not-positive">(), base_says<"positive-number">())};
        }
        if (value && spec.is_encoder) {
            return Error{{}, field, estimate_says<"target-of-encoder">()};
        }
    }
    return std::monostate{};
}

} // namespace

std::string_view to_string(DeploymentVerdict verdict) {
    switch (verdict) {
    case DeploymentVerdict::Meets:
        return "meets";
    case DeploymentVerdict::TooSlow:
        return "too_slow";
    case DeploymentVerdict::TooFewTokens:
        return "too_few_tokens";
    case DeploymentVerdict::NoMemory:
        return "no_memory";
    }
    return {};
}

const DeploymentOption* DeploymentSearch::best() const {
    const bool found = !options.empty() && options.front().verdict == DeploymentVerdict::Meets;
    return found ? &options.front() : nullptr;
}

Result<DeploymentSearch> find_deployments(const ModelSpec& spec, const Scenario& scenario,
                                          const DeviceProfile& device,
                                          const DeploymentTarget& target,
                                          FunctionRef<bool()> cancelled) {
    if (const Status status = check_target(spec, target); !status) {
        return status.error();
    }
    return Search(spec, scenario, device, target, cancelled).run();
}

Result<DeploymentSearch> find_deployments(const ModelSpec& spec, const Scenario& scenario,
                                          const DeviceProfile& device,
                                          const DeploymentTarget& target) {
    return find_deployments(spec, scenario, device, target, [] { return false; });
}

} // namespace headroom
