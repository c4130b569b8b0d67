// SPDX-License-Identifier: GPL-3.0-or-later
// What this computer's processor reaches with the engine's kernels: the figures behind a time
// estimate of the CPU engine, and the file that keeps them.
#pragma once

#include "core/analysis/scenario.h"
#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Reading weights once per token: `bytes` read again and again reach that many bytes a second.
struct ReadingPoint {
    NumberFormat format = NumberFormat::Fp32;
    std::int64_t bytes = 0;
    double bytes_per_s = 0;
    friend bool operator==(const ReadingPoint&, const ReadingPoint&) = default;
};

/// A product of `rows` rows with weights of `in` inputs that stay in the cache.
struct ProductPoint {
    NumberFormat format = NumberFormat::Fp32;
    std::int64_t rows = 0;
    std::int64_t in = 0;
    double flops_per_s = 0;
    friend bool operator==(const ProductPoint&, const ProductPoint&) = default;
};

/// Attention on one thread: seconds for one pair of a query and a key of one head.
struct AttentionPoint {
    std::int64_t head_dim = 0;
    std::int64_t keys = 0;           ///< keys that a query sees, on average
    std::int64_t heads_together = 0; ///< one token: heads that share a reading; 0: many tokens
    double pair_s = 0;
    friend bool operator==(const AttentionPoint&, const AttentionPoint&) = default;
};

/// Outputs that the engine multiplies at a time.
inline constexpr int panel_columns = 32;

/// All rates are of all `threads` together, unless they say otherwise.
struct ComputerProfile {
    std::string processor; ///< as the system names it
    int threads = 1;
    std::vector<ReadingPoint> reading;
    std::vector<ProductPoint> products;
    std::vector<AttentionPoint> attention;
    double region_s = 0;     ///< sharing a piece of work: waking all threads, waiting for the last
    double panel_s = 0;      ///< one thread: fixed cost of 32 outputs of one token
    double element_s = 0;    ///< one thread: one number of a norm, a sum or a rotation
    double activation_s = 0; ///< one thread: one gated activation
    double packing_s = 0;    ///< one thread: one number of a key made ready for many queries
    double row_task_s = 0;   ///< one thread: one call of attention for one token
    double spread = 0;       ///< relative: how far repetitions of one measurement lay apart
    friend bool operator==(const ComputerProfile&, const ComputerProfile&) = default;

    /// Bytes per second of reading `bytes` bytes of weights again and again.
    [[nodiscard]] double reading_bytes_per_s(NumberFormat format, double bytes) const;
    /// FLOP/s of a product of at least two rows; other shapes lie between the measured ones.
    [[nodiscard]] double product_flops_per_s(NumberFormat format, double rows, double in) const;
    /// Seconds of one pair on one thread. `heads_together` 0: many tokens at a time.
    [[nodiscard]] double attention_pair_s(double head_dim, double keys,
                                          std::int64_t heads_together) const;
};

/// The processor's name as the system states it; "unknown" where it does not.
[[nodiscard]] std::string processor_name();

/// Reads what write_computer wrote. Errors: not JSON, another version, a field that is missing or
/// not a positive number.
[[nodiscard]] Result<ComputerProfile> parse_computer(std::string_view json_text,
                                                     std::string_view source);
[[nodiscard]] std::string write_computer(const ComputerProfile& profile);

} // namespace headroom
