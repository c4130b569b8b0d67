// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/measurements.h"

#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/estimate/estimate_sentences.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <utility>

namespace headroom {
namespace {

using json = nlohmann::ordered_json;

constexpr std::int64_t largest_count = std::int64_t{1} << 30;

/// Reads the members of one object and remembers the first that does not fit.
class RowReader {
public:
    RowReader(const json& row, std::string path, std::optional<Error>& error)
        : m_row(row)
        , m_path(std::move(path))
        , m_error(error) {
        if (!row.is_object()) {
            fail({}, base_says<"no-object">(), base_says<"object">());
        }
    }

    std::int64_t count(const char* field, std::optional<std::int64_t> fallback = std::nullopt) {
        const json* value = find(field);
        if (value == nullptr && fallback) {
            return *fallback;
        }
        if (value == nullptr || !value->is_number_integer() || value->get<std::int64_t>() < 1 ||
            value->get<std::int64_t>() > largest_count) {
            fail(field, describe(value), base_says<"integer-from-to">(1, largest_count));
            return 1;
        }
        return value->get<std::int64_t>();
    }

    double positive(const char* field) {
        const json* value = find(field);
        const double number = value != nullptr && value->is_number() ? value->get<double>() : 0;
        if (!(number > 0) || !std::isfinite(number)) {
            fail(field, describe(value), base_says<"positive-number">());
            return 1;
        }
        return number;
    }

    std::string text(const char* field) {
        const json* value = find(field);
        if (value == nullptr || !value->is_string()) {
            fail(field, describe(value), base_says<"text">());
            return {};
        }
        return value->get<std::string>();
    }

    void fail(const std::string& field, const Argument& found, const Argument& expected) {
        if (!m_error) {
            const std::string separator = m_path.empty() || field.empty() ? "" : ".";
            m_error = Error{{}, m_path + separator + field, found_expected(found, expected)};
        }
    }

private:
    const json* find(const char* field) const {
        if (!m_row.is_object()) {
            return nullptr;
        }
        const auto it = m_row.find(field);
        return it == m_row.end() || it->is_null() ? nullptr : &*it;
    }

    static Argument describe(const json* value) {
        return value == nullptr ? Argument(base_says<"nothing">()) : Argument(value->dump());
    }

    const json& m_row;
    std::string m_path;
    std::optional<Error>& m_error;
};

/// Calls `read` for each row of an array; a missing array has none.
template <class Read>
void for_each_row(const json& document, const char* name, std::optional<Error>& error,
                  Read&& read) {
    const auto it = document.find(name);
    if (it == document.end() || it->is_null()) {
        return;
    }
    if (!it->is_array()) {
        error = error ? error
                      : Error{{},
                              name,
                              found_expected(estimate_says<"no-array">(),
                                             estimate_says<"array-of-rows">())};
        return;
    }
    for (std::size_t i = 0; i < it->size() && !error; ++i) {
        RowReader row((*it)[i], std::string(name) + "[" + std::to_string(i) + "]", error);
        if (!error) {
            read(row, i);
        }
    }
}

NumberFormat format_of(const json& document, std::optional<Error>& error) {
    RowReader reader(document, {}, error);
    if (!document.contains("dtype")) {
        return NumberFormat::Bf16;
    }
    const std::string text = reader.text("dtype");
    if (text == "bfloat16") {
        return NumberFormat::Bf16;
    }
    if (text == "float16") {
        return NumberFormat::Fp16;
    }
    const auto format = number_format_from(text);
    if (!format) {
        reader.fail("dtype", "\"" + text + "\"",
                    base_says<"one-of">("bfloat16 float16 fp32 bf16 fp16 fp8 int8 int4"));
    }
    return format.value_or(NumberFormat::Bf16);
}

void read_models(const json& document, MeasurementFile& file, std::optional<Error>& error) {
    const auto models = document.find("models");
    if (models == document.end() || !models->is_object()) {
        error = error ? error
                      : Error{{},
                              "models",
                              found_expected(base_says<"nothing">(),
                                             estimate_says<"object-of-configurations">())};
        return;
    }
    for (const auto& [name, value] : models->items()) {
        const std::string path = "models." + name;
        const Result<ModelConfig> config = parse_config(value.dump(), {});
        const Result<ModelSpec> spec =
            config ? expand_layers(*config) : Result<ModelSpec>(config.error());
        if (!spec) {
            error = error ? error : Error{{}, path + "." + spec.error().path, spec.error().message};
            return;
        }
        file.models.emplace(name, *spec);
    }
}

void read_steps(const json& document, Phase phase, MeasurementFile& file,
                std::optional<Error>& error) {
    const bool decode = phase == Phase::Decode;
    const char* name = decode ? "decode" : "prefill";
    for_each_row(document, name, error, [&](RowReader& row, std::size_t i) {
        MeasuredStep step;
        step.phase = phase;
        step.model = row.text("model");
        step.batch = row.count("batch");
        step.tokens = row.count(decode ? "context" : "prompt");
        step.tensor_parallel = row.count("tensor_parallel", 1);
        step.gpus = row.count("gpus", step.tensor_parallel);
        step.seconds = row.positive("ms") * 1e-3;
        step.path = std::string(name) + "[" + std::to_string(i) + "]";
        const auto model = file.models.find(step.model);
        if (model == file.models.end()) {
            row.fail("model", "\"" + step.model + "\"", estimate_says<"name-under-models">());
            return;
        }
        const std::int64_t layers = model->second.num_layers();
        if (const std::int64_t stated = row.count("layers", layers); stated != layers) {
            row.fail("layers", stated,
                     estimate_says<"layers-of-model">(layers, "models." + step.model));
        }
        file.steps.push_back(std::move(step));
    });
}

} // namespace

Result<MeasurementFile> parse_measurements(std::string_view json_text, std::string_view source) {
    const json document = json::parse(json_text, nullptr, false);
    MeasurementFile file;
    file.source = source;
    if (document.is_discarded() || !document.is_object()) {
        return Error{
            file.source,
            {},
            found_expected(base_says<"no-json-object">(), estimate_says<"measurement-file">())};
    }
    std::optional<Error> error;
    RowReader top(document, {}, error);
    file.device = top.text("device");
    if (document.contains("method")) {
        file.method = top.text("method");
    }
    file.all_reduce_gpus = top.count("gpus", 2);
    file.format = format_of(document, error);
    read_models(document, file, error);
    for_each_row(document, "gemm", error, [&](RowReader& row, std::size_t) {
        MeasuredProduct product;
        product.m = row.count("M");
        product.k = row.count("K");
        product.n = row.count("N");
        product.seconds = row.positive("us") * 1e-6;
        file.products.push_back(product);
    });
    for_each_row(document, "allreduce", error, [&](RowReader& row, std::size_t) {
        AllReducePoint point;
        point.bytes = row.count("bytes");
        point.seconds = row.positive("us") * 1e-6;
        if (!file.all_reduce.empty() && point.bytes <= file.all_reduce.back().bytes) {
            row.fail("bytes", point.bytes, estimate_says<"more-bytes">());
        }
        file.all_reduce.push_back(point);
    });
    read_steps(document, Phase::Decode, file, error);
    read_steps(document, Phase::Prefill, file, error);
    if (!error && file.steps.empty()) {
        error = Error{
            {}, "decode", found_expected(estimate_says<"no-row">(), estimate_says<"rows-under">())};
    }
    if (error) {
        error->file = file.source;
        return *error;
    }
    return file;
}

Scenario scenario_of(const MeasuredStep& step, const MeasurementFile& file) {
    Scenario scenario;
    scenario.workload.batch = step.batch;
    scenario.workload.prompt = step.tokens;
    scenario.workload.context = step.tokens;
    scenario.formats.weights = file.format;
    scenario.formats.kv = file.format;
    scenario.deployment.devices = step.gpus;
    scenario.deployment.tensor_parallel = step.tensor_parallel;
    return scenario;
}

} // namespace headroom
