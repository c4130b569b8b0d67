// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/field_text.h"

#include "core/base/overloaded.h"
#include "core/config/layer_spec.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <map>

namespace headroom::ui {

namespace {

struct Words {
    std::string_view name;
    const char* label;
    const char* hint;
};

// The one table from Hugging Face names to words.
const std::array fieldWords{
    Words{"model_type", QT_TRANSLATE_NOOP("Fields", "Family"),
          QT_TRANSLATE_NOOP("Fields", "Which reference implementation the design follows")},
    Words{"hidden_size", QT_TRANSLATE_NOOP("Fields", "Hidden size"),
          QT_TRANSLATE_NOOP("Fields", "Width of the residual stream")},
    Words{"num_hidden_layers", QT_TRANSLATE_NOOP("Fields", "Layers"), ""},
    Words{"max_position_embeddings", QT_TRANSLATE_NOOP("Fields", "Longest context"),
          QT_TRANSLATE_NOOP("Fields", "Tokens the design is trained or stretched for")},
    Words{"num_attention_heads", QT_TRANSLATE_NOOP("Fields", "Heads"),
          QT_TRANSLATE_NOOP("Fields", "Query heads")},
    Words{"num_key_value_heads", QT_TRANSLATE_NOOP("Fields", "KV heads"),
          QT_TRANSLATE_NOOP("Fields", "Heads that leave keys and values in the cache")},
    Words{"head_dim", QT_TRANSLATE_NOOP("Fields", "Head dim"),
          QT_TRANSLATE_NOOP("Fields", "Dimensions of one head")},
    Words{"q_lora_rank", QT_TRANSLATE_NOOP("Fields", "Query rank"),
          QT_TRANSLATE_NOOP("Fields", "Rank of the compressed query; off: full rank")},
    Words{"kv_lora_rank", QT_TRANSLATE_NOOP("Fields", "Latent rank"),
          QT_TRANSLATE_NOOP("Fields", "Width of the latent that replaces keys and values")},
    Words{"qk_nope_head_dim", QT_TRANSLATE_NOOP("Fields", "Key dim without RoPE"), ""},
    Words{"qk_rope_head_dim", QT_TRANSLATE_NOOP("Fields", "Key dim with RoPE"),
          QT_TRANSLATE_NOOP("Fields", "Shared by all heads and cached beside the latent")},
    Words{"v_head_dim", QT_TRANSLATE_NOOP("Fields", "Value dim"), ""},
    Words{"sliding_window", QT_TRANSLATE_NOOP("Fields", "Sliding window"),
          QT_TRANSLATE_NOOP("Fields", "Tokens that a sliding layer looks back on")},
    Words{"use_sliding_window", QT_TRANSLATE_NOOP("Fields", "Use the window"), ""},
    Words{"max_window_layers", QT_TRANSLATE_NOOP("Fields", "Window from layer"),
          QT_TRANSLATE_NOOP("Fields", "Layers from this one on slide")},
    Words{"sliding_window_pattern", QT_TRANSLATE_NOOP("Fields", "Global layer every"),
          QT_TRANSLATE_NOOP("Fields", "Every n-th layer sees the whole context")},
    Words{"attention_chunk_size", QT_TRANSLATE_NOOP("Fields", "Attention chunk"), ""},
    Words{"layer_types", QT_TRANSLATE_NOOP("Fields", "Layer pattern"), ""},
    Words{"num_kv_shared_layers", QT_TRANSLATE_NOOP("Fields", "Layers sharing a cache"),
          QT_TRANSLATE_NOOP("Fields", "Last layers, which read an earlier layer's cache")},
    Words{"attention_bias", QT_TRANSLATE_NOOP("Fields", "Attention biases"), ""},
    Words{"attention_out_bias", QT_TRANSLATE_NOOP("Fields", "Output bias"),
          QT_TRANSLATE_NOOP("Fields", "Bias of the attention's output projection")},
    Words{"scale_attn_weights", QT_TRANSLATE_NOOP("Fields", "Scaled scores"),
          QT_TRANSLATE_NOOP("Fields", "Scores are divided by the root of the head dim")},
    Words{"scale_attn_by_inverse_layer_idx", QT_TRANSLATE_NOOP("Fields", "Scores scaled by layer"),
          QT_TRANSLATE_NOOP("Fields", "Layer i divides its scores by i + 1 as well")},
    Words{"use_qk_norm", QT_TRANSLATE_NOOP("Fields", "QK norm"), ""},
    Words{"query_pre_attn_scalar", QT_TRANSLATE_NOOP("Fields", "Query scale base"),
          QT_TRANSLATE_NOOP("Fields", "Scores are scaled by this number to the power of −1/2")},
    Words{"attn_logit_softcapping", QT_TRANSLATE_NOOP("Fields", "Score soft cap"), ""},
    Words{"final_logit_softcapping", QT_TRANSLATE_NOOP("Fields", "Logit soft cap"), ""},
    Words{"attn_temperature_tuning", QT_TRANSLATE_NOOP("Fields", "Temperature tuning"), ""},
    Words{"floor_scale", QT_TRANSLATE_NOOP("Fields", "Temperature floor"), ""},
    Words{"attn_scale", QT_TRANSLATE_NOOP("Fields", "Temperature scale"), ""},
    Words{"rope_theta", QT_TRANSLATE_NOOP("Fields", "RoPE base θ"), ""},
    Words{"rope_local_base_freq", QT_TRANSLATE_NOOP("Fields", "RoPE base θ, sliding"), ""},
    Words{"partial_rotary_factor", QT_TRANSLATE_NOOP("Fields", "Rotated share"),
          QT_TRANSLATE_NOOP("Fields", "Share of a head's dimensions that turn")},
    Words{"rope_interleave", QT_TRANSLATE_NOOP("Fields", "Interleaved RoPE"), ""},
    Words{"no_rope_layer_interval", QT_TRANSLATE_NOOP("Fields", "No RoPE every"),
          QT_TRANSLATE_NOOP("Fields", "Every n-th layer has no position embedding")},
    Words{"no_rope_layers", QT_TRANSLATE_NOOP("Fields", "RoPE by layer"), ""},
    Words{"intermediate_size", QT_TRANSLATE_NOOP("Fields", "Feed-forward width"), ""},
    Words{"intermediate_sizes", QT_TRANSLATE_NOOP("Fields", "Width by layer"), ""},
    Words{"intermediate_size_mlp", QT_TRANSLATE_NOOP("Fields", "Dense width"), ""},
    Words{"hidden_act", QT_TRANSLATE_NOOP("Fields", "Activation"), ""},
    Words{"mlp_bias", QT_TRANSLATE_NOOP("Fields", "Feed-forward biases"), ""},
    Words{"activation_sparsity_pattern", QT_TRANSLATE_NOOP("Fields", "Sparsity by layer"), ""},
    Words{"swiglu_limit", QT_TRANSLATE_NOOP("Fields", "SwiGLU limit"), ""},
    Words{"laurel_rank", QT_TRANSLATE_NOOP("Fields", "LAuReL rank"), ""},
    Words{"altup_num_inputs", QT_TRANSLATE_NOOP("Fields", "AltUp streams"), ""},
    Words{"altup_active_idx", QT_TRANSLATE_NOOP("Fields", "AltUp active stream"), ""},
    Words{"altup_coef_clip", QT_TRANSLATE_NOOP("Fields", "AltUp clip"), ""},
    Words{"altup_correct_scale", QT_TRANSLATE_NOOP("Fields", "AltUp output scale"), ""},
    Words{"num_experts", QT_TRANSLATE_NOOP("Fields", "Experts"), ""},
    Words{"num_experts_per_tok", QT_TRANSLATE_NOOP("Fields", "Experts per token"), ""},
    Words{"moe_intermediate_size", QT_TRANSLATE_NOOP("Fields", "Expert width"), ""},
    Words{"n_shared_experts", QT_TRANSLATE_NOOP("Fields", "Shared experts"),
          QT_TRANSLATE_NOOP("Fields", "Experts that every token uses")},
    Words{"first_k_dense_replace", QT_TRANSLATE_NOOP("Fields", "Dense layers first"), ""},
    Words{"moe_layer_freq", QT_TRANSLATE_NOOP("Fields", "Expert layer every"), ""},
    Words{"decoder_sparse_step", QT_TRANSLATE_NOOP("Fields", "Expert layer every"), ""},
    Words{"mlp_only_layers", QT_TRANSLATE_NOOP("Fields", "Dense layers"), ""},
    Words{"interleave_moe_layer_step", QT_TRANSLATE_NOOP("Fields", "Expert layer every"), ""},
    Words{"moe_layers", QT_TRANSLATE_NOOP("Fields", "Expert layers"), ""},
    Words{"n_group", QT_TRANSLATE_NOOP("Fields", "Expert groups"), ""},
    Words{"topk_group", QT_TRANSLATE_NOOP("Fields", "Groups per token"), ""},
    Words{"topk_method", QT_TRANSLATE_NOOP("Fields", "Selection"), ""},
    Words{"scoring_func", QT_TRANSLATE_NOOP("Fields", "Router scores"), ""},
    Words{"norm_topk_prob", QT_TRANSLATE_NOOP("Fields", "Normalised weights"), ""},
    Words{"routed_scaling_factor", QT_TRANSLATE_NOOP("Fields", "Routed scale"), ""},
    Words{"num_nextn_predict_layers", QT_TRANSLATE_NOOP("Fields", "Extra prediction layers"),
          QT_TRANSLATE_NOOP("Fields", "Multi-token-prediction modules, not in the total")},
    Words{"rms_norm_eps", QT_TRANSLATE_NOOP("Fields", "Norm epsilon"), ""},
    Words{"vocab_size", QT_TRANSLATE_NOOP("Fields", "Vocabulary"), ""},
    Words{"tie_word_embeddings", QT_TRANSLATE_NOOP("Fields", "Tied embeddings"),
          QT_TRANSLATE_NOOP("Fields", "The output head reuses the embedding matrix")},
    Words{"type_vocab_size", QT_TRANSLATE_NOOP("Fields", "Segment types"), ""},
    Words{"vocab_size_per_layer_input", QT_TRANSLATE_NOOP("Fields", "Per-layer vocabulary"), ""},
    Words{"hidden_size_per_layer_input", QT_TRANSLATE_NOOP("Fields", "Per-layer embedding"), ""},
};

const Words* find(std::string_view name) {
    const auto it = std::find_if(fieldWords.begin(), fieldWords.end(),
                                 [&](const Words& entry) { return entry.name == name; });
    return it == fieldWords.end() ? nullptr : &*it;
}

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "47 sliding · 15 global": how often each value stands in a list, in order of appearance.
template <class T, class ToText>
QString summary(const std::vector<T>& list, ToText&& text) {
    if (list.empty()) {
        return FieldWords::tr("from the pattern",
                              "a list that is not given, but follows from a rule");
    }
    std::vector<std::pair<T, int>> counts;
    for (const T& value : list) {
        const auto it = std::find_if(counts.begin(), counts.end(),
                                     [&](const auto& entry) { return entry.first == value; });
        if (it == counts.end()) {
            counts.emplace_back(value, 1);
        } else {
            ++it->second;
        }
    }
    if (counts.size() > 3) {
        return FieldWords::tr("%1 values").arg(list.size());
    }
    QStringList parts;
    for (const auto& [value, count] : counts) {
        parts.append(counts.size() == 1 ? FieldWords::tr("all %1").arg(text(value))
                                        : QStringLiteral("%1 %2").arg(count).arg(text(value)));
    }
    return parts.join(QStringLiteral(" · "));
}

QString layerTypeText(const std::string& type) {
    if (type == "full_attention") {
        return FieldWords::tr("global", "a layer that sees everything");
    }
    if (type == "sliding_attention") {
        return FieldWords::tr("sliding", "a layer with a sliding window");
    }
    if (type == "chunked_attention") {
        return FieldWords::tr("chunked", "a layer that sees its own block");
    }
    return QString::fromStdString(type);
}

} // namespace

QString fieldLabel(std::string_view name) {
    const Words* entry = find(name);
    return entry == nullptr ? fromView(name) : FieldWords::tr(entry->label);
}

QString fieldHint(std::string_view name) {
    const Words* entry = find(name);
    return entry == nullptr || *entry->hint == '\0' ? QString() : FieldWords::tr(entry->hint);
}

QString fieldGroupTitle(FieldGroup group) {
    switch (group) {
    case FieldGroup::Model:
        return FieldWords::tr("Model");
    case FieldGroup::Attention:
        return FieldWords::tr("Attention");
    case FieldGroup::Position:
        return FieldWords::tr("Position");
    case FieldGroup::FeedForward:
        return FieldWords::tr("Feed-forward");
    case FieldGroup::Experts:
        return FieldWords::tr("Experts");
    case FieldGroup::Normalisation:
        return FieldWords::tr("Normalisation");
    case FieldGroup::Vocabulary:
        return FieldWords::tr("Vocabulary");
    }
    return {};
}

QStringList fieldChoices(const ModelConfig& config, const FieldInfo& field) {
    QStringList choices;
    if (field.name == "hidden_act") {
        choices = {QStringLiteral("silu"),     QStringLiteral("gelu"),
                   QStringLiteral("gelu_new"), QStringLiteral("gelu_pytorch_tanh"),
                   QStringLiteral("relu"),     QStringLiteral("relu2")};
    } else if (field.name == "topk_method") {
        choices = {QStringLiteral("greedy"), QStringLiteral("group_limited_greedy"),
                   QStringLiteral("noaux_tc")};
    } else if (field.name == "scoring_func") {
        choices = {QStringLiteral("softmax"), QStringLiteral("sigmoid")};
    }
    if (!choices.isEmpty()) {
        // What the design has must be among the choices, or the box would show another value.
        const FieldValue value = field_value(config, field);
        if (const auto* text = std::get_if<std::string>(&value)) {
            const QString own = QString::fromStdString(*text);
            if (!choices.contains(own)) {
                choices.append(own);
            }
        }
    }
    return choices;
}

QString fieldValueText(const FieldInfo& field, const FieldValue& value) {
    const QLocale locale;
    return std::visit(
        Overloaded{
            [](std::monostate) { return FieldWords::tr("off", "an optional value that is unset"); },
            [](bool on) { return on ? FieldWords::tr("on") : FieldWords::tr("off", "a switch"); },
            [&](std::int64_t number) { return format::plain(static_cast<double>(number), 0); },
            [&](double number) {
                const bool readable = number == 0.0 || (number >= 1e-3 && number < 1e15);
                return readable ? format::plain(number, 6) : locale.toString(number, 'g', 6);
            },
            [](const std::string& text) { return QString::fromStdString(text); },
            [&](const std::vector<std::int64_t>& list) {
                if (field.name == "no_rope_layers") {
                    return summary(list, [](std::int64_t v) {
                        return v != 0 ? QStringLiteral("RoPE") : QStringLiteral("NoPE");
                    });
                }
                if (field.name == "mlp_only_layers" || field.name == "moe_layers") {
                    if (list.empty()) {
                        return FieldWords::tr("none listed");
                    }
                    return list.size() == 1 ? FieldWords::tr("1 layer")
                                            : FieldWords::tr("%1 layers").arg(list.size());
                }
                return summary(
                    list, [](std::int64_t v) { return format::plain(static_cast<double>(v), 0); });
            },
            [&](const std::vector<double>& list) {
                return summary(list, [](double v) { return format::plain(v, 4); });
            },
            [&](const std::vector<std::string>& list) { return summary(list, layerTypeText); },
        },
        value);
}

} // namespace headroom::ui
