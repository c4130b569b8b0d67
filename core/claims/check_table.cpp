// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/claims/check_table.h"

#include "core/accounting/parameters.h"
#include "core/claims/check_parts.h"
#include "core/claims/claims_sentences.h"
#include "core/config/expand.h"
#include "core/presets/embedded_presets.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace headroom {

namespace {

using nlohmann::json;

Result<CheckRow> check_entry(const std::string& kind, const json& entry, std::size_t index,
                             double tolerance) {
    const std::string path = kind + "[" + std::to_string(index) + "]";
    if (!entry.is_object()) {
        return Error{{}, path, found_expected(base_says<"no-object">(), base_says<"object">())};
    }
    if (kind == "rows") {
        return check::check_configuration(entry, path, tolerance);
    }
    if (kind == "examples") {
        return check::check_example(entry, path);
    }
    return check::check_claim(entry, path);
}

} // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::CanBeTrue:
        return "can be true";
    case Verdict::ContradictsOfficial:
        return "contradicts the official configuration";
    case Verdict::CannotBeTrue:
        return "cannot be true";
    case Verdict::Holds:
        return "holds";
    case Verdict::HoldsUnderCondition:
        return "holds under a condition";
    case Verdict::DoesNotHold:
        return "does not hold";
    case Verdict::CannotBeComputed:
        return "cannot be computed";
    }
    return {};
}

std::vector<ShippedTable> shipped_tables() {
    constexpr std::string_view folder = "tables/";
    constexpr std::string_view ending = ".json";
    std::vector<ShippedTable> tables;
    for (const EmbeddedFile& file : embedded_presets()) {
        if (file.path.starts_with(folder) && file.path.ends_with(ending)) {
            std::string_view name = file.path;
            name.remove_prefix(folder.size());
            name.remove_suffix(ending.size());
            tables.push_back({name, file.text});
        }
    }
    return tables;
}

Result<CheckReport> check_table(std::string_view json_text, std::string_view source,
                                double tolerance) {
    const json document = json::parse(json_text, nullptr, false);
    const std::string file(source);
    if (document.is_discarded() || !document.is_object()) {
        return Error{
            file, {}, found_expected(base_says<"no-json-object">(), claims_says<"table-object">())};
    }
    CheckReport report;
    if (const auto title = document.find("title"); title != document.end() && title->is_string()) {
        report.title = title->get<std::string>();
    }
    bool has_entries = false;
    for (const char* kind : {"rows", "examples", "claims"}) {
        const auto entries = document.find(kind);
        if (entries == document.end()) {
            continue;
        }
        if (!entries->is_array()) {
            return Error{file, kind, found_expected(base_says<"no-list">(), base_says<"list">())};
        }
        has_entries = true;
        for (std::size_t i = 0; i < entries->size(); ++i) {
            Result<CheckRow> row = check_entry(kind, (*entries)[i], i, tolerance);
            if (!row) {
                Error error = row.error();
                error.file = file;
                return error;
            }
            report.rows.push_back(std::move(row).value());
        }
    }
    if (!has_entries) {
        return Error{
            file,
            {},
            found_expected(claims_says<"nothing-to-check">(), claims_says<"one-of-them">())};
    }
    return report;
}

namespace check {

Sentence billions(double count, int digits) {
    return claims_says<"billions">(fixed(count / 1e9, digits));
}

Real percent(double share, int digits) {
    return fixed(share * 100, digits);
}

Sentence clauses(std::vector<Sentence> parts) {
    return joined(Join::Semicolon, std::move(parts));
}

Sentence items(std::vector<Sentence> parts) {
    return joined(Join::Comma, std::move(parts));
}

Result<std::int64_t> total_of(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return spec.error();
    }
    const Result<ParameterReport> report = count_parameters(*spec);
    if (!report) {
        return report.error();
    }
    return report->total;
}

} // namespace check
} // namespace headroom
