// SPDX-License-Identifier: GPL-3.0-or-later
// Measured points: what the shipped measurements say about a design in a scenario.
#pragma once

#include "core/estimate/measurements.h"
#include "core/study/series.h"

#include <string>
#include <vector>

namespace headroom {

/// The measurement files that ship inside the program; read once, on first use.
const std::vector<MeasurementFile>& shipped_measurements();

/// Whether both execute the same operators, whatever they are called.
bool is_same_work(const ModelSpec& a, const ModelSpec& b);

struct MeasuredPoint {
    std::int64_t x = 0; ///< batch or context
    double y = 0;       ///< as the speed curve draws it
    std::string source; ///< the file
};

/// Rows of this design on this device, split and number format, that lie on the curve of
/// speed_against: every row whose other coordinate (context, or prompt, or batch) is the
/// scenario's. In ascending x; empty where nothing was measured.
std::vector<MeasuredPoint> measured_points(const ModelSpec& spec, const Scenario& scenario,
                                           SpeedCurve which, SpeedAxis axis);

/// What scenarios of this design have measured rows on `device`; for hints.
std::vector<MeasuredStep> measured_steps(const ModelSpec& spec, const Scenario& scenario);

} // namespace headroom
