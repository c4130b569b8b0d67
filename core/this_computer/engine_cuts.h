// SPDX-License-Identifier: GPL-3.0-or-later
// How the CPU engine cuts its work over threads, as far as time depends on it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace headroom {

inline constexpr std::int64_t rows_of_its_own = 24; ///< two row tiles

/// From so many rows for each thread on, every thread makes rows of its own ready and multiplies
/// them with all weights; below, threads share the outputs.
[[nodiscard]] inline bool packs_its_own_rows(std::int64_t rows, int threads) {
    return rows >= rows_of_its_own * threads;
}

/// Threads that `items` pieces of work keep busy when `grain` of them stay together.
[[nodiscard]] inline double workers_for(double items, double grain, double threads) {
    return std::clamp(std::ceil(items / std::max(1.0, grain)), 1.0, threads);
}

/// Threads that whole tasks keep busy on average: three of them on two threads take as long as
/// four.
[[nodiscard]] inline double busy_threads(double tasks, double threads) {
    return tasks / std::ceil(tasks / threads);
}

/// Rows of a tile when `rows` are cut into as few tiles as possible, all about equally high.
[[nodiscard]] inline double tile_height(double rows, double most) {
    return std::ceil(rows / std::ceil(rows / most));
}

} // namespace headroom
