// SPDX-License-Identifier: GPL-3.0-or-later
// Calibration: efficiencies and overheads of a device, fitted to what was measured on it.
#pragma once

#include "core/estimate/prediction.h"

#include <span>

namespace headroom {

struct Calibration {
    DeviceProfile profile; ///< the limits given, with fitted constants and their errors
    Prediction fit;        ///< of the rows that were fitted to
    /// The same rows, each predicted by a fit that saw no row of its model; empty when the files
    /// hold a single model.
    Prediction cross_validation;
    std::int64_t fitted_rows = 0;
};

/// Fits the constants of `limits` (its peaks and bandwidths stay) to all single-device rows of the
/// files, and to their products with less weight. The loss is Huber's on the logarithm of
/// predicted / measured, so that an outlier pulls with bounded force, plus a ridge towards the
/// typical constants, which decides what the rows leave open. Deterministic; takes well under a
/// second. All-reduce tables of the files go into the profile, and its link constants follow.
/// Error: no row that could be fitted, or a row whose split the design does not allow.
Result<Calibration> calibrate(std::span<const MeasurementFile> files, const DeviceProfile& limits);

/// Constants for devices that nobody has measured, and where every fit starts.
Constants typical_constants();

} // namespace headroom
