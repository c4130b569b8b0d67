// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for any text that claims to be a config.json.
#pragma once

#include <string>
#include <string_view>

namespace fuzz {

/// Reads, checks, expands, counts, writes and reads again. Returns what went wrong, or nothing:
/// refusing the text is right as long as it is said why.
std::string check_config_text(std::string_view text);

} // namespace fuzz
