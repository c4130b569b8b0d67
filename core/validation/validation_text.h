// SPDX-License-Identifier: GPL-3.0-or-later
// A validation as English text: names of rows, a CSV table, a Markdown report.
#pragma once

#include "core/config/layer_spec.h"
#include "core/validation/validation.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// "311808", "0.0512": every digit that counts, for tables that programs read.
[[nodiscard]] std::string figure_in_full(double value);

/// "5.1%", "+0.02%": the share's size with two digits, after `sign`.
[[nodiscard]] std::string share_text(double share, const char* sign = "");

/// "Weights", "KV cache", "Work", "Experts", "Times".
[[nodiscard]] std::string section_text(RowSection section);

/// How a report says things: in English here; the window's language is a subclass.
class ValidationLanguage {
public:
    virtual ~ValidationLanguage() = default;
    /// A sentence, heading or part of one that this file's functions say.
    [[nodiscard]] virtual std::string say(const Sentence& sentence) const;
    [[nodiscard]] virtual std::string quantity(const ValidationRow& row) const;
    [[nodiscard]] virtual std::string value(const ValidationRow& row, double value) const;
    [[nodiscard]] virtual std::string difference(const ValidationRow& row) const;
    [[nodiscard]] virtual std::string section(RowSection section) const;
    [[nodiscard]] virtual std::string ratio(std::string_view id) const;
    /// Why a run ended early, what is wrong with a tensor.
    [[nodiscard]] virtual std::string error(const Error& error) const;
    /// Aspects of a design's structure: what they are called, and what it has there.
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>>
    structure(const ModelSpec& spec) const;
};

/// One sentence on how predictions and measurements agree.
[[nodiscard]] std::string summary_text(const ValidationReport& report,
                                       const ValidationLanguage& language = {});

/// A header and one line for each row, numbers in full.
[[nodiscard]] std::string validation_csv(const ValidationReport& report,
                                         const ValidationLanguage& language = {});

/// What a disturbed run's times are worth; only where report.was_disturbed().
[[nodiscard]] std::string disturbance_text(const ValidationReport& report,
                                           const ValidationLanguage& language = {});

/// Both designs, what was kept and rounded, every row, the experts' load.
[[nodiscard]] std::string validation_markdown(const ValidationReport& report,
                                              const ValidationLanguage& language = {});

} // namespace headroom
