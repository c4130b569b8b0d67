// SPDX-License-Identifier: GPL-3.0-or-later
// How a subcommand gives up: thrown inside app/cli only, caught in run().
#pragma once

#include "core/base/result.h"

#include <string>
#include <utility>

namespace headroom::cli {

enum ExitCode { Done = 0, BadInput = 1, UsageError = 2, ComparisonFailed = 3 };

struct Failure {
    ExitCode code = BadInput;
    std::string message; ///< one line, without the program's name
};

[[noreturn]] inline void failUsage(std::string message) {
    throw Failure{UsageError, std::move(message)};
}

/// The value, or the error as a failure of exit code 1. `file` fills in an error that names none.
template <class T>
T valueOrFail(Result<T> result, const std::string& file = {}) {
    if (!result) {
        Error error = result.error();
        if (error.file.empty()) {
            error.file = file;
        }
        throw Failure{BadInput, error.text()};
    }
    return std::move(result).value();
}

} // namespace headroom::cli
