// SPDX-License-Identifier: GPL-3.0-or-later
// headroom explain MODEL QUANTITY
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/explain/derivation.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array explainOptions{
    OptionSpec{"--markdown", "", "the derivation as a Markdown list"},
    OptionSpec{"--latex", "", "the derivation as LaTeX"},
};

constexpr std::array quantities{
    Quantity::Parameters, Quantity::ActiveParameters,   Quantity::KvCache,         Quantity::Flops,
    Quantity::Memory,     Quantity::TimePerOutputToken, Quantity::TimeToFirstToken};

Quantity quantityOrFail(const std::string& text) {
    if (const auto quantity = quantity_from(text)) {
        return *quantity;
    }
    std::string message = "found quantity \"" + text + "\", expected one of";
    for (const Quantity quantity : quantities) {
        message += " " + std::string(to_string(quantity));
    }
    failUsage(message);
}

std::string nodeValueText(const Derivation& node) {
    const std::string number = node.is_integer ? grouped(node.exact) : plainNumber(node.value, 6);
    return node.unit.empty() ? number : number + " " + node.unit;
}

/// One node: symbol = value, then formula, numbers and source, then what the symbols are.
void append(std::string& text, const Derivation& node, const std::string& indent) {
    const std::string formula = english(node.formula);
    text += indent + english(node.symbol) + " = " + nodeValueText(node) +
            (node.aside ? " (beside it)" : "") + "\n";
    const std::string inner = indent + "  ";
    if (!formula.empty() && formula != english(node.symbol)) {
        text += inner + "= " + formula + "\n";
    }
    if (!node.substituted.empty() && node.substituted != formula) {
        text += inner + "= " + node.substituted + "\n";
    }
    if (!node.note.empty()) {
        text += inner + english(node.note) + "\n";
    }
    if (!node.source.empty()) {
        text += inner + "source: " + node.source + "\n";
    }
    for (const Derivation& child : node.children) {
        append(text, child, inner + "  ");
    }
}

int runExplain(const Arguments& arguments) {
    if (arguments.has("--json") + arguments.has("--markdown") + arguments.has("--latex") > 1) {
        failUsage("--json, --markdown and --latex exclude each other");
    }
    const Quantity quantity = quantityOrFail(arguments.positional()[1]);
    const LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    const DeviceProfile device = loadDevice(arguments);
    const Scenario scenario = scenarioFrom(arguments, device, model.spec);
    const Derivation derivation =
        valueOrFail(explain(model.spec, scenario, device, quantity), model.design.name);
    if (arguments.has("--json")) {
        printJson(toJson(derivation));
    } else if (arguments.has("--markdown")) {
        printText(to_markdown(derivation));
    } else if (arguments.has("--latex")) {
        printText(to_latex(derivation));
    } else {
        std::string text;
        append(text, derivation, "");
        printText(text);
    }
    return Done;
}

} // namespace

const Command& explainCommand() {
    static const Command command{
        "explain",
        "MODEL QUANTITY",
        "why a number is what it is: formula, numbers put in, result, source",
        "QUANTITY: parameters active_parameters kv_cache flops memory time_per_output_token\n"
        "time_to_first_token",
        2,
        2,
        {explainOptions, scenarioOptions(), editOptions(), jsonOption()},
        runExplain,
    };
    return command;
}

} // namespace headroom::cli
