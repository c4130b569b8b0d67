// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/scenario_findings.h"

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
    const std::string asked = std::to_string(tokens);
    const std::string most = std::to_string(positions);
    return {{Severity::Warning,
             "learned-positions",
             "max_position_embeddings",
             "The workload has " + asked + " tokens; the design has " + most +
                 " learned positions and cannot go beyond them.",
             {asked, most},
             {},
             {}}};
}

} // namespace headroom
