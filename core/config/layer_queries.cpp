// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/layer_queries.h"

#include "core/base/overloaded.h"

#include <algorithm>

namespace headroom {
namespace {

// The structured bindings below name every member, so that a new one is an error here until it is
// decided whether it costs something.

bool equal_cost(const RotarySpec& a, const RotarySpec& b) {
    return a.rotary_dim == b.rotary_dim; // the angles themselves are looked up
}

bool equal_cost(const GroupedQueryAttention& a, const GroupedQueryAttention& b) {
    const auto& [heads, kv_heads, head_dim, span, rotary, qk_norm, v_norm, qkv_bias, o_bias, sinks,
                 shares, scaling, by_layer, cap, temperature] = a;
    const bool same_rotary = rotary.has_value() == b.rotary.has_value() &&
                             (!rotary.has_value() || equal_cost(*rotary, *b.rotary));
    // Free of cost: scaling, by_layer, cap and temperature, all factors on numbers at hand.
    static_cast<void>(scaling);
    static_cast<void>(by_layer);
    static_cast<void>(cap);
    static_cast<void>(temperature);
    return same_rotary && heads == b.num_attention_heads && kv_heads == b.num_key_value_heads &&
           head_dim == b.head_dim && span == b.span && qk_norm == b.qk_norm && v_norm == b.v_norm &&
           qkv_bias == b.qkv_bias && o_bias == b.o_bias && sinks == b.sinks &&
           shares == b.shares_kv;
}

bool equal_cost(const LatentAttention& a, const LatentAttention& b) {
    const auto& [heads, q_rank, rank, nope, rope, v_dim, span, rotary, bias, scaling] = a;
    static_cast<void>(scaling);
    return heads == b.num_attention_heads && q_rank == b.q_lora_rank && rank == b.kv_lora_rank &&
           nope == b.qk_nope_head_dim && rope == b.qk_rope_head_dim && v_dim == b.v_head_dim &&
           span == b.span && equal_cost(rotary, b.rotary) && bias == b.attention_bias;
}

bool equal_cost(const DenseFeedForward& a, const DenseFeedForward& b) {
    const auto& [width, activation, squared, gated, bias, sparsity] = a;
    static_cast<void>(sparsity); // sparse activations are computed in full
    return width == b.intermediate_size && activation == b.activation && squared == b.squared &&
           gated == b.gated && bias == b.bias;
}

bool equal_cost(const MixtureOfExperts& a, const MixtureOfExperts& b) {
    return a == b;
}

/// The first answer that is not null.
template <class Ask>
auto first_of(const LayerSpec& layer, Ask&& ask) -> decltype(ask(layer.sub_layers.front().kind)) {
    for (const SubLayer& sub : layer.sub_layers) {
        if (const auto answer = ask(sub.kind)) {
            return answer;
        }
    }
    return {};
}

} // namespace

SubLayerRole role_of(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) { return SubLayerRole::Attention; },
                          [](const LatentAttention&) { return SubLayerRole::Attention; },
                          [](const DenseFeedForward&) { return SubLayerRole::FeedForward; },
                          [](const MixtureOfExperts&) { return SubLayerRole::FeedForward; },
                      },
                      kind);
}

std::int64_t heads_of(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) { return a.num_attention_heads; },
                          [](const LatentAttention& a) { return a.num_attention_heads; },
                          [](const DenseFeedForward&) { return std::int64_t{0}; },
                          [](const MixtureOfExperts&) { return std::int64_t{0}; },
                      },
                      kind);
}

std::int64_t kv_heads_of(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) { return a.num_key_value_heads; },
                          [](const LatentAttention&) { return std::int64_t{1}; },
                          [](const DenseFeedForward&) { return std::int64_t{0}; },
                          [](const MixtureOfExperts&) { return std::int64_t{0}; },
                      },
                      kind);
}

std::int64_t qk_head_dim_of(const SubLayerKind& kind) {
    return std::visit(
        Overloaded{
            [](const GroupedQueryAttention& a) { return a.head_dim; },
            [](const LatentAttention& a) { return a.qk_nope_head_dim + a.qk_rope_head_dim; },
            [](const DenseFeedForward&) { return std::int64_t{0}; },
            [](const MixtureOfExperts&) { return std::int64_t{0}; },
        },
        kind);
}

const RotarySpec* rotary_of(const SubLayerKind& kind) {
    using Answer = const RotarySpec*;
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) -> Answer {
                              return a.rotary ? &*a.rotary : nullptr;
                          },
                          [](const LatentAttention& a) -> Answer { return &a.rotary; },
                          [](const DenseFeedForward&) -> Answer { return nullptr; },
                          [](const MixtureOfExperts&) -> Answer { return nullptr; },
                      },
                      kind);
}

const AttentionSpan* span_of(const SubLayerKind& kind) {
    using Answer = const AttentionSpan*;
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) -> Answer { return &a.span; },
                          [](const LatentAttention& a) -> Answer { return &a.span; },
                          [](const DenseFeedForward&) -> Answer { return nullptr; },
                          [](const MixtureOfExperts&) -> Answer { return nullptr; },
                      },
                      kind);
}

bool shares_kv(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) { return a.shares_kv; },
                          [](const LatentAttention&) { return false; },
                          [](const DenseFeedForward&) { return false; },
                          [](const MixtureOfExperts&) { return false; },
                      },
                      kind);
}

const MixtureOfExperts* experts_of(const SubLayerKind& kind) {
    using Answer = const MixtureOfExperts*;
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) -> Answer { return nullptr; },
                          [](const LatentAttention&) -> Answer { return nullptr; },
                          [](const DenseFeedForward&) -> Answer { return nullptr; },
                          [](const MixtureOfExperts& f) -> Answer { return &f; },
                      },
                      kind);
}

const DenseFeedForward* dense_of(const SubLayerKind& kind) {
    using Answer = const DenseFeedForward*;
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) -> Answer { return nullptr; },
                          [](const LatentAttention&) -> Answer { return nullptr; },
                          [](const DenseFeedForward& f) -> Answer { return &f; },
                          [](const MixtureOfExperts&) -> Answer { return nullptr; },
                      },
                      kind);
}

bool cost_the_same(const SubLayer& a, const SubLayer& b) {
    if (a.kind.index() != b.kind.index() || a.input != b.input || !(a.norms == b.norms)) {
        return false;
    }
    return std::visit(
        [&]<class Kind>(const Kind& kind) { return equal_cost(kind, *std::get_if<Kind>(&b.kind)); },
        a.kind);
}

std::optional<NormPlacement> placement_of(const SubLayerNorms& norms) {
    if (norms.stream) {
        return NormPlacement::Post;
    }
    if (norms.input && norms.output) {
        return NormPlacement::Sandwich;
    }
    if (norms.input) {
        return NormPlacement::Pre;
    }
    if (norms.output) {
        return NormPlacement::Output;
    }
    return std::nullopt;
}

const AltUpSpec* altup_of(const ResidualSpec& residual) {
    using Answer = const AltUpSpec*;
    return std::visit(Overloaded{
                          [](const PlainSum&) -> Answer { return nullptr; },
                          [](const AltUpSpec& a) -> Answer { return &a; },
                      },
                      residual);
}

const RotarySpec* rotary_of(const LayerSpec& layer) {
    return first_of(layer, [](const SubLayerKind& kind) { return rotary_of(kind); });
}

const AttentionSpan* span_of(const LayerSpec& layer) {
    return first_of(layer, [](const SubLayerKind& kind) { return span_of(kind); });
}

bool shares_kv(const LayerSpec& layer) {
    return first_of(layer, [](const SubLayerKind& kind) { return shares_kv(kind); });
}

const MixtureOfExperts* experts_of(const LayerSpec& layer) {
    return first_of(layer, [](const SubLayerKind& kind) { return experts_of(kind); });
}

const DenseFeedForward* dense_of(const LayerSpec& layer) {
    return first_of(layer, [](const SubLayerKind& kind) { return dense_of(kind); });
}

const SubLayer* sub_layer_of(const LayerSpec& layer, SubLayerRole role) {
    const auto found = std::find_if(layer.sub_layers.begin(), layer.sub_layers.end(),
                                    [&](const SubLayer& sub) { return role_of(sub.kind) == role; });
    return found == layer.sub_layers.end() ? nullptr : &*found;
}

bool has_limited_span(const LayerSpec& layer) {
    return std::any_of(layer.sub_layers.begin(), layer.sub_layers.end(), [](const SubLayer& sub) {
        const AttentionSpan* span = span_of(sub.kind);
        return span != nullptr && span->kind != SpanKind::Full;
    });
}

const MixtureOfExperts* experts_of(const ModelSpec& spec) {
    for (const LayerKind& kind : spec.kinds) {
        if (const MixtureOfExperts* experts = experts_of(kind.spec)) {
            return experts;
        }
    }
    return nullptr;
}

bool reference_multiplies_all_experts(const ModelSpec& spec) {
    return std::any_of(spec.kinds.begin(), spec.kinds.end(), [](const LayerKind& kind) {
        const MixtureOfExperts* experts = experts_of(kind.spec);
        return experts != nullptr && experts->routing.scales_input;
    });
}

std::int64_t layers_with_experts(const ModelSpec& spec) {
    std::int64_t layers = 0;
    for (const LayerKind& kind : spec.kinds) {
        layers += experts_of(kind.spec) != nullptr ? kind.count : 0;
    }
    return layers;
}

const AltUpSpec* altup_of(const ModelSpec& spec) {
    return spec.kinds.empty() ? nullptr : altup_of(spec.kinds.front().spec.residual);
}

int norms_of(const LayerSpec& layer) {
    int count = 0;
    for (const SubLayer& sub : layer.sub_layers) {
        count += sub.norms.count();
    }
    return count;
}

} // namespace headroom
