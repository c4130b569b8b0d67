// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for inference: weights, cache and workspace on each device.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/result.h"
#include "core/base/wide.h"
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

/// What a forward pass needs besides weights and cache: the residual stream (in, out, two norms)
/// and the widest intermediate result of the tokens in flight, in bf16, and one row of logits for
/// every sequence in fp32. Longer prompts run in chunks of 8,192 tokens, as serving engines do.
struct WorkspaceParts {
    Wide tokens = 0;      ///< in flight
    Wide widest = 0;      ///< numbers of one token in the widest intermediate result
    Wide activations = 0; ///< bytes: tokens * 2 * (4 * hidden_size + widest)
    Wide logits = 0;      ///< bytes: batch * 4 * vocab_size
    [[nodiscard]] Wide sum() const { return activations + logits; }
};
/// On one device that holds the whole model.
WorkspaceParts workspace_parts(const ModelSpec& spec, std::int64_t batch, std::int64_t prompt);

/// Bytes of all weights in the given formats, every tensor by its role.
std::int64_t weights_bytes(const ModelSpec& spec, const Formats& formats);

} // namespace headroom
