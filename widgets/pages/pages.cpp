// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/pages.h"

#include "widgets/pages/claims_page.h"
#include "widgets/pages/compare_page.h"
#include "widgets/pages/memory_page.h"
#include "widgets/pages/overview_page.h"
#include "widgets/pages/page_names.h"
#include "widgets/pages/roofline_page.h"
#include "widgets/pages/throughput_page.h"
#include "widgets/pages/validate_page.h"

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

struct PageRow {
    QLatin1String id;
    Page* (*make)(QWidget* parent) = nullptr;
    QLatin1String alias = {}; ///< a former or a coming name; null: none
};

template <class T>
Page* make(QWidget* parent) {
    return new T(parent);
}

constexpr std::array pageRows{
    PageRow{page_names::overview, make<OverviewPage>, page_names::architecture},
    PageRow{page_names::memory, make<MemoryPage>},
    PageRow{page_names::throughput, make<ThroughputPage>},
    PageRow{page_names::roofline, make<RooflinePage>},
    PageRow{page_names::compare, make<ComparePage>},
    PageRow{page_names::claims, make<ClaimsPage>},
    PageRow{page_names::validate, make<ValidatePage>},
};

const PageRow* find(const QString& name) {
    const auto it = std::find_if(pageRows.begin(), pageRows.end(), [&](const PageRow& row) {
        return name == row.id || (!row.alias.isNull() && name == row.alias);
    });
    return it == pageRows.end() ? nullptr : &*it;
}

} // namespace

QVector<Page*> makePages(QWidget* parent) {
    QVector<Page*> pages;
    for (const PageRow& row : pageRows) {
        pages.append(row.make(parent));
    }
    return pages;
}

QStringList pageNames() {
    QStringList names;
    for (const PageRow& row : pageRows) {
        names.append(row.id);
    }
    return names;
}

QString pageId(const QString& name) {
    const PageRow* row = find(name);
    return row == nullptr ? QString() : QString(row->id);
}

QJsonObject viewOf(const QString& id, const QJsonObject& views) {
    const PageRow* row = find(id);
    if (row != nullptr && !views.contains(row->id) && !row->alias.isNull()) {
        return views.value(row->alias).toObject();
    }
    return views.value(id).toObject();
}

} // namespace headroom::ui
