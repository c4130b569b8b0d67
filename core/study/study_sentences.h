// SPDX-License-Identifier: GPL-3.0-or-later
// Why a design has no figures.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto study_sentences = std::to_array<SentenceTemplate>({
    sentence("shipped-device", "a device that ships with Headroom"),
});

template <SentenceId Id>
inline constexpr Says<study_sentences, Id> study_says;

} // namespace headroom
