// SPDX-License-Identifier: GPL-3.0-or-later
// Design tokens: every colour and size the interface and the charts are drawn with.
#pragma once

#include <QColor>
#include <QFont>
#include <Qt>

#include <array>

namespace headroom::ui {

/// Designs A to D are told apart by colour, line style, marker and letter together.
inline constexpr int designCount = 4;

enum class Marker { Circle, Square, Triangle, Diamond };

struct Tokens {
    bool dark = false;
    QColor window; ///< behind panels
    QColor panel;  ///< surfaces
    QColor field;  ///< editable fields, chips and code boxes on a panel
    QColor line;   ///< hairlines
    QColor grid;   ///< horizontal grid of charts
    QColor text;
    QColor secondary;
    QColor disabled;
    QColor accent;
    QColor accentText; ///< text on an accent surface
    QColor selection;  ///< selected rows and text
    QColor hover;      ///< surface under the pointer
    QColor good;
    QColor bad;
    QColor advice;
    QColor adviceSurface;
    std::array<QColor, designCount> designs;
    std::array<QColor, 8> groups; ///< categories that belong to no design

    friend bool operator==(const Tokens&, const Tokens&) = default;
};

[[nodiscard]] const Tokens& lightTokens();
[[nodiscard]] const Tokens& darkTokens();

/// `slot` counts from 0 (A); other values wrap around.
[[nodiscard]] QColor designColor(const Tokens& tokens, int slot);
[[nodiscard]] QColor groupColor(const Tokens& tokens, int index);
[[nodiscard]] Qt::PenStyle designPenStyle(int slot);
[[nodiscard]] Marker designMarker(int slot);
/// "A" to "D".
[[nodiscard]] QString designLetter(int slot);

/// Linear mix in sRGB: 0 gives `from`, 1 gives `to`.
[[nodiscard]] QColor mixColors(const QColor& from, const QColor& to, double share);
/// Black or white, whichever is easier to read on `surface`.
[[nodiscard]] QColor readableOn(const QColor& surface);

/// Sizes are in logical pixels, so that an export at 96 dpi looks like the screen.
namespace type {
inline constexpr int section = 11; ///< headings of groups, spaced capitals
inline constexpr int small = 11;
inline constexpr int body = 13;
inline constexpr int figure = 15; ///< headline figures
inline constexpr int title = 17;  ///< a chart's title
} // namespace type

/// The system's family with a Chinese fallback, at `pixels`; factor of presenter mode included.
[[nodiscard]] QFont uiFont(int pixels = type::body, QFont::Weight weight = QFont::Normal);
/// Spaced capitals of group headings.
[[nodiscard]] QFont sectionFont();
/// Fixed-width, for formulas and code.
[[nodiscard]] QFont codeFont(int pixels = type::body);

/// Presenter mode enlarges all type; 1.0 by default.
void setTypeScale(double factor);
[[nodiscard]] double typeScale();
/// `pixels` times the type scale, rounded.
[[nodiscard]] int scaledPixels(int pixels);

} // namespace headroom::ui
