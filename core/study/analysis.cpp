// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/analysis.h"

#include "core/accounting/scenario_fields.h"
#include "core/base/base_sentences.h"
#include "core/config/layer_queries.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

FlopReport flops(const ModelSpec& spec, const Workload& w) {
    FlopReport report;
    Step step;
    step.phase = Phase::Prefill;
    step.tokens = w.prompt;
    report.prefill_causal = step_flops(spec, step);
    step.pairs = PairCounting::Dense;
    step.head_for_last_only = false;
    step.all_experts = reference_multiplies_all_experts(spec);
    report.prefill_dense = step_flops(spec, step);
    report.rotary_product = rotary_product_flops(spec, w.prompt);
    if (!spec.is_encoder) {
        Step decode;
        decode.past = w.context - 1;
        report.decode_step = step_flops(spec, decode);
    }
    return report;
}

/// Reports mark what does not fit 64 bits with INT64_MAX; none of it may be shown.
Status check_range(const Analysis& a) {
    const std::array<std::pair<const char*, std::int64_t>, 8> figures = {{
        {"kv_cache.bytes_at_context", a.kv.bytes_at_context},
        {"kv_cache.bytes_read_per_decode_step", a.kv.bytes_read_per_decode_step},
        {"memory.kv_bytes", a.memory.kv_bytes},
        {"memory.weights_bytes", a.memory.weights_bytes},
        {"memory.total_bytes", a.memory.total_bytes},
        {"flops.prefill_dense", a.flops.prefill_dense},
        {"flops.prefill_causal", a.flops.prefill_causal},
        {"flops.decode_step", a.flops.decode_step},
    }};
    for (const auto& [name, value] : figures) {
        if (value == overflowed) {
            return Error{
                {},
                name,
                found_expected(base_says<"beyond-64-bits">(), base_says<"count-of-64-bits">())};
        }
    }
    return std::monostate{};
}

} // namespace

Result<Analysis> analyze(const ModelSpec& spec, const Scenario& scenario,
                         const DeviceProfile& device) {
    if (Status status = check_ranges(scenario.workload); !status) {
        return status.error();
    }
    Analysis a;
    a.scenario = scenario;
    Result<ParameterReport> parameters = count_parameters(spec);
    if (!parameters) {
        return parameters.error();
    }
    a.parameters = *parameters;
    Result<MemoryReport> memory = inference_memory(spec, scenario, device);
    if (!memory) {
        return memory.error();
    }
    a.memory = *memory;
    a.kv = kv_cache(spec, scenario.workload, scenario.formats.kv);
    a.flops = flops(spec, scenario.workload);
    a.throughput = throughput(spec, scenario, device);
    TrainingSetup setup;
    setup.sequence = scenario.workload.prompt;
    Result<TrainingReport> trained = training(spec, setup, a.parameters.active);
    if (!trained) {
        return trained.error();
    }
    a.training = *trained;
    if (Status status = check_range(a); !status) {
        return status.error();
    }
    return a;
}

} // namespace headroom
