// SPDX-License-Identifier: GPL-3.0-or-later
// Fits, error summaries, calibration to times made by hand, and the search for a deployment, each
// on a case that can be solved on paper. Designs and device: small_designs.h, simple_device.h.
#include "close.h"
#include "core/estimate/calibration.h"
#include "core/estimate/deployment_search.h"
#include "core/estimate/least_squares.h"
#include "core/estimate/prediction.h"
#include "core/estimate/throughput.h"
#include "simple_device.h"
#include "small_designs.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headroom;
using small_designs::spec_of;

namespace {

/// Where one number lies best among `points`.
double centre(const std::vector<double>& points, const FitOptions& options, double start = 0) {
    return fit_robustly(
               std::vector{start},
               [&](std::span<const double> x, std::vector<double>& r) {
                   r.clear();
                   for (const double point : points) {
                       r.push_back(x[0] - point);
                   }
               },
               options)
        .front();
}

PredictedStep row(const char* model, Phase phase, double error) {
    PredictedStep step;
    step.measured.model = model;
    step.measured.phase = phase;
    step.error = error;
    return step;
}

Scenario scenario(std::int64_t batch) {
    Scenario s;
    s.workload = {batch, 5, 4, 10};
    return s;
}

DeploymentSearch found(const Scenario& s, const DeviceProfile& device,
                       const DeploymentTarget& target,
                       const ModelConfig& config = small_designs::dense()) {
    const auto search = find_deployments(spec_of(config), s, device, target);
    if (!search) {
        qFatal("%s", search.error().text().c_str());
    }
    return *search;
}

const DeploymentOption* option(const DeploymentSearch& search, std::int64_t devices,
                               std::int64_t tp, std::int64_t pp) {
    for (const DeploymentOption& o : search.options) {
        if (o.deployment.devices == devices && o.deployment.tensor_parallel == tp &&
            o.deployment.pipeline_parallel == pp && o.deployment.expert_parallel == 1) {
            return &o;
        }
    }
    return nullptr;
}

} // namespace

class TestEstimateByHand : public QObject {
    Q_OBJECT

private slots:
    void leastSquares();
    void outliersCountLinearly();
    void pullTowardsTheStart();
    void straightLine();
    void summary();
    void calibratedToItself();
    void linkFromItsTable();
    void fewestDevices();
    void replicasForTheBatch();
    void targetsDecide();
    void wholeNodes();
    void prices();
};

void TestEstimateByHand::leastSquares() {
    QVERIFY(std::abs(centre({1, 2, 6}, {1e9, 0, 200}) - 3) < 1e-6); // the mean
}

void TestEstimateByHand::outliersCountLinearly() {
    // Three points at 0 and one at 10, of which no more than 1 counts: 3 x = 1.
    QVERIFY(std::abs(centre({0, 0, 0, 10}, {1, 0, 200}) - 1 / 3.0) < 1e-6);
    // On both sides alike: -10 and 10 pull as much as each other.
    QVERIFY(std::abs(centre({0.5, 10, -10}, {1, 0, 200}) - 0.5) < 1e-6);
}

void TestEstimateByHand::pullTowardsTheStart() {
    // (x - 6)^2 + 2^2 x^2 is least at 6 / 5; from a start at 1 at (6 + 4) / 5.
    QVERIFY(std::abs(centre({6}, {1e9, 2, 200}) - 1.2) < 1e-6);
    QVERIFY(std::abs(centre({6}, {1e9, 2, 200}, 1) - 2) < 1e-6);
}

void TestEstimateByHand::straightLine() {
    // Through (0, 1), (1, 1), (2, 4): slope 1.5, intercept 0.5.
    const std::vector<double> y = {1, 1, 4};
    const auto x = fit_robustly(std::vector{0.0, 0.0},
                                [&](std::span<const double> p, std::vector<double>& r) {
                                    r.clear();
                                    for (std::size_t i = 0; i < y.size(); ++i) {
                                        r.push_back(p[0] * static_cast<double>(i) + p[1] - y[i]);
                                    }
                                },
                                {1e9, 0, 200});
    QVERIFY(std::abs(x[0] - 1.5) < 1e-6 && std::abs(x[1] - 0.5) < 1e-6);
}

void TestEstimateByHand::summary() {
    const Prediction p = summarise({row("a", Phase::Decode, 0.1), row("b", Phase::Prefill, 0.2),
                                    row("a", Phase::Decode, -0.4), row("b", Phase::Decode, 0.15)});
    QCOMPARE(p.decode.rows, std::int64_t{3});
    QVERIFY(close(p.decode.mean_abs_error, 0.65 / 3));
    QVERIFY(close(p.decode.mean_error, -0.15 / 3));
    QVERIFY(close(p.decode.max_abs_error, 0.4));
    QCOMPARE(p.prefill.rows, std::int64_t{1});
    QVERIFY(close(p.prefill.mean_error, 0.2));
    QCOMPARE(p.models.size(), std::size_t{2});
    QCOMPARE(p.models[0].model, std::string("a"));
    QVERIFY(close(p.models[0].decode.mean_abs_error, 0.25));
    QVERIFY(close(p.models[0].decode.mean_error, -0.15));
    QVERIFY(close(p.models[1].decode.mean_error, 0.15));
    QVERIFY(close(p.models[1].prefill.mean_error, 0.2));
}

void TestEstimateByHand::calibratedToItself() {
    // Times of the typical constants themselves are fitted by them; the file's product is 2 m k n
    // FLOP and moves k n weights and m (k + n) activations.
    DeviceProfile device = simple_device::profile();
    device.constants = typical_constants();
    MeasurementFile file;
    file.source = "made.json";
    file.device = "simple";
    file.models.emplace("dense", spec_of(small_designs::dense()));
    for (const std::int64_t batch : {1, 7}) {
        MeasuredStep step;
        step.model = "dense";
        step.batch = batch;
        step.tokens = 10;
        step.seconds =
            decode_time(file.models.at("dense"), scenario_of(step, file), device).seconds;
        file.steps.push_back(step);
    }
    // 3 x 1000 x 2000: 1.2e7 FLOP at 0.70 of 10^12; 4e6 + 18e3 bytes at 0.81 of 10^11; 4.5 us.
    const double computing = 1.2e7 / 0.7e12;
    const double moving = 4.018e6 / 0.81e11;
    file.products.push_back(
        {3, 1000, 2000, std::pow(std::pow(computing, 4) + std::pow(moving, 4), 0.25) + 4.5e-6});
    const auto calibration = calibrate(std::vector{file}, simple_device::profile());
    QVERIFY(calibration);
    QCOMPARE(calibration->fitted_rows, std::int64_t{2});
    const Constants fitted = calibration->profile.constants;
    for (const auto& [a, b] : {std::pair{fitted.linear, typical_constants().linear},
                               std::pair{fitted.attention, typical_constants().attention},
                               std::pair{fitted.experts, typical_constants().experts},
                               std::pair{fitted.element_wise, typical_constants().element_wise}}) {
        QVERIFY(close(a.compute, b.compute, 1e-5) && close(a.memory, b.memory, 1e-5) &&
                close(a.overhead_s, b.overhead_s, 1e-5));
    }
    QVERIFY(calibration->fit.decode.max_abs_error < 1e-6);
    // The link stays as the profile has it.
    QVERIFY(fitted.communication == simple_device::profile().constants.communication);
    QCOMPARE(fitted.fitted_on, std::string("2 steps of 1 models, made.json"));
    QVERIFY(fitted.measured);
}

void TestEstimateByHand::linkFromItsTable() {
    // Over four devices the largest message of 10^6 bytes took 310 us and the smallest 10: one and
    // a half times the bytes in 300 us are 5e9 B/s, half of the link's 10^10.
    DeviceProfile device = simple_device::profile();
    device.constants = typical_constants();
    MeasurementFile file;
    file.source = "made.json";
    file.models.emplace("dense", spec_of(small_designs::dense()));
    MeasuredStep step;
    step.model = "dense";
    step.tokens = 10;
    step.seconds = 1e-3;
    file.steps = {step};
    file.all_reduce = {{100, 10e-6}, {1000000, 310e-6}};
    file.all_reduce_gpus = 4;
    const auto calibration = calibrate(std::vector{file}, device);
    QVERIFY(calibration);
    QVERIFY(close(calibration->profile.link.latency_s, 10e-6));
    QVERIFY(close(calibration->profile.constants.communication.memory, 0.5));
    QVERIFY(calibration->profile.all_reduce == file.all_reduce);
}

void TestEstimateByHand::fewestDevices() {
    // One sequence on one device: weights 21280, cache 1920, workspace 5 * 272 + 160.
    DeviceProfile device = simple_device::profile();
    const std::int64_t all = 21280 + 1920 + 5 * 272 + 160;
    device.memory_bytes = all;
    QCOMPARE(found(scenario(1), device, {}).best()->deployment.devices, std::int64_t{1});
    device.memory_bytes = all - 1;
    const DeploymentSearch two = found(scenario(1), device, {});
    QCOMPARE(two.best()->deployment.devices, std::int64_t{2});
    const DeploymentOption* one = option(two, 1, 1, 1);
    QVERIFY(one->verdict == DeploymentVerdict::NoMemory);
    QCOMPARE(one->per_device_bytes, all);
    // Halved over two: see TestMemoryByHand. Or two stages, of which the second is the larger.
    QCOMPARE(option(two, 2, 2, 1)->per_device_bytes,
             std::int64_t{2 * (4 * (1152 + 32) + 320 + 320 + 16) + 960 + 5 * 2 * (64 + 36) + 80});
    QCOMPARE(option(two, 2, 1, 2)->per_device_bytes,
             std::int64_t{2 * (2 * 2336 + 640 + 16) + 960 + 5 * 272 + 160});
    // Nowhere enough: nothing is best, and the option that lacks least comes first.
    device.memory_bytes = 100;
    const DeploymentSearch none = found(scenario(1), device, {});
    QVERIFY(none.best() == nullptr);
    for (const DeploymentOption& o : none.options) {
        QVERIFY(none.options.front().per_device_bytes <= o.per_device_bytes);
    }
}

void TestEstimateByHand::replicasForTheBatch() {
    DeploymentTarget target;
    target.max_devices = 4;
    const DeploymentSearch search = found(scenario(3), simple_device::profile(), target);
    // A replica for each of three sequences; a fourth would idle.
    const DeploymentOption* three = option(search, 3, 1, 1);
    QVERIFY(three != nullptr);
    QCOMPARE(three->data_parallel, std::int64_t{3});
    QVERIFY(option(search, 4, 1, 1) == nullptr);
    QVERIFY(option(search, 4, 2, 1) != nullptr);
    QCOMPARE(option(search, 4, 2, 1)->data_parallel, std::int64_t{2});
    QVERIFY(option(search, 4, 2, 2) != nullptr);
    QVERIFY(option(search, 3, 3, 1) == nullptr); // four heads
    const bool said =
        std::any_of(search.refusals.begin(), search.refusals.end(), [](const DeploymentRefusal& r) {
            return r.error.path == "devices" &&
                   r.error.text().find("found 4 replicas, expected at most the batch, 3") !=
                       std::string::npos;
        });
    QVERIFY(said);
    // Splits: 1; 2 as 1 1, 1 2, 2 1; 3 likewise; 4 as 1 1, 1 2, 1 4, 2 1, 2 2, 4 1.
    QCOMPARE(search.examined, std::int64_t{1 + 3 + 3 + 6});
}

void TestEstimateByHand::targetsDecide() {
    DeviceProfile device = simple_device::profile();
    for (Efficiency* e : {&device.constants.linear, &device.constants.attention,
                          &device.constants.element_wise, &device.constants.communication}) {
        e->overhead_s = 0; // so that more devices help so small a design
    }
    const DeploymentSearch free = found(scenario(4), device, {});
    const double alone = option(free, 1, 1, 1)->seconds_per_token;
    DeploymentTarget target;
    target.max_seconds_per_token = alone;
    QVERIFY(option(found(scenario(4), device, target), 1, 1, 1)->verdict ==
            DeploymentVerdict::Meets);
    target.max_seconds_per_token = alone * 0.999;
    QVERIFY(option(found(scenario(4), device, target), 1, 1, 1)->verdict ==
            DeploymentVerdict::TooSlow);
    target.max_seconds_per_token.reset();
    target.min_tokens_per_second = 4 / alone * 1.001;
    const DeploymentSearch rate = found(scenario(4), device, target);
    QVERIFY(option(rate, 1, 1, 1)->verdict == DeploymentVerdict::TooFewTokens);
    QVERIFY(rate.best()->tokens_per_second >= *target.min_tokens_per_second);
    // A rate asks for the most tokens among equally many devices.
    for (const DeploymentOption& o : rate.options) {
        if (o.verdict == DeploymentVerdict::Meets &&
            o.deployment.devices == rate.best()->deployment.devices) {
            QVERIFY(o.tokens_per_second <= rate.best()->tokens_per_second);
        }
    }
}

void TestEstimateByHand::wholeNodes() {
    // Nodes of four: 5, 6 and 7 devices are no whole nodes, 8 are.
    const DeploymentSearch search = found(scenario(64), simple_device::profile(), {});
    std::vector<bool> seen(9, false);
    for (const DeploymentOption& o : search.options) {
        seen.at(static_cast<std::size_t>(o.deployment.devices)) = true;
    }
    QCOMPARE(seen, (std::vector<bool>{false, true, true, true, true, false, false, false, true}));
}

void TestEstimateByHand::prices() {
    // Two devices at 1.8 an hour each are a tenth of a cent a second.
    Scenario s = scenario(4);
    s.deployment.price_per_hour = 1.8;
    const DeploymentSearch search = found(s, simple_device::profile(), {});
    const DeploymentOption* two = option(search, 2, 2, 1);
    QVERIFY(close(two->output_cost_per_million.value(), 1e-3 * 1e6 / two->tokens_per_second));
    Scenario split = s;
    split.deployment.devices = split.deployment.tensor_parallel = 2;
    const ThroughputReport speed =
        throughput(spec_of(small_designs::dense()), split, simple_device::profile());
    QVERIFY(close(two->tokens_per_second, speed.tokens_per_second));
    QVERIFY(close(two->seconds_to_first_token, speed.time_to_first_token_s));
    QVERIFY(
        !found(scenario(4), simple_device::profile(), {}).options.front().output_cost_per_million);
}

QTEST_APPLESS_MAIN(TestEstimateByHand)
#include "tst_estimate_by_hand.moc"
