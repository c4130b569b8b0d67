// SPDX-License-Identifier: GPL-3.0-or-later
// The pages there are, in the order of their tabs.
#pragma once

#include "widgets/pages/page.h"

#include <QStringList>
#include <QVector>

namespace headroom::ui {

/// New pages, owned by `parent`.
[[nodiscard]] QVector<Page*> makePages(QWidget* parent);

/// Their ids, without making them: "overview", "memory", ...
[[nodiscard]] QStringList pageNames();

/// The id of the page that has this name or this alias; empty when there is none.
[[nodiscard]] QString pageId(const QString& name);

/// What a session's views hold for the page, under its id or one of its aliases.
[[nodiscard]] QJsonObject viewOf(const QString& id, const QJsonObject& views);

} // namespace headroom::ui
