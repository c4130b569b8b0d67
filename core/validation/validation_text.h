// SPDX-License-Identifier: GPL-3.0-or-later
// A validation as English text: names of rows, a CSV table, a Markdown report.
#pragma once

#include "core/validation/validation.h"

#include <string>

namespace headroom {

/// "KV bytes after 512 tokens", "Decode step after 512 tokens", "Distinct experts, 16 tokens".
[[nodiscard]] std::string quantity_text(const ValidationRow& row);

/// "311,808", "391 MFLOP", "2.05 ms", "27.9": whole numbers in full where equality is asked for.
[[nodiscard]] std::string value_text(const ValidationRow& row, double value);

/// "exact", "off by 3", "+5.1%".
[[nodiscard]] std::string error_text(const ValidationRow& row);

/// What the ratio is called: "query heads : KV heads".
[[nodiscard]] std::string ratio_text(std::string_view ratio_id);

/// "64 : 4", "5.33 : 1" where neither side is whole times the other.
[[nodiscard]] std::string ratio_values_text(double first, double second);

/// One sentence on how predictions and measurements agree.
[[nodiscard]] std::string summary_text(const ValidationReport& report);

/// A header and one line for each row, numbers in full.
[[nodiscard]] std::string validation_csv(const ValidationReport& report);

/// What a disturbed run's times are worth; only where report.was_disturbed().
[[nodiscard]] std::string disturbance_text(const ValidationReport& report);

/// Both designs, what was kept and rounded, every row, the experts' load.
[[nodiscard]] std::string validation_markdown(const ValidationReport& report);

} // namespace headroom
