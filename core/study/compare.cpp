// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/compare.h"

#include "core/config/config_fields.h"

#include <algorithm>
#include <functional>
#include <type_traits>

namespace headroom {
namespace {

template <class T>
bool all_equal(const std::vector<T>& values) {
    return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

std::vector<StructureRow> structure_rows(const StudyResult& result) {
    std::vector<StructureRow> rows;
    const std::size_t designs = result.results.size();
    for (std::size_t i = 0; i < designs; ++i) {
        if (!result.results[i].spec) {
            continue;
        }
        const auto aspects = describe_structure(*result.results[i].spec);
        rows.resize(std::max(rows.size(), aspects.size()));
        for (std::size_t row = 0; row < aspects.size(); ++row) {
            rows[row].id = aspects[row].first;
            rows[row].values.resize(designs);
            rows[row].values[i] = aspects[row].second;
        }
    }
    for (StructureRow& row : rows) {
        row.differs = !all_equal(row.values);
    }
    return rows;
}

/// A list as runs of equal entries: "[1 × 3, 0, 1 × 3, 0]".
template <class T>
std::string runs(const std::vector<T>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size();) {
        std::size_t end = i;
        while (end < values.size() && values[end] == values[i]) {
            ++end;
        }
        text += text.empty() ? "" : ", ";
        if constexpr (std::is_same_v<T, std::string>) {
            text += values[i];
        } else {
            text += to_text(FieldValue{values[i]});
        }
        if (end - i > 1) {
            text += " \u00d7 " + std::to_string(end - i);
        }
        i = end;
    }
    return "[" + text + "]";
}

/// to_text, with long lists shortened to runs of equal entries.
std::string shown(const FieldValue& value) {
    constexpr std::size_t longest = 8;
    return std::visit(
        [&](const auto& v) -> std::string {
            if constexpr (requires {
                              v.push_back(v.front());
                              v.at(0) == v.at(0);
                          } &&
                          !std::is_same_v<std::remove_cvref_t<decltype(v)>, std::string>) {
                if (v.size() > longest) {
                    return runs(v);
                }
            }
            return to_text(value);
        },
        value);
}

/// What bars and ratios show: a switch has neither.
std::optional<double> number_of(const FieldValue& value) {
    return std::holds_alternative<bool>(value) ? std::nullopt : to_number(value);
}

/// The one object among the fields: a line of its own, made of what the type reads.
std::string rope_scaling_text(const RopeScaling& scaling) {
    if (scaling.rope_type == "default") {
        return "null";
    }
    std::string text = scaling.rope_type;
    if (scaling.rope_type != "longrope") {
        text += ", factor " + to_text(FieldValue{scaling.factor});
    }
    if (scaling.original_max_position_embeddings) {
        text += ", from " + std::to_string(*scaling.original_max_position_embeddings);
    }
    return text;
}

void add_field(const StudyResult& result, const FieldInfo& field, std::vector<FieldRow>& rows) {
    FieldRow row;
    row.field = std::string(field.name);
    bool applies = false;
    for (const Design& design : result.study.designs) {
        if (!field_applies(design.config, field)) {
            row.values.emplace_back();
            row.numbers.emplace_back();
            continue;
        }
        const FieldValue value = field_value(design.config, field);
        applies = true;
        row.values.emplace_back(shown(value));
        row.numbers.push_back(number_of(value));
    }
    if (applies) {
        row.differs = !all_equal(row.values);
        rows.push_back(std::move(row));
    }
}

void add_rope_scaling(const StudyResult& result, std::vector<FieldRow>& rows) {
    FieldRow row;
    row.field = "rope_scaling";
    const FieldInfo* theta = find_field("rope_theta");
    bool applies = false;
    for (const Design& design : result.study.designs) {
        const bool rotary = theta != nullptr && field_applies(design.config, *theta);
        applies = applies || rotary;
        row.values.push_back(rotary ? std::optional(rope_scaling_text(design.config.rope_scaling))
                                    : std::nullopt);
        row.numbers.push_back(rotary && design.config.rope_scaling.rope_type != "default"
                                  ? std::optional(design.config.rope_scaling.factor)
                                  : std::nullopt);
    }
    if (applies) {
        row.differs = !all_equal(row.values);
        rows.push_back(std::move(row));
    }
}

std::vector<FieldRow> field_rows(const StudyResult& result) {
    std::vector<FieldRow> rows;
    for (const FieldInfo& field : config_fields()) {
        if (!says_again(field)) {
            add_field(result, field, rows);
        }
        if (field.name == "rope_theta") {
            add_rope_scaling(result, rows);
        }
    }
    return rows;
}

std::vector<FigureRow> figure_rows(const StudyResult& result) {
    std::vector<FigureRow> rows;
    for (const Figure& figure : figures()) {
        if (figure.unit == FigureUnit::YesNo) {
            continue; // nothing to draw a bar or a ratio of
        }
        FigureRow row;
        row.figure = &figure;
        for (const DesignResult& design : result.results) {
            row.values.push_back(design.analysis ? std::optional(figure.value(*design.analysis))
                                                 : std::nullopt);
            const auto& first = row.values.front();
            const auto& value = row.values.back();
            row.ratios.push_back(first && value && *first != 0 ? std::optional(*value / *first)
                                                               : std::nullopt);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

Comparison compare(const StudyResult& result) {
    return {structure_rows(result), field_rows(result), figure_rows(result)};
}

} // namespace headroom
