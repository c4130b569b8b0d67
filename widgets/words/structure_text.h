// SPDX-License-Identifier: GPL-3.0-or-later
// The structure rows of a comparison in the window's language.
#pragma once

#include "core/config/layer_spec.h"

#include <QString>

#include <string_view>

namespace headroom::ui {

/// "Attention", "Feed-forward", ... for an id of StructureRow.
[[nodiscard]] QString structureLabel(std::string_view id);

/// What a design has there, a line for each distinct kind of layer.
[[nodiscard]] QString structureText(const ModelSpec& spec, std::string_view id);

} // namespace headroom::ui
