// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/processor_load.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <string>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace headroom {

ProcessorLoad::ProcessorLoad()
    : m_start(read()) {}

std::optional<double> ProcessorLoad::others() const {
    const std::optional<Times> now = read();
    constexpr double least = 0.2; // seconds; the system counts in hundredths
    if (!m_start || !now || now->all - m_start->all < least) {
        return std::nullopt;
    }
    const double others = (now->busy - m_start->busy) - (now->own - m_start->own);
    return std::clamp(others / (now->all - m_start->all), 0.0, 1.0);
}

std::optional<ProcessorLoad::Times> ProcessorLoad::read() {
#ifdef _SC_CLK_TCK
    std::ifstream file("/proc/stat");
    std::string name;
    // user, nice, system, idle, iowait, irq, softirq, steal: proc(5).
    std::array<double, 8> ticks{};
    if (!(file >> name) || name != "cpu") {
        return std::nullopt;
    }
    for (double& value : ticks) {
        if (!(file >> value)) {
            return std::nullopt;
        }
    }
    const auto per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
    Times times;
    for (const double value : ticks) {
        times.all += value / per_second;
    }
    times.busy = times.all - (ticks[3] + ticks[4]) / per_second;
    times.own = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    return times;
#else
    return std::nullopt;
#endif
}

} // namespace headroom
