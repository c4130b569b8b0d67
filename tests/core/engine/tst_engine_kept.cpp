// SPDX-License-Identifier: GPL-3.0-or-later
// Buffers that every sub-layer keeps for itself, and the walk over all parameters: what a backward
// pass and an optimiser will stand on, over every reference model.
#include "core/accounting/parameters.h"
#include "core/engine/engine.h"
#include "core/engine/kernels/elementwise.h"
#include "core/engine/parameter_visitor.h"

#include <QDir>
#include <QTest>

#include <cmath>
#include <set>

using namespace headroom;

class TestEngineKept : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatItComputed_data();
    void keepsWhatItComputed();
    void everyParameterOnce_data() { keepsWhatItComputed_data(); }
    void everyParameterOnce();
};

namespace {

const std::vector<std::int32_t> tokens = {1, 5, 3, 2, 7, 4, 6, 1, 9, 8};

Result<Engine> load(const QString& name, bool keeps) {
    EngineOptions options;
    options.threads = 2;
    options.keep_activations = keeps;
    const QString folder = QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/") + name;
    return Engine::load(folder.toStdString(), options);
}

std::vector<float> logitsOf(Engine& engine) {
    const auto logits = engine.prefill(tokens, LogitRows::All);
    return logits ? std::vector<float>(logits->begin(), logits->end()) : std::vector<float>{};
}

} // namespace

void TestEngineKept::keepsWhatItComputed_data() {
    QTest::addColumn<QString>("name");
    const QDir golden(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden"));
    for (const QString& name : golden.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (QFile::exists(golden.filePath(name + QStringLiteral("/model.safetensors")))) {
            QTest::newRow(qPrintable(name)) << name;
        }
    }
}

// The same logits to the last bit; and after the last layer every buffer still holds what its own
// sub-layer made: the norm of the kept stream is the kept input, the kept queries before rotation
// are the product of that input, the stream of the next sub-layer is another one.
void TestEngineKept::keepsWhatItComputed() {
    QFETCH(QString, name);
    auto plain = load(name, false);
    auto keeping = load(name, true);
    QVERIFY2(plain, plain ? "" : plain.error().text().c_str());
    QVERIFY2(keeping, keeping ? "" : keeping.error().text().c_str());
    const std::vector<float> expected = logitsOf(*plain);
    QVERIFY(!expected.empty());
    QVERIFY(logitsOf(*keeping) == expected);

    const ModelSpec& spec = keeping->spec();
    const std::int64_t hidden = spec.hidden_size;
    const auto rows = static_cast<std::int64_t>(tokens.size());
    std::vector<float> again(static_cast<std::size_t>(rows * hidden));
    std::set<const float*> buffers;
    int checked = 0;
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        const LayerSpec& layer = spec.layer(i);
        for (std::size_t s = 0; s < layer.sub_layers.size(); ++s) {
            const Activations& kept = keeping->activations(i, s);
            const SubLayerWeights& weights =
                keeping->weights().layers[static_cast<std::size_t>(i)].sub_layers[s];
            for (const float* buffer : {kept.stream, kept.normed, kept.branch, kept.qkv,
                                        kept.projected, kept.mixed, kept.hidden}) {
                QVERIFY(buffer == nullptr || buffers.insert(buffer).second);
            }
            if (layer.sub_layers[s].norms.input) {
                apply_norm(weights.input_norm, kept.stream, hidden, rows, hidden, again.data(),
                           hidden);
                QVERIFY(std::equal(again.begin(), again.end(), kept.normed));
                ++checked;
            }
            const float* input = layer.sub_layers[s].norms.input ? kept.normed : kept.stream;
            if (const auto* grouped = std::get_if<GroupedWeights>(&weights.kind)) {
                // Row 3, against sums in double.
                const PackedMatrix& qkv = grouped->qkv.weight;
                for (std::int64_t column = 0; column < qkv.out; ++column) {
                    double sum = grouped->qkv.bias.empty()
                                     ? 0.0
                                     : static_cast<double>(
                                           grouped->qkv.bias[static_cast<std::size_t>(column)]);
                    double scale = 1.0;
                    for (std::int64_t k = 0; k < qkv.in; ++k) {
                        const auto term = static_cast<double>(input[3 * hidden + k]) *
                                          static_cast<double>(qkv.get(k, column));
                        sum += term;
                        scale += std::abs(term);
                    }
                    QVERIFY(std::abs(static_cast<double>(kept.projected[3 * qkv.out + column]) -
                                     sum) < 1e-5 * scale);
                }
                ++checked;
            }
        }
    }
    QVERIFY(checked > 0);
}

void TestEngineKept::everyParameterOnce() {
    QFETCH(QString, name);
    const auto engine = load(name, false);
    QVERIFY(engine);
    std::int64_t elements = 0;
    std::set<std::tuple<std::int64_t, std::int32_t, TensorSlot, bool, std::int64_t>> places;
    const auto count = [&](const ParameterPlace& place, const auto&) {
        elements += place.elements;
        const bool is_new =
            places.insert({place.layer, place.sub_layer, place.slot, place.is_bias, place.copy})
                .second;
        QVERIFY(is_new);
    };
    for_each_parameter(engine->weights(), count);
    QCOMPARE(elements, engine->parameters());
    QCOMPARE(elements, count_parameters(engine->spec())->total);
}

QTEST_APPLESS_MAIN(TestEngineKept)
#include "tst_engine_kept.moc"
