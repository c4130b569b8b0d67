// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/expand.h"

#include "core/config/families.h"
#include "core/config/layer_patterns.h"
#include "core/config/layer_queries.h"
#include "core/config/validate.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

Activation activation_from(const std::string& name) {
    if (name == "gelu") {
        return Activation::Gelu;
    }
    if (name == "relu" || name == "relu2") {
        return Activation::Relu;
    }
    return name == "silu" || name == "swish" ? Activation::Silu : Activation::GeluTanh;
}

RopeType rope_type_from(const std::string& name) {
    if (name == "linear") {
        return RopeType::Linear;
    }
    if (name == "dynamic") {
        return RopeType::Dynamic;
    }
    if (name == "yarn") {
        return RopeType::Yarn;
    }
    if (name == "llama3") {
        return RopeType::Llama3;
    }
    return name == "longrope" ? RopeType::LongRope : RopeType::Default;
}

/// YaRN's temperature (arXiv:2309.00071, sec. 3.4): 0.1 * mscale * ln(factor) + 1.
double yarn_mscale(double factor, double mscale) {
    return factor <= 1.0 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0;
}

/// LongRoPE's (arXiv:2402.13753, sec. 3.4): sqrt(1 + ln(factor) / ln(trained length)); without a
/// factor it is the ratio of the two lengths.
double longrope_attention_factor(const RopeScaling& scaling, std::int64_t length) {
    const auto trained =
        static_cast<double>(scaling.original_max_position_embeddings.value_or(length));
    const double factor =
        scaling.factor != 1.0 ? scaling.factor : static_cast<double>(length) / trained;
    return factor <= 1.0 ? 1.0 : std::sqrt(1.0 + std::log(factor) / std::log(trained));
}

double attention_factor(const RopeScaling& scaling, std::int64_t max_position_embeddings) {
    if (scaling.rope_type != "yarn" && scaling.rope_type != "longrope") {
        return 1.0; // the others ignore an attention_factor
    }
    if (scaling.attention_factor) {
        return *scaling.attention_factor;
    }
    if (scaling.rope_type == "longrope") {
        return longrope_attention_factor(scaling, max_position_embeddings);
    }
    if (scaling.mscale.value_or(0) != 0 && scaling.mscale_all_dim.value_or(0) != 0) {
        return yarn_mscale(scaling.factor, *scaling.mscale) /
               yarn_mscale(scaling.factor, *scaling.mscale_all_dim);
    }
    return yarn_mscale(scaling.factor, 1.0);
}

RotarySpec rotary(const ModelConfig& config, const Family& family, std::int64_t dim,
                  bool is_local) {
    RotarySpec spec;
    spec.rotary_dim = family.partial_rotary ? partial_rotary_dim(config, dim) : dim;
    spec.theta = is_local ? config.rope_local_base_freq : config.rope_theta;
    spec.interleaved = family.interleaved_rope && (family.may_have(AttentionKind::Grouped) ||
                                                   !family.has_mtp || config.rope_interleave);
    if (is_local) {
        return spec;
    }
    const RopeScaling& scaling = config.rope_scaling;
    spec.type = rope_type_from(scaling.rope_type);
    spec.factor = scaling.factor;
    spec.original_max_position_embeddings =
        spec.type == RopeType::Dynamic // stretches from there, whatever else the file says
            ? config.max_position_embeddings
            : scaling.original_max_position_embeddings.value_or(config.max_position_embeddings);
    spec.beta_fast = scaling.beta_fast;
    spec.beta_slow = scaling.beta_slow;
    spec.truncate = scaling.truncate;
    spec.low_freq_factor = scaling.low_freq_factor;
    spec.high_freq_factor = scaling.high_freq_factor;
    spec.attention_factor = attention_factor(scaling, config.max_position_embeddings);
    spec.short_factor = scaling.short_factor;
    spec.long_factor = scaling.long_factor;
    return spec;
}

bool has_bias(BiasRule rule, const ModelConfig& config) {
    return rule == BiasRule::Always || (rule == BiasRule::AttentionBias && config.attention_bias) ||
           (rule == BiasRule::AttentionOutBias && config.attention_out_bias);
}

AttentionSpan span_from(const ModelConfig& config, SpanKind kind) {
    switch (kind) {
    case SpanKind::Full:
        return {};
    case SpanKind::Sliding:
        return {SpanKind::Sliding, config.sliding_window.value_or(0)};
    case SpanKind::Chunked:
        return {SpanKind::Chunked, config.attention_chunk_size.value_or(0)};
    }
    return {};
}

/// What makes a layer differ from another of the same design.
struct LayerKey {
    AttentionKind attention = AttentionKind::Grouped;
    SpanKind span = SpanKind::Full;
    bool uses_rope = false;
    bool has_experts = false;
    bool shares_kv = false;
    std::int64_t intermediate_size = 0;
    double activation_sparsity = 0;
    friend bool operator==(const LayerKey&, const LayerKey&) = default;
};

LayerKey layer_key(const ModelConfig& config, const Family& family, std::int64_t index) {
    const auto i = static_cast<std::size_t>(index);
    LayerKey key;
    key.attention = layer_attention(config, family, index);
    key.span = layer_span(config, family, index);
    key.uses_rope = layer_uses_rope(config, family, index);
    key.has_experts = layer_has_experts(config, family, index);
    key.shares_kv = index >= config.num_hidden_layers - config.num_kv_shared_layers;
    key.intermediate_size =
        config.intermediate_sizes.empty() ? config.intermediate_size : config.intermediate_sizes[i];
    key.activation_sparsity =
        config.activation_sparsity_pattern.empty() ? 0.0 : config.activation_sparsity_pattern[i];
    return key;
}

LatentAttention latent_attention(const ModelConfig& config, const Family& family) {
    LatentAttention mla;
    mla.num_attention_heads = config.num_attention_heads;
    mla.q_lora_rank = config.q_lora_rank;
    mla.kv_lora_rank = config.kv_lora_rank;
    mla.qk_nope_head_dim = config.qk_nope_head_dim;
    mla.qk_rope_head_dim = config.qk_rope_head_dim;
    mla.v_head_dim = config.v_head_dim;
    mla.rotary = rotary(config, family, config.qk_rope_head_dim, false);
    mla.attention_bias = config.attention_bias;
    mla.scaling =
        1.0 / std::sqrt(static_cast<double>(config.qk_nope_head_dim + config.qk_rope_head_dim));
    const RopeScaling& scaling = config.rope_scaling;
    if (scaling.rope_type != "default" && scaling.mscale_all_dim.value_or(0) != 0) {
        // Beside cos and sin, where mscale and mscale_all_dim cancel, the scores are tempered
        // too.
        const double mscale = yarn_mscale(scaling.factor, *scaling.mscale_all_dim);
        mla.scaling *= mscale * mscale;
    }
    return mla;
}

GroupedQueryAttention grouped_attention(const ModelConfig& config, const Family& family,
                                        const LayerKey& key) {
    GroupedQueryAttention gqa;
    gqa.num_attention_heads = config.num_attention_heads;
    gqa.num_key_value_heads = config.num_key_value_heads;
    gqa.head_dim = config.head_dim;
    gqa.span = span_from(config, key.span);
    if (key.uses_rope) {
        gqa.rotary = rotary(config, family, config.head_dim,
                            family.local_rope && key.span == SpanKind::Sliding);
    }
    switch (family.qk_norm) {
    case QkNormRule::None:
        break;
    case QkNormRule::PerHead:
        gqa.qk_norm = QkNorm::PerHead;
        break;
    case QkNormRule::PerHeadIfUsed:
        gqa.qk_norm = config.use_qk_norm ? QkNorm::PerHead : QkNorm::None;
        break;
    case QkNormRule::FullWidth:
        gqa.qk_norm = QkNorm::FullWidth;
        break;
    case QkNormRule::L2IfUsed:
        gqa.qk_norm = config.use_qk_norm && key.uses_rope ? QkNorm::L2 : QkNorm::None;
        break;
    }
    gqa.qkv_bias = has_bias(family.qkv_bias, config);
    gqa.o_bias = has_bias(family.o_bias, config);
    gqa.shares_kv = key.shares_kv;
    gqa.scaling =
        1.0 /
        std::sqrt(config.query_pre_attn_scalar.value_or(static_cast<double>(config.head_dim)));
    if (family.caps_scores) {
        gqa.logit_softcapping = config.attn_logit_softcapping;
    }
    if (family.unit_scores || (family.score_switches && !config.scale_attn_weights)) {
        gqa.scaling = 1.0;
    }
    gqa.scales_by_inverse_layer = family.score_switches && config.scale_attn_by_inverse_layer_idx;
    gqa.sinks = family.sinks;
    gqa.v_norm = family.v_norm;
    if (config.attn_temperature_tuning && !key.uses_rope) {
        gqa.temperature = TemperatureTuning{config.floor_scale, config.attn_scale};
    }
    return gqa;
}

SubLayerKind attention(const ModelConfig& config, const Family& family, const LayerKey& key) {
    switch (key.attention) {
    case AttentionKind::Grouped:
        return grouped_attention(config, family, key);
    case AttentionKind::Latent:
        return latent_attention(config, family);
    }
    return grouped_attention(config, family, key);
}

Routing routing(const ModelConfig& config, const Family& family) {
    Routing r;
    switch (family.moe) {
    case MoeRule::None:
        break;
    case MoeRule::Every: // mixtral, gpt_oss: weights of the chosen experts sum to one
        r.norm_topk_prob = !family.has_norm_topk || config.norm_topk_prob;
        r.softmax_after_topk = family.softmax_after_topk;
        break;
    case MoeRule::SparseStep:
        r.norm_topk_prob = config.norm_topk_prob;
        break;
    case MoeRule::Interleaved:
        r.scoring = Scoring::Sigmoid;
        r.scales_input = true;
        break;
    case MoeRule::FirstDense:
        r.n_group = config.n_group;
        r.topk_group = config.topk_group;
        r.routed_scaling_factor = config.routed_scaling_factor;
        if (family.sigmoid_router) { // deepseek_v3 and its kin
            r.norm_topk_prob = config.norm_topk_prob;
        } else if (config.topk_method == "group_limited_greedy") {
            r.selection = ExpertSelection::GroupLimitedGreedy;
        }
        break;
    }
    if (family.sigmoid_router) {
        r.scoring = Scoring::Sigmoid;
        r.selection = ExpertSelection::GroupLimitedTop2;
        r.correction_bias = true;
    }
    return r;
}

SubLayerKind feed_forward(const ModelConfig& config, const Family& family, const LayerKey& key) {
    const Activation activation = activation_from(config.hidden_act);
    const bool squared = config.hidden_act == "relu2";
    if (key.has_experts) {
        MixtureOfExperts moe;
        moe.num_experts = config.num_experts;
        moe.num_experts_per_tok = config.num_experts_per_tok;
        moe.activation = activation;
        moe.squared = squared;
        moe.routing = routing(config, family);
        moe.layout = family.expert_layout;
        moe.bias = family.expert_bias;
        switch (family.moe) {
        case MoeRule::None:
            break;
        case MoeRule::Every:
            moe.moe_intermediate_size = config.intermediate_size;
            moe.swiglu_limit = config.swiglu_limit;
            break;
        case MoeRule::SparseStep:
            moe.moe_intermediate_size = config.moe_intermediate_size;
            break;
        case MoeRule::FirstDense:
            moe.moe_intermediate_size = config.moe_intermediate_size;
            moe.shared_intermediate_size = config.n_shared_experts * config.moe_intermediate_size;
            break;
        case MoeRule::Interleaved:
            moe.moe_intermediate_size = config.intermediate_size;
            moe.shared_intermediate_size = config.intermediate_size;
            break;
        }
        return moe;
    }
    DenseFeedForward dense;
    dense.intermediate_size =
        family.moe == MoeRule::Interleaved ? config.intermediate_size_mlp : key.intermediate_size;
    dense.activation = activation;
    dense.squared = squared;
    dense.gated = family.gated;
    dense.bias = family.mlp_bias_always || (family.mlp_bias_by_field && config.mlp_bias) ||
                 (family.mlp_bias_of_attention && config.attention_bias);
    dense.activation_sparsity = key.activation_sparsity;
    return dense;
}

SubLayerNorms norms(const ModelConfig& config, const Family& family) {
    SubLayerNorms norms;
    norms.norm = {family.norm, config.rms_norm_eps};
    switch (family.placement) {
    case NormPlacement::Pre:
        norms.input = true;
        break;
    case NormPlacement::Post:
        norms.stream = true;
        break;
    case NormPlacement::Output:
        norms.output = true;
        break;
    case NormPlacement::Sandwich:
        norms.input = norms.output = true;
        break;
    }
    return norms;
}

LayerSpec layer(const ModelConfig& config, const Family& family, const LayerKey& key) {
    LayerSpec spec;
    const SubLayerNorms around = norms(config, family);
    spec.sub_layers.reserve(2);
    spec.sub_layers.emplace_back(attention(config, family, key), SubLayerInput::Stream, around);
    spec.sub_layers.emplace_back(feed_forward(config, family, key), SubLayerInput::Stream, around);
    if (family.has_altup) {
        spec.residual = AltUpSpec{config.altup_num_inputs, config.altup_active_idx,
                                  config.altup_coef_clip,  config.altup_correct_scale,
                                  config.laurel_rank,      config.hidden_size_per_layer_input};
    }
    return spec;
}

/// Index of the part that `is_same` finds, or of a new one.
template <class IsSame>
std::uint16_t find_part(std::vector<LayerPart>& parts, std::size_t kind, std::size_t sub_layer,
                        IsSame is_same) {
    const auto found = std::find_if(parts.begin(), parts.end(), is_same);
    const auto index = static_cast<std::uint16_t>(found - parts.begin());
    if (found == parts.end()) {
        parts.push_back({static_cast<std::int32_t>(kind), static_cast<std::int32_t>(sub_layer), 0});
    }
    return index;
}

/// Which parts of earlier kinds this one has again.
void find_parts_of(ModelSpec& spec, std::size_t kind) {
    LayerKind& added = spec.kinds[kind];
    for (std::size_t i = 0; i < added.spec.sub_layers.size(); ++i) {
        added.parts[i] = find_part(spec.parts, kind, i, [&](const LayerPart& part) {
            return cost_the_same(spec.sub_layer_of(part), added.spec.sub_layers[i]);
        });
        spec.parts[added.parts[i]].count += added.count;
    }
    added.residual = find_part(spec.residuals, kind, 0, [&](const LayerPart& part) {
        return spec.layer_of(part).residual == added.spec.residual;
    });
    spec.residuals[added.residual].count += added.count;
}

/// Gemma 3n: each of the last layers reads the cache of the last earlier layer of its own span.
void find_kv_sources(const ModelConfig& config, const Family& family, ModelSpec& spec) {
    const std::int64_t first_shared = config.num_hidden_layers - config.num_kv_shared_layers;
    spec.kv_source.resize(static_cast<std::size_t>(config.num_hidden_layers));
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        std::int64_t source = i;
        for (std::int64_t j = first_shared - 1; i >= first_shared && j >= 0; --j) {
            if (layer_span(config, family, j) == layer_span(config, family, i)) {
                source = j;
                break;
            }
        }
        spec.kv_source[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(source);
    }
}

} // namespace

Result<ModelSpec> expand_layers(const ModelConfig& config) {
    if (Status status = check_config(config); !status) {
        return status.error();
    }
    const Family& family = *find_family(config.model_type);
    ModelSpec spec;
    spec.model_type = config.model_type;
    spec.naming = family.naming;
    spec.hidden_size = config.hidden_size;
    spec.vocab_size = config.vocab_size;
    spec.max_position_embeddings = config.max_position_embeddings;
    spec.learned_positions = family.has_rotary ? 0 : config.max_position_embeddings;
    spec.token_types = family.is_encoder ? config.type_vocab_size : 0;
    spec.embedding_scale =
        family.scales_embedding ? std::sqrt(static_cast<double>(config.hidden_size)) : 1.0;
    spec.tie_word_embeddings = config.tie_word_embeddings;
    spec.is_encoder = family.is_encoder;
    spec.final_norm = {family.norm, config.rms_norm_eps};
    spec.final_logit_softcapping = config.final_logit_softcapping;
    spec.per_layer_vocab = config.vocab_size_per_layer_input;
    spec.num_nextn_predict_layers = config.num_nextn_predict_layers;

    spec.kind_of_layer.reserve(static_cast<std::size_t>(config.num_hidden_layers));
    std::vector<LayerKey> keys;
    for (std::int64_t i = 0; i < config.num_hidden_layers; ++i) {
        const LayerKey key = layer_key(config, family, i);
        std::size_t kind = 0;
        while (kind < keys.size() && !(keys[kind] == key)) {
            ++kind;
        }
        if (kind == keys.size()) {
            keys.push_back(key);
            spec.kinds.emplace_back(layer(config, family, key), 0, i);
        }
        ++spec.kinds[kind].count;
        spec.kind_of_layer.push_back(static_cast<std::uint16_t>(kind));
    }
    find_parts(spec);
    if (config.num_kv_shared_layers > 0) {
        find_kv_sources(config, family, spec);
    }
    return spec;
}

void find_parts(ModelSpec& spec) {
    spec.parts.clear();
    spec.residuals.clear();
    spec.parts.reserve(2 * spec.kinds.size());
    for (std::size_t kind = 0; kind < spec.kinds.size(); ++kind) {
        find_parts_of(spec, kind);
    }
}

std::vector<std::string> supported_model_types() {
    std::vector<std::string> names;
    for (const Family& family : families()) {
        names.emplace_back(family.model_type);
    }
    return names;
}

} // namespace headroom
