// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <QFileInfo>
#include <QSettings>

namespace headroom::ui {

namespace {

const QString theme_key = QStringLiteral("theme");
const QString language_key = QStringLiteral("language");
const QString bytes_key = QStringLiteral("binary_bytes");
const QString recent_key = QStringLiteral("recent");
const QString geometry_key = QStringLiteral("window/geometry");
const QString docks_key = QStringLiteral("window/docks");

} // namespace

Settings Settings::load() {
    const QSettings store;
    Settings settings;
    const QString theme = store.value(theme_key).toString();
    if (theme == QLatin1String("light")) {
        settings.theme = ThemeChoice::Light;
    } else if (theme == QLatin1String("dark")) {
        settings.theme = ThemeChoice::Dark;
    }
    settings.language = store.value(language_key).toString();
    settings.binaryBytes = store.value(bytes_key, true).toBool();
    settings.recent = store.value(recent_key).toStringList();
    settings.geometry = store.value(geometry_key).toByteArray();
    settings.docks = store.value(docks_key).toByteArray();
    return settings;
}

void Settings::save() const {
    QSettings store;
    switch (theme) {
    case ThemeChoice::System:
        store.setValue(theme_key, QStringLiteral("system"));
        break;
    case ThemeChoice::Light:
        store.setValue(theme_key, QStringLiteral("light"));
        break;
    case ThemeChoice::Dark:
        store.setValue(theme_key, QStringLiteral("dark"));
        break;
    }
    store.setValue(language_key, language);
    store.setValue(bytes_key, binaryBytes);
    store.setValue(recent_key, recent);
    store.setValue(geometry_key, geometry);
    store.setValue(docks_key, docks);
}

void Settings::addRecent(const QString& file) {
    const QString absolute = QFileInfo(file).absoluteFilePath();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    while (recent.size() > most_recent) {
        recent.removeLast();
    }
}

} // namespace headroom::ui
