// SPDX-License-Identifier: GPL-3.0-or-later
// Formatting of numbers for people: one set of functions for labels, tables, charts and headlines.
#pragma once

#include "widgets/format/quantity.h"

#include <QLocale>
#include <QString>

namespace headroom::ui::format {

/// A unit a value is divided by before it is shown. `name` is empty for bare numbers.
struct Unit {
    double factor = 1.0;
    QString name;
    bool attached = false; ///< "21.6B": no space before the name
    friend bool operator==(const Unit&, const Unit&) = default;
};

/// The unit in which `value` has one to three digits before the decimal point.
[[nodiscard]] Unit unitFor(double value, Quantity quantity);

/// Number with unit, three significant digits: "235B", "188 KiB", "18.3 ms", "1,750 tok/s".
[[nodiscard]] QString headline(double value, Quantity quantity, const QLocale& locale = QLocale());
/// The same with `digits` significant digits.
[[nodiscard]] QString rounded(double value, Quantity quantity, int digits,
                              const QLocale& locale = QLocale());
/// Every digit, in the base unit, grouped: "192,512 bytes", "131,072 tokens", "235,093,634,560".
[[nodiscard]] QString exact(double value, Quantity quantity, const QLocale& locale = QLocale());
/// In a unit chosen beforehand, for columns and axes that share one: "11.8 GiB".
[[nodiscard]] QString inUnit(double value, const Unit& unit, int digits = 3,
                             const QLocale& locale = QLocale());

/// Bytes in both readings: "113.6 GB (105.8 GiB)".
[[nodiscard]] QString bytesBoth(double bytes, const QLocale& locale = QLocale());

/// "2.7×", "0.37×", "16×": two significant digits, integers from 10 on.
[[nodiscard]] QString ratio(double value, const QLocale& locale = QLocale());
/// `value` against `reference` in words: "2.7× less", "1.4× more", "the same".
/// Empty where the ratio means nothing (zero or not finite).
[[nodiscard]] QString ratioInWords(double value, double reference,
                                   const QLocale& locale = QLocale());
/// "+38%", "−75%", "±0%"; from tenfold on as a ratio. Empty where `before` is 0.
[[nodiscard]] QString percentChange(double before, double after, const QLocale& locale = QLocale());
/// Relative error bar: 0.06 gives "± 6%".
[[nodiscard]] QString errorBar(double relative, const QLocale& locale = QLocale());

/// `digits` significant digits with grouping, never in exponent form.
[[nodiscard]] QString significant(double value, int digits, const QLocale& locale = QLocale());
/// Grouped digits without trailing zeros, at most `maxDecimals` decimals.
[[nodiscard]] QString plain(double value, int maxDecimals = 6, const QLocale& locale = QLocale());
/// A count in full, digits grouped.
[[nodiscard]] QString whole(std::int64_t value, const QLocale& locale = QLocale());
/// The size of a share: "9%", "0.4%", "120%".
[[nodiscard]] QString percent(double share, const QLocale& locale = QLocale());
/// "1K", "128K", "1M" where binary thousands fit, grouped digits elsewhere.
[[nodiscard]] QString tokensShort(double tokens, const QLocale& locale = QLocale());

/// How an axis shows a quantity over its whole range.
struct AxisScale {
    Unit unit;                ///< every tick is divided by unit.factor
    bool unitPerTick = false; ///< the range spans several units, so each tick names its own
    QString titleUnit;        ///< what the axis title adds in parentheses; may be empty
};
/// `lower` and `upper` bound what is shown; `plainUnit` is the unit of Quantity::Plain.
[[nodiscard]] AxisScale axisScale(double lower, double upper, Quantity quantity, bool logarithmic,
                                  const QString& plainUnit = QString());
[[nodiscard]] QString tick(double value, Quantity quantity, const AxisScale& scale,
                           const QLocale& locale = QLocale());
/// "KV cache per sequence (GiB)", "Context length (tokens, log scale)".
[[nodiscard]] QString axisTitle(const QString& title, const AxisScale& scale,
                                bool logarithmic = false);

} // namespace headroom::ui::format
