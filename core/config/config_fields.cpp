// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_fields.h"

#include "core/config/families.h"
#include "core/config/feed_forward_spec.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace headroom {
namespace {

using M = ModelConfig;
using enum FieldGroup;
using enum FieldStep;

// Far above any design, far below where products of three sizes leave 64 bits for one tensor.
constexpr std::int64_t max_size = std::int64_t{1} << 31;
constexpr std::int64_t max_layers = 4096;

constexpr auto field_table = std::to_array<FieldInfo>({
    {"model_type", Model, &M::model_type},
    {"hidden_size", Model, &M::hidden_size, 1, max_size, Multiples128, 16384},
    {"num_hidden_layers", Model, &M::num_hidden_layers, 1, max_layers, Units, 128},
    {"max_position_embeddings", Model, &M::max_position_embeddings, 1, max_size, PowersOfTwo,
     1 << 20},

    {"num_attention_heads", Attention, &M::num_attention_heads, 1, 65536, Multiples8, 128},
    {"num_key_value_heads", Attention, &M::num_key_value_heads, 1, 65536, DivisorsOfHeads, 0},
    {"head_dim", Attention, &M::head_dim, 1, 65536, Multiples8, 256},
    {"q_lora_rank", Attention, &M::q_lora_rank, 1, max_size, Multiples64, 4096},
    {"kv_lora_rank", Attention, &M::kv_lora_rank, 1, max_size, Multiples64, 2048},
    {"qk_nope_head_dim", Attention, &M::qk_nope_head_dim, 1, 65536, Multiples8, 256},
    {"qk_rope_head_dim", Attention, &M::qk_rope_head_dim, 2, 65536, Multiples8, 128},
    {"v_head_dim", Attention, &M::v_head_dim, 1, 65536, Multiples8, 256},
    {"sliding_window", Attention, &M::sliding_window, 1, max_size, PowersOfTwo, 131072},
    {"use_sliding_window", Attention, &M::use_sliding_window},
    {"max_window_layers", Attention, &M::max_window_layers, 0, max_layers},
    {"sliding_window_pattern", Attention, &M::sliding_window_pattern, 1, max_layers, Units, 12},
    {"attention_chunk_size", Attention, &M::attention_chunk_size, 1, max_size, PowersOfTwo, 65536},
    {"layer_types", Attention, &M::layer_types},
    {"num_kv_shared_layers", Attention, &M::num_kv_shared_layers, 0, max_layers, Units, 0},
    {"attention_bias", Attention, &M::attention_bias},
    {"attention_out_bias", Attention, &M::attention_out_bias},
    {"use_qk_norm", Attention, &M::use_qk_norm},
    {"query_pre_attn_scalar", Attention, &M::query_pre_attn_scalar},
    {"attn_logit_softcapping", Attention, &M::attn_logit_softcapping},
    {"attn_temperature_tuning", Attention, &M::attn_temperature_tuning},
    {"floor_scale", Attention, &M::floor_scale},
    {"attn_scale", Attention, &M::attn_scale},
    {"scale_attn_weights", Attention, &M::scale_attn_weights},
    {"scale_attn_by_inverse_layer_idx", Attention, &M::scale_attn_by_inverse_layer_idx},

    {"rope_theta", Position, &M::rope_theta},
    {"rope_local_base_freq", Position, &M::rope_local_base_freq},
    {"partial_rotary_factor", Position, &M::partial_rotary_factor},
    {"rope_interleave", Position, &M::rope_interleave},
    {"no_rope_layer_interval", Position, &M::no_rope_layer_interval, 0, max_layers, Units, 12},
    {"no_rope_layers", Position, &M::no_rope_layers, 0, 1},

    {"intermediate_size", FeedForward, &M::intermediate_size, 1, max_size, Multiples128, 65536},
    {"intermediate_sizes", FeedForward, &M::intermediate_sizes, 1, max_size},
    {"intermediate_size_mlp", FeedForward, &M::intermediate_size_mlp, 1, max_size, Multiples128,
     65536},
    {"hidden_act", FeedForward, &M::hidden_act},
    {"mlp_bias", FeedForward, &M::mlp_bias},
    {"activation_sparsity_pattern", FeedForward, &M::activation_sparsity_pattern},
    {"swiglu_limit", FeedForward, &M::swiglu_limit},
    {"laurel_rank", FeedForward, &M::laurel_rank, 1, 65536, Multiples8, 512},
    {"altup_num_inputs", FeedForward, &M::altup_num_inputs, 1, 64, Units, 8},
    {"altup_active_idx", FeedForward, &M::altup_active_idx, 0, 63},
    {"altup_coef_clip", FeedForward, &M::altup_coef_clip},
    {"altup_correct_scale", FeedForward, &M::altup_correct_scale},

    {"num_experts", Experts, &M::num_experts, 1, 65536, Units, 512},
    {"num_experts_per_tok", Experts, &M::num_experts_per_tok, 1, 65536, Units, 32},
    {"moe_intermediate_size", Experts, &M::moe_intermediate_size, 1, max_size, Multiples64, 16384},
    {"n_shared_experts", Experts, &M::n_shared_experts, 0, 1024, Units, 8},
    {"first_k_dense_replace", Experts, &M::first_k_dense_replace, 0, max_layers, Units, 16},
    {"moe_layer_freq", Experts, &M::moe_layer_freq, 1, max_layers},
    {"decoder_sparse_step", Experts, &M::decoder_sparse_step, 1, max_layers, Units, 8},
    {"mlp_only_layers", Experts, &M::mlp_only_layers, 0, max_layers},
    {"interleave_moe_layer_step", Experts, &M::interleave_moe_layer_step, 1, max_layers, Units, 8},
    {"moe_layers", Experts, &M::moe_layers, 0, max_layers},
    {"n_group", Experts, &M::n_group, 1, 65536, Units, 16},
    {"topk_group", Experts, &M::topk_group, 1, 65536, Units, 16},
    {"topk_method", Experts, &M::topk_method},
    {"scoring_func", Experts, &M::scoring_func},
    {"norm_topk_prob", Experts, &M::norm_topk_prob},
    {"routed_scaling_factor", Experts, &M::routed_scaling_factor},
    {"num_nextn_predict_layers", Experts, &M::num_nextn_predict_layers, 0, 64, Units, 4},

    {"rms_norm_eps", Normalisation, &M::rms_norm_eps},
    {"final_logit_softcapping", Normalisation, &M::final_logit_softcapping},

    {"vocab_size", Vocabulary, &M::vocab_size, 1, max_size, Multiples128, 262144},
    {"tie_word_embeddings", Vocabulary, &M::tie_word_embeddings},
    {"type_vocab_size", Vocabulary, &M::type_vocab_size, 0, 65536},
    {"vocab_size_per_layer_input", Vocabulary, &M::vocab_size_per_layer_input, 1, max_size,
     Multiples128, 262144},
    {"hidden_size_per_layer_input", Vocabulary, &M::hidden_size_per_layer_input, 1, max_size,
     Multiples8, 1024},
});

// The one place that knows synonyms.
constexpr auto synonyms = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"n_embd", "hidden_size"},
    {"n_layer", "num_hidden_layers"},
    {"n_head", "num_attention_heads"},
    {"n_positions", "max_position_embeddings"},
    {"n_inner", "intermediate_size"},
    {"activation_function", "hidden_act"},
    {"hidden_activation", "hidden_act"},
    {"layer_norm_epsilon", "rms_norm_eps"},
    {"layer_norm_eps", "rms_norm_eps"},
    {"num_local_experts", "num_experts"},
    {"n_routed_experts", "num_experts"},
    {"experts_per_token", "num_experts_per_tok"},
    {"_sliding_window_pattern", "sliding_window_pattern"},
});

} // namespace

std::span<const FieldInfo> config_fields() {
    return field_table;
}

const FieldInfo* find_field(std::string_view name) {
    const auto synonym = std::find_if(synonyms.begin(), synonyms.end(),
                                      [&](const auto& pair) { return pair.first == name; });
    if (synonym != synonyms.end()) {
        name = synonym->second;
    }
    const auto it = std::find_if(field_table.begin(), field_table.end(),
                                 [&](const FieldInfo& field) { return field.name == name; });
    return it == field_table.end() ? nullptr : &*it;
}

std::vector<std::string_view> field_synonyms(const FieldInfo& field) {
    std::vector<std::string_view> names;
    for (const auto& [synonym, canonical] : synonyms) {
        if (canonical == field.name) {
            names.push_back(synonym);
        }
    }
    return names;
}

bool says_again(const FieldInfo& field) {
    return field.name == "use_sliding_window";
}

bool field_applies(const ModelConfig& config, const FieldInfo& field) {
    const Family* family = find_family(config.model_type);
    if (family == nullptr) {
        return true;
    }
    const std::string_view n = field.name;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), n) != names.end();
    };
    const bool gemma3n = family->has_altup;
    const bool llama4 = family->moe == MoeRule::Interleaved;
    const bool moe = family->moe != MoeRule::None;
    if (is({"num_key_value_heads"})) {
        return family->may_have(AttentionKind::Grouped) && family->has_rotary;
    }
    if (is({"head_dim"})) {
        return family->may_have(AttentionKind::Grouped) && family->has_rotary;
    }
    if (is({"q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"})) {
        return family->may_have(AttentionKind::Latent);
    }
    if (is({"sliding_window"})) {
        return family->span != SpanRule::Full && family->span != SpanRule::ChunkedRope;
    }
    if (is({"use_sliding_window"})) {
        return family->has_use_sliding_window();
    }
    if (is({"max_window_layers"})) {
        return family->span == SpanRule::FromMaxWindow || family->span == SpanRule::LastLayers;
    }
    if (is({"sliding_window_pattern"})) {
        return family->span == SpanRule::Pattern;
    }
    if (is({"attention_chunk_size", "attn_temperature_tuning", "floor_scale", "attn_scale",
            "intermediate_size_mlp", "interleave_moe_layer_step", "moe_layers"})) {
        return llama4;
    }
    if (is({"layer_types"})) {
        return family->span != SpanRule::Full && family->span != SpanRule::EveryLayer &&
               family->span != SpanRule::EveryLayerIfUsed;
    }
    if (is({"num_kv_shared_layers", "intermediate_sizes", "activation_sparsity_pattern",
            "laurel_rank", "altup_num_inputs", "altup_active_idx", "altup_coef_clip",
            "altup_correct_scale", "vocab_size_per_layer_input", "hidden_size_per_layer_input"})) {
        return gemma3n;
    }
    if (is({"attention_bias"})) {
        return family->qkv_bias == BiasRule::AttentionBias;
    }
    if (is({"attention_out_bias"})) {
        return family->o_bias == BiasRule::AttentionOutBias;
    }
    if (is({"scale_attn_weights", "scale_attn_by_inverse_layer_idx"})) {
        return family->score_switches;
    }
    if (is({"use_qk_norm"})) {
        return family->qk_norm == QkNormRule::L2IfUsed ||
               family->qk_norm == QkNormRule::PerHeadIfUsed;
    }
    if (is({"query_pre_attn_scalar", "attn_logit_softcapping"})) {
        return family->query_scalar;
    }
    if (is({"final_logit_softcapping"})) {
        return family->caps_logits;
    }
    if (is({"rope_theta"})) {
        return family->has_rotary;
    }
    if (is({"rope_local_base_freq"})) {
        return family->local_rope;
    }
    if (is({"partial_rotary_factor"})) {
        return family->partial_rotary;
    }
    if (is({"no_rope_layer_interval", "no_rope_layers"})) {
        return family->no_rope_layers;
    }
    if (is({"mlp_bias"})) {
        return family->mlp_bias_by_field;
    }
    if (is({"swiglu_limit"})) {
        return family->clamped_swiglu;
    }
    if (is({"num_experts", "num_experts_per_tok"})) {
        return moe;
    }
    if (is({"moe_intermediate_size"})) {
        return family->moe == MoeRule::FirstDense || family->moe == MoeRule::SparseStep;
    }
    if (is({"n_shared_experts", "first_k_dense_replace", "n_group", "topk_group",
            "routed_scaling_factor"})) {
        return family->moe == MoeRule::FirstDense;
    }
    if (is({"topk_method", "scoring_func", "moe_layer_freq"})) {
        return family->has_topk_method;
    }
    if (is({"decoder_sparse_step", "mlp_only_layers"})) {
        return family->moe == MoeRule::SparseStep;
    }
    if (is({"norm_topk_prob"})) {
        return family->moe == MoeRule::FirstDense || family->moe == MoeRule::SparseStep ||
               family->has_norm_topk;
    }
    if (is({"num_nextn_predict_layers"})) {
        return family->has_mtp;
    }
    if (is({"type_vocab_size"})) {
        return family->is_encoder;
    }
    if (is({"rope_interleave"})) {
        return family->may_have(AttentionKind::Latent) && family->has_mtp;
    }
    return true;
}

FieldValue field_value(const ModelConfig& config, const FieldInfo& field) {
    return std::visit(
        [&](auto member) -> FieldValue {
            const auto& value = config.*member;
            if constexpr (requires { value.has_value(); }) {
                if (!value.has_value()) {
                    return std::monostate{};
                }
                return *value;
            } else {
                return value;
            }
        },
        field.member);
}

std::vector<std::int64_t> slider_values(const ModelConfig& config, const FieldInfo& field) {
    std::vector<std::int64_t> values;
    if (field.step == FieldStep::None) {
        return values;
    }
    const bool optional =
        std::holds_alternative<std::optional<std::int64_t> ModelConfig::*>(field.member);
    if (optional) {
        values.push_back(0);
    }
    std::int64_t top = field.slider_maximum;
    if (field.name == "num_kv_shared_layers") {
        top = std::max<std::int64_t>(0, config.num_hidden_layers - 1);
    } else if (field.name == "num_experts_per_tok" || field.name == "n_group") {
        top = std::min(top, std::max<std::int64_t>(1, config.num_experts));
    } else if (field.name == "topk_group") {
        top = std::min(top, config.n_group);
    } else if (field.name == "first_k_dense_replace") {
        top = std::min(top, config.num_hidden_layers);
    }
    const auto steps_of = [&](std::int64_t step) {
        for (std::int64_t v = std::max(step, field.minimum); v <= top; v += step) {
            values.push_back(v);
        }
    };
    switch (field.step) {
    case FieldStep::None:
        break;
    case FieldStep::Units:
        for (std::int64_t v = field.minimum; v <= top; ++v) {
            values.push_back(v);
        }
        break;
    case FieldStep::PowersOfTwo:
        for (std::int64_t v = 128; v <= top; v *= 2) {
            values.push_back(v);
        }
        break;
    case FieldStep::Multiples8:
        steps_of(8);
        break;
    case FieldStep::Multiples64:
        steps_of(64);
        break;
    case FieldStep::Multiples128:
        steps_of(128);
        break;
    case FieldStep::DivisorsOfHeads:
        for (std::int64_t v = 1; v <= config.num_attention_heads; ++v) {
            if (config.num_attention_heads % v == 0) {
                values.push_back(v);
            }
        }
        break;
    }
    return values;
}

} // namespace headroom
