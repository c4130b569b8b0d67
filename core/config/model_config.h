// SPDX-License-Identifier: GPL-3.0-or-later
// ModelConfig: one design, as the Hugging Face config.json names its fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// How rotary angles are stretched beyond the trained context (`rope_scaling` / `rope_parameters`).
/// Sources: linear Chen et al. 2023 (arXiv:2306.15595); yarn Peng et al. 2023 (arXiv:2309.00071);
/// llama3 Llama 3.1 release.
struct RopeScaling {
    std::string rope_type = "default"; ///< default, linear, dynamic, yarn, llama3, longrope
    double factor = 1.0;
    std::optional<std::int64_t> original_max_position_embeddings;
    double beta_fast = 32.0;              ///< yarn
    double beta_slow = 1.0;               ///< yarn
    bool truncate = true;                 ///< yarn: round the correction range to whole dimensions
    std::optional<double> mscale;         ///< yarn, DeepSeek
    std::optional<double> mscale_all_dim; ///< yarn, DeepSeek
    std::optional<double> attention_factor;
    double low_freq_factor = 1.0;     ///< llama3
    double high_freq_factor = 4.0;    ///< llama3
    std::vector<double> short_factor; ///< longrope, one per pair of rotary dimensions
    std::vector<double> long_factor;  ///< longrope
    friend bool operator==(const RopeScaling&, const RopeScaling&) = default;
};

/// One design. Every field carries its Hugging Face name; synonyms are resolved on reading. Fields
/// that a family does not use keep their default and are neither written nor shown (see
/// `field_applies`). All sizes are counts of elements.
struct ModelConfig {
    std::string model_type = "llama";

    // Model
    std::int64_t hidden_size = 0;
    std::int64_t num_hidden_layers = 0;
    std::int64_t vocab_size = 0;
    std::int64_t max_position_embeddings = 2048;
    bool tie_word_embeddings = false;
    std::int64_t type_vocab_size = 0; ///< BERT's segment embeddings

    // Attention
    std::int64_t num_attention_heads = 0;
    std::int64_t num_key_value_heads = 0;
    std::int64_t head_dim = 0;
    bool attention_bias = false;
    bool attention_out_bias = false;               ///< Seed-OSS: of the output projection
    bool use_qk_norm = false;                      ///< Llama 4, GLM-4-MoE
    std::optional<double> query_pre_attn_scalar;   ///< Gemma: scores are scaled by this ^ -1/2
    std::optional<double> attn_logit_softcapping;  ///< Gemma 2
    std::optional<double> final_logit_softcapping; ///< Gemma 2, 3n
    bool attn_temperature_tuning = false;          ///< Llama 4, layers without RoPE
    double floor_scale = 8192.0;
    double attn_scale = 0.1;
    bool scale_attn_weights = true;               ///< GPT-2: false leaves scores as they are
    bool scale_attn_by_inverse_layer_idx = false; ///< GPT-2: layer i divides scores by i + 1

    // Which tokens a layer attends to
    std::vector<std::string> layer_types; ///< empty: derived from the family's pattern
    std::optional<std::int64_t> sliding_window;
    bool use_sliding_window = false;         ///< Qwen2, Qwen3, SmolLM3
    std::int64_t max_window_layers = 0;      ///< Qwen2, Qwen3: layers from this one on slide
    std::int64_t sliding_window_pattern = 0; ///< every n-th layer is global
    std::optional<std::int64_t> attention_chunk_size; ///< Llama 4
    std::int64_t num_kv_shared_layers = 0; ///< Gemma 3n: last layers that reuse an earlier cache

    // Multi-head latent attention (DeepSeek-V2, arXiv:2405.04434, sec. 2.1)
    std::optional<std::int64_t> q_lora_rank;
    std::int64_t kv_lora_rank = 0;
    std::int64_t qk_nope_head_dim = 0;
    std::int64_t qk_rope_head_dim = 0;
    std::int64_t v_head_dim = 0;

    // Position
    double rope_theta = 10000.0;
    double rope_local_base_freq = 10000.0; ///< Gemma 3: theta of sliding layers
    bool rope_interleave = true;           ///< DeepSeek-V3: adjacent dimensions are paired
    RopeScaling rope_scaling;
    double partial_rotary_factor = 1.0;
    std::vector<std::int64_t> no_rope_layers; ///< 1 = RoPE is used, 0 = NoPE (the Hub's meaning)
    std::int64_t no_rope_layer_interval = 0;

    // Feed-forward
    std::int64_t intermediate_size = 0;
    std::vector<std::int64_t> intermediate_sizes; ///< per layer (Gemma 3n); empty: all the same
    std::int64_t intermediate_size_mlp = 0;       ///< Llama 4: width of the dense layers
    std::string hidden_act = "silu";
    bool mlp_bias = false;
    std::vector<double> activation_sparsity_pattern; ///< Gemma 3n
    std::optional<double> swiglu_limit;              ///< gpt-oss

    // Experts
    std::int64_t num_experts = 0;
    std::int64_t num_experts_per_tok = 0;
    std::int64_t moe_intermediate_size = 0;
    std::int64_t n_shared_experts = 0;
    std::int64_t first_k_dense_replace = 0;
    std::int64_t moe_layer_freq = 1;
    std::int64_t decoder_sparse_step = 1;
    std::vector<std::int64_t> mlp_only_layers;
    std::int64_t interleave_moe_layer_step = 1;
    std::vector<std::int64_t> moe_layers; ///< Llama 4; empty: derived from the step
    std::int64_t n_group = 1;
    std::int64_t topk_group = 1;
    std::string topk_method;  ///< greedy, group_limited_greedy, noaux_tc
    std::string scoring_func; ///< softmax, sigmoid
    bool norm_topk_prob = false;
    double routed_scaling_factor = 1.0;
    std::int64_t num_nextn_predict_layers = 0; ///< multi-token-prediction modules

    // Normalisation
    double rms_norm_eps = 1e-6; ///< also the epsilon of LayerNorm families

    // Gemma 3n
    std::int64_t hidden_size_per_layer_input = 0;
    std::int64_t vocab_size_per_layer_input = 0;
    std::int64_t altup_num_inputs = 0;
    std::int64_t altup_active_idx = 0;
    std::optional<double> altup_coef_clip;
    bool altup_correct_scale = true;
    std::int64_t laurel_rank = 0;

    friend bool operator==(const ModelConfig&, const ModelConfig&) = default;
};

} // namespace headroom
