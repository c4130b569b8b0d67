// SPDX-License-Identifier: GPL-3.0-or-later
// headroom search MODEL --vary ... --where ... --minimize F --maximize F
#include "app/cli/commands.h"
#include "app/cli/design_space_options.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "core/explore/search.h"

#include <array>
#include <chrono>

namespace headroom::cli {

namespace {

constexpr std::array searchOptions{
    OptionSpec{"--vary", "FIELD=VALUES", "a:b, a:b:step, a:b:*factor or v1,v2,... (repeatable)",
               true},
    OptionSpec{"--where", "CONSTRAINT", "'parameters_total<=8e9' (repeatable)", true},
    OptionSpec{"--minimize", "F", "a figure to make small (repeatable)", true},
    OptionSpec{"--maximize", "F", "a figure to make large (repeatable)", true},
    OptionSpec{"--figure", "F[,F]", "figures to print besides (repeatable)", true},
    OptionSpec{"--seed", "N", "of the random part (default 1)"},
    OptionSpec{"--limit", "N", "designs to look at (default 20000)"},
};

SearchRequest searchRequestFrom(const Arguments& arguments) {
    SearchRequest request;
    request.space = designSpaceFrom(arguments);
    if (request.space.axes.empty()) {
        failUsage("--vary is required");
    }
    for (const std::string& text : arguments.values("--where")) {
        request.where.push_back(valueOrFail(Constraint::parse(text), "--where"));
    }
    for (const std::string& list : arguments.values("--minimize")) {
        for (const std::string& name : splitList(list)) {
            request.objectives.push_back({name, true});
        }
    }
    for (const std::string& list : arguments.values("--maximize")) {
        for (const std::string& name : splitList(list)) {
            request.objectives.push_back({name, false});
        }
    }
    if (request.objectives.empty()) {
        failUsage("--minimize or --maximize is required");
    }
    request.report = figureNames(arguments);
    constexpr std::int64_t large = std::int64_t{1} << 62;
    request.seed = static_cast<std::uint64_t>(arguments.integer("--seed", 0, large).value_or(1));
    request.limit = arguments.integer("--limit", 1, 100000000).value_or(request.limit);
    return request;
}

std::vector<std::string> figureColumns(const SearchRequest& request) {
    std::vector<std::string> names;
    for (const Objective& objective : request.objectives) {
        names.push_back(objective.name);
    }
    names.insert(names.end(), request.report.begin(), request.report.end());
    return names;
}

Json resultJson(const SearchRequest& request, const SearchResult& result, double seconds) {
    const std::vector<std::string> columns = figureColumns(request);
    Json front = Json::array();
    for (const FrontPoint& point : result.front) {
        Json object = Json::object();
        for (std::size_t i = 0; i < point.fields.size(); ++i) {
            object[request.space.axes[i].name] = toJson(point.fields[i]);
        }
        for (std::size_t i = 0; i < point.figures.size(); ++i) {
            object[columns[i]] = toJson(point.figures[i]);
        }
        front.push_back(std::move(object));
    }
    return {{"space", result.space_size},
            {"exhaustive", result.exhaustive},
            {"evaluated", result.evaluated},
            {"invalid", result.invalid},
            {"infeasible", result.infeasible},
            {"seconds", seconds},
            {"front", front}};
}

std::string resultText(const SearchRequest& request, const SearchResult& result, double seconds) {
    const std::vector<std::string> columns = figureColumns(request);
    TextTable table(std::vector<Align>(request.space.axes.size() + columns.size(), Align::Right));
    std::vector<std::string> header;
    for (const Axis& axis : request.space.axes) {
        header.push_back(axis.name);
    }
    header.insert(header.end(), columns.begin(), columns.end());
    table.add(header);
    table.rule();
    for (const FrontPoint& point : result.front) {
        std::vector<std::string> cells;
        for (const FieldValue& value : point.fields) {
            cells.push_back(to_text(value));
        }
        for (const FieldValue& value : point.figures) {
            cells.push_back(valueText(value));
        }
        table.add(std::move(cells));
    }
    const std::string how = result.exhaustive ? "every point of the space"
                                              : "of " + grouped(result.space_size) + " points";
    return table.text() + "\n" + grouped(static_cast<std::int64_t>(result.front.size())) +
           " designs on the front; " + grouped(result.evaluated) + " evaluated (" + how + "), " +
           grouped(result.infeasible) + " break a constraint, " + grouped(result.invalid) +
           " are no design; " + secondsText(seconds) + "\n";
}

int runSearch(const Arguments& arguments) {
    const SearchRequest request = searchRequestFrom(arguments);
    const auto start = std::chrono::steady_clock::now();
    const SearchResult result = valueOrFail(search(request));
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    if (arguments.has("--json")) {
        printJson(resultJson(request, result, seconds.count()));
    } else {
        printText(resultText(request, result, seconds.count()));
    }
    return Done;
}

} // namespace

const Command& searchCommand() {
    static const Command command{
        "search",
        "MODEL",
        "Pareto front of a design space",
        "Every design is evaluated when the space has at most --limit points; otherwise half of "
        "the\n"
        "limit is drawn at random and the rest refines the front, the same for the same --seed.\n"
        "CONSTRAINT compares two expressions over figures and fields with <= >= < > ==:\n"
        "'num_attention_heads*head_dim==hidden_size', 'total_bytes<=80GB', 'context>=128K'.\n"
        "Figures are those of `headroom sweep`.",
        1,
        1,
        {searchOptions, scenarioOptions(), editOptions(), jsonOption()},
        runSearch,
    };
    return command;
}

} // namespace headroom::cli
