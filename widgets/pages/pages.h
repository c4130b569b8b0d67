// SPDX-License-Identifier: GPL-3.0-or-later
// The pages there are, in the order of their tabs.
#pragma once

#include "widgets/pages/page.h"

#include <QStringList>
#include <QVector>

namespace headroom::ui {

[[nodiscard]] QVector<Page*> makeDesignPages(QWidget* parent);
/// Their ids, without making them.
[[nodiscard]] QStringList designPageNames();

} // namespace headroom::ui
