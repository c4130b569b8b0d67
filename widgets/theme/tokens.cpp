// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/tokens.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace {

double g_typeScale = 1.0;

QColor hex(QRgb rgb) {
    return QColor::fromRgb(rgb);
}

Tokens makeLight() {
    Tokens t;
    t.dark = false;
    t.window = hex(0xF4F6F8);
    t.panel = hex(0xFFFFFF);
    t.field = hex(0xF4F6F8);
    t.line = hex(0xE1E5EA);
    t.grid = hex(0xEAEDF0);
    t.text = hex(0x1C2127);
    t.secondary = hex(0x5F6B7A);
    t.disabled = hex(0xA3ACB8);
    t.accent = hex(0x2458E6);
    t.accentText = hex(0xFFFFFF);
    t.selection = hex(0xD6E0FB);
    t.hover = hex(0xECEFF3);
    t.good = hex(0x1A7F37);
    t.bad = hex(0xB42318);
    t.advice = hex(0x9A6700);
    t.adviceSurface = hex(0xFFF8E1);
    t.designs = {hex(0x0072B2), hex(0xD55E00), hex(0x009E73), hex(0xAA4499)};
    // Paul Tol, "Colour Schemes" (2021): the light scheme, told apart in every colour vision.
    t.groups = {hex(0x77AADD), hex(0xEE8866), hex(0x44BB99), hex(0xFFAABB),
                hex(0xBBCC33), hex(0x99DDFF), hex(0xEEDD88), hex(0xBBBBBB)};
    return t;
}

Tokens makeDark() {
    Tokens t;
    t.dark = true;
    t.window = hex(0x12161B);
    t.panel = hex(0x171B21);
    t.field = hex(0x20262D);
    t.line = hex(0x2A313B);
    t.grid = hex(0x262C35);
    t.text = hex(0xE6EAF0);
    t.secondary = hex(0x9AA7B8);
    t.disabled = hex(0x5D6877);
    t.accent = hex(0x7AA2FF);
    t.accentText = hex(0x10151C);
    t.selection = hex(0x2A3C66);
    t.hover = hex(0x262D36);
    t.good = hex(0x57C27A);
    t.bad = hex(0xFF8A80);
    t.advice = hex(0xE3B341);
    t.adviceSurface = hex(0x2B2410);
    t.designs = {hex(0x56B4E9), hex(0xE69F00), hex(0x2FC59A), hex(0xD98CC4)};
    t.groups = makeLight().groups;
    for (QColor& color : t.groups) {
        color = mixColors(color, t.panel, 0.15);
    }
    return t;
}

QStringList familiesWithFallback(const QString& first) {
    QStringList families{first};
    static const QStringList chinese{
        QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Source Han Sans SC"),
        QStringLiteral("PingFang SC"), QStringLiteral("Microsoft YaHei"),
        QStringLiteral("WenQuanYi Micro Hei")};
    static const QStringList installed = [] {
        const QStringList all = QFontDatabase::families();
        QStringList found;
        std::copy_if(chinese.begin(), chinese.end(), std::back_inserter(found),
                     [&all](const QString& family) { return all.contains(family); });
        return found;
    }();
    families += installed;
    return families;
}

} // namespace

const Tokens& lightTokens() {
    static const Tokens tokens = makeLight();
    return tokens;
}

const Tokens& darkTokens() {
    static const Tokens tokens = makeDark();
    return tokens;
}

QColor designColor(const Tokens& tokens, int slot) {
    const int wrapped = ((slot % designCount) + designCount) % designCount;
    return tokens.designs[static_cast<std::size_t>(wrapped)];
}

QColor groupColor(const Tokens& tokens, int index) {
    const int count = static_cast<int>(tokens.groups.size());
    return tokens.groups[static_cast<std::size_t>(((index % count) + count) % count)];
}

Qt::PenStyle designPenStyle(int slot) {
    static constexpr std::array<Qt::PenStyle, designCount> styles{
        Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DashDotDotLine};
    return styles[static_cast<std::size_t>(((slot % designCount) + designCount) % designCount)];
}

Marker designMarker(int slot) {
    static constexpr std::array<Marker, designCount> markers{Marker::Circle, Marker::Square,
                                                             Marker::Triangle, Marker::Diamond};
    return markers[static_cast<std::size_t>(((slot % designCount) + designCount) % designCount)];
}

QString designLetter(int slot) {
    return QString(QChar(u'A' + ((slot % designCount) + designCount) % designCount));
}

QColor mixColors(const QColor& from, const QColor& to, double share) {
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * share));
    };
    return QColor(mix(from.red(), to.red()), mix(from.green(), to.green()),
                  mix(from.blue(), to.blue()), mix(from.alpha(), to.alpha()));
}

QColor readableOn(const QColor& surface) {
    // Relative luminance of WCAG 2.1, with the threshold where black and white contrast equally.
    const auto channel = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const double luminance = 0.2126 * channel(surface.redF()) + 0.7152 * channel(surface.greenF()) +
                             0.0722 * channel(surface.blueF());
    return luminance > 0.2 ? QColor(0x10, 0x15, 0x1C) : QColor(Qt::white);
}

QFont uiFont(int pixels, QFont::Weight weight) {
    static const QString family =
        QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).family();
    QFont font;
    font.setFamilies(familiesWithFallback(family));
    font.setPixelSize(scaledPixels(pixels));
    font.setWeight(weight);
    return font;
}

QFont sectionFont() {
    QFont font = uiFont(type::section, QFont::DemiBold);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.8);
    return font;
}

QFont codeFont(int pixels) {
    static const QString family =
        QFontInfo(QFontDatabase::systemFont(QFontDatabase::FixedFont)).family();
    QFont font;
    font.setFamilies(familiesWithFallback(family));
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(scaledPixels(pixels));
    return font;
}

void setTypeScale(double factor) {
    g_typeScale = std::clamp(factor, 0.5, 4.0);
}

double typeScale() {
    return g_typeScale;
}

int scaledPixels(int pixels) {
    return std::max(1, static_cast<int>(std::lround(pixels * g_typeScale)));
}

} // namespace headroom::ui
