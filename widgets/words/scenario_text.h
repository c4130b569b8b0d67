// SPDX-License-Identifier: GPL-3.0-or-later
// Words for the fields of a scenario, under the ids of core/accounting/scenario_fields.h.
#pragma once

#include <QString>

#include <string_view>

namespace headroom::ui {

/// "Batch" for batch; empty for a field without a word of its own.
[[nodiscard]] QString scenarioLabel(std::string_view id);

/// One line on what the field means, for its tooltip; empty as above.
[[nodiscard]] QString scenarioHint(std::string_view id);

} // namespace headroom::ui
