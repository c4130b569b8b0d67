// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence over a comparison.
#pragma once

#include "core/study/study.h"

#include <QString>

namespace headroom::ui {

/// "DeepSeek-V3 stores 2.9× the weights and 0.37× the cache of Qwen3-235B-A22B".
[[nodiscard]] QString compareHeadline(const StudyResult& result);

} // namespace headroom::ui
