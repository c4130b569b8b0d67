// SPDX-License-Identifier: GPL-3.0-or-later
// Checks published tables, worked examples and claims by computing their figures again.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

enum class Verdict {
    CanBeTrue,           ///< a row: its fields give the total it claims, and are the official ones
    ContradictsOfficial, ///< a row: its arithmetic works, the official configuration differs
    CannotBeTrue,        ///< a row: no reading of its fields gives the figures it claims
    Holds,
    HoldsUnderCondition,
    DoesNotHold,
    CannotBeComputed, ///< a claim about something that is no figure of a design
};

/// "can be true", "contradicts the official configuration", "cannot be true", "holds",
/// "holds under a condition", "does not hold", "cannot be computed".
std::string_view to_string(Verdict verdict);

struct CheckRow {
    std::string model; ///< the row's model, example or claim id
    Sentence claim;    ///< what is printed
    Sentence computed;
    Verdict verdict = Verdict::CannotBeComputed;
    Sentence why;
    std::optional<std::int64_t> implied_total;  ///< of the row's fields, in the closest reading
    std::optional<std::int64_t> official_total; ///< of the official configuration
};

struct CheckReport {
    std::string title;
    std::vector<CheckRow> rows;
};

/// A table that ships with the program.
struct ShippedTable {
    std::string_view name; ///< "qwen3_secondary_table"
    std::string_view text;
};

/// Sorted by name.
std::vector<ShippedTable> shipped_tables();

/// How far a printed total may lie from a computed one, as a share of the printed one.
inline constexpr double default_check_tolerance = 0.05;

/// Checks one document: {"rows": [...]} is a table of configurations, {"examples": [...]} worked
/// parameter counts, {"claims": [...]} sentences with an id each; it may have several of them.
/// `source` names it in errors.
/// Errors: not JSON, none of the three, a row without a model, a key that is no field.
Result<CheckReport> check_table(std::string_view json_text, std::string_view source,
                                double tolerance = default_check_tolerance);

} // namespace headroom
