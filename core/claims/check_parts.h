// SPDX-License-Identifier: GPL-3.0-or-later
// What the three kinds of checked documents share; used by check_*.cpp alone.
#pragma once

#include "core/claims/check_table.h"
#include "core/config/model_config.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace headroom::check {

/// One row of a configuration table. `path` names it in errors: "rows[3]".
Result<CheckRow> check_configuration(const nlohmann::json& row, const std::string& path,
                                     double tolerance);

/// One worked example.
Result<CheckRow> check_example(const nlohmann::json& example, const std::string& path);

/// One claim; an id without an evaluator cannot be computed.
Result<CheckRow> check_claim(const nlohmann::json& claim, const std::string& path);

/// "8.19 B"
Sentence billions(double count, int digits = 2);
/// A share in percent, for a template that says "{share} %".
Real percent(double share, int digits = 1);

/// Clauses of a sentence: "a; b".
Sentence clauses(std::vector<Sentence> parts);
/// Items of a list: "a, b".
Sentence items(std::vector<Sentence> parts);

/// Parameters of a design.
Result<std::int64_t> total_of(const ModelConfig& config);

} // namespace headroom::check
