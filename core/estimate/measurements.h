// SPDX-License-Identifier: GPL-3.0-or-later
// Measurement files: what was timed on a device, with the configurations it was timed with.
#pragma once

#include "core/accounting/operators.h"
#include "core/base/result.h"
#include "core/config/layer_spec.h"
#include "core/estimate/device_profile.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// One product m x k by k x n, timed alone.
struct MeasuredProduct {
    std::int64_t m = 0;
    std::int64_t k = 0;
    std::int64_t n = 0;
    double seconds = 0;
};

/// One timed step of a model.
struct MeasuredStep {
    Phase phase = Phase::Decode;
    std::string model; ///< a key of MeasurementFile::models
    std::int64_t batch = 1;
    std::int64_t tokens = 1; ///< context of a decode step, prompt of a prefill
    std::int64_t gpus = 1;
    std::int64_t tensor_parallel = 1;
    double seconds = 0;
    std::string path; ///< "decode[3]", for messages
};

struct MeasurementFile {
    std::string source; ///< file name, as given
    std::string device; ///< id of the device profile whose limits apply
    std::string method; ///< in words
    NumberFormat format = NumberFormat::Bf16;
    std::vector<MeasuredProduct> products;
    std::vector<MeasuredStep> steps; ///< decode first, then prefill
    std::vector<AllReducePoint> all_reduce;
    std::int64_t all_reduce_gpus = 2;
    std::map<std::string, ModelSpec, std::less<>> models;
};

/// Reads one file (docs/measurements.md describes the format). The error names the row and field:
/// "decode[3].ms".
Result<MeasurementFile> parse_measurements(std::string_view json_text, std::string_view source);

/// The scenario that a row was measured in.
Scenario scenario_of(const MeasuredStep& step, const MeasurementFile& file);

} // namespace headroom
