// SPDX-License-Identifier: GPL-3.0-or-later
// headroom sweep MODEL --vary ... --figure ...
#include "app/cli/commands.h"
#include "app/cli/design_space_options.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/explore/sweep.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array sweepOptions{
    OptionSpec{"--vary", "FIELD=VALUES", "a:b, a:b:step, a:b:*factor or v1,v2,... (once or twice)",
               true},
    OptionSpec{"--figure", "F[,F]", "figures to print (repeatable)", true},
    OptionSpec{"--csv", "", "comma-separated values"},
};

struct SweepRequest {
    DesignSpace space;
    std::vector<const Figure*> figures;
};

SweepRequest sweepRequestFrom(const Arguments& arguments) {
    SweepRequest request;
    request.space = designSpaceFrom(arguments);
    if (request.space.axes.empty() || request.space.axes.size() > 2) {
        failUsage("--vary: found " + std::to_string(request.space.axes.size()) +
                  " fields, expected one or two");
    }
    for (const std::string& name : figureNames(arguments)) {
        const Figure* figure = find_figure(name);
        if (figure == nullptr) {
            failUsage("--figure: found \"" + name + "\", expected one of " + figure_names());
        }
        request.figures.push_back(figure);
    }
    if (request.figures.empty()) {
        failUsage("--figure is required: one of " + figure_names());
    }
    return request;
}

Json resultJson(const SweepRequest& request, const SweepResult& result) {
    Json rows = Json::array();
    for (const SweepRow& row : result.rows) {
        Json object = Json::object();
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            object[request.space.axes[i].name] = toJson(row.fields[i]);
        }
        for (std::size_t i = 0; i < row.figures.size(); ++i) {
            object[std::string(request.figures[i]->id)] = toJson(row.figures[i]);
        }
        rows.push_back(std::move(object));
    }
    Json skipped = Json::array();
    for (const SkippedPoint& point : result.skipped) {
        Json object = Json::object();
        for (std::size_t i = 0; i < point.values.size(); ++i) {
            object[request.space.axes[i].name] = point.values[i];
        }
        object["reason"] = point.error.text();
        skipped.push_back(std::move(object));
    }
    return {{"rows", rows}, {"skipped", skipped}};
}

std::vector<std::string> header(const SweepRequest& request) {
    std::vector<std::string> names;
    for (const Axis& axis : request.space.axes) {
        names.push_back(axis.name);
    }
    for (const Figure* figure : request.figures) {
        names.emplace_back(figure->id);
    }
    return names;
}

std::string resultCsv(const SweepRequest& request, const SweepResult& result) {
    std::string text;
    const auto line = [&text](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += (i == 0 ? "" : ",") + csvCell(cells[i]);
        }
        text += '\n';
    };
    line(header(request));
    for (const SweepRow& row : result.rows) {
        std::vector<std::string> cells;
        for (const auto* values : {&row.fields, &row.figures}) {
            for (const FieldValue& value : *values) {
                cells.push_back(to_text(value));
            }
        }
        line(cells);
    }
    return text;
}

std::string resultText(const SweepRequest& request, const SweepResult& result) {
    TextTable table(std::vector<Align>(header(request).size(), Align::Right));
    table.add(header(request));
    table.rule();
    for (const SweepRow& row : result.rows) {
        std::vector<std::string> cells;
        for (const FieldValue& value : row.fields) {
            cells.push_back(to_text(value));
        }
        for (const FieldValue& value : row.figures) {
            cells.push_back(valueText(value));
        }
        table.add(std::move(cells));
    }
    std::string text = table.text();
    if (!result.skipped.empty()) {
        text += "\n" + std::to_string(result.skipped.size()) +
                " points are no design; the first: " + result.skipped.front().error.text() + "\n";
    }
    return text;
}

int runSweep(const Arguments& arguments) {
    if (arguments.has("--json") && arguments.has("--csv")) {
        failUsage("--json and --csv exclude each other");
    }
    const SweepRequest request = sweepRequestFrom(arguments);
    const SweepResult result = valueOrFail(sweep(request.space, request.figures));
    if (arguments.has("--json")) {
        printJson(resultJson(request, result));
    } else if (arguments.has("--csv")) {
        printText(resultCsv(request, result));
    } else {
        printText(resultText(request, result));
    }
    return Done;
}

} // namespace

const Command& sweepCommand() {
    static const std::string details =
        wrapped("FIELD is a configuration field, or one of " + scenario_axis_names() +
                ". Points that are no design are left out and reported.") +
        "\n" + wrapped("Figures: " + figure_names());
    static const Command command{
        "sweep",
        "MODEL",
        "one or two fields against figures",
        details,
        1,
        1,
        {sweepOptions, scenarioOptions(), editOptions(), jsonOption()},
        runSweep,
    };
    return command;
}

} // namespace headroom::cli
