// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/text_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace headroom::cli {

namespace {

template <class... Args>
std::string format(const char* pattern, Args... args) {
    std::array<char, 160> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), pattern, args...);
    return {buffer.data(), static_cast<std::size_t>(std::clamp(length, 0, 159))};
}

/// The number divided into the largest step that leaves at least 1, with the step's name.
template <std::size_t N>
std::string scaled(double number, double base, const std::array<const char*, N>& names) {
    std::size_t step = 0;
    double value = number;
    // 999.9 M would print as 1000 M: what rounds up to the next step belongs to it.
    while (std::abs(value) >= base * (step == 0 ? 1 : 0.9995) && step + 1 < N) {
        value /= base;
        ++step;
    }
    const std::string digits = step == 0 ? plainNumber(value) : plainNumber(value, 3);
    return *names[step] == '\0' ? digits : digits + " " + names[step];
}

/// Columns, not bytes: continuation bytes of UTF-8 take no room.
std::size_t displayWidth(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

} // namespace

std::string TextTable::text(std::string_view indent) const {
    std::vector<std::size_t> widths(m_columns.size(), 0);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], displayWidth(row[i]));
        }
    }
    std::string text;
    for (const auto& row : m_rows) {
        std::string line(indent);
        if (row.empty()) {
            for (std::size_t i = 0; i < widths.size(); ++i) {
                line += std::string(widths[i], '-') + (i + 1 < widths.size() ? "  " : "");
            }
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - displayWidth(row[i]), ' ');
            line += m_columns[i] == Align::Left ? row[i] + padding : padding + row[i];
            line += i + 1 < row.size() ? "  " : "";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = digits[0] == '-' ? 1 : 0;
    for (std::size_t i = digits.size(); i > first + 3;) {
        i -= 3;
        digits.insert(i, ",");
    }
    return digits;
}

std::string plainNumber(double number, int significant) {
    if (!std::isfinite(number)) {
        return "-";
    }
    if (number == std::floor(number) && std::abs(number) < 1e6) {
        return format("%.0f", number);
    }
    const double magnitude = number == 0 ? 0 : std::floor(std::log10(std::abs(number)));
    if (magnitude < -4 || magnitude >= 9) {
        return format("%.*e", significant - 1, number);
    }
    const int decimals = std::max(0, significant - 1 - static_cast<int>(magnitude));
    return format("%.*f", decimals, number);
}

std::string shortCount(double number) {
    return scaled(number, 1000, std::array{"", "K", "M", "B", "T"});
}

std::string binaryBytes(double bytes) {
    return scaled(bytes, 1024, std::array{"B", "KiB", "MiB", "GiB", "TiB", "PiB"});
}

std::string decimalBytes(double bytes) {
    return scaled(bytes, 1000, std::array{"B", "KB", "MB", "GB", "TB", "PB"});
}

std::string bytesText(double bytes) {
    const std::string binary = binaryBytes(bytes);
    return bytes < 1024 ? binary : binary + " (" + decimalBytes(bytes) + ")";
}

std::string flopsText(double flops) {
    return scaled(flops, 1000, std::array{"FLOP", "KFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"});
}

std::string secondsText(double seconds) {
    if (!std::isfinite(seconds)) {
        return "-";
    }
    if (seconds == 0) {
        return "0 s";
    }
    const double size = std::abs(seconds);
    if (size < 1e-3) {
        return plainNumber(seconds * 1e6, 3) + " us";
    }
    if (size < 1) {
        return plainNumber(seconds * 1e3, 3) + " ms";
    }
    return plainNumber(seconds, 3) + " s";
}

std::string percentText(double share, int digits) {
    return std::isfinite(share) ? format("%.*f %%", digits, share * 100) : "-";
}

std::string figureText(const Figure& figure, double value) {
    switch (figure.unit) {
    case FigureUnit::Count:
        return grouped(static_cast<std::int64_t>(value));
    case FigureUnit::Bytes:
        return binaryBytes(value);
    case FigureUnit::Flops:
        return flopsText(value);
    case FigureUnit::Milliseconds:
        return secondsText(value * 1e-3);
    case FigureUnit::TokensPerSecond:
        return plainNumber(value, 3) + " tok/s";
    case FigureUnit::Tokens:
    case FigureUnit::Sequences:
        return grouped(static_cast<std::int64_t>(value));
    case FigureUnit::YesNo:
        return value != 0 ? "yes" : "no";
    }
    return {};
}

std::string figureLabel(const Figure& figure) {
    std::string label(figure.id);
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string cell = "\"";
    for (const char c : text) {
        cell += c;
        if (c == '"') {
            cell += '"';
        }
    }
    return cell + '"';
}

} // namespace headroom::cli
