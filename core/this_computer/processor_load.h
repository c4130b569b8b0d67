// SPDX-License-Identifier: GPL-3.0-or-later
// ProcessorLoad: how much of the processor other programs took while something was timed.
#pragma once

#include <optional>

namespace headroom {

class ProcessorLoad {
public:
    /// Begins to watch.
    ProcessorLoad();

    /// Time that other programs ran since then, as a share of what all hardware threads together
    /// could have run: 0 is an idle computer, 1 one without a free moment. nullopt where the system
    /// does not tell (it is read from /proc/stat), or too little time has passed.
    [[nodiscard]] std::optional<double> others() const;

private:
    struct Times {
        double all = 0; ///< seconds of all hardware threads, idle ones included
        double busy = 0;
        double own = 0; ///< of this process
    };
    [[nodiscard]] static std::optional<Times> read();

    std::optional<Times> m_start;
};

} // namespace headroom
