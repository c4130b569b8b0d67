// SPDX-License-Identifier: GPL-3.0-or-later
// What this computer's processor reaches with the engine's kernels: the figures behind a time
// estimate of the CPU engine, and the file that keeps them.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/result.h"

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

/// A product of `rows` rows with weights of `in` inputs that stay in the cache, without what making
/// the rows ready takes.
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
    std::int64_t keys = 0; ///< keys that a query sees
    /// Queries that share a reading of the keys: heads of one token, or tokens of one head.
    std::int64_t together = 0;
    bool is_tile = false; ///< several tokens at a time, by another kernel
    double pair_s = 0;
    friend bool operator==(const AttentionPoint&, const AttentionPoint&) = default;
};

/// Outputs that the engine multiplies at a time.
inline constexpr std::int64_t panel_columns = 32;

/// All rates are of all `threads` together, unless they say otherwise.
struct ComputerProfile {
    std::string processor; ///< as the system names it
    int threads = 1;
    std::int64_t vector_numbers = 16; ///< fp32 numbers of a vector: shorter ends cost a whole one
    std::int64_t tile_rows = 12;      ///< rows that the engine multiplies at a time
    std::vector<ReadingPoint> reading;
    std::vector<ProductPoint> products;
    std::vector<AttentionPoint> attention;
    double region_s = 0;     ///< sharing a piece of work: waking all threads, waiting for the last
    double exchange_s = 0;   ///< a byte that another thread has just written comes over
    double panel_s = 0;      ///< one thread: fixed cost of 32 outputs of one token
    double element_s = 0;    ///< one thread: one number of a norm or a sum
    double norm_row_s = 0;   ///< one thread: what a norm costs whatever its width
    double rotation_s = 0;   ///< one thread: one head turned, by vectors of its numbers
    double routing_s = 0;    ///< one thread: one expert's score of one token compared
    double activation_s = 0; ///< one thread: one gated activation
    double packing_s = 0;    ///< one thread: one number of a row or a key made ready
    double spread = 0;       ///< relative: how far repetitions of one measurement lay apart
    friend bool operator==(const ComputerProfile&, const ComputerProfile&) = default;

    /// Bytes per second of reading `bytes` bytes of weights again and again.
    [[nodiscard]] double reading_bytes_per_s(NumberFormat format, double bytes) const;
    /// FLOP/s of a product of at least two rows; other shapes lie between the measured ones.
    [[nodiscard]] double product_flops_per_s(NumberFormat format, double rows, double in) const;
    /// Seconds of one pair on one thread, `together` queries sharing a reading of the keys.
    [[nodiscard]] double attention_pair_s(double key_dim, double value_dim, double keys,
                                          double together, bool is_tile) const;
    /// Seconds of one pass over a row of `width` numbers on one thread: a norm.
    [[nodiscard]] double norm_s(double width) const { return norm_row_s + width * element_s; }

private:
    /// Mean of the numbers of key and value that attention works on: where vectors run along the
    /// head, and not along the keys, a short end costs a whole one.
    [[nodiscard]] double worked_numbers(double key_dim, double value_dim, bool is_tile) const;
};

/// The processor's name as the system states it; "unknown" where it does not.
[[nodiscard]] std::string processor_name();

/// Reads what write_computer wrote. Errors: not JSON, another version, a field that is missing or
/// not a positive number.
[[nodiscard]] Result<ComputerProfile> parse_computer(std::string_view json_text,
                                                     std::string_view source);
[[nodiscard]] std::string write_computer(const ComputerProfile& profile);

} // namespace headroom
