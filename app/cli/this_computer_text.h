// SPDX-License-Identifier: GPL-3.0-or-later
// This computer's profile on the command line: where it is kept, and how it reads.
#pragma once

#include "app/cli/arguments.h"
#include "core/this_computer/this_computer_time.h"

#include <string>

namespace headroom::cli {

/// --threads; 0 where it was not given.
int threadsFrom(const Arguments& arguments);

/// The folder of the user's caches where the window keeps the profile as well.
std::string thisComputerFolder();

/// Measures and keeps. On a terminal the progress is shown on standard error.
Result<ComputerProfile> measureThisComputer(int threads);
/// What is kept, or a measurement.
Result<ComputerProfile> keptThisComputer(int threads);

std::string thisComputerText(const ComputerProfile& profile);

} // namespace headroom::cli
