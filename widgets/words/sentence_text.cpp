// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/sentence_text.h"

#include "core/base/overloaded.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

namespace headroom::ui {

namespace {

QString from(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

bool isHan(QChar c) {
    return c.script() == QChar::Script_Han;
}

/// The digits that core prints, grouped and pointed as the locale does: rounded once, so that the
/// window and the command line never differ in the last of them.
QString realText(const Real& number) {
    QString digits = from(english(Argument(number)));
    if (digits.contains(u'e')) {
        return digits;
    }
    const qsizetype point = digits.indexOf(u'.');
    const QString whole = point < 0 ? digits : digits.left(point);
    bool fits = false;
    const qlonglong value = whole.toLongLong(&fits);
    if (!fits) {
        return digits;
    }
    QString text = QLocale().toString(value);
    if (value == 0 && whole.startsWith(u'-')) {
        text.prepend(QLocale().negativeSign());
    }
    return point < 0 ? text : text + QLocale().decimalPoint() + digits.mid(point + 1);
}

QString separator(Join join) {
    switch (join) {
    case Join::Comma:
        //: Between the items of a list in a sentence.
        return QCoreApplication::translate("Core", ", ");
    case Join::Semicolon:
        //: Between the clauses of a sentence.
        return QCoreApplication::translate("Core", "; ");
    case Join::Space:
        return QStringLiteral(" ");
    case Join::Nothing:
        return {};
    }
    return {};
}

QString listText(const SentenceList& list) {
    QString text;
    for (const Sentence& item : list.items) {
        // Chinese sets no space between sentences.
        const bool isClosed = list.join == Join::Space && text.endsWith(QChar(0x3002));
        text += text.isEmpty() || isClosed ? QString() : separator(list.join);
        text += sentenceText(item);
    }
    return text;
}

QString namesText(const Names& list) {
    QStringList names;
    for (const std::string& name : list.names) {
        names.append(from(name));
    }
    return names.join(QCoreApplication::translate("Core", ", ", "between names"));
}

} // namespace

void appendClosed(QString& out, const QString& text) {
    const auto isHanAt = [](const QString& s, qsizetype at) {
        return at >= 0 && at < s.size() && isHan(s[at]);
    };
    if (text.startsWith(u' ') && isHanAt(out, out.size() - 1) && isHanAt(text, 1)) {
        out += QStringView(text).mid(1);
        return;
    }
    if (out.endsWith(u' ') && isHanAt(out, out.size() - 2) && isHanAt(text, 0)) {
        out.chop(1);
    }
    out += text;
}

QString argumentText(const Argument& argument) {
    return std::visit(
        Overloaded{
            [](std::int64_t number) { return QLocale().toString(static_cast<qlonglong>(number)); },
            [](const Grouped& number) {
                return QLocale().toString(static_cast<qlonglong>(number.value));
            },
            [](const Real& number) { return realText(number); },
            [](const std::string& name) { return from(name); },
            [](const Quote& quote) { return quoteText(quote.text); },
            [](const Names& names) { return namesText(names); },
            [](const SentenceList& list) { return listText(list); },
        },
        argument.value);
}

QString sentenceText(const Sentence& sentence) {
    if (sentence.empty()) {
        return {};
    }
    // The patterns of a table are literals, so that they end with a zero.
    const QString pattern = QCoreApplication::translate("Core", sentence.pattern().data());
    return filled(pattern, [&](const QString& name) {
        const Argument* argument = find_argument(sentence, name.toStdString());
        return argument == nullptr ? QString() : argumentText(*argument);
    });
}

QString formulaPartText(const Sentence& part) {
    return sentenceText(part).replace(QStringLiteral(" * "), QStringLiteral(" \u00b7 "));
}

QString formulaText(const Formula& formula) {
    QString text;
    for (const Sentence& part : formula.parts()) {
        text += formulaPartText(part);
    }
    return text;
}

QString errorText(const Error& error) {
    return from(error.place()) + sentenceText(error.message);
}

} // namespace headroom::ui
