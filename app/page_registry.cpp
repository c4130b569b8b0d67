// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/page_registry.h"

#include "widgets/pages/pages.h"

namespace headroom::ui {

QVector<Page*> makePages(QWidget* parent) {
    return makeDesignPages(parent);
}

QStringList pageNames() {
    return designPageNames();
}

} // namespace headroom::ui
