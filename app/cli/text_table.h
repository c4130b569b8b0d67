// SPDX-License-Identifier: GPL-3.0-or-later
// Text for people: aligned columns, grouped digits, units.
#pragma once

#include "core/study/figures.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom::cli {

enum class Align { Left, Right };

/// Rows of cells, printed in columns as wide as their widest cell.
class TextTable {
public:
    explicit TextTable(std::vector<Align> columns)
        : m_columns(std::move(columns)) {}
    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    /// A line under what was added so far.
    void rule() { m_rows.emplace_back(); }
    [[nodiscard]] std::string text(std::string_view indent = "") const;

private:
    std::vector<Align> m_columns;
    std::vector<std::vector<std::string>> m_rows; ///< an empty row is a rule
};

/// 8,190,735,360
std::string grouped(std::int64_t number);
/// 8.19 B parameters are "8.19 B": thousands as K, M, B, T of 1000.
std::string shortCount(double number);
/// "1.13 GiB (1.21 GB)"
std::string bytesText(double bytes);
/// "1.13 GiB"
std::string binaryBytes(double bytes);
/// "141 GB"
std::string decimalBytes(double bytes);
/// "145 TFLOP"
std::string flopsText(double flops);
/// "7.21 ms"
std::string secondsText(double seconds);
/// "3.4 %"
std::string percentText(double share, int digits = 1);
/// Three significant digits, without exponent where that reads well.
std::string plainNumber(double number, int significant = 4);
/// A figure with its unit.
std::string figureText(const Figure& figure, double value);

/// What the window calls a figure, in English: "Parameters, total".
std::string figureLabel(const Figure& figure);

/// One CSV cell, quoted where needed (RFC 4180).
std::string csvCell(const std::string& text);

} // namespace headroom::cli
