// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters and active parameters, tensor by tensor, and the schoolbook estimate beside them.
#include "core/config/layer_queries.h"
#include "core/explain/derivation_dims.h"
#include "core/explain/explain_sentences.h"

#include <array>
#include <cmath>

namespace headroom::derive {
namespace {

constexpr const char* parameter_unit = "parameters";

/// Which weights a tree counts.
enum class Reading { Total, Active };

/// The token table that a tied head reads in full.
bool is_tied_head(const ModelSpec& spec, const TensorSpec& t) {
    return spec.tie_word_embeddings && t.slot == TensorSlot::TokenEmbedding;
}

bool counts(const ModelSpec& spec, const TensorSpec& t, Reading reading) {
    if (t.usage == Usage::Buffer) {
        return false;
    }
    return reading == Reading::Total || t.usage != Usage::Lookup || is_tied_head(spec, t);
}

Derivation tree(const ModelSpec& spec, Symbol symbol, Reading reading) {
    const bool active = reading == Reading::Active;
    return over_tensors(spec, std::move(symbol), parameter_unit, [&](const TensorSpec& t) {
        std::optional<Derivation> node;
        if (counts(spec, t, reading)) {
            node = product_of(short_name(t.name), dimensions(spec, t, active), parameter_unit);
            if (active && is_tied_head(spec, t)) {
                node->note = explain_says<"head-is-embedding">();
            }
        }
        return node;
    });
}

// --- the schoolbook estimate ---------------------------------------------------------------------

Wide ffn_width(const LayerSpec& layer) {
    Wide width = 0;
    for (const SubLayer& sub : layer.sub_layers) {
        width += schoolbook_width(sub.kind);
    }
    return width;
}

Derivation schoolbook(const ModelSpec& spec, std::int64_t value) {
    const Wide h = spec.hidden_size;
    std::vector<Derivation> children;
    children.push_back(product_of(
        "V * H", {field("vocab_size", spec.vocab_size), field("hidden_size", h)}, parameter_unit));
    for (std::size_t i = 0; i < spec.kinds.size(); ++i) {
        const Wide width = ffn_width(spec.kinds[i].spec);
        children.push_back(
            product_of(layers_text(spec, i),
                       {Factor{"layers", text(wide(spec.kinds[i].count)), spec.kinds[i].count, {}},
                        Factor{"(4 * hidden_size * hidden_size + 3 * width * hidden_size)",
                               "(4 * " + text(h) + " * " + text(h) + " + 3 * " + text(width) +
                                   " * " + text(h) + ")",
                               4 * h * h + 3 * width * h,
                               {"hidden_size", "intermediate_size"}}},
                       parameter_unit));
    }
    children.push_back(product_of(
        "H * V", {field("hidden_size", h), field("vocab_size", spec.vocab_size)}, parameter_unit));
    Derivation node = sum("schoolbook_estimate", std::move(children), parameter_unit);
    node.formula = "V * H + L * (4 * H^2 + 3 * M * H) + H * V";
    set_value(node, value);
    return beside(std::move(node), explain_says<"estimate-of-lectures">());
}

Sentence attention_note(const ModelSpec& spec, const LatentAttention& mla) {
    static_cast<void>(spec);
    return mla.q_lora_rank ? explain_says<"through-ranks">(*mla.q_lora_rank, mla.kv_lora_rank)
                           : explain_says<"through-rank">(mla.kv_lora_rank);
}

Sentence attention_note(const ModelSpec& spec, const GroupedQueryAttention& a) {
    std::vector<Sentence> note;
    if (a.num_key_value_heads < a.num_attention_heads) {
        note.push_back(explain_says<"grouped-query">(a.num_key_value_heads, a.num_attention_heads));
    }
    const Wide width = wide(a.num_attention_heads) * a.head_dim;
    if (width != spec.hidden_size) {
        note.push_back(explain_says<"other-width">(narrow(width), spec.hidden_size));
    }
    if (a.qkv_bias || a.o_bias) {
        note.push_back(explain_says<"biases-left-out">());
    }
    return note.empty() ? explain_says<"same">() : joined(Join::Space, std::move(note));
}

Sentence attention_note(const ModelSpec& /*spec*/, const DenseFeedForward& /*f*/) {
    return {};
}

Sentence attention_note(const ModelSpec& /*spec*/, const MixtureOfExperts& /*f*/) {
    return {};
}

Sentence attention_note(const ModelSpec& spec) {
    const SubLayer* sub = sub_layer_of(spec.kinds.front().spec, SubLayerRole::Attention);
    return sub == nullptr ? explain_says<"no-attention">()
                          : std::visit([&](const auto& kind) { return attention_note(spec, kind); },
                                       sub->kind);
}

Sentence feed_forward_note(const ModelSpec& spec) {
    for (const LayerKind& kind : spec.kinds) {
        const DenseFeedForward* dense = dense_of(kind.spec);
        if (dense != nullptr && !dense->gated) {
            return dense->bias ? explain_says<"two-and-biases">() : explain_says<"two-matrices">();
        }
    }
    return explain_says<"leaves-biases-out">();
}

Derivation part(Symbol symbol, Wide exact, Wide estimate, Sentence note) {
    Derivation node = integer(std::move(symbol), exact - estimate, parameter_unit);
    node.formula = "exact - estimate";
    node.substituted = text(exact) + " - " + text(estimate);
    if (exact != estimate) {
        node.note = std::move(note);
    }
    return node;
}

/// total - schoolbook_estimate, split by what the estimate leaves out.
Derivation schoolbook_error(const ModelSpec& spec, const ParameterReport& report) {
    using enum ParameterGroup;
    const Wide h = spec.hidden_size;
    Wide ffn = 0;
    for (const LayerKind& kind : spec.kinds) {
        ffn += 3 * ffn_width(kind.spec) * h * kind.count;
    }
    const auto of = [&](std::initializer_list<ParameterGroup> groups) {
        Wide all = 0;
        for (const ParameterGroup group : groups) {
            all += report.group(group);
        }
        return all;
    };
    std::vector<Derivation> children;
    children.push_back(
        part("attention", of({Attention}), 4 * h * h * spec.num_layers(), attention_note(spec)));
    children.push_back(part("feed_forward", of({FeedForward, Experts, SharedExperts}), ffn,
                            feed_forward_note(spec)));
    children.push_back(
        part("vocabulary", of({Embedding, LmHead}), 2 * h * spec.vocab_size,
             spec.tie_word_embeddings ? explain_says<"tied">() : explain_says<"other-tables">()));
    children.push_back(part("norms, routers, others", of({Norm, Router, PerLayerEmbedding, Other}),
                            0, explain_says<"leaves-them-out">()));
    Derivation node = sum("total - schoolbook_estimate", std::move(children), parameter_unit);
    const double share = 100.0 * -node.value / static_cast<double>(report.total);
    const Real off = significant(std::fabs(share), 3);
    return beside(std::move(node),
                  share > 0 ? explain_says<"too-high">(off) : explain_says<"too-low">(off));
}

void add_units(Derivation& root) {
    Derivation decimal = real("total / 10^9", root.value / 1e9, "B");
    decimal.formula = "total / 1000000000";
    decimal.substituted = text(wide(root.exact)) + " / 1000000000";
    root.children.push_back(beside(std::move(decimal), explain_says<"billion">()));
    Derivation binary = real("total / 1024^3", root.value / 1073741824.0, "x 1024^3");
    binary.formula = "total / 1073741824";
    binary.substituted = text(wide(root.exact)) + " / 1073741824";
    root.children.push_back(beside(std::move(binary), explain_says<"binary-billion">()));
}

Derivation line(Symbol symbol, std::int64_t value, Sentence note) {
    return beside(integer(std::move(symbol), value, parameter_unit), std::move(note));
}

} // namespace

Derivation parameters(const ModelSpec& spec, const Analysis& analysis) {
    const ParameterReport& report = analysis.parameters;
    Derivation root = tree(spec, "parameters", Reading::Total);
    set_value(root, report.total);
    if (report.buffers > 0) {
        root.children.push_back(line("buffers", report.buffers, explain_says<"not-trained">()));
    }
    if (report.multi_token_prediction > 0) {
        root.children.push_back(line("multi_token_prediction", report.multi_token_prediction,
                                     explain_says<"further-tokens">()));
    }
    if (report.effective != report.total) {
        root.children.push_back(
            line("effective", report.effective, explain_says<"without-table">()));
    }
    root.children.push_back(schoolbook(spec, report.schoolbook_estimate));
    root.children.push_back(schoolbook_error(spec, report));
    add_units(root);
    return root;
}

Derivation active_parameters(const ModelSpec& spec, const Analysis& analysis) {
    const ParameterReport& report = analysis.parameters;
    Derivation root = tree(spec, "active_parameters", Reading::Active);
    set_value(root, report.active);
    root.note = explain_says<"one-token-meets">();
    root.children.push_back(line("active_with_input_embedding", report.active_with_input_embedding,
                                 explain_says<"embedding-counted">()));
    root.children.push_back(line("total", report.total, explain_says<"in-memory">()));
    return root;
}

} // namespace headroom::derive
