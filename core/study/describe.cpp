// SPDX-License-Identifier: GPL-3.0-or-later
// A design's structure in words.
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/study/compare.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace headroom {
namespace {

std::string grouped(std::int64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string number(double value) {
    if (value >= 0 && value < 1e15 && value == std::floor(value)) {
        return grouped(static_cast<std::int64_t>(value));
    }
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, 6)
                         .ptr;
    return {buffer.data(), end};
}

/// "all layers", "5 of 6 layers" where the pattern repeats, else "52 of 62 layers"; empty: none.
template <class Holds>
std::string share(const ModelSpec& spec, Holds holds) {
    const std::int64_t layers = spec.num_layers();
    const auto count = [&](std::int64_t n) {
        std::int64_t sum = 0;
        for (std::int64_t i = 0; i < n; ++i) {
            sum += holds(spec.layer(i)) ? 1 : 0;
        }
        return sum;
    };
    const std::int64_t all = count(layers);
    if (all == 0) {
        return {};
    }
    if (all == layers) {
        return "all layers";
    }
    for (std::int64_t period = 2; period <= std::min<std::int64_t>(12, layers / 2); ++period) {
        bool repeats = true;
        for (std::int64_t i = period; i < layers && repeats; ++i) {
            repeats = holds(spec.layer(i)) == holds(spec.layer(i - period));
        }
        if (repeats) {
            return std::to_string(count(period)) + " of " + std::to_string(period) + " layers";
        }
    }
    return std::to_string(all) + " of " + std::to_string(layers) + " layers";
}

// --- attention -----------------------------------------------------------------------------------

std::string heads(const GroupedQueryAttention& a) {
    const std::string n = std::to_string(a.num_attention_heads);
    std::string text;
    if (a.num_key_value_heads == a.num_attention_heads) {
        text = "multi-head, " + n;
    } else if (a.num_key_value_heads == 1) {
        text = "multi-query, " + n + " : 1";
    } else {
        text = "grouped-query, " + n + " : " + std::to_string(a.num_key_value_heads);
    }
    return text + ", heads of " + std::to_string(a.head_dim);
}

std::string_view qk_norm(QkNorm norm) {
    switch (norm) {
    case QkNorm::None:
        return {};
    case QkNorm::PerHead:
        return ", QK-norm";
    case QkNorm::FullWidth:
        return ", QK-norm over the full width";
    case QkNorm::L2:
        return ", weightless QK-norm";
    }
    return {};
}

bool has_span(const LayerSpec& layer, SpanKind kind) {
    const AttentionSpan* span = span_of(layer);
    return span != nullptr && span->kind == kind;
}

std::string spans(const ModelSpec& spec) {
    std::string text;
    for (const auto& [kind, word] :
         {std::pair{SpanKind::Sliding, "sliding "}, std::pair{SpanKind::Chunked, "chunks of "}}) {
        const auto first =
            std::find_if(spec.kinds.begin(), spec.kinds.end(),
                         [k = kind](const LayerKind& layer) { return has_span(layer.spec, k); });
        if (first != spec.kinds.end()) {
            text += std::string(", ") + word + grouped(span_of(first->spec)->size) + " in " +
                    share(spec, [k = kind](const LayerSpec& l) { return has_span(l, k); });
        }
    }
    return text;
}

/// The norm of queries and keys of any layer: L2 norms stand only in the layers that turn.
QkNorm qk_norm_of(const ModelSpec& spec) {
    for (const LayerPart& part : spec.parts) {
        const QkNorm norm = std::visit(Overloaded{
                                           [](const GroupedQueryAttention& a) { return a.qk_norm; },
                                           [](const LatentAttention&) { return QkNorm::None; },
                                           [](const DenseFeedForward&) { return QkNorm::None; },
                                           [](const MixtureOfExperts&) { return QkNorm::None; },
                                       },
                                       spec.sub_layer_of(part).kind);
        if (norm != QkNorm::None) {
            return norm;
        }
    }
    return QkNorm::None;
}

std::string attention(const ModelSpec& spec, const LatentAttention& mla) {
    std::string text = "latent (MLA), rank " + std::to_string(mla.kv_lora_rank) + " + " +
                       std::to_string(mla.qk_rope_head_dim) + ", " +
                       std::to_string(mla.num_attention_heads) + " heads";
    if (mla.q_lora_rank) {
        text += ", query rank " + grouped(*mla.q_lora_rank);
    }
    return text + spans(spec);
}

std::string attention(const ModelSpec& spec, const GroupedQueryAttention& a) {
    std::string text = heads(a) + std::string(qk_norm(qk_norm_of(spec)));
    text += a.qkv_bias ? (a.o_bias ? ", biases" : ", QKV bias") : a.o_bias ? ", output bias" : "";
    text += a.sinks ? ", sinks" : "";
    text += a.scaling == 1.0 && a.head_dim > 1 ? ", scores not scaled" : "";
    text += a.scales_by_inverse_layer ? ", scores of layer i divided by i + 1" : "";
    text += a.logit_softcapping ? ", scores capped at " + number(*a.logit_softcapping) : "";
    text += spans(spec);
    const auto shared = share(spec, [](const LayerSpec& l) { return shares_kv(l); });
    text += shared.empty() ? "" : ", " + shared + " reuse an earlier cache";
    text += spec.is_encoder ? ", bidirectional" : "";
    return text;
}

std::string attention(const ModelSpec& /*spec*/, const DenseFeedForward& /*f*/) {
    return {};
}

std::string attention(const ModelSpec& /*spec*/, const MixtureOfExperts& /*f*/) {
    return {};
}

std::string attention(const ModelSpec& spec) {
    const SubLayer* first = sub_layer_of(spec.kinds.front().spec, SubLayerRole::Attention);
    return first == nullptr
               ? "none"
               : std::visit([&](const auto& kind) { return attention(spec, kind); }, first->kind);
}

// --- feed-forward --------------------------------------------------------------------------------

/// "12,288", or the range of the widths where layers differ.
std::string widths(const ModelSpec& spec) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    for (const LayerKind& kind : spec.kinds) {
        if (const DenseFeedForward* dense = dense_of(kind.spec)) {
            low = low == 0 ? dense->intermediate_size : std::min(low, dense->intermediate_size);
            high = std::max(high, dense->intermediate_size);
        }
    }
    return low == high ? grouped(low) : grouped(low) + " to " + grouped(high);
}

const DenseFeedForward* first_dense(const ModelSpec& spec) {
    for (const LayerKind& kind : spec.kinds) {
        if (const DenseFeedForward* dense = dense_of(kind.spec)) {
            return dense;
        }
    }
    return nullptr;
}

std::string dense_text(const ModelSpec& spec) {
    const DenseFeedForward* first = first_dense(spec);
    if (first == nullptr) {
        return "none";
    }
    const DenseFeedForward& f = *first;
    std::string text =
        std::string(activation_name(f.activation, f.gated, f.squared)) + ", width " + widths(spec);
    text += f.bias ? ", biases" : "";
    const auto sparse = share(spec, [](const LayerSpec& l) {
        const DenseFeedForward* dense = dense_of(l);
        return dense != nullptr && dense->activation_sparsity > 0;
    });
    return text + (sparse.empty() ? "" : ", sparse activations in " + sparse);
}

/// "3 dense, 58 x 256 experts, top-8 + 1 shared".
std::string experts_text(const ModelSpec& spec, const MixtureOfExperts& f) {
    const std::int64_t with = layers_with_experts(spec);
    const std::int64_t dense = spec.num_layers() - with;
    std::string text = dense > 0 ? std::to_string(dense) + " dense, " : "";
    text += std::to_string(with) + " \u00d7 " + grouped(f.num_experts) + " experts, top-" +
            std::to_string(f.num_experts_per_tok);
    if (f.shared_intermediate_size > 0) {
        const bool whole = f.shared_intermediate_size % f.moe_intermediate_size == 0;
        text += " + " +
                (whole ? std::to_string(f.shared_intermediate_size / f.moe_intermediate_size)
                       : std::string("a")) +
                " shared";
    }
    text += "; " + std::string(activation_name(f.activation, true, f.squared)) + ", experts of " +
            grouped(f.moe_intermediate_size);
    return text + (dense > 0 ? ", dense " + widths(spec) : "");
}

std::string feed_forward(const ModelSpec& spec) {
    const MixtureOfExperts* moe = experts_of(spec);
    return moe == nullptr ? dense_text(spec) : experts_text(spec, *moe);
}

std::string routing(const ModelSpec& spec) {
    const MixtureOfExperts* moe = experts_of(spec);
    if (moe == nullptr) {
        return "none";
    }
    const Routing& r = moe->routing;
    std::string text = r.scoring == Scoring::Sigmoid ? "sigmoid" : "softmax";
    text += r.correction_bias ? " + bias" : "";
    text += r.softmax_after_topk ? " over the chosen" : "";
    if (r.n_group > 1) {
        text +=
            ", " + std::to_string(r.topk_group) + " of " + std::to_string(r.n_group) + " groups";
    }
    text += r.norm_topk_prob && !r.softmax_after_topk ? ", weights sum to 1" : "";
    text += r.routed_scaling_factor != 1.0 ? ", scaled by " + number(r.routed_scaling_factor) : "";
    return text + (r.scales_input ? ", scales the expert's input" : "");
}

// --- position, norm, embedding -------------------------------------------------------------------

std::string scaling(const RotarySpec& r) {
    switch (r.type) {
    case RopeType::Default:
        return {};
    case RopeType::Linear:
        return ", linear \u00d7 " + number(r.factor);
    case RopeType::Dynamic:
        return ", dynamic \u00d7 " + number(r.factor);
    case RopeType::Yarn:
        return ", YaRN \u00d7 " + number(r.factor);
    case RopeType::Llama3:
        return ", Llama 3 scaling \u00d7 " + number(r.factor);
    case RopeType::LongRope:
        return ", LongRoPE";
    }
    return {};
}

std::string position(const ModelSpec& spec) {
    std::vector<const RotarySpec*> tables;
    for (const LayerKind& kind : spec.kinds) {
        const RotarySpec* r = rotary_of(kind.spec);
        if (r != nullptr && std::none_of(tables.begin(), tables.end(),
                                         [&](const RotarySpec* t) { return *t == *r; })) {
            tables.push_back(r);
        }
    }
    if (tables.empty()) {
        return spec.learned_positions > 0
                   ? "learned, " + grouped(spec.learned_positions) + " positions"
                   : "none";
    }
    std::string text;
    for (const RotarySpec* r : tables) {
        text += (text.empty() ? "RoPE \u03b8 = " : "; \u03b8 = ") + number(r->theta) + scaling(*r);
        if (tables.size() > 1) {
            text += " in " + share(spec, [&](const LayerSpec& l) {
                        const RotarySpec* other = rotary_of(l);
                        return other != nullptr && *other == *r;
                    });
        }
    }
    if (const SubLayer* first = sub_layer_of(spec.kinds.front().spec, SubLayerRole::Attention)) {
        text += std::visit(Overloaded{
                               [](const GroupedQueryAttention& a) {
                                   return a.rotary && a.rotary->rotary_dim < a.head_dim
                                              ? ", " + std::to_string(a.rotary->rotary_dim) +
                                                    " of " + std::to_string(a.head_dim) +
                                                    " dimensions"
                                              : std::string{};
                               },
                               // The rotary part is a width of its own.
                               [](const LatentAttention&) { return std::string{}; },
                               [](const DenseFeedForward&) { return std::string{}; },
                               [](const MixtureOfExperts&) { return std::string{}; },
                           },
                           first->kind);
    }
    const std::string none =
        share(spec, [](const LayerSpec& l) { return rotary_of(l) == nullptr; });
    return text + (none.empty() ? "" : "; none (NoPE) in " + none);
}

std::string norm(const ModelSpec& spec) {
    const SubLayerNorms& norms = spec.kinds.front().spec.sub_layers.front().norms;
    std::string kind;
    switch (norms.norm.kind) {
    case NormKind::Rms:
        kind = "RMSNorm";
        break;
    case NormKind::RmsPlusOne:
        kind = "RMSNorm (1 + weight)";
        break;
    case NormKind::Layer:
        kind = "LayerNorm";
        break;
    }
    const std::optional<NormPlacement> placement = placement_of(norms);
    if (!placement) {
        return "none";
    }
    switch (*placement) {
    case NormPlacement::Pre:
        return "pre-" + kind;
    case NormPlacement::Post:
        return "post-" + kind;
    case NormPlacement::Output:
        return kind + " on each sub-layer's output";
    case NormPlacement::Sandwich:
        return kind + " before and after each sub-layer";
    }
    return kind;
}

std::string embedding(const ModelSpec& spec) {
    std::string text = "vocabulary " + grouped(spec.vocab_size) +
                       (spec.tie_word_embeddings ? ", tied head" : ", own head");
    if (spec.per_layer_vocab > 0) {
        text += ", per-layer embeddings of " + grouped(spec.per_layer_vocab) + " rows";
    }
    if (spec.final_logit_softcapping) {
        text += ", logits capped at " + number(*spec.final_logit_softcapping);
    }
    if (spec.num_nextn_predict_layers > 0) {
        text += ", " + std::to_string(spec.num_nextn_predict_layers) +
                " multi-token-prediction module" + (spec.num_nextn_predict_layers > 1 ? "s" : "");
    }
    return text;
}

} // namespace

std::vector<std::pair<std::string, std::string>> describe_structure(const ModelSpec& spec) {
    return {{"attention", attention(spec)}, {"feed_forward", feed_forward(spec)},
            {"routing", routing(spec)},     {"position", position(spec)},
            {"norm", norm(spec)},           {"embedding", embedding(spec)}};
}

} // namespace headroom
