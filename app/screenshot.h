// SPDX-License-Identifier: GPL-3.0-or-later
// Screenshot: the real window, drawn offscreen into an image file.
#pragma once

#include "app/settings.h"
#include "core/accounting/scenario.h"

#include <QPair>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QVector>

#include <functional>

namespace headroom::ui {

struct ScreenshotOptions {
    QString out;           ///< .png; other formats that Qt writes work too
    QString session;       ///< session file; empty: the default session
    QString page;          ///< empty: the session's page
    QSize size{1440, 900}; ///< of the window, in logical pixels
    double scale = 1.0;    ///< the image has size * scale pixels
    ThemeChoice theme = ThemeChoice::Light;
    QString language = QStringLiteral("en");
    QStringList models; ///< presets, config.json files or folders; replace the session's designs
    QVector<QPair<QString, QString>> edits; ///< fields of the first design, as with --set
    std::function<void(Scenario&)>
        scenario; ///< changes workload, formats or deployment; may be null
};

/// Draws the window and writes the file. Makes a QApplication on the offscreen platform when there
/// is none; where there is one already, `scale` only magnifies. False with `error` set (file,
/// field, found, expected) when something cannot be read or written.
bool saveScreenshot(const ScreenshotOptions& options, QString* error);

} // namespace headroom::ui
