// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/scenario.h"

#include "core/accounting/accounting_sentences.h"

#include <array>
#include <utility>

namespace headroom {
namespace {

constexpr std::array<std::pair<NumberFormat, std::string_view>, 6> format_names = {{
    {NumberFormat::Fp32, "fp32"},
    {NumberFormat::Bf16, "bf16"},
    {NumberFormat::Fp16, "fp16"},
    {NumberFormat::Fp8, "fp8"},
    {NumberFormat::Int8, "int8"},
    {NumberFormat::Int4, "int4"},
}};

} // namespace

std::int64_t half_bits(NumberFormat format) {
    switch (format) {
    case NumberFormat::Fp32:
        return 64;
    case NumberFormat::Bf16:
    case NumberFormat::Fp16:
        return 32;
    case NumberFormat::Fp8:
    case NumberFormat::Int8:
        return 16;
    case NumberFormat::Int4:
        return 9;
    }
    return 0;
}

Wide bytes_of(Wide count, NumberFormat format) {
    return (count * half_bits(format) + 15) >> 4;
}

double bytes_per_number(NumberFormat format) {
    return static_cast<double>(half_bits(format)) / 16.0;
}

Sentence scale_note(NumberFormat format) {
    switch (format) {
    case NumberFormat::Fp32:
    case NumberFormat::Bf16:
    case NumberFormat::Fp16:
        break;
    case NumberFormat::Fp8:
    case NumberFormat::Int8:
        return accounting_says<"one-scale">();
    case NumberFormat::Int4:
        return accounting_says<"scales-of-int4">();
    }
    return {};
}

std::string_view to_string(NumberFormat format) {
    for (const auto& [f, name] : format_names) {
        if (f == format) {
            return name;
        }
    }
    return {};
}

std::optional<NumberFormat> number_format_from(std::string_view text) {
    for (const auto& [f, name] : format_names) {
        if (name == text) {
            return f;
        }
    }
    return std::nullopt;
}

std::span<const NumberFormat> number_formats() {
    static constexpr auto formats = [] {
        std::array<NumberFormat, format_names.size()> list{};
        for (std::size_t i = 0; i < list.size(); ++i) {
            list[i] = format_names[i].first;
        }
        return list;
    }();
    return formats;
}

std::string number_format_names(std::string_view separator) {
    std::string names;
    for (const auto& [format, name] : format_names) {
        names += (names.empty() ? "" : std::string(separator)) + std::string(name);
    }
    return names;
}

} // namespace headroom
