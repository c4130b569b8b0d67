// SPDX-License-Identifier: GPL-3.0-or-later
// The (token, expert) pairs of one mixture layer, ordered by expert.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace headroom {

/// Rows [first, first + rows) of the expert-ordered list belong to `expert`.
struct ExpertGroup {
    std::int64_t expert = 0;
    std::int64_t first = 0;
    std::int64_t rows = 0;
};

/// A pair is token * k + choice; a row is its place in the list ordered by expert.
class ExpertRoutes {
public:
    void plan(std::int64_t tokens, std::int64_t per_token, std::int64_t experts);
    [[nodiscard]] std::span<std::int32_t> experts_of(std::int64_t token) {
        return {m_experts.data() + token * m_per_token, static_cast<std::size_t>(m_per_token)};
    }
    [[nodiscard]] std::span<float> weights_of(std::int64_t token) {
        return {m_weights.data() + token * m_per_token, static_cast<std::size_t>(m_per_token)};
    }
    /// Orders the pairs by expert, tokens ascending within one.
    void group();

    [[nodiscard]] const std::vector<ExpertGroup>& groups() const { return m_groups; }
    [[nodiscard]] std::int64_t distinct() const {
        return static_cast<std::int64_t>(m_groups.size());
    }
    [[nodiscard]] const std::int32_t* tokens() const { return m_tokens.data(); } ///< [rows]
    [[nodiscard]] std::int64_t pair_of_row(std::int64_t row) const {
        return m_pairs[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] std::int64_t row_of_pair(std::int64_t pair) const {
        return m_rows[static_cast<std::size_t>(pair)];
    }
    [[nodiscard]] float weight(std::int64_t pair) const {
        return m_weights[static_cast<std::size_t>(pair)];
    }

private:
    std::int64_t m_per_token = 1;
    std::int64_t m_expert_count = 0;
    std::vector<std::int32_t> m_experts; // [pairs]
    std::vector<float> m_weights;        // [pairs]
    std::vector<std::int64_t> m_rows;    // [pairs]
    std::vector<std::int64_t> m_pairs;   // [rows]
    std::vector<std::int32_t> m_tokens;  // [rows]
    std::vector<ExpertGroup> m_groups;
};

} // namespace headroom
