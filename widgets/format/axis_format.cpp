// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the formatting that axes need: one unit for a whole range, and tick labels.
#include "widgets/format/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace headroom::ui::format {

QString tokensShort(double tokens, const QLocale& locale) {
    constexpr double kibi = 1024.0;
    for (const auto& [factor, suffix] : {std::pair{kibi * kibi, u'M'}, std::pair{kibi, u'K'}}) {
        const double scaled = tokens / factor;
        if (scaled >= 1.0 && scaled == std::floor(scaled)) {
            return plain(scaled, 0, locale) + suffix;
        }
    }
    return plain(tokens, 3, locale);
}

AxisScale axisScale(double lower, double upper, Quantity quantity, bool logarithmic,
                    const QString& plainUnit) {
    AxisScale scale;
    const double largest = std::max(std::abs(lower), std::abs(upper));
    switch (quantity) {
    case Quantity::Plain:
        scale.unit = {1.0, plainUnit, false};
        scale.titleUnit = plainUnit;
        return scale;
    case Quantity::Count:
    case Quantity::Ratio:
    case Quantity::Fraction:
        // These carry their sign on each tick: "100B", "2×", "50%".
        scale.unit = unitFor(largest, quantity);
        scale.unitPerTick = logarithmic && quantity == Quantity::Count;
        return scale;
    case Quantity::Tokens:
    case Quantity::TokensPerSecond:
        scale.unit = unitFor(largest, quantity);
        scale.titleUnit = scale.unit.name;
        return scale;
    case Quantity::BytesBinary:
    case Quantity::BytesDecimal:
    case Quantity::Seconds:
    case Quantity::Flops:
    case Quantity::FlopsPerSecond:
    case Quantity::BytesPerSecond:
        break;
    }
    scale.unit = unitFor(largest, quantity);
    if (logarithmic && lower > 0.0 && upper / lower > 1e4) {
        scale.unitPerTick = true;
        return scale;
    }
    scale.titleUnit = scale.unit.name;
    return scale;
}

QString tick(double value, Quantity quantity, const AxisScale& scale, const QLocale& locale) {
    if (quantity == Quantity::Tokens) {
        return tokensShort(value, locale);
    }
    if (scale.unitPerTick) {
        const Unit unit = unitFor(value, quantity);
        const QString number = plain(value / unit.factor, 3, locale);
        return unit.attached ? number + unit.name : number + QChar(0x00A0) + unit.name;
    }
    // Rounds away the dust that repeated addition of a step leaves (0.30000000000000004).
    const double scaled = value / scale.unit.factor;
    const QString number = plain(scaled, std::abs(scaled) < 0.001 ? 9 : 4, locale);
    return scale.unit.attached && value != 0.0 ? number + scale.unit.name : number;
}

QString axisTitle(const QString& title, const AxisScale& scale, bool logarithmic) {
    QStringList remarks;
    if (!scale.titleUnit.isEmpty()) {
        remarks << scale.titleUnit;
    }
    if (logarithmic) {
        remarks << QCoreApplication::translate("Format", "log scale");
    }
    if (remarks.isEmpty() || title.isEmpty()) {
        return title.isEmpty() ? remarks.join(QStringLiteral(", ")) : title;
    }
    return QCoreApplication::translate("Format", "%1 (%2)", "axis title (unit)")
        .arg(title, remarks.join(QStringLiteral(", ")));
}

} // namespace headroom::ui::format
