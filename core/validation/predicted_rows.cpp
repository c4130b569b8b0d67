// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/predicted_rows.h"

#include "core/accounting/kv_cache.h"
#include "core/accounting/memory.h"
#include "core/accounting/operators.h"
#include "core/accounting/parameters.h"
#include "core/config/layer_queries.h"
#include "core/this_computer/this_computer_time.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

constexpr std::int64_t fp32_bytes = 4;

ValidationRow row_of(RowKind kind, RowUnit unit, std::int64_t tokens = 0, std::int64_t past = 0) {
    ValidationRow row;
    row.kind = kind;
    row.unit = unit;
    row.tokens = tokens;
    row.past = past;
    row.repeats = 0;
    return row;
}

ValidationRow exact(ValidationRow row, std::int64_t predicted) {
    row.predicted = row.low = row.high = static_cast<double>(predicted);
    return row;
}

bool has_longrope(const ModelSpec& spec) {
    return std::any_of(spec.kinds.begin(), spec.kinds.end(), [](const LayerKind& kind) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        return rotary != nullptr && rotary->type == RopeType::LongRope;
    });
}

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

void predict_cache(const ModelSpec& spec, const ValidationPlan& plan,
                   std::vector<ValidationRow>& rows) {
    const auto bytes = [&](std::int64_t tokens) {
        return kv_bytes_at(spec, tokens, NumberFormat::Fp32);
    };
    for (const std::int64_t context : plan.contexts) {
        rows.push_back(
            exact(row_of(RowKind::KvAfterPrefill, RowUnit::Bytes, context), bytes(context)));
        rows.push_back(
            exact(row_of(RowKind::KvAfterDecode, RowUnit::Bytes, plan.decode_steps, context),
                  bytes(context + plan.decode_steps)));
    }
    const std::int64_t longest = plan.contexts.back();
    const std::vector<KvLayer> before = kv_layers(spec, longest, NumberFormat::Fp32);
    const std::vector<KvLayer> after =
        kv_layers(spec, longest + plan.decode_steps, NumberFormat::Fp32);
    for (const LayerKind& kind : spec.kinds) {
        const auto layer = static_cast<std::size_t>(kind.first_layer);
        ValidationRow row = row_of(RowKind::KvOfLayer, RowUnit::Bytes, longest);
        row.layer = kind.first_layer;
        row.layers = kind.count;
        rows.push_back(exact(row, before[layer].bytes));
        row.tokens = plan.decode_steps;
        row.past = longest;
        rows.push_back(exact(row, after[layer].bytes));
    }
    for (const std::int64_t context : plan.contexts) {
        const std::int64_t past = counted_step_past(spec, plan, context);
        rows.push_back(exact(row_of(RowKind::CacheRead, RowUnit::Bytes, 1, past),
                             kv_bytes_read_at(spec, past + 1, NumberFormat::Fp32)));
    }
}

void predict_work(const ModelSpec& spec, const ValidationPlan& plan,
                  std::vector<ValidationRow>& rows) {
    for (const std::int64_t context : plan.contexts) {
        rows.push_back(exact(row_of(RowKind::FlopsPrefill, RowUnit::Flops, context),
                             planned_prefill_flops(spec, context, plan.engine.prefill_chunk)));
    }
    for (const std::int64_t context : plan.contexts) {
        Step step;
        step.past = counted_step_past(spec, plan, context);
        rows.push_back(exact(row_of(RowKind::FlopsDecode, RowUnit::Flops, 1, step.past),
                             step_flops(spec, step)));
    }
}

void predict_experts(const ModelSpec& spec, const ValidationPlan& plan,
                     std::vector<ValidationRow>& rows) {
    const MixtureOfExperts* moe = experts_of(spec);
    if (moe == nullptr) {
        return;
    }
    const std::int64_t layers = layers_with_experts(spec);
    std::vector<std::int64_t> batches = plan.batches;
    batches.insert(batches.begin(), 1);
    for (const std::int64_t batch : batches) {
        ValidationRow row = row_of(RowKind::DistinctExperts, RowUnit::Experts, batch);
        const ExpectedExperts expected =
            expected_experts(*moe, layers, plan, spec.vocab_size, static_cast<double>(batch));
        row.judgement = Judgement::Drawn;
        row.predicted = expected.mean;
        row.low = expected.mean - expected.margin;
        row.high = expected.mean + expected.margin;
        rows.push_back(row);
    }
}

void predict_times(const ModelSpec& spec, const ValidationPlan& plan,
                   const ComputerProfile& computer, std::vector<ValidationRow>& rows) {
    // `before` tokens are cached when the step begins; a row names those of the prompt.
    const auto predict = [&](RowKind kind, std::int64_t tokens, std::int64_t past,
                             std::int64_t before) {
        const EngineTime time =
            engine_time(spec, {tokens, before, plan.engine.prefill_chunk}, computer);
        ValidationRow row = row_of(kind, RowUnit::Seconds, tokens, past);
        row.judgement = Judgement::Timed;
        row.predicted = time.seconds;
        row.low = time.low_s;
        row.high = time.high_s;
        rows.push_back(row);
    };
    for (const std::int64_t context : plan.contexts) {
        predict(RowKind::PrefillTime, context, 0, 0);
    }
    for (const std::int64_t context : plan.contexts) {
        predict(RowKind::StepTime, 1, context, context + plan.decode_steps / 2);
    }
    for (const std::int64_t context : plan.contexts) {
        std::int64_t before = context + plan.decode_steps;
        for (const std::int64_t batch : plan.batches) {
            predict(RowKind::StepTime, batch, context, before);
            before += batch;
        }
    }
}

/// Whole numbers from first to last, evenly spaced for an eye that reads a logarithmic axis.
std::vector<std::int64_t> grid(std::int64_t first, std::int64_t last) {
    constexpr int per_octave = 6;
    std::vector<std::int64_t> values;
    double value = static_cast<double>(first);
    while (value < static_cast<double>(last)) {
        if (const std::int64_t whole = std::llround(value);
            values.empty() || whole > values.back()) {
            values.push_back(whole);
        }
        value *= std::exp2(1.0 / per_octave);
    }
    values.push_back(last);
    return values;
}

/// `predict` gives value, low and high at a number of tokens.
template <class Predict>
PredictedCurve curve(CurveKind kind, std::int64_t first, std::int64_t last, Predict&& predict) {
    PredictedCurve result;
    result.kind = kind;
    for (const std::int64_t tokens : grid(first, last)) {
        const std::array<double, 3> at = predict(tokens);
        result.x.push_back(static_cast<double>(tokens));
        result.predicted.push_back(at[0]);
        result.low.push_back(at[1]);
        result.high.push_back(at[2]);
    }
    return result;
}

} // namespace

ExpectedExperts expected_experts(const MixtureOfExperts& moe, std::int64_t layers,
                                 const ValidationPlan& plan, std::int64_t vocabulary,
                                 double tokens) {
    constexpr double deviations = 3;
    constexpr double rounding = 1e-9;
    ExpectedExperts expected;
    expected.mean = expected_distinct_experts(moe.num_experts, moe.num_experts_per_tok, tokens);
    // A token of the vocabulary goes where it went before: passes that repeat it say nothing new.
    const double draws =
        std::clamp(static_cast<double>(vocabulary) / tokens, 1.0, static_cast<double>(plan.draws));
    expected.margin = deviations *
                          distinct_deviation(static_cast<double>(moe.num_experts),
                                             static_cast<double>(moe.num_experts_per_tok), tokens) /
                          std::sqrt(draws * static_cast<double>(layers)) +
                      rounding * expected.mean;
    return expected;
}

/// LongRoPE runs the whole cache once more where a sequence outgrows the trained length, which a
/// round prompt may just have reached: there the second step is counted.
std::int64_t counted_step_past(const ModelSpec& spec, const ValidationPlan& plan,
                               std::int64_t context) {
    return context + (has_longrope(spec) && plan.decode_steps > 1 ? 1 : 0);
}

std::vector<ValidationRow> predicted_rows(const ModelSpec& spec, const ValidationPlan& plan,
                                          const ComputerProfile* computer) {
    std::vector<ValidationRow> rows;
    const Result<ParameterReport> count = count_parameters(spec);
    if (!count) {
        return rows; // the engine refuses it too
    }
    rows.push_back(exact(row_of(RowKind::Parameters, RowUnit::Count), count->total));
    // Buffers are read from the checkpoint, too; the report counts what is trained.
    rows.push_back(exact(row_of(RowKind::WeightBytes, RowUnit::Bytes),
                         weights_bytes(spec, Formats{NumberFormat::Fp32, NumberFormat::Fp32, {}}) +
                             fp32_bytes * count->buffers));
    predict_cache(spec, plan, rows);
    predict_work(spec, plan, rows);
    predict_experts(spec, plan, rows);
    if (computer != nullptr) {
        predict_times(spec, plan, *computer, rows);
    }
    return rows;
}

std::vector<PredictedCurve> predicted_curves(const ModelSpec& spec, const ValidationPlan& plan,
                                             const ComputerProfile* computer) {
    std::vector<PredictedCurve> curves;
    const std::int64_t longest = plan.contexts.back();
    const auto time = [&](std::int64_t tokens, std::int64_t past) -> std::array<double, 3> {
        const EngineTime t =
            engine_time(spec, {tokens, past, plan.engine.prefill_chunk}, *computer);
        return {t.seconds, t.low_s, t.high_s};
    };
    if (computer != nullptr) {
        curves.push_back(curve(CurveKind::PrefillTime, plan.contexts.front(), longest,
                               [&](std::int64_t tokens) { return time(tokens, 0); }));
        curves.push_back(curve(CurveKind::DecodeTime, 1, longest, [&](std::int64_t past) {
            return time(1, past + plan.decode_steps / 2);
        }));
        if (!plan.batches.empty()) {
            curves.push_back(
                curve(CurveKind::StepTime, 1, plan.batches.back(), [&](std::int64_t tokens) {
                    return time(tokens, longest + plan.decode_steps);
                }));
        }
    }
    curves.push_back(curve(CurveKind::KvBytes, 1, longest + plan.decode_steps,
                           [&](std::int64_t tokens) -> std::array<double, 3> {
                               const auto bytes = static_cast<double>(
                                   kv_bytes_at(spec, tokens, NumberFormat::Fp32));
                               return {bytes, bytes, bytes};
                           }));
    if (const MixtureOfExperts* moe = experts_of(spec)) {
        const std::int64_t most = plan.batches.empty() ? 1 : plan.batches.back();
        const std::int64_t count = layers_with_experts(spec);
        const MixtureOfExperts& experts = *moe;
        curves.push_back(curve(
            CurveKind::DistinctExperts, 1, most, [&](std::int64_t tokens) -> std::array<double, 3> {
                const ExpectedExperts e = expected_experts(experts, count, plan, spec.vocab_size,
                                                           static_cast<double>(tokens));
                return {e.mean, e.mean - e.margin, e.mean + e.margin};
            }));
    }
    return curves;
}

} // namespace headroom
