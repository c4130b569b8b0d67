// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/json_value.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <utility>

namespace headroom {

using nlohmann::json;

namespace {

/// A JSON value in an error message: short, on one line.
std::string shown(const json& value) {
    if (value.is_array()) { // described, not printed: nesting may be deeper than the stack
        return "a list of " + std::to_string(value.size());
    }
    if (value.is_object()) {
        return "an object";
    }
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > 60) {
        text = text.substr(0, 57) + "...";
    }
    return text;
}

} // namespace

Error wrong_value(std::string path, const json& found, std::string_view expected) {
    return {{}, std::move(path), "found " + shown(found) + ", expected " + std::string(expected)};
}

std::optional<std::int64_t> as_integer(const json& value) {
    if (value.is_number_unsigned()) {
        const auto n = value.get<std::uint64_t>();
        if (n <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return static_cast<std::int64_t>(n);
        }
        return std::nullopt;
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    }
    if (value.is_number_float()) { // 8192.0 where 8192 is meant
        const double d = value.get<double>();
        if (std::floor(d) == d && std::abs(d) < 9.0e15) {
            return static_cast<std::int64_t>(d);
        }
    }
    return std::nullopt;
}

} // namespace headroom
