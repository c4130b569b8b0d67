// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/expert_routes.h"

#include <numeric>

namespace headroom {

void ExpertRoutes::plan(std::int64_t tokens, std::int64_t per_token, std::int64_t experts) {
    m_per_token = per_token;
    m_expert_count = experts;
    const auto pairs = static_cast<std::size_t>(tokens * per_token);
    m_experts.resize(pairs);
    m_weights.resize(pairs);
    m_tokens.resize(pairs);
    m_pairs.resize(pairs);
    m_rows.resize(pairs);
}

void ExpertRoutes::group() {
    std::vector<std::int64_t> next(static_cast<std::size_t>(m_expert_count) + 1);
    for (const std::int32_t expert : m_experts) {
        ++next[static_cast<std::size_t>(expert) + 1];
    }
    std::partial_sum(next.begin(), next.end(), next.begin());
    m_groups.clear();
    for (std::int64_t e = 0; e < m_expert_count; ++e) {
        const std::int64_t first = next[static_cast<std::size_t>(e)];
        const std::int64_t rows = next[static_cast<std::size_t>(e) + 1] - first;
        if (rows > 0) {
            m_groups.push_back({e, first, rows});
        }
    }
    for (std::size_t pair = 0; pair < m_experts.size(); ++pair) {
        const auto row =
            static_cast<std::size_t>(next[static_cast<std::size_t>(m_experts[pair])]++);
        m_rows[pair] = static_cast<std::int64_t>(row);
        m_pairs[row] = static_cast<std::int64_t>(pair);
        m_tokens[row] = static_cast<std::int32_t>(static_cast<std::int64_t>(pair) / m_per_token);
    }
}

} // namespace headroom
