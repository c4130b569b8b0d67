// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that hold for every design: monotone counts, parts that make the whole, grouped and
// single layers, special cases of attention, edges of the integer range, both forms of the file.
#include "core/accounting/scenario_fields.h"
#include "core/accounting/scenario_findings.h"
#include "core/accounting/tensor_table.h"
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/presets/presets.h"
#include "core/study/analysis.h"
#include "designs.h"
#include "golden.h"

#include <QTest>

#include <numeric>

using namespace headroom;

class TestProperties : public QObject {
    Q_OBJECT

private slots:
    void monotoneInLayers_data() { presets(); }
    void monotoneInLayers();
    void monotoneInHeads_data() { presets(); }
    void monotoneInHeads();
    void groupsMakeTheTotal_data() { presets(); }
    void groupsMakeTheTotal();
    void listAndGroupedCountAgree_data() { presets(); }
    void listAndGroupedCountAgree();
    void joinedOperatorsAreTheSameWork_data() { presets(); }
    void joinedOperatorsAreTheSameWork();
    void cacheRowsMakeTheTotal_data() { presets(); }
    void cacheRowsMakeTheTotal();
    void roundTrip_data() { presets(); }
    void roundTrip();
    void allKvHeadsAreMultiHead();
    void allExpertsAreActive();
    void wideWindowIsNoWindow();
    void overflowIsRefused_data();
    void overflowIsRefused();
    void edgesOfAWord();
    void learnedPositionsEnd();
    void moeLayersAreASet();
    void bothFormsGiveTheSameDesign_data();
    void bothFormsGiveTheSameDesign();

private:
    static void presets();
};

namespace {

ModelConfig configOf(const QString& id) {
    return design_list::config_of(id.toStdString());
}

ModelSpec specOf(const ModelConfig& config) {
    const auto spec = expand_layers(config);
    if (!spec) {
        qFatal("%s", spec.error().text().c_str());
    }
    return *spec;
}

std::int64_t total(const ModelConfig& config) {
    return count_parameters(specOf(config))->total;
}

Scenario scenario() {
    Scenario s;
    s.workload = {3, 1000, 100, 5000};
    return s;
}

Analysis analysisOf(const ModelConfig& config) {
    const auto analysis = analyze(specOf(config), scenario(), *find_device("h200"));
    if (!analysis) {
        qFatal("%s", analysis.error().text().c_str());
    }
    return *analysis;
}

bool sameSpec(const ModelSpec& a, const ModelSpec& b) {
    if (a.kinds.size() != b.kinds.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.kinds.size(); ++i) {
        if (!(a.kinds[i].spec == b.kinds[i].spec) || a.kinds[i].count != b.kinds[i].count ||
            a.kinds[i].first_layer != b.kinds[i].first_layer) {
            return false;
        }
    }
    return a.model_type == b.model_type && a.naming == b.naming && a.hidden_size == b.hidden_size &&
           a.vocab_size == b.vocab_size && a.max_position_embeddings == b.max_position_embeddings &&
           a.learned_positions == b.learned_positions && a.token_types == b.token_types &&
           a.embedding_scale == b.embedding_scale &&
           a.tie_word_embeddings == b.tie_word_embeddings && a.is_encoder == b.is_encoder &&
           a.final_norm == b.final_norm && a.final_logit_softcapping == b.final_logit_softcapping &&
           a.per_layer_vocab == b.per_layer_vocab &&
           a.num_nextn_predict_layers == b.num_nextn_predict_layers &&
           a.kind_of_layer == b.kind_of_layer && a.kv_source == b.kv_source;
}

} // namespace

void TestProperties::presets() {
    QTest::addColumn<QString>("id");
    for (const std::string& name : design_list::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestProperties::monotoneInLayers() {
    QFETCH(QString, id);
    ModelConfig config = configOf(id);
    const std::int64_t layers = config.num_hidden_layers;
    Analysis last = analysisOf(config);
    for (std::int64_t n = layers + 1; n <= layers + 6; ++n) {
        const Status status = set_field(config, *find_field("num_hidden_layers"), n);
        QVERIFY2(status, status ? "" : status.error().text().c_str());
        const Analysis now = analysisOf(config);
        QVERIFY(now.parameters.total > last.parameters.total);
        QVERIFY(now.parameters.active > last.parameters.active);
        QVERIFY(now.kv.bytes_at_context >= last.kv.bytes_at_context);
        QVERIFY(now.flops.prefill_causal > last.flops.prefill_causal);
        QVERIFY(now.flops.prefill_dense >= now.flops.prefill_causal);
        QVERIFY(now.memory.total_bytes > last.memory.total_bytes);
        QVERIFY(now.memory.max_batch <= last.memory.max_batch);
        QVERIFY(now.memory.max_context <= last.memory.max_context);
        QVERIFY(now.throughput.time_to_first_token_s > last.throughput.time_to_first_token_s);
        QVERIFY(now.training.flops_per_token > last.training.flops_per_token);
        last = now;
    }
}

void TestProperties::monotoneInHeads() {
    QFETCH(QString, id);
    ModelConfig config = configOf(id);
    if (!field_applies(config, *find_field("head_dim")) && config.kv_lora_rank == 0) {
        QSKIP("heads divide the hidden size of this family, they do not add to it");
    }
    Analysis last = analysisOf(config);
    const std::int64_t step = config.num_key_value_heads;
    for (int i = 0; i < 3; ++i) {
        config.num_attention_heads += step;
        if (config.kv_lora_rank > 0) {
            config.num_key_value_heads = config.num_attention_heads;
        }
        const Analysis now = analysisOf(config);
        QVERIFY(now.parameters.total > last.parameters.total);
        QVERIFY(now.flops.prefill_causal > last.flops.prefill_causal);
        QVERIFY(now.flops.decode_step > last.flops.decode_step);
        // Query heads cost no cache: that is the point of grouped queries and of the latent.
        QCOMPARE(now.kv.bytes_at_context, last.kv.bytes_at_context);
        last = now;
    }
}

void TestProperties::groupsMakeTheTotal() {
    QFETCH(QString, id);
    const auto report = count_parameters(specOf(configOf(id)));
    QVERIFY(report);
    QCOMPARE(std::accumulate(report->groups.begin(), report->groups.end(), std::int64_t{0}),
             report->total);
    QCOMPARE(std::accumulate(report->active_groups.begin(), report->active_groups.end(),
                             std::int64_t{0}),
             report->active_with_input_embedding);
    QVERIFY(report->active <= report->active_with_input_embedding);
    QVERIFY(report->active_with_input_embedding <= report->total);
    QVERIFY(report->effective <= report->total);
}

void TestProperties::joinedOperatorsAreTheSameWork() {
    QFETCH(QString, id);
    const ModelSpec spec = specOf(configOf(id));
    const auto layers_of = [](const std::vector<LayerPart>& parts) {
        return std::accumulate(
            parts.begin(), parts.end(), std::int64_t{0},
            [](std::int64_t sum, const LayerPart& part) { return sum + part.count; });
    };
    std::int64_t sub_layers = 0;
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        sub_layers += static_cast<std::int64_t>(spec.layer(i).sub_layers.size());
    }
    QCOMPARE(layers_of(spec.parts), sub_layers);
    QCOMPARE(layers_of(spec.residuals), spec.num_layers());
    Step prefill;
    prefill.phase = Phase::Prefill;
    prefill.tokens = 5000;
    Step decode;
    decode.past = 70000;
    for (const Step& step : {prefill, decode}) {
        struct Sums {
            Wide flops = 0;
            double weights = 0;
            double activations = 0;
            double cache = 0;
            double launches = 0;
            void add(const Operator& op) {
                const auto count = static_cast<double>(op.count);
                flops += op.flops * op.count;
                weights += op.weight_bytes * count;
                activations += op.activation_bytes * count;
                cache += op.cache_bytes * count;
                launches += op.launches * count;
            }
        };
        Sums single;
        Sums joined;
        const Deployment deployment{"h200", 8, 8, 1, 8};
        for_each_operator(spec, step, {}, deployment, [&](const Operator& op) { single.add(op); });
        for_each_distinct_operator(spec, step, {}, deployment,
                                   [&](const Operator& op) { joined.add(op); });
        QVERIFY(single.flops == joined.flops);
        QCOMPARE(joined.weights, single.weights);
        QCOMPARE(joined.activations, single.activations);
        QCOMPARE(joined.cache, single.cache);
        QCOMPARE(joined.launches, single.launches);
    }
}

void TestProperties::listAndGroupedCountAgree() {
    QFETCH(QString, id);
    const ModelSpec spec = specOf(configOf(id));
    const auto report = count_parameters(spec);
    std::array<std::int64_t, parameter_group_count> groups{};
    std::int64_t sum = 0;
    std::int64_t buffers = 0;
    for (const NamedTensor& tensor : list_tensors(spec)) {
        if (tensor.usage == Usage::Buffer) {
            buffers += tensor.parameters;
            continue;
        }
        sum += tensor.parameters;
        groups[static_cast<std::size_t>(tensor.role)] += tensor.parameters;
    }
    QCOMPARE(sum, report->total);
    QCOMPARE(buffers, report->buffers);
    QVERIFY(groups == report->groups);
}

void TestProperties::cacheRowsMakeTheTotal() {
    QFETCH(QString, id);
    const ModelSpec spec = specOf(configOf(id));
    for (const std::int64_t context : {1, 127, 128, 129, 1024, 4097, 131072}) {
        for (const NumberFormat format :
             {NumberFormat::Fp32, NumberFormat::Bf16, NumberFormat::Fp8, NumberFormat::Int4}) {
            std::int64_t sum = 0;
            for (const KvLayer& row : kv_layers(spec, context, format)) {
                sum += row.bytes;
                QVERIFY(row.stored_tokens <= context);
            }
            QCOMPARE(sum, kv_bytes_at(spec, context, format));
        }
    }
}

void TestProperties::roundTrip() {
    QFETCH(QString, id);
    const ModelConfig config = configOf(id);
    for (const ConfigForm form : {ConfigForm::Classic, ConfigForm::Transformers5}) {
        const auto again = parse_config(write_config(config, form));
        QVERIFY2(again, again ? "" : again.error().text().c_str());
        QVERIFY(*again == config);
        QVERIFY(sameSpec(specOf(*again), specOf(config)));
    }
}

void TestProperties::allKvHeadsAreMultiHead() {
    ModelConfig config = configOf(QStringLiteral("llama-3-8b"));
    config.num_key_value_heads = config.num_attention_heads;
    const ModelSpec spec = specOf(config);
    const std::int64_t h = config.hidden_size;
    const std::int64_t width = config.num_attention_heads * config.head_dim;
    const auto report = count_parameters(spec);
    QCOMPARE(report->group(ParameterGroup::Attention),
             config.num_hidden_layers * (3 * h * width + width * h));
    QCOMPARE(kv_bytes_at(spec, 100, NumberFormat::Bf16),
             config.num_hidden_layers * 100 * 2 * width * 2);
    // Llama 2 7B has no grouping: naming all heads must change nothing.
    ModelConfig plain = configOf(QStringLiteral("llama-2-7b"));
    ModelConfig named = plain;
    named.num_key_value_heads = named.num_attention_heads;
    QVERIFY(sameSpec(specOf(plain), specOf(named)));
}

void TestProperties::allExpertsAreActive() {
    ModelConfig config = configOf(QStringLiteral("qwen3-30b-a3b"));
    config.num_experts_per_tok = config.num_experts;
    const auto report = count_parameters(specOf(config));
    QCOMPARE(report->active_with_input_embedding, report->total);
}

void TestProperties::wideWindowIsNoWindow() {
    ModelConfig config = configOf(QStringLiteral("mistral-7b-v0.1"));
    config.sliding_window = std::int64_t{1} << 30;
    ModelConfig full = config;
    full.sliding_window.reset();
    const Analysis a = analysisOf(config);
    const Analysis b = analysisOf(full);
    QCOMPARE(a.kv.bytes_at_context, b.kv.bytes_at_context);
    QCOMPARE(a.flops.prefill_causal, b.flops.prefill_causal);
    QCOMPARE(a.parameters.total, b.parameters.total);
    config.sliding_window = 1;
    QCOMPARE(analysisOf(config).kv.bytes_at_context,
             std::int64_t{32} * 2 * 8 * 128 * 2); // one token a layer
}

void TestProperties::overflowIsRefused_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QStringList>("fields");
    const QString big = QString::number(std::int64_t{1} << 31);
    QTest::newRow("dense") << QStringLiteral("llama-3-8b")
                           << QStringList{QStringLiteral("hidden_size"),
                                          QStringLiteral("intermediate_size"),
                                          QStringLiteral("vocab_size")};
    QTest::newRow("experts") << QStringLiteral("qwen3-30b-a3b")
                             << QStringList{QStringLiteral("hidden_size"),
                                            QStringLiteral("moe_intermediate_size")};
    QTest::newRow("latent") << QStringLiteral("deepseek-v3")
                            << QStringList{QStringLiteral("kv_lora_rank"),
                                           QStringLiteral("q_lora_rank"),
                                           QStringLiteral("hidden_size")};
    QTest::newRow("per layer") << QStringLiteral("gemma-3n-e2b")
                               << QStringList{QStringLiteral("hidden_size"),
                                              QStringLiteral("hidden_size_per_layer_input"),
                                              QStringLiteral("vocab_size_per_layer_input")};
}

void TestProperties::overflowIsRefused() {
    QFETCH(QString, id);
    QFETCH(QStringList, fields);
    ModelConfig config = configOf(id);
    for (const QString& name : fields) {
        const FieldInfo* field = find_field(name.toStdString());
        QVERIFY(field != nullptr);
        QVERIFY(set_field(config, *field, field->maximum));
        QVERIFY(!set_field(config, *field, field->maximum + 1));
    }
    QVERIFY(set_field(config, *find_field("num_hidden_layers"), std::int64_t{4096}));
    const auto spec = expand_layers(config);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    const auto report = count_parameters(*spec);
    QVERIFY(!report);
    QVERIFY(english(report.error().message).find("2^63") != std::string::npos);
    QVERIFY(!analyze(*spec, scenario(), *find_device("h200")));
}

void TestProperties::edgesOfAWord() {
    // One vocabulary matrix of 2^31 x 2^31 = 2^62 fits 64 bits; two of them do not.
    ModelConfig config;
    config.hidden_size = std::int64_t{1} << 31;
    config.vocab_size = std::int64_t{1} << 31;
    config.num_hidden_layers = 1;
    config.num_attention_heads = 1;
    config.num_key_value_heads = 1;
    config.head_dim = 2;
    config.intermediate_size = 1;
    config.tie_word_embeddings = true;
    const auto one = count_parameters(specOf(config));
    // The schoolbook estimate counts two vocabulary matrices and leaves 64 bits before the total.
    QVERIFY(!one);
    config.hidden_size = std::int64_t{1} << 29;
    const auto quarter = count_parameters(specOf(config));
    QVERIFY(quarter);
    const std::int64_t h = config.hidden_size;
    QCOMPARE(quarter->total, config.vocab_size * h + 4 * 2 * h + 3 * h + 2 * h + h);
    // Its bytes in fp32 do not fit: 4 * 2^60 = 2^62 do, times a batch of the cache they do not.
    Scenario s;
    s.workload = {most_sequences, 1, 1, most_tokens};
    const auto analysis = analyze(specOf(config), s, *find_device("h200"));
    QVERIFY(!analysis);
    QVERIFY(english(analysis.error().message).find("2^63") != std::string::npos);
    // A workload beyond its range is refused by name.
    s.workload = {0, 1, 1, 1};
    const auto refused = analyze(specOf(config), s, *find_device("h200"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().path, std::string("batch"));
}

void TestProperties::learnedPositionsEnd() {
    const auto found = [](const char* id, std::int64_t prompt, std::int64_t context) {
        Workload workload;
        workload.prompt = prompt;
        workload.context = context;
        return scenario_findings(specOf(configOf(QLatin1String(id))), workload).size();
    };
    QCOMPARE(found("gpt-2-small", 1024, 1024), std::size_t{0});
    QCOMPARE(found("gpt-2-small", 1024, 1025), std::size_t{1});
    QCOMPARE(found("gpt-2-small", 1025, 1024), std::size_t{1});
    QCOMPARE(found("bert-base", 512, 8192), std::size_t{0}); // an encoder keeps no cache
    QCOMPARE(found("bert-base", 513, 8192), std::size_t{1});
    QCOMPARE(found("llama-3-8b", 1 << 20, 1 << 20), std::size_t{0});
}

void TestProperties::moeLayersAreASet() {
    const auto read = [](const char* layers) {
        return parse_config(R"({"model_type":"llama4_text","num_hidden_layers":4,"moe_layers":)" +
                            std::string(layers) + "}");
    };
    const auto experts = [](const ModelConfig& config) {
        return count_parameters(specOf(config))->group(ParameterGroup::Experts);
    };
    const std::int64_t all = experts(*read("null"));
    QVERIFY(all > 0);
    QCOMPARE(2 * experts(*read("[3, 1, 3]")), all);
    QVERIFY(*read("[3, 1, 3]") == *read("[1, 3]"));
    QCOMPARE(experts(*read("[]")), std::int64_t{0}); // none, not "as the family does"
    QVERIFY(!read("[1, 4]"));
    QCOMPARE(read("[1, 4]").error().path, std::string("moe_layers[1]"));
}

void TestProperties::bothFormsGiveTheSameDesign_data() {
    QTest::addColumn<QString>("name");
    for (const std::string& name : golden::names()) {
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void TestProperties::bothFormsGiveTheSameDesign() {
    QFETCH(QString, name);
    const auto folder = golden::folder() / name.toStdString();
    const auto classic = read_config(folder / "config.json");
    const auto five = read_config(folder / "config.transformers-v5.json");
    QVERIFY2(classic, classic ? "" : classic.error().text().c_str());
    QVERIFY2(five, five ? "" : five.error().text().c_str());
    QVERIFY(sameSpec(specOf(*classic), specOf(*five)));
    QCOMPARE(total(*classic), total(*five));
}

QTEST_APPLESS_MAIN(TestProperties)
#include "tst_properties.moc"
