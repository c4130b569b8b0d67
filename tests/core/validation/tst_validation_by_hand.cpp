// SPDX-License-Identifier: GPL-3.0-or-later
// What a validation expects, for draws that can be counted, and how a design shrinks, by hand.
#include "core/validation/predicted_rows.h"
#include "core/validation/shrink.h"
#include "tests/core/close.h"
#include "tests/core/small_designs.h"

#include <QTest>

#include <cmath>

using namespace headroom;

namespace {

MixtureOfExperts experts(std::int64_t all, std::int64_t per_token) {
    MixtureOfExperts moe;
    moe.num_experts = all;
    moe.num_experts_per_tok = per_token;
    return moe;
}

const ValidationRow* row_of(const std::vector<ValidationRow>& rows, RowKind kind,
                            std::int64_t tokens, std::int64_t past = 0) {
    for (const ValidationRow& row : rows) {
        if (row.kind == kind && row.tokens == tokens && row.past == past) {
            return &row;
        }
    }
    return nullptr;
}

} // namespace

class TestValidationByHand : public QObject {
    Q_OBJECT

private slots:
    void spreadOfDistinctExperts();
    void exactRows();
    void roundsForTheTime();
    void summaryOfRows();
    void disturbance();
    void keptRatios();
    void roundedFields();
    void headsStayAKind();
};

void TestValidationByHand::spreadOfDistinctExperts() {
    // Two tokens, one of four experts each: one expert with a chance of 1/4, else two. Mean 7/4,
    // variance 3/16; over 16 passes and 3 layers three standard deviations of the mean.
    ValidationPlan plan;
    plan.draws = 16;
    ExpectedExperts e = expected_experts(experts(4, 1), 3, plan, 1000, 2);
    QVERIFY(close(e.mean, 1.75));
    QVERIFY(close(e.margin, 3 * std::sqrt(3.0 / 16 / (16 * 3)), 1e-6));
    // Two of four experts each: the second token's pair shares two, one or none with the first's,
    // with chances 1/6, 4/6, 1/6: mean 3, variance 1/3.
    e = expected_experts(experts(4, 2), 1, plan, 1000, 2);
    QVERIFY(close(e.mean, 3));
    QVERIFY(close(e.margin, 3 * std::sqrt(1.0 / 3 / 16), 1e-6));
    // A vocabulary of 8 tokens is through after four passes of two.
    QVERIFY(close(expected_experts(experts(4, 2), 1, plan, 8, 2).margin, 3 * std::sqrt(1.0 / 3 / 4),
                  1e-6));
    // One token always reaches its k.
    QVERIFY(expected_experts(experts(4, 2), 1, plan, 1000, 1).margin < 1e-6);
}

void TestValidationByHand::exactRows() {
    ValidationPlan plan;
    plan.contexts = {5};
    plan.decode_steps = 3;
    const ModelSpec spec = small_designs::spec_of(small_designs::dense());
    const std::vector<ValidationRow> rows = predicted_rows(spec, plan, nullptr);
    QCOMPARE(row_of(rows, RowKind::Parameters, 0)->predicted, 10640.0);
    QCOMPARE(row_of(rows, RowKind::WeightBytes, 0)->predicted, 4.0 * 10640);
    // 24 numbers of 4 bytes in four layers, for 5 tokens and for 3 more.
    QCOMPARE(row_of(rows, RowKind::KvAfterPrefill, 5)->predicted, 5.0 * 384);
    QCOMPARE(row_of(rows, RowKind::KvAfterDecode, 3, 5)->predicted, 8.0 * 384);
    // The sixth token sees itself and five before.
    QCOMPARE(row_of(rows, RowKind::CacheRead, 1, 5)->predicted, 6.0 * 384);
    QCOMPARE(row_of(rows, RowKind::FlopsPrefill, 5)->predicted,
             4.0 * (2 * 5 * 2304 + 96 * 15) + 2 * 640);
    QCOMPARE(row_of(rows, RowKind::FlopsDecode, 1, 5)->predicted,
             4.0 * (2 * 2304 + 96 * 6) + 2 * 640);
    // The router's correction lies in memory too.
    const auto latent =
        predicted_rows(small_designs::spec_of(small_designs::latent()), plan, nullptr);
    QCOMPARE(row_of(latent, RowKind::WeightBytes, 0)->predicted,
             4.0 * (2264 + 2 * 6424 + 640 + 640 + 16 + 16));
}

void TestValidationByHand::roundsForTheTime() {
    // Without a profile 5e9 FLOP/s are assumed. A prompt of 5 and three tokens behind it have
    // 99,200 + 3 * 22,016 FLOP; a step of four tokens behind them 4 * (2 * 4 * 2304 + 96 * 30)
    // + 1280 = 86,528.
    ValidationPlan plan;
    plan.contexts = {5};
    plan.decode_steps = 3;
    const ModelSpec spec = small_designs::spec_of(small_designs::dense());
    const double prompt = 165248 / 5e9;
    QVERIFY(close(estimated_prompt_seconds(spec, plan, nullptr, 5), prompt));
    plan.batches = {4};
    const double round = prompt + 86528 / 5e9;
    QVERIFY(close(estimated_round_seconds(spec, plan, nullptr, 5), round));
    // As many rounds as fill the time, at least those asked for, at most 200.
    plan.rounds = 2;
    plan.timing_seconds = 3.2 * round;
    QCOMPARE(timed_rounds(spec, plan, nullptr, 5), 4);
    plan.timing_seconds = 0.5 * round;
    QCOMPARE(timed_rounds(spec, plan, nullptr, 5), 2);
    plan.timing_seconds = 1000 * round;
    QCOMPARE(timed_rounds(spec, plan, nullptr, 5), 200);
    plan.timing_seconds = 3.2 * round; // and one round that is not counted
    QVERIFY(close(estimated_seconds(spec, plan, nullptr), 5 * round));
    QCOMPARE(plan.tokens_after_prompt(), std::int64_t{7});
}

void TestValidationByHand::summaryOfRows() {
    ValidationReport report;
    const auto timed = [&](double measured, double fastest, double slowest, std::int64_t repeats) {
        ValidationRow row;
        row.judgement = Judgement::Timed;
        row.predicted = 10;
        row.low = 8;
        row.high = 13;
        row.measured = measured;
        row.fastest = fastest;
        row.slowest = slowest;
        row.repeats = repeats;
        report.rows.push_back(row);
    };
    timed(12, 11, 13, 5); // 20% more, within
    timed(6, 5, 8, 5);    // 40% less, outside
    timed(0, 0, 0, 0);    // not measured
    const ValidationReport::Summary sum = report.summary(Judgement::Timed);
    QCOMPARE(sum.rows, std::int64_t{2});
    QCOMPARE(sum.within, std::int64_t{1});
    QVERIFY(close(sum.mean_abs_error, 0.3));
    QVERIFY(close(sum.max_abs_error, 0.4));
    QVERIFY(close(sum.mean_spread, (2 / 12.0 + 3 / 6.0) / 2 / 2));
    QCOMPARE(report.measured_rows(), std::size_t{2});
    QVERIFY(!report.is_exact()); // nothing that had to be
    QVERIFY(close(report.rows[1].error(), -0.4));
    // The band includes its ends.
    report.rows[1].measured = 8;
    QVERIFY(report.rows[1].is_within());
    report.rows[1].measured = 13;
    QVERIFY(report.rows[1].is_within());
    ValidationRow exact;
    exact.predicted = exact.measured = 7;
    report.rows.push_back(exact);
    QVERIFY(report.is_exact());
    report.rows.back().measured = 8;
    QVERIFY(!report.is_exact());
}

void TestValidationByHand::disturbance() {
    ValidationReport report;
    QVERIFY(!report.was_disturbed());
    report.others_load = 0.1;
    QVERIFY(!report.was_disturbed());
    report.others_load = 0.11;
    QVERIFY(report.was_disturbed() && report.others_took_much());
    report.others_load = 0;
    report.threads_moved = true;
    QVERIFY(report.was_disturbed() && !report.others_took_much());
    // 1, 3, 0 and 4 of 8 tokens: the fullest has twice the mean.
    ExpertLoad load;
    load.tokens = {1, 3, 0, 4};
    QCOMPARE(load.imbalance(), 2.0);
}

void TestValidationByHand::keptRatios() {
    const auto kept = [](double a, double b, double c, double d) {
        return ShrunkRatio{"heads", {a, b}, {c, d}}.is_kept();
    };
    QVERIFY(kept(32, 8, 4, 1));
    QVERIFY(kept(1000, 200, 1004, 200)); // 0.4% off
    QVERIFY(!kept(1000, 200, 1006, 200));
    QVERIFY(kept(1000, 200, 996, 200));
    QVERIFY(!kept(1000, 200, 994, 200));
}

void TestValidationByHand::roundedFields() {
    const auto rounded = [](double tiny, double exact) {
        return ShrunkField{"hidden_size", 1000, tiny, exact}.is_rounded();
    };
    QVERIFY(!rounded(200, 200));
    QVERIFY(!rounded(200.9, 200)); // 0.45%
    QVERIFY(rounded(201.1, 200));
    QVERIFY(rounded(198.9, 200));
}

void TestValidationByHand::headsStayAKind() {
    // However small: two KV heads of four stay two, two query heads of each; experts of which two
    // were chosen are still chosen two at a time; layers of both kinds remain.
    const auto grouped = shrink_by_steps(small_designs::experts(), 64, 160);
    QVERIFY2(grouped, grouped ? "" : grouped.error().text().c_str());
    QCOMPARE(grouped->config.num_key_value_heads, std::int64_t{2});
    QCOMPARE(grouped->config.num_attention_heads, std::int64_t{4});
    QCOMPARE(grouped->config.num_experts_per_tok, std::int64_t{2});
    QCOMPARE(grouped->config.num_experts, std::int64_t{8});
    ModelConfig deep = small_designs::latent();
    deep.num_hidden_layers = 12; // up to eight all stay
    const auto latent = shrink_by_steps(deep, 64, 160);
    QVERIFY2(latent, latent ? "" : latent.error().text().c_str());
    QCOMPARE(latent->config.num_attention_heads, std::int64_t{2});
    QCOMPARE(latent->config.num_hidden_layers, std::int64_t{2});
    QCOMPARE(latent->config.first_k_dense_replace, std::int64_t{1});
    QCOMPARE(latent->config.n_shared_experts, std::int64_t{1});
}

QTEST_APPLESS_MAIN(TestValidationByHand)
#include "tst_validation_by_hand.moc"
