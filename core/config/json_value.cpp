// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/json_value.h"

#include "core/base/base_sentences.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <utility>

namespace headroom {

using nlohmann::json;

namespace {

/// A JSON value in an error message: short, on one line.
Argument shown(const json& value) {
    if (value.is_array()) { // described, not printed: nesting may be deeper than the stack
        return base_says<"list-of">(value.size());
    }
    if (value.is_object()) {
        return base_says<"object">();
    }
    if (value.is_number_integer()) {
        if (const auto number = as_integer(value)) {
            return *number;
        }
    }
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > 60) {
        text = text.substr(0, 57) + "...";
    }
    return text;
}

} // namespace

Error wrong_value(std::string path, const json& found, Argument expected) {
    return {{}, std::move(path), found_expected(shown(found), std::move(expected))};
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
