// SPDX-License-Identifier: GPL-3.0-or-later
// The named figures of a design: one list for the headline, Compare, sweeps, search and the CLI.
#pragma once

#include "core/study/analysis.h"

#include <span>
#include <string_view>

namespace headroom {

enum class FigureUnit { Count, Bytes, Flops, Milliseconds, TokensPerSecond, Tokens, Sequences };
enum class Better { Less, More, Neither };

struct Figure {
    std::string_view id; ///< "parameters_total", "kv_bytes_per_token", ...
    FigureUnit unit = FigureUnit::Count;
    Better better = Better::Neither;
    bool is_estimate = false; ///< has an error bar
    double (*value)(const Analysis&) = nullptr;
    double (*relative_error)(const Analysis&) = nullptr; ///< null: exact
};

/// All figures, in the order in which Compare lists them.
std::span<const Figure> figures();
const Figure* find_figure(std::string_view id);

} // namespace headroom
