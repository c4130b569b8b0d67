// SPDX-License-Identifier: GPL-3.0-or-later
// How long the CPU engine's attention takes: scores, softmax and values, and what prepares them.
#pragma once

#include "core/config/attention_spec.h"
#include "core/this_computer/this_computer.h"

namespace headroom {

/// Attention of one layer for `tokens` new tokens after `past` cached ones. Seconds of all threads
/// together, waiting for each other left out.
class AttentionTimer {
public:
    /// `working_set`: bytes that a whole step reads. `weights`: format of the matrices that carry
    /// queries into the latent space and values out of it.
    AttentionTimer(const ComputerProfile& computer, std::int64_t tokens, std::int64_t past,
                   double working_set, NumberFormat weights)
        : m_computer(computer)
        , m_tokens(tokens)
        , m_past(past)
        , m_working_set(working_set)
        , m_weights(weights)
        , m_threads(computer.threads) {}

    /// `cache_bytes`: of the keys and values in view.
    [[nodiscard]] double seconds(const GroupedQueryAttention& a, double cache_bytes) const;
    /// The same with the products between the latent and the heads: absorbed for one token,
    /// keys and values in view expanded for more.
    [[nodiscard]] double seconds(const LatentAttention& a, double cache_bytes) const;

private:
    struct Head {
        double key_dim = 0;
        double value_dim = 0;
    };

    [[nodiscard]] double keys_in_view(const AttentionSpan& span) const;
    [[nodiscard]] double row_s(const Head& head, double heads, double keys) const;
    [[nodiscard]] double tiles_s(const Head& head, const AttentionSpan& span) const;
    [[nodiscard]] double moving_s(double bytes, double working_set) const;
    [[nodiscard]] double absorbed_s(const LatentAttention& a, double cache_bytes) const;
    [[nodiscard]] double expanded_s(const LatentAttention& a, double cache_bytes) const;

    const ComputerProfile& m_computer;
    std::int64_t m_tokens;
    std::int64_t m_past;
    double m_working_set;
    NumberFormat m_weights;
    double m_threads;
};

} // namespace headroom
