// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace headroom::ui {

namespace {

const QString english = QStringLiteral("en");
const QString chinese = QStringLiteral("zh_CN");

struct Installed {
    QString id = english;
    QTranslator* program = nullptr;
    QTranslator* toolkit = nullptr; ///< Qt's own dialogs and buttons
};

Installed& installed() {
    static Installed state;
    return state;
}

QString systemLanguage() {
    return QLocale::system().language() == QLocale::Chinese ? chinese : english;
}

/// The system's own variety of the language where it speaks it (British digits grouping), a
/// definite one elsewhere; never "C", which groups no digits.
QLocale localeFor(const QString& id) {
    const QLocale system = QLocale::system();
    if (id == chinese) {
        return QLocale(QLocale::Chinese, QLocale::China);
    }
    return system.language() == QLocale::English ? system
                                                 : QLocale(QLocale::English, QLocale::UnitedStates);
}

QTranslator* install(const QString& name, const QString& folder) {
    auto* translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(name, folder) && QCoreApplication::installTranslator(translator)) {
        return translator;
    }
    delete translator;
    return nullptr;
}

} // namespace

QVector<Language> languages() {
    return {{english, QStringLiteral("English")},
            {chinese, QString::fromUtf8("\xE7\xAE\x80\xE4\xBD\x93\xE4\xB8\xAD\xE6\x96\x87")}};
}

bool isLanguage(const QString& id) {
    return id == english || id == chinese;
}

void applyLanguage(const QString& id) {
    const QString wanted = isLanguage(id) ? id : systemLanguage();
    // The locale first: widgets format their numbers anew when the translators change.
    QLocale::setDefault(localeFor(wanted));
    Installed& state = installed();
    state.id = wanted;
    for (QTranslator** translator : {&state.program, &state.toolkit}) {
        if (*translator != nullptr) {
            QCoreApplication::removeTranslator(*translator);
            delete *translator;
            *translator = nullptr;
        }
    }
    if (wanted != english) {
        state.toolkit = install(QStringLiteral("qtbase_") + wanted,
                                QLibraryInfo::path(QLibraryInfo::TranslationsPath));
        state.program = install(QStringLiteral("headroom_") + wanted, QStringLiteral(":/i18n"));
    }
}

QString currentLanguage() {
    return installed().id;
}

} // namespace headroom::ui
