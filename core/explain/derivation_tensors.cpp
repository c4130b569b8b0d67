// SPDX-License-Identifier: GPL-3.0-or-later
// The tree that every sum over weights has: tensors, their groups, a layer, the layers of a kind.
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/explain/derivation_dims.h"

#include <array>

namespace headroom::derive {
namespace {

std::string_view source_of(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) -> std::string_view {
                              return "GQA, arXiv:2305.13245, sec. 2";
                          },
                          [](const LatentAttention&) -> std::string_view {
                              return "DeepSeek-V2, arXiv:2405.04434, sec. 2.1";
                          },
                          [](const DenseFeedForward& f) -> std::string_view {
                              return f.gated ? "GLU variants, arXiv:2002.05202, sec. 2"
                                             : "Transformer, arXiv:1706.03762, sec. 3.3";
                          },
                          [](const MixtureOfExperts&) -> std::string_view {
                              return "DeepSeekMoE, arXiv:2401.06066, sec. 2 and 3";
                          },
                      },
                      kind);
}

std::string_view source_of(const ResidualSpec& residual) {
    return std::visit(Overloaded{
                          [](const PlainSum&) -> std::string_view { return {}; },
                          [](const AltUpSpec&) -> std::string_view {
                              return "AltUp, arXiv:2301.13310, sec. 3; LAuReL, arXiv:2411.07501";
                          },
                      },
                      residual);
}

std::string_view source_of_role(const LayerSpec& layer, SubLayerRole role) {
    const SubLayer* sub = sub_layer_of(layer, role);
    return sub == nullptr ? std::string_view{} : source_of(sub->kind);
}

std::string_view source_of(ParameterGroup group, const LayerSpec& layer) {
    switch (group) {
    case ParameterGroup::Attention:
    case ParameterGroup::FeedForward:
        return source_of_role(layer, group == ParameterGroup::Attention
                                         ? SubLayerRole::Attention
                                         : SubLayerRole::FeedForward);
    case ParameterGroup::Experts:
    case ParameterGroup::SharedExperts:
    case ParameterGroup::Router:
        return "DeepSeekMoE, arXiv:2401.06066, sec. 2 and 3";
    case ParameterGroup::PerLayerEmbedding:
    case ParameterGroup::Other:
        return source_of(layer.residual);
    case ParameterGroup::Embedding:
    case ParameterGroup::Norm:
    case ParameterGroup::LmHead:
        break;
    }
    return {};
}

/// One layer of a kind: its tensors, grouped as the report groups them.
Derivation layer_node(const ModelSpec& spec, std::size_t kind, const char* unit, TensorNode leaf) {
    std::array<std::vector<Derivation>, parameter_group_count> groups;
    for_each_tensor_of(spec, static_cast<std::int32_t>(kind), [&](const TensorSpec& t) {
        if (std::optional<Derivation> node = leaf(t)) {
            groups[static_cast<std::size_t>(t.role)].push_back(std::move(*node));
        }
    });
    std::vector<Derivation> children;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (groups[g].empty()) {
            continue;
        }
        const auto group = static_cast<ParameterGroup>(g);
        Derivation node = sum(std::string(to_string(group)), std::move(groups[g]), unit);
        node.source = source_of(group, spec.kinds[kind].spec);
        children.push_back(std::move(node));
    }
    return sum("one layer", std::move(children), unit);
}

/// The tensors outside the layers: those before the layers or those after.
void add_outside(const ModelSpec& spec, bool before, TensorNode leaf,
                 std::vector<Derivation>& children) {
    bool in_front = true;
    for_each_tensor(spec, [&](const TensorSpec& t) {
        if (t.layer_kind >= 0) {
            in_front = false;
        } else if (in_front == before) {
            if (std::optional<Derivation> node = leaf(t)) {
                children.push_back(std::move(*node));
            }
        }
    });
}

} // namespace

Derivation over_tensors(const ModelSpec& spec, Symbol symbol, const char* unit, TensorNode leaf) {
    std::vector<Derivation> children;
    add_outside(spec, true, leaf, children);
    for (std::size_t kind = 0; kind < spec.kinds.size(); ++kind) {
        children.push_back(layers_of_kind(spec, kind, layer_node(spec, kind, unit, leaf), unit));
    }
    add_outside(spec, false, leaf, children);
    Derivation root = sum(std::move(symbol), std::move(children), unit);
    spell_out_layers(root);
    return root;
}

} // namespace headroom::derive
