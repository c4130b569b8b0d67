// SPDX-License-Identifier: GPL-3.0-or-later
// For tests that show dialogs and menus: any warning fails them, but for those in which the
// offscreen platform names what it cannot do (raise a window, grab the keyboard, size hints).
#pragma once

#include <QRegularExpression>
#include <QtTest>

namespace headroom::ui {

/// First thing in main(): a fatal warning cannot tell one from the other.
inline void letWarningsPass() {
    qunsetenv("QT_FATAL_WARNINGS");
}

/// In init(): the warnings of this test function.
inline void failOnOtherWarnings() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
}

} // namespace headroom::ui
