// SPDX-License-Identifier: GPL-3.0-or-later
// The designs and devices that ship inside the program.
#pragma once

#include "core/config/config_io.h"
#include "core/estimate/device_profile.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace headroom {

/// All shipped designs, sorted by family, then by size. Read once, on first use.
const std::vector<ModelPreset>& model_presets();

/// By id or name, case-insensitive; null when there is none.
const ModelPreset* find_model_preset(std::string_view name);

const std::vector<DeviceProfile>& device_presets();

/// By id or name, case-insensitive; null when there is none.
const DeviceProfile* find_device(std::string_view name);

/// A file of the presets folder as shipped ("tables/claims.json"); empty when there is none.
std::string_view embedded_preset(std::string_view path);

} // namespace headroom
