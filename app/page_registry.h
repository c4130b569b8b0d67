// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of the window, in the order of their tabs.
#pragma once

#include "widgets/pages/page.h"

#include <QStringList>
#include <QVector>

namespace headroom::ui {

/// New pages, owned by `parent`.
[[nodiscard]] QVector<Page*> makePages(QWidget* parent);

/// Their ids, without making them: "overview", "memory", ...
[[nodiscard]] QStringList pageNames();

} // namespace headroom::ui
