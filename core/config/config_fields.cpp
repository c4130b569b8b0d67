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

constexpr auto table = std::to_array<FieldInfo>({
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
    {"use_qk_norm", Attention, &M::use_qk_norm},
    {"query_pre_attn_scalar", Attention, &M::query_pre_attn_scalar},
    {"attn_logit_softcapping", Attention, &M::attn_logit_softcapping},
    {"attn_temperature_tuning", Attention, &M::attn_temperature_tuning},
    {"floor_scale", Attention, &M::floor_scale},
    {"attn_scale", Attention, &M::attn_scale},

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

std::string number_text(double value) {
    if (std::floor(value) == value && std::abs(value) < 1e15) {
        return std::to_string(static_cast<std::int64_t>(value)); // 1000000, not 1e+06
    }
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

Error mismatch(const FieldInfo& field, const FieldValue& found, std::string_view expected) {
    return {{},
            std::string(field.name),
            "found " + to_text(found) + ", expected " + std::string(expected)};
}

std::string range_text(const FieldInfo& field) {
    return "an integer from " + std::to_string(field.minimum) + " to " +
           std::to_string(field.maximum);
}

bool in_range(const FieldInfo& field, std::int64_t value) {
    return value >= field.minimum && value <= field.maximum;
}

bool has_use_sliding_window(const Family& family) {
    return family.span == SpanRule::FromMaxWindow || family.span == SpanRule::EveryLayerIfUsed ||
           family.span == SpanRule::NoRopeSlides;
}

/// A list that holds one value a layer follows the number of layers by repeating its pattern.
template <class T>
void follow_layers(std::vector<T>& list, std::size_t layers) {
    const std::size_t period = list.size();
    if (period == 0) {
        return;
    }
    list.reserve(layers);
    while (list.size() < layers) {
        list.push_back(list[list.size() - period]);
    }
    list.resize(layers);
}

/// What else changes with a field, so that an edit means what it says.
void apply_dependencies(ModelConfig& config, std::string_view name, const FieldValue& before) {
    const Family* family = find_family(config.model_type);
    if (family == nullptr) {
        return;
    }
    if (name == "num_hidden_layers") {
        const auto layers = static_cast<std::size_t>(config.num_hidden_layers);
        follow_layers(config.layer_types, layers);
        follow_layers(config.no_rope_layers, layers);
        follow_layers(config.intermediate_sizes, layers);
        follow_layers(config.activation_sparsity_pattern, layers);
    } else if (name == "sliding_window_pattern") {
        config.layer_types.clear();
    } else if (name == "no_rope_layer_interval") {
        config.no_rope_layers.clear();
    } else if (name == "intermediate_size") {
        config.intermediate_sizes.clear();
    } else if (name == "interleave_moe_layer_step") {
        config.moe_layers.clear();
    } else if (name == "sliding_window" && has_use_sliding_window(*family)) {
        config.use_sliding_window = config.sliding_window.has_value();
        // A window that no layer would have is not what somebody who switches one on means.
        if (std::holds_alternative<std::monostate>(before) && config.use_sliding_window &&
            config.max_window_layers >= config.num_hidden_layers) {
            config.max_window_layers = 0;
        }
        config.layer_types.clear();
    } else if (name == "use_sliding_window") {
        if (config.use_sliding_window && !config.sliding_window) {
            config.sliding_window = 4096; // the default of every family that has the key
        }
        config.layer_types.clear();
    }
}

} // namespace

std::span<const FieldInfo> config_fields() {
    return table;
}

const FieldInfo* find_field(std::string_view name) {
    const auto synonym = std::find_if(synonyms.begin(), synonyms.end(),
                                      [&](const auto& pair) { return pair.first == name; });
    if (synonym != synonyms.end()) {
        name = synonym->second;
    }
    const auto it = std::find_if(table.begin(), table.end(),
                                 [&](const FieldInfo& field) { return field.name == name; });
    return it == table.end() ? nullptr : &*it;
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

bool field_applies(const ModelConfig& config, const FieldInfo& field) {
    const Family* family = find_family(config.model_type);
    if (family == nullptr) {
        return true;
    }
    const std::string_view n = field.name;
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), n) != names.end();
    };
    const bool gemma = family->scales_embedding;
    const bool gemma3n = family->model_type == "gemma3n_text";
    const bool llama4 = family->moe == MoeRule::Interleaved;
    const bool moe = family->moe != MoeRule::None;
    const bool gpt_oss = family->model_type == "gpt_oss";
    if (is({"num_key_value_heads"})) {
        return !family->is_latent && family->has_rotary;
    }
    if (is({"head_dim"})) {
        return !family->is_latent && family->has_rotary;
    }
    if (is({"q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"})) {
        return family->is_latent;
    }
    if (is({"sliding_window"})) {
        return family->span != SpanRule::Full && family->span != SpanRule::ChunkedRope;
    }
    if (is({"use_sliding_window"})) {
        return has_use_sliding_window(*family);
    }
    if (is({"max_window_layers"})) {
        return family->span == SpanRule::FromMaxWindow;
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
    if (is({"use_qk_norm"})) {
        return family->qk_norm == QkNormRule::L2IfUsed ||
               family->qk_norm == QkNormRule::PerHeadIfUsed;
    }
    if (is({"query_pre_attn_scalar"})) {
        return gemma && !gemma3n;
    }
    if (is({"attn_logit_softcapping"})) {
        return gemma && !gemma3n;
    }
    if (is({"final_logit_softcapping"})) {
        return gemma;
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
        return gpt_oss;
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
        return family->is_latent;
    }
    if (is({"decoder_sparse_step", "mlp_only_layers"})) {
        return family->moe == MoeRule::SparseStep;
    }
    if (is({"norm_topk_prob"})) {
        return family->moe == MoeRule::FirstDense || family->moe == MoeRule::SparseStep;
    }
    if (is({"num_nextn_predict_layers"})) {
        return family->has_mtp;
    }
    if (is({"type_vocab_size"})) {
        return family->is_encoder;
    }
    if (is({"rope_interleave"})) {
        return family->is_latent && family->has_mtp;
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

Status assign_field(ModelConfig& config, const FieldInfo& field, const FieldValue& value) {
    return std::visit(
        [&](auto member) -> Status {
            auto& target = config.*member;
            using T = std::remove_cvref_t<decltype(target)>;
            if constexpr (std::is_same_v<T, std::int64_t>) {
                const auto* number = std::get_if<std::int64_t>(&value);
                if (number == nullptr || !in_range(field, *number)) {
                    return mismatch(field, value, range_text(field));
                }
                target = *number;
            } else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>) {
                const auto* number = std::get_if<std::int64_t>(&value);
                if (std::holds_alternative<std::monostate>(value)) {
                    target.reset();
                } else if (number == nullptr || !in_range(field, *number)) {
                    return mismatch(field, value, "null or " + range_text(field));
                } else {
                    target = *number;
                }
            } else if constexpr (std::is_same_v<T, double> ||
                                 std::is_same_v<T, std::optional<double>>) {
                if constexpr (std::is_same_v<T, std::optional<double>>) {
                    if (std::holds_alternative<std::monostate>(value)) {
                        target.reset();
                        return std::monostate{};
                    }
                }
                double number = std::numeric_limits<double>::quiet_NaN();
                if (const auto* real = std::get_if<double>(&value)) {
                    number = *real;
                } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
                    number = static_cast<double>(*integer);
                }
                if (!std::isfinite(number) || number < 0) {
                    return mismatch(field, value, "a number, zero or above");
                }
                target = number;
            } else if constexpr (std::is_same_v<T, std::vector<double>>) {
                if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&value)) {
                    target.assign(integers->begin(), integers->end());
                } else if (const auto* reals = std::get_if<std::vector<double>>(&value)) {
                    target = *reals;
                } else {
                    return mismatch(field, value, "a list of numbers");
                }
            } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
                const auto* list = std::get_if<std::vector<std::int64_t>>(&value);
                if (list == nullptr) {
                    return mismatch(field, value, "a list of integers");
                }
                for (std::size_t i = 0; i < list->size(); ++i) {
                    if (!in_range(field, (*list)[i])) {
                        return Error{{},
                                     std::string(field.name) + "[" + std::to_string(i) + "]",
                                     "found " + std::to_string((*list)[i]) + ", expected " +
                                         range_text(field)};
                    }
                }
                target = *list;
            } else {
                const auto* exact = std::get_if<T>(&value);
                if (exact == nullptr) {
                    return mismatch(field, value,
                                    std::is_same_v<T, bool>          ? "true or false"
                                    : std::is_same_v<T, std::string> ? "a text"
                                                                     : "a list of texts");
                }
                target = *exact;
            }
            return std::monostate{};
        },
        field.member);
}

Status set_field(ModelConfig& config, const FieldInfo& field, const FieldValue& value) {
    const FieldValue before = field_value(config, field);
    Status status = assign_field(config, field, value);
    if (status) {
        apply_dependencies(config, field.name, before);
    }
    return status;
}

Status set_field_from_text(ModelConfig& config, std::string_view name, std::string_view text) {
    const FieldInfo* field = find_field(name);
    if (field == nullptr) {
        return Error{
            {}, std::string(name), "found an unknown field, expected a field of config.json"};
    }
    if (!field_applies(config, *field)) {
        return Error{{},
                     std::string(name),
                     "found " + std::string(text) + ", expected a field that " + config.model_type +
                         " has"};
    }
    const auto parse_number = [](std::string_view word) -> FieldValue {
        std::int64_t integer = 0;
        const char* end = word.data() + word.size();
        if (const auto [p, e] = std::from_chars(word.data(), end, integer);
            e == std::errc{} && p == end) {
            return integer;
        }
        double real = 0;
        if (const auto [p, e] = std::from_chars(word.data(), end, real);
            e == std::errc{} && p == end) {
            return real;
        }
        return std::string(word);
    };
    FieldValue value = std::string(text);
    const bool is_text = std::holds_alternative<std::string ModelConfig::*>(field->member);
    if (is_text) {
        // taken as it is
    } else if (text == "null" || text == "off" || text == "none") {
        value = std::monostate{};
    } else if (text == "true" || text == "false") {
        value = text == "true";
    } else if (!text.empty() && (text.front() == '[' || text.find(',') != std::string_view::npos)) {
        std::vector<std::string> words;
        std::string word;
        for (const char c : text) {
            if (c == ',' || c == ']') {
                if (!word.empty()) {
                    words.push_back(word);
                }
                word.clear();
            } else if (c != '[' && c != ' ' && c != '"' && c != '\'') {
                word += c;
            }
        }
        if (!word.empty()) {
            words.push_back(word);
        }
        std::vector<std::int64_t> integers;
        std::vector<double> reals;
        for (const std::string& w : words) {
            const FieldValue v = parse_number(w);
            if (const auto* i = std::get_if<std::int64_t>(&v)) {
                integers.push_back(*i);
                reals.push_back(static_cast<double>(*i));
            } else if (const auto* d = std::get_if<double>(&v)) {
                reals.push_back(*d);
            }
        }
        if (integers.size() == words.size() &&
            !std::holds_alternative<std::vector<std::string> ModelConfig::*>(field->member)) {
            value = integers;
        } else if (reals.size() == words.size()) {
            value = reals;
        } else {
            value = words;
        }
    } else {
        value = parse_number(text);
    }
    ModelConfig edited = config;
    Status status = set_field(edited, *field, value);
    if (status) {
        config = std::move(edited);
    }
    return status;
}

std::string to_text(const FieldValue& value) {
    const auto list = [](const auto& values, auto&& text) {
        std::string out = "[";
        for (const auto& item : values) {
            out += (out.size() > 1 ? ", " : "") + text(item);
        }
        return out + "]";
    };
    return std::visit(Overloaded{
                          [](std::monostate) { return std::string("null"); },
                          [](bool b) { return std::string(b ? "true" : "false"); },
                          [](std::int64_t i) { return std::to_string(i); },
                          [](double d) { return number_text(d); },
                          [](const std::string& s) { return s; },
                          [&](const std::vector<std::int64_t>& v) {
                              return list(v, [](std::int64_t i) { return std::to_string(i); });
                          },
                          [&](const std::vector<double>& v) {
                              return list(v, [](double d) { return number_text(d); });
                          },
                          [&](const std::vector<std::string>& v) {
                              return list(v, [](const std::string& s) { return s; });
                          },
                      },
                      value);
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
