// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of tables that leave the window: CSV and Markdown.
#pragma once

#include <QString>

namespace headroom::ui {

/// In quotes where the text holds a comma, a quote or a line break.
[[nodiscard]] QString csvCell(QString text);
/// Bars escaped, on one line.
[[nodiscard]] QString markdownCell(QString text);

} // namespace headroom::ui
