// SPDX-License-Identifier: GPL-3.0-or-later
// Serving figures: what the speed of a deployment means for its users and for its bill.
#pragma once

#include "core/study/analysis.h"

#include <optional>

namespace headroom {

/// Chunked prefill, prefill beside decode and a changing batch are not modelled: the whole batch
/// is prefilled, then decoded in steps. Figures of time carry the error bars of ThroughputReport.
struct ServingReport {
    std::int64_t replicas = 1;               ///< data-parallel copies of the design
    double tokens_per_second_per_device = 0; ///< output tokens, decode
    double prompt_tokens_per_second = 0;     ///< prefill of the whole batch, all replicas
    double request_seconds = 0;              ///< prompt in, `output` tokens out, at `context`
    /// At the largest batch whose cache fits (MemoryReport::max_batch); 0 where none fits or none
    /// is needed (an encoder).
    std::int64_t max_batch = 0;
    double tokens_per_second_at_max_batch = 0;
    double time_per_output_token_at_max_batch_s = 0;
    double price_per_hour = 0; ///< of all devices
    /// Price of a million tokens while the devices do nothing else; nothing without a price.
    std::optional<double> output_cost_per_million;
    std::optional<double> prompt_cost_per_million;
    std::optional<double> output_cost_per_million_at_max_batch;
};

/// The figures behind an analysis; `analysis` is of the same design, scenario and device.
ServingReport serving(const ModelSpec& spec, const Analysis& analysis, const DeviceProfile& device);

} // namespace headroom
