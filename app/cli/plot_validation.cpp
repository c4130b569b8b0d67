// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/plot_validation.h"

#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "core/validation/validation_json.h"
#include "widgets/validation/validation_charts.h"

#include <algorithm>
#include <array>
#include <memory>

namespace headroom::cli {

namespace {

struct Kind {
    std::string_view name;
    ui::ValidationChart chart;
    std::string_view title;
};

constexpr std::array kinds{
    Kind{"validation-prefill", ui::ValidationChart::PrefillTime,
         "Predicted and measured prefill time against the prompt"},
    Kind{"validation-decode", ui::ValidationChart::DecodeTime,
         "Predicted and measured time per token against context"},
    Kind{"validation-step", ui::ValidationChart::StepTime,
         "Predicted and measured time of a step against its tokens"},
    Kind{"validation-kv", ui::ValidationChart::KvBytes,
         "Predicted and measured cache against context"},
    Kind{"validation-experts", ui::ValidationChart::DistinctExperts,
         "Expected and measured distinct experts against tokens"},
    Kind{"validation-load", ui::ValidationChart::ExpertLoad, "Measured load of each expert"},
};

const Kind* find(std::string_view name) {
    const auto* const found = std::find_if(kinds.begin(), kinds.end(),
                                           [&](const Kind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : found;
}

} // namespace

std::vector<std::pair<std::string, std::string>> validationKinds() {
    std::vector<std::pair<std::string, std::string>> list;
    for (const Kind& kind : kinds) {
        list.emplace_back(kind.name, kind.title);
    }
    return list;
}

bool isValidationKind(std::string_view name) {
    return find(name) != nullptr;
}

ui::PlotData validationPlot(const Arguments& arguments) {
    QVector<ui::DrawnValidation> runs;
    for (const std::string& value : arguments.values("--reports")) {
        for (const std::string& name : splitList(value)) {
            Result<ValidationReport> report = parse_validation(readTextFile(name));
            if (!report) {
                throw Failure{BadInput, name + ": " + report.error().text()};
            }
            const QString title = QString::fromStdString(report->name);
            runs.append({static_cast<int>(runs.size()),
                         std::make_shared<const ValidationReport>(*std::move(report)), title,
                         false});
        }
    }
    if (runs.isEmpty() || static_cast<std::size_t>(runs.size()) > max_designs) {
        failUsage("--reports: found " + std::to_string(runs.size()) +
                  " files, expected one to four that `validate --json` wrote");
    }
    const auto& loads = runs.first().report->loads;
    int layer = 0;
    if (const auto wanted = arguments.integer("--layer", 0, 1 << 20)) {
        const auto found = std::find_if(loads.begin(), loads.end(), [&](const ExpertLoad& load) {
            return load.layer == *wanted;
        });
        if (found == loads.end()) {
            throw Failure{BadInput, "--layer: found " + std::to_string(*wanted) +
                                        ", expected a layer of the report with experts"};
        }
        layer = static_cast<int>(found - loads.begin());
    }
    ui::PlotData data =
        ui::validationChart(find(arguments.positional()[0])->chart, runs, true, layer);
    if (data.series.isEmpty()) {
        throw Failure{BadInput, "--reports: " + data.emptyText.toStdString()};
    }
    return data;
}

} // namespace headroom::cli
