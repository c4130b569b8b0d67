// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with an axis, an objective or the space they span.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto explore_sentences = std::to_array<SentenceTemplate>({
    sentence("range", "a range a:b, a:b:step or a:b:*factor of whole numbers with a <= b"),
    sentence("range-of-at-most", "a range of at most {most} values"),
    sentence("axis", "FIELD=a:b[:step] or FIELD=v1,v2,..."),
    sentence("field-or-entry", "a configuration field or an entry of the scenario"),
    sentence("field-or-one-of", "a configuration field, or one of {names}"),
    sentence("figure-or-one-of", "a field or one of {names}"),
    sentence("no-number", "a value that is no number"),
    sentence("no-objective", "no objective"),
    sentence("space-beyond", "a space of more than 2^63 points"),
    sentence("fewer", "fewer"),
    sentence("points", "{points} points"),
});

template <SentenceId Id>
inline constexpr Says<explore_sentences, Id> explore_says;

} // namespace headroom
