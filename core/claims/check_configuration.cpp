// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of configuration tables: what total a row implies, and what the official fields are.
#include "core/accounting/parameters.h"
#include "core/claims/check_parts.h"
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/json_value.h"
#include "core/presets/presets.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace headroom::check {

namespace {

using nlohmann::json;

struct Row {
    std::string model;
    std::vector<std::pair<const FieldInfo*, std::int64_t>> fields;
    std::optional<double> claimed_total;
    std::optional<double> claimed_active;

    [[nodiscard]] std::optional<std::int64_t> field(std::string_view name) const {
        for (const auto& [info, value] : fields) {
            if (info->name == name) {
                return value;
            }
        }
        return std::nullopt;
    }
};

Result<Row> read_row(const json& object, const std::string& path) {
    Row row;
    const auto model = object.find("model");
    if (model == object.end() || !model->is_string()) {
        return Error{{}, path + ".model", "found no text, expected the model's name"};
    }
    row.model = model->get<std::string>();
    for (const auto& [key, value] : object.items()) {
        if (key == "model" || key == "note" || key == "source") {
            continue;
        }
        if (key == "claimed_total" || key == "claimed_active") {
            if (!value.is_number() || value.get<double>() <= 0) {
                return wrong_value(path + "." + key, value, "a positive number");
            }
            (key == "claimed_total" ? row.claimed_total : row.claimed_active) = value.get<double>();
            continue;
        }
        const FieldInfo* field = find_field(key);
        if (field == nullptr) {
            return Error{{},
                         path + "." + key,
                         "found a key that is no configuration field, expected a Hugging Face "
                         "name, claimed_total or claimed_active"};
        }
        if (!value.is_number_integer()) {
            return wrong_value(path + "." + key, value, "a whole number");
        }
        row.fields.emplace_back(field, value.get<std::int64_t>());
    }
    return row;
}

/// The text before the first '-': what a family's names begin with.
std::string_view family_word(std::string_view name) {
    return name.substr(0, name.find('-'));
}

/// The shipped design whose structure the row is read on: of the same name, or else of the same
/// family with experts where the row has some, the nearest in claimed size.
const ModelPreset* structure_for(const Row& row) {
    if (const ModelPreset* preset = find_model_preset(row.model)) {
        return preset;
    }
    const bool has_experts = row.field("num_experts").value_or(0) > 0;
    const ModelPreset* best = nullptr;
    double best_distance = 0;
    for (const ModelPreset& preset : model_presets()) {
        if (family_word(preset.name) != family_word(row.model) ||
            (preset.config.num_experts > 0) != has_experts) {
            continue;
        }
        const Result<std::int64_t> total = total_of(preset.config);
        if (!total) {
            continue;
        }
        const double wanted = row.claimed_total.value_or(static_cast<double>(*total));
        const double distance = std::abs(std::log(static_cast<double>(*total) / wanted));
        if (best == nullptr || distance < best_distance) {
            best = &preset;
            best_distance = distance;
        }
    }
    return best;
}

/// One way of understanding a row that leaves fields out.
struct Reading {
    ModelConfig config;
    std::string name; ///< what is assumed beyond the official structure; empty: nothing
    std::int64_t total = 0;
    std::int64_t active = 0;
    std::int64_t active_with_embedding = 0;
    double total_error = 0; ///< relative to the claim; 0 without one
    double active_error = 0;
    [[nodiscard]] double worst() const {
        return std::max(std::abs(total_error), std::abs(active_error));
    }
};

double relative(double computed, double claimed) {
    return (computed - claimed) / claimed;
}

Result<Reading> read_as(const Row& row, const ModelConfig& structure, std::string name,
                        const std::vector<std::pair<std::string_view, std::int64_t>>& assumed) {
    Reading reading;
    reading.config = structure;
    reading.name = std::move(name);
    for (const auto& [field, value] : row.fields) {
        if (!field_applies(structure, *field)) {
            continue;
        }
        if (Status status = set_field(reading.config, *field, FieldValue(value)); !status) {
            return status.error();
        }
    }
    for (const auto& [field, value] : assumed) {
        if (Status status = set_field(reading.config, *find_field(field), FieldValue(value));
            !status) {
            return status.error();
        }
    }
    const Result<ModelSpec> spec = expand_layers(reading.config);
    if (!spec) {
        return spec.error();
    }
    const Result<ParameterReport> report = count_parameters(*spec);
    if (!report) {
        return report.error();
    }
    reading.total = report->total;
    reading.active = report->active;
    reading.active_with_embedding = report->active_with_input_embedding;
    if (row.claimed_total) {
        reading.total_error = relative(static_cast<double>(reading.total), *row.claimed_total);
    }
    if (row.claimed_active) {
        const double without = relative(static_cast<double>(reading.active), *row.claimed_active);
        const double with =
            relative(static_cast<double>(reading.active_with_embedding), *row.claimed_active);
        reading.active_error = std::abs(without) < std::abs(with) ? without : with;
    }
    return reading;
}

/// Every reading that can be computed, the plain one first: where the row gives no head_dim it may
/// mean hidden_size / num_attention_heads; where it gives no expert width it may mean that
/// intermediate_size is one.
std::vector<Reading> readings_of(const Row& row, const ModelConfig& structure,
                                 std::optional<Error>& error) {
    using Assumption = std::pair<std::string_view, std::int64_t>;
    std::vector<std::optional<Assumption>> head_dims{std::nullopt};
    const auto hidden = row.field("hidden_size");
    const auto heads = row.field("num_attention_heads");
    const FieldInfo* head_dim = find_field("head_dim");
    if (head_dim != nullptr && field_applies(structure, *head_dim) && !row.field("head_dim") &&
        hidden && heads && *heads > 0 && *hidden % *heads == 0 &&
        *hidden / *heads != structure.head_dim) {
        head_dims.emplace_back(Assumption{"head_dim", *hidden / *heads});
    }
    std::vector<std::optional<Assumption>> widths{std::nullopt};
    const auto width = row.field("intermediate_size");
    if (structure.num_experts > 0 && structure.moe_intermediate_size > 0 && width &&
        !row.field("moe_intermediate_size") && *width != structure.moe_intermediate_size) {
        widths.emplace_back(Assumption{"moe_intermediate_size", *width});
    }
    std::vector<Reading> readings;
    for (const auto& a : head_dims) {
        for (const auto& b : widths) {
            std::vector<Assumption> assumed;
            std::string name;
            for (const auto& part : {a, b}) {
                if (part) {
                    assumed.push_back(*part);
                    name += (name.empty() ? "" : ", ") + std::string(part->first) + " = " +
                            std::to_string(part->second);
                }
            }
            Result<Reading> reading = read_as(row, structure, name, assumed);
            if (reading) {
                readings.push_back(std::move(reading).value());
            } else if (!error) {
                error = reading.error();
            }
        }
    }
    return readings;
}

/// Readings of a row of a family that nobody knows: a plain decoder with a gated feed-forward or
/// one of two matrices, experts where the row has some, the head tied or not. None where the row
/// leaves out what no structure could give it.
std::vector<Reading> plain_readings_of(const Row& row, std::optional<Error>& error) {
    const auto hidden = row.field("hidden_size");
    const auto heads = row.field("num_attention_heads");
    if (!hidden || *hidden < 1 || !heads || *heads < 1 || !row.field("num_hidden_layers") ||
        !row.field("vocab_size")) {
        return {};
    }
    // Beyond the field's range the reading is refused, whatever else is assumed.
    const std::int64_t wide = 4 * std::min(*hidden, find_field("hidden_size")->maximum);
    std::vector<std::pair<std::string_view, std::int64_t>> assumed;
    if (!row.field("num_key_value_heads")) {
        assumed.emplace_back("num_key_value_heads", *heads);
    }
    if (!row.field("head_dim")) {
        assumed.emplace_back("head_dim", *hidden / *heads);
    }
    if (!row.field("intermediate_size")) {
        assumed.emplace_back("intermediate_size", wide);
    }
    const bool has_experts = row.field("num_experts").value_or(0) > 0;
    if (has_experts && !row.field("moe_intermediate_size")) {
        assumed.emplace_back("moe_intermediate_size",
                             row.field("intermediate_size").value_or(wide));
    }
    const auto families = has_experts ? std::vector<std::string_view>{"qwen3_moe"}
                                      : std::vector<std::string_view>{"llama", "arcee"};
    std::vector<Reading> readings;
    for (const std::string_view family : families) {
        for (const bool tied : {false, true}) {
            ModelConfig structure =
                *parse_config("{\"model_type\": \"" + std::string(family) + "\"}");
            structure.tie_word_embeddings = tied;
            std::string name = std::string("tie_word_embeddings = ") + (tied ? "true" : "false");
            name += family == "arcee" ? ", feed_forward = 2 * hidden_size * intermediate_size" : "";
            Result<Reading> reading = read_as(row, structure, name, assumed);
            if (reading) {
                readings.push_back(std::move(reading).value());
            } else if (!error) {
                error = reading.error();
            }
        }
    }
    return readings;
}

struct Contradictions {
    std::string fields; ///< "num_hidden_layers 24 (official 28), ..."
    std::string notes;  ///< what the row's field means where it does not apply
};

Contradictions contradictions_of(const Row& row, const ModelConfig& official) {
    Contradictions result;
    for (const auto& [field, printed] : row.fields) {
        if (!field_applies(official, *field)) {
            // Latent attention has no head_dim; a table's figure for it is one part of a head.
            if (field->name == "head_dim" && official.kv_lora_rank > 0) {
                result.notes +=
                    "; head_dim is no field of latent attention: a query and key have " +
                    std::to_string(official.qk_nope_head_dim) + " + " +
                    std::to_string(official.qk_rope_head_dim) + " numbers per head, a value " +
                    std::to_string(official.v_head_dim);
            } else if (printed != 0) {
                result.notes +=
                    "; " + std::string(field->name) + " does not apply to " + official.model_type;
            }
            continue;
        }
        const FieldValue value = field_value(official, *field);
        if (value != FieldValue(printed)) {
            result.fields += (result.fields.empty() ? "" : ", ") + std::string(field->name) + " " +
                             std::to_string(printed) + " (official " + to_text(value) + ")";
        }
    }
    return result;
}

std::string printed_text(const Row& row) {
    std::string text;
    if (row.claimed_total) {
        text += "total " + billions(*row.claimed_total, 1);
    }
    if (row.claimed_active) {
        text +=
            (text.empty() ? "" : ", ") + std::string("active ") + billions(*row.claimed_active, 1);
    }
    for (const auto& [field, value] : row.fields) {
        text += (text.empty() ? "" : ", ") + std::string(field->name) + " " + std::to_string(value);
    }
    return text;
}

std::string off_text(double relative_error) {
    return percent(std::abs(relative_error)) + (relative_error < 0 ? " below" : " above");
}

/// The sentence about the arithmetic of the closest reading.
std::string arithmetic_text(const Row& row, const Reading& reading, double tolerance) {
    std::string text = "the row's fields";
    if (!reading.name.empty()) {
        text += ", read with " + reading.name + ",";
    }
    text += " give " + billions(static_cast<double>(reading.total));
    if (row.claimed_total) {
        text += ", " + off_text(reading.total_error) + " the printed " +
                billions(*row.claimed_total, 1);
    }
    if (row.claimed_active) {
        text += ", and " + billions(static_cast<double>(reading.active)) + " active (" +
                billions(static_cast<double>(reading.active_with_embedding)) +
                " with the input embedding), " + off_text(reading.active_error) + " the printed " +
                billions(*row.claimed_active, 1);
    }
    if (reading.worst() > tolerance) {
        text += "; more than " + percent(tolerance, 0) + " off in every reading";
    }
    return text;
}

} // namespace

Result<CheckRow> check_configuration(const json& object, const std::string& path,
                                     double tolerance) {
    const Result<Row> row = read_row(object, path);
    if (!row) {
        return row.error();
    }
    CheckRow result;
    result.model = row->model;
    result.claim = printed_text(*row);
    const ModelPreset* structure = structure_for(*row);
    std::optional<Error> error;
    const std::vector<Reading> readings = structure != nullptr
                                              ? readings_of(*row, structure->config, error)
                                              : plain_readings_of(*row, error);
    if (structure == nullptr && readings.empty() && !error) {
        result.verdict = Verdict::CannotBeComputed;
        result.why = "no shipped configuration has this name or shares its family, and the row "
                     "does not give hidden_size, num_hidden_layers, num_attention_heads and "
                     "vocab_size";
        return result;
    }
    const bool is_official = structure != nullptr && find_model_preset(row->model) == structure;
    if (is_official) {
        const Result<std::int64_t> total = total_of(structure->config);
        if (!total) {
            return total.error();
        }
        result.official_total = *total;
    }
    std::string official = "no official configuration of this name; read ";
    if (result.official_total) {
        official = "official " + billions(static_cast<double>(*result.official_total));
    } else {
        official += structure != nullptr ? "on the structure of " + structure->name
                                         : std::string("as a plain decoder");
    }
    if (readings.empty()) {
        result.computed = official;
        result.verdict = Verdict::CannotBeTrue;
        result.why = "the fields are no design: " + error->text();
        return result;
    }
    const Reading& best =
        *std::min_element(readings.begin(), readings.end(),
                          [](const Reading& a, const Reading& b) { return a.worst() < b.worst(); });
    const Contradictions contradictions =
        is_official ? contradictions_of(*row, structure->config) : Contradictions{};
    result.implied_total = best.total;
    result.computed = "implied " + billions(static_cast<double>(best.total)) + "; " + official;
    result.why = arithmetic_text(*row, best, tolerance);
    if (!contradictions.fields.empty()) {
        result.why += "; printed against official: " + contradictions.fields;
    } else if (is_official) {
        result.why += "; every field that applies is the official one";
    }
    result.why += contradictions.notes;
    if (best.worst() > tolerance) {
        result.verdict = Verdict::CannotBeTrue;
    } else if (!contradictions.fields.empty()) {
        result.verdict = Verdict::ContradictsOfficial;
    } else {
        result.verdict = Verdict::CanBeTrue;
    }
    return result;
}

} // namespace headroom::check
