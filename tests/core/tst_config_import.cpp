// SPDX-License-Identifier: GPL-3.0-or-later
// config.json files as the Hub has them: keys left out, nulls, nested texts, and what is refused.
#include "core/accounting/parameters.h"
#include "core/accounting/tensor_table.h"
#include "core/config/config_io.h"
#include "core/config/expand.h"
#include "core/presets/presets.h"
#include "tests/core/layer_kinds.h"

#include <QTest>

#include <algorithm>

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
    void publishedTotals_data();
    void publishedTotals();
    void multimodalDecoders_data();
    void multimodalDecoders();
    void structureOfTheirOwn();
    void partsOfWhatIsUnsupported();
    void deepNesting();
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
    row("draft head", R"({"model_type": "llama", "architectures": ["LlamaForCausalLMEagle3"],
        "draft_vocab_size": 32000})",
        "architectures[0]");
    row("multimodal classifier", R"({"model_type": "gemma3",
        "architectures": ["Gemma3ForSequenceClassification"], "text_config": {}})",
        "architectures[0]");
    row("experts and dense layers in turns", R"({"model_type": "glm4_moe_lite",
        "num_hidden_layers": 4, "mlp_layer_types": ["dense", "sparse", "dense", "sparse"]})",
        "mlp_layer_types[2]");
    row("mlp_layer_types too short", R"({"model_type": "glm4_moe_lite", "num_hidden_layers": 4,
        "mlp_layer_types": ["dense"]})",
        "mlp_layer_types");
    row("experts in a dense family", R"({"model_type": "llama", "num_hidden_layers": 2,
        "mlp_layer_types": ["dense", "sparse"]})",
        "mlp_layer_types[1]");
    row("a pattern that is no period", R"({"model_type": "exaone4",
        "sliding_window_pattern": "LGLG"})",
        "sliding_window_pattern");
    row("a share of a latent's rotary part", R"({"model_type": "glm4_moe_lite",
        "rope_parameters": {"rope_type": "default", "partial_rotary_factor": 0.5}})",
        "partial_rotary_factor");
    row("more rotary dimensions than there are", R"({"model_type": "minimax_m2",
        "head_dim": 64, "rotary_dim": 128})",
        "rotary_dim");
    row("clipped projections", R"({"model_type": "olmoe", "clip_qkv": 8.0})", "clip_qkv");
    row("experts that are not given", R"({"model_type": "dots1"})", "num_experts");
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

// Keys and values of the releases' own config.json. Totals are those of transformers 5.17: the
// parameters of the class made from them, and its routers' correction buffers.
void TestConfigImport::publishedTotals_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<qint64>("total");
    QTest::addColumn<qint64>("buffers");
    const auto row = [](const char* name, const char* json, qint64 total, qint64 buffers = 0) {
        QTest::newRow(name) << QString::fromUtf8(json) << total << buffers;
    };
    row("Gemma 2B", R"({"architectures": ["GemmaForCausalLM"], "attention_bias": false,
        "head_dim": 256, "hidden_act": "gelu", "hidden_activation": "gelu_pytorch_tanh",
        "hidden_size": 2048, "intermediate_size": 16384, "max_position_embeddings": 8192,
        "model_type": "gemma", "num_attention_heads": 8, "num_hidden_layers": 18,
        "num_key_value_heads": 1, "rope_scaling": null, "vocab_size": 256000})",
        2506172416);
    row("Gemma 7B, all by default", R"({"model_type": "gemma"})", 8537680896);
    row("OLMoE 1B-7B", R"({"architectures": ["OlmoeForCausalLM"], "clip_qkv": null,
        "hidden_size": 2048, "intermediate_size": 1024, "model_type": "olmoe",
        "norm_topk_prob": false, "num_attention_heads": 16, "num_experts": 64,
        "num_experts_per_tok": 8, "num_hidden_layers": 16, "num_key_value_heads": 16,
        "router_aux_loss_coef": 0.01, "tie_word_embeddings": false, "vocab_size": 50304})",
        6919161856);
    row("ERNIE 4.5 0.3B", R"({"architectures": ["Ernie4_5_ForCausalLM"], "head_dim": 128,
        "hidden_size": 1024, "intermediate_size": 3072, "model_type": "ernie4_5",
        "num_attention_heads": 16, "num_key_value_heads": 2, "num_hidden_layers": 18,
        "rope_theta": 500000.0, "use_bias": false, "tie_word_embeddings": true,
        "vocab_size": 103424})",
        360748032);
    row("MiniMax-M2", R"({"architectures": ["MiniMaxM2ForCausalLM"], "attn_type_list": [1, 1],
        "head_dim": 128, "hidden_size": 3072, "intermediate_size": 1536,
        "mlp_intermediate_size": 8192, "model_type": "minimax_m2", "num_attention_heads": 48,
        "num_experts_per_tok": 8, "num_hidden_layers": 62, "num_key_value_heads": 8,
        "num_local_experts": 256, "qk_norm_type": "per_layer", "rotary_dim": 64,
        "quantization_config": {"fmt": "float8_e4m3fn"}, "scoring_func": "sigmoid",
        "shared_intermediate_size": 0, "use_qk_norm": true, "vocab_size": 200064})",
        228689764864, 62 * 256);
    row("Seed-OSS 36B", R"({"architectures": ["SeedOssForCausalLM"], "attention_bias": true,
        "attention_out_bias": false, "head_dim": 128, "hidden_size": 5120,
        "intermediate_size": 27648, "mlp_bias": false, "model_type": "seed_oss",
        "num_attention_heads": 80, "num_hidden_layers": 64, "num_key_value_heads": 8,
        "residual_dropout": 0.1, "rope_scaling": {"rope_type": "default"},
        "rope_theta": 10000000.0, "vocab_size": 155136})",
        36151104512);
    row("dots.llm1", R"({"architectures": ["Dots1ForCausalLM"], "first_k_dense_replace": 1,
        "hidden_size": 4096, "intermediate_size": 10944, "max_window_layers": 62,
        "model_type": "dots1", "moe_intermediate_size": 1408, "n_routed_experts": 128,
        "n_shared_experts": 2, "norm_topk_prob": true, "num_attention_heads": 32,
        "num_experts_per_tok": 6, "num_hidden_layers": 62, "num_key_value_heads": 32,
        "routed_scaling_factor": 2.5, "scoring_func": "noaux_tc", "sliding_window": null,
        "use_sliding_window": false, "vocab_size": 152064})",
        142774381696, 61 * 128);
    row("EXAONE 4.0 1.2B", R"({"architectures": ["Exaone4ForCausalLM"], "head_dim": 64,
        "hidden_size": 2048, "intermediate_size": 4096, "model_type": "exaone4",
        "num_attention_heads": 32, "num_hidden_layers": 30, "num_key_value_heads": 8,
        "sliding_window": null, "sliding_window_pattern": null, "tie_word_embeddings": true,
        "vocab_size": 102400})",
        1279391488);
    row("EXAONE 4.0 32B", R"({"architectures": ["Exaone4ForCausalLM"], "head_dim": 128,
        "hidden_size": 5120, "intermediate_size": 27392, "model_type": "exaone4",
        "num_attention_heads": 40, "num_hidden_layers": 64, "num_key_value_heads": 8,
        "sliding_window": 4096, "sliding_window_pattern": "LLLG", "vocab_size": 102400})",
        32003216384);
    row("OLMo 3 7B", R"({"architectures": ["Olmo3ForCausalLM"], "hidden_size": 4096,
        "intermediate_size": 11008, "model_type": "olmo3", "num_attention_heads": 32,
        "num_hidden_layers": 32, "num_key_value_heads": 32, "rope_theta": 500000,
        "rope_scaling": {"attention_factor": 1.2079441541679836, "beta_fast": 32.0,
        "beta_slow": 1.0, "factor": 8.0, "original_max_position_embeddings": 8192,
        "rope_type": "yarn"}, "sliding_window": 4096, "vocab_size": 100278})",
        7298011136);
    // By hand: 2 * 128004 * 2560 + 2560; a layer 2 * 2560 * 20 * 128 + 2 * 2560 * 4 * 128
    // + 2 * 2560 * 18432 + 2 * 2560, 36 of them.
    row("AFM 4.5B", R"({"architectures": ["ArceeForCausalLM"], "head_dim": 128,
        "hidden_act": "relu2", "hidden_size": 2560, "intermediate_size": 18432,
        "mlp_bias": false, "model_type": "arcee", "num_attention_heads": 20,
        "num_hidden_layers": 36, "num_key_value_heads": 4, "vocab_size": 128004})",
        2 * 128004LL * 2560 + 2560 +
            36 * (2 * 2560LL * 2560 + 2 * 2560LL * 512 + 2 * 2560LL * 18432 + 2 * 2560));
    // By hand: latent attention 2048 * 768 + 768 + 768 * 20 * 256 + 2048 * 576 + 512
    // + 512 * 20 * 448 + 20 * 256 * 2048, norms 2 * 2048, 47 times; one dense layer of 10240,
    // 46 of 64 + 1 experts of 1536 and a router; embedding and head of 154880; the last norm.
    row("GLM-4.7-Flash", R"({"architectures": ["Glm4MoeLiteForCausalLM"], "hidden_size": 2048,
        "intermediate_size": 10240, "model_type": "glm4_moe_lite", "moe_intermediate_size": 1536,
        "topk_method": "noaux_tc", "num_attention_heads": 20, "n_routed_experts": 64,
        "n_shared_experts": 1, "num_experts_per_tok": 4, "first_k_dense_replace": 1,
        "num_hidden_layers": 47, "num_nextn_predict_layers": 1, "partial_rotary_factor": 1.0,
        "q_lora_rank": 768, "kv_lora_rank": 512, "qk_nope_head_dim": 192, "qk_rope_head_dim": 64,
        "v_head_dim": 256, "vocab_size": 154880})",
        47 * (2048LL * 768 + 768 + 768LL * 20 * 256 + 2048LL * 576 + 512 + 512LL * 20 * 448 +
              20LL * 256 * 2048 + 2 * 2048) +
            3 * 2048LL * 10240 + 46 * (65 * 3 * 2048LL * 1536 + 64 * 2048LL) + 2 * 154880LL * 2048 +
            2048 + 46 * 64,
        46 * 64);
}

void TestConfigImport::publishedTotals() {
    QFETCH(QString, json);
    QFETCH(qint64, total);
    QFETCH(qint64, buffers);
    const auto config = parse_config(json.toStdString());
    QVERIFY2(config, config ? "" : config.error().text().c_str());
    const auto spec = expand_layers(*config);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    const auto report = count_parameters(*spec);
    QVERIFY(report);
    for (const ConfigForm form : {ConfigForm::Classic, ConfigForm::Transformers5}) {
        const auto again = parse_config(write_config(*config, form));
        QVERIFY2(again, again ? "" : again.error().text().c_str());
        QVERIFY(*again == *config);
    }
    QCOMPARE(qint64{report->buffers}, buffers);
    QCOMPARE(qint64{report->total} + report->buffers, total);
}

void TestConfigImport::multimodalDecoders_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<qint64>("total");
    const auto row = [](const char* name, const char* json, qint64 total) {
        QTest::newRow(name) << QString::fromUtf8(json) << total;
    };
    row("Qwen2.5-VL 7B: the decoder of Qwen2.5 7B", R"({"model_type": "qwen2_5_vl",
        "architectures": ["Qwen2_5_VLForConditionalGeneration"], "hidden_size": 3584,
        "intermediate_size": 18944, "max_window_layers": 28, "num_attention_heads": 28,
        "num_hidden_layers": 28, "num_key_value_heads": 4, "sliding_window": 32768,
        "use_sliding_window": false, "vision_config": {"depth": 32, "hidden_size": 1280},
        "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]}, "vocab_size": 152064})",
        7615616512);
    row("Qwen3-VL 8B: the decoder of Qwen3 8B", R"({"model_type": "qwen3_vl",
        "architectures": ["Qwen3VLForConditionalGeneration"], "text_config": {
        "model_type": "qwen3_vl_text", "head_dim": 128, "hidden_size": 4096,
        "intermediate_size": 12288, "num_attention_heads": 32, "num_hidden_layers": 36,
        "num_key_value_heads": 8, "rope_scaling": {"mrope_interleaved": true,
        "mrope_section": [24, 20, 20], "rope_type": "default"}, "rope_theta": 5000000,
        "vocab_size": 151936}, "tie_word_embeddings": false, "vision_config": {"depth": 27}})",
        8190735360);
    // With a head of its own, as its checkpoint has it; transformers ties it where the outer object
    // does not say, 131072 * 5120 fewer.
    row("Mistral Small 3.1", R"({"model_type": "mistral3",
        "architectures": ["Mistral3ForConditionalGeneration"], "text_config": {"head_dim": 128,
        "hidden_size": 5120, "intermediate_size": 32768, "model_type": "mistral",
        "num_attention_heads": 32, "num_hidden_layers": 40, "num_key_value_heads": 8,
        "sliding_window": null, "vocab_size": 131072}, "vision_config": {}})",
        23572403200);
}

void TestConfigImport::multimodalDecoders() {
    QFETCH(QString, json);
    QFETCH(qint64, total);
    const auto counted = totalOf(json);
    QVERIFY2(counted, counted ? "" : counted.error().text().c_str());
    QCOMPARE(qint64{*counted}, total);
    QCOMPARE(left_out_parts(json.toStdString()), std::vector<std::string>{"vision_config"});
    QVERIFY(left_out_parts(R"({"model_type": "llama", "vision_config": {}})").empty());
}

void TestConfigImport::structureOfTheirOwn() {
    const auto spec_of = [](const char* json) {
        const auto config = parse_config(json);
        return config ? *expand_layers(*config) : ModelSpec{};
    };
    const auto attention_of = [](const ModelSpec& spec, std::int64_t layer) {
        return get_kind<GroupedQueryAttention>(spec.layer(layer));
    };
    const auto has_tensor = [](const ModelSpec& spec, const char* name) {
        const auto list = list_tensors(spec);
        return std::any_of(list.begin(), list.end(),
                           [&](const NamedTensor& tensor) { return tensor.name == name; });
    };
    // EXAONE 4 turns keys in sliding layers alone, and in all where none slides.
    const ModelSpec exaone = spec_of(R"({"model_type": "exaone4"})");
    QVERIFY(attention_of(exaone, 0).rotary && !attention_of(exaone, 3).rotary);
    QCOMPARE(attention_of(exaone, 0).span.size, std::int64_t{4096});
    QVERIFY(
        attention_of(spec_of(R"({"model_type": "exaone4", "sliding_window": null})"), 3).rotary);
    // OLMo 3 stretches the full layers alone; one base holds for all (docs/architectures.md).
    const ModelSpec olmo = spec_of(R"({"model_type": "olmo3", "rope_theta": 300000,
        "rope_scaling": {"rope_type": "yarn", "factor": 8.0}})");
    QVERIFY(attention_of(olmo, 3).rotary->type == RopeType::Yarn);
    QVERIFY(attention_of(olmo, 0).rotary->type == RopeType::Default);
    QCOMPARE(attention_of(olmo, 0).rotary->theta, 300000.0);
    const ModelSpec bases = spec_of(R"({"model_type": "olmo3", "rope_parameters": {
        "full_attention": {"rope_type": "default", "rope_theta": 10000.0},
        "sliding_attention": {"rope_type": "default", "rope_theta": 500000.0}}})");
    QCOMPARE(attention_of(bases, 0).rotary->theta, 500000.0);
    QCOMPARE(attention_of(bases, 3).rotary->theta, 10000.0);
    // MiniMax-M2 turns half of a head and chooses experts by sigmoid and a bias.
    const ModelSpec minimax = spec_of(R"({"model_type": "minimax_m2", "rotary_dim": 64})");
    QCOMPARE(attention_of(minimax, 0).rotary->rotary_dim, std::int64_t{64});
    QVERIFY(has_tensor(minimax, "model.layers.0.block_sparse_moe.e_score_correction_bias"));
    const auto& experts = get_kind<MixtureOfExperts>(minimax.layer(0));
    QVERIFY(experts.routing.scoring == Scoring::Sigmoid && experts.routing.norm_topk_prob);
    // Arcee's feed-forward has no gate; biases of Seed-OSS and ERNIE follow switches of their own.
    const ModelSpec arcee = spec_of(R"({"model_type": "arcee", "mlp_bias": true})");
    QVERIFY(has_tensor(arcee, "model.layers.0.mlp.up_proj.bias"));
    QVERIFY(!has_tensor(arcee, "model.layers.0.mlp.gate_proj.weight"));
    const ModelSpec seed = spec_of(R"({"model_type": "seed_oss", "attention_out_bias": true,
        "attention_bias": false})");
    QVERIFY(has_tensor(seed, "model.layers.0.self_attn.o_proj.bias"));
    QVERIFY(!has_tensor(seed, "model.layers.0.self_attn.q_proj.bias"));
    const ModelSpec ernie = spec_of(R"({"model_type": "ernie4_5", "use_bias": true})");
    QVERIFY(has_tensor(ernie, "model.layers.0.mlp.down_proj.bias"));
    QVERIFY(has_tensor(ernie, "model.layers.0.self_attn.o_proj.bias"));
    // dots.llm1: a window counts from max_window_layers on, without a switch.
    const ModelSpec dots = spec_of(R"({"model_type": "dots1", "n_routed_experts": 8,
        "num_experts_per_tok": 2, "n_shared_experts": 1, "max_window_layers": 60})");
    QVERIFY(attention_of(dots, 59).span.kind == SpanKind::Full);
    QVERIFY(attention_of(dots, 60).span.kind == SpanKind::Sliding);
}

void TestConfigImport::partsOfWhatIsUnsupported() {
    const auto message = [](const char* json) {
        const auto config = parse_config(json);
        return config ? std::string() : english(config.error().message);
    };
    QVERIFY(message(R"({"model_type": "deepseek_v32", "index_topk": 2048})")
                .ends_with("; not supported in it: index_topk"));
    QVERIFY(message(R"({"model_type": "qwen3_next", "layer_types": ["full_attention",
        "linear_attention"]})")
                .ends_with("; not supported in it: layer_types[1] = linear_attention"));
    QVERIFY(message(R"({"model_type": "opt"})").ends_with("smollm3"));
}

void TestConfigImport::deepNesting() {
    // A reader that copies what it does not know would need a stack as deep as this.
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    for (const char* form :
         {R"({"model_type": "llama", "unknown": )", R"({"model_type": "llama", "architectures": )",
          R"({"model_type": "gemma3", "text_config": {}, "unknown": )",
          R"({"text_config": {"model_type": "llama"}, "tie_word_embeddings": )"}) {
        const auto config = parse_config(form + deep + "}");
        QVERIFY(config || !config.error().message.empty());
    }
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
    row("the family's own key wins", R"({"model_type": "gemma2", "hidden_act": "silu",
        "hidden_activation": "gelu_pytorch_tanh"})",
        R"({"model_type": "gemma2"})");
    row("a pattern in letters", R"({"model_type": "exaone4", "sliding_window_pattern": "LLLG"})",
        R"({"model_type": "exaone4", "sliding_window_pattern": 4})");
    row("no window, pattern 0", R"({"model_type": "exaone4", "sliding_window": null,
        "sliding_window_pattern": 0})",
        R"({"model_type": "exaone4", "sliding_window": null})");
    row("rotary dimensions", R"({"model_type": "minimax_m2", "rotary_dim": 64})",
        R"({"model_type": "minimax_m2", "rope_parameters": {"rope_type": "default",
        "partial_rotary_factor": 0.5}})");
    row("mlp_layer_types", R"({"model_type": "glm4_moe_lite", "num_hidden_layers": 4,
        "mlp_layer_types": ["dense", "dense", "sparse", "sparse"]})",
        R"({"model_type": "glm4_moe_lite", "num_hidden_layers": 4, "first_k_dense_replace": 2})");
    row("mlp_layer_types of DeepSeek", R"({"model_type": "deepseek_v3", "num_hidden_layers": 4,
        "mlp_layer_types": ["dense", "dense", "dense", "sparse"]})",
        R"({"model_type": "deepseek_v3", "num_hidden_layers": 4})");
    row("a class as it was first spelt", R"({"model_type": "llama",
        "architectures": ["LLaMAForCausalLM"]})",
        R"({"model_type": "llama"})");
    row("GPT-2's switches null", R"({"model_type": "gpt2", "scale_attn_weights": null,
        "scale_attn_by_inverse_layer_idx": null})",
        R"({"model_type": "gpt2"})");
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
