// SPDX-License-Identifier: GPL-3.0-or-later
// headroom check TABLE
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/claims/check_table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace headroom::cli {

namespace {

constexpr std::array checkOptions{
    OptionSpec{"--tolerance", "PERCENT", "how far a printed total may be off (default 5)"},
    OptionSpec{"--strict", "", "exit code 3 when a row cannot be true or a claim does not hold"},
};

/// The text of a file, or of a shipped table.
std::string tableText(const std::string& name) {
    std::error_code error;
    if (std::filesystem::exists(name, error)) {
        return readTextFile(name);
    }
    const std::string stem = name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
    std::string message = name + ": table: found no file of this name, expected a file or one of";
    for (const ShippedTable& table : shipped_tables()) {
        if (table.name == stem) {
            return std::string(table.text);
        }
        message += " " + std::string(table.name);
    }
    throw Failure{BadInput, message};
}

Json rowJson(const CheckRow& row) {
    Json object{{"model", row.model},
                {"claim", english(row.claim)},
                {"computed", english(row.computed)},
                {"verdict", to_string(row.verdict)},
                {"why", english(row.why)}};
    if (row.implied_total) {
        object["implied_total"] = *row.implied_total;
    }
    if (row.official_total) {
        object["official_total"] = *row.official_total;
    }
    return object;
}

/// Breaks a paragraph into indented lines of about 100 columns.
std::string wrapped(const std::string& label, const std::string& text) {
    constexpr std::size_t width = 96;
    std::string result = "  " + label;
    std::size_t column = result.size();
    const std::string indent(12, ' ');
    for (const std::string& word : splitList(text, ' ')) {
        if (column + word.size() + 1 > width) {
            result += "\n" + indent;
            column = indent.size();
        } else if (column > 0 && result.back() != ' ') {
            result += ' ';
            ++column;
        }
        result += word;
        column += word.size();
    }
    return result + "\n";
}

std::string reportText(const CheckReport& report) {
    std::string text = report.title.empty() ? "" : report.title + "\n\n";
    std::vector<std::pair<std::string, std::size_t>> counts;
    for (const CheckRow& row : report.rows) {
        const std::string verdict(to_string(row.verdict));
        text += row.model + ": " + verdict + "\n";
        text += wrapped("printed   ", english(row.claim));
        if (!row.computed.empty()) {
            text += wrapped("computed  ", english(row.computed));
        }
        text += wrapped("why       ", english(row.why)) + "\n";
        const auto found = std::find_if(counts.begin(), counts.end(),
                                        [&](const auto& count) { return count.first == verdict; });
        if (found == counts.end()) {
            counts.emplace_back(verdict, 1);
        } else {
            ++found->second;
        }
    }
    std::string summary;
    for (const auto& [verdict, count] : counts) {
        summary += (summary.empty() ? "" : ", ") + std::to_string(count) + " " + verdict;
    }
    return text + std::to_string(report.rows.size()) + " rows: " + summary + "\n";
}

bool isFalse(const CheckRow& row) {
    return row.verdict == Verdict::CannotBeTrue || row.verdict == Verdict::DoesNotHold;
}

int runCheck(const Arguments& arguments) {
    const double percent = arguments.number("--tolerance", 0, 100).value_or(5);
    const std::string& name = arguments.positional()[0];
    const CheckReport report = valueOrFail(check_table(tableText(name), name, percent / 100));
    if (arguments.has("--json")) {
        Json rows = Json::array();
        for (const CheckRow& row : report.rows) {
            rows.push_back(rowJson(row));
        }
        printJson(Json{{"title", report.title}, {"rows", rows}});
    } else {
        printText(reportText(report));
    }
    const bool failed = std::any_of(report.rows.begin(), report.rows.end(), isFalse);
    return arguments.has("--strict") && failed ? ComparisonFailed : Done;
}

} // namespace

const Command& checkCommand() {
    static const Command command{
        "check",
        "TABLE",
        "computes a published table, worked examples or claims again",
        "TABLE is a file, or one that ships with the program: claims,\n"
        "qwen3_deepseek_config_table, qwen3_secondary_table, worked_examples.\n"
        "Verdicts of a row: can be true, contradicts the official configuration, cannot be true.\n"
        "Verdicts of an example or claim: holds, holds under a condition, does not hold, cannot "
        "be\n"
        "computed.",
        1,
        1,
        {checkOptions, jsonOption()},
        runCheck,
    };
    return command;
}

} // namespace headroom::cli
