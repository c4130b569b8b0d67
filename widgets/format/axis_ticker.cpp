// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format/axis_ticker.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

/// Powers of `base` inside the range, every `stride`-th one counted from exponent 0.
QVector<double> powers(const QCPRange& range, double base, int maxTicks) {
    const double tolerance = 1e-9;
    const int first =
        static_cast<int>(std::ceil(std::log(range.lower) / std::log(base) - tolerance));
    const int last =
        static_cast<int>(std::floor(std::log(range.upper) / std::log(base) + tolerance));
    const int stride = std::max(1, (last - first + maxTicks) / maxTicks);
    QVector<double> ticks;
    for (int exponent = first; exponent <= last; ++exponent) {
        if (((exponent % stride) + stride) % stride == 0) {
            ticks.append(std::pow(base, exponent));
        }
    }
    return ticks;
}

/// The next of 1, 2, 5 times a power of ten.
double roundStep(double wanted) {
    const double power = std::pow(10.0, std::floor(std::log10(wanted)));
    const double mantissa = wanted / power;
    return power * (mantissa <= 1.4 ? 1.0 : mantissa <= 2.8 ? 2.0 : mantissa <= 7.0 ? 5.0 : 10.0);
}

/// 1, 2, 5 of every decade inside the range.
QVector<double> oneTwoFive(const QCPRange& range) {
    QVector<double> ticks;
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    for (int decade = first; decade <= last; ++decade) {
        for (const double mantissa : {1.0, 2.0, 5.0}) {
            const double value = mantissa * std::pow(10.0, decade);
            if (value >= range.lower * (1 - 1e-9) && value <= range.upper * (1 + 1e-9)) {
                ticks.append(value);
            }
        }
    }
    return ticks;
}

} // namespace

void AxisTicker::configure(Quantity quantity, bool logarithmic, bool binary,
                           const QString& plainUnit) {
    m_quantity = quantity;
    m_logarithmic = logarithmic;
    m_binary = binary ||
               (logarithmic && (quantity == Quantity::Tokens || quantity == Quantity::BytesBinary));
    m_plainUnit = plainUnit;
}

void AxisTicker::setVisibleRange(double lower, double upper) {
    m_scale = format::axisScale(lower, upper, m_quantity, m_logarithmic, m_plainUnit);
}

double AxisTicker::getTickStep(const QCPRange& range) {
    if (m_quantity == Quantity::Tokens && !m_logarithmic) {
        // Binary thousands on a linear axis too: steps that are powers of two.
        const double wanted = std::max(1.0, range.size() / tickCount());
        return std::pow(2.0, std::round(std::log2(wanted)));
    }
    const double factor = m_scale.unit.factor;
    const double step = roundStep(range.size() / factor / tickCount()) * factor;
    return m_quantity == Quantity::Count ? std::max(step, 1.0) : step;
}

int AxisTicker::getSubTickCount(double) {
    return 0;
}

QVector<double> AxisTicker::createTickVector(double tickStep, const QCPRange& range) {
    if (!m_logarithmic) {
        return QCPAxisTicker::createTickVector(tickStep, range);
    }
    if (range.lower <= 0.0 || !std::isfinite(range.upper)) {
        return {};
    }
    const int wanted = tickCount() + 4;
    QVector<double> ticks;
    if (m_binary) {
        ticks = powers(range, 2.0, wanted);
    } else {
        const double decades = std::log10(range.upper / range.lower);
        ticks = decades <= 3.2 ? oneTwoFive(range) : powers(range, 10.0, wanted);
    }
    // Zoomed in so far that no power is left: fall back to round linear values.
    return ticks.size() >= 2 ? ticks : QCPAxisTicker::createTickVector(tickStep, range);
}

QString AxisTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    // The plot's own locale omits group separators; the program's does not.
    return format::tick(tick, m_quantity, m_scale);
}

} // namespace headroom::ui
