// SPDX-License-Identifier: GPL-3.0-or-later
// Names of steps and the formulas that are made of them, word by word, so that a formula can be
// shown in any language.
#pragma once

#include "core/base/sentence.h"

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// A name as a sentence: from the table of names that are words, or as it stands.
[[nodiscard]] Sentence named(std::string_view name);

/// What a step is called: "q_proj", "one layer", "q_proj, layers 0-2".
class Symbol : public Sentence {
public:
    Symbol() = default;
    Symbol(Sentence sentence)
        : Sentence(std::move(sentence)) {}
    Symbol(std::string_view name)
        : Sentence(named(name)) {}
    Symbol(const std::string& name)
        : Symbol(std::string_view(name)) {}
    Symbol(const char* name)
        : Symbol(std::string_view(name)) {}
    friend bool operator==(const Symbol& a, const Symbol& b) {
        return static_cast<const Sentence&>(a) == static_cast<const Sentence&>(b);
    }
};

/// "2 * num_key_value_heads * (context + 1)": names, and the signs between them.
class Formula {
public:
    Formula() = default;
    /// Takes the text apart. Words with one space between them are one name: "bytes per number".
    Formula(std::string_view text);
    Formula(const std::string& text)
        : Formula(std::string_view(text)) {}
    Formula(const char* text)
        : Formula(std::string_view(text)) {}
    /// One name.
    Formula(const Symbol& symbol)
        : m_parts{symbol} {}

    [[nodiscard]] bool empty() const { return m_parts.empty(); }
    /// Names and signs in turn.
    [[nodiscard]] const std::vector<Sentence>& parts() const { return m_parts; }
    Formula& operator+=(const Formula& other);
    friend Formula operator+(Formula a, const Formula& b) {
        a += b;
        return a;
    }
    friend bool operator==(const Formula&, const Formula&) = default;

private:
    std::vector<Sentence> m_parts;
};

[[nodiscard]] std::string english(const Formula& formula);

} // namespace headroom
