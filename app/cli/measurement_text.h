// SPDX-License-Identifier: GPL-3.0-or-later
// Measurement files and predictions, as `predict` and `calibrate` read and print them.
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/estimate/prediction.h"

#include <string>

namespace headroom::cli {

/// A file, or the name of a shipped one; exit code 1 when it cannot be read.
MeasurementFile loadMeasurements(const std::string& name);

/// --device, or the device of this id.
DeviceProfile loadDevice(const Arguments& arguments, const std::string& fallback);

Json rowsJson(const Prediction& prediction);
Json errorsJson(const ErrorSummary& errors);
Json modelsJson(const Prediction& prediction);

std::string rowsText(const Prediction& prediction);
/// Errors by phase and model.
std::string errorsText(const Prediction& prediction);

} // namespace headroom::cli
