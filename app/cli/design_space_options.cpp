// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/design_space_options.h"

#include "app/cli/failure.h"
#include "app/cli/text_table.h"

namespace headroom::cli {

DesignSpace designSpaceFrom(const Arguments& arguments) {
    const LoadedModel model = loadModel(arguments.positional()[0], arguments.values("--set"));
    DesignSpace space;
    space.device = loadDevice(arguments);
    space.base = {model.design.config, scenarioFrom(arguments, space.device, model.spec)};
    for (const std::string& text : arguments.values("--vary")) {
        space.axes.push_back(valueOrFail(parse_axis(text), "--vary"));
        const std::string& name = space.axes.back().name;
        for (std::size_t i = 0; i + 1 < space.axes.size(); ++i) {
            if (space.axes[i].name == name) {
                failUsage("--vary: " + name + " is given twice");
            }
        }
    }
    return space;
}

std::vector<std::string> figureNames(const Arguments& arguments) {
    std::vector<std::string> names;
    for (const std::string& list : arguments.values("--figure")) {
        for (std::string& name : splitList(list)) {
            names.push_back(std::move(name));
        }
    }
    return names;
}

std::string wrapped(std::string_view text) {
    constexpr std::size_t width = 88;
    std::string lines;
    std::size_t column = 0;
    for (const std::string& word : splitList(text, ' ')) {
        if (column > 0 && column + 1 + word.size() > width) {
            lines += '\n';
            column = 0;
        } else if (column > 0) {
            lines += ' ';
            ++column;
        }
        lines += word;
        column += word.size();
    }
    return lines;
}

std::string valueText(const FieldValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return grouped(*integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return plainNumber(*real);
    }
    return to_text(value);
}

} // namespace headroom::cli
