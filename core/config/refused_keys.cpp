// SPDX-License-Identifier: GPL-3.0-or-later
// What a config.json may say that no supported family covers.
#include "core/config/config_sentences.h"
#include "core/config/families.h"
#include "core/config/json_value.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace headroom {

using nlohmann::json;

namespace {

/// Keys that change what the model computes and that no supported family covers. A configuration
/// that sets one is refused: leaving it out would give figures of another model.
struct RefusedKey {
    std::string_view key;
    Sentence (*what)();
    bool (*is_set)(const json& value);
};
template <SentenceId Id>
Sentence say() {
    return config_says<Id>();
}
template <SentenceId Text>
Sentence word() {
    return Sentence::verbatim(std::string(Text.view()));
}
bool not_null(const json& v) {
    return !v.is_null();
}
bool is_true(const json& v) {
    return v.is_boolean() && v.get<bool>();
}
bool is_false(const json& v) {
    return v.is_boolean() && !v.get<bool>();
}
bool not_empty(const json& v) {
    return !v.is_null() && !v.empty();
}
/// MiniMax: 1 is softmax attention, 0 lightning attention.
bool has_zero(const json& v) {
    return !v.is_null() && (!v.is_array() || std::find(v.begin(), v.end(), 0) != v.end());
}
bool not_absolute(const json& v) {
    return !v.is_null() && v != "absolute";
}
constexpr auto refused = std::to_array<RefusedKey>({
    {"index_topk", say<"no-indexer">, not_null},
    {"index_n_heads", say<"no-indexer">, not_null},
    {"index_head_dim", say<"no-indexer">, not_null},
    {"linear_num_key_heads", say<"no-linear-attention">, not_null},
    {"linear_num_value_heads", say<"no-linear-attention">, not_null},
    {"mamba_d_state", say<"no-state-space">, not_null},
    {"ssm_state_size", say<"no-state-space">, not_null},
    {"mamba_d_conv", say<"no-state-space">, not_null},
    {"hybrid_override_pattern", say<"no-state-space">, not_null},
    {"layers_block_type", say<"attention-everywhere">, not_null},
    {"attn_layer_period", say<"attention-everywhere">, not_null},
    {"full_attention_interval", say<"no-linear-attention">, not_null},
    {"linear_attn_config", say<"no-linear-attention">, not_null},
    {"attn_type_list", say<"no-linear-attention">, has_zero},
    {"sparse_attention_config", say<"no-sparse-attention">, not_null},
    {"block_configs", say<"layers-of-one-kind">, not_null},
    {"num_key_value_heads_per_layer", say<"one-kv-heads">, not_null},
    {"ffn_multipliers", word<"intermediate_size">, not_null},
    {"cross_attention_layers", say<"no-cross-attention">, not_empty},
    {"pruned_heads", say<"no-pruned-heads">, not_empty},
    {"is_encoder_decoder", say<"no-encoder-decoder">, is_true},
    {"position_embedding_type", word<"\"absolute\"">, not_absolute},
    {"add_cross_attention", say<"no-added-cross-attention">, is_true},
    {"is_decoder", say<"no-decoder-use">, is_true},
    {"scale_attn_weights", word<"true">, is_false},
    {"scale_attn_by_inverse_layer_idx", word<"false">, is_true},
    {"use_bidirectional_attention", word<"false">, is_true},
    {"clip_qkv", say<"no-clipping">, not_null},
});

/// A classifier or a bare trunk has other weights than the language model that is counted.
bool has_other_head(std::string_view architecture) {
    constexpr std::array<std::string_view, 7> heads = {"ForSequenceClassification",
                                                       "ForTokenClassification",
                                                       "ForQuestionAnswering",
                                                       "ForMultipleChoice",
                                                       "ForNextSentencePrediction",
                                                       "ForPreTraining",
                                                       "ForRewardModel"};
    return std::any_of(heads.begin(), heads.end(),
                       [&](std::string_view head) { return architecture.ends_with(head); }) ||
           (architecture.ends_with("Model") && !architecture.ends_with("LMHeadModel"));
}

/// Names of classes without what releases spell differently: LLaMAForCausalLM,
/// Ernie4_5_ForCausalLM.
std::string plain_name(std::string_view architecture) {
    std::string plain;
    for (const char c : architecture) {
        if (c != '_') {
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return plain;
}

} // namespace

Status check_refused_keys(const json& object, const Family* family) {
    for (const RefusedKey& entry : refused) {
        if (entry.key == "is_decoder" && (family == nullptr || !family->is_encoder)) {
            continue; // decoders may say so
        }
        if (entry.key.starts_with("scale_attn_") && (family == nullptr || family->score_switches)) {
            continue; // read
        }
        const auto it = object.find(entry.key);
        if (it != object.end() && entry.is_set(*it)) {
            return wrong_value(std::string(entry.key), *it, entry.what());
        }
    }
    return std::monostate{};
}

Status check_architecture(const json& object, const Family& family, bool is_outer) {
    const auto it = object.find("architectures");
    if (it == object.end() || !it->is_array() || it->empty() || !it->front().is_string()) {
        return std::monostate{};
    }
    const auto& name = it->front().get_ref<const std::string&>();
    if (is_outer ? has_other_head(name) : plain_name(name) != plain_name(family.architecture)) {
        return wrong_value("architectures[0]", it->front(),
                           config_says<"other-heads">(family.architecture));
    }
    return std::monostate{};
}

} // namespace headroom
