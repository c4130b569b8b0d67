// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of attention a layer can have, each with exactly the fields it means.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace headroom {

enum class SpanKind { Full, Sliding, Chunked };

/// Which earlier tokens a query sees. Sliding: the last `size`, itself included. Chunked: those of
/// its own block of `size` tokens (Llama 4).
struct AttentionSpan {
    SpanKind kind = SpanKind::Full;
    std::int64_t size = 0; ///< tokens; 0 for Full
    friend bool operator==(const AttentionSpan&, const AttentionSpan&) = default;
};

/// Dynamic and LongRope change angles with the length that is run; counts do not depend on them.
enum class RopeType { Default, Linear, Dynamic, Yarn, Llama3, LongRope };

/// Rotary position embedding (Su et al. 2021, arXiv:2104.09864) of one layer.
struct RotarySpec {
    std::int64_t rotary_dim = 0; ///< leading dimensions of a head that turn
    double theta = 10000.0;
    bool interleaved = false; ///< pairs (2i, 2i+1) instead of (i, i + rotary_dim/2)
    RopeType type = RopeType::Default;
    double factor = 1.0;
    /// The trained length; of Dynamic it is max_position_embeddings.
    std::int64_t original_max_position_embeddings = 0;
    double beta_fast = 32.0;
    double beta_slow = 1.0;
    bool truncate = true;
    double low_freq_factor = 1.0;
    double high_freq_factor = 4.0;
    double attention_factor = 1.0;    ///< multiplies cos and sin (YaRN, LongRoPE)
    std::vector<double> short_factor; ///< LongRoPE: divides each frequency up to the trained length
    std::vector<double>
        long_factor; ///< and in sequences longer than original_max_position_embeddings
    friend bool operator==(const RotarySpec&, const RotarySpec&) = default;
};

enum class QkNorm {
    None,
    PerHead,   ///< one weight of head_dim, shared by the heads (Qwen3, Gemma 3, GLM-4-MoE)
    FullWidth, ///< one weight over all heads at once (OLMo 2)
    L2,        ///< no weight, after RoPE, only where RoPE is used (Llama 4)
};

/// Llama 4's scaling of queries by position in layers without RoPE:
/// 1 + attn_scale * log(floor((position + 1) / floor_scale) + 1).
struct TemperatureTuning {
    double floor_scale = 8192.0;
    double attn_scale = 0.1;
    friend bool operator==(const TemperatureTuning&, const TemperatureTuning&) = default;
};

/// Multi-head, grouped-query and multi-query attention (Ainslie et al. 2023, arXiv:2305.13245):
/// num_key_value_heads = num_attention_heads, between, and 1.
struct GroupedQueryAttention {
    std::int64_t num_attention_heads = 0;
    std::int64_t num_key_value_heads = 0;
    std::int64_t head_dim = 0;
    AttentionSpan span;
    std::optional<RotarySpec> rotary; ///< none: learned positions or NoPE
    QkNorm qk_norm = QkNorm::None;
    bool v_norm = false; ///< Gemma 3n: weightless RMS norm on values
    bool qkv_bias = false;
    bool o_bias = false;
    bool sinks = false;     ///< gpt-oss: one learned logit per head joins the softmax
    bool shares_kv = false; ///< reads another layer's cache and has no k/v projection
    double scaling = 1.0;   ///< factor on q.k before the softmax
    /// GPT-2: layer i divides its scores by i + 1 besides; not in `scaling`, so that layers stay
    /// one kind.
    bool scales_by_inverse_layer = false;
    std::optional<double> logit_softcapping;
    std::optional<TemperatureTuning> temperature;
    friend bool operator==(const GroupedQueryAttention&, const GroupedQueryAttention&) = default;
};

/// Multi-head latent attention (DeepSeek-V2, arXiv:2405.04434, sec. 2.1): the cache keeps
/// kv_lora_rank + qk_rope_head_dim numbers per token, whatever the number of heads.
struct LatentAttention {
    std::int64_t num_attention_heads = 0;
    std::optional<std::int64_t> q_lora_rank; ///< none: one full-rank query projection
    std::int64_t kv_lora_rank = 0;
    std::int64_t qk_nope_head_dim = 0;
    std::int64_t qk_rope_head_dim = 0;
    std::int64_t v_head_dim = 0;
    AttentionSpan span;
    RotarySpec rotary;
    bool attention_bias = false; ///< on q_a_proj, kv_a_proj_with_mqa and o_proj
    double scaling = 1.0;
    friend bool operator==(const LatentAttention&, const LatentAttention&) = default;
};

} // namespace headroom
