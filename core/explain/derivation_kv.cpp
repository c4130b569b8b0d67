// SPDX-License-Identifier: GPL-3.0-or-later
// The key/value cache of one sequence, by kind of layer, and what other designs would store.
#include "core/base/overloaded.h"
#include "core/explain/derivation_dims.h"

#include "core/accounting/kv_cache.h"

#include <algorithm>

namespace headroom::derive {
namespace {

std::vector<Factor> numbers_per_token(const ModelSpec& spec, const AttentionSpec& attention) {
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
                      },
                      attention);
}

/// What full multi-head attention of the same heads would keep.
std::vector<Factor> full_heads_per_token(const ModelSpec& spec, const AttentionSpec& attention) {
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
                      },
                      attention);
}

Factor tokens_factor(const LayerSpec& layer, std::int64_t context) {
    const AttentionSpan& span = span_of(layer.attention);
    const char* limit = nullptr;
    switch (span.kind) {
    case SpanKind::Full:
        return {"context", text(wide(context)), context, {}};
    case SpanKind::Sliding:
        limit = "sliding_window";
        break;
    case SpanKind::Chunked:
        limit = "attention_chunk_size";
        break;
    }
    return {std::string("min(context, ") + limit + ")",
            "min(" + text(wide(context)) + ", " + text(wide(span.size)) + ")",
            stored_tokens(layer, context),
            {limit}};
}

std::string_view source_of(const LayerSpec& layer) {
    if (std::holds_alternative<LatentAttention>(layer.attention)) {
        return "DeepSeek-V2, arXiv:2405.04434, sec. 2.1.3";
    }
    switch (span_of(layer.attention).kind) {
    case SpanKind::Full:
        break;
    case SpanKind::Sliding:
        return "Mistral 7B, arXiv:2310.06825, sec. 2; Gemma 3, arXiv:2503.19786, sec. 2";
    case SpanKind::Chunked:
        return "Llama 4, transformers modeling_llama4";
    }
    return "GQA, arXiv:2305.13245, sec. 2.2";
}

Derivation layer_node(const ModelSpec& spec, const LayerSpec& layer, std::int64_t context,
                      NumberFormat format) {
    if (shares_kv(layer.attention)) {
        Derivation node = integer("one layer", 0, "bytes");
        node.note = "Reads the cache of an earlier layer and keeps none.";
        node.fields = {"num_kv_shared_layers"};
        return node;
    }
    std::vector<Factor> factors = numbers_per_token(spec, layer.attention);
    factors.push_back(tokens_factor(layer, context));
    Derivation node = in_bytes("one layer", std::move(factors), format);
    node.source = source_of(layer);
    node.note = scale_note(format);
    return node;
}

/// Sum over the kinds of layers of count * per_layer(kind).
template <class PerLayer>
Derivation by_kind(const ModelSpec& spec, std::string symbol, PerLayer per_layer) {
    std::vector<Derivation> children;
    for (std::size_t i = 0; i < spec.kinds.size() && !spec.is_encoder; ++i) {
        children.push_back(layers_of_kind(spec, i, per_layer(spec.kinds[i].spec), "bytes"));
    }
    Derivation root = sum(std::move(symbol), std::move(children), "bytes");
    spell_out_layers(root);
    return root;
}

bool has_window(const ModelSpec& spec) {
    for (const LayerKind& kind : spec.kinds) {
        if (span_of(kind.spec.attention).kind != SpanKind::Full) {
            return true;
        }
    }
    return false;
}

bool has_fewer_kv_heads(const ModelSpec& spec) {
    const auto* a = std::get_if<GroupedQueryAttention>(&spec.kinds.front().spec.attention);
    return a == nullptr || a->num_key_value_heads < a->num_attention_heads;
}

std::string times(const Derivation& other, std::int64_t value) {
    return text(other.value / static_cast<double>(std::max<std::int64_t>(1, value)), 3) +
           " times as much.";
}

} // namespace

Derivation kv_cache(const ModelSpec& spec, const Analysis& analysis) {
    const NumberFormat format = analysis.scenario.formats.kv;
    const std::int64_t context = analysis.scenario.workload.context;
    const KvReport& report = analysis.kv;
    Derivation root = by_kind(spec, "kv_cache", [&](const LayerSpec& layer) {
        return layer_node(spec, layer, context, format);
    });
    set_value(root, report.bytes_at_context);
    if (spec.is_encoder) {
        root.note = "An encoder reads all tokens at once and keeps no cache.";
        return root;
    }
    Derivation per_token = by_kind(spec, "bytes_per_token", [&](const LayerSpec& layer) {
        return layer_node(spec, layer, 1, format);
    });
    set_value(per_token, report.bytes_per_token);
    root.children.push_back(
        beside(std::move(per_token), "One more token, while every layer still stores it."));
    root.children.push_back(
        beside(integer("bytes_read_per_decode_step", report.bytes_read_per_decode_step, "bytes"),
               "Layers that share a cache read it again."));
    if (has_fewer_kv_heads(spec)) {
        Derivation full = by_kind(spec, "all heads in full", [&](const LayerSpec& layer) {
            std::vector<Factor> factors = full_heads_per_token(spec, layer.attention);
            factors.push_back(tokens_factor(layer, context));
            return in_bytes("one layer", std::move(factors), format);
        });
        const std::string ratio = times(full, report.bytes_at_context);
        root.children.push_back(
            beside(std::move(full), "Multi-head attention of the same heads would store " + ratio));
    }
    if (has_window(spec)) {
        Derivation global = by_kind(spec, "all layers global", [&](const LayerSpec& layer) {
            if (shares_kv(layer.attention)) {
                return layer_node(spec, layer, context, format);
            }
            std::vector<Factor> factors = numbers_per_token(spec, layer.attention);
            factors.push_back({"context", text(wide(context)), context, {}});
            return in_bytes("one layer", std::move(factors), format);
        });
        const std::string ratio = times(global, report.bytes_at_context);
        root.children.push_back(
            beside(std::move(global), "Without windows the layers would store " + ratio));
    }
    return root;
}

} // namespace headroom::derive
