// SPDX-License-Identifier: GPL-3.0-or-later
// A device with round figures, so that times can be computed by hand.
#pragma once

#include "core/estimate/device_profile.h"

namespace simple_device {

/// 10^12 FLOP/s in bf16, 10^11 B/s, nodes of 4, links of 10^10 (1 us) inside and 10^9 B/s (7 us)
/// between them; half of a link's bandwidth is reached, and a message costs 2 us more.
inline headroom::DeviceProfile profile() {
    headroom::DeviceProfile d;
    d.id = "simple";
    d.name = "Simple";
    d.memory_bytes = 1'000'000'000;
    d.bandwidth_bytes_per_s = 1e11;
    d.peak_flops = {{headroom::NumberFormat::Bf16, 1e12}};
    d.link = {"inner", 1e10, 1e-6};
    d.network = {"outer", 1e9, 7e-6};
    d.max_per_node = 4;
    d.constants.linear = {0.5, 0.8, 3e-6};
    d.constants.attention = {0.25, 0.5, 5e-6};
    d.constants.experts = {0.2, 0.4, 11e-6};
    d.constants.element_wise = {1.0, 0.1, 13e-6};
    d.constants.communication = {1.0, 0.5, 2e-6};
    return d;
}

} // namespace simple_device
