// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: one program, every subcommand without a display.
#pragma once

namespace headroom::cli {

/// Whether the arguments ask for the command line (a subcommand, --help, --version, or a first word
/// that is nothing the window could open) rather than for the window.
bool handles(int argc, char** argv);

/// Runs one subcommand. Result: 0 done, 1 the input is bad, 2 usage, 3 a comparison failed.
int run(int argc, char** argv);

} // namespace headroom::cli
