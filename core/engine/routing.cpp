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

/// Indices of the `count` largest values, largest first; the lower index wins a tie.
std::vector<std::int32_t> largest(std::span<const float> values, std::size_t count) {
    std::vector<std::int32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    const auto better = [&](std::int32_t a, std::int32_t b) {
        const float x = values[static_cast<std::size_t>(a)];
        const float y = values[static_cast<std::size_t>(b)];
        return x != y ? x > y : a < b;
    };
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                      order.end(), better);
    order.resize(count);
    return order;
}

/// Rules out all groups but the best topk_group: a bias may make the scores of those negative.
void limit_to_groups(const Routing& routing, std::span<float> choice) {
    const auto groups = static_cast<std::size_t>(routing.n_group);
    const std::size_t size = choice.size() / groups;
    std::vector<float> score(groups);
    for (std::size_t g = 0; g < groups; ++g) {
        const std::span<const float> group = choice.subspan(g * size, size);
        const bool top2 = routing.selection == ExpertSelection::GroupLimitedTop2;
        for (const std::int32_t i : largest(group, std::min<std::size_t>(size, top2 ? 2 : 1))) {
            score[g] += group[static_cast<std::size_t>(i)];
        }
    }
    std::vector<bool> keep(groups);
    for (const std::int32_t g : largest(score, static_cast<std::size_t>(routing.topk_group))) {
        keep[static_cast<std::size_t>(g)] = true;
    }
    for (std::size_t g = 0; g < groups; ++g) {
        if (!keep[g]) {
            std::fill_n(choice.begin() + static_cast<std::ptrdiff_t>(g * size), size,
                        -std::numeric_limits<float>::infinity());
        }
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
    std::vector<float> choice(logits.begin(), logits.end());
    if (!bias.empty()) {
        std::transform(choice.begin(), choice.end(), bias.begin(), choice.begin(), std::plus<>());
    }
    if (routing.selection != ExpertSelection::TopK && routing.n_group > 1) {
        limit_to_groups(routing, choice);
    }
    const std::vector<std::int32_t> best = largest(choice, experts.size());
    for (std::size_t i = 0; i < best.size(); ++i) {
        experts[i] = best[i];
        weights[i] = logits[static_cast<std::size_t>(best[i])];
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
