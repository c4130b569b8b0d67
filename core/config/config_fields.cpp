// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_fields.h"

#include "core/config/families.h"
#include "core/config/feed_forward_spec.h"
#include "core/config/field_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace headroom {
namespace {

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
    return field_rows::table;
}

const FieldInfo* find_field(std::string_view name) {
    const auto synonym = std::find_if(synonyms.begin(), synonyms.end(),
                                      [&](const auto& pair) { return pair.first == name; });
    if (synonym != synonyms.end()) {
        name = synonym->second;
    }
    const auto it = std::find_if(field_rows::table.begin(), field_rows::table.end(),
                                 [&](const FieldInfo& field) { return field.name == name; });
    return it == field_rows::table.end() ? nullptr : &*it;
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
