// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, editing and refusing configurations.
#include "core/config/config_fields.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/presets/presets.h"
#include "tests/core/layer_kinds.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace headroom;

class TestConfig : public QObject {
    Q_OBJECT

private slots:
    void refusals_data();
    void refusals();
    void nestedTextConfig();
    void nullsAndDefaults();
    void scoreSwitches();
    void ownKeys();
    void wholeNumbers();
    void editsFollow();
    void findings();
    void sliderValuesAreValid();
    void rangesAreKept();
    void rangesHoldEverywhere();
    void rangesOfLists();
};

/// transformers 5 refuses 168.0 where its configuration class declares an integer.
void TestConfig::wholeNumbers() {
    const std::pair<const char*, const char*> written[] = {
        {"gemma-3-27b", "\"query_pre_attn_scalar\": 168,"},
        {"gemma-2-9b", "\"query_pre_attn_scalar\": 256,"},
        {"llama-4-scout", "\"floor_scale\": 8192,"},
        {"gemma-2-9b", "\"final_logit_softcapping\": 30.0,"},
    };
    for (const auto& [id, line] : written) {
        for (const ConfigForm form : {ConfigForm::Classic, ConfigForm::Transformers5}) {
            const std::string text = write_config(find_model_preset(id)->config, form);
            QVERIFY2(text.find(line) != std::string::npos, line);
        }
    }
}

void TestConfig::refusals_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("path");
    QTest::newRow("not json") << "{"
                              << "";
    QTest::newRow("not an object") << "[]"
                                   << "";
    QTest::newRow("no model_type") << R"({"hidden_size": 8})"
                                   << "model_type";
    QTest::newRow("unknown model_type") << R"({"model_type": "rwkv"})"
                                        << "model_type";
    QTest::newRow("wrong type") << R"({"model_type": "llama", "hidden_size": "big"})"
                                << "hidden_size";
    QTest::newRow("out of range") << R"({"model_type": "llama", "num_hidden_layers": 0})"
                                  << "num_hidden_layers";
    QTest::newRow("huge") << R"({"model_type": "llama", "hidden_size": 99999999999999999999})"
                          << "hidden_size";
    QTest::newRow("linear attention") << R"({"model_type": "qwen3", "num_hidden_layers": 2,
               "layer_types": ["full_attention", "linear_attention"]})"
                                      << "layer_types[1]";
    QTest::newRow("list too short")
        << R"({"model_type": "qwen3", "num_hidden_layers": 2, "layer_types": ["full_attention"]})"
        << "layer_types";
    QTest::newRow("sparse indexer") << R"({"model_type": "deepseek_v3", "index_topk": 2048})"
                                    << "index_topk";
    QTest::newRow("unknown rope")
        << R"({"model_type": "llama", "rope_scaling": {"rope_type": "spiral", "factor": 2}})"
        << "rope_scaling.rope_type";
    QTest::newRow("heads do not divide")
        << R"({"model_type": "llama", "hidden_size": 100, "num_attention_heads": 3})"
        << "head_dim";
    QTest::newRow("synonym is named") << R"({"model_type": "gpt2", "n_embd": "x"})"
                                      << "n_embd";
}

void TestConfig::refusals() {
    QFETCH(QString, json);
    QFETCH(QString, path);
    const auto config = parse_config(json.toStdString(), "some.json");
    QVERIFY(!config);
    QCOMPARE(QString::fromStdString(config.error().path), path);
    QCOMPARE(config.error().file, std::string("some.json"));
    QVERIFY(english(config.error().message).find("expected") != std::string::npos);
}

void TestConfig::nestedTextConfig() {
    const auto config =
        parse_config(R"({"model_type": "gemma3", "vision_config": {"hidden_size": 7},
        "text_config": {"model_type": "gemma3_text", "hidden_size": 2560, "num_hidden_layers": 34,
        "num_attention_heads": 8, "num_key_value_heads": 4, "intermediate_size": 10240,
        "sliding_window": 1024, "rope_scaling": {"rope_type": "linear", "factor": 8.0}}})");
    QVERIFY2(config, config ? "" : config.error().text().c_str());
    QCOMPARE(config->hidden_size, std::int64_t{2560});
    QVERIFY(config->tie_word_embeddings);
    QCOMPARE(config->vocab_size, std::int64_t{262208});
    const auto spec = expand_layers(*config);
    QVERIFY(spec);
    QCOMPARE(spec->kinds.size(), std::size_t{2});
    QCOMPARE(spec->kinds[0].count, std::int64_t{29});
}

void TestConfig::nullsAndDefaults() {
    const auto mistral = parse_config(R"({"model_type": "mistral", "sliding_window": null,
        "torch_dtype": "bfloat16", "quantization_config": {"bits": 4}})");
    QVERIFY(mistral);
    QVERIFY(!mistral->sliding_window);
    QCOMPARE(mistral->head_dim, std::int64_t{128});
    const auto windowed = parse_config(R"({"model_type": "mistral"})");
    QCOMPARE(windowed->sliding_window.value_or(0), std::int64_t{4096});
    const auto qwen2 = parse_config(R"({"model_type": "qwen2", "sliding_window": 131072,
        "use_sliding_window": false, "max_window_layers": 4})");
    QVERIFY(qwen2);
    QCOMPARE(expand_layers(*qwen2)->kinds.size(), std::size_t{1});
}

// GPT-2 alone reads how its scores are scaled; in other families the keys are refused.
void TestConfig::scoreSwitches() {
    const auto plain = parse_config(R"({"model_type": "gpt2", "scale_attn_weights": null})");
    QVERIFY2(plain, plain ? "" : plain.error().text().c_str());
    QVERIFY(plain->scale_attn_weights && !plain->scale_attn_by_inverse_layer_idx);
    const auto config = parse_config(R"({"model_type": "gpt2", "scale_attn_weights": false,
        "scale_attn_by_inverse_layer_idx": true, "reorder_and_upcast_attn": true})");
    QVERIFY2(config, config ? "" : config.error().text().c_str());
    const auto spec = expand_layers(*config);
    QVERIFY(spec);
    QCOMPARE(spec->kinds.size(), std::size_t{1});
    const auto& attention = get_kind<GroupedQueryAttention>(spec->layer(0));
    QCOMPARE(attention.scaling, 1.0);
    QVERIFY(attention.scales_by_inverse_layer);
    for (const ConfigForm form : {ConfigForm::Classic, ConfigForm::Transformers5}) {
        const auto again = parse_config(write_config(*config, form));
        QVERIFY2(again, again ? "" : again.error().text().c_str());
        QVERIFY(*again == *config);
    }
    const auto wrong = parse_config(R"({"model_type": "gpt2", "scale_attn_weights": 1})");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().path, std::string("scale_attn_weights"));
    const auto other = parse_config(R"({"model_type": "llama", "scale_attn_weights": false})");
    QVERIFY(!other);
    QCOMPARE(other.error().path, std::string("scale_attn_weights"));
}

void TestConfig::ownKeys() {
    const auto keyed = [](const char* type, const char* key) {
        const auto config = parse_config(std::string(R"({"model_type": ")") + type + "\"}");
        return config &&
               write_config(*config, ConfigForm::Classic).find(std::string("\"") + key + "\"") !=
                   std::string::npos;
    };
    for (const char* key : {"n_embd", "n_layer", "n_head", "n_positions", "n_inner",
                            "activation_function", "layer_norm_epsilon"}) {
        QVERIFY2(keyed("gpt2", key), key);
        QVERIFY2(!keyed("llama", key), key);
    }
    QVERIFY(!keyed("gpt2", "hidden_size"));
    QVERIFY(keyed("bert", "layer_norm_eps"));
    for (const char* type : {"gemma2", "gemma3_text", "gemma3n_text"}) {
        QVERIFY2(keyed(type, "hidden_activation"), type);
        QVERIFY2(!keyed(type, "hidden_act"), type);
    }
}

void TestConfig::editsFollow() {
    ModelConfig config = find_model_preset("qwen3-8b")->config;
    QVERIFY(set_field_from_text(config, "sliding_window", "4096"));
    QVERIFY(config.use_sliding_window);
    QCOMPARE(expand_layers(config)->kinds.size(), std::size_t{1});
    QVERIFY(set_field_from_text(config, "sliding_window", "off"));
    QVERIFY(!config.use_sliding_window);
    QVERIFY(config == find_model_preset("qwen3-8b")->config ||
            config.max_window_layers != find_model_preset("qwen3-8b")->config.max_window_layers);

    ModelConfig gemma = find_model_preset("gemma-3n-e2b")->config;
    QVERIFY(set_field_from_text(gemma, "num_hidden_layers", "35"));
    QVERIFY(expand_layers(gemma));
    QCOMPARE(expand_layers(gemma)->num_layers(), std::int64_t{35});

    QVERIFY(!set_field_from_text(config, "kv_lora_rank", "512")); // not a field of this family
    QVERIFY(!set_field_from_text(config, "hidden_size", "wide"));
    QVERIFY(!set_field_from_text(config, "no_such_field", "1"));
    QVERIFY(set_field_from_text(config, "n_embd", "1024")); // a synonym
    QCOMPARE(config.hidden_size, std::int64_t{1024});
}

void TestConfig::findings() {
    ModelConfig config = find_model_preset("qwen3-8b")->config;
    QVERIFY(validate(config).empty());
    config.num_key_value_heads = 5;
    config.hidden_act = "sine";
    const auto errors = validate(config);
    QCOMPARE(errors.size(), std::size_t{2}); // all at once
    QVERIFY(!expand_layers(config));
    for (const Finding& finding : errors) {
        QVERIFY(finding.severity == Severity::Error);
        if (finding.field == "num_key_value_heads") {
            QVERIFY(set_field_from_text(config, finding.fix_field, finding.fix_value));
        }
    }
    QCOMPARE(config.num_key_value_heads, std::int64_t{4});
    config.hidden_act = "silu";
    config.num_key_value_heads = 1;
    QCOMPARE(validate(config).front().id, std::string("gqa-group"));
}

void TestConfig::sliderValuesAreValid() {
    for (const ModelPreset& preset : model_presets()) {
        for (const FieldInfo& field : config_fields()) {
            if (!field_applies(preset.config, field)) {
                continue;
            }
            for (const std::int64_t value : slider_values(preset.config, field)) {
                ModelConfig edited = preset.config;
                const bool off = value == 0 && field.minimum > 0;
                const auto status =
                    set_field(edited, field, off ? FieldValue{} : FieldValue{value});
                QVERIFY2(status, status ? "" : status.error().text().c_str());
            }
        }
    }
}

/// Configurations that somebody keeps reach to the ends of these ranges.
void TestConfig::rangesAreKept() {
    constexpr std::int64_t size = 2'147'483'648;
    struct Row {
        const char* name;
        std::int64_t minimum;
        std::int64_t maximum;
    };
    for (const Row& row : {Row{"hidden_size", 1, size},
                           Row{"num_hidden_layers", 1, 4096},
                           Row{"vocab_size", 1, size},
                           Row{"max_position_embeddings", 1, size},
                           Row{"num_attention_heads", 1, 65536},
                           Row{"intermediate_size", 1, size},
                           Row{"intermediate_sizes", 1, size},
                           Row{"num_key_value_heads", 1, 65536},
                           Row{"head_dim", 1, 65536},
                           Row{"kv_lora_rank", 1, size},
                           Row{"qk_nope_head_dim", 1, 65536},
                           Row{"qk_rope_head_dim", 2, 65536},
                           Row{"v_head_dim", 1, 65536},
                           Row{"q_lora_rank", 1, size},
                           Row{"num_experts", 1, 65536},
                           Row{"num_experts_per_tok", 1, 65536},
                           Row{"moe_intermediate_size", 1, size},
                           Row{"n_shared_experts", 0, 1024},
                           Row{"first_k_dense_replace", 0, 4096},
                           Row{"moe_layer_freq", 1, 4096},
                           Row{"decoder_sparse_step", 1, 4096},
                           Row{"interleave_moe_layer_step", 1, 4096},
                           Row{"intermediate_size_mlp", 1, size},
                           Row{"sliding_window", 1, size},
                           Row{"attention_chunk_size", 1, size},
                           Row{"altup_num_inputs", 1, 64},
                           Row{"laurel_rank", 1, 65536},
                           Row{"hidden_size_per_layer_input", 1, size},
                           Row{"vocab_size_per_layer_input", 1, size}}) {
        const FieldInfo* field = find_field(row.name);
        QVERIFY2(field != nullptr, row.name);
        QVERIFY2(field->minimum == row.minimum && field->maximum == row.maximum, row.name);
    }
}

/// Whole numbers: an edit, --set, a file and a design that was changed behind their back are held
/// to the one range of the field table, in the same words.
void TestConfig::rangesHoldEverywhere() {
    // Guarded where they are set; nothing is divided or allocated by them.
    const std::set<std::string_view> onlyWhereSet{
        "max_window_layers",        "sliding_window_pattern", "no_rope_layer_interval",
        "num_nextn_predict_layers", "type_vocab_size",        "altup_active_idx"};
    std::set<std::string_view> checked;
    for (const ModelPreset& preset : model_presets()) {
        for (const FieldInfo& field : config_fields()) {
            const bool optional =
                std::holds_alternative<std::optional<std::int64_t> ModelConfig::*>(field.member);
            const bool whole = std::holds_alternative<std::int64_t ModelConfig::*>(field.member);
            if ((!whole && !optional) || !field_applies(preset.config, field)) {
                continue;
            }
            const std::string name(field.name);
            const std::string range = "an integer from " + std::to_string(field.minimum) + " to " +
                                      std::to_string(field.maximum);
            QCOMPARE(english(range_sentence(field)), range);
            QVERIFY(in_range(field, field.minimum) && in_range(field, field.maximum));
            for (const std::int64_t outside : {field.minimum - 1, field.maximum + 1}) {
                QVERIFY(!in_range(field, outside));
                const std::string said = name + ": found " + std::to_string(outside) +
                                         ", expected " + (optional ? "null or " : "") + range;
                ModelConfig edited = preset.config;
                QCOMPARE(set_field(edited, field, outside).error().text(), said);
                QCOMPARE(set_field_from_text(edited, name, std::to_string(outside)).error().text(),
                         said);
                QVERIFY(edited == preset.config);
                if (const auto* size = std::get_if<std::int64_t ModelConfig::*>(&field.member)) {
                    edited.** size = outside;
                } else {
                    edited.*std::get<std::optional<std::int64_t> ModelConfig::*>(field.member) =
                        outside;
                }
                bool found = false;
                for (const Finding& finding : validate(edited)) {
                    if (finding.severity != Severity::Error || finding.field != name) {
                        continue;
                    }
                    found = true;
                    if (finding.id == "range") {
                        QCOMPARE(english(finding.message),
                                 "found " + std::to_string(outside) + ", expected " + range);
                    }
                }
                QVERIFY2(found != onlyWhereSet.contains(field.name),
                         (preset.id + ": " + said).c_str());
            }
            checked.insert(field.name);
        }
    }
    QVERIFY(checked.size() > 30);
}

void TestConfig::rangesOfLists() {
    ModelConfig config = find_model_preset("gemma-3n-e2b")->config;
    config.intermediate_sizes.assign(static_cast<std::size_t>(config.num_hidden_layers), 8192);
    QVERIFY(expand_layers(config));
    config.intermediate_sizes[3] = 0;
    const auto findings = validate(config);
    const auto range = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.id == "range"; });
    QVERIFY(range != findings.end());
    QCOMPARE(range->field, std::string("intermediate_sizes"));
    QCOMPARE(english(range->message),
             std::string("found 0, expected an integer from 1 to 2147483648"));
    // A pattern in letters is as long as one in a number can be: 4096 layers.
    const auto exaone = [](std::size_t sliding) {
        return parse_config(R"({"model_type": "exaone4", "sliding_window": 128,
            "sliding_window_pattern": ")" +
                            std::string(sliding, 'L') + R"(G"})");
    };
    QCOMPARE(exaone(3)->sliding_window_pattern, std::int64_t{4});
    QCOMPARE(exaone(99)->sliding_window_pattern, std::int64_t{100});
    QCOMPARE(exaone(4096).error().path, std::string("sliding_window_pattern"));
}

QTEST_APPLESS_MAIN(TestConfig)
#include "tst_config.moc"
