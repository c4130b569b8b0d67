// SPDX-License-Identifier: GPL-3.0-or-later
// What of a text in another language is still English.
#pragma once

#include <QRegularExpression>
#include <QString>

namespace headroom::ui {

/// Two words of Latin letters side by side that are no part of a name.
inline QString englishIn(QString text) {
    for (const char* name : {"Hugging Face", "Infinity Fabric"}) {
        text.remove(QLatin1String(name));
    }
    static const QRegularExpression words(
        QStringLiteral("(?<![\\w.\\-/\"])[A-Za-z]{2,}[,:;]? +[A-Za-z]{2,}(?![\\w\\-])"));
    return words.match(text).captured();
}

} // namespace headroom::ui
