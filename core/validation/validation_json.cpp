// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/validation_json.h"

#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/validation/validation_sentences.h"
#include "core/validation/validation_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array unit_names = {
    std::pair{RowUnit::Count, std::string_view("count")},
    std::pair{RowUnit::Bytes, std::string_view("bytes")},
    std::pair{RowUnit::Flops, std::string_view("flops")},
    std::pair{RowUnit::Experts, std::string_view("experts")},
    std::pair{RowUnit::Seconds, std::string_view("seconds")},
};
constexpr std::array judgement_names = {
    std::pair{Judgement::Exact, std::string_view("exact")},
    std::pair{Judgement::Drawn, std::string_view("drawn")},
    std::pair{Judgement::Timed, std::string_view("timed")},
};

template <class Table, class T>
std::string_view name_of(const Table& table, T value) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const auto& entry) { return entry.first == value; });
    return found == table.end() ? std::string_view() : found->second;
}

template <class Table>
auto value_of(const Table& table, std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const auto& entry) { return entry.second == name; });
    return found == table.end() ? table.front().first : found->first;
}

/// A whole number as one; null for what is no number.
Json number(double value) {
    constexpr double exact = 9007199254740992.0; // 2^53
    if (!std::isfinite(value)) {
        return nullptr;
    }
    if (std::abs(value) <= exact && value == std::floor(value)) {
        return static_cast<std::int64_t>(value);
    }
    return value;
}

Json row_json(const ValidationRow& row) {
    Json object{{"quantity", quantity_text(row)},
                {"predicted", number(row.predicted)},
                {"measured", number(row.measured)},
                {"error", number(row.error())},
                {"within", row.is_within()},
                {"id", to_string(row.kind)},
                {"judgement", name_of(judgement_names, row.judgement)},
                {"unit", name_of(unit_names, row.unit)},
                {"tokens", row.tokens},
                {"past", row.past}};
    if (row.layer >= 0) {
        object["layer"] = row.layer;
        object["layers"] = row.layers;
    }
    if (row.judgement != Judgement::Exact) {
        object["low"] = row.low;
        object["high"] = row.high;
        object["lower_quartile"] = row.fastest;
        object["upper_quartile"] = row.slowest;
        object["repeats"] = row.repeats;
    }
    return object;
}

Json summary_json(const ValidationReport::Summary& sum) {
    return {{"rows", sum.rows},
            {"within", sum.within},
            {"mean_abs_error", number(sum.mean_abs_error)},
            {"max_abs_error", number(sum.max_abs_error)},
            {"mean_spread", number(sum.mean_spread)}};
}

/// Typed reading with a default; nothing throws.
class Reader {
public:
    explicit Reader(const Json& object)
        : m_object(object) {}
    [[nodiscard]] double real(const char* key, double otherwise = 0) const {
        const auto found = m_object.find(key);
        return found != m_object.end() && found->is_number() ? found->get<double>() : otherwise;
    }
    [[nodiscard]] std::int64_t integer(const char* key, std::int64_t otherwise = 0) const {
        const auto found = m_object.find(key);
        return found != m_object.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                                     : otherwise;
    }
    [[nodiscard]] bool flag(const char* key) const {
        const auto found = m_object.find(key);
        return found != m_object.end() && found->is_boolean() && found->get<bool>();
    }
    [[nodiscard]] std::string text(const char* key) const {
        const auto found = m_object.find(key);
        return found != m_object.end() && found->is_string() ? found->get<std::string>()
                                                             : std::string();
    }
    [[nodiscard]] std::vector<std::int64_t> integers(const char* key) const {
        std::vector<std::int64_t> values;
        for (const Json& item : list(key)) {
            values.push_back(item.is_number_integer() ? item.get<std::int64_t>() : 0);
        }
        return values;
    }
    [[nodiscard]] std::vector<double> reals(const char* key) const {
        std::vector<double> values;
        for (const Json& item : list(key)) {
            values.push_back(item.is_number() ? item.get<double>() : 0.0);
        }
        return values;
    }
    /// The array, or an empty one.
    [[nodiscard]] const Json& list(const char* key) const {
        static const Json none = Json::array();
        const auto found = m_object.find(key);
        return found != m_object.end() && found->is_array() ? *found : none;
    }
    [[nodiscard]] std::string object_text(const char* key) const {
        const auto found = m_object.find(key);
        return found != m_object.end() && found->is_object() ? found->dump() : std::string();
    }

private:
    const Json& m_object;
};

std::optional<ValidationRow> row_from(const Json& json) {
    if (!json.is_object()) {
        return std::nullopt;
    }
    const Reader reader(json);
    ValidationRow row;
    bool known = false;
    for (int kind = 0; kind <= static_cast<int>(RowKind::StepTime); ++kind) {
        if (to_string(static_cast<RowKind>(kind)) == reader.text("id")) {
            row.kind = static_cast<RowKind>(kind);
            known = true;
        }
    }
    if (!known) {
        return std::nullopt;
    }
    row.judgement = value_of(judgement_names, reader.text("judgement"));
    row.unit = value_of(unit_names, reader.text("unit"));
    row.tokens = reader.integer("tokens");
    row.past = reader.integer("past");
    row.layer = reader.integer("layer", -1);
    row.layers = reader.integer("layers");
    row.predicted = reader.real("predicted");
    row.measured = reader.real("measured");
    row.low = reader.real("low", row.predicted);
    row.high = reader.real("high", row.predicted);
    row.fastest = reader.real("lower_quartile", row.measured);
    row.slowest = reader.real("upper_quartile", row.measured);
    row.repeats = reader.integer("repeats", 1);
    return row;
}

/// nullopt: a kind that is not known, or lists that are not of one length.
std::optional<PredictedCurve> curve_from(const Json& json) {
    if (!json.is_object()) {
        return std::nullopt;
    }
    const Reader reader(json);
    PredictedCurve curve;
    bool known = false;
    for (int kind = 0; kind <= static_cast<int>(CurveKind::DistinctExperts); ++kind) {
        if (to_string(static_cast<CurveKind>(kind)) == reader.text("curve")) {
            curve.kind = static_cast<CurveKind>(kind);
            known = true;
        }
    }
    curve.x = reader.reals("tokens");
    curve.predicted = reader.reals("predicted");
    curve.low = reader.reals("low");
    curve.high = reader.reals("high");
    const std::size_t size = curve.x.size();
    const bool whole =
        curve.predicted.size() == size && curve.low.size() == size && curve.high.size() == size;
    return known && whole ? std::optional(std::move(curve)) : std::nullopt;
}

void read_design(const Reader& reader, ShrunkDesign& design) {
    design.source_layers = reader.integers("layers");
    design.scale = reader.real("scale", 1);
    for (const Json& json : reader.list("fields")) {
        const Reader field(json);
        if (const FieldInfo* info = find_field(field.text("field"))) {
            design.fields.push_back({info->name, field.real("original"), field.real("tiny"),
                                     field.real("in_proportion")});
        }
    }
}

} // namespace

std::string write_validation(const ValidationReport& report) {
    const auto config = [](const ModelConfig& c) {
        return Json::parse(write_config(c), nullptr, false);
    };
    Json object{{"model", report.name},
                {"model_type", report.original.model_type},
                {"checkpoint", report.folder.string()},
                {"tiny_config", config(report.tiny.config)}};
    Json rows = Json::array();
    std::transform(report.rows.begin(), report.rows.end(), std::back_inserter(rows), row_json);
    object["rows"] = std::move(rows);
    Json curves = Json::array();
    for (const PredictedCurve& curve : report.curves) {
        curves.push_back({{"curve", to_string(curve.kind)},
                          {"tokens", curve.x},
                          {"predicted", curve.predicted},
                          {"low", curve.low},
                          {"high", curve.high}});
    }
    object["curves"] = std::move(curves);
    object["summary"] = {{"exact", summary_json(report.summary(Judgement::Exact))},
                         {"drawn", summary_json(report.summary(Judgement::Drawn))},
                         {"timed", summary_json(report.summary(Judgement::Timed))}};
    object["original_config"] = config(report.original);
    object["scale"] = report.tiny.scale;
    object["layers"] = report.tiny.source_layers;
    Json fields = Json::array();
    for (const ShrunkField& field : report.tiny.fields) {
        fields.push_back({{"field", field.name},
                          {"original", number(field.original)},
                          {"tiny", number(field.tiny)},
                          {"in_proportion", number(field.exact)},
                          {"rounded", field.is_rounded()}});
    }
    object["fields"] = std::move(fields);
    Json ratios = Json::array();
    for (const ShrunkRatio& ratio : report.tiny.ratios) {
        ratios.push_back({{"ratio", ratio.id},
                          {"original", {number(ratio.original[0]), number(ratio.original[1])}},
                          {"tiny", {number(ratio.tiny[0]), number(ratio.tiny[1])}},
                          {"kept", ratio.is_kept()}});
    }
    object["ratios"] = std::move(ratios);
    Json loads = Json::array();
    for (const ExpertLoad& load : report.loads) {
        loads.push_back({{"layer", load.layer},
                         {"tokens", load.tokens},
                         {"imbalance", load.imbalance()},
                         {"uniform_imbalance", report.uniform_imbalance(load)}});
    }
    object["experts"] = std::move(loads);
    object["experts_per_token"] = report.experts_per_token;
    object["routing_repeats"] = report.routing_repeats;
    object["tensor_issues"] = Json::array();
    for (const Error& issue : report.tensor_issues) {
        object["tensor_issues"].push_back(issue.text());
    }
    object["threads"] = report.options.threads;
    object["processor"] = report.processor;
    object["memory_bytes"] = report.memory_bytes;
    object["memory_limit"] = report.options.memory_bytes;
    object["parameters_limit"] = report.options.parameters;
    object["padding_bytes"] = report.padding_bytes;
    object["seconds"] = report.seconds;
    object["others_load"] = report.others_load ? Json(*report.others_load) : Json();
    object["threads_moved"] = report.threads_moved;
    object["cancelled"] = report.was_cancelled;
    object["failure"] = report.failure ? Json(report.failure->text()) : Json();
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<ValidationReport> parse_validation(std::string_view json_text) {
    const Json json = Json::parse(json_text, nullptr, false);
    if (!json.is_object()) {
        return Error{"", "validation",
                     found_expected(base_says<"no-json-object">(),
                                    validation_says<"what-validation-wrote">())};
    }
    const Reader reader(json);
    ValidationReport report;
    report.name = reader.text("model");
    report.folder = reader.text("checkpoint");
    for (const auto& [key, config] : {std::pair{"original_config", &report.original},
                                      std::pair{"tiny_config", &report.tiny.config}}) {
        Result<ModelConfig> read = parse_config(reader.object_text(key), key);
        if (!read) {
            return read.error();
        }
        *config = *std::move(read);
    }
    read_design(reader, report.tiny);
    report.tiny.ratios = shrunk_ratios(report.original, report.tiny.config);
    for (const Json& item : reader.list("rows")) {
        const std::optional<ValidationRow> row = row_from(item);
        if (!row) {
            return Error{"", "rows", validation_says<"no-row">()};
        }
        report.rows.push_back(*row);
    }
    for (const Json& item : reader.list("curves")) {
        if (std::optional<PredictedCurve> curve = curve_from(item)) {
            report.curves.push_back(*std::move(curve));
        }
    }
    for (const Json& item : reader.list("experts")) {
        if (item.is_object()) {
            const Reader load(item);
            report.loads.push_back({load.integer("layer"), load.integers("tokens")});
        }
    }
    for (const Json& item : reader.list("tensor_issues")) {
        report.tensor_issues.push_back(
            {"", "",
             Sentence::verbatim(item.is_string() ? item.get<std::string>() : std::string())});
    }
    report.experts_per_token = reader.integer("experts_per_token");
    report.routing_repeats = reader.real("routing_repeats", 1);
    report.options.threads = static_cast<int>(reader.integer("threads", 1));
    report.processor = reader.text("processor");
    report.options.memory_bytes = reader.integer("memory_limit");
    report.options.parameters = reader.integer("parameters_limit");
    report.memory_bytes = reader.integer("memory_bytes");
    report.padding_bytes = reader.integer("padding_bytes");
    report.seconds = reader.real("seconds");
    if (const double load = reader.real("others_load", -1); load >= 0) {
        report.others_load = load;
    }
    report.threads_moved = reader.flag("threads_moved");
    report.was_cancelled = reader.flag("cancelled");
    if (const std::string failure = reader.text("failure"); !failure.empty()) {
        report.failure = Error{"", "", Sentence::verbatim(failure)};
    }
    return report;
}

} // namespace headroom
