// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a design and its cache fit on devices of a kind, split as a deployment says.
#pragma once

#include "core/accounting/memory.h"
#include "core/estimate/device_profile.h"

namespace headroom {

/// Checks that the design can be split so, and that the device has the links that the split needs:
/// inside a node, and between nodes where a replica is larger than one.
Status check_deployment(const ModelSpec& spec, const Deployment& deployment,
                        const DeviceProfile& device);

/// memory_at on this device, once the deployment is checked against it.
Result<MemoryReport> memory_at(const ModelSpec& spec, const Scenario& scenario,
                               const DeviceProfile& device);

/// inference_memory on this device, once the deployment is checked against it.
Result<MemoryReport> inference_memory(const ModelSpec& spec, const Scenario& scenario,
                                      const DeviceProfile& device);

} // namespace headroom
