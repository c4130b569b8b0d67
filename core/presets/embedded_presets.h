// SPDX-License-Identifier: GPL-3.0-or-later
// The files of presets/, compiled into the program.
#pragma once

#include <span>
#include <string_view>

namespace headroom {

struct EmbeddedFile {
    std::string_view path; ///< below presets/: "models/qwen3-8b.json"
    std::string_view text;
};

/// Sorted by path.
std::span<const EmbeddedFile> embedded_presets();

} // namespace headroom
