// SPDX-License-Identifier: GPL-3.0-or-later
// Predicted beside measured: a device profile judged by a measurement file.
#pragma once

#include "core/estimate/measurements.h"

#include <span>
#include <string>
#include <vector>

namespace headroom {

struct PredictedStep {
    MeasuredStep measured;
    double predicted_seconds = 0;
    double error = 0; ///< predicted / measured - 1
};

/// Errors of a set of rows; relative.
struct ErrorSummary {
    std::int64_t rows = 0;
    double mean_abs_error = 0;
    double max_abs_error = 0;
    double mean_error = 0; ///< with its sign: too slow is positive
};

struct ModelErrors {
    std::string model;
    ErrorSummary decode;
    ErrorSummary prefill;
};

struct Prediction {
    std::vector<PredictedStep> rows; ///< as in the file
    ErrorSummary decode;
    ErrorSummary prefill;
    std::vector<ModelErrors> models; ///< in order of first appearance
};

/// Every row of the file, predicted. Where the profile holds no all-reduce table, the one of the
/// file is used. Error: a row whose split the design does not allow.
Result<Prediction> predict(const MeasurementFile& file, const DeviceProfile& device);

/// Sums of rows that are predicted already; what `predict` and `calibrate` report.
Prediction summarise(std::vector<PredictedStep> rows);

} // namespace headroom
