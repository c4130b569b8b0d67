// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format/format.h"
#include "widgets/format/contexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace headroom::ui::format {

namespace {

constexpr QChar noBreakSpace(0x00A0);
constexpr QChar minusSign(0x2212);
constexpr QChar timesSign(0x00D7);

struct Step {
    double factor;
    const char16_t* name;
};

constexpr double kibi = 1024.0;
constexpr std::array<Step, 6> binaryBytes{{{1.0, u"B"},
                                           {kibi, u"KiB"},
                                           {kibi * kibi, u"MiB"},
                                           {kibi * kibi * kibi, u"GiB"},
                                           {kibi * kibi * kibi * kibi, u"TiB"},
                                           {kibi * kibi * kibi * kibi * kibi, u"PiB"}}};
constexpr std::array<Step, 6> decimalBytes{
    {{1.0, u"B"}, {1e3, u"kB"}, {1e6, u"MB"}, {1e9, u"GB"}, {1e12, u"TB"}, {1e15, u"PB"}}};
constexpr std::array<Step, 5> counts{
    {{1.0, u""}, {1e3, u"K"}, {1e6, u"M"}, {1e9, u"B"}, {1e12, u"T"}}};
constexpr std::array<Step, 9> flops{{{1.0, u"FLOP"},
                                     {1e3, u"KFLOP"},
                                     {1e6, u"MFLOP"},
                                     {1e9, u"GFLOP"},
                                     {1e12, u"TFLOP"},
                                     {1e15, u"PFLOP"},
                                     {1e18, u"EFLOP"},
                                     {1e21, u"ZFLOP"},
                                     {1e24, u"YFLOP"}}};
constexpr std::array<Step, 7> flopRates{{{1.0, u"FLOP/s"},
                                         {1e3, u"KFLOP/s"},
                                         {1e6, u"MFLOP/s"},
                                         {1e9, u"GFLOP/s"},
                                         {1e12, u"TFLOP/s"},
                                         {1e15, u"PFLOP/s"},
                                         {1e18, u"EFLOP/s"}}};
constexpr std::array<Step, 5> byteRates{
    {{1.0, u"B/s"}, {1e3, u"kB/s"}, {1e6, u"MB/s"}, {1e9, u"GB/s"}, {1e12, u"TB/s"}}};

/// The largest step that `value`, rounded to three digits, reaches: 999.7 K is 1 M.
Unit pickStep(double value, std::span<const Step> steps, double carryAt) {
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        const bool reached = value >= steps[i].factor;
        const bool carried = value / steps[i - 1].factor >= carryAt;
        if (reached || carried) {
            chosen = i;
        }
    }
    return {steps[chosen].factor, QString::fromUtf16(steps[chosen].name), false};
}

Unit timeUnit(double seconds) {
    if (seconds == 0.0) {
        return {1.0, FormatWords::tr("s"), false};
    }
    if (seconds < 0.9995e-6) {
        return {1e-9, FormatWords::tr("ns"), false};
    }
    if (seconds < 0.9995e-3) {
        return {1e-6, FormatWords::tr("µs"), false};
    }
    if (seconds < 0.9995) {
        return {1e-3, FormatWords::tr("ms"), false};
    }
    if (seconds < 120.0) {
        return {1.0, FormatWords::tr("s"), false};
    }
    if (seconds < 7200.0) {
        return {60.0, FormatWords::tr("min"), false};
    }
    if (seconds < 172800.0) {
        return {3600.0, FormatWords::tr("h"), false};
    }
    return {86400.0, FormatWords::tr("days"), false};
}

QString withUnit(const QString& number, const Unit& unit) {
    if (unit.name.isEmpty()) {
        return number;
    }
    return unit.attached ? number + unit.name : number + noBreakSpace + unit.name;
}

/// QLocale writes a hyphen in some locales; figures take the true minus sign everywhere.
QString trueMinus(QString text) {
    text.replace(u'-', minusSign);
    return text;
}

bool isInteger(double value) {
    return std::abs(value) < 1e15 && value == std::floor(value);
}

QString integer(double value, const QLocale& locale) {
    return trueMinus(locale.toString(static_cast<qlonglong>(std::llround(value))));
}

} // namespace

Unit unitFor(double value, Quantity quantity) {
    const double magnitude = std::abs(value);
    switch (quantity) {
    case Quantity::Plain:
        return {};
    case Quantity::Count: {
        if (magnitude < 10000.0 && isInteger(magnitude)) {
            return {1.0, QString(), true};
        }
        Unit unit = pickStep(magnitude, counts, 999.5);
        unit.attached = true;
        return unit;
    }
    case Quantity::Tokens:
        return {1.0, FormatWords::tr("tokens"), false};
    case Quantity::BytesBinary:
        return pickStep(magnitude, binaryBytes, 999.5);
    case Quantity::BytesDecimal:
        return pickStep(magnitude, decimalBytes, 999.5);
    case Quantity::Seconds:
        return timeUnit(magnitude);
    case Quantity::TokensPerSecond:
        return {1.0, FormatWords::tr("tok/s"), false};
    case Quantity::Flops:
        return pickStep(magnitude, flops, 999.5);
    case Quantity::FlopsPerSecond:
        return pickStep(magnitude, flopRates, 999.5);
    case Quantity::BytesPerSecond:
        return pickStep(magnitude, byteRates, 999.5);
    case Quantity::Ratio:
        return {1.0, QString(timesSign), true};
    case Quantity::Fraction:
        return {0.01, QStringLiteral("%"), true};
    }
    return {};
}

QString significant(double value, int digits, const QLocale& locale) {
    if (!std::isfinite(value)) {
        return std::isnan(value) ? QStringLiteral("–")
                                 : (value < 0 ? FormatWords::tr("−∞") : FormatWords::tr("∞"));
    }
    if (value == 0.0) {
        return locale.toString(0);
    }
    int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
    const double step = std::pow(10.0, exponent - digits + 1);
    const double rounded = std::round(value / step) * step;
    if (std::abs(rounded) >= std::pow(10.0, exponent + 1) * (1.0 - 1e-12)) {
        ++exponent;
    }
    const int decimals = std::clamp(digits - 1 - exponent, 0, 12);
    return trueMinus(locale.toString(rounded, 'f', decimals));
}

QString plain(double value, int maxDecimals, const QLocale& locale) {
    if (!std::isfinite(value)) {
        return significant(value, 3, locale);
    }
    if (isInteger(value)) {
        return integer(value, locale);
    }
    QString text = locale.toString(value, 'f', maxDecimals);
    const QString point = locale.decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(locale.zeroDigit())) {
            text.chop(locale.zeroDigit().size());
        }
        if (text.endsWith(point)) {
            text.chop(point.size());
        }
    }
    return trueMinus(text == QStringLiteral("-0") ? locale.zeroDigit() : text);
}

QString whole(std::int64_t value, const QLocale& locale) {
    return locale.toString(static_cast<qlonglong>(value));
}

QString percent(double share, const QLocale& locale) {
    const double size = std::abs(share) * 100;
    return significant(size, size < 1 ? 1 : 2, locale) + QLatin1Char('%');
}

QString inUnit(double value, const Unit& unit, int digits, const QLocale& locale) {
    const double scaled = value / unit.factor;
    // Whole numbers below the rounding limit are exact; "4.00" would promise decimals.
    const bool whole = isInteger(scaled) && unit.factor == 1.0 && std::abs(scaled) < 1000.0;
    return withUnit(whole ? integer(scaled, locale) : significant(scaled, digits, locale), unit);
}

QString rounded(double value, Quantity quantity, int digits, const QLocale& locale) {
    const Unit unit = unitFor(value, quantity);
    const bool wholeCount =
        (quantity == Quantity::Count && unit.factor == 1.0) || quantity == Quantity::Tokens;
    if (wholeCount && isInteger(value)) {
        return withUnit(integer(value, locale), unit);
    }
    if (quantity == Quantity::Ratio) {
        return ratio(value, locale);
    }
    return inUnit(value, unit, digits, locale);
}

QString headline(double value, Quantity quantity, const QLocale& locale) {
    return rounded(value, quantity, 3, locale);
}

QString exact(double value, Quantity quantity, const QLocale& locale) {
    const QString number = plain(value, 6, locale);
    switch (quantity) {
    case Quantity::Plain:
    case Quantity::Count:
        return number;
    case Quantity::Tokens:
        return withUnit(number, {1.0, FormatWords::tr("tokens"), false});
    case Quantity::BytesBinary:
    case Quantity::BytesDecimal:
        return withUnit(number, {1.0, FormatWords::tr("bytes"), false});
    case Quantity::Seconds:
        return withUnit(plain(value, 9, locale), {1.0, FormatWords::tr("s"), false});
    case Quantity::TokensPerSecond:
        return withUnit(number, {1.0, FormatWords::tr("tok/s"), false});
    case Quantity::Flops:
        return withUnit(number, {1.0, QStringLiteral("FLOP"), false});
    case Quantity::FlopsPerSecond:
        return withUnit(number, {1.0, QStringLiteral("FLOP/s"), false});
    case Quantity::BytesPerSecond:
        return withUnit(number, {1.0, FormatWords::tr("bytes/s"), false});
    case Quantity::Ratio:
        return number + timesSign;
    case Quantity::Fraction:
        return plain(value * 100.0, 6, locale) + u'%';
    }
    return number;
}

QString bytesBoth(double bytes, const QLocale& locale) {
    return FormatWords::tr("%1 (%2)").arg(rounded(bytes, Quantity::BytesDecimal, 4, locale),
                                          rounded(bytes, Quantity::BytesBinary, 4, locale));
}

QString ratio(double value, const QLocale& locale) {
    if (!std::isfinite(value)) {
        return significant(value, 2, locale);
    }
    const double magnitude = std::abs(value);
    const QString number =
        magnitude >= 99.5 ? integer(value, locale) : significant(value, 2, locale);
    return number + timesSign;
}

QString ratioInWords(double value, double reference, const QLocale& locale) {
    if (!std::isfinite(value) || !std::isfinite(reference) || value <= 0.0 || reference <= 0.0) {
        return {};
    }
    const double quotient = value / reference;
    if (quotient > 0.995 && quotient < 1.005) {
        return FormatWords::tr("the same");
    }
    // Close to one, "1.0×" would hide the difference that a percentage shows.
    if (quotient > 0.8 && quotient < 1.25) {
        return quotient > 1.0 ? FormatWords::tr("%1% more")
                                    .arg(significant((quotient - 1.0) * 100.0, 2, locale))
                              : FormatWords::tr("%1% less")
                                    .arg(significant((1.0 - quotient) * 100.0, 2, locale));
    }
    return quotient > 1.0 ? FormatWords::tr("%1 more").arg(ratio(quotient, locale))
                          : FormatWords::tr("%1 less").arg(ratio(1.0 / quotient, locale));
}

QString percentChange(double before, double after, const QLocale& locale) {
    if (!std::isfinite(before) || !std::isfinite(after) || before == 0.0) {
        return {};
    }
    const double quotient = after / before;
    if (quotient >= 10.0) {
        return ratio(quotient, locale);
    }
    const double percent = (quotient - 1.0) * 100.0;
    if (std::abs(percent) < 0.05) {
        return QStringLiteral("±%1%").arg(locale.zeroDigit());
    }
    const double magnitude = std::abs(percent);
    const QString number = magnitude >= 9.95 ? integer(std::round(magnitude), locale)
                                             : locale.toString(magnitude, 'f', 1);
    return (percent < 0.0 ? QString(minusSign) : QStringLiteral("+")) + number + u'%';
}

QString errorBar(double relative, const QLocale& locale) {
    const double percent = std::abs(relative) * 100.0;
    const QString number =
        percent >= 0.95 ? integer(std::round(percent), locale) : significant(percent, 1, locale);
    return QStringLiteral("±") + noBreakSpace + number + u'%';
}

} // namespace headroom::ui::format
