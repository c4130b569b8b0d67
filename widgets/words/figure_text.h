// SPDX-License-Identifier: GPL-3.0-or-later
// Words and units for the named figures of a design.
#pragma once

#include "core/study/figures.h"
#include "widgets/format/quantity.h"

#include <QString>

namespace headroom::ui {

/// "KV cache per token" for kv_bytes_per_token.
[[nodiscard]] QString figureLabel(std::string_view id);

/// A shorter one for narrow columns: "KV per token".
[[nodiscard]] QString figureTitle(std::string_view id);

[[nodiscard]] Quantity figureQuantity(const Figure& figure, bool binaryBytes);

/// A figure's value in the base unit of its quantity: seconds for milliseconds.
[[nodiscard]] double figureBaseValue(const Figure& figure, double value);

/// The value as headlines and tables show it; its error bar included where it has one.
[[nodiscard]] QString figureText(const Figure& figure, double value, bool binaryBytes,
                                 double relativeError = 0.0);

} // namespace headroom::ui
