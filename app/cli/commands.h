// SPDX-License-Identifier: GPL-3.0-or-later
// The table of subcommands.
#pragma once

#include "app/cli/arguments.h"

#include <span>

namespace headroom::cli {

const Command& presetsCommand();
const Command& analyzeCommand();
const Command& compareCommand();
const Command& fitCommand();
const Command& explainCommand();
const Command& tensorsCommand();
const Command& sweepCommand();
const Command& searchCommand();
const Command& checkCommand();
const Command& predictCommand();
const Command& calibrateCommand();
const Command& runCommand();
const Command& benchCommand();
const Command& validateCommand();
const Command& plotCommand();
const Command& screenshotCommand();

/// All subcommands, in the order of the help.
std::span<const Command* const> commands();

} // namespace headroom::cli
