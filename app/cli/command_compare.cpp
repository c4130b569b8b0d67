// SPDX-License-Identifier: GPL-3.0-or-later
// headroom compare MODEL MODEL...
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/training_options.h"
#include "core/study/compare.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array compareOptions{
    OptionSpec{"--markdown", "", "a Markdown table"},
    OptionSpec{"--csv", "", "comma-separated values, figures as plain numbers"},
    OptionSpec{"--differences", "", "only what differs"},
};

/// One line of the comparison, whatever part it comes from.
struct Line {
    std::string part; ///< structure, field, figure
    std::string name;
    std::vector<std::string> text;  ///< for people
    std::vector<std::string> plain; ///< for programs
    bool differs = false;
};

StudyResult studyOf(const std::vector<LoadedModel>& models, const std::vector<Analysis>& analyses,
                    const DeviceProfile& device) {
    StudyResult result;
    result.device = device;
    result.study.scenario = analyses.front().scenario;
    for (std::size_t i = 0; i < models.size(); ++i) {
        result.study.designs.push_back(models[i].design);
        result.results.push_back({models[i].findings, models[i].spec, analyses[i], {}});
    }
    return result;
}

Line figureLine(const FigureRow& row) {
    Line line{"figure", std::string(row.figure->id), {}, {}, false};
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (!row.values[i]) {
            line.text.emplace_back("-");
            line.plain.emplace_back();
            continue;
        }
        std::string text = figureText(*row.figure, *row.values[i]);
        if (i > 0 && row.ratios[i]) {
            text += " (x" + plainNumber(*row.ratios[i], 3) + ")";
        }
        line.text.push_back(text);
        line.plain.push_back(numberToJson(*row.values[i], true).dump());
        line.differs |= row.values[i] != row.values[0];
    }
    return line;
}

std::vector<Line> linesOf(const Comparison& comparison) {
    std::vector<Line> lines;
    for (const StructureRow& row : comparison.structure) {
        lines.push_back({"structure", row.id, row.values, row.values, row.differs});
    }
    for (const FieldRow& row : comparison.fields) {
        Line line{"field", row.field, {}, {}, row.differs};
        for (const auto& value : row.values) {
            line.text.push_back(value.value_or("-"));
            line.plain.push_back(value.value_or(""));
        }
        lines.push_back(std::move(line));
    }
    for (const FigureRow& row : comparison.figures) {
        lines.push_back(figureLine(row));
    }
    return lines;
}

std::string tableText(const std::vector<LoadedModel>& models, const std::vector<Line>& lines) {
    TextTable table(std::vector<Align>(models.size() + 2, Align::Left));
    std::vector<std::string> header{"", ""};
    for (const LoadedModel& model : models) {
        header.push_back(model.design.name);
    }
    table.add(header);
    std::string part;
    for (const Line& line : lines) {
        if (line.part != part) {
            table.rule();
            part = line.part;
        }
        std::vector<std::string> cells{line.differs ? "*" : "", line.name};
        cells.insert(cells.end(), line.text.begin(), line.text.end());
        table.add(std::move(cells));
    }
    return table.text() + "\n* differs\n";
}

std::string markdownCell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
        text.insert(at, "\\");
    }
    return text;
}

std::string markdownText(const std::vector<LoadedModel>& models, const std::vector<Line>& lines) {
    std::string text = "| |";
    std::string rule = "|---|";
    for (const LoadedModel& model : models) {
        text += " " + markdownCell(model.design.name) + " |";
        rule += "---|";
    }
    text += '\n' + rule + '\n';
    for (const Line& line : lines) {
        text += "| " + std::string(line.differs ? "**" : "") + "`" + line.name + "`" +
                (line.differs ? "**" : "") + " |";
        for (const std::string& cell : line.text) {
            text += " " + markdownCell(cell) + " |";
        }
        text += '\n';
    }
    return text;
}

std::string csvText(const std::vector<LoadedModel>& models, const std::vector<Line>& lines) {
    std::string text = "part,name,differs";
    for (const LoadedModel& model : models) {
        text += "," + csvCell(model.design.name);
    }
    text += '\n';
    for (const Line& line : lines) {
        text += line.part + "," + csvCell(line.name) + (line.differs ? ",true" : ",false");
        for (const std::string& cell : line.plain) {
            text += "," + csvCell(cell);
        }
        text += '\n';
    }
    return text;
}

Json comparisonJson(const std::vector<LoadedModel>& models, const std::vector<Analysis>& analyses,
                    const std::vector<TrainingPlan>& plans, const Comparison& comparison,
                    const DeviceProfile& device) {
    Json list = Json::array();
    for (std::size_t i = 0; i < models.size(); ++i) {
        list.push_back(toJson(models[i], analyses[i], device, plans[i]));
    }
    Json fields = Json::array();
    for (const FieldRow& row : comparison.fields) {
        const FieldInfo* field = find_field(row.field);
        Json values = Json::array();
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            values.push_back(row.values[i] && field != nullptr
                                 ? toJson(field_value(models[i].design.config, *field))
                                 : (row.values[i] ? Json(*row.values[i]) : Json(nullptr)));
        }
        fields.push_back({{"field", row.field}, {"values", values}, {"differs", row.differs}});
    }
    Json structure = Json::array();
    for (const StructureRow& row : comparison.structure) {
        structure.push_back({{"aspect", row.id}, {"values", row.values}, {"differs", row.differs}});
    }
    return {{"models", list}, {"fields", fields}, {"structure", structure}};
}

int runCompare(const Arguments& arguments) {
    if (arguments.has("--json") + arguments.has("--markdown") + arguments.has("--csv") > 1) {
        failUsage("--json, --markdown and --csv exclude each other");
    }
    const DeviceProfile device = loadDevice(arguments);
    std::vector<LoadedModel> models;
    std::vector<Analysis> analyses;
    std::vector<TrainingPlan> plans;
    for (const std::string& name : arguments.positional()) {
        models.push_back(loadModel(name, arguments.values("--set")));
        const Scenario scenario = scenarioFrom(arguments, device, models.back().spec);
        analyses.push_back(analyzeOrFail(models.back(), scenario, device));
        plans.push_back(trainingPlan(arguments, models.back(), scenario, device));
        analyses.back().training = plans.back().report;
    }
    const Comparison comparison = compare(studyOf(models, analyses, device));
    if (arguments.has("--json")) {
        printJson(comparisonJson(models, analyses, plans, comparison, device));
        return Done;
    }
    std::vector<Line> lines = linesOf(comparison);
    if (arguments.has("--differences")) {
        std::erase_if(lines, [](const Line& line) { return !line.differs; });
    }
    if (arguments.has("--markdown")) {
        printText(markdownText(models, lines));
    } else if (arguments.has("--csv")) {
        printText(csvText(models, lines));
    } else {
        printText(tableText(models, lines));
    }
    return Done;
}

} // namespace

const Command& compareCommand() {
    static const Command command{
        "compare",
        "MODEL MODEL...",
        "designs side by side: structure, fields, figures with their ratio to the first design",
        "--set edits every design of the comparison.",
        2,
        16,
        {compareOptions, scenarioOptions(), trainingOptions(), editOptions(), jsonOption()},
        runCompare,
    };
    return command;
}

} // namespace headroom::cli
