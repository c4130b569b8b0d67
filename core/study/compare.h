// SPDX-License-Identifier: GPL-3.0-or-later
// Designs side by side: structure, fields and figures, the same rows for the window and the CLI.
#pragma once

#include "core/study/figures.h"
#include "core/study/study.h"

#include <string>
#include <utility>
#include <vector>

namespace headroom {

/// One aspect of the designs' structure in words: "grouped-query, 64 : 4, heads of 128, QK-norm".
struct StructureRow {
    std::string id; ///< attention, feed_forward, routing, position, norm, embedding
    std::vector<std::string> values; ///< English text, one per design; empty: no structure
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
    std::vector<std::optional<double>> values; ///< nullopt: the design has an error
    std::vector<std::optional<double>>
        ratios; ///< to the first design; nullopt: 0 or no value there
};

struct Comparison {
    std::vector<StructureRow> structure;
    std::vector<FieldRow> fields; ///< those that apply to at least one design
    std::vector<FigureRow> figures;
};

Comparison compare(const StudyResult& result);

/// One sentence per aspect of a design's structure, in English and always in this order:
/// attention, feed_forward, routing, position, norm, embedding.
std::vector<std::pair<std::string, std::string>> describe_structure(const ModelSpec& spec);

} // namespace headroom
