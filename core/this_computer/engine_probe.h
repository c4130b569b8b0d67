// SPDX-License-Identifier: GPL-3.0-or-later
// This computer, measured with the engine's own kernels.
#pragma once

#include "core/this_computer/this_computer_measure.h"

#include <memory>

namespace headroom {

/// The engine's kernels as pieces of work to be timed. `threads` below 1: one per hardware thread.
[[nodiscard]] std::unique_ptr<ComputerProbe> engine_probe(int threads = 0);

/// When a kept profile is good enough.
enum class KeptComputer {
    AsItIs,    ///< always: nobody measures beside the estimates
    IfItHolds, ///< while its threads lay to each other as they do now; see same_placement
};

/// What `folder` keeps of this computer, or a fresh measurement that is then kept there. An empty
/// folder measures and keeps nothing; so does a file that is damaged or of another processor.
/// Blocks for up to ten seconds: call it from a worker thread. Error: a stop request, answered
/// within some 100 ms, or a folder that cannot be written.
[[nodiscard]] Result<ComputerProfile> this_computer(const std::filesystem::path& folder,
                                                    int threads = 0,
                                                    const MeasureProgress& progress = {},
                                                    const std::stop_token& stop = {},
                                                    KeptComputer use = KeptComputer::AsItIs);

} // namespace headroom
