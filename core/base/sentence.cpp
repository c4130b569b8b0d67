// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sentence.h"

#include "core/base/number_text.h"
#include "core/base/overloaded.h"

#include <array>
#include <charconv>
#include <cmath>

namespace headroom {
namespace {

constexpr SentenceTemplate verbatim_row{"verbatim", "{text}"};
constexpr SentenceTemplate joined_row{"joined", "{parts}"};

std::string real_text(const Real& number) {
    std::array<char, 400> buffer{};
    char* const first = buffer.data();
    char* const last = first + buffer.size();
    std::to_chars_result written{};
    switch (number.style) {
    case Real::Style::Fixed:
        written = std::to_chars(first, last, number.value, std::chars_format::fixed, number.digits);
        break;
    case Real::Style::Significant:
        written =
            std::to_chars(first, last, number.value, std::chars_format::general, number.digits);
        break;
    case Real::Style::Shortest:
        if (std::floor(number.value) == number.value && std::abs(number.value) < 1e15) {
            return std::to_string(static_cast<std::int64_t>(number.value)); // 1000000, not 1e+06
        }
        written = std::to_chars(first, last, number.value);
        break;
    }
    return {first, written.ptr};
}

const char* separator(Join join) {
    switch (join) {
    case Join::Comma:
        return ", ";
    case Join::Semicolon:
        return "; ";
    case Join::Space:
        return " ";
    case Join::Nothing:
        return "";
    }
    return "";
}

void append(std::string& out, const Sentence& sentence);

void append(std::string& out, const Argument& argument) {
    std::visit(Overloaded{
                   [&](std::int64_t number) { out += std::to_string(number); },
                   [&](const Grouped& number) { out += grouped_text(number.value); },
                   [&](const Real& number) { out += real_text(number); },
                   [&](const std::string& name) { out += name; },
                   [&](const Quote& quote) { out += quote.text; },
                   [&](const Names& list) {
                       for (std::size_t i = 0; i < list.names.size(); ++i) {
                           out += (i > 0 ? ", " : "") + list.names[i];
                       }
                   },
                   [&](const SentenceList& list) {
                       for (std::size_t i = 0; i < list.items.size(); ++i) {
                           out += i > 0 ? separator(list.join) : "";
                           append(out, list.items[i]);
                       }
                   },
               },
               argument.value);
}

void append(std::string& out, const Sentence& sentence) {
    const std::string_view pattern = sentence.pattern();
    std::size_t at = 0;
    for (const Argument& argument : sentence.arguments()) {
        const std::size_t open = pattern.find('{', at);
        out += pattern.substr(at, open - at);
        append(out, argument);
        at = pattern.find('}', open) + 1;
    }
    out += pattern.substr(at);
}

} // namespace

Sentence::Sentence(const SentenceTemplate& row, std::vector<Argument> arguments)
    : m_row(&row)
    , m_arguments(std::move(arguments)) {}

Sentence Sentence::verbatim(std::string text) {
    return {verbatim_row, {Argument(std::move(text))}};
}

std::string_view Sentence::id() const {
    return m_row == nullptr ? std::string_view() : m_row->id;
}

std::string_view Sentence::pattern() const {
    return m_row == nullptr ? std::string_view() : m_row->english;
}

bool operator==(const Sentence& a, const Sentence& b) {
    return a.m_row == b.m_row && a.m_arguments == b.m_arguments;
}

bool operator==(const SentenceList& a, const SentenceList& b) {
    return a.join == b.join && a.items == b.items;
}

Sentence Sentence::quoted(std::string text) {
    return {verbatim_row, {Argument(Quote{std::move(text)})}};
}

const Argument* find_argument(const Sentence& sentence, std::string_view name) {
    const std::string_view pattern = sentence.pattern();
    std::size_t open = pattern.find('{');
    for (const Argument& argument : sentence.arguments()) {
        if (placeholder_at(pattern, open) == name) {
            return &argument;
        }
        open = pattern.find('{', open + 1);
    }
    for (const Argument& argument : sentence.arguments()) {
        if (const auto* parts = std::get_if<SentenceList>(&argument.value)) {
            for (const Sentence& part : parts->items) {
                if (const Argument* inner = find_argument(part, name)) {
                    return inner;
                }
            }
        }
    }
    return nullptr;
}

Sentence joined(Join join, std::vector<Sentence> parts) {
    return {joined_row, {Argument(SentenceList{join, std::move(parts)})}};
}

std::string english(const Sentence& sentence) {
    std::string out;
    append(out, sentence);
    return out;
}

std::string english(const Argument& argument) {
    std::string out;
    append(out, argument);
    return out;
}

} // namespace headroom
