// SPDX-License-Identifier: GPL-3.0-or-later
// Sentence: what core says, as a value. It holds which sentence of a table is meant and what stands
// in its gaps, so that English (here) and the window's language are both written from the same
// facts and neither is read from the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace headroom {

struct Argument;

/// One row of a table: {name} in the English stands for an argument. Arguments come in the order in
/// which the English names them; a translation names them in its own.
struct SentenceTemplate {
    std::string_view id;
    std::string_view english;
};

/// The name of the placeholder that begins at `at`, without braces.
constexpr std::string_view placeholder_at(std::string_view text, std::size_t at) {
    return text.substr(at + 1, text.find('}', at) - at - 1);
}

/// How many arguments a template takes. A template whose braces do not match, or that names an
/// argument twice, is no constant.
constexpr std::size_t placeholder_count(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
        const std::string_view name = placeholder_at(text, at);
        if (text.find('}', at) == text.npos || name.empty() || name.find('{') != name.npos) {
            throw "a placeholder is {name}";
        }
        for (std::size_t other = text.find('{'); other != at; other = text.find('{', other + 1)) {
            if (placeholder_at(text, other) == name) {
                throw "each argument is named once";
            }
        }
        ++count;
    }
    return count;
}

/// A row for a table. scripts/update-translations.sh finds the rows by this function's name.
consteval SentenceTemplate sentence(std::string_view id, std::string_view english) {
    (void)placeholder_count(english);
    return {id, english};
}

/// A sentence and its arguments; mostly made through a room's table: config_says<"positive">().
class Sentence {
public:
    /// Says nothing.
    Sentence() = default;
    Sentence(const SentenceTemplate& row, std::vector<Argument> arguments);

    /// Text that is in no table: a name, a symbol, what another program says.
    [[nodiscard]] static Sentence verbatim(std::string text);
    /// What somebody else printed.
    [[nodiscard]] static Sentence quoted(std::string text);

    [[nodiscard]] bool empty() const { return m_row == nullptr; }
    [[nodiscard]] std::string_view id() const;
    /// Its English with placeholders; what translations are found by.
    [[nodiscard]] std::string_view pattern() const;
    [[nodiscard]] const std::vector<Argument>& arguments() const { return m_arguments; }

    friend bool operator==(const Sentence& a, const Sentence& b);

private:
    const SentenceTemplate* m_row = nullptr; ///< in a table, so it outlives the sentence
    std::vector<Argument> m_arguments;
};

/// A number with decimals.
struct Real {
    enum class Style {
        Fixed,       ///< `digits` after the point
        Significant, ///< up to `digits` in all, no trailing zeros
        Shortest     ///< as many as it takes to read the same number again
    };
    double value = 0;
    int digits = 0;
    Style style = Style::Fixed;
    friend bool operator==(const Real&, const Real&) = default;
};

constexpr Real fixed(double value, int digits) {
    return {value, digits, Real::Style::Fixed};
}
constexpr Real significant(double value, int digits) {
    return {value, digits, Real::Style::Significant};
}
constexpr Real shortest(double value) {
    return {value, 0, Real::Style::Shortest};
}

/// A whole number whose digits English groups, too: 1,234.
struct Grouped {
    std::int64_t value = 0;
    friend bool operator==(const Grouped&, const Grouped&) = default;
};

/// Words that somebody else printed, as they stand in a table that is checked.
struct Quote {
    std::string text;
    friend bool operator==(const Quote&, const Quote&) = default;
};

/// Names of fields, families, tensors.
struct Names {
    std::vector<std::string> names;
    friend bool operator==(const Names&, const Names&) = default;
};

/// How the sentences of a list follow each other.
enum class Join {
    Comma,     ///< items: "a, b"
    Semicolon, ///< clauses: "a; b"
    Space,     ///< whole sentences: "A. B."
    Nothing    ///< pieces of a formula
};

struct SentenceList {
    Join join = Join::Comma;
    std::vector<Sentence> items;
    friend bool operator==(const SentenceList& a, const SentenceList& b);
};

/// What stands for a placeholder.
struct Argument {
    std::variant<std::int64_t, Grouped, Real, std::string, Quote, Names, SentenceList> value;

    template <class Integer>
    requires std::is_integral_v<Integer> &&(!std::is_same_v<Integer, bool>)Argument(Integer number)
        : value(static_cast<std::int64_t>(number)) {}
    Argument(Real number)
        : value(number) {}
    Argument(Grouped number)
        : value(number) {}
    Argument(std::string name)
        : value(std::move(name)) {}
    Argument(std::string_view name)
        : value(std::string(name)) {}
    Argument(const char* name)
        : value(std::string(name)) {}
    Argument(Quote quote)
        : value(std::move(quote)) {}
    Argument(Names names)
        : value(std::move(names)) {}
    Argument(Sentence part)
        : value(SentenceList{Join::Comma, {std::move(part)}}) {}
    Argument(SentenceList parts)
        : value(std::move(parts)) {}

    friend bool operator==(const Argument&, const Argument&) = default;
};

/// The argument that the English calls `name`, of the sentence itself or else of one within it;
/// null where none is called so.
[[nodiscard]] const Argument* find_argument(const Sentence& sentence, std::string_view name);

/// Several sentences as one.
[[nodiscard]] Sentence joined(Join join, std::vector<Sentence> parts);

/// What core, the command line and files say; the locale has no part in it.
[[nodiscard]] std::string english(const Sentence& sentence);
[[nodiscard]] std::string english(const Argument& argument);

/// An id as a template argument.
template <std::size_t N>
struct SentenceId {
    consteval SentenceId(const char (&text)[N]) { std::copy_n(text, N, letters); }
    [[nodiscard]] constexpr std::string_view view() const { return {letters, N - 1}; }
    char letters[N] = {};
};

/// The row of a table; an id that it does not have does not compile.
template <class Table>
consteval const SentenceTemplate& find_sentence(const Table& table, std::string_view id) {
    for (const SentenceTemplate& row : table) {
        if (row.id == id) {
            return row;
        }
    }
    throw "the table has no sentence of this id";
}

/// Makes one sentence of a table from its arguments. A room that says something has a table and a
/// variable template over it:
///   template <SentenceId Id> inline constexpr Says<config_sentences, Id> config_says;
template <const auto& Table, SentenceId Id>
struct Says {
    static constexpr const SentenceTemplate& row = find_sentence(Table, Id.view());

    template <class... Arguments>
    [[nodiscard]] Sentence operator()(Arguments&&... arguments) const {
        static_assert(sizeof...(Arguments) == placeholder_count(row.english),
                      "one argument for each placeholder");
        std::vector<Argument> list;
        list.reserve(sizeof...(Arguments));
        (list.emplace_back(std::forward<Arguments>(arguments)), ...);
        return {row, std::move(list)};
    }
};

} // namespace headroom
