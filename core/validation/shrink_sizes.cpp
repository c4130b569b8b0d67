// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validation/shrink_sizes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headroom {
namespace {

constexpr std::int64_t width_step = 8; ///< widths are multiples of it where the original is wider

std::int64_t to_step(double value, std::int64_t step) {
    return std::llround(value / static_cast<double>(step)) * step;
}

double real(std::int64_t value) {
    return static_cast<double>(value);
}

/// Sets fields of the tiny design and notes each change.
class Sizes {
public:
    Sizes(ModelConfig& tiny, std::vector<ShrunkField>& fields)
        : m_tiny(tiny)
        , m_fields(fields) {}

    void set(std::string_view name, std::int64_t ModelConfig::*member, std::int64_t value,
             double exact) {
        note(name, real(m_tiny.*member), real(value), exact);
        m_tiny.*member = value;
    }
    void set(std::string_view name, std::optional<std::int64_t> ModelConfig::*member,
             std::int64_t value, double exact) {
        note(name, real((m_tiny.*member).value_or(0)), real(value), exact);
        m_tiny.*member = value;
    }
    void set(std::string_view name, double ModelConfig::*member, double value, double exact) {
        note(name, m_tiny.*member, value, exact);
        m_tiny.*member = value;
    }
    /// A width in proportion: a multiple of 8, never wider than the original, never below 8.
    void width(std::string_view name, std::int64_t ModelConfig::*member, double scale) {
        const std::int64_t original = m_tiny.*member;
        if (original > 0) {
            set(name, member, scaled(original, scale, width_step), real(original) * scale);
        }
    }
    static std::int64_t scaled(std::int64_t original, double scale, std::int64_t step) {
        return scale >= 1.0 ? original
                            : std::clamp(to_step(real(original) * scale, step),
                                         std::min(step, original), original);
    }

private:
    void note(std::string_view name, double original, double tiny, double exact) {
        if (original != tiny) {
            m_fields.push_back({name, original, tiny, exact});
        }
    }
    ModelConfig& m_tiny;
    std::vector<ShrunkField>& m_fields;
};

/// Heads by a width's scale, given how far a head itself shrank; whole groups of query heads.
std::int64_t shrunk_heads(std::int64_t heads, double scale) {
    // Two stay where there were two: one head alone would be another kind of attention.
    return std::clamp<std::int64_t>(std::llround(real(heads) * scale),
                                    std::min<std::int64_t>(heads, 2), heads);
}

/// Multi-head, grouped-query and multi-query attention. Returns the scale of all heads together.
double scale_grouped(const ModelConfig& original, const Family& family, double scale,
                     Sizes& sizes) {
    const std::int64_t dim = original.head_dim;
    std::int64_t tiny_dim = Sizes::scaled(dim, std::sqrt(scale), width_step);
    if (family.partial_rotary) { // the rotary part must be even
        const auto odd = [&](std::int64_t d) {
            return static_cast<std::int64_t>(real(d) * original.partial_rotary_factor) % 2 != 0;
        };
        while (tiny_dim < dim && odd(tiny_dim)) {
            ++tiny_dim;
        }
    }
    const double dim_scale = real(tiny_dim) / real(dim);
    const std::int64_t group = original.num_attention_heads / original.num_key_value_heads;
    const std::int64_t kv = shrunk_heads(original.num_key_value_heads, scale / dim_scale);
    sizes.set("num_attention_heads", &ModelConfig::num_attention_heads, kv * group,
              real(kv * group));
    sizes.set("num_key_value_heads", &ModelConfig::num_key_value_heads, kv, real(kv));
    sizes.set("head_dim", &ModelConfig::head_dim, tiny_dim, real(tiny_dim));
    return real(kv * group * tiny_dim) / real(original.num_attention_heads * dim);
}

/// Multi-head latent attention: head sizes keep nope : rope : value, ranks follow the width.
double scale_latent(const ModelConfig& original, double scale, Sizes& sizes) {
    const std::int64_t rope = original.qk_rope_head_dim;
    const std::int64_t tiny_rope = Sizes::scaled(rope, std::sqrt(scale), 2);
    const double dim_scale = real(tiny_rope) / real(rope);
    const std::int64_t heads = shrunk_heads(original.num_attention_heads, scale / dim_scale);
    const auto part = [&](std::string_view name, std::int64_t ModelConfig::*member) {
        const double exact = real(original.*member) * dim_scale;
        sizes.set(name, member, std::max<std::int64_t>(1, std::llround(exact)), exact);
    };
    sizes.set("num_attention_heads", &ModelConfig::num_attention_heads, heads, real(heads));
    sizes.set("num_key_value_heads", &ModelConfig::num_key_value_heads, heads, real(heads));
    const double reached = real(heads) * dim_scale / real(original.num_attention_heads);
    if (original.q_lora_rank) {
        sizes.set("q_lora_rank", &ModelConfig::q_lora_rank,
                  Sizes::scaled(*original.q_lora_rank, reached, width_step),
                  real(*original.q_lora_rank) * reached);
    }
    sizes.width("kv_lora_rank", &ModelConfig::kv_lora_rank, reached);
    part("qk_nope_head_dim", &ModelConfig::qk_nope_head_dim);
    sizes.set("qk_rope_head_dim", &ModelConfig::qk_rope_head_dim, tiny_rope, real(tiny_rope));
    part("v_head_dim", &ModelConfig::v_head_dim);
    return reached;
}

/// Whether routing can work: whole groups, and enough experts in those that are chosen.
bool routes(const ModelConfig& config, std::int64_t experts, std::int64_t per_token) {
    const std::int64_t groups = std::max<std::int64_t>(1, config.n_group);
    return experts % groups == 0 &&
           (groups == 1 ||
            (experts / groups >= 2 && experts / groups * config.topk_group >= per_token));
}

/// Experts and experts per token in the same proportion, exactly; shared experts as near as whole
/// ones allow.
void scale_experts(const ModelConfig& original, double scale, Sizes& sizes) {
    const std::int64_t unit =
        std::gcd(original.num_experts, original.num_experts_per_tok); // steps of the proportion
    const std::int64_t experts = original.num_experts / unit;
    const std::int64_t per_token = original.num_experts_per_tok / unit;
    std::int64_t steps = std::clamp<std::int64_t>(std::llround(real(unit) * scale), 1, unit);
    // One expert per token would be another kind of routing where there were several.
    const std::int64_t least = std::min<std::int64_t>(2, original.num_experts_per_tok);
    while (steps < unit &&
           (steps * per_token < least || !routes(original, steps * experts, steps * per_token))) {
        ++steps;
    }
    sizes.set("num_experts", &ModelConfig::num_experts, steps * experts, real(steps * experts));
    sizes.set("num_experts_per_tok", &ModelConfig::num_experts_per_tok, steps * per_token,
              real(steps * per_token));
    if (original.n_shared_experts > 0) {
        const double exact = real(original.n_shared_experts * steps) / real(unit);
        sizes.set("n_shared_experts", &ModelConfig::n_shared_experts,
                  std::max<std::int64_t>(1, std::llround(exact)), exact);
    }
}

/// Trained context, windows, chunks and the lengths that rotary scaling knows, all by one factor.
void scale_lengths(const ModelConfig& original, std::int64_t context, Sizes& sizes,
                   ModelConfig& tiny) {
    const std::int64_t positions =
        std::min(original.max_position_embeddings, std::max<std::int64_t>(context, 1));
    const double factor = real(positions) / real(original.max_position_embeddings);
    const auto length = [&](std::int64_t value) {
        return std::clamp(static_cast<std::int64_t>(std::llround(real(value) * factor)),
                          std::min<std::int64_t>(value, width_step), value);
    };
    sizes.set("max_position_embeddings", &ModelConfig::max_position_embeddings, positions,
              real(positions));
    if (original.sliding_window) {
        sizes.set("sliding_window", &ModelConfig::sliding_window, length(*original.sliding_window),
                  real(*original.sliding_window) * factor);
    }
    if (original.attention_chunk_size) {
        sizes.set("attention_chunk_size", &ModelConfig::attention_chunk_size,
                  length(*original.attention_chunk_size),
                  real(*original.attention_chunk_size) * factor);
    }
    if (original.attn_temperature_tuning) {
        const double exact = original.floor_scale * factor;
        sizes.set("floor_scale", &ModelConfig::floor_scale, std::max(1.0, exact), exact);
    }
    if (auto& trained = tiny.rope_scaling.original_max_position_embeddings) {
        trained = std::max<std::int64_t>(1, std::llround(real(*trained) * factor));
    }
}

/// longrope lists a factor for each pair of rotary dimensions.
void resample(std::vector<double>& factors, std::int64_t count) {
    std::vector<double> fewer;
    for (std::int64_t i = 0; !factors.empty() && i < count; ++i) {
        const auto n = static_cast<std::int64_t>(factors.size());
        fewer.push_back(factors[static_cast<std::size_t>(i * n / count)]);
    }
    factors = std::move(fewer);
}

void scale_altup(const ModelConfig& original, double width, double vocabulary, Sizes& sizes,
                 ModelConfig& tiny) {
    sizes.width("hidden_size_per_layer_input", &ModelConfig::hidden_size_per_layer_input, width);
    const double rank = real(original.laurel_rank) * width;
    sizes.set("laurel_rank", &ModelConfig::laurel_rank,
              std::clamp<std::int64_t>(std::llround(rank),
                                       std::min<std::int64_t>(2, original.laurel_rank),
                                       original.laurel_rank),
              rank);
    const double rows = real(original.vocab_size_per_layer_input) * vocabulary;
    sizes.set("vocab_size_per_layer_input", &ModelConfig::vocab_size_per_layer_input,
              std::max<std::int64_t>(1, std::llround(rows)), rows);
    for (std::int64_t& size : tiny.intermediate_sizes) {
        size = Sizes::scaled(size, width, width_step);
    }
}

} // namespace

double scale_sizes(const ModelConfig& original, const Family& family, double scale,
                   std::int64_t context, std::span<const std::int64_t> layers, ModelConfig& tiny,
                   std::vector<ShrunkField>& fields) {
    Sizes sizes(tiny, fields);
    const auto depth = static_cast<std::int64_t>(layers.size());
    sizes.set("num_hidden_layers", &ModelConfig::num_hidden_layers, depth, real(depth));
    const double width = family.may_have(AttentionKind::Latent)
                             ? scale_latent(original, scale, sizes)
                             : scale_grouped(original, family, scale, sizes);
    // Heads that fill the hidden size still do.
    const bool heads_fill =
        family.may_have(AttentionKind::Grouped) &&
        original.hidden_size == original.num_attention_heads * original.head_dim;
    if (heads_fill) {
        const std::int64_t filled = tiny.num_attention_heads * tiny.head_dim;
        sizes.set("hidden_size", &ModelConfig::hidden_size, filled, real(filled));
    } else {
        sizes.width("hidden_size", &ModelConfig::hidden_size, width);
    }
    sizes.width("intermediate_size", &ModelConfig::intermediate_size, width);
    if (family.moe == MoeRule::Interleaved) {
        sizes.width("intermediate_size_mlp", &ModelConfig::intermediate_size_mlp, width);
    }
    if (family.moe == MoeRule::FirstDense || family.moe == MoeRule::SparseStep) {
        sizes.width("moe_intermediate_size", &ModelConfig::moe_intermediate_size, width);
    }
    if (family.moe != MoeRule::None && original.num_experts > 0) {
        scale_experts(original, scale, sizes);
    }
    if (original.query_pre_attn_scalar) {
        // Either the size of a head or hidden_size over the number of heads: scaled as that is.
        const bool is_head = *original.query_pre_attn_scalar == real(original.head_dim);
        tiny.query_pre_attn_scalar =
            is_head ? real(tiny.head_dim)
                    : *original.query_pre_attn_scalar * real(tiny.hidden_size) /
                          real(original.hidden_size) * real(original.num_attention_heads) /
                          real(tiny.num_attention_heads);
    }
    // The vocabulary keeps its share of the work: it shrinks with width and depth.
    constexpr std::int64_t least_vocabulary = 256;
    constexpr std::int64_t vocabulary_step = 64;
    const double exact =
        real(original.vocab_size) * width * real(depth) / real(original.num_hidden_layers);
    const std::int64_t vocabulary =
        width >= 1.0 && depth == original.num_hidden_layers
            ? original.vocab_size
            : std::clamp(to_step(exact, vocabulary_step),
                         std::min(least_vocabulary, original.vocab_size), original.vocab_size);
    sizes.set("vocab_size", &ModelConfig::vocab_size, vocabulary, exact);
    if (original.hidden_size_per_layer_input > 0) {
        scale_altup(original, width, real(vocabulary) / real(original.vocab_size), sizes, tiny);
    }
    scale_lengths(original, context, sizes, tiny);
    const std::int64_t rotary =
        family.may_have(AttentionKind::Latent)
            ? tiny.qk_rope_head_dim
            : static_cast<std::int64_t>(real(tiny.head_dim) *
                                        (family.partial_rotary ? tiny.partial_rotary_factor : 1.0));
    resample(tiny.rope_scaling.short_factor, rotary / 2);
    resample(tiny.rope_scaling.long_factor, rotary / 2);
    return width;
}

} // namespace headroom
