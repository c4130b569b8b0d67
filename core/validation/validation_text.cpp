// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/validation_text.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

std::string counted(std::int64_t count, const char* one) {
    return grouped_text(count) + " " + one + (count == 1 ? "" : "s");
}

std::string seconds_text(double seconds) {
    if (seconds < 1e-3) {
        return significant_text(seconds * 1e6, 3) + " us";
    }
    return seconds < 1 ? significant_text(seconds * 1e3, 3) + " ms"
                       : significant_text(seconds, 3) + " s";
}

} // namespace

std::string figure_in_full(double value) {
    return value == std::floor(value) && std::abs(value) < 9e15
               ? std::to_string(static_cast<std::int64_t>(value))
               : significant_text(value, 12);
}

std::string share_text(double share, const char* sign) {
    if (std::abs(share) < 5e-5) {
        return "0%";
    }
    return sign + significant_text(std::abs(share) * 100, std::abs(share) < 0.001 ? 1 : 2) + "%";
}

std::string quantity_text(const ValidationRow& row) {
    const std::string tokens = counted(row.tokens, "token");
    const std::string past = grouped_text(row.past);
    switch (row.kind) {
    case RowKind::Tensors:
        return "Tensors of the table in the files";
    case RowKind::Parameters:
        return "Parameters allocated";
    case RowKind::WeightBytes:
        return "Weight bytes, fp32";
    case RowKind::KvAfterPrefill:
        return "KV bytes after " + tokens;
    case RowKind::KvAfterDecode:
        return "KV bytes after " + past + " + " + tokens;
    case RowKind::KvOfLayer:
        return "KV bytes of layer " + std::to_string(row.layer) +
               (row.layers > 1 ? " and " + std::to_string(row.layers - 1) + " of its kind" : "") +
               " after " + (row.past > 0 ? past + " + " : "") + tokens;
    case RowKind::FlopsPrefill:
        return "FLOPs, prefill of " + tokens;
    case RowKind::FlopsDecode:
        return "FLOPs, decode step after " + past;
    case RowKind::CacheRead:
        return "Cache bytes read, decode step after " + past;
    case RowKind::DistinctExperts:
        return "Distinct experts of a layer, " + tokens;
    case RowKind::PrefillTime:
        return "Prefill of " + tokens;
    case RowKind::StepTime:
        return row.tokens == 1 ? "Decode step after " + past
                               : "Step of " + tokens + " after " + past;
    }
    return {};
}

std::string value_text(const ValidationRow& row, double value) {
    switch (row.unit) {
    case RowUnit::Count:
    case RowUnit::Bytes:
    case RowUnit::Flops:
        return grouped_text(std::llround(value));
    case RowUnit::Experts:
        return significant_text(value, 3);
    case RowUnit::Seconds:
        return seconds_text(value);
    }
    return {};
}

std::string error_text(const ValidationRow& row) {
    if (row.judgement == Judgement::Exact) {
        return row.is_within()
                   ? "exact"
                   : "off by " + grouped_text(std::llround(row.measured - row.predicted));
    }
    const double error = row.error();
    return share_text(error, error < 0 ? "-" : "+");
}

std::string ratio_text(std::string_view ratio_id) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 16> names = {{
        {"heads", "query heads : KV heads"},
        {"query_width", "query width : hidden size"},
        {"q_rank", "query rank : hidden size"},
        {"kv_rank", "KV rank : hidden size"},
        {"rope_part", "rotary : other part of a head"},
        {"feed_forward", "feed-forward : hidden size"},
        {"expert_width", "expert width : hidden size"},
        {"experts", "experts : experts per token"},
        {"shared_experts", "experts per token : shared"},
        {"groups", "groups : groups per token"},
        {"dense_layers", "dense : expert layers"},
        {"window", "window : context"},
        {"local_layers", "local : global layers"},
        {"shared_caches", "cache-sharing : all layers"},
        {"laurel_rank", "LAuReL rank : hidden size"},
        {"per_layer_input", "per-layer input : hidden size"},
    }};
    const auto* const found = std::find_if(
        names.begin(), names.end(), [&](const auto& name) { return name.first == ratio_id; });
    return std::string(found == names.end() ? ratio_id : found->second);
}

std::string ratio_values_text(double first, double second) {
    return figure_in_full(first) + " : " + figure_in_full(second);
}

std::string section_text(RowSection section) {
    switch (section) {
    case RowSection::Weights:
        return "Weights";
    case RowSection::Cache:
        return "KV cache";
    case RowSection::Work:
        return "Work";
    case RowSection::Experts:
        return "Experts";
    case RowSection::Time:
        break;
    }
    return "Times";
}

} // namespace headroom
