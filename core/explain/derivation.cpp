// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/derivation.h"

#include "core/explain/derivation_nodes.h"
#include "core/explain/explain_sentences.h"

#include <algorithm>
#include <array>
#include <utility>

namespace headroom {
namespace {

constexpr std::array<std::pair<Quantity, std::string_view>, 7> quantity_names = {{
    {Quantity::Parameters, "parameters"},
    {Quantity::ActiveParameters, "active_parameters"},
    {Quantity::KvCache, "kv_cache"},
    {Quantity::Flops, "flops"},
    {Quantity::Memory, "memory"},
    {Quantity::TimePerOutputToken, "time_per_output_token"},
    {Quantity::TimeToFirstToken, "time_to_first_token"},
}};

} // namespace

std::string_view to_string(Quantity quantity) {
    for (const auto& [q, name] : quantity_names) {
        if (q == quantity) {
            return name;
        }
    }
    return {};
}

std::optional<Quantity> quantity_from(std::string_view text) {
    for (const auto& [q, name] : quantity_names) {
        if (name == text) {
            return q;
        }
    }
    return std::nullopt;
}

Result<Derivation> explain(const ModelSpec& spec, const Scenario& scenario,
                           const DeviceProfile& device, Quantity quantity) {
    const Result<Analysis> analysis = analyze(spec, scenario, device);
    if (!analysis) {
        return analysis.error();
    }
    switch (quantity) {
    case Quantity::Parameters:
        return derive::parameters(spec, *analysis);
    case Quantity::ActiveParameters:
        return derive::active_parameters(spec, *analysis);
    case Quantity::KvCache:
        return derive::kv_cache(spec, *analysis);
    case Quantity::Flops:
        return derive::flops(spec, *analysis);
    case Quantity::Memory:
        return derive::memory(spec, *analysis);
    case Quantity::TimePerOutputToken:
        return derive::step_time(spec, *analysis, device, Phase::Decode);
    case Quantity::TimeToFirstToken:
        return derive::step_time(spec, *analysis, device, Phase::Prefill);
    }
    return Error{{}, "quantity", explain_says<"no-quantity">()};
}

std::optional<double> combined_value(const Derivation& node) {
    if (node.combine == Combine::Leaf || node.combine == Combine::Formula) {
        return std::nullopt;
    }
    const bool is_product = node.combine == Combine::Product;
    Wide exact = is_product ? 1 : 0;
    double value = is_product ? 1.0 : 0.0;
    for (const Derivation& child : node.children) {
        if (child.aside) {
            continue;
        }
        switch (node.combine) {
        case Combine::Product:
            exact *= child.exact;
            value *= child.value;
            break;
        case Combine::Max:
            exact = std::max<Wide>(exact, child.exact);
            value = std::max(value, child.value);
            break;
        case Combine::Sum:
        case Combine::Leaf:
        case Combine::Formula:
            exact += child.exact;
            value += child.value;
            break;
        }
    }
    return node.is_integer ? static_cast<double>(narrow(exact)) : value;
}

} // namespace headroom
