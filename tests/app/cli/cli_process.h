// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the program in a process of its own, without a display.
#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>
#include <QStringList>

struct CliResult {
    int code = -1;
    QByteArray out;
    QByteArray err;
    /// Standard output as one JSON document; discarded when it is none.
    [[nodiscard]] nlohmann::json json() const;
};

/// The program itself, for tests that act on it while it runs.
QString cliProgram();

/// Environment: no DISPLAY, no WAYLAND_DISPLAY, no QT_QPA_PLATFORM.
CliResult runCli(const QStringList& arguments);

/// runCli with --json, which must succeed; an empty object where it does not.
nlohmann::json runJson(const QStringList& arguments);

/// The shipped models, as `presets --json` lists them.
nlohmann::json listedPresets();

/// A file of the source tree, parsed.
nlohmann::json sourceJson(const QString& path);
