// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for inference: weights, cache and workspace on each device.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/result.h"
#include "core/config/layer_spec.h"

#include <cstdint>

namespace headroom {

struct MemoryReport {
    std::int64_t weights_bytes = 0; ///< one copy of the model
    std::int64_t kv_bytes = 0;      ///< the whole batch at the context
    std::int64_t workspace_bytes = 0;
    std::int64_t total_bytes = 0;           ///< sum of the three, one replica, nothing replicated
    std::int64_t per_gpu_weights_bytes = 0; ///< with what is replicated on the fullest device
    std::int64_t per_gpu_kv_bytes = 0;
    std::int64_t per_gpu_workspace_bytes = 0;
    std::int64_t per_gpu_bytes = 0;
    /// Of these, what the other devices of the tensor group (for experts: the expert group) hold
    /// too: norms, routers, latent projections, KV heads beyond their number, a latent cache.
    std::int64_t per_gpu_replicated_weights_bytes = 0;
    std::int64_t per_gpu_replicated_kv_bytes = 0;
    std::int64_t device_bytes = 0; ///< memory of one device
    bool fits = false;
    std::int64_t max_batch = 0;   ///< largest batch at this context that fits; 0: not even one
    std::int64_t max_context = 0; ///< longest context at this batch that fits, up to 2^30 tokens
};

/// Bytes on the fullest device of `device_bytes` each; the one function that `fits`, max_batch and
/// max_context ask.
Result<MemoryReport> memory_at(const ModelSpec& spec, const Scenario& scenario,
                               std::int64_t device_bytes);

/// memory_at with the largest batch and context, found by search over the same function.
Result<MemoryReport> inference_memory(const ModelSpec& spec, const Scenario& scenario,
                                      std::int64_t device_bytes);

/// Checks that the design can be split so; the error names the field and the nearest valid choice.
Status check_deployment(const ModelSpec& spec, const Deployment& deployment);

/// Bytes of all weights in the given formats, every tensor by its role.
std::int64_t weights_bytes(const ModelSpec& spec, const Formats& formats);

} // namespace headroom
