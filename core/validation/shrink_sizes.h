// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes of a tiny design: proportional, whole, and valid for its family.
#pragma once

#include "core/config/families.h"
#include "core/config/model_config.h"
#include "core/validation/shrink.h"

#include <span>

namespace headroom {

/// Sets every size of `tiny`, which starts as a copy of `original` with `layers` chosen.
/// Returns the width's scale that was reached; adds to `fields` what was changed.
double scale_sizes(const ModelConfig& original, const Family& family, double scale,
                   std::int64_t context, std::span<const std::int64_t> layers, ModelConfig& tiny,
                   std::vector<ShrunkField>& fields);

} // namespace headroom
