// SPDX-License-Identifier: GPL-3.0-or-later
// Designs side by side: structure, fields and figures, the same rows for the window and the CLI.
#pragma once

#include "core/analysis/figures.h"
#include "core/analysis/study.h"

#include <string>
#include <vector>

namespace headroom {

/// One line of the structure part, as codes that the view turns into words:
/// "grouped-query;heads=64;kv_heads=4;qk_norm=per-head".
struct StructureRow {
    std::string id; ///< attention, feed_forward, routing, position, norm, embedding
    std::vector<std::string> values; ///< English text, one per design
    bool differs = false;
};

struct FieldRow {
    std::string field;                              ///< canonical Hugging Face name
    std::vector<std::optional<std::string>> values; ///< locale-free text; nullopt: does not apply
    std::vector<std::optional<double>> numbers;     ///< for bars and ratios, where numeric
    bool differs = false;
};

struct FigureRow {
    const Figure* figure = nullptr;
    std::vector<std::optional<double>> values;
    std::vector<std::optional<double>> ratios; ///< to the first design
};

struct Comparison {
    std::vector<StructureRow> structure;
    std::vector<FieldRow> fields;
    std::vector<FigureRow> figures;
};

Comparison compare(const StudyResult& result);

/// One sentence per aspect of a design's structure, in English: attention, feed_forward, routing,
/// position, norm.
std::vector<std::pair<std::string, std::string>> describe_structure(const ModelSpec& spec);

} // namespace headroom
