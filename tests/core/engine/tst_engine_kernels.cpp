// SPDX-License-Identifier: GPL-3.0-or-later
// Every fast kernel against the naive one, for every instruction set that this machine has.
#include "core/engine/kernels/elementwise.h"
#include "core/engine/kernels/reference.h"
#include "core/engine/mask.h"
#include "core/engine/thread_pool.h"

#include <QTest>

#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace headroom;
using namespace headroom::kernels;

namespace {

std::vector<float> randoms(std::int64_t count, unsigned seed, float spread = 1.0F) {
    std::mt19937 generator(seed);
    std::uniform_real_distribution<float> uniform(-spread, spread);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) {
        value = uniform(generator);
    }
    return values;
}

PackedMatrix random_matrix(std::int64_t in, std::int64_t out, WeightType type, unsigned seed) {
    PackedMatrix matrix(in, out, type);
    matrix.allocate();
    const std::vector<float> values = randoms(in * out, seed);
    for (std::int64_t column = 0; column < out; ++column) {
        matrix.set_column(column, values.data() + column * in);
    }
    return matrix;
}

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
    double largest = a.size() == b.size() ? 0.0 : 1e30;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = difference <= largest ? largest : difference; // a NaN stays
    }
    return largest;
}

struct Scratch {
    explicit Scratch(std::int64_t rows, std::int64_t in, int workers)
        : packed(static_cast<std::size_t>(rows * in))
        , panels(static_cast<std::size_t>(workers * 64 * in)) {
        view = {packed.data(), panels.data(), 64 * in};
    }
    std::vector<float> packed;
    std::vector<float> panels;
    ProductScratch view;
};

} // namespace

class TestEngineKernels : public QObject {
    Q_OBJECT

private slots:
    void each_target_data();
    void each_target();
    void products();
    void gated_products();
    void transposed_product();
    void elementwise();
    void norms();
    void rows_with_every_mask();
    void bands_equal_rows();
    void masks_by_hand();
    void bf16_rounds_to_nearest_even();
    void pool_runs_every_item_once();
};

/// Kernels as the attended below test them, but for one instruction set each.
void TestEngineKernels::each_target_data() {
    QTest::addColumn<qint64>("target");
    for (const auto target : hwy::SupportedAndGeneratedTargets()) {
        QTest::newRow(hwy::TargetName(target)) << static_cast<qint64>(target);
    }
}

void TestEngineKernels::each_target() {
    QFETCH(qint64, target);
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    products();
    gated_products();
    transposed_product();
    elementwise();
    norms();
    rows_with_every_mask();
    bands_equal_rows();
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

void TestEngineKernels::products() {
    for (const int threads : {1, 2, 3}) {
        ThreadPool pool(threads);
        for (const std::int64_t rows : {1, 2, 3, 7, 11, 12, 13, 24, 29}) {
            for (const auto& [in, out] : {std::pair<std::int64_t, std::int64_t>{5, 3},
                                          {64, 32},
                                          {33, 65},
                                          {128, 100},
                                          {7, 320}}) {
                for (const WeightType type : {WeightType::F32, WeightType::BF16}) {
                    const PackedMatrix weight = random_matrix(in, out, type, 1);
                    const std::vector<float> x = randoms(rows * (in + 3), 2);
                    const std::vector<float> bias = randoms(out, 3);
                    Scratch scratch(rows, in, threads);
                    for (const bool has_bias : {false, true}) {
                        for (const Store store : {Store::Overwrite, Store::Accumulate}) {
                            std::vector<float> fast = randoms(rows * (out + 1), 4);
                            std::vector<float> naive = fast;
                            Product product{&weight, has_bias ? bias.data() : nullptr, fast.data(),
                                            out + 1, store};
                            multiply(pool, scratch.view, x.data(), in + 3, rows, product);
                            product.y = naive.data();
                            reference::multiply(x.data(), in + 3, rows, product);
                            QVERIFY2(
                                largest_difference(fast, naive) < 2e-5,
                                qPrintable(
                                    QStringLiteral("rows %1, %2 x %3").arg(rows).arg(in).arg(out)));
                        }
                    }
                }
            }
        }
    }
}

void TestEngineKernels::gated_products() {
    ThreadPool pool(2);
    for (const std::int64_t rows : {1, 5, 12, 25}) {
        for (const std::int64_t width : {3, 32, 50, 96}) {
            for (const WeightType type : {WeightType::F32, WeightType::BF16}) {
                for (const Activation activation :
                     {Activation::Silu, Activation::Gelu, Activation::GeluTanh, Activation::Relu,
                      Activation::ReluSquared, Activation::SwigluClamped}) {
                    const std::int64_t in = 40;
                    const PackedMatrix weight = random_matrix(in, gated_out(width), type, 5);
                    const std::vector<float> x = randoms(rows * in, 6);
                    const std::vector<float> bias = randoms(gated_out(width), 7);
                    Scratch scratch(rows, in, 2);
                    std::vector<float> fast(static_cast<std::size_t>(rows * width));
                    std::vector<float> naive = fast;
                    std::vector<float> kept(static_cast<std::size_t>(rows * gated_out(width)));
                    GatedProduct product{&weight, bias.data(), width, activation,
                                         2.0F,    fast.data(), width, kept.data()};
                    multiply(pool, scratch.view, x.data(), in, rows, product);
                    product.h = naive.data();
                    reference::multiply(x.data(), in, rows, product);
                    // A square doubles its argument's relative error.
                    const float most = *std::max_element(naive.begin(), naive.end());
                    const bool squared = activation == Activation::ReluSquared;
                    QVERIFY(largest_difference(fast, naive) <
                            5e-5 * (squared ? std::max(1.0, static_cast<double>(most)) : 1.0));
                    // What is kept for a backward pass gives the same result again.
                    for (std::int64_t r = 0; r < rows; ++r) {
                        for (std::int64_t i = 0; i < width; ++i) {
                            const float* row = kept.data() + r * gated_out(width);
                            const double again = reference::activate_gated(
                                activation, 2.0, static_cast<double>(row[gated_column(i, 0)]),
                                static_cast<double>(row[gated_column(i, 1)]));
                            QVERIFY(std::abs(again -
                                             static_cast<double>(
                                                 naive[static_cast<std::size_t>(r * width + i)])) <
                                    5e-5);
                        }
                    }
                }
            }
        }
    }
}

void TestEngineKernels::transposed_product() {
    for (const std::int64_t rows : {1, 6, 30}) {
        const std::int64_t in = 37; // becomes the width of the result
        const std::int64_t out = 45;
        const PackedMatrix weight = random_matrix(in, out, WeightType::F32, 8);
        const std::vector<float> x = randoms(rows * out, 9);
        std::vector<float> packed(x.size());
        std::vector<float> panel(static_cast<std::size_t>(32 * out));
        pack_rows(x.data(), out, nullptr, rows, out, 0, rows, packed.data());
        std::vector<float> y(static_cast<std::size_t>(rows * in));
        multiply_transposed(weight, packed.data(), rows, y.data(), in, panel.data());
        for (std::int64_t r = 0; r < rows; ++r) {
            for (std::int64_t i = 0; i < in; ++i) {
                double sum = 0;
                for (std::int64_t k = 0; k < out; ++k) {
                    sum += static_cast<double>(x[static_cast<std::size_t>(r * out + k)]) *
                           static_cast<double>(weight.get(i, k));
                }
                QVERIFY(std::abs(sum - static_cast<double>(
                                           y[static_cast<std::size_t>(r * in + i)])) < 1e-5);
            }
        }
    }
}

void TestEngineKernels::elementwise() {
    for (const Activation activation : {Activation::Silu, Activation::Gelu, Activation::GeluTanh,
                                        Activation::Relu, Activation::ReluSquared}) {
        for (const float spread : {0.01F, 1.0F, 30.0F, 200.0F}) {
            const std::vector<float> x = randoms(77, 10, spread);
            std::vector<float> y = x;
            activate(activation, y.data(), 77);
            for (std::size_t i = 0; i < x.size(); ++i) {
                const double exact = reference::activate(activation, static_cast<double>(x[i]));
                // 1 + tanh cancels below -3, so that the error follows x there, not the result.
                QVERIFY(std::abs(static_cast<double>(y[i]) - exact) <=
                        1e-7 + 5e-7 * std::max(std::abs(static_cast<double>(x[i])), exact));
            }
        }
    }
    std::vector<float> capped = randoms(53, 11, 40.0F);
    const std::vector<float> before = capped;
    soft_cap(5.0F, 53, capped.data());
    for (std::size_t i = 0; i < capped.size(); ++i) {
        QVERIFY(std::abs(static_cast<double>(capped[i]) -
                         5.0 * std::tanh(static_cast<double>(before[i]) / 5.0)) < 2e-6);
    }
    std::vector<float> probabilities = randoms(37, 12, 9.0F);
    softmax(37, probabilities.data());
    double sum = 0;
    for (const float p : probabilities) {
        QVERIFY(p > 0);
        sum += static_cast<double>(p);
    }
    QVERIFY(std::abs(sum - 1.0) < 1e-6);

    // Rotation turns each pair by its angle and undoes itself with the opposite one.
    for (const auto rotate : {rotate_half, rotate_interleaved}) {
        constexpr std::size_t heads = 3;
        constexpr std::size_t width = 50;
        std::vector<float> head = randoms(heads * width, 13);
        const std::vector<float> original = head;
        std::vector<float> cos(20);
        std::vector<float> sin(20);
        std::vector<float> minus(20);
        for (std::size_t i = 0; i < 20; ++i) {
            cos[i] = std::cos(static_cast<float>(i));
            sin[i] = std::sin(static_cast<float>(i));
            minus[i] = -sin[i];
        }
        rotate(cos.data(), sin.data(), 40, heads, width, head.data());
        for (std::size_t h = 0; h < heads; ++h) {
            for (std::size_t i = 0; i < 20; ++i) {
                const bool is_half = rotate == rotate_half;
                const std::size_t a = h * width + (is_half ? i : 2 * i);
                const std::size_t b = is_half ? a + 20 : a + 1;
                QVERIFY(std::abs(head[a] - (original[a] * cos[i] - original[b] * sin[i])) < 1e-6F);
                QVERIFY(std::abs(head[b] - (original[b] * cos[i] + original[a] * sin[i])) < 1e-6F);
            }
            for (std::size_t i = h * width + 40; i < (h + 1) * width; ++i) {
                QCOMPARE(head[i], original[i]);
            }
        }
        rotate(cos.data(), minus.data(), 40, heads, width, head.data());
        QVERIFY(largest_difference(head, original) < 1e-6);
    }
}

void TestEngineKernels::norms() {
    for (const std::int64_t width : {3, 16, 77, 256}) {
        const std::vector<float> x = randoms(3 * width, 14);
        const std::vector<float> weight = randoms(width, 15);
        const std::vector<float> bias = randoms(width, 16);
        std::vector<float> rms(x.size());
        std::vector<float> layer(x.size());
        rms_norm(x.data(), width, 3, width, weight.data(), 1.0F, 1e-5F, rms.data(), width);
        layer_norm(x.data(), width, 3, width, weight.data(), bias.data(), 1e-5F, layer.data(),
                   width);
        for (std::int64_t r = 0; r < 3; ++r) {
            double sum = 0;
            double squares = 0;
            for (std::int64_t i = 0; i < width; ++i) {
                sum += static_cast<double>(x[static_cast<std::size_t>(r * width + i)]);
            }
            const double mean = sum / static_cast<double>(width);
            double variance = 0;
            for (std::int64_t i = 0; i < width; ++i) {
                const auto value = static_cast<double>(x[static_cast<std::size_t>(r * width + i)]);
                squares += value * value;
                variance += (value - mean) * (value - mean);
            }
            for (std::int64_t i = 0; i < width; ++i) {
                const auto at = static_cast<std::size_t>(r * width + i);
                const auto value = static_cast<double>(x[at]);
                const auto scale = static_cast<double>(weight[static_cast<std::size_t>(i)]);
                const auto count = static_cast<double>(width);
                QVERIFY(std::abs(static_cast<double>(rms[at]) -
                                 value / std::sqrt(squares / count + 1e-5) * (1.0 + scale)) < 3e-6);
                QVERIFY(std::abs(static_cast<double>(layer[at]) -
                                 ((value - mean) / std::sqrt(variance / count + 1e-5) * scale +
                                  static_cast<double>(bias[static_cast<std::size_t>(i)]))) < 3e-6);
            }
        }
    }
}

namespace {

struct NamedMask {
    const char* name;
    AttentionMask mask;
};

std::vector<NamedMask> all_masks() {
    return {{"causal", AttentionMask::causal()},
            {"sliding", AttentionMask::sliding(7)},
            {"chunked", AttentionMask::chunked(8)},
            {"strided", AttentionMask::strided(5)},
            {"block-local + global", AttentionMask::block_local_global(8, 3)},
            {"Longformer", AttentionMask::longformer(6, 4)},
            {"BigBird", AttentionMask::big_bird(4, 1, 2, 2, 99)},
            {"vertical-slash", AttentionMask::vertical_slash({0, 9, 20}, {1, 2, 13})},
            {"banded", AttentionMask::banded(10)}};
}

} // namespace

void TestEngineKernels::rows_with_every_mask() {
    const std::int64_t keys = 61;
    for (const std::int64_t heads : {1, 2, 3, 4, 6}) {
        for (const auto& [key_dim, value_dim] :
             {std::pair<std::int64_t, std::int64_t>{8, 8}, {12, 12}, {64, 48}, {37, 20}}) {
            const std::vector<float> q = randoms(heads * key_dim, 17);
            const std::vector<float> k = randoms(keys * key_dim, 18);
            const std::vector<float> v = randoms(keys * value_dim, 19);
            const std::vector<float> sinks = randoms(heads, 20);
            for (const NamedMask& named : all_masks()) {
                std::vector<Interval> attended;
                named.mask.intervals(keys - 1, attended);
                std::vector<float> fast(static_cast<std::size_t>(heads * value_dim));
                std::vector<float> naive = fast;
                RowAttention row{heads,
                                 key_dim,
                                 value_dim,
                                 q.data(),
                                 key_dim,
                                 k.data(),
                                 key_dim,
                                 v.data(),
                                 value_dim,
                                 attended,
                                 heads % 2 == 0 ? sinks.data() : nullptr,
                                 {0.3F, heads == 3 ? 2.0F : 0.0F},
                                 fast.data(),
                                 value_dim};
                std::vector<float> scratch(static_cast<std::size_t>(row_scratch_size(keys, heads)));
                attend_row(row, scratch.data());
                row.out = naive.data();
                const std::int64_t products = reference::attend_row(row);
                QVERIFY2(largest_difference(fast, naive) < 2e-6, named.name);
                QCOMPARE(products,
                         named.mask.attended_pairs(keys - 1, keys) * heads * (key_dim + value_dim));
            }
        }
    }
}

void TestEngineKernels::bands_equal_rows() {
    const std::int64_t queries = 70;
    const std::int64_t heads = 4;
    const std::int64_t kv_heads = 2;
    for (const auto& [key_dim, value_dim] :
         {std::pair<std::int64_t, std::int64_t>{8, 8}, {12, 20}, {64, 64}, {48, 33}}) {
        const std::vector<float> q = randoms(queries * heads * key_dim, 21);
        const std::vector<float> k = randoms(kv_heads * queries * key_dim, 22);
        std::vector<float> v = randoms(kv_heads * queries * value_dim + 64, 23);
        const std::vector<float> sinks = randoms(heads, 24);
        const std::int64_t panels = key_panels_size(queries, key_dim);
        std::vector<float> packed(static_cast<std::size_t>(kv_heads * panels));
        for (std::int64_t h = 0; h < kv_heads; ++h) {
            pack_keys(k.data() + h * queries * key_dim, key_dim, queries, key_dim, 0,
                      packed.data() + h * panels);
        }
        for (const NamedMask& named : all_masks()) {
            if (!named.mask.is_band()) {
                continue;
            }
            std::vector<Interval> bands;
            std::vector<Interval> one;
            for (std::int64_t i = 0; i < queries; ++i) {
                named.mask.intervals(i, one);
                bands.push_back(one.front());
            }
            std::vector<float> fast(static_cast<std::size_t>(queries * heads * value_dim));
            std::vector<float> naive = fast;
            BandAttention band{
                heads,           kv_heads,      key_dim,      value_dim,   q.data(),
                heads * key_dim, packed.data(), panels,       v.data(),    queries * value_dim,
                bands,           sinks.data(),  {0.4F, 3.0F}, fast.data(), heads * value_dim};
            std::vector<float> scratch(
                static_cast<std::size_t>(band_scratch_size(queries, key_dim)));
            for (std::int64_t head = 0; head < heads; ++head) {
                for (std::int64_t first = 0; first < queries; first += band_tile()) {
                    attend_band(band, head, first, std::min(band_tile(), queries - first),
                                scratch.data());
                }
            }
            for (std::int64_t i = 0; i < queries; ++i) {
                for (std::int64_t head = 0; head < heads; ++head) {
                    const std::int64_t kv = head / 2;
                    const std::vector<Interval> attended = {bands[static_cast<std::size_t>(i)]};
                    reference::attend_row({1,
                                           key_dim,
                                           value_dim,
                                           q.data() + (i * heads + head) * key_dim,
                                           key_dim,
                                           k.data() + kv * queries * key_dim,
                                           key_dim,
                                           v.data() + kv * queries * value_dim,
                                           value_dim,
                                           attended,
                                           sinks.data() + head,
                                           {0.4F, 3.0F},
                                           naive.data() + (i * heads + head) * value_dim,
                                           value_dim});
                }
            }
            QVERIFY2(largest_difference(fast, naive) < 2e-6, named.name);
        }
    }
}

void TestEngineKernels::masks_by_hand() {
    const auto keys = [](const AttentionMask& mask, std::int64_t query) {
        std::vector<Interval> intervals;
        mask.intervals(query, intervals);
        QString text;
        for (const Interval& interval : intervals) {
            for (std::int64_t key = interval.begin; key < interval.end; ++key) {
                text += QString::number(key) + QLatin1Char(' ');
            }
        }
        return text.trimmed();
    };
    QCOMPARE(keys(AttentionMask::causal(), 3), QStringLiteral("0 1 2 3"));
    QCOMPARE(keys(AttentionMask::sliding(3), 7), QStringLiteral("5 6 7"));
    QCOMPARE(keys(AttentionMask::chunked(4), 6), QStringLiteral("4 5 6"));
    QCOMPARE(keys(AttentionMask::strided(4), 13), QStringLiteral("1 5 9 10 11 12 13"));
    QCOMPARE(keys(AttentionMask::block_local_global(4, 2), 9), QStringLiteral("0 1 8 9"));
    QCOMPARE(keys(AttentionMask::longformer(3, 2), 8), QStringLiteral("0 1 6 7 8"));
    QCOMPARE(keys(AttentionMask::longformer(3, 4), 3), QStringLiteral("0 1 2 3"));
    QCOMPARE(keys(AttentionMask::vertical_slash({1, 5}, {0, 2}), 6), QStringLiteral("1 4 5 6"));
    QCOMPARE(keys(AttentionMask::banded(2), 6), QStringLiteral("5 6"));
    // Block 5 of 2 tokens sees block 0, two of its window, and two of the blocks 1 to 3.
    QCOMPARE(AttentionMask::big_bird(2, 1, 2, 2, 1).attended_pairs(11, 12), 10);
    QCOMPARE(AttentionMask::causal().attended_pairs(0, 10), 55);
    QCOMPARE(AttentionMask::sliding(4).attended_pairs(0, 10), 10 + 6 * 4);
    QCOMPARE(AttentionMask::sliding(4).keys_in_view(8, 10), 5);
}

void TestEngineKernels::bf16_rounds_to_nearest_even() {
    QCOMPARE(float_to_bf16(1.0F), std::uint16_t{0x3f80});
    QCOMPARE(float_to_bf16(1.00390625F), std::uint16_t{0x3f80}); // halfway, to even
    QCOMPARE(float_to_bf16(1.01171875F), std::uint16_t{0x3f82}); // halfway, to even
    QCOMPARE(bf16_to_float(0xc040), -3.0F);
    QVERIFY(std::isnan(bf16_to_float(float_to_bf16(std::nanf("")))));
}

void TestEngineKernels::pool_runs_every_item_once() {
    for (const int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        QCOMPARE(pool.size(), threads);
        for (int round = 0; round < 2000; ++round) {
            std::vector<int> hits(static_cast<std::size_t>(round % 37));
            pool.split(static_cast<std::int64_t>(hits.size()), 1,
                       [&](int, std::int64_t begin, std::int64_t end) {
                           for (std::int64_t i = begin; i < end; ++i) {
                               ++hits[static_cast<std::size_t>(i)];
                           }
                       });
            QVERIFY(std::all_of(hits.begin(), hits.end(), [](int hit) { return hit == 1; }));
        }
    }
}

QTEST_APPLESS_MAIN(TestEngineKernels)
#include "tst_engine_kernels.moc"
