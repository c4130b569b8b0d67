// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/validation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace headroom {

std::string_view to_string(RowKind kind) {
    switch (kind) {
    case RowKind::Tensors:
        return "tensors";
    case RowKind::Parameters:
        return "parameters";
    case RowKind::WeightBytes:
        return "weight_bytes";
    case RowKind::KvAfterPrefill:
        return "kv_bytes_after_prefill";
    case RowKind::KvAfterDecode:
        return "kv_bytes_after_decode";
    case RowKind::KvOfLayer:
        return "kv_bytes_of_layer";
    case RowKind::FlopsPrefill:
        return "flops_prefill";
    case RowKind::FlopsDecode:
        return "flops_decode";
    case RowKind::CacheRead:
        return "cache_bytes_read";
    case RowKind::DistinctExperts:
        return "distinct_experts";
    case RowKind::PrefillTime:
        return "prefill_seconds";
    case RowKind::StepTime:
        return "step_seconds";
    }
    return {};
}

std::string_view to_string(CurveKind kind) {
    switch (kind) {
    case CurveKind::PrefillTime:
        return "prefill_seconds";
    case CurveKind::DecodeTime:
        return "decode_seconds";
    case CurveKind::StepTime:
        return "step_seconds";
    case CurveKind::KvBytes:
        return "kv_bytes";
    case CurveKind::DistinctExperts:
        break;
    }
    return "distinct_experts";
}

RowSection section_of(RowKind kind) {
    switch (kind) {
    case RowKind::Tensors:
    case RowKind::Parameters:
    case RowKind::WeightBytes:
        return RowSection::Weights;
    case RowKind::KvAfterPrefill:
    case RowKind::KvAfterDecode:
    case RowKind::KvOfLayer:
    case RowKind::CacheRead:
        return RowSection::Cache;
    case RowKind::FlopsPrefill:
    case RowKind::FlopsDecode:
        return RowSection::Work;
    case RowKind::DistinctExperts:
        return RowSection::Experts;
    case RowKind::PrefillTime:
    case RowKind::StepTime:
        break;
    }
    return RowSection::Time;
}

double ValidationRow::error() const {
    if (predicted == measured) {
        return 0;
    }
    return predicted == 0 ? std::numeric_limits<double>::infinity() : measured / predicted - 1;
}

bool ValidationRow::is_within() const {
    return judgement == Judgement::Exact ? measured == predicted
                                         : measured >= low && measured <= high;
}

double ExpertLoad::imbalance() const {
    const auto sum =
        static_cast<double>(std::accumulate(tokens.begin(), tokens.end(), std::int64_t{0}));
    return sum == 0 ? 1.0
                    : static_cast<double>(*std::max_element(tokens.begin(), tokens.end())) *
                          static_cast<double>(tokens.size()) / sum;
}

double ExpertLoad::uniform_imbalance(std::int64_t per_token, double repeats) const {
    const auto sum =
        static_cast<double>(std::accumulate(tokens.begin(), tokens.end(), std::int64_t{0}));
    const auto experts = static_cast<double>(tokens.size());
    if (sum == 0 || experts <= 1) {
        return 1.0;
    }
    // Each token reaches an expert with probability k / E; of E such counts the largest lies about
    // sqrt(2 ln E) standard deviations above the mean. A token that comes c times adds c or
    // nothing, which is c^2 times the variance.
    const double mean = sum / experts;
    const double deviation =
        std::sqrt(mean * (1 - static_cast<double>(per_token) / experts) * std::max(1.0, repeats));
    return 1.0 + std::sqrt(2 * std::log(experts)) * deviation / mean;
}

ValidationReport::Summary ValidationReport::summary(Judgement judgement) const {
    Summary sum;
    for (const ValidationRow& row : rows) {
        if (row.judgement != judgement || !row.is_measured()) {
            continue;
        }
        ++sum.rows;
        sum.within += row.is_within() ? 1 : 0;
        const double error = std::abs(row.error());
        sum.mean_abs_error += error;
        sum.max_abs_error = std::max(sum.max_abs_error, error);
        if (row.measured > 0) {
            sum.mean_spread += (row.slowest - row.fastest) / row.measured / 2;
        }
    }
    if (sum.rows > 0) {
        sum.mean_abs_error /= static_cast<double>(sum.rows);
        sum.mean_spread /= static_cast<double>(sum.rows);
    }
    return sum;
}

std::size_t ValidationReport::measured_rows() const {
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.is_measured(); }));
}

bool ValidationReport::is_exact() const {
    const Summary exact = summary(Judgement::Exact);
    return !failure && exact.rows > 0 && exact.within == exact.rows;
}

} // namespace headroom
