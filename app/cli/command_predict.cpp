// SPDX-License-Identifier: GPL-3.0-or-later
// headroom predict
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/measurement_text.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array predictOptions{
    OptionSpec{"--device", "NAME",
               "a device of `presets --devices` or a profile file (default: the\n"
               "device that the measurements name)"},
    OptionSpec{"--max-error", "PERCENT",
               "exit with code 3 when the mean error of a phase is larger"},
};

int runPredict(const Arguments& arguments) {
    const MeasurementFile file = loadMeasurements(arguments.positional()[0]);
    const DeviceProfile device = loadDevice(arguments, file.device);
    const Prediction prediction = valueOrFail(predict(file, device), file.source);
    if (arguments.has("--json")) {
        Json object{{"device", device.id}, {"measurements", file.source}};
        object["rows"] = rowsJson(prediction);
        object["decode"] = errorsJson(prediction.decode);
        object["prefill"] = errorsJson(prediction.prefill);
        object["models"] = modelsJson(prediction);
        printJson(object);
    } else {
        printText(rowsText(prediction) + "\n" + errorsText(prediction));
    }
    if (const auto limit = arguments.number("--max-error", 0, 1000)) {
        const double worst =
            std::max(prediction.decode.mean_abs_error, prediction.prefill.mean_abs_error);
        return worst > *limit / 100 ? ComparisonFailed : Done;
    }
    return Done;
}

} // namespace

const Command& predictCommand() {
    static const Command command{
        "predict",
        "MEASUREMENTS",
        "a device profile's predictions beside what was measured",
        "MEASUREMENTS is a file as docs/measurements.md describes, or a shipped one:\n"
        "h200_bf16, h200x2_tp2_bf16, h200_designs_bf16, h100_designs_bf16. Error: predicted /\n"
        "measured - 1.",
        1,
        1,
        {predictOptions, jsonOption()},
        runPredict,
    };
    return command;
}

} // namespace headroom::cli
