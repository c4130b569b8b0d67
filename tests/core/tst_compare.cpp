// SPDX-License-Identifier: GPL-3.0-or-later
// Designs side by side, and their structure in words.
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/presets/presets.h"
#include "core/study/compare.h"

#include <QTest>

#include <set>

using namespace headroom;

class TestCompare : public QObject {
    Q_OBJECT

private slots:
    void structure_data();
    void structure();
    void switchesAreSaid();
    void everyPresetIsDescribed();
    void fieldsOfTwoDesigns();
    void figuresHaveRatios();
    void aDesignInErrorKeepsItsFields();
};

namespace {

std::string aspect(const ModelSpec& spec, const std::string& id) {
    for (const auto& [name, text] : describe_structure(spec)) {
        if (name == id) {
            return text;
        }
    }
    return {};
}

const FieldRow* fieldRow(const Comparison& comparison, std::string_view name) {
    for (const FieldRow& row : comparison.fields) {
        if (row.field == name) {
            return &row;
        }
    }
    return nullptr;
}

Design designOf(const char* name) {
    const ModelPreset* preset = find_model_preset(name);
    return {preset->name, preset->id, preset->config};
}

} // namespace

void TestCompare::switchesAreSaid() {
    const auto attention = [](const char* json) {
        const auto config = parse_config(json);
        return config ? aspect(*expand_layers(*config), "attention") : std::string();
    };
    QCOMPARE(
        attention(R"({"model_type": "gpt2", "scale_attn_weights": false,
        "scale_attn_by_inverse_layer_idx": true})"),
        std::string("multi-head, 12, heads of 64, biases, scores not scaled, scores of layer i "
                    "divided by i + 1"));
    QCOMPARE(attention(R"({"model_type": "seed_oss", "attention_bias": false,
        "attention_out_bias": true})"),
             std::string("grouped-query, 80 : 8, heads of 128, output bias"));
}

void TestCompare::structure_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* id, const char* what, const char* expected) {
        QTest::addRow("%s %s", id, what)
            << QString(QLatin1String(id)) << QString(QLatin1String(what))
            << QString::fromUtf8(expected);
    };
    row("qwen3-235b-a22b", "attention", "grouped-query, 64 : 4, heads of 128, QK-norm");
    row("qwen3-235b-a22b", "feed_forward", "94 × 128 experts, top-8; SwiGLU, experts of 1,536");
    row("qwen3-235b-a22b", "routing", "softmax, weights sum to 1");
    row("deepseek-v3", "attention", "latent (MLA), rank 512 + 64, 128 heads, query rank 1,536");
    row("deepseek-v3", "feed_forward",
        "3 dense, 58 × 256 experts, top-8 + 1 shared; SwiGLU, experts of 2,048, dense 18,432");
    row("deepseek-v3", "routing", "sigmoid + bias, 4 of 8 groups, weights sum to 1, scaled by 2.5");
    row("deepseek-v3", "position", "RoPE θ = 10,000, YaRN × 40");
    row("deepseek-v3", "norm", "pre-RMSNorm");
    row("gemma-3-27b", "attention",
        "grouped-query, 32 : 16, heads of 128, QK-norm, sliding 1,024 in 5 of 6 layers");
    row("gemma-3-27b", "position",
        "RoPE θ = 10,000 in 5 of 6 layers; θ = 1,000,000, linear × 8 in 1 of 6 layers");
    row("llama-4-maverick", "feed_forward",
        "24 dense, 24 × 128 experts, top-1 + 1 shared; SwiGLU, experts of 8,192, dense 16,384");
    row("gpt-2-small", "attention", "multi-head, 12, heads of 64, biases");
    row("gpt-2-small", "position", "learned, 1,024 positions");
    row("gpt-2-small", "norm", "pre-LayerNorm");
    row("bert-base", "norm", "post-LayerNorm");
    row("smollm3-3b", "position", "RoPE θ = 5,000,000; none (NoPE) in 1 of 4 layers");
    row("olmo-2-7b", "norm", "RMSNorm on each sub-layer's output");
}

void TestCompare::structure() {
    QFETCH(QString, id);
    QFETCH(QString, what);
    QFETCH(QString, expected);
    const auto spec = expand_layers(find_model_preset(id.toStdString())->config);
    QVERIFY(spec);
    QCOMPARE(QString::fromStdString(aspect(*spec, what.toStdString())), expected);
}

void TestCompare::everyPresetIsDescribed() {
    const std::vector<std::string> order = {"attention", "feed_forward", "routing",
                                            "position",  "norm",         "embedding"};
    for (const ModelPreset& preset : model_presets()) {
        const auto spec = expand_layers(preset.config);
        QVERIFY2(spec, preset.id.c_str());
        const auto aspects = describe_structure(*spec);
        QCOMPARE(aspects.size(), order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            QCOMPARE(aspects[i].first, order[i]);
            QVERIFY2(!aspects[i].second.empty(), (preset.id + " " + order[i]).c_str());
        }
    }
}

void TestCompare::fieldsOfTwoDesigns() {
    const Comparison comparison = compare(*evaluate(default_study(), 1));
    std::set<std::string> names;
    for (const FieldRow& row : comparison.fields) {
        QVERIFY2(names.insert(row.field).second, row.field.c_str());
        QCOMPARE(row.values.size(), std::size_t{2});
        QCOMPARE(row.numbers.size(), std::size_t{2});
        QVERIFY2(row.values[0] || row.values[1], row.field.c_str());
        QCOMPARE(row.differs, row.values[0] != row.values[1]);
    }
    const FieldRow* hidden = fieldRow(comparison, "hidden_size");
    QVERIFY(hidden != nullptr);
    QCOMPARE(hidden->values[0].value(), std::string("4096"));
    QCOMPARE(hidden->values[1].value(), std::string("7168"));
    QCOMPARE(hidden->numbers[1].value(), 7168.0);
    QVERIFY(hidden->differs);
    const FieldRow* latent = fieldRow(comparison, "kv_lora_rank");
    QVERIFY(latent != nullptr && !latent->values[0] && latent->values[1]);
    QVERIFY(!fieldRow(comparison, "num_experts_per_tok")->differs); // 8 and 8
    QCOMPARE(fieldRow(comparison, "rope_scaling")->values[1].value(),
             std::string("yarn, factor 40, from 4096"));
    QVERIFY(fieldRow(comparison, "altup_num_inputs") == nullptr);
}

void TestCompare::figuresHaveRatios() {
    const auto result = evaluate(default_study(), 1);
    const Comparison comparison = compare(*result);
    QCOMPARE(comparison.figures.size(), figures().size() - 1); // "fits" is no quantity
    for (const FigureRow& row : comparison.figures) {
        for (std::size_t i = 0; i < 2; ++i) {
            QVERIFY(row.values[i]);
            QCOMPARE(*row.values[i], row.figure->value(*result->results[i].analysis));
        }
        if (*row.values[0] != 0) {
            QCOMPARE(row.ratios[0].value(), 1.0);
            QCOMPARE(row.ratios[1].value(), *row.values[1] / *row.values[0]);
        }
    }
    QCOMPARE(comparison.structure.size(), std::size_t{6});
    QVERIFY(comparison.structure.front().differs);
}

void TestCompare::aDesignInErrorKeepsItsFields() {
    Study study;
    study.designs = {designOf("qwen3-8b"), designOf("qwen3-8b")};
    study.designs[1].config.num_key_value_heads = 3; // 32 heads cannot share 3
    const Comparison comparison = compare(*evaluate(study, 1));
    QVERIFY(fieldRow(comparison, "num_key_value_heads")->differs);
    for (const FigureRow& row : comparison.figures) {
        QVERIFY(row.values[0]);
        QVERIFY(!row.values[1]);
        QVERIFY(!row.ratios[1]);
    }
    QVERIFY(!comparison.structure.front().values[0].empty());
    QVERIFY(comparison.structure.front().values[1].empty());
}

QTEST_APPLESS_MAIN(TestCompare)
#include "tst_compare.moc"
