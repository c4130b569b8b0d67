// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine did: multiply-adds, bytes of weights and cache, experts reached.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace headroom {

/// Tokens that each expert of each layer was given: [layers][experts].
using ExpertTokens = std::vector<std::vector<std::int64_t>>;

/// Counted while a step runs, from the shapes that its kernels were given. A product of m x k by
/// k x n is 2mkn FLOPs; attention counts attended pairs only.
struct StepCounters {
    std::int64_t flops = 0;
    std::int64_t weight_bytes = 0;        ///< matrices multiplied with, each once per step
    std::int64_t cache_bytes_read = 0;    ///< keys and values attended to, each once per layer
    std::int64_t cache_bytes_written = 0; ///< keys and values stored
    std::vector<std::int64_t> distinct_experts; ///< [layers]; 0 where the layer has no experts

    friend bool operator==(const StepCounters&, const StepCounters&) = default;
    StepCounters& operator+=(const StepCounters& other) {
        flops += other.flops;
        weight_bytes += other.weight_bytes;
        cache_bytes_read += other.cache_bytes_read;
        cache_bytes_written += other.cache_bytes_written;
        distinct_experts.resize(std::max(distinct_experts.size(), other.distinct_experts.size()));
        for (std::size_t i = 0; i < other.distinct_experts.size(); ++i) {
            distinct_experts[i] += other.distinct_experts[i];
        }
        return *this;
    }
};

} // namespace headroom
