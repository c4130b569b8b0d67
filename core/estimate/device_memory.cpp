// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/device_memory.h"

#include "core/estimate/estimate_sentences.h"

#include <algorithm>

namespace headroom {

Status check_deployment(const ModelSpec& spec, const Deployment& d, const DeviceProfile& device) {
    if (Status status = check_deployment(spec, d); !status) {
        return status;
    }
    const std::int64_t replica = d.tensor_parallel * d.pipeline_parallel;
    const std::int64_t group = std::max(replica, d.expert_parallel);
    const char* field =
        d.tensor_parallel >= d.pipeline_parallel ? "tensor_parallel" : "pipeline_parallel";
    const Sentence found = estimate_says<"group-of-devices">(group);
    if (group > 1 && device.link.bandwidth_bytes_per_s <= 0) {
        return Error{{}, field, found_expected(found, estimate_says<"no-link">(1, device.name))};
    }
    if (group > device.max_per_node && device.network.bandwidth_bytes_per_s <= 0) {
        return Error{
            {},
            field,
            found_expected(found, estimate_says<"one-node">(device.max_per_node, device.name))};
    }
    return std::monostate{};
}

Result<MemoryReport> memory_at(const ModelSpec& spec, const Scenario& scenario,
                               const DeviceProfile& device) {
    if (Status status = check_deployment(spec, scenario.deployment, device); !status) {
        return status.error();
    }
    return memory_at(spec, scenario, device.memory_bytes);
}

Result<MemoryReport> inference_memory(const ModelSpec& spec, const Scenario& scenario,
                                      const DeviceProfile& device) {
    if (Status status = check_deployment(spec, scenario.deployment, device); !status) {
        return status.error();
    }
    return inference_memory(spec, scenario, device.memory_bytes);
}

} // namespace headroom
