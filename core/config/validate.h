// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of a configuration, shared by expand_layers and validate.
#pragma once

#include "core/base/function_ref.h"
#include "core/config/expand.h"
#include "core/config/model_config.h"

namespace headroom {

/// Calls `report` for every error; stops when it returns false.
void for_each_error(const ModelConfig& config, FunctionRef<bool(Finding)> report);

/// The first error, as an Error.
Status check_config(const ModelConfig& config);

} // namespace headroom
