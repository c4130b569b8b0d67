// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "widgets/theme/theme.h"

#include <QApplication>
#include <QIcon>

namespace headroom::ui {

void prepareApplication(QApplication& application) {
    QApplication::setOrganizationName(QStringLiteral("Headroom"));
    QApplication::setApplicationName(QStringLiteral("Headroom"));
    QApplication::setApplicationVersion(QStringLiteral(HEADROOM_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("headroom"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/headroom.svg")));
    Theme::instance().install(application);
}

} // namespace headroom::ui
