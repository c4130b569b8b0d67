// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/serving.h"

#include <algorithm>

namespace headroom {
namespace {

/// Price of 10^6 tokens at so many a second.
std::optional<double> cost_per_million(double price_per_hour, double tokens_per_second) {
    if (price_per_hour <= 0 || tokens_per_second <= 0) {
        return std::nullopt;
    }
    return price_per_hour / 3600.0 / tokens_per_second * 1e6;
}

} // namespace

ServingReport serving(const ModelSpec& spec, const Analysis& analysis,
                      const DeviceProfile& device) {
    const Scenario& scenario = analysis.scenario;
    const Deployment& d = scenario.deployment;
    const ThroughputReport& speed = analysis.throughput;
    const auto batch = static_cast<double>(scenario.workload.batch);
    ServingReport report;
    report.replicas =
        std::max<std::int64_t>(1, d.devices / (d.tensor_parallel * d.pipeline_parallel));
    report.price_per_hour = d.price_per_hour * static_cast<double>(d.devices);
    if (speed.time_to_first_token_s > 0) {
        report.prompt_tokens_per_second =
            batch * static_cast<double>(scenario.workload.prompt) / speed.time_to_first_token_s;
        report.prompt_cost_per_million =
            cost_per_million(report.price_per_hour, report.prompt_tokens_per_second);
    }
    if (spec.is_encoder) {
        return report;
    }
    report.tokens_per_second_per_device =
        speed.tokens_per_second / static_cast<double>(std::max<std::int64_t>(1, d.devices));
    // The prefill yields the first of the output tokens.
    report.request_seconds =
        speed.time_to_first_token_s +
        speed.time_per_output_token_s *
            static_cast<double>(std::max<std::int64_t>(0, scenario.workload.output - 1));
    report.output_cost_per_million =
        cost_per_million(report.price_per_hour, speed.tokens_per_second);
    report.max_batch = analysis.memory.max_batch;
    if (report.max_batch > 0) {
        Scenario full = scenario;
        full.workload.batch = report.max_batch;
        report.time_per_output_token_at_max_batch_s = decode_time(spec, full, device).seconds;
        report.tokens_per_second_at_max_batch =
            static_cast<double>(report.max_batch) / report.time_per_output_token_at_max_batch_s;
        report.output_cost_per_million_at_max_batch =
            cost_per_million(report.price_per_hour, report.tokens_per_second_at_max_batch);
    }
    return report;
}

} // namespace headroom
