// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/page_registry.h"

#include "widgets/pages/pages.h"
#include "widgets/pages/validate_page.h"

namespace headroom::ui {

QVector<Page*> makePages(QWidget* parent) {
    QVector<Page*> pages = makeDesignPages(parent);
    pages.append(new ValidatePage(parent));
    return pages;
}

QStringList pageNames() {
    return designPageNames() << QStringLiteral("validate");
}

} // namespace headroom::ui
