// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped designs as a menu: one submenu for each family.
#pragma once

#include <QString>

#include <functional>

class QMenu;

namespace headroom::ui {

/// Appends the families to `menu`; `choose` gets the id of a preset.
void addPresetEntries(QMenu& menu, const std::function<void(const QString& id)>& choose);

} // namespace headroom::ui
