// SPDX-License-Identifier: GPL-3.0-or-later
// Search of a design space: the Pareto front of the designs that meet the constraints.
#pragma once

#include "core/base/expression.h"
#include "core/explore/design_space.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

struct Objective {
    std::string name; ///< a figure, a field, or an entry of the scenario
    bool minimize = true;
    friend bool operator==(const Objective&, const Objective&) = default;
};

struct SearchRequest {
    DesignSpace space;
    std::vector<Constraint> where;
    std::vector<Objective> objectives;
    std::vector<std::string> report; ///< figures to report besides the objectives
    std::uint64_t seed = 1;
    std::int64_t limit = 20000; ///< designs to look at, invalid ones included
};

struct FrontPoint {
    std::vector<FieldValue> fields;  ///< one per axis
    std::vector<FieldValue> figures; ///< objectives, then the reported figures
    std::vector<double> objectives;  ///< as numbers, one per objective
    std::int64_t index = 0;          ///< of the point in the space
};

struct SearchResult {
    std::int64_t space_size = 0;
    std::int64_t evaluated = 0;  ///< designs whose figures were computed
    std::int64_t infeasible = 0; ///< of these, how many break a constraint
    std::int64_t invalid = 0;    ///< points that are no design, or cannot be split so
    bool exhaustive = false;     ///< every point was looked at
    /// The non-dominated designs among those evaluated, exact, ties kept; sorted by the first
    /// objective, best first, then by the next ones.
    std::vector<FrontPoint> front;
};

/// Exhaustive when the space has at most `limit` points; otherwise half of the limit is drawn at
/// random and the rest refines the front by steps of one along each axis. The same request gives
/// the same result on every machine. Errors: an unknown name, an objective that is no number.
Result<SearchResult> search(const SearchRequest& request);

} // namespace headroom
