// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/families.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace headroom {
namespace {

// Defaults that a config.json may leave out: transformers 5.17, models/*/configuration_*.py.
// head_dim and num_key_value_heads left at 0 mean hidden_size / heads and heads.

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

constexpr std::array bert_keys = {OwnKey{"rms_norm_eps", "layer_norm_eps"}};
constexpr std::array gemma_keys = {OwnKey{"hidden_act", "hidden_activation"}};
constexpr std::array gpt2_keys = {OwnKey{"hidden_size", "n_embd"},
                                  OwnKey{"num_hidden_layers", "n_layer"},
                                  OwnKey{"num_attention_heads", "n_head"},
                                  OwnKey{"max_position_embeddings", "n_positions"},
                                  OwnKey{"intermediate_size", "n_inner"},
                                  OwnKey{"hidden_act", "activation_function"},
                                  OwnKey{"rms_norm_eps", "layer_norm_epsilon"}};

const std::array family_table = {
    Family{.model_type = "bert",
           .architecture = "BertForMaskedLM",
           .naming = TensorNaming::Bert,
           .norm = NormKind::Layer,
           .placement = NormPlacement::Post,
           .is_encoder = true,
           .qkv_bias = BiasRule::Always,
           .o_bias = BiasRule::Always,
           .has_rotary = false,
           .gated = false,
           .mlp_bias_always = true,
           .defaults = bert,
           .own_keys = bert_keys},
    Family{.model_type = "deepseek_v2",
           .architecture = "DeepseekV2ForCausalLM",
           .is_latent = true,
           .moe = MoeRule::FirstDense,
           .interleaved_rope = true,
           .defaults = deepseek_v2},
    Family{.model_type = "deepseek_v3",
           .architecture = "DeepseekV3ForCausalLM",
           .is_latent = true,
           .moe = MoeRule::FirstDense,
           .interleaved_rope = true,
           .has_mtp = true,
           .defaults = deepseek_v3},
    Family{.model_type = "gemma2",
           .architecture = "Gemma2ForCausalLM",
           .norm = NormKind::RmsPlusOne,
           .placement = NormPlacement::Sandwich,
           .span = SpanRule::Pattern,
           .scales_embedding = true,
           .caps_scores = true,
           .query_scalar = true,
           .defaults = gemma2,
           .own_keys = gemma_keys},
    Family{.model_type = "gemma3_text",
           .architecture = "Gemma3ForCausalLM",
           .norm = NormKind::RmsPlusOne,
           .placement = NormPlacement::Sandwich,
           .qk_norm = QkNormRule::PerHead,
           .span = SpanRule::Pattern,
           .local_rope = true,
           .scales_embedding = true,
           .query_scalar = true,
           .defaults = gemma3_text,
           .own_keys = gemma_keys},
    Family{.model_type = "gemma3n_text",
           .architecture = "Gemma3nForCausalLM",
           .placement = NormPlacement::Sandwich,
           .qk_norm = QkNormRule::PerHead,
           .span = SpanRule::Pattern,
           .local_rope = true,
           .scales_embedding = true,
           .unit_scores = true,
           .v_norm = true,
           .has_altup = true,
           .default_sparse_layers = 10,
           .defaults = gemma3n_text,
           .own_keys = gemma_keys},
    Family{.model_type = "glm4_moe",
           .architecture = "Glm4MoeForCausalLM",
           .o_bias = BiasRule::Never,
           .qk_norm = QkNormRule::PerHeadIfUsed,
           .moe = MoeRule::FirstDense,
           .partial_rotary = true,
           .has_mtp = true,
           .defaults = glm4_moe},
    Family{.model_type = "gpt2",
           .architecture = "GPT2LMHeadModel",
           .naming = TensorNaming::Gpt2,
           .norm = NormKind::Layer,
           .qkv_bias = BiasRule::Always,
           .o_bias = BiasRule::Always,
           .has_rotary = false,
           .gated = false,
           .mlp_bias_always = true,
           .score_switches = true,
           .defaults = gpt2,
           .own_keys = gpt2_keys},
    Family{.model_type = "gpt_oss",
           .architecture = "GptOssForCausalLM",
           .span = SpanRule::Pattern,
           .moe = MoeRule::Every,
           .sinks = true,
           .expert_layout = ExpertLayout::FusedInOut,
           .expert_bias = true,
           .softmax_after_topk = true,
           .clamped_swiglu = true,
           .defaults = gpt_oss},
    Family{.model_type = "kimi_k2",
           .architecture = "DeepseekV3ForCausalLM",
           .is_latent = true,
           .moe = MoeRule::FirstDense,
           .interleaved_rope = true,
           .has_mtp = true,
           .defaults = deepseek_v3},
    Family{.model_type = "llama",
           .architecture = "LlamaForCausalLM",
           .mlp_bias_by_field = true,
           .defaults = llama},
    Family{.model_type = "llama4_text",
           .architecture = "Llama4ForCausalLM",
           .naming = TensorNaming::Llama4,
           .qk_norm = QkNormRule::L2IfUsed,
           .span = SpanRule::ChunkedRope,
           .moe = MoeRule::Interleaved,
           .interleaved_rope = true,
           .no_rope_layers = true,
           .expert_layout = ExpertLayout::FusedInOut,
           .defaults = llama4_text},
    Family{.model_type = "mistral",
           .architecture = "MistralForCausalLM",
           .qkv_bias = BiasRule::Never,
           .o_bias = BiasRule::Never,
           .span = SpanRule::EveryLayer,
           .defaults = mistral},
    Family{.model_type = "mixtral",
           .architecture = "MixtralForCausalLM",
           .qkv_bias = BiasRule::Never,
           .o_bias = BiasRule::Never,
           .span = SpanRule::EveryLayer,
           .moe = MoeRule::Every,
           .expert_layout = ExpertLayout::Mixtral,
           .defaults = mixtral},
    Family{.model_type = "olmo2",
           .architecture = "Olmo2ForCausalLM",
           .placement = NormPlacement::Output,
           .qk_norm = QkNormRule::FullWidth,
           .defaults = olmo2},
    Family{.model_type = "phi3",
           .architecture = "Phi3ForCausalLM",
           .naming = TensorNaming::Phi3,
           .qkv_bias = BiasRule::Never,
           .o_bias = BiasRule::Never,
           .span = SpanRule::EveryLayer,
           .partial_rotary = true,
           .defaults = phi3},
    Family{.model_type = "qwen2",
           .architecture = "Qwen2ForCausalLM",
           .qkv_bias = BiasRule::Always,
           .o_bias = BiasRule::Never,
           .span = SpanRule::FromMaxWindow,
           .defaults = qwen2},
    Family{.model_type = "qwen3",
           .architecture = "Qwen3ForCausalLM",
           .qk_norm = QkNormRule::PerHead,
           .span = SpanRule::FromMaxWindow,
           .defaults = qwen3},
    Family{.model_type = "qwen3_moe",
           .architecture = "Qwen3MoeForCausalLM",
           .qk_norm = QkNormRule::PerHead,
           .span = SpanRule::EveryLayerIfUsed,
           .moe = MoeRule::SparseStep,
           .defaults = qwen3_moe},
    Family{.model_type = "smollm3",
           .architecture = "SmolLM3ForCausalLM",
           .span = SpanRule::NoRopeSlides,
           .no_rope_layers = true,
           .mlp_bias_by_field = true,
           .defaults = smollm3},
};

} // namespace

std::span<const Family> families() {
    return family_table;
}

const Family* find_family(std::string_view model_type) {
    const auto it = std::lower_bound(
        family_table.begin(), family_table.end(), model_type,
        [](const Family& family, std::string_view name) { return family.model_type < name; });
    return it != family_table.end() && it->model_type == model_type ? &*it : nullptr;
}

std::string_view text_model_type(std::string_view model_type) {
    if (model_type == "gemma3") {
        return "gemma3_text";
    }
    if (model_type == "gemma3n") {
        return "gemma3n_text";
    }
    if (model_type == "llama4") {
        return "llama4_text";
    }
    return model_type;
}

} // namespace headroom
