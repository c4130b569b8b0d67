// SPDX-License-Identifier: GPL-3.0-or-later
// A device: its limits as the vendor states them and how much of them each kind of work reaches.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// Share of a limit that one kind of operator reaches, and what one launch costs.
struct Efficiency {
    double compute = 1.0;  ///< of peak FLOP/s
    double memory = 1.0;   ///< of bandwidth
    double overhead_s = 0; ///< seconds per operator
    friend bool operator==(const Efficiency&, const Efficiency&) = default;
};

struct Constants {
    bool measured =
        false; ///< fitted to a measurement file; otherwise typical, derived from a measured device
    std::string fitted_on; ///< what they come from, in words
    Efficiency linear, attention, experts, element_wise, communication;
    double decode_error =
        0; ///< mean absolute relative error of decode, cross-validated; 0: unknown
    double prefill_error = 0; ///< the same of prefill
    friend bool operator==(const Constants&, const Constants&) = default;
};

struct Link {
    std::string kind;                 ///< "NVLink 4"
    double bandwidth_bytes_per_s = 0; ///< per device and direction
    double latency_s = 0;
    friend bool operator==(const Link&, const Link&) = default;
};

/// One measured all-reduce: message size and time.
struct AllReducePoint {
    std::int64_t bytes = 0;
    double seconds = 0;
    friend bool operator==(const AllReducePoint&, const AllReducePoint&) = default;
};

struct DeviceProfile {
    std::string id;   ///< "h200"
    std::string name; ///< "H200"
    std::string vendor;
    std::int64_t memory_bytes = 0;
    double bandwidth_bytes_per_s = 0;
    /// Dense peak by format; a format that the device does not multiply in is absent and computed
    /// in the narrowest wider one.
    std::map<NumberFormat, double> peak_flops;
    Link link;    ///< between devices of one node
    Link network; ///< between nodes, per device; bandwidth 0: none is stated
    std::int64_t max_per_node = 8;
    std::int64_t compute_units = 0; ///< multiprocessors; 0: not stated
    Constants constants;
    std::vector<AllReducePoint> all_reduce;     ///< measured over two devices; may be empty
    std::map<std::string, std::string> sources; ///< field -> document

    /// Peak FLOP/s for products whose weights are stored in `format`.
    [[nodiscard]] double peak(NumberFormat format) const;
    friend bool operator==(const DeviceProfile&, const DeviceProfile&) = default;
};

Result<DeviceProfile> parse_device(std::string_view json_text, std::string_view source);
std::string write_device(const DeviceProfile& profile);

} // namespace headroom
