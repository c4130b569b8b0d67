// SPDX-License-Identifier: GPL-3.0-or-later
// The key/value cache of one sequence, by kind of layer, and what other designs would store.
#include "core/base/overloaded.h"
#include "core/explain/derivation_dims.h"

#include "core/accounting/kv_cache.h"
#include "core/config/layer_queries.h"
#include "core/explain/explain_sentences.h"

#include <algorithm>

namespace headroom::derive {
namespace {

/// Numbers of one entry of what a kind keeps, in the fields of the configuration.
std::vector<Factor> numbers_per_entry(const ModelSpec& spec, const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [&](const GroupedQueryAttention& a) -> std::vector<Factor> {
                              return {number(2),
                                      field("num_key_value_heads", a.num_key_value_heads),
                                      head_dim_factor(spec, a.head_dim)};
                          },
                          [](const LatentAttention& a) -> std::vector<Factor> {
                              return {sum_of({{"kv_lora_rank", a.kv_lora_rank},
                                              {"qk_rope_head_dim", a.qk_rope_head_dim}})};
                          },
                          [](const DenseFeedForward&) -> std::vector<Factor> { return {}; },
                          [](const MixtureOfExperts&) -> std::vector<Factor> { return {}; },
                      },
                      kind);
}

/// What full multi-head attention of the same heads would keep.
std::vector<Factor> full_heads_per_token(const ModelSpec& spec, const SubLayerKind& kind) {
    return std::visit(Overloaded{
                          [&](const GroupedQueryAttention& a) -> std::vector<Factor> {
                              return {number(2),
                                      field("num_attention_heads", a.num_attention_heads),
                                      head_dim_factor(spec, a.head_dim)};
                          },
                          [](const LatentAttention& a) -> std::vector<Factor> {
                              return {field("num_attention_heads", a.num_attention_heads),
                                      sum_of({{"qk_nope_head_dim", a.qk_nope_head_dim},
                                              {"qk_rope_head_dim", a.qk_rope_head_dim},
                                              {"v_head_dim", a.v_head_dim}})};
                          },
                          [](const DenseFeedForward&) -> std::vector<Factor> { return {}; },
                          [](const MixtureOfExperts&) -> std::vector<Factor> { return {}; },
                      },
                      kind);
}

std::string min_with(std::int64_t context, std::int64_t size) {
    return "min(" + text(wide(context)) + ", " + text(wide(size)) + ")";
}

/// Entries in memory after `context` tokens.
Factor stored_factor(const KeptEntry& entry, std::int64_t context) {
    const std::int64_t value = stored_entries(entry, context);
    switch (entry.bound) {
    case KeptBound::Grows:
        return {"context", text(wide(context)), value, {}};
    case KeptBound::Window:
        return {"min(context, sliding_window)",
                min_with(context, entry.size),
                value,
                {"sliding_window"}};
    case KeptBound::Chunk:
        return {"min(context, attention_chunk_size)",
                min_with(context, entry.size),
                value,
                {"attention_chunk_size"}};
    case KeptBound::Rate:
        return {"floor(context / rate)",
                "floor(" + text(wide(context)) + " / " + text(wide(entry.size)) + ")",
                value,
                {}};
    case KeptBound::Fixed:
        return number(1);
    }
    return number(value);
}

/// Entries that a decode step meets whose token is the last of `context`.
Factor read_factor(const KeptEntry& entry, std::int64_t context) {
    const std::int64_t value = read_entries(entry, context - 1);
    if (entry.bound == KeptBound::Chunk) { // the position inside its own chunk
        return {"((context - 1) mod attention_chunk_size + 1)",
                "((" + text(wide(context)) + " - 1) mod " + text(wide(entry.size)) + " + 1)",
                value,
                {"attention_chunk_size"}};
    }
    KeptEntry own = entry;
    own.is_shared = false; // read all the same
    Factor factor = stored_factor(own, context);
    factor.value = value;
    return factor;
}

std::string_view source_of(const KeptEntry& entry) {
    switch (entry.content) {
    case KeptContent::Latent:
        return "DeepSeek-V2, arXiv:2405.04434, sec. 2.1.3";
    case KeptContent::KeysAndValues:
        break;
    }
    switch (entry.bound) {
    case KeptBound::Window:
        return "Mistral 7B, arXiv:2310.06825, sec. 2; Gemma 3, arXiv:2503.19786, sec. 2";
    case KeptBound::Chunk:
        return "Llama 4, transformers modeling_llama4";
    case KeptBound::Grows:
    case KeptBound::Rate:
    case KeptBound::Fixed:
        break;
    }
    return "GQA, arXiv:2305.13245, sec. 2.2";
}

/// Bytes of one layer: a leaf for each make of entries, or the one leaf itself.
template <class Entries>
Derivation layer_node(const ModelSpec& spec, const LayerSpec& layer, NumberFormat format,
                      Entries&& entries) {
    std::vector<Derivation> leaves;
    for (const SubLayer& sub : layer.sub_layers) {
        for (const KeptEntry& entry : kept_by(spec, sub.kind)) {
            std::vector<Factor> factors = numbers_per_entry(spec, sub.kind);
            factors.push_back(entries(entry));
            const NumberFormat own = entry.format.value_or(format);
            leaves.push_back(in_bytes("one layer", std::move(factors), own));
            leaves.back().source = source_of(entry);
            leaves.back().note = scale_note(own);
        }
    }
    return leaves.size() == 1 ? std::move(leaves.front())
                              : sum("one layer", std::move(leaves), "bytes");
}

Derivation stored_node(const ModelSpec& spec, const LayerSpec& layer, std::int64_t context,
                       NumberFormat format) {
    if (shares_kv(layer)) {
        Derivation node = integer("one layer", 0, "bytes");
        node.note = explain_says<"keeps-none">();
        node.fields = {"num_kv_shared_layers"};
        return node;
    }
    return layer_node(spec, layer, format,
                      [&](const KeptEntry& entry) { return stored_factor(entry, context); });
}

Derivation read_node(const ModelSpec& spec, const LayerSpec& layer, std::int64_t context,
                     NumberFormat format) {
    return layer_node(spec, layer, format,
                      [&](const KeptEntry& entry) { return read_factor(entry, context); });
}

/// Sum over the kinds of layers of count * per_layer(kind).
template <class PerLayer>
Derivation by_kind(const ModelSpec& spec, Symbol symbol, PerLayer per_layer) {
    std::vector<Derivation> children;
    for (std::size_t i = 0; i < spec.kinds.size() && !spec.is_encoder; ++i) {
        children.push_back(layers_of_kind(spec, i, per_layer(spec.kinds[i].spec), "bytes"));
    }
    Derivation root = sum(std::move(symbol), std::move(children), "bytes");
    spell_out_layers(root);
    return root;
}

bool has_window(const ModelSpec& spec) {
    return std::any_of(spec.kinds.begin(), spec.kinds.end(),
                       [](const LayerKind& kind) { return has_limited_span(kind.spec); });
}

/// Whether multi-head attention of as many heads would keep more.
bool keeps_less_than_all_heads(const ModelSpec& spec) {
    return std::any_of(spec.parts.begin(), spec.parts.end(), [&](const LayerPart& part) {
        const SubLayerKind& kind = spec.sub_layer_of(part).kind;
        return !kept_by(spec, kind).empty() && kv_heads_of(kind) < heads_of(kind);
    });
}

/// How many times as much as `value` another design would keep.
Real times(const Derivation& other, std::int64_t value) {
    return significant(other.value / static_cast<double>(std::max<std::int64_t>(1, value)), 3);
}

/// What multi-head attention of as many heads would keep within the same bounds.
Derivation all_heads_node(const ModelSpec& spec, const LayerSpec& layer, std::int64_t context,
                          NumberFormat format) {
    std::vector<Derivation> leaves;
    for (const SubLayer& sub : layer.sub_layers) {
        if (const KeptList kept = kept_by(spec, sub.kind); !kept.empty()) {
            KeptEntry entry = kept.front();
            entry.is_shared = false;
            std::vector<Factor> factors = full_heads_per_token(spec, sub.kind);
            factors.push_back(stored_factor(entry, context));
            leaves.push_back(in_bytes("one layer", std::move(factors), format));
        }
    }
    return leaves.size() == 1 ? std::move(leaves.front())
                              : sum("one layer", std::move(leaves), "bytes");
}

/// What the layer would keep if it saw the whole context.
Derivation global_node(const ModelSpec& spec, const LayerSpec& layer, std::int64_t context,
                       NumberFormat format) {
    if (shares_kv(layer)) {
        return stored_node(spec, layer, context, format);
    }
    std::vector<Derivation> leaves;
    for (const SubLayer& sub : layer.sub_layers) {
        for (KeptEntry entry : kept_by(spec, sub.kind)) {
            if (entry.bound == KeptBound::Window || entry.bound == KeptBound::Chunk) {
                entry.bound = KeptBound::Grows;
            }
            std::vector<Factor> factors = numbers_per_entry(spec, sub.kind);
            factors.push_back(stored_factor(entry, context));
            leaves.push_back(in_bytes("one layer", std::move(factors), format));
        }
    }
    return leaves.size() == 1 ? std::move(leaves.front())
                              : sum("one layer", std::move(leaves), "bytes");
}

} // namespace

Derivation kv_cache(const ModelSpec& spec, const Analysis& analysis) {
    const NumberFormat format = analysis.scenario.formats.kv;
    const std::int64_t context = analysis.scenario.workload.context;
    const KvReport& report = analysis.kv;
    Derivation root = by_kind(spec, "kv_cache", [&](const LayerSpec& layer) {
        return stored_node(spec, layer, context, format);
    });
    set_value(root, report.bytes_at_context);
    if (spec.is_encoder) {
        root.note = explain_says<"encoder-no-cache">();
        return root;
    }
    Derivation per_token = by_kind(spec, "bytes_per_token", [&](const LayerSpec& layer) {
        return stored_node(spec, layer, 1, format);
    });
    set_value(per_token, report.bytes_per_token);
    root.children.push_back(beside(std::move(per_token), explain_says<"one-more-token">()));
    Derivation read = by_kind(spec, "bytes_read_per_decode_step", [&](const LayerSpec& layer) {
        return read_node(spec, layer, context, format);
    });
    set_value(read, report.bytes_read_per_decode_step);
    root.children.push_back(beside(std::move(read), explain_says<"read-again">()));
    if (keeps_less_than_all_heads(spec)) {
        Derivation full = by_kind(spec, "all heads in full", [&](const LayerSpec& layer) {
            return all_heads_node(spec, layer, context, format);
        });
        const Real ratio = times(full, report.bytes_at_context);
        root.children.push_back(beside(std::move(full), explain_says<"full-heads">(ratio)));
    }
    if (has_window(spec)) {
        Derivation global = by_kind(spec, "all layers global", [&](const LayerSpec& layer) {
            return global_node(spec, layer, context, format);
        });
        const Real ratio = times(global, report.bytes_at_context);
        root.children.push_back(beside(std::move(global), explain_says<"without-windows">(ratio)));
    }
    return root;
}

} // namespace headroom::derive
