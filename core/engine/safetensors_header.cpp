// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/engine/engine_sentences.h"
#include "core/engine/safetensors.h"

namespace headroom {
namespace {

using nlohmann::json;

constexpr std::int64_t length_bytes = 8;
/// The limit of the format's own reader: a header is text about tensors, never gigabytes.
constexpr std::int64_t max_header_bytes = 100'000'000;

std::optional<TensorType> type_of(const std::string& name) {
    for (const TensorType type :
         {TensorType::F32, TensorType::F16, TensorType::BF16, TensorType::I64}) {
        if (name == name_of(type)) {
            return type;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> natural(const json& value) {
    if (!value.is_number_unsigned() ||
        value.get<std::uint64_t>() >
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    return value.get<std::int64_t>();
}

/// Product of the shape times the element size; nothing when it does not fit 63 bits.
std::optional<std::int64_t> bytes_of_shape(const std::vector<std::int64_t>& shape,
                                           TensorType type) {
    if (std::find(shape.begin(), shape.end(), 0) != shape.end()) {
        return 0;
    }
    std::int64_t bytes = bytes_of(type);
    for (const std::int64_t size : shape) {
        if (size > std::numeric_limits<std::int64_t>::max() / bytes) {
            return std::nullopt;
        }
        bytes *= size;
    }
    return bytes;
}

Result<TensorEntry> read_entry(const json& value, std::int64_t data_begin, std::int64_t data_bytes,
                               const std::string& file, const std::string& name) {
    const auto refuse = [&](const Sentence& message) { return Error{file, name, message}; };
    if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") ||
        !value.contains("data_offsets")) {
        return refuse(engine_says<"tensor-object">());
    }
    TensorEntry entry;
    const json& dtype = value["dtype"];
    const std::optional<TensorType> type =
        dtype.is_string() ? type_of(dtype.get<std::string>()) : std::nullopt;
    if (!type) {
        return refuse(
            engine_says<"dtype">(dtype.dump(-1, ' ', true, json::error_handler_t::replace),
                                 base_says<"either">(Names{{"F32", "F16", "BF16"}}, "I64")));
    }
    entry.type = *type;
    if (!value["shape"].is_array()) {
        return refuse(engine_says<"shape-sizes">());
    }
    for (const json& size : value["shape"]) {
        const std::optional<std::int64_t> number = natural(size);
        if (!number) {
            return refuse(engine_says<"shape-size">());
        }
        entry.shape.push_back(*number);
    }
    const json& offsets = value["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !natural(offsets[0]) ||
        !natural(offsets[1])) {
        return refuse(engine_says<"offsets-pair">());
    }
    const std::int64_t begin = *natural(offsets[0]);
    const std::int64_t end = *natural(offsets[1]);
    if (begin > end || end > data_bytes) {
        return refuse(engine_says<"offsets-outside">(
            "[" + std::to_string(begin) + ", " + std::to_string(end) + "]", data_bytes));
    }
    const std::optional<std::int64_t> expected = bytes_of_shape(entry.shape, entry.type);
    if (!expected || *expected != end - begin) {
        return refuse(engine_says<"bytes-for">(
            end - begin,
            expected ? Argument(*expected) : Argument(engine_says<"impossible-number">()),
            std::string(name_of(entry.type)) + " " + shape_text(entry.shape)));
    }
    entry.begin = data_begin + begin;
    entry.end = data_begin + end;
    return entry;
}

Status check_coverage(const TensorTable& tensors, std::int64_t data_begin, std::int64_t file_bytes,
                      const std::string& file) {
    std::vector<const TensorTable::value_type*> order;
    order.reserve(tensors.size());
    for (const auto& item : tensors) {
        order.push_back(&item);
    }
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
        return std::pair(a->second.begin, a->second.end) <
               std::pair(b->second.begin, b->second.end);
    });
    std::int64_t at = data_begin;
    for (const auto* item : order) {
        if (item->second.begin != at) {
            const bool overlap = item->second.begin < at;
            return Error{file, item->first,
                         overlap ? engine_says<"data-overlaps">(item->second.begin, at)
                                 : engine_says<"data-gap">(item->second.begin, at)};
        }
        at = item->second.end;
    }
    if (at != file_bytes) {
        return Error{file, "", engine_says<"bytes-of-header">(file_bytes, at)};
    }
    return std::monostate{};
}

} // namespace

std::int64_t bytes_of(TensorType type) {
    switch (type) {
    case TensorType::F32:
        return 4;
    case TensorType::F16:
    case TensorType::BF16:
        return 2;
    case TensorType::I64:
        return 8;
    }
    return 1;
}

const char* name_of(TensorType type) {
    switch (type) {
    case TensorType::F32:
        return "F32";
    case TensorType::F16:
        return "F16";
    case TensorType::BF16:
        return "BF16";
    case TensorType::I64:
        return "I64";
    }
    return "";
}

std::string shape_text(std::span<const std::int64_t> shape) {
    std::string text = "[";
    for (const std::int64_t size : shape) {
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    }
    return text + "]";
}

Result<TensorTable> parse_safetensors_header(std::span<const std::byte> start,
                                             std::int64_t file_bytes, const std::string& file) {
    if (file_bytes < length_bytes || start.size() < static_cast<std::size_t>(length_bytes)) {
        return Error{file, "header", engine_says<"bytes-at-least">(file_bytes, length_bytes)};
    }
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        length |= std::to_integer<std::uint64_t>(start[i]) << (8 * i);
    }
    const std::int64_t room = std::min(file_bytes - length_bytes, max_header_bytes);
    if (length > static_cast<std::uint64_t>(room) || length > start.size() - 8) {
        return Error{file, "header", engine_says<"header-at-most">(std::to_string(length), room)};
    }
    const auto* text = reinterpret_cast<const char*>(start.data()) + length_bytes;
    // A repeated key would silently replace the first: it is caught while parsing.
    std::set<std::string> names;
    std::string repeated;
    const json::parser_callback_t watch = [&](int depth, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::key && depth == 1 &&
            !names.insert(parsed.get<std::string>()).second) {
            repeated = parsed.get<std::string>();
        }
        return true;
    };
    const json header = json::parse(text, text + length, watch, false);
    if (!header.is_object()) {
        return Error{file, "header", engine_says<"header-no-object">()};
    }
    if (!repeated.empty()) {
        return Error{file, repeated, engine_says<"named-twice">()};
    }
    const std::int64_t data_begin = length_bytes + static_cast<std::int64_t>(length);
    TensorTable tensors;
    for (const auto& [name, value] : header.items()) {
        if (name == "__metadata__") {
            continue;
        }
        Result<TensorEntry> entry =
            read_entry(value, data_begin, file_bytes - data_begin, file, name);
        if (!entry) {
            return entry.error();
        }
        tensors.emplace(name, *std::move(entry));
    }
    if (const Status covered = check_coverage(tensors, data_begin, file_bytes, file); !covered) {
        return covered.error();
    }
    return tensors;
}

} // namespace headroom
