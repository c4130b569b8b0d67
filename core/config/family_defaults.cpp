// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/family_defaults.h"

namespace headroom::family_defaults {

// Defaults that a config.json may leave out: transformers 5.17, models/*/configuration_*.py.
// head_dim and num_key_value_heads left at 0 mean hidden_size / heads and heads.

namespace {

void sizes(ModelConfig& c, std::int64_t vocab, std::int64_t hidden, std::int64_t intermediate,
           std::int64_t layers, std::int64_t heads, std::int64_t kv_heads,
           std::int64_t max_positions) {
    c.vocab_size = vocab;
    c.hidden_size = hidden;
    c.intermediate_size = intermediate;
    c.num_hidden_layers = layers;
    c.num_attention_heads = heads;
    c.num_key_value_heads = kv_heads;
    c.max_position_embeddings = max_positions;
}

} // namespace

void llama(ModelConfig& c) {
    sizes(c, 32000, 4096, 11008, 32, 32, 0, 2048);
}

void mistral(ModelConfig& c) {
    sizes(c, 32000, 4096, 14336, 32, 32, 8, 131072);
    c.sliding_window = 4096;
}

void mixtral(ModelConfig& c) {
    sizes(c, 32000, 4096, 14336, 32, 32, 8, 131072);
    c.rms_norm_eps = 1e-5;
    c.rope_theta = 1e6;
    c.num_experts = 8;
    c.num_experts_per_tok = 2;
    c.norm_topk_prob = true;
}

void qwen2(ModelConfig& c) {
    sizes(c, 151936, 4096, 22016, 32, 32, 32, 32768);
    c.sliding_window = 4096;
    c.max_window_layers = 28;
}

void qwen3(ModelConfig& c) {
    qwen2(c);
    c.head_dim = 128;
}

void qwen3_moe(ModelConfig& c) {
    sizes(c, 151936, 2048, 6144, 24, 32, 4, 32768);
    c.sliding_window = 4096;
    c.moe_intermediate_size = 768;
    c.num_experts = 128;
    c.num_experts_per_tok = 8;
}

void deepseek_v2(ModelConfig& c) {
    sizes(c, 32000, 4096, 11008, 32, 32, 0, 2048);
    c.kv_lora_rank = 512;
    c.q_lora_rank = 1536;
    c.qk_nope_head_dim = 128;
    c.qk_rope_head_dim = 64;
    c.v_head_dim = 128;
    c.num_experts = 64;
    c.n_shared_experts = 2;
    c.num_experts_per_tok = 6;
    c.moe_intermediate_size = 1407;
    c.topk_method = "greedy";
    c.scoring_func = "softmax";
}

void deepseek_v3(ModelConfig& c) {
    sizes(c, 129280, 7168, 18432, 61, 128, 128, 4096);
    c.kv_lora_rank = 512;
    c.q_lora_rank = 1536;
    c.qk_nope_head_dim = 128;
    c.qk_rope_head_dim = 64;
    c.v_head_dim = 128;
    c.num_experts = 256;
    c.n_shared_experts = 1;
    c.num_experts_per_tok = 8;
    c.moe_intermediate_size = 2048;
    c.first_k_dense_replace = 3;
    c.n_group = 8;
    c.topk_group = 4;
    c.topk_method = "noaux_tc";
    c.num_nextn_predict_layers = 1;
    c.scoring_func = "sigmoid";
    c.norm_topk_prob = true;
    c.routed_scaling_factor = 2.5;
}

void gemma2(ModelConfig& c) {
    sizes(c, 256000, 2304, 9216, 26, 8, 4, 8192);
    c.head_dim = 256;
    c.hidden_act = "gelu_pytorch_tanh";
    c.tie_word_embeddings = true;
    c.query_pre_attn_scalar = 256;
    c.sliding_window = 4096;
    c.sliding_window_pattern = 2; // not a key of gemma2: even layers slide, in code
    c.attn_logit_softcapping = 50;
    c.final_logit_softcapping = 30;
}

void gemma3_text(ModelConfig& c) {
    sizes(c, 262208, 2304, 9216, 26, 8, 4, 131072);
    c.head_dim = 256;
    c.hidden_act = "gelu_pytorch_tanh";
    c.tie_word_embeddings = true;
    c.query_pre_attn_scalar = 256;
    c.sliding_window = 4096;
    c.sliding_window_pattern = 6;
    c.rope_theta = 1e6;
}

void gemma3n_text(ModelConfig& c) {
    sizes(c, 262400, 2048, 16384, 35, 8, 2, 32768);
    c.head_dim = 256;
    c.hidden_act = "gelu_pytorch_tanh";
    c.tie_word_embeddings = true;
    c.sliding_window = 512;
    c.sliding_window_pattern = 5;
    c.rope_theta = 1e6;
    c.final_logit_softcapping = 30;
    c.vocab_size_per_layer_input = 262144;
    c.hidden_size_per_layer_input = 256;
    c.altup_num_inputs = 4;
    c.altup_coef_clip = 120;
    c.num_kv_shared_layers = 15;
    c.laurel_rank = 64;
}

void llama4_text(ModelConfig& c) {
    sizes(c, 202048, 5120, 8192, 48, 40, 8, 131072);
    c.head_dim = 128;
    c.intermediate_size_mlp = 16384;
    c.rms_norm_eps = 1e-5;
    c.rope_theta = 500000;
    c.num_experts = 16;
    c.num_experts_per_tok = 1;
    c.use_qk_norm = true;
    c.no_rope_layer_interval = 4;
    c.attention_chunk_size = 8192;
    c.attn_temperature_tuning = true;
}

void gpt2(ModelConfig& c) {
    sizes(c, 50257, 768, 0, 12, 12, 0, 1024);
    c.hidden_act = "gelu_new";
    c.rms_norm_eps = 1e-5;
    c.tie_word_embeddings = true;
}

void smollm3(ModelConfig& c) {
    sizes(c, 128256, 2048, 11008, 36, 16, 4, 32768);
    c.rope_theta = 2e6;
    c.tie_word_embeddings = true;
    c.no_rope_layer_interval = 4;
}

void gpt_oss(ModelConfig& c) {
    sizes(c, 201088, 2880, 2880, 36, 64, 8, 131072);
    c.head_dim = 64;
    c.sliding_window = 128;
    c.sliding_window_pattern = 2; // not a key of gpt_oss: even layers slide, in code
    c.rope_theta = 150000;
    c.rope_scaling.rope_type = "yarn";
    c.rope_scaling.factor = 32;
    c.rope_scaling.truncate = false;
    c.rope_scaling.original_max_position_embeddings = 4096;
    c.rms_norm_eps = 1e-5;
    c.attention_bias = true;
    c.num_experts = 128;
    c.num_experts_per_tok = 4;
    c.swiglu_limit = 7;
}

void glm4_moe(ModelConfig& c) {
    sizes(c, 151552, 4096, 10944, 46, 96, 8, 131072);
    c.head_dim = 128;
    c.partial_rotary_factor = 0.5;
    c.rms_norm_eps = 1e-5;
    c.moe_intermediate_size = 1408;
    c.num_experts = 128;
    c.num_experts_per_tok = 8;
    c.n_shared_experts = 1;
    c.first_k_dense_replace = 1;
    c.norm_topk_prob = true;
    c.scoring_func = "sigmoid";
    c.topk_method = "noaux_tc";
    c.num_nextn_predict_layers = 1;
}

void olmo2(ModelConfig& c) {
    sizes(c, 50304, 4096, 11008, 32, 32, 0, 2048);
    c.rms_norm_eps = 1e-5;
}

void phi3(ModelConfig& c) {
    sizes(c, 32064, 3072, 8192, 32, 32, 0, 4096);
    c.rms_norm_eps = 1e-5;
}

void bert(ModelConfig& c) {
    sizes(c, 30522, 768, 3072, 12, 12, 0, 512);
    c.hidden_act = "gelu";
    c.rms_norm_eps = 1e-12;
    c.type_vocab_size = 2;
    c.tie_word_embeddings = true;
}

void arcee(ModelConfig& c) {
    sizes(c, 32000, 2560, 18432, 32, 32, 0, 4096);
    c.hidden_act = "relu2";
    c.rms_norm_eps = 1e-5;
}

void dots1(ModelConfig& c) {
    sizes(c, 152064, 4608, 10944, 62, 32, 32, 2048);
    c.moe_intermediate_size = 1408;
    c.sliding_window = 4096;
    c.max_window_layers = 62;
}

void ernie4_5(ModelConfig& c) {
    sizes(c, 103424, 1024, 3072, 18, 16, 2, 131072);
    c.head_dim = 128;
    c.rms_norm_eps = 1e-5;
    c.rope_theta = 500000;
    c.tie_word_embeddings = true;
}

void exaone4(ModelConfig& c) {
    sizes(c, 102400, 4096, 16384, 32, 32, 32, 2048);
    c.rms_norm_eps = 1e-5;
    c.sliding_window = 4096;
    c.sliding_window_pattern = 4;
}

void gemma(ModelConfig& c) {
    sizes(c, 256000, 3072, 24576, 28, 16, 16, 8192);
    c.head_dim = 256;
    c.hidden_act = "gelu_pytorch_tanh";
    c.tie_word_embeddings = true;
}

void glm4_moe_lite(ModelConfig& c) {
    sizes(c, 154880, 2048, 10240, 47, 20, 20, 202752);
    c.rms_norm_eps = 1e-5;
    c.q_lora_rank = 768;
    c.kv_lora_rank = 512;
    c.qk_nope_head_dim = 192;
    c.qk_rope_head_dim = 64;
    c.v_head_dim = 256;
    c.num_experts = 64;
    c.num_experts_per_tok = 4;
    c.n_shared_experts = 1;
    c.moe_intermediate_size = 1536;
    c.first_k_dense_replace = 1;
    c.norm_topk_prob = true;
    c.routed_scaling_factor = 1.8;
    c.scoring_func = "sigmoid";
    c.topk_method = "noaux_tc";
}

void minimax_m2(ModelConfig& c) {
    sizes(c, 200064, 3072, 1536, 62, 48, 8, 196608);
    c.head_dim = 128;
    c.rope_theta = 5e6;
    c.num_experts = 256;
    c.num_experts_per_tok = 8;
}

void olmo3(ModelConfig& c) {
    olmo2(c);
    c.rope_theta = 500000;
    c.sliding_window = 4096;
    c.sliding_window_pattern = 4; // not a key of olmo3: every fourth layer is full, in code
}

void olmoe(ModelConfig& c) {
    sizes(c, 50304, 2048, 2048, 16, 16, 0, 4096);
    c.rms_norm_eps = 1e-5;
    c.num_experts = 64;
    c.num_experts_per_tok = 8;
}

void qwen2_vl_text(ModelConfig& c) {
    sizes(c, 152064, 8192, 29568, 80, 64, 8, 32768);
    c.rms_norm_eps = 1e-5;
    c.rope_theta = 1e6;
    c.sliding_window = 4096;
    c.max_window_layers = 80;
}

void qwen3_vl_text(ModelConfig& c) {
    sizes(c, 151936, 4096, 22016, 32, 32, 32, 128000);
    c.head_dim = 128;
    c.rope_theta = 500000;
}

void seed_oss(ModelConfig& c) {
    sizes(c, 155136, 4096, 27648, 64, 80, 8, 524288);
    c.head_dim = 128;
    c.attention_bias = true;
}

} // namespace headroom::family_defaults
