// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include "app/cli/failure.h"
#include "core/base/expression.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numeric>

namespace headroom::cli {

namespace {

const OptionSpec* findOption(const Command& command, std::string_view name) {
    static constexpr OptionSpec help{"--help", "", "print this help"};
    if (name == "--help" || name == "-h") {
        return &help;
    }
    for (const auto group : command.options) {
        for (const OptionSpec& option : group) {
            if (option.name == name) {
                return &option;
            }
        }
    }
    return nullptr;
}

std::string unknownOption(const Command& command, std::string_view name) {
    std::vector<std::string> names;
    for (const auto group : command.options) {
        for (const OptionSpec& option : group) {
            names.emplace_back(option.name);
        }
    }
    std::string message = "unknown option " + std::string(name);
    if (const auto nearest = nearestNames(name, names, 1); !nearest.empty()) {
        message += "; did you mean " + nearest.front() + "?";
    }
    return message;
}

bool isOption(std::string_view word) {
    return word.size() > 1 && word[0] == '-' &&
           std::isdigit(static_cast<unsigned char>(word[1])) == 0;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// Edits (insert, delete, replace) that turn one word into the other.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replace});
        }
    }
    return row.back();
}

} // namespace

Arguments Arguments::parse(const Command& command, std::span<char*> words) {
    Arguments arguments;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (!optionsEnded && word == "--") {
            optionsEnded = true;
            continue;
        }
        if (optionsEnded || !isOption(word)) {
            arguments.m_positional.emplace_back(word);
            continue;
        }
        const std::size_t equals = word.starts_with("--") ? word.find('=') : word.npos;
        const std::string_view name = word.substr(0, equals);
        const OptionSpec* option = findOption(command, name);
        if (option == nullptr) {
            failUsage(unknownOption(command, name));
        }
        const std::string key(option->name);
        if (option->value.empty()) {
            if (equals != word.npos) {
                failUsage(key + " takes no value");
            }
            arguments.m_values[key].emplace_back();
            continue;
        }
        std::vector<std::string>& values = arguments.m_values[key];
        if (!values.empty() && !option->repeatable) {
            failUsage(key + " is given twice");
        }
        if (equals != word.npos) {
            values.emplace_back(word.substr(equals + 1));
        } else if (i + 1 < words.size()) {
            values.emplace_back(words[++i]);
        } else {
            failUsage(key + " needs a value: " + key + " " + std::string(option->value));
        }
    }
    if (arguments.wantsHelp()) {
        return arguments;
    }
    if (arguments.m_positional.size() < command.minimum) {
        failUsage("missing argument: expected " + std::string(command.arguments));
    }
    if (arguments.m_positional.size() > command.maximum) {
        failUsage("unexpected argument \"" + arguments.m_positional[command.maximum] + "\"");
    }
    return arguments;
}

bool Arguments::has(std::string_view option) const {
    return m_values.contains(option);
}

std::optional<std::string> Arguments::value(std::string_view option) const {
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.back());
}

std::string Arguments::required(std::string_view option) const {
    const auto given = value(option);
    if (!given) {
        failUsage(std::string(option) + " is required");
    }
    return *given;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

std::optional<std::int64_t> Arguments::integer(std::string_view option, std::int64_t minimum,
                                               std::int64_t maximum) const {
    const auto text = value(option);
    if (!text) {
        return std::nullopt;
    }
    const auto number = parse_count(*text);
    if (!number || *number < minimum || *number > maximum) {
        failUsage(std::string(option) + ": found \"" + *text + "\", expected a whole number from " +
                  std::to_string(minimum) + " to " + std::to_string(maximum) +
                  " (128K = 131072, 1M = 1048576)");
    }
    return number;
}

std::optional<double> Arguments::number(std::string_view option, double minimum,
                                        double maximum) const {
    const auto text = value(option);
    if (!text) {
        return std::nullopt;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() ||
        !(number >= minimum && number <= maximum)) {
        std::string range(64, '\0');
        range.resize(static_cast<std::size_t>(
            std::snprintf(range.data(), range.size(), "%g to %g", minimum, maximum)));
        failUsage(std::string(option) + ": found \"" + *text + "\", expected a number from " +
                  range);
    }
    return number;
}

std::optional<std::pair<int, int>> parseSize(std::string_view text) {
    const std::size_t cross = text.find('x');
    if (cross == text.npos) {
        return std::nullopt;
    }
    const auto side = [](std::string_view digits) -> std::optional<int> {
        int number = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), number);
        const bool ok = error == std::errc() && end == digits.data() + digits.size();
        return ok && number >= 1 ? std::optional(number) : std::nullopt;
    };
    const auto width = side(text.substr(0, cross));
    const auto height = side(text.substr(cross + 1));
    if (!width || !height) {
        return std::nullopt;
    }
    return std::pair(*width, *height);
}

std::vector<std::string> splitList(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t comma = text.find(separator);
        parts.emplace_back(text.substr(0, comma));
        if (comma == text.npos) {
            return parts;
        }
        text.remove_prefix(comma + 1);
    }
}

std::vector<std::string>
nearestNames(std::string_view word, const std::vector<std::string>& candidates, std::size_t count) {
    const std::string wanted = lower(word);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& candidate : candidates) {
        const std::string name = lower(candidate);
        std::size_t distance = editDistance(wanted, name);
        // Half a name ("llama-3", "235b") is as good a hint as a typing error.
        if (wanted.size() >= 3 && name.find(wanted) != std::string::npos) {
            distance = std::min<std::size_t>(distance, 2);
        }
        if (distance <= std::max<std::size_t>(2, wanted.size() / 3)) {
            ranked.emplace_back(distance, candidate);
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < ranked.size() && i < count; ++i) {
        names.push_back(ranked[i].second);
    }
    return names;
}

std::string helpText(const Command& command) {
    std::string text = "Usage: headroom " + std::string(command.name);
    if (!command.arguments.empty()) {
        text += " " + std::string(command.arguments);
    }
    text += " [options]\n\n" + std::string(command.summary) + ".\n\nOptions:\n";
    std::vector<std::pair<std::string, std::string_view>> lines;
    for (const auto group : command.options) {
        for (const OptionSpec& option : group) {
            std::string left(option.name);
            if (!option.value.empty()) {
                left += " " + std::string(option.value);
            }
            lines.emplace_back(left, option.help);
        }
    }
    lines.emplace_back("--help", "print this help");
    std::size_t width = 0;
    for (const auto& [left, help] : lines) {
        width = std::max(width, left.size());
    }
    for (const auto& [left, help] : lines) {
        text += "  " + left + std::string(width + 2 - left.size(), ' ');
        for (const char c : help) {
            text += c;
            if (c == '\n') {
                text += std::string(width + 4, ' ');
            }
        }
        text += '\n';
    }
    if (!command.details.empty()) {
        text += "\n" + std::string(command.details) + "\n";
    }
    return text;
}

} // namespace headroom::cli
