// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors of a checkpoint's files beside the tensor table.
#pragma once

#include "core/validation/validation.h"

namespace headroom {

/// Adds a row that counts the tensors of the table that the files have under their name and shape,
/// and names the first that differ. Errors: a folder without weights, a file that is damaged, a
/// configuration that does not expand.
[[nodiscard]] Status compare_tensors(const std::filesystem::path& folder, ValidationReport& report);

} // namespace headroom
