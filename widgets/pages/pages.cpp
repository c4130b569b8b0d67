// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/pages.h"

#include "widgets/pages/compare_page.h"
#include "widgets/pages/memory_page.h"
#include "widgets/pages/overview_page.h"
#include "widgets/pages/throughput_page.h"

namespace headroom::ui {

QVector<Page*> makeDesignPages(QWidget* parent) {
    return {new OverviewPage(parent), new MemoryPage(parent), new ThroughputPage(parent),
            new ComparePage(parent)};
}

QStringList designPageNames() {
    return {QStringLiteral("overview"), QStringLiteral("memory"), QStringLiteral("throughput"),
            QStringLiteral("compare")};
}

} // namespace headroom::ui
