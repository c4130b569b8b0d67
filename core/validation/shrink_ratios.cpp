// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/families.h"
#include "core/config/layer_patterns.h"
#include "core/validation/shrink.h"

#include <cmath>

namespace headroom {
namespace {

double as_double(std::int64_t value) {
    return static_cast<double>(value);
}

/// Layers that see a part of the context, and that see all of it.
std::pair<double, double> local_and_global(const ModelConfig& config, const Family& family) {
    double local = 0;
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        local += layer_span(config, family, i) == SpanKind::Full ? 0.0 : 1.0;
    }
    return {local, as_double(config.num_hidden_layers) - local};
}

std::pair<double, double> dense_and_experts(const ModelConfig& config, const Family& family) {
    double experts = 0;
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        experts += layer_has_experts(config, family, i) ? 1.0 : 0.0;
    }
    return {as_double(config.num_hidden_layers) - experts, experts};
}

/// What one layer's attention looks back at: a window or a chunk; 0: everything.
std::int64_t part_of_context(const ModelConfig& config, const Family& family) {
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        switch (layer_span(config, family, i)) {
        case SpanKind::Full:
            break;
        case SpanKind::Sliding:
            return config.sliding_window.value_or(0);
        case SpanKind::Chunked:
            return config.attention_chunk_size.value_or(0);
        }
    }
    return 0;
}

/// One side of every proportion; `pairs` lists them in one order for both designs.
struct Pair {
    std::string_view id;
    double first = 0;
    double second = 0;
};

std::vector<Pair> pairs(const ModelConfig& c, const Family& family) {
    std::vector<Pair> list;
    const auto add = [&](std::string_view id, double first, double second) {
        list.push_back({id, first, second});
    };
    const std::int64_t head = family.may_have(AttentionKind::Latent)
                                  ? c.qk_nope_head_dim + c.qk_rope_head_dim
                                  : c.head_dim;
    if (family.may_have(AttentionKind::Grouped)) {
        add("heads", as_double(c.num_attention_heads), as_double(c.num_key_value_heads));
    }
    add("query_width", as_double(c.num_attention_heads * head), as_double(c.hidden_size));
    if (family.may_have(AttentionKind::Latent)) {
        if (c.q_lora_rank) {
            add("q_rank", as_double(*c.q_lora_rank), as_double(c.hidden_size));
        }
        add("kv_rank", as_double(c.kv_lora_rank), as_double(c.hidden_size));
        add("rope_part", as_double(c.qk_rope_head_dim), as_double(c.qk_nope_head_dim));
    }
    const bool interleaved = family.moe == MoeRule::Interleaved;
    add("feed_forward", as_double(interleaved ? c.intermediate_size_mlp : c.intermediate_size),
        as_double(c.hidden_size));
    if (family.moe != MoeRule::None && c.num_experts > 0) {
        const bool narrow = family.moe == MoeRule::FirstDense || family.moe == MoeRule::SparseStep;
        add("expert_width", as_double(narrow ? c.moe_intermediate_size : c.intermediate_size),
            as_double(c.hidden_size));
        add("experts", as_double(c.num_experts), as_double(c.num_experts_per_tok));
        if (c.n_shared_experts > 0) {
            add("shared_experts", as_double(c.num_experts_per_tok), as_double(c.n_shared_experts));
        }
        if (c.n_group > 1) {
            add("groups", as_double(c.n_group), as_double(c.topk_group));
        }
        const auto [dense, experts] = dense_and_experts(c, family);
        if (dense > 0) {
            add("dense_layers", dense, experts);
        }
    }
    if (const std::int64_t part = part_of_context(c, family); part > 0) {
        add("window", as_double(part), as_double(c.max_position_embeddings));
        const auto [local, global] = local_and_global(c, family);
        if (global > 0) {
            add("local_layers", local, global);
        }
    }
    if (c.num_kv_shared_layers > 0) {
        add("shared_caches", as_double(c.num_kv_shared_layers), as_double(c.num_hidden_layers));
    }
    if (c.laurel_rank > 0) {
        add("laurel_rank", as_double(c.laurel_rank), as_double(c.hidden_size));
        add("per_layer_input", as_double(c.hidden_size_per_layer_input), as_double(c.hidden_size));
    }
    return list;
}

} // namespace

bool ShrunkRatio::is_kept() const {
    constexpr double tolerance = 0.005;
    return std::abs(original[0] * tiny[1] - tiny[0] * original[1]) <=
           tolerance * original[0] * tiny[1];
}

std::vector<ShrunkRatio> shrunk_ratios(const ModelConfig& original, const ModelConfig& tiny) {
    const Family* family = find_family(original.model_type);
    if (family == nullptr) {
        return {};
    }
    const std::vector<Pair> before = pairs(original, *family);
    const std::vector<Pair> after = pairs(tiny, *family);
    std::vector<ShrunkRatio> ratios;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        ratios.push_back(
            {before[i].id, {before[i].first, before[i].second}, {after[i].first, after[i].second}});
    }
    return ratios;
}

} // namespace headroom
