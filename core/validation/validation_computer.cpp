// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/engine_probe.h"
#include "core/validation/validation_run.h"
#include "core/validation/validation_sentences.h"

namespace headroom {

Status ValidationRun::find_computer() {
    ValidationOptions& options = m_report.options;
    if (options.computer && options.computer->threads != options.threads) {
        return Error{
            "", "threads",
            validation_says<"threads-of-profile">(options.threads, options.computer->threads)};
    }
    if (!options.measures_time) {
        options.computer.reset();
    }
    if (options.computer || !options.measures_time) {
        return std::monostate{};
    }
    tell(ValidationStage::MeasuringComputer, 0);
    const auto progress = [this](double share) {
        tell(ValidationStage::MeasuringComputer, 0, share);
    };
    Result<ComputerProfile> profile = this_computer(options.computer_folder, options.threads,
                                                    progress, m_stop, KeptComputer::IfItHolds);
    if (!profile) {
        return profile.error();
    }
    options.computer = *std::move(profile);
    return std::monostate{};
}

} // namespace headroom
