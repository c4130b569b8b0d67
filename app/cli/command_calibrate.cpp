// SPDX-License-Identifier: GPL-3.0-or-later
// headroom calibrate
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/json_output.h"
#include "app/cli/measurement_text.h"
#include "app/cli/this_computer_text.h"
#include "core/estimate/calibration.h"

#include <array>

namespace headroom::cli {

namespace {

constexpr std::array calibrateOptions{
    OptionSpec{"--out", "PROFILE", "device profile to write"},
    OptionSpec{"--device", "NAME",
               "device whose peaks and bandwidths apply, or a profile file (default: the\n"
               "device that the first file names)"},
    OptionSpec{"--this-computer", "",
               "measures this computer's processor instead, with the engine's kernels, in\n"
               "less than 10 seconds; `bench --estimate` uses what it keeps"},
    OptionSpec{"--threads", "N", "with --this-computer (default: one per hardware thread)"},
};

Json predictionJson(const Prediction& prediction) {
    Json object;
    const std::int64_t rows = prediction.decode.rows + prediction.prefill.rows;
    const auto share = [&](double decode, double prefill) {
        return (decode * static_cast<double>(prediction.decode.rows) +
                prefill * static_cast<double>(prediction.prefill.rows)) /
               static_cast<double>(std::max<std::int64_t>(1, rows));
    };
    object["mean_abs_error"] =
        share(prediction.decode.mean_abs_error, prediction.prefill.mean_abs_error);
    object["max_abs_error"] =
        std::max(prediction.decode.max_abs_error, prediction.prefill.max_abs_error);
    object["decode"] = errorsJson(prediction.decode);
    object["prefill"] = errorsJson(prediction.prefill);
    object["models"] = modelsJson(prediction);
    return object;
}

std::string constantsText(const Constants& c) {
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right});
    table.add({"kind", "compute", "memory", "overhead"});
    table.rule();
    for (const auto& [name, e] :
         {std::pair{"linear", c.linear}, std::pair{"attention", c.attention},
          std::pair{"experts", c.experts}, std::pair{"element-wise", c.element_wise}}) {
        table.add({name, percentText(e.compute), percentText(e.memory), secondsText(e.overhead_s)});
    }
    return table.text("  ");
}

/// --this-computer: measured anew, kept for later, and written where --out says.
int runThisComputer(const Arguments& arguments) {
    if (!arguments.positional().empty() || arguments.has("--device")) {
        failUsage("--this-computer: found a measurement file or --device, expected neither");
    }
    const ComputerProfile profile = valueOrFail(measureThisComputer(threadsFrom(arguments)));
    if (const auto out = arguments.value("--out")) {
        writeTextFile(*out, write_computer(profile));
    }
    if (arguments.has("--json")) {
        printJson({{"profile", Json::parse(write_computer(profile), nullptr, false)}});
    } else {
        printText(thisComputerText(profile));
    }
    return Done;
}

int runCalibrate(const Arguments& arguments) {
    if (arguments.has("--this-computer")) {
        return runThisComputer(arguments);
    }
    if (arguments.positional().empty()) {
        failUsage("MEASUREMENTS: found none, expected a file or --this-computer");
    }
    if (arguments.has("--threads")) {
        failUsage("--threads: applies to --this-computer alone");
    }
    std::vector<MeasurementFile> files;
    for (const std::string& name : arguments.positional()) {
        files.push_back(loadMeasurements(name));
    }
    const DeviceProfile limits = loadDevice(arguments, files.front().device);
    const Calibration calibration = valueOrFail(calibrate(files, limits), files.front().source);
    const std::string profile = write_device(calibration.profile);
    if (const auto out = arguments.value("--out")) {
        writeTextFile(*out, profile);
    }
    const bool validated = !calibration.cross_validation.rows.empty();
    if (arguments.has("--json")) {
        Json object{{"profile", Json::parse(profile, nullptr, false)},
                    {"fit", predictionJson(calibration.fit)}};
        object["cross_validation"] =
            validated ? predictionJson(calibration.cross_validation) : Json();
        printJson(object);
        return Done;
    }
    std::string text = "Constants of " + calibration.profile.name + ", fitted to " +
                       std::to_string(calibration.fitted_rows) + " steps\n" +
                       constantsText(calibration.profile.constants) + "\nFit\n" +
                       errorsText(calibration.fit);
    text += validated ? "\nCross-validation: each model predicted by a fit that saw none of it\n" +
                            errorsText(calibration.cross_validation)
                      : "\nOne model only: no cross-validation, the errors are those of the fit\n";
    printText(text);
    return Done;
}

} // namespace

const Command& calibrateCommand() {
    static const Command command{
        "calibrate",
        "MEASUREMENTS...",
        "fits a device profile to measurements",
        "MEASUREMENTS are files as docs/measurements.md describes, or shipped ones: h200_bf16,\n"
        "h200x2_tp2_bf16, h100_designs_bf16. Without --out nothing is written, except that the "
        "profile of this\n"
        "computer is kept in the user's cache folder.",
        0,
        64,
        {calibrateOptions, jsonOption()},
        runCalibrate,
    };
    return command;
}

} // namespace headroom::cli
