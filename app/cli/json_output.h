// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON objects of the command line; the key names are a contract that scripts rely on.
#pragma once

#include "app/cli/inputs.h"
#include "core/config/config_fields.h"
#include "core/explain/derivation.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace headroom::cli {

using Json = nlohmann::ordered_json;

/// `device` is the analysis' own.
Json toJson(const LoadedModel& model, const Analysis& analysis, const DeviceProfile& device);
/// One object for each layer of the cache.
Json toJson(const std::vector<KvLayer>& layers);
Json toJson(const Derivation& derivation);
Json toJson(const FieldValue& value);
/// A whole number where the value is one that a double holds exactly.
Json numberToJson(double value, bool isInteger);

std::string_view severityName(Severity severity);

/// Prints one JSON object and a newline on standard output.
void printJson(const Json& object);
void printText(std::string_view text);

} // namespace headroom::cli
