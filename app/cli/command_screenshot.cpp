// SPDX-License-Identifier: GPL-3.0-or-later
// headroom screenshot --out FILE
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/inputs.h"
#include "app/cli/json_output.h"
#include "app/cli/offscreen.h"
#include "app/screenshot.h"
#include "core/presets/presets.h"
#include "widgets/pages/pages.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array screenshotOptions{
    OptionSpec{"--out", "FILE", "image to write: .png .jpg .bmp"},
    OptionSpec{"--page", "NAME", "page to show; `--page list` names the pages"},
    OptionSpec{"--session", "FILE", "session file (default: the default session)"},
    OptionSpec{"--models", "A[,B...]", "designs instead of the session's (repeatable)", true},
    OptionSpec{"--size", "WxH", "of the window (default 1440x900)"},
    OptionSpec{"--scale", "S", "the image has size x S pixels (default 1)"},
    OptionSpec{"--theme", "light|dark", "(default light)"},
    OptionSpec{"--lang", "en|zh_CN", "(default en)"},
};

ui::ScreenshotOptions screenshotOptionsFrom(const Arguments& arguments) {
    ui::ScreenshotOptions result;
    result.out = QString::fromStdString(arguments.required("--out"));
    result.session = QString::fromStdString(arguments.value("--session").value_or(""));
    result.page = QString::fromStdString(arguments.value("--page").value_or(""));
    result.size = sizeOption(arguments, result.size);
    result.scale = arguments.number("--scale", 0.25, 4).value_or(1);
    result.theme =
        themeOption(arguments) == "dark" ? ui::ThemeChoice::Dark : ui::ThemeChoice::Light;
    result.language = QString::fromStdString(languageOption(arguments));
    const std::vector<std::string> models = modelsOption(arguments);
    if (models.size() > max_designs) {
        failUsage("--models: found " + std::to_string(models.size()) +
                  " designs, expected at most four");
    }
    for (const std::string& model : models) {
        loadDesign(model, {}); // a name that is none fails here, with the nearest ones
        result.models.append(QString::fromStdString(model));
    }
    for (const std::string& edit : arguments.values("--set")) {
        const std::size_t equals = edit.find('=');
        if (equals == std::string::npos || equals == 0) {
            failUsage("--set: found \"" + edit + "\", expected FIELD=VALUE");
        }
        result.edits.append({QString::fromStdString(edit.substr(0, equals)),
                             QString::fromStdString(edit.substr(equals + 1))});
    }
    if (arguments.has("--device")) {
        const DeviceProfile device = loadDevice(arguments);
        if (find_device(device.id) == nullptr) {
            throw Failure{BadInput, "--device: found a profile file, expected a device of "
                                    "`headroom presets --devices`"};
        }
    }
    result.scenario = [&arguments](Scenario& scenario) { applyScenario(arguments, scenario); };
    return result;
}

int runScreenshot(const Arguments& arguments) {
    if (arguments.value("--page") == "list") {
        std::string text;
        for (const QString& name : ui::pageNames()) {
            text += name.toStdString() + "\n";
        }
        printText(text);
        return Done;
    }
    const ui::ScreenshotOptions request = screenshotOptionsFrom(arguments);
    leaveOutRuntimeDirRemark();
    QString error;
    if (!ui::saveScreenshot(request, &error)) {
        throw Failure{BadInput, error.toStdString()};
    }
    return Done;
}

} // namespace

const Command& screenshotCommand() {
    static const Command command{
        "screenshot",
        "",
        "the real window, drawn into a file without a display",
        "--set edits the first design, and the scenario options change the session's scenario.",
        0,
        0,
        {screenshotOptions, scenarioOptions(), editOptions()},
        runScreenshot,
    };
    return command;
}

} // namespace headroom::cli
