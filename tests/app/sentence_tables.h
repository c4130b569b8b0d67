// SPDX-License-Identifier: GPL-3.0-or-later
// Every table of sentences that core has; tst_translations.cpp watches that none is missing.
#pragma once

#include "core/accounting/accounting_sentences.h"
#include "core/base/base_sentences.h"
#include "core/claims/claims_sentences.h"
#include "core/config/config_sentences.h"
#include "core/engine/engine_sentences.h"
#include "core/estimate/estimate_sentences.h"
#include "core/explain/explain_sentences.h"
#include "core/explore/explore_sentences.h"
#include "core/study/study_sentences.h"
#include "core/this_computer/computer_sentences.h"
#include "core/validation/validation_sentences.h"

#include <span>
#include <vector>

namespace headroom {

struct SentenceTable {
    const char* name; ///< of its file
    std::span<const SentenceTemplate> rows;
};

inline std::vector<SentenceTable> sentenceTables() {
    return {{"accounting_sentences", accounting_sentences},
            {"base_sentences", base_sentences},
            {"claims_sentences", claims_sentences},
            {"computer_sentences", computer_sentences},
            {"config_sentences", config_sentences},
            {"engine_sentences", engine_sentences},
            {"estimate_sentences", estimate_sentences},
            {"explain_sentences", explain_sentences},
            {"explain_sentences", name_sentences},
            {"explore_sentences", explore_sentences},
            {"study_sentences", study_sentences},
            {"validation_sentences", validation_sentences}};
}

} // namespace headroom
