// SPDX-License-Identifier: GPL-3.0-or-later
// Option tables and what was given for them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headroom::cli {

struct OptionSpec {
    std::string_view name;  ///< with its dashes: "--context"
    std::string_view value; ///< what the value is called in the help; empty: a flag
    std::string_view help;
    bool repeatable = false;
};

class Arguments;

/// One subcommand: its help and its parser are made from this.
struct Command {
    std::string_view name;
    std::string_view arguments; ///< positional arguments, as the help shows them
    std::string_view summary;
    std::string_view details; ///< paragraphs below the options; may be empty
    std::size_t minimum = 0;  ///< positional arguments at least
    std::size_t maximum = 0;  ///< and at most
    std::vector<std::span<const OptionSpec>> options;
    int (*run)(const Arguments&) = nullptr;
};

/// What was given on one command line.
class Arguments {
public:
    /// Throws a usage Failure naming the first word that does not fit the command's table.
    static Arguments parse(const Command& command, std::span<char*> words);

    [[nodiscard]] const std::vector<std::string>& positional() const { return m_positional; }
    [[nodiscard]] bool has(std::string_view option) const;
    /// The last value given.
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    [[nodiscard]] std::string required(std::string_view option) const;
    /// All values of a repeatable option, in order.
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    /// A whole number of at least `minimum`; 128K and 1M count in 1024s.
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view option, std::int64_t minimum,
                                                      std::int64_t maximum) const;
    [[nodiscard]] std::optional<double> number(std::string_view option, double minimum,
                                               double maximum) const;
    [[nodiscard]] bool wantsHelp() const { return has("--help"); }

private:
    std::vector<std::string> m_positional;
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
};

/// "WIDTHxHEIGHT", both at least 1.
std::optional<std::pair<int, int>> parseSize(std::string_view text);

std::vector<std::string> splitList(std::string_view text, char separator = ',');

/// The candidates that look most like `word`, best first, none that is far off.
std::vector<std::string> nearestNames(std::string_view word,
                                      const std::vector<std::string>& candidates,
                                      std::size_t count = 3);

/// Help of one subcommand, as printed by --help.
std::string helpText(const Command& command);

} // namespace headroom::cli
