// SPDX-License-Identifier: GPL-3.0-or-later
// Layers that are put together otherwise than attention, then feed-forward: beside each other, from
// one norm or from norms of their own, with norms on outputs and on their sum, one alone, three.
// One token attends to itself alone, so that attention is o_proj(v_proj(x)) and the whole model is
// computed here again in double precision.
#include "core/accounting/operators.h"
#include "core/accounting/parameters.h"
#include "core/accounting/tensor_table.h"
#include "core/config/expand.h"
#include "core/engine/engine.h"
#include "core/engine/tensor_source.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace headroom;

class TestEngineSubLayers : public QObject {
    Q_OBJECT

private slots:
    void matchesTheFormula_data();
    void matchesTheFormula();
    void tokenByTokenEqualsAllAtOnce_data() { matchesTheFormula_data(); }
    void tokenByTokenEqualsAllAtOnce();
    void countsFollow();
};

namespace {

constexpr std::int64_t hidden = 8;
constexpr std::int64_t heads = 2;
constexpr std::int64_t head_dim = 4;
constexpr std::int64_t inner = 16;
constexpr std::int64_t vocab = 10;
constexpr std::uint64_t seed = 5;

SubLayer attention(SubLayerInput input, bool in, bool out, bool joined = false) {
    GroupedQueryAttention a;
    a.num_attention_heads = a.num_key_value_heads = heads;
    a.head_dim = head_dim;
    a.rotary = RotarySpec{};
    a.rotary->rotary_dim = head_dim;
    a.scaling = 0.5;
    SubLayerNorms norms{{NormKind::Rms, 1e-6}, in, out, joined, false};
    return {a, input, norms};
}

SubLayer feed_forward(SubLayerInput input, bool in, bool out, bool joined = false) {
    DenseFeedForward f;
    f.intermediate_size = inner;
    return {f, input, {{NormKind::Rms, 1e-6}, in, out, joined, false}};
}

ModelSpec model(std::vector<SubLayer> sub_layers) {
    ModelSpec spec;
    spec.model_type = "llama";
    spec.hidden_size = hidden;
    spec.vocab_size = vocab;
    spec.max_position_embeddings = 32;
    spec.final_norm = {NormKind::Rms, 1e-6};
    LayerKind kind;
    kind.spec.sub_layers = std::move(sub_layers);
    kind.count = 2;
    spec.kinds = {kind};
    spec.kind_of_layer = {0, 0};
    find_parts(spec);
    return spec;
}

ModelSpec modelOf(const QString& name) {
    using enum SubLayerInput;
    if (name == QLatin1String("sequential")) {
        return model({attention(Stream, true, false), feed_forward(Stream, true, false)});
    }
    if (name == QLatin1String("one norm")) { // Cohere, Phi
        return model({attention(Stream, true, false), feed_forward(SameNorm, false, false)});
    }
    if (name == QLatin1String("norms of their own")) { // GPT-NeoX
        return model({attention(Stream, true, false), feed_forward(SameStream, true, false)});
    }
    if (name == QLatin1String("norms on both outputs")) {
        return model({attention(Stream, true, true), feed_forward(SameStream, true, true)});
    }
    if (name == QLatin1String("a norm on the sum")) { // Gemma 4's MLP beside experts
        return model({attention(Stream, true, true), feed_forward(SameStream, true, true, true)});
    }
    if (name == QLatin1String("one alone")) { // Nemotron-H
        return model({feed_forward(Stream, true, false)});
    }
    // Falcon-H1: two mixers from one norm, then a feed-forward
    return model({attention(Stream, true, false), attention(SameNorm, false, false),
                  feed_forward(Stream, true, false)});
}

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>; // rows of [out, in]

/// The random source's tensors, as the engine gets them.
class Weights {
public:
    explicit Weights(const ModelSpec& spec)
        : m_source(random_weights(seed)) {
        for (const NamedTensor& tensor : list_tensors(spec)) {
            const bool is_embedding = tensor.name == "model.embed_tokens.weight";
            Matrix rows;
            const Status read = m_source->rows(
                tensor.name, tensor.shape, is_embedding ? Initial::Embedding : Initial::Normal,
                [&](std::int64_t, const float* values) {
                    rows.emplace_back(values, values + tensor.shape.back());
                });
            if (!read) {
                qFatal("%s", read.error().text().c_str());
            }
            m_tensors[tensor.name] = std::move(rows);
        }
    }
    [[nodiscard]] const Matrix& of(const std::string& name) const { return m_tensors.at(name); }

private:
    std::unique_ptr<TensorSource> m_source;
    std::map<std::string, Matrix> m_tensors;
};

Vector times(const Matrix& matrix, const Vector& x) {
    Vector y;
    for (const Vector& row : matrix) {
        double sum = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            sum += row[i] * x[i];
        }
        y.push_back(sum);
    }
    return y;
}

/// Norms have weights of one.
Vector rms(const Vector& x) {
    double squares = 0;
    for (const double v : x) {
        squares += v * v;
    }
    Vector y = x;
    for (double& v : y) {
        v /= std::sqrt(squares / static_cast<double>(x.size()) + 1e-6);
    }
    return y;
}

Vector plus(Vector a, const Vector& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        a[i] += b[i];
    }
    return a;
}

Vector run(const Weights& weights, const std::string& at, const SubLayer& sub, const Vector& x) {
    if (std::holds_alternative<GroupedQueryAttention>(sub.kind)) {
        return times(weights.of(at + "self_attn.o_proj.weight"),
                     times(weights.of(at + "self_attn.v_proj.weight"), x));
    }
    Vector gate = times(weights.of(at + "mlp.gate_proj.weight"), x);
    const Vector up = times(weights.of(at + "mlp.up_proj.weight"), x);
    for (std::size_t i = 0; i < gate.size(); ++i) {
        gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
    }
    return times(weights.of(at + "mlp.down_proj.weight"), gate);
}

Vector logitsByHand(const ModelSpec& spec, const Weights& weights, std::size_t token) {
    Vector x = weights.of("model.embed_tokens.weight")[token];
    for (std::int64_t layer = 0; layer < spec.num_layers(); ++layer) {
        const std::string at = "model.layers." + std::to_string(layer) + ".";
        const std::vector<SubLayer>& subs = spec.layer(layer).sub_layers;
        for (std::size_t i = 0; i < subs.size();) {
            Vector sum(hidden, 0.0);
            const Vector first_input = subs[i].norms.input ? rms(x) : x;
            std::size_t end = i;
            do {
                const SubLayer& sub = subs[end];
                const Vector input = sub.input == SubLayerInput::SameNorm ? first_input
                                     : sub.norms.input                    ? rms(x)
                                                                          : x;
                const Vector y = run(weights, at, sub, input);
                sum = plus(sum, sub.norms.output ? rms(y) : y);
                ++end;
            } while (end < subs.size() && subs[end].input != SubLayerInput::Stream);
            x = plus(x, subs[end - 1].norms.joined ? rms(sum) : sum);
            i = end;
        }
    }
    return times(weights.of("lm_head.weight"), rms(x));
}

} // namespace

void TestEngineSubLayers::matchesTheFormula_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"sequential", "one norm", "norms of their own",
                             "norms on both outputs", "a norm on the sum", "one alone", "three"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void TestEngineSubLayers::matchesTheFormula() {
    QFETCH(QString, name);
    const ModelSpec spec = modelOf(name);
    EngineOptions options;
    options.threads = 2;
    auto engine = Engine::random(spec, seed, options);
    QVERIFY2(engine, engine ? "" : engine.error().text().c_str());
    const Weights weights(spec);
    const std::int32_t token = 3;
    const auto logits = engine->prefill({&token, 1});
    QVERIFY(logits);
    const Vector expected = logitsByHand(spec, weights, 3);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY2(std::abs(static_cast<double>((*logits)[i]) - expected[i]) < 1e-5,
                 qPrintable(QStringLiteral("logit %1: found %2, expected %3")
                                .arg(i)
                                .arg(static_cast<double>((*logits)[i]))
                                .arg(expected[i])));
    }
}

void TestEngineSubLayers::tokenByTokenEqualsAllAtOnce() {
    QFETCH(QString, name);
    const ModelSpec spec = modelOf(name);
    auto engine = Engine::random(spec, seed, {});
    QVERIFY(engine);
    const std::vector<std::int32_t> tokens = {3, 1, 4, 1, 5, 9, 2, 6};
    std::vector<float> at_once;
    {
        const auto all = engine->prefill(tokens, LogitRows::All);
        QVERIFY(all);
        at_once.assign(all->begin(), all->end());
    }
    engine->reset();
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        const auto next = engine->decode(tokens[t]);
        QVERIFY(next);
        for (std::size_t i = 0; i < static_cast<std::size_t>(vocab); ++i) {
            QVERIFY(std::abs((*next)[i] - at_once[t * vocab + i]) < 1e-5F);
        }
    }
}

// Sub-layers that read the same stream share what they read: fewer norms, one sum over a tensor
// group instead of two. All else is the same work.
void TestEngineSubLayers::countsFollow() {
    const ModelSpec sequential = modelOf(QStringLiteral("sequential"));
    const ModelSpec parallel = modelOf(QStringLiteral("one norm"));
    // Two layers: attention 4 * 8 * 8, feed-forward 3 * 8 * 16, two norms of 8; tables 2 * 80; a
    // final norm.
    QCOMPARE(count_parameters(sequential)->total, std::int64_t{2 * (256 + 384 + 16) + 160 + 8});
    QCOMPARE(count_parameters(parallel)->total, std::int64_t{2 * (256 + 384 + 8) + 160 + 8});
    Deployment two;
    two.devices = two.tensor_parallel = 2;
    const auto all_reduces = [&](const ModelSpec& spec) {
        std::int64_t count = 0;
        for_each_operator(spec, Step{}, {}, two, [&](const Operator& op) {
            count += op.what == Operation::AllReduce ? op.count : 0;
        });
        return count;
    };
    QCOMPARE(all_reduces(sequential), std::int64_t{4});
    QCOMPARE(all_reduces(parallel), std::int64_t{2});
    QCOMPARE(step_flops(sequential, Step{}), step_flops(parallel, Step{}));
}

QTEST_APPLESS_MAIN(TestEngineSubLayers)
#include "tst_engine_sub_layers.moc"
