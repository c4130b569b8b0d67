// SPDX-License-Identifier: GPL-3.0-or-later
// The engine against reference models, one or more per family: logits, continuation, cache,
// counters.
#include "core/accounting/kv_cache.h"
#include "core/accounting/operators.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/config/layer_queries.h"
#include "core/engine/engine.h"
#include "core/engine/kv_cache.h"
#include "core/engine/safetensors.h"
#include "tests/core/layer_kinds.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headroom;

namespace {

struct Golden {
    std::vector<std::vector<std::int32_t>> rows; // [2, T]
    std::vector<float> logits;                   // [2, T, vocab]
    std::vector<std::int32_t> continuation;
    std::int64_t parameters = 0;
    double allowed = 0; // ten times what fp32 costs the reference itself
};

QDir golden_folder() {
    return QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden"));
}

Golden read_golden(const QDir& folder) {
    Golden golden;
    QFile file(folder.filePath(QStringLiteral("golden.json")));
    if (!file.open(QIODevice::ReadOnly)) {
        return golden;
    }
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    golden.parameters = json.value(QStringLiteral("parameters")).toInteger();
    golden.allowed = 10.0 * json.value(QStringLiteral("logits_fp32_vs_fp64_max_abs")).toDouble();
    for (const QJsonValue& row : json.value(QStringLiteral("input_ids")).toArray()) {
        std::vector<std::int32_t>& tokens = golden.rows.emplace_back();
        for (const QJsonValue& token : row.toArray()) {
            tokens.push_back(token.toInt());
        }
    }
    for (const QJsonValue& token :
         json.value(QStringLiteral("greedy_continuation_of_row_0")).toArray()) {
        golden.continuation.push_back(token.toInt());
    }
    const Result<SafetensorsFile> tensors =
        SafetensorsFile::open(folder.filePath(QStringLiteral("golden.safetensors")).toStdString());
    if (tensors) {
        golden.logits = tensors->read_floats(*tensors->find("logits"));
    }
    return golden;
}

/// Room for a row and its continuation: more than the trained length where a model goes beyond it.
EngineOptions options_for(const Golden& golden) {
    EngineOptions options;
    options.context = static_cast<std::int64_t>(golden.rows[0].size() + golden.continuation.size());
    return options;
}

/// Loads the model, with the other form of its configuration if asked for.
Result<Engine> load(const QDir& folder, bool transformers5, const EngineOptions& options) {
    if (!transformers5) {
        return Engine::load(folder.path().toStdString(), options);
    }
    const QTemporaryDir copy;
    const QDir other(copy.path());
    QFile::copy(folder.filePath(QStringLiteral("config.transformers-v5.json")),
                other.filePath(QStringLiteral("config.json")));
    QFile::copy(folder.filePath(QStringLiteral("model.safetensors")),
                other.filePath(QStringLiteral("model.safetensors")));
    return Engine::load(copy.path().toStdString(), options);
}

/// The rotary specification whose angles depend on the sequence's length; null: none does.
const RotarySpec* turning_rotary(const ModelSpec& spec) {
    for (const LayerKind& kind : spec.kinds) {
        const RotarySpec* rotary = rotary_of(kind.spec);
        if (rotary != nullptr &&
            (rotary->type == RopeType::LongRope || rotary->type == RopeType::Dynamic)) {
            return rotary;
        }
    }
    return nullptr;
}

/// Tokens whose logits differ between a growing sequence and the whole one: LongRoPE turns every
/// position of a sequence beyond the trained length by other factors than it did before, dynamic
/// scaling by others again with each token.
std::size_t tokens_turned_again(const ModelSpec& spec, std::size_t length) {
    const RotarySpec* rotary = turning_rotary(spec);
    if (rotary == nullptr) {
        return 0;
    }
    const auto trained = static_cast<std::size_t>(rotary->original_max_position_embeddings);
    const std::size_t turned = rotary->type == RopeType::Dynamic ? length - 1 : trained;
    return length > trained ? turned : 0;
}

/// Whether a step beyond the trained length runs again what is cached.
bool runs_again(const ModelSpec& spec, const Step& step) {
    const RotarySpec* rotary = turning_rotary(spec);
    const std::int64_t trained = rotary == nullptr ? 0 : rotary->original_max_position_embeddings;
    return rotary != nullptr && step.past > 0 && step.past + step.tokens > trained &&
           (rotary->type == RopeType::Dynamic || step.past <= trained);
}

double largest_difference(std::span<const float> a, std::span<const float> b) {
    double largest = a.size() == b.size() ? 0.0 : 1e30;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = difference <= largest ? largest : difference; // a NaN stays
    }
    return largest;
}

std::vector<float> all_logits(Engine& engine, const std::vector<std::int32_t>& tokens) {
    const auto logits = engine.prefill(tokens, LogitRows::All);
    return logits ? std::vector<float>(logits->begin(), logits->end()) : std::vector<float>{};
}

/// What the operator list says the step executes and touches. How many experts a prompt reaches
/// depends on the tokens; the list's expectation gives way to the number that `counted` states.
StepCounters predicted(const ModelSpec& spec, const Step& step, const StepCounters& counted) {
    StepCounters sum;
    double weight_bytes = 0;
    double cache_bytes = 0;
    const Formats formats{NumberFormat::Fp32, NumberFormat::Fp32, std::nullopt};
    for_each_operator(spec, step, formats, {}, [&](const Operator& op) {
        const auto count = static_cast<double>(op.count);
        if (op.kind == OperatorKind::Expert) {
            for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
                const auto layer = static_cast<std::size_t>(i);
                if (spec.kind_of_layer[layer] == op.layer_kind) {
                    weight_bytes += op.weight_bytes / op.experts *
                                    static_cast<double>(counted.distinct_experts[layer]);
                }
            }
        } else if (op.what !=
                   Operation::AltUpPredict) { // mixes streams with what the token itself made
            weight_bytes += op.weight_bytes * count;
        }
        if (op.what !=
            Operation::AttentionValues) { // reads the latent rows of attention.scores again
            cache_bytes += op.cache_bytes * count;
        }
    });
    sum.flops = step_flops(spec, step);
    sum.weight_bytes = std::llround(weight_bytes);
    sum.cache_bytes_read = std::llround(cache_bytes);
    return sum;
}

} // namespace

class TestEngineGolden : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void models_data();
    void logits_and_continuation_data() { models_data(); }
    void logits_and_continuation();
    void decode_equals_prefill_data() { models_data(); }
    void decode_equals_prefill();
    void chunks_equal_prefill_data() { models_data(); }
    void chunks_equal_prefill();
    void cache_is_what_the_analysis_says_data() { models_data(); }
    void cache_is_what_the_analysis_says();
    void counters_data() { models_data(); }
    void counters();
    void bf16_stays_close_data() { models_data(); }
    void bf16_stays_close();
};

void TestEngineGolden::initTestCase() {
    QCOMPARE(golden_folder().entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 49);
}

void TestEngineGolden::models_data() {
    QTest::addColumn<QString>("name");
    for (const QString& name : golden_folder().entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QTest::newRow(qPrintable(name)) << name;
    }
}

void TestEngineGolden::logits_and_continuation() {
    QFETCH(QString, name);
    const QDir folder(golden_folder().filePath(name));
    const Golden golden = read_golden(folder);
    for (const bool transformers5 : {false, true}) {
        EngineOptions options = options_for(golden);
        options.threads = transformers5 ? 1 : 2;
        Result<Engine> engine = load(folder, transformers5, options);
        QVERIFY2(engine.has_value(), engine ? "" : engine.error().text().c_str());
        QCOMPARE(engine->parameters(), golden.parameters);
        std::vector<float> logits;
        for (const auto& row : golden.rows) {
            engine->reset();
            const std::vector<float> part = all_logits(*engine, row);
            logits.insert(logits.end(), part.begin(), part.end());
        }
        const double difference = largest_difference(logits, golden.logits);
        qInfo("%s: largest difference %.2e, allowed %.2e", qPrintable(name), difference,
              golden.allowed);
        QVERIFY(difference <= golden.allowed);
        engine->reset();
        const auto generated =
            engine->generate(golden.rows[0], static_cast<std::int64_t>(golden.continuation.size()));
        QVERIFY(generated.has_value());
        QCOMPARE(*generated, golden.continuation);
    }
}

void TestEngineGolden::decode_equals_prefill() {
    QFETCH(QString, name);
    const QDir folder(golden_folder().filePath(name));
    const Golden golden = read_golden(folder);
    Result<Engine> engine = Engine::load(folder.path().toStdString(), options_for(golden));
    QVERIFY2(engine.has_value(), engine ? "" : engine.error().text().c_str());
    const auto vocab = static_cast<std::size_t>(engine->spec().vocab_size);
    std::span<const float> expected(golden.logits);
    for (const auto& row : golden.rows) {
        engine->reset();
        std::vector<float> logits;
        for (const std::int32_t token : row) {
            const auto one = engine->decode(token);
            QVERIFY(one.has_value());
            logits.insert(logits.end(), one->begin(), one->end());
        }
        const std::size_t skipped = vocab * tokens_turned_again(engine->spec(), row.size());
        const double difference = largest_difference(
            std::span(logits).subspan(skipped), expected.subspan(skipped, logits.size() - skipped));
        QVERIFY2(difference <= golden.allowed, qPrintable(QString::number(difference)));
        expected = expected.subspan(logits.size());
    }
    QVERIFY(expected.empty());
}

void TestEngineGolden::chunks_equal_prefill() {
    QFETCH(QString, name);
    const QDir folder(golden_folder().filePath(name));
    const Golden golden = read_golden(folder);
    const std::vector<std::int32_t>& row = golden.rows[0];
    for (const std::int64_t chunk : {1, 2, 3, 5, 8, 9, 13, 20}) {
        EngineOptions options;
        options.prefill_chunk = chunk;
        options.context = static_cast<std::int64_t>(row.size());
        Result<Engine> engine = Engine::load(folder.path().toStdString(), options);
        QVERIFY2(engine.has_value(), engine ? "" : engine.error().text().c_str());
        const std::vector<float> logits = all_logits(*engine, row);
        const double difference =
            largest_difference(logits, std::span(golden.logits).first(logits.size()));
        QVERIFY2(!logits.empty() && difference <= golden.allowed,
                 qPrintable(QStringLiteral("chunk %1: %2").arg(chunk).arg(difference)));
    }
}

void TestEngineGolden::cache_is_what_the_analysis_says() {
    QFETCH(QString, name);
    const QDir folder(golden_folder().filePath(name));
    for (const std::int64_t context : {5, 40, 100}) {
        EngineOptions options;
        options.context = context;
        Result<Engine> engine = Engine::load(folder.path().toStdString(), options);
        QVERIFY2(engine.has_value(), engine ? "" : engine.error().text().c_str());
        QCOMPARE(engine->kv_cache_bytes(), cache_bytes(engine->spec(), context));
        QCOMPARE(engine->kv_cache_bytes(),
                 kv_bytes_at(engine->spec(), context, NumberFormat::Fp32));
        const auto layers = kv_layers(engine->spec(), context, NumberFormat::Fp32);
        const auto allocated = engine->kv_cache_bytes_per_layer();
        QCOMPARE(layers.size(), allocated.size());
        for (std::size_t i = 0; i < layers.size(); ++i) {
            QCOMPARE(allocated[i], layers[i].bytes);
        }
    }
}

void TestEngineGolden::counters() {
    QFETCH(QString, name);
    const QDir folder(golden_folder().filePath(name));
    const Golden golden = read_golden(folder);
    Result<Engine> engine = Engine::load(folder.path().toStdString(), options_for(golden));
    QVERIFY2(engine.has_value(), engine ? "" : engine.error().text().c_str());
    const ModelSpec& spec = engine->spec();
    const auto count = static_cast<std::int64_t>(golden.rows[0].size());

    // A prompt in two parts and a token: nothing cached, something cached, one row.
    const std::int64_t first = count / 2;
    const std::span<const std::int32_t> row(golden.rows[0]);
    const std::int32_t next = golden.continuation[0];
    std::int64_t past = 0;
    for (const std::span<const std::int32_t> tokens :
         {row.first(static_cast<std::size_t>(first)), row.subspan(static_cast<std::size_t>(first)),
          std::span<const std::int32_t>(&next, 1)}) {
        Step step;
        step.tokens = static_cast<std::int64_t>(tokens.size());
        step.phase = step.tokens > 1 ? Phase::Prefill : Phase::Decode;
        step.past = past;
        QVERIFY(engine->prefill(tokens).has_value());
        const StepCounters& counted = engine->last_step();
        StepCounters expected = predicted(spec, step, counted);
        std::vector<std::int64_t> runs = {step.tokens};
        if (runs_again(spec, step)) {
            Step again;
            again.tokens = past;
            again.phase = Phase::Prefill;
            expected += predicted(spec, again, counted);
            runs.push_back(past);
        }
        QCOMPARE(counted.weight_bytes, expected.weight_bytes);
        QCOMPARE(counted.cache_bytes_read, expected.cache_bytes_read);
        const bool expands_again =
            std::any_of(spec.kinds.begin(), spec.kinds.end(), [&](const LayerKind& kind) {
                return find_kind<LatentAttention>(kind.spec) != nullptr && past > 0 &&
                       step.tokens > 1;
            });
        if (!expands_again) { // MLA makes keys of the cached latents anew, which the list leaves
                              // out
            QCOMPARE(counted.flops, expected.flops);
        }
        // Experts: one token reaches exactly those it chose, a prompt at least these and at most
        // as many as it has choices; layers without experts none.
        std::int64_t written = 0;
        for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
            const LayerSpec& layer = spec.layer(i);
            const MixtureOfExperts* mixture = experts_of(layer);
            const std::int64_t reached = counted.distinct_experts[static_cast<std::size_t>(i)];
            const std::int64_t chosen = mixture != nullptr ? mixture->num_experts_per_tok : 0;
            const std::int64_t most =
                mixture != nullptr ? std::min(mixture->num_experts, chosen * step.tokens) : 0;
            QVERIFY(reached >= chosen && reached <= most);
            for (const std::int64_t run : runs) {
                for (const SubLayer& sub : layer.sub_layers) {
                    for (const KeptEntry& entry : kept_by(sub.kind)) {
                        written += static_cast<std::int64_t>(entry.numbers()) * 4 *
                                   std::min(run, stored_entries(entry, engine->context()));
                    }
                }
            }
        }
        QCOMPARE(counted.cache_bytes_written, written);
        past += step.tokens;
    }
}

void TestEngineGolden::bf16_stays_close() {
    QFETCH(QString, name);
    const QDir folder(golden_folder().filePath(name));
    const Golden golden = read_golden(folder);
    EngineOptions options = options_for(golden);
    options.weight_type = WeightType::BF16;
    Result<Engine> engine = Engine::load(folder.path().toStdString(), options);
    QVERIFY2(engine.has_value(), engine ? "" : engine.error().text().c_str());
    const std::vector<float> logits = all_logits(*engine, golden.rows[0]);
    double squares = 0;
    double reference = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        const auto exact = static_cast<double>(golden.logits[i]);
        squares += std::pow(static_cast<double>(logits[i]) - exact, 2);
        reference += exact * exact;
    }
    // bf16 keeps 8 bits: a few parts in a thousand per layer, more where a router changes its mind.
    const double relative = std::sqrt(squares / reference);
    QVERIFY2(relative > 0 && relative < 0.2, qPrintable(QString::number(relative)));
    // What is computed token by token is the same computation.
    engine->reset();
    std::vector<float> decoded;
    for (const std::int32_t token : golden.rows[0]) {
        const auto one = engine->decode(token);
        QVERIFY(one.has_value());
        decoded.insert(decoded.end(), one->begin(), one->end());
    }
    const std::size_t skipped = static_cast<std::size_t>(engine->spec().vocab_size) *
                                tokens_turned_again(engine->spec(), golden.rows[0].size());
    QVERIFY(largest_difference(std::span(decoded).subspan(skipped),
                               std::span(logits).subspan(skipped)) <= golden.allowed);
}

QTEST_APPLESS_MAIN(TestEngineGolden)
#include "tst_engine_golden.moc"
