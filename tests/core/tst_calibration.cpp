// SPDX-License-Identifier: GPL-3.0-or-later
// Calibration: deterministic, robust, and as accurate as docs/accuracy.md says.
#include "core/config/layer_queries.h"
#include "core/estimate/calibration.h"
#include "core/estimate/least_squares.h"
#include "core/presets/presets.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <variant>

using namespace headroom;

namespace {

MeasurementFile shipped(const char* name) {
    const std::string path = std::string("measurements/") + name + ".json";
    auto file = parse_measurements(embedded_preset(path), path);
    if (!file) {
        qFatal("%s", file.error().text().c_str());
    }
    return *file;
}

Calibration calibrated(const std::vector<MeasurementFile>& files, const char* device = "h200") {
    auto calibration = calibrate(files, *find_device(device));
    if (!calibration) {
        qFatal("%s", calibration.error().text().c_str());
    }
    return *calibration;
}

} // namespace

class TestCalibration : public QObject {
    Q_OBJECT

private slots:
    void fitIsAccurate();
    void unseenModelsAreAccurate();
    void otherDesignsAreAccurate();
    void secondProgramIsAllowedFor();
    void splitOverTwoIsAccurate();
    void deterministic();
    void shippedProfileIsTheFit_data();
    void shippedProfileIsTheFit();
    void constantsServeAnotherDevice();
    void recoversKnownConstants();
    void outlierHardlyMoves();
    void tableOfLinksIsTakenOver();
    void nothingToFit();
    void leastSquares();
};

void TestCalibration::fitIsAccurate() {
    const Calibration c = calibrated({shipped("h200_bf16")});
    QCOMPARE(c.fitted_rows, std::int64_t{56});
    QVERIFY(c.fit.decode.mean_abs_error < 0.03);
    QVERIFY(c.fit.decode.max_abs_error < 0.10);
    QVERIFY(c.fit.prefill.mean_abs_error < 0.035);
    QVERIFY(c.fit.prefill.max_abs_error < 0.08);
}

void TestCalibration::unseenModelsAreAccurate() {
    const Calibration c = calibrated({shipped("h200_bf16")});
    QCOMPARE(c.cross_validation.rows.size(), std::size_t{56});
    QCOMPARE(c.cross_validation.models.size(), std::size_t{5});
    QVERIFY(c.cross_validation.decode.mean_abs_error < 0.03);
    QVERIFY(c.cross_validation.decode.max_abs_error < 0.10);
    QVERIFY(c.cross_validation.prefill.mean_abs_error < 0.04);
    QVERIFY(c.cross_validation.prefill.max_abs_error < 0.09);
    QCOMPARE(c.profile.constants.decode_error, c.cross_validation.decode.mean_abs_error);
    QVERIFY(c.profile.constants.measured);
}

// Designs of every kind that nothing was fitted to (docs/accuracy.md, "Thirty-one designs").
void TestCalibration::otherDesignsAreAccurate() {
    const auto p = predict(shipped("h200_designs_bf16"), *find_device("h200"));
    QVERIFY(p);
    QCOMPARE(p->models.size(), std::size_t{31});
    QVERIFY(p->decode.mean_abs_error < 0.043);
    QVERIFY(p->decode.max_abs_error < 0.19);
    QVERIFY(p->prefill.mean_abs_error < 0.040);
    QVERIFY(p->prefill.max_abs_error < 0.17);
    for (const ModelErrors& model : p->models) {
        QVERIFY2(model.decode.mean_abs_error < 0.10 && model.prefill.mean_abs_error < 0.10,
                 model.model.c_str());
    }
}

// Dense rows of the second program, made slower by as much as it is faster than the first one on
// the same row of Qwen3-0.6B: then no design is further off than 12%.
void TestCalibration::secondProgramIsAllowedFor() {
    const MeasurementFile first = shipped("h200_bf16");
    const MeasurementFile as_measured = shipped("h200_designs_bf16");
    MeasurementFile second = as_measured;
    const auto seconds = [](const MeasurementFile& file, const MeasuredStep& like) {
        for (const MeasuredStep& step : file.steps) {
            if (step.model == "qwen3-0.6b" && step.phase == like.phase &&
                step.batch == like.batch && step.tokens == like.tokens) {
                return step.seconds;
            }
        }
        return 0.0;
    };
    const auto is_dense = [](const ModelSpec& spec) {
        return std::all_of(spec.kinds.begin(), spec.kinds.end(),
                           [](const LayerKind& kind) { return dense_of(kind.spec) != nullptr; });
    };
    std::erase_if(second.steps,
                  [](const MeasuredStep& step) { return step.phase != Phase::Decode; });
    int scaled = 0;
    for (MeasuredStep& step : second.steps) {
        const double by_first = seconds(first, step);
        if (by_first > 0 && is_dense(second.models.at(step.model))) {
            step.seconds *= by_first / seconds(as_measured, step);
            ++scaled;
        }
    }
    QVERIFY(scaled > 100);
    const auto p = predict(second, *find_device("h200"));
    QVERIFY(p);
    QVERIFY(p->decode.mean_abs_error < 0.03);
    QVERIFY(p->decode.max_abs_error < 0.12);
}

void TestCalibration::splitOverTwoIsAccurate() {
    const auto p = predict(shipped("h200x2_tp2_bf16"), *find_device("h200"));
    QVERIFY(p);
    QVERIFY(p->decode.mean_abs_error < 0.02);
    QVERIFY(p->decode.max_abs_error < 0.05);
}

void TestCalibration::deterministic() {
    const MeasurementFile file = shipped("h200_bf16");
    QVERIFY(calibrated({file}).profile == calibrated({file}).profile);
}

void TestCalibration::shippedProfileIsTheFit_data() {
    QTest::addColumn<QString>("device");
    QTest::addColumn<QString>("file");
    QTest::newRow("h200") << "h200"
                          << "h200_bf16";
    QTest::newRow("h100") << "h100"
                          << "h100_designs_bf16";
}

void TestCalibration::shippedProfileIsTheFit() {
    QFETCH(QString, device);
    QFETCH(QString, file);
    const QByteArray id = device.toLatin1();
    const Constants fitted =
        calibrated({shipped(file.toLatin1().constData())}, id.constData()).profile.constants;
    const Constants& ours = find_device(id.constData())->constants;
    const auto near = [](double a, double b) { return std::abs(a / b - 1) < 0.01; };
    for (const auto& [a, b] :
         {std::pair{fitted.linear, ours.linear}, std::pair{fitted.attention, ours.attention},
          std::pair{fitted.experts, ours.experts}}) {
        QVERIFY(near(a.compute, b.compute) && near(a.memory, b.memory) &&
                near(a.overhead_s, b.overhead_s));
    }
    QVERIFY(near(fitted.element_wise.memory, ours.element_wise.memory));
    QVERIFY(near(fitted.element_wise.overhead_s, ours.element_wise.overhead_s));
    QVERIFY(near(fitted.decode_error, ours.decode_error));
    QVERIFY(near(fitted.prefill_error, ours.prefill_error));
}

// What every typical profile rests on (docs/accuracy.md, "Another device").
void TestCalibration::constantsServeAnotherDevice() {
    const MeasurementFile file = shipped("h100_designs_bf16");
    DeviceProfile device = *find_device("h100");
    device.constants = find_device("h200")->constants;
    const auto p = predict(file, device);
    QVERIFY(p);
    QVERIFY(p->decode.mean_abs_error < 0.08);
    QVERIFY(p->prefill.mean_abs_error < 0.065);
    QVERIFY(p->decode.max_abs_error < 0.22 && p->prefill.max_abs_error < 0.22);
    const Calibration c = calibrated({file}, "h100");
    QVERIFY(c.cross_validation.decode.mean_abs_error < 0.022);
    QVERIFY(c.cross_validation.prefill.mean_abs_error < 0.043);
}

// Times made by the model itself must be fitted far better than measured ones.
void TestCalibration::recoversKnownConstants() {
    DeviceProfile truth = *find_device("h200");
    truth.constants.linear.memory = 0.75;
    truth.constants.attention.overhead_s = 8e-6;
    MeasurementFile file = shipped("h200_bf16");
    file.products.clear();
    const Prediction made = *predict(file, truth);
    for (std::size_t i = 0; i < file.steps.size(); ++i) {
        file.steps[i].seconds = made.rows[i].predicted_seconds;
    }
    const Calibration c = calibrated({file});
    QVERIFY(c.fit.decode.mean_abs_error < 0.01);
    QVERIFY(std::abs(c.profile.constants.linear.memory / 0.75 - 1) < 0.03);
}

void TestCalibration::outlierHardlyMoves() {
    MeasurementFile file = shipped("h200_bf16");
    const Constants before = calibrated({file}).profile.constants;
    file.steps[3].seconds *= 10;
    const Constants after = calibrated({file}).profile.constants;
    QVERIFY(std::abs(after.linear.memory / before.linear.memory - 1) < 0.05);
    QVERIFY(std::abs(after.attention.memory / before.attention.memory - 1) < 0.05);
}

void TestCalibration::tableOfLinksIsTakenOver() {
    const Calibration c = calibrated({shipped("h200_bf16"), shipped("h200x2_tp2_bf16")});
    QCOMPARE(c.profile.all_reduce.size(), std::size_t{9});
    QVERIFY(c.profile.link.latency_s > 9e-6 && c.profile.link.latency_s < 10e-6);
    QVERIFY(c.profile.constants.communication.memory > 0.6 &&
            c.profile.constants.communication.memory < 0.8);
    QCOMPARE(c.fitted_rows, std::int64_t{56}); // rows of two devices are not fitted to
}

void TestCalibration::nothingToFit() {
    const std::vector files = {shipped("h200x2_tp2_bf16")};
    const auto calibration = calibrate(files, *find_device("h200"));
    QVERIFY(!calibration);
    QCOMPARE(calibration.error().path, std::string("decode"));
}

void TestCalibration::leastSquares() {
    // A line through points one of which is far off: the robust fit keeps to the others.
    const std::vector<double> start = {0.0, 0.0};
    const auto x = fit_robustly(start,
                                [](std::span<const double> p, std::vector<double>& r) {
                                    r.clear();
                                    for (int i = 0; i < 20; ++i) {
                                        const double y = 2.0 * i + 1.0 + (i == 7 ? 100.0 : 0.0);
                                        r.push_back(p[0] * i + p[1] - y);
                                    }
                                },
                                {0.05, 0.0, 500});
    QVERIFY(std::abs(x[0] - 2.0) < 0.01);
    QVERIFY(std::abs(x[1] - 1.0) < 0.1);
}

QTEST_APPLESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
