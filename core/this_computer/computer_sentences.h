// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a profile of this computer.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto computer_sentences = std::to_array<SentenceTemplate>({
    sentence("cannot-be-read", "cannot be read"),
    sentence("cannot-be-written", "cannot be written"),
    sentence("cannot-be-written-because", "cannot be written: {reason}"),
    sentence("computer-profile", "a profile of this computer"),
    sentence("list-of-points", "a list of points"),
    sentence("points-in-fp32", "points in fp32"),
    sentence("processor", "{processor} with {threads} threads"),
    sentence("processor-alone", "{processor} with {threads}"),
});

template <SentenceId Id>
inline constexpr Says<computer_sentences, Id> computer_says;

} // namespace headroom
