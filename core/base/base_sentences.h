// SPDX-License-Identifier: GPL-3.0-or-later
// What errors of every room say: what was found, and what was expected instead.
#pragma once

#include "core/base/sentence.h"

#include <array>

namespace headroom {

inline constexpr auto base_sentences = std::to_array<SentenceTemplate>({
    sentence("found", "found {found}, expected {expected}"),
    sentence("cancelled", "was cancelled"),

    // What is found.
    sentence("nothing", "nothing"),
    sentence("none", "none"),
    sentence("null", "null"),
    sentence("zero", "zero"),
    sentence("no-json-object", "no JSON object"),
    sentence("no-object", "no object"),
    sentence("no-list", "no list"),
    sentence("no-text", "no text"),
    sentence("list-of", "a list of {count}"),
    sentence("beyond-64-bits", "more than 2^63 - 1"),
    sentence("entries", "{count} entries"),
    sentence("unknown-field", "an unknown field"),
    sentence("no-readable-file", "no readable file"),

    // What is expected.
    sentence("integer", "an integer"),
    sentence("integer-from-to", "an integer from {least} to {most}"),
    sentence("integer-from", "an integer from {least}"),
    sentence("positive-integer", "a positive integer"),
    sentence("whole-number", "a whole number"),
    sentence("number", "a number"),
    sentence("number-from-to", "a number from {least} to {most}"),
    sentence("number-from", "a number from {least}"),
    sentence("number-at-least", "a number of at least {least}"),
    sentence("positive-number", "a positive number"),
    sentence("number-or-text", "a number or a text"),
    sentence("true-or-false", "true or false"),
    sentence("text", "a text"),
    sentence("plain-text", "text"),
    sentence("list", "a list"),
    sentence("list-of-numbers", "a list of numbers"),
    sentence("list-of-integers", "a list of integers"),
    sentence("list-of-texts", "a list of texts"),
    sentence("object", "an object"),
    sentence("object-or-null", "an object or null"),
    sentence("null-or", "null or {other}"),
    sentence("either", "{first} or {second}"),
    sentence("one-of", "one of {names}"),
    sentence("from-to", "{least} to {most}"),
    sentence("at-least", "at least {least}"),
    sentence("at-most", "at most {most}"),
    sentence("at-most-field", "at most {field} {most}"),
    sentence("at-least-one", "at least one"),
    sentence("divisor-of-field", "a divisor of {field} {value}"),
    sentence("count-of-64-bits", "a count of 64 bits"),
    sentence("counts-of-64-bits", "counts of 64 bits"),

    // Expressions.
    sentence("expression-too-long", "found an expression longer than {most} characters"),
    sentence("found-at-column",
             "found {found} at column {column} of \"{text}\", expected {expected}"),
    sentence("end", "the end"),
    sentence("operator", "an operator"),
    sentence("operand", "a number, a name or \"(\""),
    sentence("unit-after-number", "{units} or {last} after a number"),
    sentence("comparison", "a comparison with <=, >=, <, > or =="),
});

template <SentenceId Id>
inline constexpr Says<base_sentences, Id> base_says;

/// "found FOUND, expected EXPECTED".
[[nodiscard]] inline Sentence found_expected(Argument found, Argument expected) {
    return base_says<"found">(std::move(found), std::move(expected));
}

} // namespace headroom
