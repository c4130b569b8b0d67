// SPDX-License-Identifier: GPL-3.0-or-later
// Language: switches the program's language and its number format while it runs.
#pragma once

#include <QString>
#include <QVector>

namespace headroom::ui {

struct Language {
    QString id;   ///< "en", "zh_CN"
    QString name; ///< in its own language
};

/// The languages that the program ships with.
[[nodiscard]] QVector<Language> languages();
[[nodiscard]] bool isLanguage(const QString& id);

/// Installs the language's translators and makes its locale the default of QLocale(); every widget
/// gets a LanguageChange event. An empty id takes the system's language, English when it is none of
/// ours. Needs a QCoreApplication.
void applyLanguage(const QString& id);

/// The id in force, never empty.
[[nodiscard]] QString currentLanguage();

} // namespace headroom::ui
