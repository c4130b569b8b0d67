// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/design_space.h"

#include "core/base/expression.h"

#include <algorithm>
#include <array>
#include <limits>

namespace headroom {

namespace {

constexpr std::size_t maximum_axis_values = 100000;

/// Counts of the scenario by the names of the command line.
std::int64_t* scenario_count(Scenario& scenario, std::string_view name) {
    Workload& workload = scenario.workload;
    Deployment& deployment = scenario.deployment;
    const std::array<std::pair<std::string_view, std::int64_t*>, 8> counts{{
        {"context", &workload.context},
        {"batch", &workload.batch},
        {"prompt", &workload.prompt},
        {"output", &workload.output},
        {"gpus", &deployment.devices},
        {"tp", &deployment.tensor_parallel},
        {"pp", &deployment.pipeline_parallel},
        {"ep", &deployment.expert_parallel},
    }};
    for (const auto& [known, count] : counts) {
        if (known == name) {
            return count;
        }
    }
    return nullptr;
}

bool is_format_name(std::string_view name) {
    return name == "weights" || name == "experts" || name == "kv";
}

Error expected(std::string_view name, std::string_view found, const std::string& what) {
    return {{}, std::string(name), "found \"" + std::string(found) + "\", expected " + what};
}

Status set_count(std::int64_t& count, std::string_view name, std::string_view text) {
    const auto number = parse_count(text);
    if (!number || *number < 1 || *number > (std::int64_t{1} << 30)) {
        return expected(name, text, "a whole number from 1 to 1073741824");
    }
    count = *number;
    return std::monostate{};
}

Status set_format(Formats& formats, std::string_view name, std::string_view text) {
    const auto format = number_format_from(text);
    if (!format) {
        return expected(name, text, "one of fp32 bf16 fp16 fp8 int8 int4");
    }
    if (name == "weights") {
        formats.weights = *format;
    } else if (name == "kv") {
        formats.kv = *format;
    } else {
        formats.role(ParameterGroup::Experts) = *format;
    }
    return std::monostate{};
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
        return expected(name, text,
                        "a range a:b, a:b:step or a:b:*factor of whole numbers with a <= b");
    }
    std::vector<std::string> values;
    for (std::int64_t value = *first;;) {
        values.push_back(std::to_string(value));
        if (values.size() > maximum_axis_values) {
            return expected(name, text, "a range of at most 100000 values");
        }
        if (multiply ? value > *last / *step : value > *last - *step) {
            return values;
        }
        value = multiply ? value * *step : value + *step;
    }
}

using P = const EvaluatedPoint&;

constexpr std::array figure_table{
    SpaceFigure{"parameters_total", [](P p) -> FieldValue { return p.analysis.parameters.total; }},
    SpaceFigure{"parameters_active",
                [](P p) -> FieldValue { return p.analysis.parameters.active; }},
    SpaceFigure{"kv_bytes_per_token",
                [](P p) -> FieldValue { return p.analysis.kv.bytes_per_token; }},
    SpaceFigure{"kv_bytes_at_context",
                [](P p) -> FieldValue { return p.analysis.kv.bytes_at_context; }},
    SpaceFigure{"weights_bytes", [](P p) -> FieldValue { return p.analysis.memory.weights_bytes; }},
    SpaceFigure{"total_bytes", [](P p) -> FieldValue { return p.analysis.memory.total_bytes; }},
    SpaceFigure{"per_gpu_bytes", [](P p) -> FieldValue { return p.analysis.memory.per_gpu_bytes; }},
    SpaceFigure{"fits", [](P p) -> FieldValue { return p.analysis.memory.fits; }},
    SpaceFigure{"max_batch", [](P p) -> FieldValue { return p.analysis.memory.max_batch; }},
    SpaceFigure{"max_context", [](P p) -> FieldValue { return p.analysis.memory.max_context; }},
    SpaceFigure{"prefill_flops", [](P p) -> FieldValue { return p.analysis.flops.prefill_causal; }},
    SpaceFigure{"decode_flops", [](P p) -> FieldValue { return p.analysis.flops.decode_step; }},
    SpaceFigure{"training_flops_per_token",
                [](P p) -> FieldValue { return p.analysis.training.flops_per_token; }},
    SpaceFigure{
        "time_to_first_token_ms",
        [](P p) -> FieldValue { return p.analysis.throughput.time_to_first_token_s * 1e3; }},
    SpaceFigure{
        "time_per_output_token_ms",
        [](P p) -> FieldValue { return p.analysis.throughput.time_per_output_token_s * 1e3; }},
    SpaceFigure{"tokens_per_second",
                [](P p) -> FieldValue { return p.analysis.throughput.tokens_per_second; }},
};

} // namespace

Result<Axis> parse_axis(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0 || equals + 1 == text.size()) {
        return expected({}, text, "FIELD=a:b[:step] or FIELD=v1,v2,...");
    }
    const std::string_view name = text.substr(0, equals);
    const std::string_view values = text.substr(equals + 1);
    Axis axis{std::string(name), {}};
    if (const FieldInfo* field = find_field(name)) {
        axis.name = field->name;
    } else if (!value_of(DesignPoint{}, name)) {
        return expected({}, name,
                        "a configuration field, or one of context batch prompt output "
                        "weights experts kv gpus tp pp ep");
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
    if (is_format_name(name)) {
        return set_format(point.scenario.formats, name, text);
    }
    if (std::int64_t* count = scenario_count(point.scenario, name)) {
        return set_count(*count, name, text);
    }
    return expected({}, name, "a configuration field or an entry of the scenario");
}

std::optional<FieldValue> value_of(const DesignPoint& point, std::string_view name) {
    if (const FieldInfo* field = find_field(name)) {
        return field_value(point.config, *field);
    }
    const Formats& formats = point.scenario.formats;
    if (name == "weights") {
        return FieldValue(std::string(to_string(formats.weights)));
    }
    if (name == "experts") {
        return FieldValue(std::string(to_string(formats.weights_of(ParameterGroup::Experts))));
    }
    if (name == "kv") {
        return FieldValue(std::string(to_string(formats.kv)));
    }
    Scenario copy = point.scenario;
    if (const std::int64_t* count = scenario_count(copy, name)) {
        return FieldValue(*count);
    }
    return std::nullopt;
}

std::span<const SpaceFigure> space_figures() {
    return figure_table;
}

const SpaceFigure* find_space_figure(std::string_view id) {
    for (const SpaceFigure& figure : figure_table) {
        if (figure.id == id) {
            return &figure;
        }
    }
    return nullptr;
}

std::optional<double> to_number(const FieldValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    if (const auto* boolean = std::get_if<bool>(&value)) {
        return *boolean ? 1.0 : 0.0;
    }
    return std::nullopt;
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
