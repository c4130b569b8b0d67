// SPDX-License-Identifier: GPL-3.0-or-later
// Fewer layers with the same pattern: which layers of a design stand for all of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Layers [first, first + length) repeat a unit of `period` kinds; the last unit may be cut short.
struct LayerRun {
    std::int64_t first = 0;
    std::int64_t length = 0;
    std::int64_t period = 1;
    friend bool operator==(const LayerRun&, const LayerRun&) = default;
};

/// Cuts a sequence of kinds into runs, each as long as it can be. "dense, dense, dense, 58 experts"
/// gives two runs of period 1; "five sliding, one full" over and over, one of period 6.
[[nodiscard]] std::vector<LayerRun> layer_runs(std::span<const std::uint16_t> kinds);

/// Original index of each layer that stays, about `share` of them: whole units are left out of
/// every run, at least one stays, two where the whole design is one run of one kind. Designs of at
/// most eight layers stay whole.
[[nodiscard]] std::vector<std::int64_t> select_layers(std::span<const LayerRun> runs, double share);

} // namespace headroom
