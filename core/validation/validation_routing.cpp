// SPDX-License-Identifier: GPL-3.0-or-later
// Experts: how many distinct ones a pass of several tokens reaches, and how the load is spread.
#include "core/config/layer_queries.h"
#include "core/validation/validation_run.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace headroom {

/// `count` tokens of which none comes twice while the vocabulary has others: the formula speaks of
/// tokens that draw independently, and a token that comes again goes where it went before.
std::span<const std::int32_t> ValidationRun::distinct_tokens(std::int64_t count) {
    if (m_vocabulary.empty()) {
        m_vocabulary.resize(static_cast<std::size_t>(m_spec.vocab_size));
        std::iota(m_vocabulary.begin(), m_vocabulary.end(), 0);
    }
    m_tokens.clear();
    while (std::ssize(m_tokens) < count) {
        const auto at = static_cast<std::uint64_t>(std::ssize(m_tokens)) % m_vocabulary.size();
        const std::uint64_t other = at + next_random() % (m_vocabulary.size() - at);
        std::swap(m_vocabulary[at], m_vocabulary[other]);
        m_tokens.push_back(m_vocabulary[at]);
    }
    return m_tokens;
}

Status ValidationRun::draw_experts() {
    m_report.loads.clear();
    for (std::int64_t i = 0; i < m_spec.num_layers(); ++i) {
        if (const MixtureOfExperts* f = experts_of(m_spec.layer(i))) {
            m_report.experts_per_token = f->num_experts_per_tok;
            m_report.loads.push_back(
                {i, std::vector<std::int64_t>(static_cast<std::size_t>(f->num_experts))});
        }
    }
    if (m_report.loads.empty()) {
        return std::monostate{};
    }
    std::map<std::int32_t, double> times; // that a token of the vocabulary came
    std::vector<std::int64_t> batches = m_plan.batches;
    batches.insert(batches.begin(), 1);
    for (const std::int64_t batch : batches) {
        tell(ValidationStage::Routing, batch);
        std::vector<double> found; // distinct experts of a layer in one pass
        for (int draw = 0; draw < m_plan.draws; ++draw) {
            engine().reset();
            const std::span<const std::int32_t> input = distinct_tokens(batch);
            const auto logits = engine().prefill(input, LogitRows::Last, m_stop);
            if (!logits) {
                return logits.error();
            }
            for (const std::int32_t token : input) {
                times[token] += 1;
            }
            for (ExpertLoad& load : m_report.loads) {
                const auto layer = static_cast<std::size_t>(load.layer);
                const std::vector<std::int64_t>& reached = engine().expert_tokens()[layer];
                std::transform(reached.begin(), reached.end(), load.tokens.begin(),
                               load.tokens.begin(), std::plus<>());
                found.push_back(static_cast<double>(std::count_if(
                    reached.begin(), reached.end(), [](std::int64_t n) { return n > 0; })));
            }
        }
        double all = 0;
        double squares = 0;
        for (const auto& [token, count] : times) {
            all += count;
            squares += count * count;
        }
        m_report.routing_repeats = squares / all;
        const double mean =
            std::accumulate(found.begin(), found.end(), 0.0) / static_cast<double>(found.size());
        std::sort(found.begin(), found.end());
        measured({RowKind::DistinctExperts, batch},
                 {mean, found[found.size() / 4], found[found.size() - 1 - found.size() / 4],
                  std::ssize(found)});
        step_done(m_plan.draws * estimated_step_seconds(m_spec, m_plan, computer(), batch, 0));
    }
    tell(ValidationStage::Routing, batches.back());
    return std::monostate{};
}

} // namespace headroom
