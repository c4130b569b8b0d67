// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/page_registry.h"

namespace headroom::ui {

QVector<Page*> makePages(QWidget* /*parent*/) {
    return {};
}

QStringList pageNames() {
    return {};
}

} // namespace headroom::ui
