// SPDX-License-Identifier: GPL-3.0-or-later
// Stretched rotary frequencies and the temperatures beside them against the papers' formulas,
// evaluated outside in double precision.
#include "core/config/layer_queries.h"
#include "core/engine/rope.h"
#include "layer_kinds.h"
#include "small_designs.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace headroom;

namespace {

RotarySpec rotary(RopeType type, double factor, std::int64_t trained) {
    RotarySpec spec;
    spec.rotary_dim = 16;
    spec.theta = 10000;
    spec.type = type;
    spec.factor = factor;
    spec.original_max_position_embeddings = trained;
    return spec;
}

bool same(const std::vector<float>& found, const std::vector<double>& expected) {
    if (found.size() != expected.size()) {
        return false;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (std::abs(static_cast<double>(found[i]) / expected[i] - 1) > 3e-7) {
            qWarning("frequency %d: found %.9g, expected %.9g", static_cast<int>(i),
                     static_cast<double>(found[i]), expected[i]);
            return false;
        }
    }
    return true;
}

// 10000^(-2 i / 16)
const std::vector<double> plain = {1,    0.316227766,   0.1,   0.0316227766,
                                   0.01, 0.00316227766, 0.001, 0.000316227766};

} // namespace

class TestRopeFormulas : public QObject {
    Q_OBJECT

private slots:
    void unstretched();
    void linear();
    void yarn();
    void llama3();
    void dynamic();
    void longrope();
    void table();
    void yarnTemperature();
    void longropeTemperature();
    void latentScores();
};

void TestRopeFormulas::unstretched() {
    QVERIFY(same(inverse_frequencies(rotary(RopeType::Default, 4, 64), 1000), plain));
}

void TestRopeFormulas::linear() {
    std::vector<double> quarter = plain;
    for (double& value : quarter) {
        value /= 4;
    }
    QVERIFY(same(inverse_frequencies(rotary(RopeType::Linear, 4, 64)), quarter));
}

void TestRopeFormulas::yarn() {
    // arXiv:2309.00071, sec. 3.2: d ln(L / (2 pi r)) / (2 ln theta) for r = 32 and 1 turns in
    // L = 4096 positions: dimensions 2.618 and 5.628, rounded outwards to 2 and 6. Between them
    // frequencies go over from as they were to a quarter.
    RotarySpec spec = rotary(RopeType::Yarn, 4, 4096);
    QVERIFY(same(inverse_frequencies(spec), {1, 0.316227766, 0.1, 0.025693506, 0.00625,
                                             0.00138349648, 0.00025, 7.90569415e-05}));
    spec.truncate = false;
    QVERIFY(same(inverse_frequencies(spec), {1, 0.316227766, 0.1, 0.0286136088, 0.00655697152,
                                             0.00128563203, 0.00025, 7.90569415e-05}));
    // 64 positions: -0.994 and 2.016; a dimension below the first is the first.
    spec = rotary(RopeType::Yarn, 4, 64);
    QVERIFY(same(inverse_frequencies(spec), {1, 0.237170825, 0.05, 0.00790569415, 0.0025,
                                             0.000790569415, 0.00025, 7.90569415e-05}));
    // Other turns: 8 and a half.
    spec.beta_fast = 8;
    spec.beta_slow = 0.5;
    spec.truncate = false;
    QVERIFY(same(inverse_frequencies(spec), {1, 0.23840845, 0.0442482958, 0.00790569415, 0.0025,
                                             0.000790569415, 0.00025, 7.90569415e-05}));
}

void TestRopeFormulas::llama3() {
    // Waves of 6.28, 19.9 and 62.8 positions are shorter than a quarter of 512 and stay; 199 lies
    // between 128 and 512, where (512 / wave - 1) / (4 - 1) of the old frequency stays; longer
    // waves go on at an eighth.
    QVERIFY(same(
        inverse_frequencies(rotary(RopeType::Llama3, 8, 512)),
        {1, 0.316227766, 0.1, 0.0184966754, 0.00125, 0.000395284708, 0.000125, 3.95284708e-05}));
}

void TestRopeFormulas::dynamic() {
    // Up to the trained length nothing; then theta (f n / L - f + 1)^(d / (d - 2)): for 250 tokens,
    // f = 2, L = 100 it is 10000 * 4^(16/14) = 48760.546.
    const RotarySpec spec = rotary(RopeType::Dynamic, 2, 100);
    QVERIFY(same(inverse_frequencies(spec, 100), plain));
    QVERIFY(same(inverse_frequencies(spec, 250),
                 {1, 0.259412817, 0.0672950096, 0.017457188, 0.00452861832, 0.00117478164,
                  0.000304753414, 7.90569415e-05}));
    QCOMPARE(length_turned_for(spec, 100), std::int64_t{0});
    QCOMPARE(length_turned_for(spec, 101), std::int64_t{101});
}

void TestRopeFormulas::longrope() {
    // Each frequency has divisors of its own, one for short sequences and one for long ones.
    RotarySpec spec = rotary(RopeType::LongRope, 1, 100);
    spec.short_factor = {1, 1, 1, 1, 2, 2, 2, 2};
    spec.long_factor = {1, 2, 3, 4, 5, 6, 7, 8};
    std::vector<double> at_short = plain;
    std::vector<double> at_long = plain;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        at_short[i] /= spec.short_factor[i];
        at_long[i] /= spec.long_factor[i];
    }
    QVERIFY(same(inverse_frequencies(spec, 100), at_short));
    QVERIFY(same(inverse_frequencies(spec, 101), at_long));
    QCOMPARE(length_turned_for(spec, 5000), std::int64_t{101});
}

void TestRopeFormulas::table() {
    // Angles are position * frequency; the factor multiplies cosine and sine.
    RotarySpec spec = rotary(RopeType::Default, 1, 100);
    spec.attention_factor = 1.5;
    const RopeTable table = make_rope_table(spec, 4);
    QVERIFY(std::abs(static_cast<double>(table.cos_at(3)[1]) - 1.5 * std::cos(0.948683298)) < 1e-6);
    QVERIFY(std::abs(static_cast<double>(table.sin_at(3)[1]) - 1.5 * std::sin(0.948683298)) < 1e-6);
}

void TestRopeFormulas::yarnTemperature() {
    ModelConfig config = small_designs::dense();
    RopeScaling& scaling = config.rope_scaling;
    const auto factor = [&] {
        return rotary_of(small_designs::spec_of(config).layer(0))->attention_factor;
    };
    // arXiv:2309.00071, sec. 3.4: 0.1 ln(s) + 1 on queries and keys each.
    scaling.rope_type = "yarn";
    scaling.factor = 40;
    scaling.original_max_position_embeddings = 4096;
    QVERIFY(std::abs(factor() - 1.3688879454113936) < 1e-12);
    // DeepSeek: of mscale and mscale_all_dim, one over the other.
    scaling.mscale = 1.0;
    scaling.mscale_all_dim = 0.707;
    QVERIFY(std::abs(factor() - 1.0857263992561355) < 1e-12);
    scaling.mscale_all_dim = 1.0;
    QVERIFY(std::abs(factor() - 1) < 1e-12);
    scaling.attention_factor = 1.5; // said outright
    QCOMPARE(factor(), 1.5);
    scaling.rope_type = "linear"; // which knows none
    QCOMPARE(factor(), 1.0);
    scaling = {};
    scaling.rope_type = "yarn"; // nothing is stretched
    QCOMPARE(factor(), 1.0);
}

void TestRopeFormulas::longropeTemperature() {
    // arXiv:2402.13753, sec. 3.4: sqrt(1 + ln(s) / ln(L)), s = 131072 / 4096 = 32.
    ModelConfig config = small_designs::dense();
    config.max_position_embeddings = 131072;
    RopeScaling& scaling = config.rope_scaling;
    scaling.rope_type = "longrope";
    scaling.original_max_position_embeddings = 4096;
    scaling.short_factor = scaling.long_factor = {1, 1, 1};
    const auto factor = [&] {
        return rotary_of(small_designs::spec_of(config).layer(0))->attention_factor;
    };
    QVERIFY(std::abs(factor() - 1.1902380714238083) < 1e-12);
    scaling.factor = 64; // said outright: sqrt(1 + 6 / 12)
    QVERIFY(std::abs(factor() - 1.224744871391589) < 1e-12);
    scaling.factor = 1;
    config.max_position_embeddings = 4096;
    QCOMPARE(factor(), 1.0);
}

void TestRopeFormulas::latentScores() {
    // 1 / sqrt(4 + 2); under YaRN times the square of 0.1 * 0.5 * ln(40) + 1.
    ModelConfig config = small_designs::latent();
    const auto scaling = [&] {
        return get_kind<LatentAttention>(small_designs::spec_of(config).layer(0)).scaling;
    };
    QVERIFY(std::abs(scaling() - 0.408248290463863) < 1e-12);
    config.rope_scaling.rope_type = "yarn";
    config.rope_scaling.factor = 40;
    config.rope_scaling.original_max_position_embeddings = 4096;
    config.rope_scaling.mscale_all_dim = 0.5;
    QVERIFY(std::abs(scaling() / 0.408248290463863 - 1.4029075244788534) < 1e-9);
}

QTEST_APPLESS_MAIN(TestRopeFormulas)
#include "tst_rope_formulas.moc"
