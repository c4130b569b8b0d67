// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of a scenario's fields. Sessions, options of the command line, JSON, the axes of a
// sweep, the checks of ranges and the workload bar read it; words for the window are kept in
// widgets/words under the same ids.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/result.h"
#include "core/config/config_fields.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace headroom {

/// As many as a session, an option, an axis and the workload bar take alike.
inline constexpr std::int64_t most_sequences = std::int64_t{1} << 30;
inline constexpr std::int64_t most_tokens = std::int64_t{1} << 30;
inline constexpr std::int64_t most_devices = std::int64_t{1} << 16;
inline constexpr std::int64_t highest_price = 1'000'000'000; ///< per hour, in any currency

enum class ScenarioPart { Workload, Formats, Deployment };
/// The part's key in a session: workload, formats, deployment.
std::string_view to_string(ScenarioPart part);

enum class ScenarioUnit { Sequences, Tokens, Devices, PerHour, None };

/// What a field stands for: a member, or the format of one role's weights. Its type is the field's
/// kind; a visit that forgets one does not compile.
using ScenarioMember =
    std::variant<std::int64_t Workload::*, NumberFormat Formats::*, ParameterGroup,
                 std::int64_t Deployment::*, double Deployment::*, std::string Deployment::*>;

struct ScenarioField {
    std::string_view id;                ///< in sessions and in errors of core: "tensor_parallel"
    std::string_view option;            ///< of the command line: "--tp"
    std::string_view short_option = {}; ///< the same, shorter: "--experts"; mostly empty
    ScenarioMember member;
    ScenarioUnit unit = ScenarioUnit::None;
    std::int64_t minimum = 0; ///< numbers: smallest valid value
    std::int64_t maximum = 0; ///< numbers: largest valid value
    std::int64_t usual = 0;   ///< counts: the largest that a control keeps room for
    std::string_view help;    ///< English, for --help; names the default
    bool may_lack = false;    ///< a session may lack it: not given, or older than the field

    /// Of axes and of JSON: the shorter option without its dashes, "tp", "experts".
    [[nodiscard]] constexpr std::string_view name() const {
        return (short_option.empty() ? option : short_option).substr(2);
    }
};

/// All fields in the order in which they are shown.
std::span<const ScenarioField> scenario_fields();

/// The field of that id; null when there is none.
const ScenarioField* find_scenario_field(std::string_view id);
/// The field that the command line calls so, without dashes; null when there is none.
const ScenarioField* scenario_field_of_option(std::string_view name);

ScenarioPart part_of(const ScenarioField& field);
/// How the devices are shared: their number and the degrees of parallelism.
bool is_split(const ScenarioField& field);
/// The format of a role's weights, which is mostly that of all weights.
bool is_role(const ScenarioField& field);

/// The count that the field stands for; null for a field that is no count.
std::int64_t* scenario_count(Scenario& scenario, const ScenarioField& field);

/// A number, the name of a format or of a device; monostate: not given, as a role without a format
/// of its own and a price of 0.
FieldValue scenario_value(const Scenario& scenario, const ScenarioField& field);
/// The same, where a role without a format of its own has that of all weights.
FieldValue effective_value(const Scenario& scenario, const ScenarioField& field);

/// Reads the value from text, 128K and 1M in 1024s; the error names the field by name(), what was
/// found and what was expected. Any device's name is taken.
Status set_scenario_value(Scenario& scenario, const ScenarioField& field, std::string_view text);

/// The fields in which two scenarios differ.
std::vector<const ScenarioField*> changed_fields(const Scenario& a, const Scenario& b);

/// Whether every number lies in its range; the error names the field by its id.
Status check_ranges(const Workload& workload);
Status check_ranges(const Deployment& deployment);

} // namespace headroom
