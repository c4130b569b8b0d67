// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/accounting/parameters.h"

#include "core/accounting/tensor_table.h"
#include "core/base/base_sentences.h"
#include "core/base/overloaded.h"
#include "core/base/wide.h"
#include "core/config/layer_queries.h"

#include <algorithm>

namespace headroom {
namespace {

/// Share of a routed tensor that one token reads is k of E; exact, because every expert is equal.
Wide active_part(const ModelSpec& spec, const TensorSpec& t, Wide elements) {
    if (t.usage != Usage::Routed) {
        return elements;
    }
    const MixtureOfExperts& moe = *experts_of(sub_layer_of(spec, t).kind);
    return divide(elements, moe.num_experts) * moe.num_experts_per_tok;
}

/// One multi-token-prediction module (DeepSeek-V3, arXiv:2412.19437, sec. 2.2): a projection of
/// [hidden; embedding], three norms and one more layer of the last kind; embedding and head are
/// shared.
Wide multi_token_prediction(const ModelSpec& spec) {
    if (spec.num_nextn_predict_layers == 0) {
        return 0;
    }
    Wide layer = 0;
    for_each_tensor_of(spec, spec.kind_of_layer.back(), [&](const TensorSpec& t) {
        if (t.usage != Usage::Buffer) {
            layer += t.elements() * t.copies;
        }
    });
    const Wide h = spec.hidden_size;
    return spec.num_nextn_predict_layers * (layer + 2 * h * h + 3 * h);
}

/// V*H + L*(4H^2 + 3*I*H) + V*H, with the experts' widths added up where there are experts.
Wide schoolbook(const ModelSpec& spec) {
    const Wide h = spec.hidden_size;
    Wide sum = 2 * h * spec.vocab_size;
    sum += spec.num_layers() * 4 * h * h;
    for (const LayerPart& part : spec.parts) {
        sum += part.count * 3 * schoolbook_width(spec.sub_layer_of(part).kind) * h;
    }
    return sum;
}

} // namespace

Wide schoolbook_width(const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention&) { return Wide{0}; },
                          [](const LatentAttention&) { return Wide{0}; },
                          [](const DenseFeedForward& f) { return wide(f.intermediate_size); },
                          [](const MixtureOfExperts& f) {
                              return wide(f.num_experts) * f.moe_intermediate_size +
                                     f.shared_intermediate_size;
                          },
                      },
                      kind);
}

std::string_view to_string(ParameterGroup group) {
    switch (group) {
    case ParameterGroup::Embedding:
        return "embedding";
    case ParameterGroup::PerLayerEmbedding:
        return "per_layer_embedding";
    case ParameterGroup::Attention:
        return "attention";
    case ParameterGroup::FeedForward:
        return "feed_forward";
    case ParameterGroup::Experts:
        return "experts";
    case ParameterGroup::SharedExperts:
        return "shared_experts";
    case ParameterGroup::Router:
        return "router";
    case ParameterGroup::Norm:
        return "norm";
    case ParameterGroup::LmHead:
        return "lm_head";
    case ParameterGroup::Other:
        return "other";
    }
    return {};
}

Result<ParameterReport> count_parameters(const ModelSpec& spec) {
    Wide total = 0;
    Wide active_all = 0;
    Wide lookups = 0;
    Wide buffers = 0;
    Wide per_layer_table = 0;
    std::array<Wide, parameter_group_count> groups{};
    std::array<Wide, parameter_group_count> active_groups{};
    for_each_tensor(spec, [&](const TensorSpec& t) {
        const Wide elements = t.elements() * t.copies * t.layers;
        if (t.usage == Usage::Buffer) {
            buffers += elements;
            return;
        }
        const auto group = static_cast<std::size_t>(t.role);
        const Wide active = active_part(spec, t, elements);
        total += elements;
        active_all += active;
        groups[group] += elements;
        active_groups[group] += active;
        if (t.usage == Usage::Lookup) {
            // A tied token table is read in full as the head; any other table is a lookup.
            const bool is_head = spec.tie_word_embeddings && t.slot == TensorSlot::TokenEmbedding;
            lookups += is_head ? 0 : elements;
        }
        if (t.usage == Usage::Lookup && t.role == ParameterGroup::PerLayerEmbedding) {
            per_layer_table += elements;
        }
    });
    ParameterReport report;
    report.total = narrow(total);
    report.active_with_input_embedding = narrow(active_all);
    report.active = narrow(active_all - lookups);
    report.buffers = narrow(buffers);
    report.multi_token_prediction = narrow(multi_token_prediction(spec));
    report.effective = narrow(total - per_layer_table);
    report.schoolbook_estimate = narrow(schoolbook(spec));
    std::transform(groups.begin(), groups.end(), report.groups.begin(), narrow);
    std::transform(active_groups.begin(), active_groups.end(), report.active_groups.begin(),
                   narrow);
    if (report.total == overflowed || report.multi_token_prediction == overflowed ||
        report.schoolbook_estimate == overflowed) {
        return Error{
            {},
            "parameters",
            found_expected(base_says<"beyond-64-bits">(), base_says<"count-of-64-bits">())};
    }
    return report;
}

} // namespace headroom
