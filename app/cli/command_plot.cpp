// SPDX-License-Identifier: GPL-3.0-or-later
// headroom plot KIND --models A,B --out FILE
#include "app/application.h"
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/measurement_text.h"
#include "app/cli/offscreen.h"
#include "app/cli/plot_validation.h"
#include "app/cli/text_table.h"
#include "app/language.h"
#include "widgets/charts/charts.h"
#include "widgets/plot/plot_export.h"

#include <algorithm>
#include <array>

namespace headroom::cli {

namespace {

constexpr std::array plotOptions{
    OptionSpec{"--list", "", "name the kinds of charts"},
    OptionSpec{"--models", "A[,B...]", "designs to draw, up to four (repeatable)", true},
    OptionSpec{"--out", "FILE", "file to write: .png .svg .pdf .csv"},
    OptionSpec{"--size", "WxH", "pixels at 96 dpi (default 960x600)"},
    OptionSpec{"--dpi", "N", "the file has size x N/96 pixels (default 96)"},
    OptionSpec{"--theme", "light|dark", "(default light)"},
    OptionSpec{"--title", "T", "instead of the title that the chart computes"},
    OptionSpec{"--lang", "en|zh_CN", "language of the chart (default en)"},
    OptionSpec{"--axis", "batch|context", "what throughput and latency are drawn against"},
    OptionSpec{"--phase", "prefill|decode|both",
               "step of roofline and breakdown (default: roofline decode, breakdown both)"},
    OptionSpec{"--measurements", "FILE", "of residuals: a measurement file (default h200_bf16)"},
    OptionSpec{"--reports", "A[,B...]",
               "of validation-...: files that `validate --json` wrote (repeatable)", true},
    OptionSpec{"--layer", "N", "of validation-load: the layer (default: the first with experts)"},
};

constexpr std::string_view residuals = "residuals"; // of a measurement file, not of designs

void listKinds(bool json) {
    Json list = Json::array();
    TextTable table({Align::Left, Align::Left});
    for (const ui::ChartInfo& kind : ui::chartKinds()) {
        list.push_back({{"name", kind.id.toStdString()}, {"title", kind.title.toStdString()}});
        table.add({kind.id.toStdString(), kind.title.toStdString()});
    }
    const std::string title = "Errors of a device profile against a measurement file";
    list.push_back({{"name", residuals}, {"title", title}});
    table.add({std::string(residuals), title});
    for (const auto& [name, words] : validationKinds()) {
        list.push_back({{"name", name}, {"title", words}});
        table.add({name, words});
    }
    json ? printJson(Json{{"kinds", list}}) : printText(table.text());
}

ui::ChartKind kindFrom(const Arguments& arguments) {
    const std::string& name = arguments.positional()[0];
    if (const auto kind = ui::chartKindFor(QString::fromStdString(name))) {
        return *kind;
    }
    std::string message = "found kind \"" + name + "\", expected one of";
    for (const ui::ChartInfo& kind : ui::chartKinds()) {
        message += " " + kind.id.toStdString();
    }
    message += " " + std::string(residuals);
    for (const auto& [validation, title] : validationKinds()) {
        message += " " + validation;
    }
    failUsage(message);
}

ui::ExportOptions exportOptions(const Arguments& arguments) {
    ui::ExportOptions result;
    result.path = QString::fromStdString(arguments.required("--out"));
    bool known = false;
    result.format = ui::exportFormatForPath(result.path, &known);
    if (!known) {
        failUsage("--out: found \"" + result.path.toStdString() +
                  "\", expected a name that ends in .png, .svg, .pdf or .csv");
    }
    result.size = sizeOption(arguments, QSize(960, 600));
    result.dpi = static_cast<int>(arguments.integer("--dpi", 24, 1200).value_or(96));
    result.dark = themeOption(arguments) == "dark";
    const QSize pixels = ui::exportPixelSize(result);
    if (result.format == ui::ExportFormat::Png &&
        (pixels.width() > maximumPixels || pixels.height() > maximumPixels)) {
        failUsage("--size and --dpi: found " + std::to_string(pixels.width()) + "x" +
                  std::to_string(pixels.height()) + " pixels, expected at most " +
                  std::to_string(maximumPixels) + " each way");
    }
    return result;
}

ui::ChartOptions chartOptions(const Arguments& arguments, ui::ChartKind kind) {
    ui::ChartOptions result;
    if (kind == ui::ChartKind::Latency) {
        result.speed = SpeedCurve::TimePerOutputToken;
    }
    const std::string axis = choiceOption(arguments, "--axis", {"batch", "context"}, "batch");
    result.axis = axis == "context" ? SpeedAxis::Context : SpeedAxis::Batch;
    const std::string phase = choiceOption(arguments, "--phase", {"decode", "prefill", "both"},
                                           kind == ui::ChartKind::Step ? "both" : "decode");
    result.bothPhases = phase == "both";
    result.phase = phase == "prefill" ? Phase::Prefill : Phase::Decode;
    return result;
}

/// One scenario for all designs: the widest tensor split that every one of them allows.
StudyResult studyFrom(const Arguments& arguments) {
    StudyResult result;
    result.device = loadDevice(arguments);
    std::vector<LoadedModel> models;
    for (const std::string& name : modelsOption(arguments)) {
        models.push_back(loadModel(name, arguments.values("--set")));
        const Scenario scenario = scenarioFrom(arguments, result.device, models.back().spec);
        const std::int64_t split = scenario.deployment.tensor_parallel;
        if (models.size() == 1 || split < result.study.scenario.deployment.tensor_parallel) {
            result.study.scenario = scenario;
        }
    }
    if (models.empty() || models.size() > max_designs) {
        failUsage("--models: found " + std::to_string(models.size()) +
                  " designs, expected one to four: --models qwen3-8b,llama-3-8b");
    }
    for (LoadedModel& model : models) {
        const Analysis analysis = analyzeOrFail(model, result.study.scenario, result.device);
        result.study.designs.push_back(model.design);
        result.results.push_back({model.findings, std::move(model.spec), analysis, {}});
    }
    return result;
}

/// Writes the chart under the title that was asked for.
int save(const Arguments& arguments, const ui::ExportOptions& file, ui::PlotData data) {
    if (const auto title = arguments.value("--title")) {
        data.title = QString::fromStdString(*title);
    }
    QString error;
    if (!ui::renderPlot(data, file, &error)) {
        throw Failure{BadInput, file.path.toStdString() + ": " + error.toStdString()};
    }
    return Done;
}

int runResiduals(const Arguments& arguments) {
    if (arguments.has("--models")) {
        failUsage("--models: found designs, expected none: residuals are those of --measurements");
    }
    const ui::ExportOptions file = exportOptions(arguments);
    const MeasurementFile measured =
        loadMeasurements(arguments.value("--measurements").value_or("h200_bf16"));
    const DeviceProfile device = loadDevice(arguments, measured.device);
    const Prediction prediction = valueOrFail(predict(measured, device), measured.source);
    const OffscreenApplication application(languageOption(arguments));
    return save(arguments, file, ui::residualsChart(prediction, device));
}

int runPlot(const Arguments& arguments) {
    if (arguments.has("--list")) {
        const OffscreenApplication application(languageOption(arguments));
        listKinds(arguments.has("--json"));
        return Done;
    }
    if (arguments.positional().empty()) {
        failUsage("missing argument: expected KIND, or --list");
    }
    if (arguments.positional()[0] == residuals) {
        return runResiduals(arguments);
    }
    if (isValidationKind(arguments.positional()[0])) {
        const ui::ExportOptions file = exportOptions(arguments);
        const OffscreenApplication application(languageOption(arguments));
        return save(arguments, file, validationPlot(arguments));
    }
    const ui::ChartKind kind = kindFrom(arguments);
    const ui::ExportOptions file = exportOptions(arguments);
    const ui::ChartOptions choices = chartOptions(arguments, kind);
    const StudyResult study = studyFrom(arguments);

    const OffscreenApplication application(languageOption(arguments));
    ui::ChartInput input;
    input.now = &study;
    input.options = choices;
    return save(arguments, file, ui::buildChart(kind, input));
}

} // namespace

const Command& plotCommand() {
    static const Command command{
        "plot",
        "KIND",
        "a chart as a file, without a window",
        "`headroom plot --list` names the kinds. --set edits every design.",
        0,
        1,
        {plotOptions, scenarioOptions(), editOptions(), jsonOption()},
        runPlot,
    };
    return command;
}

} // namespace headroom::cli
