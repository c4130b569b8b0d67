// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's interface: what it refuses, what it promises about memory, sparse masks, reports.
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/engine/engine_report.h"
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
#include <cstring>
#include <numeric>

using namespace headroom;

namespace {

QString golden(const QString& name) {
    return QStringLiteral(HEADROOM_SOURCE_DIR "/tests/golden/") + name;
}

std::string text(const auto& result) {
    return result ? std::string() : result.error().text();
}

/// A copy of a golden model whose files a test may damage.
struct Copy {
    explicit Copy(const QString& name) {
        for (const char* file : {"config.json", "model.safetensors"}) {
            QFile::copy(golden(name) + QLatin1Char('/') + QLatin1String(file), path(file));
            QFile::setPermissions(path(file), QFile::ReadOwner | QFile::WriteOwner);
        }
    }
    QString path(const char* file) const { return folder.filePath(QLatin1String(file)); }
    QByteArray read(const char* file) const {
        QFile in(path(file));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    void write(const char* file, const QByteArray& bytes) const {
        QFile out(path(file));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    Result<Engine> load(const EngineOptions& options = {}) const {
        return Engine::load(folder.path().toStdString(), options);
    }
    QTemporaryDir folder;
};

ModelConfig small_config(const char* type = "llama") {
    ModelConfig config;
    config.model_type = type;
    config.hidden_size = 64;
    config.intermediate_size = 96;
    config.num_hidden_layers = 2;
    config.num_attention_heads = 4;
    config.num_key_value_heads = 2;
    config.head_dim = 16;
    config.vocab_size = 100;
    config.max_position_embeddings = 256;
    return config;
}

std::vector<std::int32_t> counting(std::int32_t count) {
    std::vector<std::int32_t> tokens(static_cast<std::size_t>(count));
    std::iota(tokens.begin(), tokens.end(), 1);
    return tokens;
}

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

private slots:
    void refuses_damaged_folders();
    void refuses_tokens_and_lengths();
    void refuses_more_memory_than_there_is();
    void stops_when_asked();
    void all_pairs_by_rows_equal_tiles();
    void sparse_masks_decode_as_they_prefill();
    void random_weights_repeat();
    void odd_shapes_decode_as_they_prefill();
    void reports_add_up();
    void memory_is_what_is_stated();
    void memory_limit_is_kept();
    void loading_stops_when_asked();
    void counts_what_it_holds();
    void dynamic_angles_follow_the_length();
    void inverse_layers_scale_by_their_index();
    void squared_activations_are_squared();
};

void TestEngine::refuses_damaged_folders() {
    const Copy copy(QStringLiteral("llama-mha"));
    QVERIFY(copy.load().has_value());
    const QByteArray model = copy.read("model.safetensors");
    const QByteArray config = copy.read("config.json");

    copy.write("model.safetensors", model.left(model.size() - 4));
    QVERIFY(text(copy.load()).find("model.safetensors") != std::string::npos);

    QByteArray damaged = model;
    const float bad = std::nanf("");
    std::memcpy(damaged.data() + damaged.size() - 4, &bad, sizeof bad);
    copy.write("model.safetensors", damaged);
    QVERIFY(text(copy.load()).find("no finite number") != std::string::npos);

    // Renaming one tensor makes one missing and one that nobody knows.
    damaged = model;
    damaged.replace("model.norm.weight", "model.morn.weight");
    copy.write("model.safetensors", damaged);
    QVERIFY(text(copy.load()).find("model.norm.weight: not found, expected [32]") !=
            std::string::npos);

    copy.write("model.safetensors", model);
    QByteArray other = config;
    other.replace("\"intermediate_size\": 80", "\"intermediate_size\": 96");
    QVERIFY(other != config);
    copy.write("config.json", other);
    QVERIFY(text(copy.load()).find("found shape [80, 32], expected [96, 32]") != std::string::npos);

    other = config;
    other.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1");
    copy.write("config.json", other);
    QVERIFY(text(copy.load()).find("model.layers.1.") != std::string::npos);
    QVERIFY(text(copy.load()).find("does not have") != std::string::npos);

    copy.write("config.json", "{");
    QVERIFY(!copy.load().has_value());
    QVERIFY(!Engine::load("/nonexistent/folder").has_value());
}

void TestEngine::refuses_tokens_and_lengths() {
    EngineOptions options;
    options.context = 8;
    Result<Engine> engine = Engine::random(small_config(), 1, options);
    QVERIFY2(engine.has_value(), text(engine).c_str());
    QVERIFY(!engine->prefill({}).has_value());
    QVERIFY(text(engine->decode(100)).find("found 100, expected 0 to 99") != std::string::npos);
    QVERIFY(text(engine->decode(-1)).find("found -1") != std::string::npos);
    QVERIFY(text(engine->prefill(counting(9))).find("context of 8") != std::string::npos);
    QCOMPARE(engine->position(), 0);
    QVERIFY(engine->prefill(counting(8)).has_value());
    QVERIFY(text(engine->decode(1)).find("sequence of 9") != std::string::npos);
    engine->reset();
    QVERIFY(engine->decode(1).has_value());

    options.context = 129;
    const Result<Engine> beyond =
        Engine::load(golden(QStringLiteral("gpt2")).toStdString(), options);
    QVERIFY(text(beyond).find("learned positions") != std::string::npos);
}

void TestEngine::refuses_more_memory_than_there_is() {
    ModelConfig config = small_config();
    config.hidden_size = 16384;
    config.intermediate_size = 65536;
    config.num_hidden_layers = 200;
    config.num_attention_heads = 128;
    config.num_key_value_heads = 128;
    config.head_dim = 128;
    const Result<Engine> large = Engine::random(config, 1);
    QVERIFY(text(large).find("available") != std::string::npos);
    EngineOptions options;
    options.context = std::int64_t{1} << 40; // the cache, not the weights
    QVERIFY(!Engine::random(small_config(), 1, options).has_value());
}

void TestEngine::stops_when_asked() {
    Result<Engine> engine = Engine::random(small_config(), 1);
    QVERIFY(engine.has_value());
    std::stop_source source;
    source.request_stop();
    QVERIFY(
        text(engine->prefill(counting(5), LogitRows::Last, source.get_token())).find("cancelled") !=
        std::string::npos);
    QVERIFY(!engine->decode(1).has_value()); // until it is reset
    engine->reset();
    QVERIFY(engine->decode(1).has_value());
}

/// A stride of one attends to every key, but takes the row kernel; so it must give the reference's
/// logits as the tile kernel does.
void TestEngine::all_pairs_by_rows_equal_tiles() {
    for (const char* name : {"llama-mha", "llama-gqa-tied", "gpt-oss", "gemma2", "deepseek-v3"}) {
        const QString folder = golden(QLatin1String(name));
        QFile file(folder + QStringLiteral("/golden.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
        std::vector<std::int32_t> tokens;
        for (const QJsonValue& token :
             json.value(QStringLiteral("input_ids")).toArray().first().toArray()) {
            tokens.push_back(token.toInt());
        }
        EngineOptions options;
        const bool is_latent = std::strncmp(name, "deepseek", 8) == 0;
        if (!is_latent) { // MLA takes bands only
            options.attention_mask = AttentionMask::strided(1);
        }
        Result<Engine> engine = Engine::load(folder.toStdString(), options);
        QVERIFY2(engine.has_value(), text(engine).c_str());
        const auto logits = engine->prefill(tokens, LogitRows::All);
        QVERIFY(logits.has_value());
        const Result<SafetensorsFile> reference =
            SafetensorsFile::open((folder + QStringLiteral("/golden.safetensors")).toStdString());
        const std::vector<float> expected = reference->read_floats(*reference->find("logits"));
        const double allowed =
            10.0 * json.value(QStringLiteral("logits_fp32_vs_fp64_max_abs")).toDouble();
        for (std::size_t i = 0; i < logits->size(); ++i) {
            QVERIFY(std::abs(static_cast<double>((*logits)[i]) -
                             static_cast<double>(expected[i])) <= allowed);
        }
    }
    EngineOptions options;
    options.attention_mask = AttentionMask::strided(4);
    const Result<Engine> refused =
        Engine::load(golden(QStringLiteral("deepseek-v3")).toStdString(), options);
    QVERIFY(text(refused).find("attention_mask") != std::string::npos);
}

void TestEngine::sparse_masks_decode_as_they_prefill() {
    const std::int32_t count = 60;
    for (const AttentionMask& mask :
         {AttentionMask::strided(7), AttentionMask::block_local_global(8, 4),
          AttentionMask::longformer(6, 5), AttentionMask::big_bird(4, 1, 2, 2, 5),
          AttentionMask::vertical_slash({0, 3, 30}, {0, 1, 17}), AttentionMask::banded(9)}) {
        EngineOptions options;
        options.attention_mask = mask;
        options.context = 64;
        Result<Engine> engine = Engine::random(small_config(), 3, options);
        QVERIFY(engine.has_value());
        const auto together = engine->prefill(counting(count), LogitRows::All);
        QVERIFY(together.has_value());
        const std::vector<float> expected(together->begin(), together->end());
        const std::int64_t linear = 2 * count * engine->parameters(); // an upper bound
        const std::int64_t attended = 4 * 64 * 2 * mask.attended_pairs(0, count);
        QVERIFY(engine->last_step().flops < linear + attended);
        const std::int64_t sparse = engine->last_step().flops - attended;
        engine->reset();
        std::vector<float> one_by_one;
        std::int64_t flops = 0;
        for (const std::int32_t token : counting(count)) {
            const auto logits = engine->decode(token);
            QVERIFY(logits.has_value());
            one_by_one.insert(one_by_one.end(), logits->begin(), logits->end());
            flops += engine->last_step().flops;
        }
        QCOMPARE(flops - attended, sparse); // exactly the attended pairs, both ways
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(static_cast<double>(expected[i] - one_by_one[i])) < 1e-5);
        }
    }
}

void TestEngine::random_weights_repeat() {
    const auto logits = [](std::uint64_t seed, int threads) {
        EngineOptions options;
        options.threads = threads;
        Result<Engine> engine = Engine::random(small_config(), seed, options);
        const auto result = engine->prefill(counting(30));
        return std::vector<float>(result->begin(), result->end());
    };
    QCOMPARE(logits(1, 1), logits(1, 1));
    QCOMPARE(logits(1, 1), logits(1, 3)); // no sum depends on the number of threads
    QVERIFY(logits(1, 1) != logits(2, 1));
}

/// Sizes that fill no vector and no panel, for each kind of layer.
void TestEngine::odd_shapes_decode_as_they_prefill() {
    std::vector<ModelConfig> configs;
    ModelConfig config = small_config();
    config.hidden_size = 42;
    config.intermediate_size = 51;
    config.num_attention_heads = 7;
    config.num_key_value_heads = 1;
    config.head_dim = 6;
    config.vocab_size = 37;
    configs.push_back(config);
    config.model_type = "phi3";
    configs.push_back(config);
    config.model_type = "olmo2";
    config.num_key_value_heads = 7;
    configs.push_back(config);
    config = small_config("qwen3_moe");
    config.hidden_size = 50;
    config.head_dim = 10;
    config.num_experts = 5;
    config.num_experts_per_tok = 2;
    config.moe_intermediate_size = 19;
    config.norm_topk_prob = true;
    configs.push_back(config);
    config = small_config("deepseek_v3");
    config.num_key_value_heads = 4;
    config.q_lora_rank = std::nullopt;
    config.kv_lora_rank = 21;
    config.qk_nope_head_dim = 11;
    config.qk_rope_head_dim = 6;
    config.v_head_dim = 13;
    config.num_experts = 6;
    config.num_experts_per_tok = 2;
    config.moe_intermediate_size = 17;
    config.n_shared_experts = 1;
    config.n_group = 2;
    config.topk_group = 1;
    config.first_k_dense_replace = 1;
    config.norm_topk_prob = true;
    config.routed_scaling_factor = 2.0;
    configs.push_back(config);
    config = small_config("mistral");
    config.sliding_window = 5;
    configs.push_back(config);
    for (const ModelConfig& one : configs) {
        EngineOptions options;
        options.context = 40;
        options.prefill_chunk = 17;
        Result<Engine> engine = Engine::random(one, 5, options);
        QVERIFY2(engine.has_value(), text(engine).c_str());
        const auto together = engine->prefill(counting(36), LogitRows::All);
        QVERIFY(together.has_value());
        const std::vector<float> expected(together->begin(), together->end());
        QVERIFY(*std::max_element(expected.begin(), expected.end()) > 0);
        engine->reset();
        std::size_t at = 0;
        for (const std::int32_t token : counting(36)) {
            const auto logits = engine->decode(token);
            QVERIFY(logits.has_value());
            for (const float value : *logits) {
                QVERIFY2(std::abs(static_cast<double>(value - expected[at++])) < 1e-5,
                         one.model_type.c_str());
            }
        }
        QCOMPARE(engine->kv_cache_bytes(), cache_bytes(engine->spec(), 40));
    }
}

void TestEngine::reports_add_up() {
    Result<Engine> engine = Engine::load(golden(QStringLiteral("qwen3")).toStdString());
    QVERIFY(engine.has_value());
    std::vector<std::int32_t> heard;
    RunRequest request;
    request.tokens = counting(10);
    request.generate = 4;
    request.on_token = [&](std::int32_t token) { heard.push_back(token); };
    const Result<RunReport> report = run_report(*engine, request);
    QVERIFY(report.has_value());
    QCOMPARE(report->logits.size(), std::size_t{10 * 64});
    QCOMPARE(report->generated, heard);
    QCOMPARE(engine->position(), 13); // the last token found is not run
    QCOMPARE(engine->counters().flops, report->prefill.flops + report->decode.flops);
    QVERIFY(report->prefill_ms > 0 && report->decode_tokens_per_second > 0);

    const Result<BenchReport> speed = bench(*engine, {16, 4, 3});
    QVERIFY(speed.has_value());
    QVERIFY(speed->prefill_tokens_per_second > 0 && speed->decode_tokens_per_second > 0);
    QVERIFY(!bench(*engine, {0, 4, 3}).has_value());
    QVERIFY(!bench(*engine, {1000, 4, 3}).has_value()); // longer than the context
    QCOMPARE(median({3.0, 1.0, 2.0}), 2.0);
    QCOMPARE(median({4.0, 1.0, 2.0, 3.0}), 2.5);
}

/// Padding of panels apart, the weights take what their elements take, and half of it in bf16.
void TestEngine::memory_is_what_is_stated() {
    ModelConfig config = small_config();
    config.hidden_size = 256;
    config.intermediate_size = 768;
    config.num_attention_heads = 8;
    config.num_key_value_heads = 4;
    config.head_dim = 32;
    config.vocab_size = 1024;
    for (const WeightType type : {WeightType::F32, WeightType::BF16}) {
        EngineOptions options;
        options.weight_type = type;
        const Result<Engine> engine = Engine::random(config, 1, options);
        QVERIFY(engine.has_value());
        const auto exact = static_cast<double>(engine->parameters() * bytes_of(type));
        const double found = static_cast<double>(engine->weights_bytes());
        QVERIFY(found >= exact && found < exact * 1.01);
        QVERIFY(engine->workspace_bytes() > 0);
    }
}

void TestEngine::memory_limit_is_kept() {
    EngineOptions options;
    options.context = 64;
    options.threads = 2;
    const Result<std::int64_t> needed = engine_memory_bytes(small_config(), options);
    QVERIFY2(needed.has_value(), text(needed).c_str());
    options.memory_limit = *needed;
    const Result<Engine> fits = Engine::random(small_config(), 1, options);
    QVERIFY2(fits.has_value(), text(fits).c_str());
    QVERIFY(fits->weights_bytes() + fits->kv_cache_bytes() + fits->workspace_bytes() <= *needed);
    options.memory_limit = *needed - 1;
    QVERIFY(text(Engine::random(small_config(), 1, options)).find("limit of") != std::string::npos);
    const Result<std::int64_t> refused = engine_memory_bytes(small_config("nothing"), options);
    QVERIFY(!refused.has_value());
}

void TestEngine::loading_stops_when_asked() {
    std::stop_source source;
    source.request_stop();
    EngineOptions options;
    options.stop = source.get_token();
    QVERIFY(text(Engine::random(small_config(), 1, options)).find("cancelled") !=
            std::string::npos);
    QVERIFY(text(Engine::load(golden(QStringLiteral("qwen3")).toStdString(), options))
                .find("cancelled") != std::string::npos);
}

void TestEngine::counts_what_it_holds() {
    ModelConfig config = small_config("qwen3_moe");
    config.num_experts = 6;
    config.num_experts_per_tok = 2;
    config.moe_intermediate_size = 24;
    config.mlp_only_layers = {0};
    EngineOptions options;
    options.context = 64;
    options.count_expert_tokens = true;
    Result<Engine> engine = Engine::random(config, 1, options);
    QVERIFY2(engine.has_value(), text(engine).c_str());
    // Every weight in fp32, and nothing else but padding.
    QCOMPARE(engine->weights_bytes() - engine->weights_padding_bytes(), 4 * engine->parameters());
    QVERIFY(engine->weights_padding_bytes() > 0); // 6 router outputs in a panel of 32
    QVERIFY(engine->prefill(counting(20)).has_value());
    const std::vector<std::int64_t> filled = engine->kv_cache_bytes_filled_per_layer();
    QCOMPARE(filled, (std::vector<std::int64_t>(2, 20 * 2 * 2 * 16 * 4)));
    const ExpertTokens& tokens = engine->expert_tokens();
    QCOMPARE(tokens.size(), std::size_t{2});
    QVERIFY(tokens[0].empty());
    QCOMPARE(tokens[1].size(), std::size_t{6});
    QCOMPARE(std::accumulate(tokens[1].begin(), tokens[1].end(), std::int64_t{0}),
             std::int64_t{40});
    QVERIFY(engine->decode(3).has_value());
    QCOMPARE(std::accumulate(tokens[1].begin(), tokens[1].end(), std::int64_t{0}),
             std::int64_t{42});
    engine->reset();
    QCOMPARE(tokens[1], std::vector<std::int64_t>(6, 0));
    QCOMPARE(engine->kv_cache_bytes_filled_per_layer(), (std::vector<std::int64_t>(2, 0)));
}

// One base for all positions of a sequence, whichever way it grew; within the trained length the
// base it was trained with, also after a longer sequence.
void TestEngine::dynamic_angles_follow_the_length() {
    const std::vector<std::int32_t> tokens = counting(40);
    EngineOptions options;
    options.context = 40;
    const std::string folder = golden(QStringLiteral("llama-dynamic")).toStdString();
    Result<Engine> grown = Engine::load(folder, options);
    Result<Engine> whole = Engine::load(folder, options);
    QVERIFY2(grown.has_value() && whole.has_value(), text(grown).c_str());
    const std::size_t trained = 24;
    QCOMPARE(grown->spec().max_position_embeddings, static_cast<std::int64_t>(trained));
    const auto logits_of = [](Engine& engine, std::span<const std::int32_t> part) {
        const auto logits = engine.prefill(part);
        return logits ? std::vector<float>(logits->begin(), logits->end()) : std::vector<float>{};
    };
    const auto distance = [](const std::vector<float>& a, const std::vector<float>& b) {
        float largest = a.empty() || a.size() != b.size() ? 1e30F : 0.0F;
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            largest = std::max(largest, std::abs(a[i] - b[i]));
        }
        return largest;
    };
    constexpr float same = 3e-5F;
    const std::span<const std::int32_t> all(tokens);
    const std::vector<float> before = logits_of(*whole, all.first(trained));
    for (std::size_t length = 1; length <= tokens.size(); ++length) {
        const std::vector<float> last = logits_of(*grown, all.subspan(length - 1, 1));
        whole->reset();
        QVERIFY(distance(last, logits_of(*whole, all.first(length))) <= same);
    }
    whole->reset(); // in pieces: within, across, beyond
    (void)logits_of(*whole, all.first(10));
    (void)logits_of(*whole, all.subspan(10, 20));
    const std::vector<float> pieces = logits_of(*whole, all.subspan(30));
    grown->reset();
    QVERIFY(distance(pieces, logits_of(*grown, all)) <= same);
    whole->reset();
    QCOMPARE(logits_of(*whole, all.first(trained)), before);

    // The base does change: without dynamic scaling the longer sequence comes out otherwise.
    const Copy copy(QStringLiteral("llama-dynamic"));
    copy.write("config.json", copy.read("config.json").replace("dynamic", "default"));
    Result<Engine> fixed = copy.load(options);
    QVERIFY2(fixed.has_value(), text(fixed).c_str());
    QVERIFY(distance(logits_of(*fixed, all.first(trained)), before) <= same);
    fixed->reset();
    QVERIFY(distance(logits_of(*fixed, all), pieces) > 1000 * same);
}

// One kind of layer, yet each layer divides by its own number.
void TestEngine::inverse_layers_scale_by_their_index() {
    const Copy copy(QStringLiteral("gpt2-inverse-layer"));
    const Result<Engine> engine = copy.load();
    QVERIFY2(engine.has_value(), text(engine).c_str());
    QCOMPARE(engine->spec().kinds.size(), std::size_t{1});
    const auto& attention = get_kind<GroupedQueryAttention>(engine->spec().layer(2));
    QVERIFY(attention.scales_by_inverse_layer);
}

void TestEngine::squared_activations_are_squared() {
    ModelConfig plain = small_config("gpt2");
    plain.num_key_value_heads = 4;
    ModelConfig gated = small_config("llama");
    ModelConfig experts = small_config("qwen3_moe");
    experts.num_experts = 4;
    experts.num_experts_per_tok = 2;
    experts.moe_intermediate_size = 32;
    const std::vector<std::int32_t> tokens = counting(20);
    for (ModelConfig& config : std::vector<ModelConfig>{plain, gated, experts}) {
        std::vector<std::vector<float>> logits;
        std::vector<std::int64_t> flops;
        for (const char* act : {"relu", "relu2"}) {
            config.hidden_act = act;
            Result<Engine> engine = Engine::random(config, 5);
            QVERIFY2(engine.has_value(), text(engine).c_str());
            const auto last = engine->prefill(tokens);
            QVERIFY2(last.has_value(), text(last).c_str());
            logits.emplace_back(last->begin(), last->end());
            flops.push_back(engine->last_step().flops);
        }
        QVERIFY(logits[0] != logits[1]);
        QCOMPARE(flops[0], flops[1]);
    }
}

QTEST_APPLESS_MAIN(TestEngine)
#include "tst_engine.moc"
