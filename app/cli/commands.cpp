// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include <array>

namespace headroom::cli {

std::span<const Command* const> commands() {
    static const std::array table{
        &presetsCommand(), &analyzeCommand(),  &compareCommand(),   &explainCommand(),
        &tensorsCommand(), &sweepCommand(),    &searchCommand(),    &checkCommand(),
        &fitCommand(),     &predictCommand(),  &calibrateCommand(), &runCommand(),
        &benchCommand(),   &validateCommand(), &plotCommand(),      &screenshotCommand(),
    };
    return table;
}

} // namespace headroom::cli
