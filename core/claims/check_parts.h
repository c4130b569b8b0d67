// SPDX-License-Identifier: GPL-3.0-or-later
// What the three kinds of checked documents share; used by check_*.cpp alone.
#pragma once

#include "core/claims/check_table.h"
#include "core/config/model_config.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace headroom::check {

/// One row of a configuration table. `path` names it in errors: "rows[3]".
Result<CheckRow> check_configuration(const nlohmann::json& row, const std::string& path,
                                     double tolerance);

/// One worked example.
Result<CheckRow> check_example(const nlohmann::json& example, const std::string& path);

/// One claim; an id without an evaluator cannot be computed.
Result<CheckRow> check_claim(const nlohmann::json& claim, const std::string& path);

/// "8.19 B"
std::string billions(double count, int digits = 2);
/// Fixed digits: fixed(2.5714, 2) is "2.57".
std::string fixed(double number, int digits);
/// "12.3 %"
std::string percent(double share, int digits = 1);
/// "1.13 GiB"
std::string gibibytes(double bytes, int digits = 1);

/// Adds an item to a list in words: "a, b".
void add_to_list(std::string& list, const std::string& item);

/// Parameters of a design.
Result<std::int64_t> total_of(const ModelConfig& config);

} // namespace headroom::check
