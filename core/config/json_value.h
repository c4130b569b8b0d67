// SPDX-License-Identifier: GPL-3.0-or-later
// What the readers of config.json share: values in error messages, whole numbers.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

struct Family;
struct ModelConfig;

/// "found VALUE, expected EXPECTED" at that path.
Error wrong_value(std::string path, const nlohmann::json& found, Argument expected);

/// A whole number, also one written as 8192.0; nothing for any other value or one beyond 64 bits.
std::optional<std::int64_t> as_integer(const nlohmann::json& value);

/// Refuses what changes what the model computes and no supported family covers. `family` null: one
/// that is not supported itself.
Status check_refused_keys(const nlohmann::json& object, const Family* family);

/// Refuses architectures whose weights are not those that are counted. `is_outer`: of a multimodal
/// file, whose class is another than the text decoder's.
Status check_architecture(const nlohmann::json& object, const Family& family, bool is_outer);

/// Fills what the family computes from other fields and drops what only repeats a pattern, so that
/// the classic form and that of transformers 5 give the same design. Errors: lists of a wrong
/// length, a layer of an unknown kind, no head_dim.
Status complete_config(const nlohmann::json& object, const Family& family, ModelConfig& config);

/// rope_theta, rope_scaling and rope_parameters.
Status read_position(const nlohmann::json& object, const Family& family, ModelConfig& config);

} // namespace headroom
