// SPDX-License-Identifier: GPL-3.0-or-later
// FLOPs of a prompt and of a decoded token, operator by operator.
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"
#include "core/explain/derivation_dims.h"
#include "core/explain/explain_sentences.h"

#include <algorithm>

namespace headroom::derive {
namespace {

constexpr const char* flop_unit = "FLOP";

Factor rows_factor(const Step& step, bool last_only) {
    if (step.phase == Phase::Decode || last_only) {
        return {"tokens", "1", 1, {}};
    }
    return {"prompt", text(wide(step.tokens)), step.tokens, {}};
}

/// Pairs (query, key) of one head. Only the pairs that the mask allows, or the whole square.
Factor pairs_factor(const ModelSpec& spec, const Step& step, const AttentionSpan& span) {
    const std::string t = text(wide(step.tokens));
    const std::string w = text(wide(span.size));
    if (step.pairs == PairCounting::Dense || (spec.is_encoder && step.phase == Phase::Prefill)) {
        return {"prompt * prompt", t + " * " + t, wide(step.tokens) * step.tokens, {}};
    }
    const Wide value = attended_pairs(span, step.tokens, step.past, !spec.is_encoder);
    const char* field_name =
        span.kind == SpanKind::Chunked ? "attention_chunk_size" : "sliding_window";
    if (step.phase == Phase::Decode) {
        const std::string s = text(wide(step.past) + 1);
        switch (span.kind) {
        case SpanKind::Full:
            return {"context", s, value, {}};
        case SpanKind::Sliding:
            return {
                "min(context, sliding_window)", "min(" + s + ", " + w + ")", value, {field_name}};
        case SpanKind::Chunked: // the position inside its own chunk
            return {"tokens of its chunk", text(value), value, {field_name}};
        }
    }
    const bool limited = span.kind != SpanKind::Full && step.tokens > span.size;
    if (!limited) {
        return {"prompt * (prompt + 1) / 2", t + " * (" + t + " + 1) / 2", value, {}};
    }
    if (span.kind == SpanKind::Sliding) {
        return {"(W * (W + 1) / 2 + (prompt - W) * W)",
                "(" + w + " * (" + w + " + 1) / 2 + (" + t + " - " + w + ") * " + w + ")",
                value,
                {field_name}};
    }
    const std::int64_t whole = step.tokens / span.size;
    const std::string rest = text(wide(step.tokens % span.size));
    return {"(chunks * C * (C + 1) / 2 + rest * (rest + 1) / 2)",
            "(" + text(wide(whole)) + " * " + w + " * (" + w + " + 1) / 2 + " + rest + " * (" +
                rest + " + 1) / 2)",
            value,
            {field_name}};
}

std::vector<Factor> attention_factors(const ModelSpec& spec, const Step& step, const Operator& op,
                                      const SubLayerKind& kind) {
    return std::visit(
        Overloaded{
            [&](const GroupedQueryAttention& a) -> std::vector<Factor> {
                return {number(4), field("num_attention_heads", a.num_attention_heads),
                        head_dim_factor(spec, a.head_dim), pairs_factor(spec, step, a.span)};
            },
            [&](const LatentAttention& a) -> std::vector<Factor> {
                const Factor pairs = pairs_factor(spec, step, a.span);
                const Factor heads = field("num_attention_heads", a.num_attention_heads);
                if (step.phase == Phase::Prefill) {
                    return {number(2), heads,
                            sum_of({{"qk_nope_head_dim", a.qk_nope_head_dim},
                                    {"qk_rope_head_dim", a.qk_rope_head_dim},
                                    {"v_head_dim", a.v_head_dim}}),
                            pairs};
                }
                const Factor width = op.what == Operation::AttentionValues
                                         ? field("kv_lora_rank", a.kv_lora_rank)
                                         : sum_of({{"kv_lora_rank", a.kv_lora_rank},
                                                   {"qk_rope_head_dim", a.qk_rope_head_dim}});
                return {number(2), heads, width, pairs};
            },
            [](const DenseFeedForward&) -> std::vector<Factor> { return {}; },
            [](const MixtureOfExperts&) -> std::vector<Factor> { return {}; },
        },
        kind);
}

Derivation attention_node(const ModelSpec& spec, const Step& step, const Operator& op) {
    const SubLayerKind& kind = sub_layer_of(spec, op).kind;
    Derivation node =
        product_of(std::string(op.name()), attention_factors(spec, step, op, kind), flop_unit);
    if (op.what == Operation::Attention) {
        node.note = explain_says<"scores-and-values">();
        node.source = "Transformer, arXiv:1706.03762, sec. 3.2";
    } else {
        node.note = explain_says<"absorbed">();
        node.source = "DeepSeek-V2, arXiv:2405.04434, sec. 2.1.2";
    }
    return node;
}

Derivation operator_node(const ModelSpec& spec, const Step& step, const Operator& op) {
    Derivation node;
    if (op.kind == OperatorKind::Attention) {
        node = attention_node(spec, step, op);
    } else {
        std::vector<Factor> factors = {number(2)};
        const bool last_only = op.what == Operation::LmHead && step.head_for_last_only;
        factors.push_back(rows_factor(step, last_only));
        for (Factor& factor : dimensions(spec, op, step.all_experts)) {
            factors.push_back(std::move(factor));
        }
        node = product_of(std::string(op.name()), factors, flop_unit);
    }
    set_value(node, narrow(op.flops));
    return node;
}

Derivation step_tree(const ModelSpec& spec, Symbol symbol, const Step& step, std::int64_t value) {
    std::vector<Derivation> children;
    std::vector<std::vector<Derivation>> kinds(spec.kinds.size());
    std::vector<Derivation> after;
    bool in_front = true;
    for_each_operator(spec, step, {}, {}, [&](const Operator& op) {
        in_front = in_front && op.layer_kind < 0;
        if (op.flops == 0) {
            return;
        }
        Derivation node = operator_node(spec, step, op);
        if (op.layer_kind >= 0) {
            kinds[static_cast<std::size_t>(op.layer_kind)].push_back(std::move(node));
        } else {
            (in_front ? children : after).push_back(std::move(node));
        }
    });
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        children.push_back(layers_of_kind(
            spec, kind, sum("one layer", std::move(kinds[kind]), flop_unit), flop_unit));
    }
    std::move(after.begin(), after.end(), std::back_inserter(children));
    Derivation root = sum(std::move(symbol), std::move(children), flop_unit);
    spell_out_layers(root);
    set_value(root, value);
    return root;
}

} // namespace

Derivation flops(const ModelSpec& spec, const Analysis& analysis) {
    const Workload& workload = analysis.scenario.workload;
    Step prefill;
    prefill.phase = Phase::Prefill;
    prefill.tokens = workload.prompt;
    Derivation root = step_tree(spec, "prefill_causal", prefill, analysis.flops.prefill_causal);
    root.note = explain_says<"one-prompt">();

    prefill.pairs = PairCounting::Dense;
    prefill.head_for_last_only = false;
    prefill.all_experts = reference_multiplies_all_experts(spec);
    root.children.push_back(
        beside(step_tree(spec, "prefill_dense", prefill, analysis.flops.prefill_dense),
               prefill.all_experts ? explain_says<"eager-experts">() : explain_says<"eager">()));
    if (!spec.is_encoder) {
        Step decode;
        decode.past = workload.context - 1;
        root.children.push_back(
            beside(step_tree(spec, "decode_step", decode, analysis.flops.decode_step),
                   explain_says<"one-token">()));
    }
    Derivation schoolbook =
        product_of("2 * N * T",
                   {number(2),
                    {"active_parameters",
                     text(wide(analysis.parameters.active)),
                     analysis.parameters.active,
                     {}},
                    {"prompt", text(wide(workload.prompt)), workload.prompt, {}}},
                   flop_unit);
    root.children.push_back(beside(std::move(schoolbook), explain_says<"schoolbook">()));
    return root;
}

} // namespace headroom::derive
