// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/validation_text.h"

#include "core/analysis/parameters.h"
#include "core/config/config_fields.h"
#include "core/config/expand.h"
#include "core/number_text.h"

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

std::string percent(double share, const char* sign) {
    if (std::abs(share) < 5e-5) {
        return "0%";
    }
    return sign + significant_text(std::abs(share) * 100, std::abs(share) < 0.001 ? 1 : 2) + "%";
}

std::string full(double value) {
    return value == std::floor(value) && std::abs(value) < 9e15
               ? std::to_string(static_cast<std::int64_t>(value))
               : significant_text(value, 12);
}

std::string total_parameters(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    const Result<ParameterReport> count =
        spec ? count_parameters(*spec) : Result<ParameterReport>(spec.error());
    return count ? grouped_text(count->total) : "-";
}

void append_designs(std::string& out, const ValidationReport& report) {
    if (!report.folder.empty()) {
        out +=
            "A checkpoint, run as it is: " + total_parameters(report.original) + " parameters.\n\n";
        for (const std::string& issue : report.tensor_issues) {
            out += "- " + issue + "\n";
        }
        out += report.tensor_issues.empty() ? "" : "\n";
        return;
    }
    out += "| field | original | tiny | in proportion |\n|---|---:|---:|---:|\n";
    out += "| parameters | " + total_parameters(report.original) + " | " +
           total_parameters(report.tiny.config) + " | |\n";
    for (const ShrunkField& field : report.tiny.fields) {
        out += "| " + std::string(field.name) + " | " + full(field.original) + " | " +
               full(field.tiny) + " | " +
               (field.is_rounded() ? significant_text(field.exact, 4) : "") + " |\n";
    }
    out += "\n| proportion | original | tiny | |\n|---|---:|---:|---|\n";
    for (const ShrunkRatio& ratio : report.tiny.ratios) {
        out += "| " + ratio_text(ratio.id) + " | " +
               ratio_values_text(ratio.original[0], ratio.original[1]) + " | " +
               ratio_values_text(ratio.tiny[0], ratio.tiny[1]) + " | " +
               (ratio.is_kept() ? "kept" : "rounded") + " |\n";
    }
    out += "\n";
}

} // namespace

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
               ", " + tokens;
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
    return percent(error, error < 0 ? "-" : "+");
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
    return full(first) + " : " + full(second);
}

std::string summary_text(const ValidationReport& report) {
    const auto exact = report.summary(Judgement::Exact);
    const auto drawn = report.summary(Judgement::Drawn);
    const auto timed = report.summary(Judgement::Timed);
    const auto of = [](const ValidationReport::Summary& sum) {
        return std::to_string(sum.within) + " of " + std::to_string(sum.rows);
    };
    std::string text = of(exact) + " counts exact";
    if (drawn.rows > 0) {
        text += "; experts reached within " + percent(drawn.max_abs_error, "");
    }
    if (timed.rows > 0) {
        text += "; times off by " + percent(timed.mean_abs_error, "") + " on average, " +
                percent(timed.max_abs_error, "") + " at most, " + of(timed) +
                " within their band (repeats spread by " + percent(timed.mean_spread, "") + ")";
    }
    return text;
}

std::string validation_csv(const ValidationReport& report) {
    std::string out = "quantity,id,tokens,past,layer,layers,predicted,low,high,measured,"
                      "lower_quartile,upper_quartile,repeats,error,within\n";
    for (const ValidationRow& row : report.rows) {
        out += "\"" + quantity_text(row) + "\"," + std::string(to_string(row.kind));
        for (const std::int64_t value : {row.tokens, row.past, row.layer, row.layers}) {
            out += "," + std::to_string(value);
        }
        for (const double value :
             {row.predicted, row.low, row.high, row.measured, row.fastest, row.slowest}) {
            out += "," + full(value);
        }
        out += "," + std::to_string(row.repeats) + "," + full(row.error()) + "," +
               (row.is_within() ? "true" : "false") + "\n";
    }
    return out;
}

std::string disturbance_text(const ValidationReport& report) {
    return "Other programs took " + percent(report.others_load.value_or(0), "") +
           " of the processor meanwhile: times say little.";
}

std::string validation_markdown(const ValidationReport& report) {
    std::string out = "# " + report.name + ": predicted beside measured\n\n";
    out += summary_text(report) + ".\n\n";
    if (report.was_disturbed()) {
        out += disturbance_text(report) + "\n\n";
    }
    if (report.failure) {
        out += "The run ended early: " + report.failure->text() + "\n\n";
    }
    const std::optional<ComputerProfile>& computer = report.options.computer;
    out += counted(report.options.threads, "thread") + ", fp32" +
           (computer ? ", " + computer->processor : "") +
           ". The engine holds one sequence: a step "
           "of several tokens is one pass of that many tokens of it. Measured times are medians, "
           "with quartiles.\n\n";
    append_designs(out, report);
    out += "| quantity | predicted | band | measured | quartiles | error |\n"
           "|---|---:|---:|---:|---:|---:|\n";
    for (const ValidationRow& row : report.rows) {
        const bool exact = row.judgement == Judgement::Exact;
        const auto range = [&](double low, double high) {
            return exact ? std::string() : value_text(row, low) + " to " + value_text(row, high);
        };
        out += "| " + quantity_text(row) + " | " + value_text(row, row.predicted) + " | " +
               range(row.low, row.high) + " | " + value_text(row, row.measured) + " | " +
               range(row.fastest, row.slowest) + " | " + error_text(row) +
               (exact || row.is_within() ? "" : ", outside its band") + " |\n";
    }
    if (!report.loads.empty()) {
        out += "\n| layer | tokens of its experts | most loaded over mean | of a uniform router |\n"
               "|---:|---|---:|---:|\n";
        for (const ExpertLoad& load : report.loads) {
            out += "| " + std::to_string(load.layer) + " |";
            for (const std::int64_t tokens : load.tokens) {
                out += " " + std::to_string(tokens);
            }
            out += " | " + significant_text(load.imbalance(), 3) + " | " +
                   significant_text(load.uniform_imbalance(report.experts_per_token), 3) + " |\n";
        }
    }
    return out;
}

} // namespace headroom
