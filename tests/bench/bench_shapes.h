// SPDX-License-Identifier: GPL-3.0-or-later
// The designs that the engine's benchmarks run.
#pragma once

#include "core/config/model_config.h"

#include <cstring>
#include <vector>

namespace headroom {

struct BenchShape {
    const char* name;
    ModelConfig config;
};

inline ModelConfig bench_config(const char* type, std::int64_t hidden, std::int64_t ffn,
                                std::int64_t layers, std::int64_t heads, std::int64_t kv_heads,
                                std::int64_t head_dim, std::int64_t vocab) {
    ModelConfig config;
    config.model_type = type;
    config.hidden_size = hidden;
    config.intermediate_size = ffn;
    config.num_hidden_layers = layers;
    config.num_attention_heads = heads;
    config.num_key_value_heads = kv_heads;
    config.head_dim = head_dim;
    config.vocab_size = vocab;
    config.max_position_embeddings = 4096;
    config.tie_word_embeddings = true;
    config.use_qk_norm = std::strncmp(type, "qwen3", 5) == 0;
    return config;
}

/// T1 to T4: full heads and a large vocabulary, shared heads, wide, experts.
inline std::vector<BenchShape> peer_shapes() {
    std::vector<BenchShape> all = {{"T1", bench_config("llama", 288, 768, 6, 6, 6, 48, 32000)},
                                   {"T2", bench_config("llama", 512, 1536, 8, 8, 2, 64, 8192)},
                                   {"T3", bench_config("qwen3", 1024, 3072, 8, 16, 8, 128, 16384)},
                                   {"T4", bench_config("qwen3_moe", 512, 192, 8, 8, 2, 64, 8192)}};
    ModelConfig& experts = all.back().config;
    experts.num_experts = 32;
    experts.num_experts_per_tok = 4;
    experts.moe_intermediate_size = 192;
    experts.norm_topk_prob = true;
    return all;
}

/// The same and two more: sliding windows, and few layers with one KV head.
inline std::vector<BenchShape> bench_shapes() {
    std::vector<BenchShape> all = peer_shapes();
    all.push_back({"T5", bench_config("mistral", 768, 2048, 6, 12, 4, 64, 16384)});
    all.back().config.sliding_window = 256;
    all.push_back({"T6", bench_config("llama", 384, 1024, 12, 6, 1, 64, 4096)});
    return all;
}

} // namespace headroom
