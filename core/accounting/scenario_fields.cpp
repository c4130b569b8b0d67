// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/scenario_fields.h"

#include "core/accounting/accounting_sentences.h"
#include "core/base/expression.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace headroom {
namespace {

using enum ScenarioUnit;
using W = Workload;
using F = Formats;
using D = Deployment;
using G = ParameterGroup;

constexpr ScenarioField role(ParameterGroup group, std::string_view id, std::string_view option,
                             std::string_view help = {}, std::string_view short_option = {}) {
    return {.id = id,
            .option = option,
            .short_option = short_option,
            .member = group,
            .help = help,
            .may_lack = true};
}

constexpr ScenarioField split(std::int64_t D::*member, std::string_view id, std::string_view option,
                              std::int64_t usual, std::string_view help) {
    return {.id = id,
            .option = option,
            .member = member,
            .unit = Devices,
            .minimum = 1,
            .maximum = most_devices,
            .usual = usual,
            .help = help};
}

constexpr auto field_table = std::to_array<ScenarioField>({
    {.id = "batch",
     .option = "--batch",
     .member = &W::batch,
     .unit = Sequences,
     .minimum = 1,
     .maximum = most_sequences,
     .usual = 4'096,
     .help = "sequences at a time (default 1)"},
    {.id = "prompt",
     .option = "--prompt",
     .member = &W::prompt,
     .unit = Tokens,
     .minimum = 1,
     .maximum = most_tokens,
     .usual = 131'072,
     .help = "tokens of one prompt (default 8192)"},
    {.id = "output",
     .option = "--output",
     .member = &W::output,
     .unit = Tokens,
     .minimum = 1,
     .maximum = most_tokens,
     .usual = 65'536,
     .help = "tokens generated (default 1024)"},
    {.id = "context",
     .option = "--context",
     .member = &W::context,
     .unit = Tokens,
     .minimum = 1,
     .maximum = most_tokens,
     .usual = 1'048'576,
     .help = "tokens in the cache (default 8192; 128K = 131072, 1M = 1048576)"},

    {.id = "weights",
     .option = "--weights",
     .member = &F::weights,
     .help = "format of the weights (default bf16)"},
    role(G::Attention, "attention", "--weights-attention",
         "format of one role's weights, where it differs:"),
    role(G::FeedForward, "feed_forward", "--weights-feed-forward"),
    role(G::Experts, "experts", "--weights-experts", "routed experts; also --experts FMT",
         "--experts"),
    role(G::SharedExperts, "shared_experts", "--weights-shared-experts"),
    role(G::Router, "router", "--weights-router"),
    role(G::Norm, "norm", "--weights-norm"),
    role(G::Embedding, "embedding", "--weights-embedding", "with a tied head, the head as well"),
    role(G::PerLayerEmbedding, "per_layer_embedding", "--weights-per-layer-embedding"),
    role(G::LmHead, "lm_head", "--weights-lm-head"),
    role(G::Other, "other", "--weights-other"),
    {.id = "kv",
     .option = "--kv",
     .member = &F::kv,
     .help = "format of the key/value cache (default bf16)"},

    {.id = "device",
     .option = "--device",
     .member = &D::device,
     .help = "a device of `presets --devices` (default h200), or a profile file"},
    {.id = "price_per_hour",
     .option = "--price",
     .member = &D::price_per_hour,
     .unit = PerHour,
     .minimum = 0,
     .maximum = highest_price,
     .help = "of one device per hour, for the cost of tokens",
     .may_lack = true},
    split(&D::devices, "devices", "--gpus", 512, "devices (default 1, or what --tp and --pp need)"),
    split(&D::tensor_parallel, "tensor_parallel", "--tp", 64,
          "tensor parallel; without --tp, --pp and --ep the largest split of\n"
          "--gpus that the heads allow"),
    split(&D::pipeline_parallel, "pipeline_parallel", "--pp", 64, "pipeline parallel (default 1)"),
    split(&D::expert_parallel, "expert_parallel", "--ep", 64, "expert parallel (default 1)"),
});

std::string name_of(NumberFormat format) {
    return std::string(to_string(format));
}

Error unreadable(const ScenarioField& field, std::string_view found, const Sentence& expected) {
    return {
        {}, std::string(field.name()), found_expected("\"" + std::string(found) + "\"", expected)};
}

Status read_count(std::int64_t& count, const ScenarioField& field, std::string_view text) {
    const auto number = parse_count(text);
    if (!number || *number < field.minimum || *number > field.maximum) {
        return unreadable(field, text,
                          accounting_says<"whole-number-from-to">(field.minimum, field.maximum));
    }
    count = *number;
    return std::monostate{};
}

Status read_real(double& real, const ScenarioField& field, std::string_view text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || !(number >= static_cast<double>(field.minimum)) ||
        number > static_cast<double>(field.maximum)) {
        return unreadable(field, text, base_says<"number-from-to">(field.minimum, field.maximum));
    }
    real = number;
    return std::monostate{};
}

template <class Format>
Status read_format(Format& target, const ScenarioField& field, std::string_view text) {
    const auto format = number_format_from(text);
    if (!format) {
        return unreadable(field, text, base_says<"one-of">(number_format_names(" ")));
    }
    target = *format;
    return std::monostate{};
}

template <class Member>
constexpr bool is_member(const ScenarioField& field) {
    return std::holds_alternative<Member>(field.member);
}

/// The fields of one type of member, picked at compile time: ranges are checked at every edit and
/// for every point of a search.
template <class Member>
constexpr auto fields_of = [] {
    constexpr auto size = std::count_if(field_table.begin(), field_table.end(), is_member<Member>);
    std::array<std::pair<Member, const ScenarioField*>, static_cast<std::size_t>(size)> fields{};
    std::size_t i = 0;
    for (const ScenarioField& field : field_table) {
        if (is_member<Member>(field)) {
            fields[i++] = {std::get<Member>(field.member), &field};
        }
    }
    return fields;
}();

template <class Part>
Status check_counts(const Part& part) {
    for (const auto& [member, field] : fields_of<std::int64_t Part::*>) {
        const std::int64_t value = part.*member;
        if (value < field->minimum || value > field->maximum) {
            return Error{{},
                         std::string(field->id),
                         found_expected(
                             value, base_says<"integer-from-to">(field->minimum, field->maximum))};
        }
    }
    return std::monostate{};
}

} // namespace

std::string_view to_string(ScenarioPart part) {
    switch (part) {
    case ScenarioPart::Workload:
        return "workload";
    case ScenarioPart::Formats:
        return "formats";
    case ScenarioPart::Deployment:
        return "deployment";
    }
    return {};
}

std::span<const ScenarioField> scenario_fields() {
    return field_table;
}

const ScenarioField* find_scenario_field(std::string_view id) {
    const auto it = std::find_if(field_table.begin(), field_table.end(),
                                 [&](const ScenarioField& field) { return field.id == id; });
    return it == field_table.end() ? nullptr : &*it;
}

const ScenarioField* scenario_field_of_option(std::string_view name) {
    const auto it =
        std::find_if(field_table.begin(), field_table.end(), [&](const ScenarioField& field) {
            return field.name() == name || field.option.substr(2) == name;
        });
    return it == field_table.end() ? nullptr : &*it;
}

ScenarioPart part_of(const ScenarioField& field) {
    return std::visit(Overloaded{
                          [](std::int64_t W::*) { return ScenarioPart::Workload; },
                          [](NumberFormat F::*) { return ScenarioPart::Formats; },
                          [](ParameterGroup) { return ScenarioPart::Formats; },
                          [](std::int64_t D::*) { return ScenarioPart::Deployment; },
                          [](double D::*) { return ScenarioPart::Deployment; },
                          [](std::string D::*) { return ScenarioPart::Deployment; },
                      },
                      field.member);
}

bool is_split(const ScenarioField& field) {
    return std::holds_alternative<std::int64_t D::*>(field.member);
}

bool is_role(const ScenarioField& field) {
    return std::holds_alternative<ParameterGroup>(field.member);
}

std::int64_t* scenario_count(Scenario& scenario, const ScenarioField& field) {
    if (const auto* member = std::get_if<std::int64_t W::*>(&field.member)) {
        return &(scenario.workload.**member);
    }
    if (const auto* member = std::get_if<std::int64_t D::*>(&field.member)) {
        return &(scenario.deployment.**member);
    }
    return nullptr;
}

FieldValue scenario_value(const Scenario& scenario, const ScenarioField& field) {
    return std::visit(
        Overloaded{
            [&](std::int64_t W::*member) -> FieldValue { return scenario.workload.*member; },
            [&](NumberFormat F::*member) -> FieldValue {
                return name_of(scenario.formats.*member);
            },
            [&](ParameterGroup group) -> FieldValue {
                const auto& format = scenario.formats.role(group);
                return format ? FieldValue(name_of(*format)) : FieldValue();
            },
            [&](std::int64_t D::*member) -> FieldValue { return scenario.deployment.*member; },
            [&](double D::*member) -> FieldValue {
                const double number = scenario.deployment.*member;
                return number != 0 ? FieldValue(number) : FieldValue();
            },
            [&](std::string D::*member) -> FieldValue { return scenario.deployment.*member; },
        },
        field.member);
}

FieldValue effective_value(const Scenario& scenario, const ScenarioField& field) {
    const auto* group = std::get_if<ParameterGroup>(&field.member);
    return group != nullptr ? FieldValue(name_of(scenario.formats.weights_of(*group)))
                            : scenario_value(scenario, field);
}

Status set_scenario_value(Scenario& scenario, const ScenarioField& field, std::string_view text) {
    return std::visit(
        Overloaded{
            [&](std::int64_t W::*member) {
                return read_count(scenario.workload.*member, field, text);
            },
            [&](NumberFormat F::*member) {
                return read_format(scenario.formats.*member, field, text);
            },
            [&](ParameterGroup group) {
                return read_format(scenario.formats.role(group), field, text);
            },
            [&](std::int64_t D::*member) {
                return read_count(scenario.deployment.*member, field, text);
            },
            [&](double D::*member) { return read_real(scenario.deployment.*member, field, text); },
            [&](std::string D::*member) -> Status {
                scenario.deployment.*member = text;
                return std::monostate{};
            },
        },
        field.member);
}

std::vector<const ScenarioField*> changed_fields(const Scenario& a, const Scenario& b) {
    std::vector<const ScenarioField*> changed;
    for (const ScenarioField& field : field_table) {
        if (scenario_value(a, field) != scenario_value(b, field)) {
            changed.push_back(&field);
        }
    }
    return changed;
}

Status check_ranges(const Workload& workload) {
    return check_counts(workload);
}

Status check_ranges(const Deployment& deployment) {
    for (const auto& [member, field] : fields_of<double D::*>) {
        const double value = deployment.*member;
        if (!(value >= static_cast<double>(field->minimum)) ||
            value > static_cast<double>(field->maximum)) {
            return Error{{},
                         std::string(field->id),
                         found_expected(shortest(value), base_says<"number-from-to">(
                                                             field->minimum, field->maximum))};
        }
    }
    return check_counts(deployment);
}

} // namespace headroom
