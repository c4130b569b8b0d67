// SPDX-License-Identifier: GPL-3.0-or-later
// What a workload asks of a design that it cannot do.
#pragma once

#include "core/accounting/scenario.h"
#include "core/config/expand.h"

#include <vector>

namespace headroom {

/// A warning where a prompt or a context has more tokens than the table of learned positions has
/// rows (GPT-2, BERT): beyond them there is no embedding to add. Rotary positions have no such end.
std::vector<Finding> scenario_findings(const ModelSpec& spec, const Workload& workload);

} // namespace headroom
