// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/calibration.h"

#include "core/estimate/device_memory.h"
#include "core/estimate/estimate_sentences.h"
#include "core/estimate/least_squares.h"
#include "core/estimate/throughput.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace headroom {
namespace {

/// A product timed alone says less about a step than a step does: it runs without neighbours.
constexpr double product_weight = 0.15;

/// One measured step with its operators, listed once.
struct Row {
    const MeasuredStep* step = nullptr;
    std::vector<Operator> operators;
};

struct Product {
    Operator op;
    double seconds = 0;
};

struct Problem {
    DeviceProfile limits;
    std::vector<Row> rows;
    std::vector<Product> products;
};

/// The fitted members, in the order of the parameter vector, which holds their logarithms.
std::array<double*, 11> fitted(Constants& c) {
    return {&c.linear.compute,      &c.linear.memory,          &c.linear.overhead_s,
            &c.attention.compute,   &c.attention.memory,       &c.attention.overhead_s,
            &c.experts.compute,     &c.experts.memory,         &c.experts.overhead_s,
            &c.element_wise.memory, &c.element_wise.overhead_s};
}

double seconds_of(const Row& row, const DeviceProfile& device) {
    double sum = 0;
    for (const Operator& op : row.operators) {
        sum += operator_seconds(op, device) * static_cast<double>(op.count);
    }
    return sum;
}

/// Fits to every row but those of `left_out`.
Constants fit(const Problem& problem, std::string_view left_out) {
    DeviceProfile device = problem.limits;
    device.constants = typical_constants();
    std::vector<double> start;
    for (const double* value : fitted(device.constants)) {
        start.push_back(std::log(*value));
    }
    const auto set = [&](std::span<const double> x) {
        const auto members = fitted(device.constants);
        for (std::size_t i = 0; i < members.size(); ++i) {
            *members[i] = std::exp(x[i]);
        }
    };
    const auto residuals = [&](std::span<const double> x, std::vector<double>& r) {
        set(x);
        r.clear();
        for (const Row& row : problem.rows) {
            if (row.step->model != left_out) {
                r.push_back(std::log(seconds_of(row, device) / row.step->seconds));
            }
        }
        for (const Product& product : problem.products) {
            r.push_back(product_weight *
                        std::log(operator_seconds(product.op, device) / product.seconds));
        }
    };
    set(fit_robustly(start, residuals, {}));
    return device.constants;
}

std::vector<PredictedStep> predicted(const Problem& problem, const Constants& constants,
                                     std::string_view model) {
    DeviceProfile device = problem.limits;
    device.constants = constants;
    std::vector<PredictedStep> rows;
    for (const Row& row : problem.rows) {
        if (model.empty() || row.step->model == model) {
            PredictedStep step;
            step.measured = *row.step;
            step.predicted_seconds = seconds_of(row, device);
            step.error = step.predicted_seconds / row.step->seconds - 1;
            rows.push_back(std::move(step));
        }
    }
    return rows;
}

void add_products(const MeasurementFile& file, Problem& problem) {
    for (const MeasuredProduct& p : file.products) {
        Product product;
        product.op.kind = OperatorKind::Linear;
        product.op.what = Operation::GroupedProduct;
        product.op.format = file.format;
        product.op.flops = 2 * wide(p.m) * p.k * p.n;
        product.op.weight_bytes =
            static_cast<double>(p.k) * static_cast<double>(p.n) * bytes_per_number(file.format);
        product.op.activation_bytes =
            2.0 * static_cast<double>(p.m) * static_cast<double>(p.k + p.n);
        product.seconds = p.seconds;
        problem.products.push_back(product);
    }
}

Status add_rows(const MeasurementFile& file, Problem& problem) {
    for (const MeasuredStep& step : file.steps) {
        if (step.gpus != 1) {
            continue; // links are not fitted: their table is taken over as measured
        }
        const ModelSpec& spec = file.models.find(step.model)->second;
        const Scenario scenario = scenario_of(step, file);
        Row row;
        row.step = &step;
        for_each_timed_operator(spec, scenario, problem.limits, step.phase,
                                [&](const Operator& op, double) { row.operators.push_back(op); });
        problem.rows.push_back(std::move(row));
    }
    return std::monostate{};
}

/// A measured table speaks for the link: its smallest message for the latency, its largest for
/// the share of the bandwidth.
void use_all_reduce(const MeasurementFile& file, DeviceProfile& profile) {
    if (file.all_reduce.empty()) {
        return;
    }
    profile.all_reduce = file.all_reduce;
    profile.link.latency_s = file.all_reduce.front().seconds;
    const AllReducePoint& largest = file.all_reduce.back();
    const auto n = static_cast<double>(file.all_reduce_gpus);
    const double moved = static_cast<double>(largest.bytes) * 2.0 * (n - 1.0) / n;
    if (profile.link.bandwidth_bytes_per_s > 0 && largest.seconds > profile.link.latency_s) {
        profile.constants.communication.memory =
            moved / (largest.seconds - profile.link.latency_s) / profile.link.bandwidth_bytes_per_s;
    }
}

std::vector<std::string> model_names(const Problem& problem) {
    std::vector<std::string> names;
    for (const Row& row : problem.rows) {
        if (std::find(names.begin(), names.end(), row.step->model) == names.end()) {
            names.push_back(row.step->model);
        }
    }
    return names;
}

} // namespace

Constants typical_constants() {
    Constants c;
    c.linear = {0.70, 0.81, 4.5e-6};
    c.attention = {0.55, 0.94, 10.5e-6};
    c.experts = {0.70, 0.75, 17e-6};
    c.element_wise = {1.0, 0.69, 3.5e-6};
    c.communication = {1.0, 0.71, 0.0};
    return c;
}

Result<Calibration> calibrate(std::span<const MeasurementFile> files, const DeviceProfile& limits) {
    Problem problem;
    problem.limits = limits;
    for (const MeasurementFile& file : files) {
        add_products(file, problem);
        if (const Status status = add_rows(file, problem); !status) {
            return status.error();
        }
    }
    if (problem.rows.empty()) {
        return Error{files.empty() ? std::string() : files.front().source, "decode",
                     found_expected(estimate_says<"no-row-of-one-device">(),
                                    estimate_says<"at-least-one-to-fit">())};
    }
    Calibration result;
    result.profile = limits;
    const Efficiency link = limits.constants.communication;
    result.profile.constants = fit(problem, {});
    result.profile.constants.communication = link;
    for (const MeasurementFile& file : files) {
        use_all_reduce(file, result.profile);
    }
    result.fitted_rows = static_cast<std::int64_t>(problem.rows.size());
    result.fit = summarise(predicted(problem, result.profile.constants, {}));

    const std::vector<std::string> models = model_names(problem);
    if (models.size() > 1) {
        std::vector<PredictedStep> rows;
        for (const std::string& model : models) {
            const auto unseen = predicted(problem, fit(problem, model), model);
            rows.insert(rows.end(), unseen.begin(), unseen.end());
        }
        result.cross_validation = summarise(std::move(rows));
    }
    const Prediction& judged = models.size() > 1 ? result.cross_validation : result.fit;
    Constants& constants = result.profile.constants;
    constants.measured = true;
    constants.decode_error = judged.decode.mean_abs_error;
    constants.prefill_error = judged.prefill.mean_abs_error;
    constants.fitted_on = std::to_string(result.fitted_rows) + " steps of " +
                          std::to_string(models.size()) + " models";
    for (const MeasurementFile& file : files) {
        constants.fitted_on += ", " + file.source;
    }
    return result;
}

} // namespace headroom
