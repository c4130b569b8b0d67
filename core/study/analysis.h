// SPDX-License-Identifier: GPL-3.0-or-later
// Analysis: every figure of one design in one scenario, computed once and read by all views.
#pragma once

#include "core/accounting/kv_cache.h"
#include "core/accounting/parameters.h"
#include "core/accounting/scenario.h"
#include "core/accounting/training.h"
#include "core/base/result.h"
#include "core/config/expand.h"
#include "core/estimate/device_memory.h"
#include "core/estimate/device_profile.h"
#include "core/estimate/throughput.h"

namespace headroom {

struct FlopReport {
    std::int64_t prefill_dense = 0;  ///< one prompt, all pairs, lm_head everywhere
    std::int64_t prefill_causal = 0; ///< one prompt, attended pairs, lm_head for the last token
    std::int64_t decode_step = 0;    ///< one token of one sequence at `context`
    std::int64_t rotary_product = 0; ///< the angle product that an eager framework executes besides
};

struct Analysis {
    Scenario scenario;
    ParameterReport parameters;
    KvReport kv;
    FlopReport flops;
    MemoryReport memory;
    ThroughputReport throughput;
    TrainingReport training; ///< AdamW in bf16, sequences of `prompt` tokens, one at a time
};

/// Everything about one design. Fails only where the deployment cannot hold the design's shape
/// (uneven splits: the error names the nearest valid one) or a count overflows.
Result<Analysis> analyze(const ModelSpec& spec, const Scenario& scenario,
                         const DeviceProfile& device);

} // namespace headroom
