// SPDX-License-Identifier: GPL-3.0-or-later
// Experts: how many distinct ones a pass of several tokens reaches, and how the load is spread.
#include "core/analysis/operators.h"
#include "core/validation/validation_run.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

/// Standard deviation of the number of distinct experts that `tokens` tokens reach when each draws
/// k of E uniformly: Var = E p (1 - p) + E (E - 1) (q - p^2), with p = (1 - k/E)^B the chance that
/// one expert is missed and q that two are.
double distinct_deviation(double experts, double per_token, double tokens) {
    if (experts < 2) {
        return 0;
    }
    const double p = std::pow(1 - per_token / experts, tokens);
    const double both =
        (experts - per_token) * (experts - per_token - 1) / (experts * (experts - 1));
    const double q = std::pow(std::max(0.0, both), tokens);
    return std::sqrt(std::max(0.0, experts * p * (1 - p) + experts * (experts - 1) * (q - p * p)));
}

} // namespace

Status ValidationRun::draw_experts() {
    const MixtureOfExperts* moe = nullptr;
    m_report.loads.clear();
    for (std::int64_t i = 0; i < m_spec.num_layers(); ++i) {
        if (const auto* f = std::get_if<MixtureOfExperts>(&m_spec.layer(i).feed_forward)) {
            moe = f;
            m_report.loads.push_back(
                {i, std::vector<std::int64_t>(static_cast<std::size_t>(f->num_experts))});
        }
    }
    if (moe == nullptr) {
        return std::monostate{};
    }
    m_report.experts_per_token = moe->num_experts_per_tok;
    std::vector<std::int64_t> batches = m_plan.batches;
    batches.insert(batches.begin(), 1);
    for (const std::int64_t batch : batches) {
        tell(ValidationStage::Routing, batch);
        std::vector<double> found; // distinct experts of a layer in one pass
        for (int draw = 0; draw < routing_draws; ++draw) {
            engine().reset();
            const auto logits = engine().prefill(tokens(batch), LogitRows::Last, m_stop);
            if (!logits) {
                return logits.error();
            }
            for (ExpertLoad& load : m_report.loads) {
                const auto layer = static_cast<std::size_t>(load.layer);
                const std::vector<std::int64_t>& reached = engine().expert_tokens()[layer];
                std::transform(reached.begin(), reached.end(), load.tokens.begin(),
                               load.tokens.begin(), std::plus<>());
                found.push_back(static_cast<double>(std::count_if(
                    reached.begin(), reached.end(), [](std::int64_t n) { return n > 0; })));
            }
            step_done(0);
        }
        ValidationRow row;
        row.kind = RowKind::DistinctExperts;
        row.judgement = Judgement::Drawn;
        row.unit = RowUnit::Experts;
        row.tokens = batch;
        row.predicted = expected_distinct_experts(moe->num_experts, moe->num_experts_per_tok,
                                                  static_cast<double>(batch));
        double sum = 0;
        for (const double value : found) {
            sum += value;
        }
        row.measured = sum / static_cast<double>(found.size());
        std::sort(found.begin(), found.end());
        row.fastest = found[found.size() / 4];
        row.slowest = found[found.size() - 1 - found.size() / 4];
        row.repeats = static_cast<std::int64_t>(found.size());
        constexpr double deviations = 3;
        constexpr double rounding = 1e-9;
        const double margin = deviations *
                                  distinct_deviation(static_cast<double>(moe->num_experts),
                                                     static_cast<double>(moe->num_experts_per_tok),
                                                     static_cast<double>(batch)) /
                                  std::sqrt(static_cast<double>(found.size())) +
                              rounding * row.predicted;
        row.low = row.predicted - margin;
        row.high = row.predicted + margin;
        m_report.rows.push_back(row);
    }
    tell(ValidationStage::Routing, batches.back());
    return std::monostate{};
}

} // namespace headroom
