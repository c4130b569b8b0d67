// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/pages.h"

#include "widgets/pages/claims_page.h"
#include "widgets/pages/compare_page.h"
#include "widgets/pages/memory_page.h"
#include "widgets/pages/overview_page.h"
#include "widgets/pages/roofline_page.h"
#include "widgets/pages/throughput_page.h"

namespace headroom::ui {

QVector<Page*> makeDesignPages(QWidget* parent) {
    return {new OverviewPage(parent), new MemoryPage(parent),  new ThroughputPage(parent),
            new RooflinePage(parent), new ComparePage(parent), new ClaimsPage(parent)};
}

QStringList designPageNames() {
    return {QStringLiteral("overview"), QStringLiteral("memory"),  QStringLiteral("throughput"),
            QStringLiteral("roofline"), QStringLiteral("compare"), QStringLiteral("claims")};
}

} // namespace headroom::ui
