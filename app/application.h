// SPDX-License-Identifier: GPL-3.0-or-later
// What every program with this window does first: names, icon, style.
#pragma once

class QApplication;

namespace headroom::ui {

/// Name and version as settings and dialogs use them, the icon, and the theme's style.
void prepareApplication(QApplication& application);

} // namespace headroom::ui
