// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/validate.h"

#include "core/config/config_sentences.h"
#include "core/config/families.h"
#include "core/config/field_table.h"
#include "core/config/layer_patterns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

namespace headroom {
namespace {

Finding error(std::string id, std::string field, Argument found, Argument expected) {
    return {Severity::Error,
            std::move(id),
            std::move(field),
            found_expected(std::move(found), std::move(expected)),
            {},
            {}};
}

/// The largest divisor of `n` that is at most `limit`.
std::int64_t divisor_below(std::int64_t n, std::int64_t limit) {
    std::int64_t best = 1;
    for (std::int64_t d = 1; d <= std::min(n, limit); ++d) {
        if (n % d == 0) {
            best = d;
        }
    }
    return best;
}

bool is_activation(const std::string& name) {
    constexpr std::array<std::string_view, 8> known = {
        "silu", "swish", "gelu", "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "relu", "relu2"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

Finding out_of_range(const FieldInfo& field, std::int64_t value) {
    return error("range", std::string(field.name), value, range_sentence(field));
}

/// A count or a size; nothing for an optional one that is not set.
std::optional<std::int64_t> whole_number(const ModelConfig& config, const FieldInfo& field) {
    if (const auto* size = std::get_if<std::int64_t ModelConfig::*>(&field.member)) {
        return config.**size;
    }
    if (const auto* size = std::get_if<std::optional<std::int64_t> ModelConfig::*>(&field.member)) {
        return config.**size;
    }
    return std::nullopt;
}

/// A count or size that the family computes with must lie in its range, where it was not set too.
bool check_ranges(const ModelConfig& config, const Family& family,
                  FunctionRef<bool(Finding)> report) {
    const bool moe = family.moe != MoeRule::None;
    const bool narrow = family.moe == MoeRule::FirstDense || family.moe == MoeRule::SparseStep;
    const bool mla = family.may_have(AttentionKind::Latent);
    const bool altup = family.has_altup;
    const std::array<std::pair<bool, const FieldInfo*>, 28> list = {{
        {true, &config_field("hidden_size")},
        {true, &config_field("num_hidden_layers")},
        {true, &config_field("vocab_size")},
        {true, &config_field("max_position_embeddings")},
        {true, &config_field("num_attention_heads")},
        {true, &config_field("intermediate_size")},
        {!mla, &config_field("num_key_value_heads")},
        {!mla, &config_field("head_dim")},
        {mla, &config_field("kv_lora_rank")},
        {mla, &config_field("qk_nope_head_dim")},
        {mla, &config_field("qk_rope_head_dim")},
        {mla, &config_field("v_head_dim")},
        {mla, &config_field("q_lora_rank")},
        {moe, &config_field("num_experts")},
        {moe, &config_field("num_experts_per_tok")},
        {narrow, &config_field("moe_intermediate_size")},
        {narrow, &config_field("n_shared_experts")},
        {narrow, &config_field("first_k_dense_replace")},
        {narrow, &config_field("moe_layer_freq")},
        {narrow, &config_field("decoder_sparse_step")},
        {moe, &config_field("interleave_moe_layer_step")},
        {family.moe == MoeRule::Interleaved, &config_field("intermediate_size_mlp")},
        {true, &config_field("sliding_window")},
        {true, &config_field("attention_chunk_size")},
        {altup, &config_field("altup_num_inputs")},
        {altup, &config_field("laurel_rank")},
        {altup, &config_field("hidden_size_per_layer_input")},
        {altup, &config_field("vocab_size_per_layer_input")},
    }};
    for (const auto& [applies, field] : list) {
        const auto value = applies ? whole_number(config, *field) : std::nullopt;
        if (value && !in_range(*field, *value) && !report(out_of_range(*field, *value))) {
            return false;
        }
    }
    return true;
}

bool check_attention(const ModelConfig& config, const Family& family,
                     FunctionRef<bool(Finding)> report) {
    if (family.may_have(AttentionKind::Grouped) && config.num_key_value_heads > 0 &&
        config.num_attention_heads % config.num_key_value_heads != 0) {
        Finding f =
            error("kv-heads-divide", "num_key_value_heads", config.num_key_value_heads,
                  base_says<"divisor-of-field">("num_attention_heads", config.num_attention_heads));
        f.fix_field = f.field;
        f.fix_value =
            std::to_string(divisor_below(config.num_attention_heads, config.num_key_value_heads));
        if (!report(std::move(f))) {
            return false;
        }
    }
    const std::int64_t rotary_dim = family.may_have(AttentionKind::Latent) ? config.qk_rope_head_dim
                                    : family.partial_rotary
                                        ? partial_rotary_dim(config, config.head_dim)
                                        : config.head_dim;
    if (family.has_rotary && rotary_dim % 2 != 0) {
        Finding f = error(
            "rotary-even", family.may_have(AttentionKind::Latent) ? "qk_rope_head_dim" : "head_dim",
            config_says<"rotary-dimensions">(rotary_dim), config_says<"even-number">());
        f.fix_field = f.field;
        f.fix_value = std::to_string(rotary_dim + 1);
        if (!report(std::move(f))) {
            return false;
        }
    }
    for (const auto& [key, list] :
         {std::pair{"rope_scaling.short_factor", &config.rope_scaling.short_factor},
          std::pair{"rope_scaling.long_factor", &config.rope_scaling.long_factor}}) {
        const auto expected = static_cast<std::size_t>(std::max<std::int64_t>(rotary_dim / 2, 0));
        if (family.has_rotary && config.rope_scaling.rope_type == "longrope" &&
            list->size() != expected) {
            if (!report(error("longrope-factors", key, config_says<"factors">(list->size()),
                              config_says<"one-for-each-pair">(expected)))) {
                return false;
            }
        }
    }
    if (family.has_rotary &&
        !(config.rope_theta > 0 && config.partial_rotary_factor > 0 &&
          config.partial_rotary_factor <= 1 && config.rope_local_base_freq > 0)) {
        if (!report(error("rope-theta", "rope_theta", config_says<"rope-outside">(),
                          config_says<"rope-inside">()))) {
            return false;
        }
    }
    if (!family.has_rotary && config.head_dim * config.num_attention_heads != config.hidden_size) {
        if (!report(error("heads-hidden", "num_attention_heads",
                          config_says<"heads">(config.num_attention_heads),
                          config_says<"divisor-in-family">("hidden_size", config.hidden_size,
                                                           config.model_type)))) {
            return false;
        }
    }
    if (config.query_pre_attn_scalar && *config.query_pre_attn_scalar <= 0) {
        if (!report(error("query-scalar", "query_pre_attn_scalar", base_says<"zero">(),
                          base_says<"positive-number">()))) {
            return false;
        }
    }
    return true;
}

bool check_layers(const ModelConfig& config, const Family& family,
                  FunctionRef<bool(Finding)> report) {
    const auto layers =
        static_cast<std::size_t>(std::max<std::int64_t>(0, config.num_hidden_layers));
    for (const auto& [name, size] :
         {std::pair{"layer_types", config.layer_types.size()},
          std::pair{"no_rope_layers", config.no_rope_layers.size()},
          std::pair{"intermediate_sizes", config.intermediate_sizes.size()},
          std::pair{"activation_sparsity_pattern", config.activation_sparsity_pattern.size()}}) {
        if (size != 0 && size != layers) {
            return report(error("list-length", name, base_says<"entries">(size),
                                config_says<"one-for-each-layer">(layers)));
        }
    }
    for (std::size_t i = 0; i < config.layer_types.size(); ++i) {
        const std::string& type = config.layer_types[i];
        const auto span = span_from_layer_type(type);
        const std::string path = "layer_types[" + std::to_string(i) + "]";
        if (!span) {
            return report(error("layer-type", path, type, layer_type_names()));
        }
        if (*span == SpanKind::Sliding && !config.sliding_window) {
            return report(error("window-missing", "sliding_window", base_says<"null">(),
                                config_says<"window-because">(path)));
        }
        if (*span == SpanKind::Chunked && !config.attention_chunk_size) {
            return report(error("chunk-missing", "attention_chunk_size", base_says<"null">(),
                                config_says<"chunk-because">(path)));
        }
    }
    constexpr const FieldInfo& sizes = config_field("intermediate_sizes");
    for (const std::int64_t size : config.intermediate_sizes) {
        if (!in_range(sizes, size)) {
            return report(out_of_range(sizes, size));
        }
    }
    if (config.num_kv_shared_layers < 0 ||
        (config.num_kv_shared_layers > 0 &&
         config.num_kv_shared_layers >= config.num_hidden_layers)) {
        return report(
            error("kv-shared", "num_kv_shared_layers", config.num_kv_shared_layers,
                  config_says<"fewer-than-field">("num_hidden_layers", config.num_hidden_layers)));
    }
    if (config.num_kv_shared_layers > 0) {
        const std::int64_t first = config.num_hidden_layers - config.num_kv_shared_layers;
        for (std::int64_t i = first; i < config.num_hidden_layers; ++i) {
            bool found = false;
            for (std::int64_t j = 0; j < first && !found; ++j) {
                found = layer_span(config, family, j) == layer_span(config, family, i);
            }
            if (!found) {
                return report(error("kv-shared-source", "num_kv_shared_layers",
                                    config.num_kv_shared_layers, config_says<"earlier-layer">(i)));
            }
        }
    }
    return true;
}

bool check_experts(const ModelConfig& config, const Family& family,
                   FunctionRef<bool(Finding)> report) {
    if (family.moe == MoeRule::None) {
        return true;
    }
    if (config.num_experts_per_tok > config.num_experts) {
        Finding f = error("top-k", "num_experts_per_tok", config.num_experts_per_tok,
                          base_says<"at-most-field">("num_experts", config.num_experts));
        f.fix_field = f.field;
        f.fix_value = std::to_string(config.num_experts);
        if (!report(std::move(f))) {
            return false;
        }
    }
    if (family.moe != MoeRule::FirstDense) {
        return true;
    }
    if (config.n_group < 1 || config.num_experts % std::max<std::int64_t>(1, config.n_group) != 0) {
        Finding f = error("groups-divide", "n_group", config.n_group,
                          base_says<"divisor-of-field">("num_experts", config.num_experts));
        f.fix_field = f.field;
        f.fix_value = std::to_string(divisor_below(config.num_experts, config.n_group));
        if (!report(std::move(f))) {
            return false;
        }
    } else if (config.topk_group < 1 || config.topk_group > config.n_group) {
        if (!report(error("topk-group", "topk_group", config.topk_group,
                          config_says<"one-to-field">("n_group", config.n_group)))) {
            return false;
        }
    } else if (config.num_experts / config.n_group * config.topk_group <
               config.num_experts_per_tok) {
        if (!report(error("group-capacity", "topk_group",
                          config_says<"groups-of-experts">(config.topk_group,
                                                           config.num_experts / config.n_group),
                          config_says<"experts-among-them">(config.num_experts_per_tok)))) {
            return false;
        }
    }
    if (family.has_topk_method) {
        const bool v3 = family.sigmoid_router;
        const std::string& method = config.topk_method;
        const bool method_ok = v3 ? method == "noaux_tc" || method.empty()
                                  : method == "greedy" || method == "group_limited_greedy";
        if (!method_ok) {
            if (!report(error("topk-method", "topk_method", method,
                              v3 ? Argument("noaux_tc")
                                 : base_says<"either">("greedy", "group_limited_greedy")))) {
                return false;
            }
        }
        const std::string& scoring = config.scoring_func;
        if (scoring != (v3 ? "sigmoid" : "softmax") && !scoring.empty()) {
            if (!report(error("scoring", "scoring_func", scoring, v3 ? "sigmoid" : "softmax"))) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

void for_each_error(const ModelConfig& config, FunctionRef<bool(Finding)> report) {
    const Family* family = find_family(config.model_type);
    if (family == nullptr) {
        report(error("model-type", "model_type", config.model_type,
                     config_says<"supported-family">()));
        return;
    }
    if (!is_activation(config.hidden_act)) {
        if (!report(error(
                "activation", "hidden_act", config.hidden_act,
                base_says<"either">(
                    Names{{"silu", "gelu", "gelu_new", "gelu_pytorch_tanh", "relu"}}, "relu2")))) {
            return;
        }
    }
    bool ranges_ok = true;
    const auto watch = [&](Finding f) {
        ranges_ok = false;
        return report(std::move(f));
    };
    // Later checks divide by what the range check has let through.
    if (!check_ranges(config, *family, watch) || !ranges_ok) {
        return;
    }
    (void)(check_attention(config, *family, report) && check_layers(config, *family, report) &&
           check_experts(config, *family, report));
}

Status check_config(const ModelConfig& config) {
    Status status = std::monostate{};
    for_each_error(config, [&](Finding f) {
        status = Error{{}, std::move(f.field), std::move(f.message)};
        return false;
    });
    return status;
}

} // namespace headroom
