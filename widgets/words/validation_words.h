// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says about a validation: names of rows and proportions, findings, progress.
#pragma once

#include "core/validation/validation.h"

#include <QString>

namespace headroom::ui {

/// "Weights", "KV cache", ...
[[nodiscard]] QString sectionName(RowSection section);
/// "KV bytes after 512 tokens".
[[nodiscard]] QString quantityName(const ValidationRow& row);
/// The same under the heading of its section: "After 512 tokens".
[[nodiscard]] QString rowName(const ValidationRow& row);
/// Whole numbers in full, times and means with three digits.
[[nodiscard]] QString rowValue(const ValidationRow& row, double value);
/// "exact", "3 too many", "+5%".
[[nodiscard]] QString rowDifference(const ValidationRow& row);
/// "64.0 µs, half of 56 repeats between 62.1 and 66.0 µs".
[[nodiscard]] QString rowDetails(const ValidationRow& row);

[[nodiscard]] QString ratioName(std::string_view id);
[[nodiscard]] QString ratioValues(double first, double second);

/// The finding: "28 of 28 counts exact; times off by 9% on average".
[[nodiscard]] QString validationHeadline(const ValidationReport& report);
/// "A tiny Qwen3-235B-A22B on this computer · 311,808 parameters · 2 threads, fp32".
[[nodiscard]] QString validationSubject(const ValidationReport& report);
/// What its times are worth where other programs were busy; empty where none were.
[[nodiscard]] QString disturbanceText(const ValidationReport& report);
/// A checkpoint's tensors that differ from the table; empty where none does.
[[nodiscard]] QString tensorIssuesText(const ValidationReport& report);
/// "hidden 4,096 → 64 · layers 94 → 4 · ...".
[[nodiscard]] QString shrinkSummary(const ValidationReport& report);
/// Parameters of a configuration; empty where it does not expand.
[[nodiscard]] QString parametersText(const ModelConfig& config);
/// The same in three digits: "3.22M".
[[nodiscard]] QString parametersShort(const ModelConfig& config);

/// "Prompt of 512 tokens".
[[nodiscard]] QString stageText(const ValidationProgress& progress);
/// "14 of 31 · 3 s left".
[[nodiscard]] QString progressText(const ValidationProgress& progress);

} // namespace headroom::ui
