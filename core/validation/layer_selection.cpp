// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/layer_selection.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr std::int64_t few_layers = 8; ///< too few to tell a pattern from its remainder

/// How far kinds repeat with this period from `first` on.
std::int64_t repeating(std::span<const std::uint16_t> kinds, std::int64_t first,
                       std::int64_t period) {
    const auto end = static_cast<std::int64_t>(kinds.size());
    std::int64_t i = first + period;
    while (i < end &&
           kinds[static_cast<std::size_t>(i)] == kinds[static_cast<std::size_t>(i - period)]) {
        ++i;
    }
    return i - first;
}

} // namespace

std::vector<LayerRun> layer_runs(std::span<const std::uint16_t> kinds) {
    std::vector<LayerRun> runs;
    const auto end = static_cast<std::int64_t>(kinds.size());
    for (std::int64_t first = 0; first < end; first += runs.back().length) {
        LayerRun best{first, std::min(end - first, repeating(kinds, first, 1)), 1};
        for (std::int64_t period = 2; 2 * period <= end - first; ++period) {
            const std::int64_t length = repeating(kinds, first, period);
            if (length >= 2 * period && length > best.length) {
                best = {first, length, period};
            }
        }
        runs.push_back(best);
    }
    return runs;
}

std::vector<std::int64_t> select_layers(std::span<const LayerRun> runs, double share) {
    const bool keep_all = runs.empty() || runs.back().first + runs.back().length <= few_layers;
    const std::int64_t least = runs.size() == 1 && runs.front().period == 1 ? 2 : 1;
    std::vector<std::int64_t> layers;
    for (const LayerRun& run : runs) {
        const std::int64_t units = run.length / run.period;
        const std::int64_t rest = run.length % run.period;
        const auto wanted =
            static_cast<std::int64_t>(std::llround(static_cast<double>(units) * share));
        const std::int64_t kept =
            keep_all ? units : std::clamp(wanted, std::min(least, units), units);
        // A unit cut short stays where another run follows, so that its phase is kept.
        const bool with_rest = kept == units || &run != &runs.back();
        const std::int64_t length = kept * run.period + (with_rest ? rest : 0);
        for (std::int64_t i = 0; i < length; ++i) {
            layers.push_back(run.first + i);
        }
    }
    return layers;
}

} // namespace headroom
