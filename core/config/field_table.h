// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of config_fields(), for code of core/config that names fields and asks at compile time.
// The ranges stand here and nowhere else.
#pragma once

#include "core/config/config_fields.h"

#include <array>

namespace headroom {
namespace field_rows {

using M = ModelConfig;
using enum FieldGroup;
using enum FieldStep;

// Far above any design, far below where products of three sizes leave 64 bits for one tensor.
inline constexpr std::int64_t max_size = std::int64_t{1} << 31;
inline constexpr std::int64_t max_layers = 4096;

inline constexpr auto table = std::to_array<FieldInfo>({
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

} // namespace field_rows

/// The field of that canonical name; a name that is none does not compile.
consteval const FieldInfo& config_field(std::string_view name) {
    for (const FieldInfo& field : field_rows::table) {
        if (field.name == name) {
            return field;
        }
    }
    throw "no field of this name";
}

} // namespace headroom
