// SPDX-License-Identifier: GPL-3.0-or-later
// The English that core/ speaks; used by core_text.cpp alone.
#pragma once

#include <span>

namespace headroom::ui {

/// Sentences of notes; %1, %2, ... stand for what changes.
std::span<const char* const> corePhrases();
/// Parts of errors: what was found, what was expected.
std::span<const char* const> coreErrorPhrases();
/// Names of steps and words of formulas; longer templates first.
std::span<const char* const> coreWords();

} // namespace headroom::ui
