// SPDX-License-Identifier: GPL-3.0-or-later
// config.json files as the Hub has them: keys left out, nulls, nested texts, and what is refused.
#include "core/analysis/parameters.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/presets.h"

#include <QTest>

using namespace headroom;

namespace {

Result<std::int64_t> totalOf(const QString& json) {
    const auto config = parse_config(json.toStdString());
    if (!config) {
        return config.error();
    }
    const auto spec = expand_layers(*config);
    if (!spec) {
        return spec.error();
    }
    const auto report = count_parameters(*spec);
    return report ? Result<std::int64_t>(report->total) : Result<std::int64_t>(report.error());
}

QString refusalOf(const QString& json) {
    const auto total = totalOf(json);
    return total ? QString() : QString::fromStdString(total.error().path);
}

} // namespace

class TestConfigImport : public QObject {
    Q_OBJECT

private slots:
    void refusedByName_data();
    void refusedByName();
    void totals_data();
    void totals();
    void sameAsLeftOut_data();
    void sameAsLeftOut();
    void twoReadingsOfMoeLayerFreq();
};

void TestConfigImport::refusedByName_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("path");
    const auto row = [](const char* name, const char* json, const char* path) {
        QTest::newRow(name) << QString::fromUtf8(json) << QString::fromUtf8(path);
    };
    row("Qwen3-Next", R"({"architectures": ["Qwen3NextForCausalLM"], "model_type": "qwen3_next",
        "full_attention_interval": 4, "linear_num_key_heads": 16, "num_experts": 512})",
        "model_type");
    row("Qwen3-Next, type changed", R"({"model_type": "qwen3_moe", "full_attention_interval": 4})",
        "full_attention_interval");
    row("gated delta rule", R"({"model_type": "qwen3", "linear_num_value_heads": 32})",
        "linear_num_value_heads");
    row("Kimi Linear", R"({"model_type": "kimi_k2", "linear_attn_config": {"kda_layers": [1, 2]}})",
        "linear_attn_config");
    row("Jamba", R"({"model_type": "jamba", "attn_layer_period": 8, "mamba_d_state": 16})",
        "model_type");
    row("Jamba's keys", R"({"model_type": "mixtral", "mamba_d_state": 16})", "mamba_d_state");
    row("Mamba", R"({"model_type": "mamba", "state_size": 16, "time_step_rank": 160})",
        "model_type");
    row("Nemotron-H", R"({"model_type": "nemotron_h", "hybrid_override_pattern": "M-M*-"})",
        "model_type");
    row("Nemotron-H's pattern", R"({"model_type": "llama", "hybrid_override_pattern": "M-M*-"})",
        "hybrid_override_pattern");
    row("DeepSeek-V3.2", R"({"model_type": "deepseek_v32", "index_topk": 2048})", "model_type");
    row("DeepSeek-V3.2's indexer", R"({"model_type": "deepseek_v3", "index_head_dim": 128,
        "index_n_heads": 64, "index_topk": 2048})",
        "index_topk");
    row("MiniMax", R"({"model_type": "minimax", "attn_type_list": [0, 0, 1]})", "model_type");
    row("lightning attention", R"({"model_type": "mixtral", "attn_type_list": [0, 1]})",
        "attn_type_list");
    row("Llama-Nemotron, blocks", R"({"model_type": "llama", "block_configs": [
        {"attention": {"no_op": true}, "ffn": {"ffn_mult": 2.6}}]})",
        "block_configs");
    row("OpenELM", R"({"model_type": "openelm", "num_query_heads": [12, 12],
        "ffn_multipliers": [0.5, 4.0]})",
        "model_type");
    row("KV heads by layer", R"({"model_type": "llama", "num_key_value_heads": [8, 8, 4]})",
        "num_key_value_heads");
    row("a layer without a width", R"({"model_type": "llama", "num_hidden_layers": 3,
        "intermediate_size": [64, null, 64]})",
        "intermediate_size[1]");
    row("a width too few",
        R"({"model_type": "llama", "num_hidden_layers": 3, "intermediate_size": [64, 64]})",
        "intermediate_size");
    row("size null", R"({"model_type": "llama", "hidden_size": null})", "hidden_size");
    row("width null", R"({"model_type": "llama", "intermediate_size": null})", "intermediate_size");
    row("vocabulary null", R"({"model_type": "qwen3", "vocab_size": null})", "vocab_size");
    row("number as text", R"({"model_type": "llama", "num_attention_heads": "32"})",
        "num_attention_heads");
    row("layer_types too long", R"({"model_type": "gemma3_text", "num_hidden_layers": 2,
        "layer_types": ["full_attention", "full_attention", "sliding_attention"]})",
        "layer_types");
    row("layer_types null inside", R"({"model_type": "gemma3_text", "num_hidden_layers": 2,
        "layer_types": ["full_attention", null]})",
        "layer_types[1]");
    row("layer_types that the family ignores", R"({"model_type": "llama", "num_hidden_layers": 2,
        "layer_types": ["full_attention", "sliding_attention"]})",
        "layer_types[1]");
    row("multimodal rope", R"({"model_type": "qwen2", "rope_scaling": {"type": "mrope",
        "mrope_section": [16, 24, 24]}})",
        "rope_scaling.type");
    row("classifier", R"({"model_type": "llama",
        "architectures": ["LlamaForSequenceClassification"], "num_labels": 1})",
        "architectures[0]");
    row("bare trunk", R"({"model_type": "mistral", "architectures": ["MistralModel"]})",
        "architectures[0]");
    row("cross-attention", R"({"model_type": "llama", "cross_attention_layers": [3, 8]})",
        "cross_attention_layers");
    row("text decoder of another kind", R"({"model_type": "mllama", "text_config": {
        "model_type": "mllama_text_model"}, "vision_config": {}})",
        "model_type");
    row("text_config that is no object", R"({"model_type": "gemma3", "text_config": 3})",
        "text_config");
    row("experts null", R"({"model_type": "deepseek_v3", "n_routed_experts": null})",
        "n_routed_experts");
    row("moe_layer_freq as a list", R"({"model_type": "deepseek_v3", "moe_layer_freq": [0, 1]})",
        "moe_layer_freq");
}

void TestConfigImport::refusedByName() {
    QFETCH(QString, json);
    QFETCH(QString, path);
    QCOMPARE(refusalOf(json), path);
}

void TestConfigImport::totals_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("preset");
    const auto row = [](const char* name, const char* json, const char* preset) {
        QTest::newRow(name) << QString::fromUtf8(json) << QString::fromUtf8(preset);
    };
    // As google/gemma-3-4b-it has it: the text_config leaves out what is the class's default.
    row("Gemma 3 4B, multimodal", R"({"architectures": ["Gemma3ForConditionalGeneration"],
        "boi_token_index": 255999, "eos_token_id": [1, 106], "image_token_index": 262144,
        "initializer_range": 0.02, "mm_tokens_per_image": 256, "model_type": "gemma3",
        "text_config": {"hidden_size": 2560, "intermediate_size": 10240,
        "model_type": "gemma3_text", "num_hidden_layers": 34,
        "rope_scaling": {"factor": 8.0, "rope_type": "linear"}, "sliding_window": 1024},
        "torch_dtype": "bfloat16", "vision_config": {"hidden_size": 1152, "image_size": 896,
        "num_hidden_layers": 27, "model_type": "siglip_vision_model", "vision_use_head": false}})",
        "gemma-3-4b");
    row("text_config without a model_type", R"({"model_type": "gemma3", "text_config": {
        "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 34,
        "sliding_window": 1024}})",
        "gemma-3-4b");
    row("LLaVA on Llama 2 7B", R"({"architectures": ["LlavaForConditionalGeneration"],
        "model_type": "llava", "projector_hidden_act": "gelu", "tie_word_embeddings": false,
        "text_config": {"_name_or_path": "a/b", "architectures": ["LlamaForCausalLM"],
        "max_position_embeddings": 4096, "model_type": "llama", "rms_norm_eps": 1e-05,
        "torch_dtype": "float16"}, "vision_config": {"model_type": "clip_vision_model"}})",
        "llama-2-7b");
    row("everything null that may be", R"({"model_type": "llama", "head_dim": null,
        "num_key_value_heads": null, "rope_scaling": null, "pretraining_tp": 1, "bos_token_id": 1,
        "quantization_config": {"quant_method": "awq", "bits": 4, "modules_to_not_convert": null},
        "attention_bias": null, "mlp_bias": null, "architectures": null, "rope_theta": null})",
        "llama-2-7b");
    row("Mistral, window null", R"({"model_type": "mistral", "sliding_window": null,
        "num_key_value_heads": 8, "rope_theta": 10000.0})",
        "mistral-7b-v0.1");
    row("GPT-2, n_inner null", R"({"model_type": "gpt2", "n_inner": null, "summary_type":
        "cls_index", "task_specific_params": {"text-generation": {"max_length": 50}}})",
        "gpt-2-small");
    row("DeepSeek-V3, quantized", R"({"model_type": "deepseek_v3", "auto_map": {},
        "ep_size": 1, "quantization_config": {"fmt": "e4m3", "weight_block_size": [128, 128]},
        "head_dim": null, "index_topk": null, "pruned_heads": {}, "aux_loss_alpha": 0.001})",
        "deepseek-v3");
    row("Phi-3, the window's older spelling", R"({"model_type": "phi3", "rope_scaling": null,
        "sliding_window": 2047, "embd_pdrop": 0.0, "auto_map": {"AutoConfig": "x.Phi3Config"}})",
        "phi-3-mini-4k");
}

void TestConfigImport::totals() {
    QFETCH(QString, json);
    QFETCH(QString, preset);
    const ModelPreset* known = find_model_preset(preset.toStdString());
    QVERIFY2(known != nullptr, qPrintable(preset));
    const auto total = totalOf(json);
    QVERIFY2(total, total ? "" : total.error().text().c_str());
    QCOMPARE(*total, count_parameters(*expand_layers(known->config))->total);
}

void TestConfigImport::sameAsLeftOut_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("shorter");
    const auto row = [](const char* name, const char* json, const char* shorter) {
        QTest::newRow(name) << QString::fromUtf8(json) << QString::fromUtf8(shorter);
    };
    row("ties by default: Gemma", R"({"model_type": "gemma2", "tie_word_embeddings": true})",
        R"({"model_type": "gemma2"})");
    row("ties by default: GPT-2", R"({"model_type": "gpt2", "tie_word_embeddings": true})",
        R"({"model_type": "gpt2"})");
    row("unties by default: Llama", R"({"model_type": "llama", "tie_word_embeddings": false})",
        R"({"model_type": "llama"})");
    row("unties by default: Qwen3", R"({"model_type": "qwen3", "tie_word_embeddings": false})",
        R"({"model_type": "qwen3"})");
    row("one width in a list", R"({"model_type": "llama", "num_hidden_layers": 2,
        "intermediate_size": [64, 64]})",
        R"({"model_type": "llama", "num_hidden_layers": 2, "intermediate_size": 64})");
    row("whole numbers with a point", R"({"model_type": "llama", "hidden_size": 4096.0})",
        R"({"model_type": "llama"})");
    row("the window's pattern null", R"({"model_type": "gemma3_text",
        "sliding_window_pattern": null})",
        R"({"model_type": "gemma3_text"})");
    row("layer_types as computed", R"({"model_type": "llama", "num_hidden_layers": 2,
        "layer_types": ["full_attention", "full_attention"]})",
        R"({"model_type": "llama", "num_hidden_layers": 2})");
    row("lists null", R"({"model_type": "qwen3_moe", "mlp_only_layers": null,
        "layer_types": null})",
        R"({"model_type": "qwen3_moe"})");
    row("no_rope_layers empty", R"({"model_type": "llama4_text", "no_rope_layers": [],
        "moe_layers": null})",
        R"({"model_type": "llama4_text"})");
}

void TestConfigImport::sameAsLeftOut() {
    QFETCH(QString, json);
    QFETCH(QString, shorter);
    const auto config = parse_config(json.toStdString());
    const auto expected = parse_config(shorter.toStdString());
    QVERIFY2(config, config ? "" : config.error().text().c_str());
    QVERIFY(expected);
    QVERIFY(*config == *expected);
}

void TestConfigImport::twoReadingsOfMoeLayerFreq() {
    const auto config = parse_config(R"({"model_type": "deepseek_v3", "moe_layer_freq": 2})");
    QVERIFY(config);
    const auto findings = validate(*config);
    QVERIFY(!findings.empty());
    QCOMPARE(findings.front().id, std::string("moe-layer-freq"));
    QVERIFY(findings.front().severity == Severity::Warning);
    QVERIFY(validate(find_model_preset("deepseek-v3")->config).empty());
}

QTEST_APPLESS_MAIN(TestConfigImport)
#include "tst_config_import.moc"
