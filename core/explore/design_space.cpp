// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_space.h"

#include "core/accounting/scenario_fields.h"
#include "core/base/expression.h"
#include "core/explore/explore_sentences.h"

#include <algorithm>
#include <limits>

namespace headroom {

namespace {

constexpr std::size_t maximum_axis_values = 100000;

Error expected(std::string_view name, std::string_view found, const Sentence& what) {
    return {{}, std::string(name), found_expected("\"" + std::string(found) + "\"", what)};
}

/// Whether an axis may run along the field: over everything but devices, which the space holds.
bool can_vary(const ScenarioField& field) {
    return !std::holds_alternative<std::string Deployment::*>(field.member);
}

/// The field of the scenario that an axis of this name runs along.
const ScenarioField* varied_field(std::string_view name) {
    const ScenarioField* field = scenario_field_of_option(name);
    return field != nullptr && can_vary(*field) ? field : nullptr;
}

/// 4K on an axis means 4096; anything else is left to the field's own reader.
std::string plain_value(std::string_view text) {
    const auto count = parse_count(text);
    return count ? std::to_string(*count) : std::string(text);
}

Result<std::vector<std::string>> range_values(std::string_view name, std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::size_t second = text.find(':', colon + 1);
    const auto first = parse_count(text.substr(0, colon));
    const auto last =
        parse_count(text.substr(colon + 1, second == text.npos ? text.npos : second - colon - 1));
    std::string_view step_text = second == text.npos ? "1" : text.substr(second + 1);
    const bool multiply = step_text.starts_with('*');
    if (multiply) {
        step_text.remove_prefix(1);
    }
    const auto step = parse_count(step_text);
    if (!first || !last || !step || *first > *last || *step < (multiply ? 2 : 1) ||
        (multiply && *first < 1)) {
        return expected(name, text, explore_says<"range">());
    }
    std::vector<std::string> values;
    for (std::int64_t value = *first;;) {
        values.push_back(std::to_string(value));
        if (values.size() > maximum_axis_values) {
            return expected(name, text, explore_says<"range-of-at-most">(maximum_axis_values));
        }
        if (multiply ? value > *last / *step : value > *last - *step) {
            return values;
        }
        value = multiply ? value * *step : value + *step;
    }
}

} // namespace

Result<Axis> parse_axis(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0 || equals + 1 == text.size()) {
        return expected({}, text, explore_says<"axis">());
    }
    const std::string_view name = text.substr(0, equals);
    const std::string_view values = text.substr(equals + 1);
    Axis axis{std::string(name), {}};
    if (const FieldInfo* field = find_field(name)) {
        axis.name = field->name;
    } else if (const ScenarioField* entry = varied_field(name)) {
        axis.name = entry->name();
    } else {
        return expected({}, name, explore_says<"field-or-one-of">(scenario_axis_names()));
    }
    if (values.find(':') != values.npos) {
        auto range = range_values(name, values);
        if (!range) {
            return range.error();
        }
        axis.values = std::move(range).value();
        return axis;
    }
    for (std::size_t at = 0; at <= values.size();) {
        const std::size_t comma = std::min(values.find(',', at), values.size());
        axis.values.push_back(plain_value(values.substr(at, comma - at)));
        at = comma + 1;
    }
    return axis;
}

Status set_value(DesignPoint& point, std::string_view name, std::string_view text) {
    if (find_field(name) != nullptr) {
        return set_field_from_text(point.config, name, text);
    }
    if (const ScenarioField* field = varied_field(name)) {
        return set_scenario_value(point.scenario, *field, text);
    }
    return expected({}, name, explore_says<"field-or-entry">());
}

std::optional<FieldValue> value_of(const DesignPoint& point, std::string_view name) {
    if (const FieldInfo* field = find_field(name)) {
        return field_value(point.config, *field);
    }
    if (const ScenarioField* field = varied_field(name)) {
        return effective_value(point.scenario, *field);
    }
    return std::nullopt;
}

std::string scenario_axis_names() {
    std::string names;
    for (const ScenarioField& field : scenario_fields()) {
        if (can_vary(field)) {
            names += (names.empty() ? "" : " ") + std::string(field.name());
        }
    }
    return names;
}

std::int64_t DesignSpace::size() const {
    std::int64_t points = 1;
    for (const Axis& axis : axes) {
        const auto n = static_cast<std::int64_t>(axis.values.size());
        if (n != 0 && points > std::numeric_limits<std::int64_t>::max() / n) {
            return std::numeric_limits<std::int64_t>::max();
        }
        points *= n;
    }
    return points;
}

std::vector<std::size_t> DesignSpace::coordinates(std::int64_t index) const {
    std::vector<std::size_t> result(axes.size());
    auto rest = static_cast<std::size_t>(index);
    for (std::size_t i = axes.size(); i-- > 0;) {
        result[i] = rest % axes[i].values.size();
        rest /= axes[i].values.size();
    }
    return result;
}

std::int64_t DesignSpace::index(const std::vector<std::size_t>& coordinates) const {
    std::size_t result = 0;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        result = result * axes[i].values.size() + coordinates[i];
    }
    return static_cast<std::int64_t>(result);
}

Result<DesignPoint> DesignSpace::point(std::int64_t index) const {
    DesignPoint result = base;
    const std::vector<std::size_t> position = coordinates(index);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (const Status status = set_value(result, axes[i].name, axes[i].values[position[i]]);
            !status) {
            return status.error();
        }
    }
    return result;
}

Result<EvaluatedPoint> DesignSpace::evaluate(const DesignPoint& point) const {
    Result<ModelSpec> spec = expand_layers(point.config);
    if (!spec) {
        return spec.error();
    }
    Result<Analysis> analysis = analyze(*spec, point.scenario, device);
    if (!analysis) {
        return analysis.error();
    }
    return EvaluatedPoint{std::move(spec).value(), std::move(analysis).value()};
}

} // namespace headroom
