// SPDX-License-Identifier: GPL-3.0-or-later
// What the core says, in the window's language: its sentences are translated by their patterns, and
// the figures in them are written as the locale writes them.
#pragma once

#include "core/base/result.h"
#include "core/explain/formula.h"

#include <QString>

namespace headroom::ui {

[[nodiscard]] QString sentenceText(const Sentence& sentence);
[[nodiscard]] QString argumentText(const Argument& argument);

/// "FILE: PATH: MESSAGE", as Error::text().
[[nodiscard]] QString errorText(const Error& error);

/// A formula, its words translated and its signs as people write them.
[[nodiscard]] QString formulaText(const Formula& formula);
[[nodiscard]] QString formulaPartText(const Sentence& part);

/// What somebody else printed: the words of the shipped tables are translated, all others stay.
[[nodiscard]] QString quoteText(const std::string& printed);

/// `pattern` with `text(name)` in the place of each {name}. Chinese words that meet close up.
template <class Text>
[[nodiscard]] QString filled(const QString& pattern, Text&& text);

/// `text` at the end of `out`; a space between two Chinese characters goes.
void appendClosed(QString& out, const QString& text);

template <class Text>
QString filled(const QString& pattern, Text&& text) {
    QString out;
    qsizetype at = 0;
    for (qsizetype open = pattern.indexOf(u'{'); open >= 0; open = pattern.indexOf(u'{', at)) {
        const qsizetype close = pattern.indexOf(u'}', open);
        appendClosed(out, pattern.mid(at, open - at));
        appendClosed(out, text(pattern.mid(open + 1, close - open - 1)));
        at = close + 1;
    }
    appendClosed(out, pattern.mid(at));
    return out;
}

} // namespace headroom::ui
