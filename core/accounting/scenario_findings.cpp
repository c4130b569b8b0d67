// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/scenario_findings.h"

#include "core/accounting/accounting_sentences.h"

#include <algorithm>
#include <string>

namespace headroom {

std::vector<Finding> scenario_findings(const ModelSpec& spec, const Workload& workload) {
    const std::int64_t positions = spec.learned_positions;
    const std::int64_t tokens =
        spec.is_encoder ? workload.prompt : std::max(workload.prompt, workload.context);
    if (positions == 0 || tokens <= positions) {
        return {};
    }
    return {{Severity::Warning,
             "learned-positions",
             "max_position_embeddings",
             accounting_says<"learned-positions">(tokens, positions),
             {},
             {}}};
}

} // namespace headroom
