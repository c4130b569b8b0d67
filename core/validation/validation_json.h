// SPDX-License-Identifier: GPL-3.0-or-later
// A validation as JSON: what the command line prints and a session keeps.
#pragma once

#include "core/validation/validation.h"

#include <string>
#include <string_view>

namespace headroom {

/// One object; its keys are the command line's contract.
[[nodiscard]] std::string write_validation(const ValidationReport& report);

/// Reads what write_validation wrote; the computer's profile is not in it. Errors: not JSON, a
/// configuration or a row that is none.
[[nodiscard]] Result<ValidationReport> parse_validation(std::string_view json_text);

} // namespace headroom
