// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/routing.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include "core/engine/kernels/elementwise.h"

namespace headroom {
namespace {

/// Indices of the values.size() >= best.size() largest values, largest first; the lower index wins
/// a tie. Most values are smaller than the best so far, and cost one comparison.
void largest(std::span<const float> values, std::span<std::int32_t> best) {
    const auto value_at = [&](std::size_t place) {
        return values[static_cast<std::size_t>(best[place])];
    };
    std::size_t found = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::size_t place = std::min(found, best.size() - 1);
        if (found == best.size() && !(values[i] > value_at(place))) {
            continue;
        }
        for (; place > 0 && values[i] > value_at(place - 1); --place) {
            best[place] = best[place - 1];
        }
        best[place] = static_cast<std::int32_t>(i);
        found = std::min(found + 1, best.size());
    }
}

/// Rules out all groups but the best topk_group: a bias may make the scores of those negative.
void limit_to_groups(const Routing& routing, std::span<float> choice) {
    const auto groups = static_cast<std::size_t>(routing.n_group);
    const std::size_t size = choice.size() / groups;
    const bool top2 = routing.selection == ExpertSelection::GroupLimitedTop2;
    std::int32_t places[2] = {};
    const std::span<std::int32_t> best(places, std::min<std::size_t>(size, top2 ? 2 : 1));
    // One for each thread, so that a token costs no allocation.
    thread_local std::vector<float> score;
    thread_local std::vector<std::int32_t> kept;
    score.assign(groups, 0.0F);
    kept.resize(static_cast<std::size_t>(routing.topk_group));
    for (std::size_t g = 0; g < groups; ++g) {
        const std::span<const float> group = choice.subspan(g * size, size);
        largest(group, best);
        for (const std::int32_t i : best) {
            score[g] += group[static_cast<std::size_t>(i)];
        }
    }
    largest(score, kept);
    std::sort(kept.begin(), kept.end());
    auto next = kept.begin();
    for (std::size_t g = 0; g < groups; ++g) {
        if (next != kept.end() && static_cast<std::size_t>(*next) == g) {
            ++next;
            continue;
        }
        std::fill_n(choice.begin() + static_cast<std::ptrdiff_t>(g * size), size,
                    -std::numeric_limits<float>::infinity());
    }
}

} // namespace

void route_token(const Routing& routing, std::span<float> logits, std::span<const float> bias,
                 std::span<std::int32_t> experts, std::span<float> weights) {
    const auto count = static_cast<std::int64_t>(logits.size());
    if (!routing.softmax_after_topk) {
        if (routing.scoring == Scoring::Softmax) {
            kernels::softmax(count, logits.data());
        } else {
            for (float& value : logits) {
                value = 1.0F / (1.0F + std::exp(-value));
            }
        }
    }
    thread_local std::vector<float> choice;
    choice.assign(logits.begin(), logits.end());
    if (!bias.empty()) {
        std::transform(choice.begin(), choice.end(), bias.begin(), choice.begin(), std::plus<>());
    }
    if (routing.selection != ExpertSelection::TopK && routing.n_group > 1) {
        limit_to_groups(routing, choice);
    }
    largest(choice, experts);
    for (std::size_t i = 0; i < experts.size(); ++i) {
        weights[i] = logits[static_cast<std::size_t>(experts[i])];
    }
    if (routing.softmax_after_topk) {
        kernels::softmax(static_cast<std::int64_t>(weights.size()), weights.data());
    }
    float factor = static_cast<float>(routing.routed_scaling_factor);
    if (routing.norm_topk_prob) {
        factor /= std::accumulate(weights.begin(), weights.end(), 1e-20F);
    }
    for (float& weight : weights) {
        weight *= factor;
    }
}

} // namespace headroom
