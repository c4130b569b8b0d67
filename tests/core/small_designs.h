// SPDX-License-Identifier: GPL-3.0-or-later
// Designs so small that every byte of them can be computed by hand. No two sizes are equal where a
// formula could take one for the other.
#pragma once

#include "core/config/expand.h"

#include <QtGlobal>

namespace small_designs {

inline headroom::ModelSpec spec_of(const headroom::ModelConfig& config) {
    auto spec = headroom::expand_layers(config);
    if (!spec) {
        qFatal("%s", spec.error().text().c_str());
    }
    return *spec;
}

/// Llama: 4 layers of hidden size 16, 4 heads of 6 with 2 KV heads, feed-forward 24, vocabulary 40.
///
/// Weights: q 24 x 16 = 384, k and v 12 x 16 = 192 each, o 384; gate, up, down 384 each; two norms
/// of 16: 2336 in a layer. Embedding and head 640 each, last norm 16.
inline headroom::ModelConfig dense() {
    headroom::ModelConfig c;
    c.model_type = "llama";
    c.hidden_size = 16;
    c.num_hidden_layers = 4;
    c.vocab_size = 40;
    c.num_attention_heads = 4;
    c.num_key_value_heads = 2;
    c.head_dim = 6;
    c.intermediate_size = 24;
    return c;
}

/// The same with 8 experts of 10 in each layer, 2 for a token, and QK-norm (Qwen3-MoE).
///
/// Weights: attention 1152 as above, q_norm and k_norm 6 each, router 8 x 16 = 128, experts
/// 8 x 3 x 16 x 10 = 3840, norms 32: 5164 in a layer.
inline headroom::ModelConfig experts() {
    headroom::ModelConfig c = dense();
    c.model_type = "qwen3_moe";
    c.num_experts = 8;
    c.num_experts_per_tok = 2;
    c.moe_intermediate_size = 10;
    return c;
}

/// DeepSeek-V3: 3 layers, 4 heads of 4 + 2 (query and key) and 5 (value), ranks 10 and 6; the first
/// feed-forward dense, the others 8 experts of 12, 2 for a token, and one shared.
///
/// Weights: q_a 10 x 16 = 160 and its norm 10, q_b 24 x 10 = 240, kv_a 8 x 16 = 128 and its norm 6,
/// kv_b 36 x 6 = 216, o 16 x 20 = 320: 1080. Dense 3 x 384 = 1152; router 128, experts 4608, shared
/// 3 x 192 = 576. Norms 32. So 2264 in the first layer, 6424 in the others.
inline headroom::ModelConfig latent() {
    headroom::ModelConfig c;
    c.model_type = "deepseek_v3";
    c.hidden_size = 16;
    c.num_hidden_layers = 3;
    c.vocab_size = 40;
    c.num_attention_heads = 4;
    c.num_key_value_heads = 4;
    c.head_dim = 2;
    c.q_lora_rank = 10;
    c.kv_lora_rank = 6;
    c.qk_nope_head_dim = 4;
    c.qk_rope_head_dim = 2;
    c.v_head_dim = 5;
    c.intermediate_size = 24;
    c.num_experts = 8;
    c.num_experts_per_tok = 2;
    c.moe_intermediate_size = 12;
    c.n_shared_experts = 1;
    c.first_k_dense_replace = 1;
    return c;
}

} // namespace small_designs
