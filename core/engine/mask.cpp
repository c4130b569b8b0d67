// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/mask.h"

#include <algorithm>
#include <random>
#include <set>
#include <utility>

namespace headroom {
namespace {

/// Sorts and joins, so that no key is attended to twice.
void normalise(std::vector<Interval>& intervals) {
    std::sort(intervals.begin(), intervals.end(),
              [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
    std::vector<Interval> joined;
    for (const Interval& interval : intervals) {
        if (interval.begin >= interval.end) {
            continue;
        }
        if (!joined.empty() && interval.begin <= joined.back().end) {
            joined.back().end = std::max(joined.back().end, interval.end);
        } else {
            joined.push_back(interval);
        }
    }
    intervals = std::move(joined);
}

} // namespace

AttentionMask AttentionMask::causal() {
    return {[](std::int64_t i, std::vector<Interval>& out) { out.push_back({0, i + 1}); }, true};
}

AttentionMask AttentionMask::sliding(std::int64_t window) {
    return {[window](std::int64_t i, std::vector<Interval>& out) {
                out.push_back({std::max<std::int64_t>(0, i - window + 1), i + 1});
            },
            true};
}

AttentionMask AttentionMask::chunked(std::int64_t chunk) {
    return {[chunk](std::int64_t i, std::vector<Interval>& out) {
                out.push_back({i / chunk * chunk, i + 1});
            },
            true};
}

AttentionMask AttentionMask::strided(std::int64_t stride) {
    return {[stride](std::int64_t i, std::vector<Interval>& out) {
                for (std::int64_t key = i - stride; key >= 0; key -= stride) {
                    out.push_back({key, key + 1});
                }
                out.push_back({std::max<std::int64_t>(0, i - stride + 1), i + 1});
                normalise(out);
            },
            false};
}

AttentionMask AttentionMask::block_local_global(std::int64_t block, std::int64_t global) {
    return {[block, global](std::int64_t i, std::vector<Interval>& out) {
                out.push_back({0, std::min(global, i + 1)});
                out.push_back({i / block * block, i + 1});
                normalise(out);
            },
            false};
}

AttentionMask AttentionMask::longformer(std::int64_t window, std::int64_t global) {
    return {[window, global](std::int64_t i, std::vector<Interval>& out) {
                if (i < global) {
                    out.push_back({0, i + 1});
                    return;
                }
                out.push_back({0, global});
                out.push_back({std::max<std::int64_t>(0, i - window + 1), i + 1});
                normalise(out);
            },
            false};
}

AttentionMask AttentionMask::big_bird(std::int64_t block, std::int64_t global, std::int64_t window,
                                      std::int64_t random, std::uint64_t seed) {
    return {[=](std::int64_t i, std::vector<Interval>& out) {
                const std::int64_t own = i / block;
                const auto add = [&](std::int64_t index) {
                    out.push_back({index * block, std::min((index + 1) * block, i + 1)});
                };
                for (std::int64_t index = 0; index < std::min(global, own + 1); ++index) {
                    add(index);
                }
                for (std::int64_t index = std::max<std::int64_t>(0, own - window + 1); index <= own;
                     ++index) {
                    add(index);
                }
                // The same draw for all queries of a block: a block attends as a whole.
                std::mt19937_64 generator(seed + static_cast<std::uint64_t>(own));
                const std::int64_t first = global;
                const std::int64_t last = own - window; // blocks [first, last] are the others
                std::set<std::int64_t> drawn;
                const std::int64_t others = last - first + 1;
                while (static_cast<std::int64_t>(drawn.size()) < std::min(random, others)) {
                    drawn.insert(first + static_cast<std::int64_t>(
                                             generator() % static_cast<std::uint64_t>(others)));
                }
                for (const std::int64_t index : drawn) {
                    add(index);
                }
                normalise(out);
            },
            false};
}

AttentionMask AttentionMask::vertical_slash(std::vector<std::int64_t> columns,
                                            std::vector<std::int64_t> distances) {
    return {[columns = std::move(columns),
             distances = std::move(distances)](std::int64_t i, std::vector<Interval>& out) {
                out.push_back({i, i + 1}); // a query always sees itself
                for (const std::int64_t column : columns) {
                    if (column >= 0 && column <= i) {
                        out.push_back({column, column + 1});
                    }
                }
                for (const std::int64_t distance : distances) {
                    if (distance >= 0 && distance <= i) {
                        out.push_back({i - distance, i - distance + 1});
                    }
                }
                normalise(out);
            },
            false};
}

AttentionMask AttentionMask::banded(std::int64_t bandwidth) {
    return sliding(bandwidth);
}

std::int64_t AttentionMask::attended_pairs(std::int64_t begin, std::int64_t end) const {
    std::int64_t pairs = 0;
    std::vector<Interval> row;
    for (std::int64_t i = begin; i < end; ++i) {
        intervals(i, row);
        for (const Interval& interval : row) {
            pairs += interval.end - interval.begin;
        }
    }
    return pairs;
}

std::int64_t AttentionMask::keys_in_view(std::int64_t begin, std::int64_t end) const {
    std::vector<bool> seen(static_cast<std::size_t>(end));
    std::vector<Interval> row;
    for (std::int64_t i = begin; i < end; ++i) {
        intervals(i, row);
        for (const Interval& interval : row) {
            std::fill(seen.begin() + interval.begin, seen.begin() + interval.end, true);
        }
    }
    return std::count(seen.begin(), seen.end(), true);
}

} // namespace headroom
