// SPDX-License-Identifier: GPL-3.0-or-later
// What sweep and search read alike: the base design, the axes, the names of figures.
#pragma once

#include "app/cli/inputs.h"
#include "core/explore/design_space.h"

#include <string>
#include <vector>

namespace headroom::cli {

/// The model, its edits, the scenario, the device and every --vary.
DesignSpace designSpaceFrom(const Arguments& arguments);

/// All names of --figure, in order; "a,b" names two.
std::vector<std::string> figureNames(const Arguments& arguments);

/// The words of a text in lines that fit the help.
std::string wrapped(std::string_view text);

/// A figure for people: grouped digits, or four significant ones.
std::string valueText(const FieldValue& value);

} // namespace headroom::cli
