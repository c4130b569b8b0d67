// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of configuration tables: what total a row implies, and what the official fields are.
#include "core/accounting/parameters.h"
#include "core/claims/check_parts.h"
#include "core/claims/claims_sentences.h"
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
        return Error{{},
                     path + ".model",
                     found_expected(base_says<"no-text">(), claims_says<"model-name">())};
    }
    row.model = model->get<std::string>();
    for (const auto& [key, value] : object.items()) {
        if (key == "model" || key == "note" || key == "source") {
            continue;
        }
        if (key == "claimed_total" || key == "claimed_active") {
            if (!value.is_number() || value.get<double>() <= 0) {
                return wrong_value(path + "." + key, value, base_says<"positive-number">());
            }
            (key == "claimed_total" ? row.claimed_total : row.claimed_active) = value.get<double>();
            continue;
        }
        const FieldInfo* field = find_field(key);
        if (field == nullptr) {
            return Error{{},
                         path + "." + key,
                         found_expected(claims_says<"no-field">(), claims_says<"known-key">())};
        }
        if (!value.is_number_integer()) {
            return wrong_value(path + "." + key, value, base_says<"whole-number">());
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
    std::vector<Sentence> assumed; ///< beyond the official structure
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

Result<Reading> read_as(const Row& row, const ModelConfig& structure, std::vector<Sentence> said,
                        const std::vector<std::pair<std::string_view, std::int64_t>>& assumed) {
    Reading reading;
    reading.config = structure;
    reading.assumed = std::move(said);
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
            std::vector<Sentence> said;
            for (const auto& part : {a, b}) {
                if (part) {
                    assumed.push_back(*part);
                    said.push_back(claims_says<"field-value">(part->first, part->second));
                }
            }
            Result<Reading> reading = read_as(row, structure, std::move(said), assumed);
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
            std::vector<Sentence> said{
                claims_says<"field-value">("tie_word_embeddings", tied ? "true" : "false")};
            if (family == "arcee") {
                said.push_back(claims_says<"field-value">("feed_forward",
                                                          "2 * hidden_size * intermediate_size"));
            }
            Result<Reading> reading = read_as(row, structure, std::move(said), assumed);
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
    std::vector<Sentence> fields; ///< "num_hidden_layers 24 (official 28)", ...
    std::vector<Sentence> notes;  ///< what the row's field means where it does not apply
};

Contradictions contradictions_of(const Row& row, const ModelConfig& official) {
    Contradictions result;
    for (const auto& [field, printed] : row.fields) {
        if (!field_applies(official, *field)) {
            // Latent attention has no head_dim; a table's figure for it is one part of a head.
            if (field->name == "head_dim" && official.kv_lora_rank > 0) {
                result.notes.push_back(claims_says<"latent-head-dim">(
                    official.qk_nope_head_dim, official.qk_rope_head_dim, official.v_head_dim));
            } else if (printed != 0) {
                result.notes.push_back(
                    claims_says<"does-not-apply">(field->name, official.model_type));
            }
            continue;
        }
        const FieldValue value = field_value(official, *field);
        if (value != FieldValue(printed)) {
            result.fields.push_back(
                claims_says<"official-field">(field->name, printed, to_argument(value)));
        }
    }
    return result;
}

Sentence printed_text(const Row& row) {
    std::vector<Sentence> parts;
    if (row.claimed_total) {
        parts.push_back(claims_says<"total">(billions(*row.claimed_total, 1)));
    }
    if (row.claimed_active) {
        parts.push_back(claims_says<"active">(billions(*row.claimed_active, 1)));
    }
    for (const auto& [field, value] : row.fields) {
        parts.push_back(claims_says<"named-figure">(field->name, value));
    }
    return items(std::move(parts));
}

Sentence off_text(double relative_error) {
    const Real share = percent(std::abs(relative_error));
    return relative_error < 0 ? claims_says<"below">(share) : claims_says<"above">(share);
}

/// The clause about the arithmetic of the closest reading.
Sentence arithmetic_text(const Row& row, const Reading& reading) {
    const Sentence total = billions(static_cast<double>(reading.total));
    const Sentence active = billions(static_cast<double>(reading.active));
    const Sentence with_embedding = billions(static_cast<double>(reading.active_with_embedding));
    const Sentence off = off_text(reading.total_error);
    const Sentence active_off = off_text(reading.active_error);
    const Sentence printed = billions(row.claimed_total.value_or(0), 1);
    const Sentence active_printed = billions(row.claimed_active.value_or(0), 1);
    if (reading.assumed.empty()) {
        if (row.claimed_total && row.claimed_active) {
            return claims_says<"give-both">(total, off, printed, active, with_embedding, active_off,
                                            active_printed);
        }
        if (row.claimed_active) {
            return claims_says<"give-active">(total, active, with_embedding, active_off,
                                              active_printed);
        }
        return row.claimed_total ? claims_says<"give-total">(total, off, printed)
                                 : claims_says<"give">(total);
    }
    const Sentence assumed = items(reading.assumed);
    if (row.claimed_total && row.claimed_active) {
        return claims_says<"read-give-both">(assumed, total, off, printed, active, with_embedding,
                                             active_off, active_printed);
    }
    if (row.claimed_active) {
        return claims_says<"read-give-active">(assumed, total, active, with_embedding, active_off,
                                               active_printed);
    }
    return row.claimed_total ? claims_says<"read-give-total">(assumed, total, off, printed)
                             : claims_says<"read-give">(assumed, total);
}

/// Which structure the row was read on.
std::vector<Sentence> structure_text(const CheckRow& row, const ModelPreset* structure) {
    if (row.official_total) {
        return {claims_says<"official">(billions(static_cast<double>(*row.official_total)))};
    }
    return {claims_says<"no-official">(), structure != nullptr
                                              ? claims_says<"read-on">(structure->name)
                                              : claims_says<"read-plainly">()};
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
        result.why = claims_says<"unknown-row">();
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
    std::vector<Sentence> computed = structure_text(result, structure);
    if (readings.empty()) {
        result.computed = clauses(std::move(computed));
        result.verdict = Verdict::CannotBeTrue;
        result.why = claims_says<"no-design">(
            joined(Join::Nothing, {Sentence::verbatim(error->place()), error->message}));
        return result;
    }
    const Reading& best =
        *std::min_element(readings.begin(), readings.end(),
                          [](const Reading& a, const Reading& b) { return a.worst() < b.worst(); });
    const Contradictions contradictions =
        is_official ? contradictions_of(*row, structure->config) : Contradictions{};
    result.implied_total = best.total;
    computed.insert(computed.begin(),
                    claims_says<"implied">(billions(static_cast<double>(best.total))));
    result.computed = clauses(std::move(computed));
    std::vector<Sentence> why{arithmetic_text(*row, best)};
    if (best.worst() > tolerance) {
        why.push_back(claims_says<"off-everywhere">(percent(tolerance, 0)));
    }
    if (!contradictions.fields.empty()) {
        why.push_back(claims_says<"printed-against-official">(items(contradictions.fields)));
    } else if (is_official) {
        why.push_back(claims_says<"all-official">());
    }
    why.insert(why.end(), contradictions.notes.begin(), contradictions.notes.end());
    result.why = clauses(std::move(why));
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
