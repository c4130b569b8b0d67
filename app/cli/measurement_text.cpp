// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/measurement_text.h"

#include "app/cli/failure.h"
#include "core/presets/presets.h"

#include <system_error>

namespace headroom::cli {

namespace {

const char* phaseName(Phase phase) {
    return phase == Phase::Decode ? "decode" : "prefill";
}

std::string signedPercent(double share) {
    return (share > 0 ? "+" : "") + percentText(share);
}

} // namespace

MeasurementFile loadMeasurements(const std::string& name) {
    std::error_code error;
    if (!std::filesystem::exists(name, error)) {
        const std::string shipped = "measurements/" + name + ".json";
        if (const std::string_view text = embedded_preset(shipped); !text.empty()) {
            return valueOrFail(parse_measurements(text, "presets/" + shipped));
        }
    }
    return valueOrFail(parse_measurements(readTextFile(name), name), name);
}

DeviceProfile loadDevice(const Arguments& arguments, const std::string& fallback) {
    if (arguments.has("--device")) {
        return loadDevice(arguments);
    }
    if (const DeviceProfile* device = find_device(fallback)) {
        return *device;
    }
    throw Failure{BadInput, "device: found \"" + fallback +
                                "\", which no shipped profile is called; name one with --device"};
}

Json rowsJson(const Prediction& prediction) {
    Json rows = Json::array();
    for (const PredictedStep& row : prediction.rows) {
        const MeasuredStep& m = row.measured;
        Json object{{"phase", phaseName(m.phase)}, {"model", m.model}, {"batch", m.batch}};
        object["context"] = m.tokens;
        if (m.gpus > 1) {
            object["gpus"] = m.gpus;
            object["tensor_parallel"] = m.tensor_parallel;
        }
        object["measured_ms"] = m.seconds * 1e3;
        object["predicted_ms"] = row.predicted_seconds * 1e3;
        object["error"] = row.error;
        rows.push_back(std::move(object));
    }
    return rows;
}

Json errorsJson(const ErrorSummary& errors) {
    return {{"rows", errors.rows},
            {"mean_abs_error", errors.mean_abs_error},
            {"max_abs_error", errors.max_abs_error},
            {"mean_error", errors.mean_error}};
}

Json modelsJson(const Prediction& prediction) {
    Json models = Json::array();
    for (const ModelErrors& model : prediction.models) {
        models.push_back({{"model", model.model},
                          {"decode", errorsJson(model.decode)},
                          {"prefill", errorsJson(model.prefill)}});
    }
    return models;
}

std::string rowsText(const Prediction& prediction) {
    TextTable table({Align::Left, Align::Left, Align::Right, Align::Right, Align::Right,
                     Align::Right, Align::Right, Align::Right});
    table.add({"phase", "model", "gpus", "batch", "tokens", "measured", "predicted", "error"});
    table.rule();
    for (const PredictedStep& row : prediction.rows) {
        const MeasuredStep& m = row.measured;
        table.add({phaseName(m.phase), m.model, std::to_string(m.gpus), grouped(m.batch),
                   grouped(m.tokens), secondsText(m.seconds), secondsText(row.predicted_seconds),
                   signedPercent(row.error)});
    }
    return table.text();
}

std::string errorsText(const Prediction& prediction) {
    TextTable table(
        {Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
    table.add({"phase", "model", "rows", "mean error", "worst", "bias"});
    table.rule();
    const auto line = [&](const char* phase, const std::string& model, const ErrorSummary& e) {
        if (e.rows > 0) {
            table.add({phase, model, std::to_string(e.rows), percentText(e.mean_abs_error),
                       percentText(e.max_abs_error), signedPercent(e.mean_error)});
        }
    };
    for (const ModelErrors& model : prediction.models) {
        line("decode", model.model, model.decode);
    }
    line("decode", "all", prediction.decode);
    for (const ModelErrors& model : prediction.models) {
        line("prefill", model.model, model.prefill);
    }
    line("prefill", "all", prediction.prefill);
    return table.text("  ");
}

} // namespace headroom::cli
