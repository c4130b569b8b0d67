// SPDX-License-Identifier: GPL-3.0-or-later
// Time of a decode step or a prefill: every operator waits for its arithmetic or its bytes.
#include "core/accounting/operators.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/estimate/throughput.h"
#include "core/explain/derivation_dims.h"
#include "core/explain/explain_sentences.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom::derive {
namespace {

constexpr const char* time_unit = "ms";

Derivation formula_leaf(Symbol symbol, double value, Formula formula, std::string substituted) {
    Derivation node = real(std::move(symbol), value, time_unit);
    node.formula = std::move(formula);
    node.substituted = std::move(substituted);
    return node;
}

/// Enough digits for bytes of weights; constants are shorter.
std::string digits(double value) {
    return text(value, 10);
}

Derivation computing(const Operator& op, const DeviceProfile& device, const Efficiency& e) {
    const double flops = static_cast<double>(op.flops);
    const double peak = device.peak(op.format);
    const double share = compute_share(op, device);
    return formula_leaf("computing", 1e3 * flops / (peak * e.compute * share),
                        "1000 * flops / (peak_flops * compute_efficiency * compute_share)",
                        "1000 * " + text(op.flops) + " / (" + digits(peak) + " * " +
                            digits(e.compute) + " * " + digits(share) + ")");
}

Derivation moving(const Operator& op, const DeviceProfile& device, const Efficiency& e) {
    const double bytes = op.weight_bytes + op.activation_bytes + op.cache_bytes;
    const double share = memory_share(op, device);
    return formula_leaf("moving", 1e3 * bytes / (device.bandwidth_bytes_per_s * e.memory * share),
                        "1000 * (weight_bytes + activation_bytes + cache_bytes) / (bandwidth * "
                        "memory_efficiency * memory_share)",
                        "1000 * (" + digits(op.weight_bytes) + " + " + digits(op.activation_bytes) +
                            " + " + digits(op.cache_bytes) + ") / (" +
                            digits(device.bandwidth_bytes_per_s) + " * " + digits(e.memory) +
                            " * " + digits(share) + ")");
}

Derivation largest(Symbol symbol, std::vector<Derivation> limits) {
    Derivation node = real(std::move(symbol), 0, time_unit);
    node.combine = Combine::Max;
    for (const Derivation& limit : limits) {
        node.formula += Formula(node.formula.empty() ? "max(" : ", ") + limit.symbol;
        node.substituted += (node.substituted.empty() ? "max(" : ", ") + digits(limit.value);
        node.value = std::max(node.value, limit.value);
    }
    node.formula += ")";
    node.substituted += ")";
    node.children = std::move(limits);
    node.source = "Roofline, Williams et al. 2009, doi:10.1145/1498765.1498785";
    return node;
}

/// Neither hides the other completely: (a^p + b^p)^(1/p), p being `power`, 2 or 4.
Derivation root_of_powers(std::vector<Derivation> limits, int power) {
    Derivation node = real("work", 0, time_unit);
    node.combine = Combine::Formula;
    const auto times = [&](const auto& x) {
        return power == 2 ? x + " * " + x : x + " * " + x + " * " + x + " * " + x;
    };
    const std::string open = power == 2 ? "sqrt(" : "sqrt(sqrt(";
    double powers = 0;
    for (const Derivation& limit : limits) {
        const std::string plus = node.formula.empty() ? open : " + ";
        node.formula += plus + times(Formula(limit.symbol));
        node.substituted += plus + times(digits(limit.value));
        powers += std::pow(limit.value, power);
    }
    node.value = std::pow(powers, 1.0 / power);
    node.formula += power == 2 ? ")" : "))";
    node.substituted += power == 2 ? ")" : "))";
    node.children = std::move(limits);
    node.note = power == 2 ? explain_says<"grouped-product">() : explain_says<"overlap-in-part">();
    return node;
}

Sentence expert_note(const ModelSpec& spec, const Operator& op, const Step& step,
                     const Deployment& deployment) {
    const MixtureOfExperts& moe = *experts_of(sub_layer_of(spec, op).kind);
    const std::int64_t tp = deployment.tensor_parallel;
    const std::int64_t served = std::max(tp, deployment.expert_parallel) / tp;
    const auto tokens = static_cast<double>(step.batch * served) * static_cast<double>(step.tokens);
    return joined(
        Join::Space,
        {explain_says<"experts-reached">(
             significant(tokens, 6),
             significant(
                 expected_distinct_experts(moe.num_experts, moe.num_experts_per_tok, tokens), 4),
             moe.num_experts),
         explain_says<"rows-of-expert">(significant(op.rows_per_expert, 4),
                                        significant(100 * op.compute_share, 3))});
}

Derivation communication(const Operator& op, double seconds, const DeviceProfile& device) {
    Derivation node = real(std::string(op.name()), 1e3 * seconds, time_unit);
    const bool in_node = op.span <= device.max_per_node;
    const bool table = op.what == Operation::AllReduce && in_node && !device.all_reduce.empty();
    const std::string& link = in_node ? device.link.kind : device.network.kind;
    const Real bytes = significant(op.message_bytes, 6);
    node.note = table ? explain_says<"message-table">(bytes, op.participants, link)
                      : explain_says<"message-ring">(bytes, op.participants, link);
    return node;
}

/// Fields of the configuration that an operator's work follows from.
std::vector<std::string> fields_of(const ModelSpec& spec, const Operator& op, const Step& step) {
    std::vector<std::string> fields;
    for (const Factor& factor : dimensions(spec, op, step.all_experts)) {
        fields.insert(fields.end(), factor.fields.begin(), factor.fields.end());
    }
    if (op.kind != OperatorKind::Attention) {
        return fields;
    }
    const auto add_span = [&](const AttentionSpan& span) {
        if (span.kind != SpanKind::Full) {
            fields.emplace_back(span.kind == SpanKind::Sliding ? "sliding_window"
                                                               : "attention_chunk_size");
        }
    };
    std::visit(Overloaded{
                   [&](const GroupedQueryAttention& a) {
                       fields = {"num_attention_heads", "num_key_value_heads", "head_dim"};
                       add_span(a.span);
                   },
                   [&](const LatentAttention& a) {
                       fields = {"num_attention_heads", "kv_lora_rank", "qk_rope_head_dim"};
                       add_span(a.span);
                   },
                   [](const DenseFeedForward&) {},
                   [](const MixtureOfExperts&) {},
               },
               sub_layer_of(spec, op).kind);
    return fields;
}

Derivation operator_node(const ModelSpec& spec, const Step& step, const Deployment& deployment,
                         const Operator& op, double seconds, const DeviceProfile& device) {
    if (op.kind == OperatorKind::Communication) {
        return communication(op, seconds, device);
    }
    const Efficiency& e = efficiency_of(device.constants, op.kind);
    std::vector<Derivation> limits;
    if (op.flops > 0) {
        limits.push_back(computing(op, device, e));
    }
    limits.push_back(moving(op, device, e));
    Derivation launching =
        formula_leaf("launching", 1e3 * op.launches * e.overhead_s, "1000 * launches * overhead_s",
                     "1000 * " + digits(op.launches) + " * " + digits(e.overhead_s));
    Derivation node;
    if (op.kind == OperatorKind::ElementWise) {
        // A kernel too small to fill the device takes its launch.
        limits.push_back(std::move(launching));
        node = largest(std::string(op.name()), std::move(limits));
    } else {
        std::vector<Derivation> parts;
        parts.push_back(
            op.kind == OperatorKind::Attention
                ? largest("work", std::move(limits))
                : root_of_powers(std::move(limits), op.kind == OperatorKind::Expert ? 2 : 4));
        parts.push_back(std::move(launching));
        node = sum(std::string(op.name()), std::move(parts), time_unit);
    }
    node.value = 1e3 * seconds;
    node.fields = fields_of(spec, op, step);
    if (op.kind == OperatorKind::Expert) {
        node.note = expert_note(spec, op, step, deployment);
        node.source = "expectation of distinct draws; routing as in DeepSeekMoE, arXiv:2401.06066";
    }
    return node;
}

} // namespace

Derivation step_time(const ModelSpec& spec, const Analysis& analysis, const DeviceProfile& device,
                     Phase phase) {
    const bool decode = phase == Phase::Decode;
    const ThroughputReport& report = analysis.throughput;
    const StepTime& time = decode ? report.decode : report.prefill;
    const Step step = decode ? decode_step(analysis.scenario) : prefill_step(analysis.scenario);
    std::array<std::vector<Derivation>, operator_kind_count> kinds;
    if (!(decode && spec.is_encoder)) {
        for_each_timed_operator(
            spec, analysis.scenario, device, phase, [&](const Operator& op, double seconds) {
                std::vector<Derivation> factors;
                factors.push_back(integer("count", op.count, "times"));
                factors.push_back(
                    operator_node(spec, step, analysis.scenario.deployment, op, seconds, device));
                Symbol symbol(std::string(op.name()));
                if (op.layer_kind >= 0) {
                    symbol = joined(
                        Join::Comma,
                        {symbol, layers_text(spec, static_cast<std::size_t>(op.layer_kind))});
                }
                kinds[static_cast<std::size_t>(op.kind)].push_back(
                    product(std::move(symbol), std::move(factors), time_unit));
            });
    }
    std::vector<Derivation> children;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        if (!kinds[k].empty()) {
            children.push_back(sum(std::string(to_string(static_cast<OperatorKind>(k))),
                                   std::move(kinds[k]), time_unit));
            children.back().value = 1e3 * time.by_kind[k];
        }
    }
    Derivation root = sum(decode ? "time_per_output_token" : "time_to_first_token",
                          std::move(children), time_unit);
    root.is_integer = false;
    root.value = 1e3 * (decode ? report.time_per_output_token_s : report.time_to_first_token_s);
    if (decode && spec.is_encoder) {
        root.note = explain_says<"encoder-no-tokens">();
        return root;
    }
    const double error = decode ? report.decode_error : report.prefill_error;
    root.note =
        joined(Join::Space, {report.measured ? explain_says<"constants-measured">(device.name)
                                             : explain_says<"constants-typical">(device.name),
                             error > 0 ? explain_says<"error-bar">(significant(100 * error, 2),
                                                                   decode ? "decode" : "prefill")
                                       : explain_says<"no-error-bar">()});
    root.source = device.constants.fitted_on;
    root.children.push_back(beside(real("ceiling", 1e3 * time.ceiling_seconds, time_unit),
                                   explain_says<"bare-roofline">()));
    return root;
}

} // namespace headroom::derive
