// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/core_text.h"

#include "widgets/words/core_phrases.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>

#include <optional>
#include <vector>

namespace headroom::ui {

namespace {

QString from(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// One template and what finds it: "%1" stands for as little as makes the rest fit.
class Phrase {
public:
    Phrase(const char* source, bool whole, const QString& any = QStringLiteral("(.+?)"))
        : m_source(source) {
        static const QRegularExpression argument(QStringLiteral("%([1-9])"));
        const QString text = QString::fromUtf8(source);
        QString pattern = QStringLiteral("\\A");
        qsizetype at = 0;
        for (auto it = argument.globalMatch(text); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            pattern += QRegularExpression::escape(text.mid(at, match.capturedStart() - at));
            pattern += any;
            m_order.push_back(match.captured(1).toInt());
            at = match.capturedEnd();
        }
        pattern += QRegularExpression::escape(text.mid(at));
        pattern += whole ? QStringLiteral("\\z") : QStringLiteral("(?= |\\z)");
        m_pattern.setPattern(pattern);
        m_pattern.optimize();
    }

    struct Match {
        QString translated;
        qsizetype length = 0;
    };

    /// `argument` says an argument in the window's language.
    template <class Argument>
    [[nodiscard]] std::optional<Match> find(const QString& text, Argument&& argument) const {
        const QRegularExpressionMatch match = m_pattern.match(text);
        if (!match.hasMatch()) {
            return std::nullopt;
        }
        QString translated = QCoreApplication::translate("Core", m_source);
        for (std::size_t i = m_order.size(); i > 0; --i) {
            translated.replace(u'%' + QString::number(m_order[i - 1]),
                               argument(match.captured(static_cast<int>(i))));
        }
        return Match{translated, match.capturedEnd()};
    }

private:
    const char* m_source;
    std::vector<int> m_order;
    QRegularExpression m_pattern;
};

std::vector<Phrase> compiled(std::span<const char* const> sources, bool whole) {
    std::vector<Phrase> phrases;
    for (const char* source : sources) {
        phrases.emplace_back(source, whole);
    }
    return phrases;
}

const std::vector<Phrase>& sentences() {
    static const std::vector<Phrase> list = compiled(corePhrases(), false);
    return list;
}

const std::vector<Phrase>& errorParts() {
    static const std::vector<Phrase> list = compiled(coreErrorPhrases(), true);
    return list;
}

/// Names that hold the name of another step or a range of layers; the others are looked up whole.
const std::vector<Phrase>& wordTemplates() {
    static const std::vector<Phrase> list = [] {
        std::vector<const char*> sources;
        for (const char* source : coreWords()) {
            if (QLatin1String(source).contains(QLatin1Char('%'))) {
                sources.push_back(source);
            }
        }
        return compiled(sources, true);
    }();
    return list;
}

const QHash<QString, const char*>& plainWords() {
    static const QHash<QString, const char*> list = [] {
        QHash<QString, const char*> hash;
        for (const char* source : coreWords()) {
            hash.insert(QString::fromUtf8(source), source);
        }
        return hash;
    }();
    return list;
}

QString same(const QString& text) {
    return text;
}

/// A translation sets figures and names off by spaces; between its own words there are none.
QString closed(QString translated) {
    static const QRegularExpression gap(QStringLiteral("(?<=\\p{Han}) (?=\\p{Han})"));
    return translated.remove(gap);
}

/// A part of an error, and its own parts.
std::optional<QString> errorPart(const QString& text) {
    for (const Phrase& phrase : errorParts()) {
        const auto match =
            phrase.find(text, [](const QString& part) { return errorPart(part).value_or(part); });
        if (match) {
            return match->translated;
        }
    }
    static const QRegularExpression names(QStringLiteral("\\A[\\w.]+(?:, [\\w.]+)+\\z"));
    if (names.match(text).hasMatch()) {
        return QString(text).replace(QLatin1String(", "),
                                     QCoreApplication::translate("Core", ", ", "between names"));
    }
    return std::nullopt;
}

/// "FILE: TENSOR: MESSAGE" of a run on the engine, or the message alone.
std::optional<QString> runErrorText(const QString& text) {
    static const std::vector<Phrase> phrases = compiled(coreRunPhrases(), true);
    qsizetype at = 0;
    do {
        for (const Phrase& phrase : phrases) {
            if (const auto match = phrase.find(text.mid(at), same)) {
                return text.left(at) + closed(match->translated);
            }
        }
        const qsizetype colon = text.indexOf(QLatin1String(": "), at);
        at = colon < 0 ? -1 : colon + 2;
    } while (at >= 0);
    return std::nullopt;
}

/// "FILE: FIELD: found X, expected Y"
std::optional<QString> errorText(const QString& text) {
    if (const auto run = runErrorText(text)) {
        return run;
    }
    const qsizetype found = text.lastIndexOf(QLatin1String("found "));
    if (found < 0 || (found > 0 && !text.left(found).endsWith(QLatin1String(": ")))) {
        return std::nullopt;
    }
    const auto said = errorPart(text.mid(found));
    if (!said) {
        return std::nullopt;
    }
    return text.left(found) + closed(*said);
}

struct Said {
    QString text;
    bool complete = true;
};

Said say(const QString& english) {
    if (const auto error = errorText(english)) {
        return {*error};
    }
    Said said;
    QString rest = english;
    while (!rest.isEmpty()) {
        std::optional<Phrase::Match> match;
        for (const Phrase& phrase : sentences()) {
            match = phrase.find(rest, same);
            if (match) {
                break;
            }
        }
        const bool first = said.text.isEmpty();
        if (!match) {
            said.text += (first ? QString() : QStringLiteral(" ")) + rest;
            said.complete = false;
            break;
        }
        // Chinese sets no space between sentences.
        const bool spaced = !first && !said.text.endsWith(QChar(0x3002));
        said.text += (spaced ? QStringLiteral(" ") : QString()) + match->translated;
        rest = rest.mid(match->length).trimmed();
    }
    return said;
}

// --- claims
// ---------------------------------------------------------------------------------------

const QHash<QString, const char*>& quotes() {
    static const QHash<QString, const char*> list = [] {
        QHash<QString, const char*> hash;
        for (const char* source : coreClaimQuotes()) {
            hash.insert(QString::fromUtf8(source), source);
        }
        return hash;
    }();
    return list;
}

const std::vector<Phrase>& clauses() {
    static const std::vector<Phrase> list = compiled(coreClaimClauses(), true);
    return list;
}

const std::vector<Phrase>& items() {
    static const std::vector<Phrase> list = [] {
        std::vector<Phrase> phrases;
        for (const char* source : coreClaimItems()) {
            phrases.emplace_back(source, true, QStringLiteral("([^,]+?)"));
        }
        return phrases;
    }();
    return list;
}

/// A figure as the language writes it; a name, a field with its value, a formula as they are.
Said sayName(const QString& text) {
    static const QRegularExpression longNumber(QStringLiteral("\\A[0-9]{4,18}\\z"));
    static const QRegularExpression words(QStringLiteral("(?<![\\w.-])[a-z]+ [a-z]+(?![\\w-])"));
    if (longNumber.match(text).hasMatch()) {
        return {QLocale().toString(text.toLongLong())};
    }
    return {text, !words.match(text).hasMatch()};
}

template <class SayPart>
Said sayParts(const QString& text, QLatin1String divider, const QString& shownDivider,
              SayPart&& sayPart) {
    Said all;
    const QStringList parts = text.split(divider);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const Said part = sayPart(parts[i]);
        all.text += (i > 0 ? shownDivider : QString()) + part.text;
        all.complete = all.complete && part.complete;
    }
    return all;
}

Said sayItem(const QString& text) {
    for (const Phrase& phrase : items()) {
        Said said;
        const auto match = phrase.find(text, [&](const QString& part) {
            const Said name = sayName(part);
            said.complete = said.complete && name.complete;
            return name.text;
        });
        if (match && said.complete) {
            return {match->translated};
        }
    }
    return sayName(text);
}

Said sayList(const QString& text) {
    if (const auto error = errorText(text)) {
        return {*error};
    }
    //: Between the items of a list in a sentence.
    const QString comma = QCoreApplication::translate("Core", ", ");
    return sayParts(text, QLatin1String(", "), comma, sayItem);
}

Said sayClause(const QString& text) {
    for (const Phrase& phrase : clauses()) {
        Said said;
        const auto match = phrase.find(text, [&](const QString& part) {
            const Said argument = sayList(part);
            said.complete = said.complete && argument.complete;
            return argument.text;
        });
        if (match) {
            said.text = closed(match->translated);
            return said;
        }
    }
    return sayList(text);
}

Said sayClaim(const QString& english) {
    //: Between the clauses of a sentence.
    const QString semicolon = QCoreApplication::translate("Core", "; ");
    if (semicolon == QLatin1String("; ")) {
        return {english}; // the window speaks English
    }
    if (const char* source = quotes().value(english)) {
        return {QCoreApplication::translate("Core", source)};
    }
    return sayParts(english, QLatin1String("; "), semicolon, sayClause);
}

std::optional<QString> word(const QString& text) {
    if (const char* source = plainWords().value(text)) {
        return QCoreApplication::translate("Core", source);
    }
    if (!text.contains(QLatin1String("layer"))) { // trees of hundreds of names are shown at once
        return std::nullopt;
    }
    for (const Phrase& phrase : wordTemplates()) {
        const auto match =
            phrase.find(text, [](const QString& part) { return word(part).value_or(part); });
        if (match) {
            return match->translated;
        }
    }
    return std::nullopt;
}

} // namespace

QString coreText(std::string_view english) {
    return say(from(english)).text;
}

QString coreClaim(std::string_view english) {
    return sayClaim(from(english)).text;
}

QString coreQuote(std::string_view printed) {
    const QString text = from(printed);
    const Said said = sayClaim(text);
    return said.complete ? said.text : text;
}

QString coreSymbol(std::string_view symbol) {
    const QString text = from(symbol);
    return word(text).value_or(text);
}

QString coreUnit(std::string_view unit) {
    return coreSymbol(unit);
}

QString coreFormula(std::string_view formula) {
    // Words with spaces between them, between the signs of a formula.
    static const QRegularExpression term(QStringLiteral("[A-Za-z][A-Za-z_.]*(?: [A-Za-z_.]+)*"));
    const QString text = from(formula);
    QString shown;
    qsizetype at = 0;
    for (auto it = term.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        shown += text.mid(at, match.capturedStart() - at) +
                 word(match.captured()).value_or(match.captured());
        at = match.capturedEnd();
    }
    shown += text.mid(at);
    shown.replace(QStringLiteral(" * "), QStringLiteral(" \u00b7 "));
    return shown;
}

bool knowsCoreText(std::string_view english) {
    return say(from(english)).complete;
}

bool knowsCoreSymbol(std::string_view symbol) {
    // Names without a space are those of tensors, fields and operators, the same in any language.
    static const QRegularExpression name(QStringLiteral("\\A[A-Za-z0-9_.]+\\z"));
    static const QRegularExpression formula(QStringLiteral("\\A[A-Z0-9](?: [*+/-] [A-Z0-9])*\\z"));
    const QString text = from(symbol);
    return word(text).has_value() || name.match(text).hasMatch() || formula.match(text).hasMatch();
}

} // namespace headroom::ui
