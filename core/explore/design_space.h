// SPDX-License-Identifier: GPL-3.0-or-later
// A space of designs: a base, the fields that vary, and the figures that are asked of each point.
#pragma once

#include "core/config/config_fields.h"
#include "core/study/figures.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// One point: a configuration and what it is asked to do.
struct DesignPoint {
    ModelConfig config;
    Scenario scenario;
};

/// What varies and over which values, as text of the field's type: a configuration field, or one of
/// scenario_axis_names().
struct Axis {
    std::string name;
    std::vector<std::string> values;
    friend bool operator==(const Axis&, const Axis&) = default;
};

/// "FIELD=a:b[:step]" (both ends included; step 1 if left out, *2 multiplies) or "FIELD=v1,v2".
/// Errors: an unknown name, an empty or an endless range.
Result<Axis> parse_axis(std::string_view text);

/// Sets one field or scenario entry of a point; the error names it, found and expected.
Status set_value(DesignPoint& point, std::string_view name, std::string_view text);

/// The scenario's fields that an axis may run along, by the names of the command line, between
/// spaces: "batch prompt ...".
std::string scenario_axis_names();

/// A field or scenario entry of a point; nothing when there is none of this name.
std::optional<FieldValue> value_of(const DesignPoint& point, std::string_view name);

/// A point with its figures.
struct EvaluatedPoint {
    ModelSpec spec;
    Analysis analysis;
};

/// What is evaluated: the base, the device it runs on, and the axes.
struct DesignSpace {
    DesignPoint base;
    DeviceProfile device;
    std::vector<Axis> axes;

    /// Number of points; saturates at INT64_MAX.
    [[nodiscard]] std::int64_t size() const;
    /// The point of that number; the last axis changes fastest. Error: a value that is refused.
    [[nodiscard]] Result<DesignPoint> point(std::int64_t index) const;
    /// Position on every axis.
    [[nodiscard]] std::vector<std::size_t> coordinates(std::int64_t index) const;
    [[nodiscard]] std::int64_t index(const std::vector<std::size_t>& coordinates) const;
    /// What the point's figures are; an error when the design cannot exist or be split so.
    [[nodiscard]] Result<EvaluatedPoint> evaluate(const DesignPoint& point) const;
};

} // namespace headroom
