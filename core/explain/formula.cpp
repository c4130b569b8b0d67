// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/formula.h"

#include "core/explain/explain_sentences.h"

#include <algorithm>

namespace headroom {
namespace {

bool begins_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_of_name(char c) {
    return begins_name(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// Where the name that begins at `at` ends.
std::size_t name_end(std::string_view text, std::size_t at) {
    while (at < text.size() && (is_of_name(text[at]) || (text[at] == ' ' && at + 1 < text.size() &&
                                                         begins_name(text[at + 1])))) {
        ++at;
    }
    return at;
}

} // namespace

Sentence named(std::string_view name) {
    if (name.empty()) {
        return {};
    }
    const auto* const row =
        std::find_if(name_sentences.begin(), name_sentences.end(),
                     [&](const SentenceTemplate& known) { return known.id == name; });
    return row == name_sentences.end() ? Sentence::verbatim(std::string(name)) : Sentence(*row, {});
}

Formula::Formula(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        if (begins_name(text[at])) {
            end = name_end(text, at);
            m_parts.push_back(named(text.substr(at, end - at)));
        } else {
            while (end < text.size() && !begins_name(text[end])) {
                ++end;
            }
            m_parts.push_back(Sentence::verbatim(std::string(text.substr(at, end - at))));
        }
        at = end;
    }
}

Formula& Formula::operator+=(const Formula& other) {
    m_parts.insert(m_parts.end(), other.m_parts.begin(), other.m_parts.end());
    return *this;
}

std::string english(const Formula& formula) {
    std::string text;
    for (const Sentence& part : formula.parts()) {
        text += english(part);
    }
    return text;
}

} // namespace headroom
