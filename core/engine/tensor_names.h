// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints call the same tensor by several names; the tensor table has one of them.
#pragma once

#include "core/engine/tensor_source.h"

#include <string>

namespace headroom {

/// The name under which the source has the tensor that the table calls `name`: that, or one that
/// releases use instead (inside a multimodal model, without the base model's prefix, a router
/// called gate, Mixtral's w1 to w3). The table's own name where none is there.
[[nodiscard]] std::string stored_name(const TensorSource& source, const std::string& name);

} // namespace headroom
