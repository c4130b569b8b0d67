// SPDX-License-Identifier: GPL-3.0-or-later
// The English that core/ speaks; used by core_text.cpp alone.
#pragma once

#include <span>

namespace headroom::ui {

/// Sentences of notes; %1, %2, ... stand for what changes.
std::span<const char* const> corePhrases();
/// Parts of errors: what was found, what was expected.
std::span<const char* const> coreErrorPhrases();
/// Whole messages of errors of a run on the engine.
std::span<const char* const> coreRunPhrases();
/// What `check` says of a row: clauses that "; " divides; items of their lists, which ", " divides;
/// and the sentences that the shipped tables print, word for word.
std::span<const char* const> coreClaimClauses();
std::span<const char* const> coreClaimItems();
std::span<const char* const> coreClaimQuotes();
/// Names of steps and words of formulas; longer templates first.
std::span<const char* const> coreWords();

} // namespace headroom::ui
