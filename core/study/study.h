// SPDX-License-Identifier: GPL-3.0-or-later
// A study: up to four designs in one scenario, and the immutable result that every view draws.
#pragma once

#include "core/config/expand.h"
#include "core/study/analysis.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

inline constexpr std::size_t max_designs = 4;

/// One design as the user edits it.
struct Design {
    std::string name;   ///< "Qwen3-235B-A22B"
    std::string preset; ///< id of the preset it started from; empty: an opened file
    ModelConfig config;
    friend bool operator==(const Design&, const Design&) = default;
};

struct Study {
    std::vector<Design> designs; ///< A, B, C, D
    Scenario scenario;
    friend bool operator==(const Study&, const Study&) = default;
};

/// What became of one design. Without errors `spec` and `analysis` are present; a design with an
/// error keeps its findings and says in `error` why it has no figures.
struct DesignResult {
    std::vector<Finding> findings;
    std::optional<ModelSpec> spec;
    std::optional<Analysis> analysis;
    std::optional<Error> error;
};

struct StudyResult {
    std::uint64_t revision = 0;
    Study study;
    DeviceProfile device;
    std::vector<DesignResult> results; ///< one per design
};

/// Evaluates every design. Never fails as a whole: an unknown device leaves every design in error.
std::shared_ptr<const StudyResult> evaluate(Study study, std::uint64_t revision);

/// The default study: Qwen3-235B-A22B against DeepSeek-V3 on 8 x H200, fp8 weights.
Study default_study();

} // namespace headroom
