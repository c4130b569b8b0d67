// SPDX-License-Identifier: GPL-3.0-or-later
// Settings: what the program remembers of the user's preferences between runs.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace headroom::ui {

enum class ThemeChoice { System, Light, Dark };

struct Settings {
    ThemeChoice theme = ThemeChoice::System;
    QString language;        ///< "en", "zh_CN"; empty: the system's
    bool binaryBytes = true; ///< KiB, MiB, GiB
    QStringList recent;      ///< newest first
    QByteArray geometry;
    QByteArray docks;

    /// Ignores values that it does not know.
    [[nodiscard]] static Settings load();
    void save() const;

    static constexpr int most_recent = 10;
    void addRecent(const QString& file);
};

} // namespace headroom::ui
