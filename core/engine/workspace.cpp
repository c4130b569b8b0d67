// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/workspace.h"

#include "core/accounting/kept.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

#include <algorithm>

#include "core/engine/kernels/attention.h"

namespace headroom {
namespace {

/// Largest need of any layer, in floats.
struct Needs {
    std::int64_t qkv = 0, low_rank = 0, latent = 0, mixed = 0, hidden = 0, pre_activation = 0;
    std::int64_t router = 0, expert_rows = 0, keys = 0, values = 0, latents = 0;
    std::int64_t packed_latents = 0, scores = 0, expanded = 0;
    std::int64_t packed = 0;    ///< rows of any product
    std::int64_t depth = 0;     ///< deepest product
    bool normed_beside = false; ///< two outputs with norms of their own are added up

    static void raise(std::int64_t& value, std::int64_t to) { value = std::max(value, to); }
    void product(std::int64_t rows, std::int64_t in) {
        raise(packed, kernels::packed_rows_size(rows, in));
        raise(depth, in);
    }
};

/// Values are read a register tile at a time: room past the last row.
constexpr std::int64_t value_slack = 64;

void add_attention(const GroupedQueryAttention& a, const WorkspaceLimits& limits, Needs& needs) {
    const std::int64_t q = a.num_attention_heads * a.head_dim;
    const std::int64_t kv = a.num_key_value_heads * a.head_dim;
    const std::int64_t view = keys_in_view(a.span, limits);
    needs.product(limits.tokens, q);
    Needs::raise(needs.qkv, limits.tokens * (q + 2 * kv));
    Needs::raise(needs.mixed, limits.tokens * q);
    Needs::raise(needs.keys, a.num_key_value_heads * kernels::key_panels_size(view, a.head_dim));
    Needs::raise(needs.values, kv * view + value_slack);
    Needs::raise(needs.scores, std::max(kernels::band_scratch_size(view, a.head_dim),
                                        kernels::row_scratch_size(limits.context, 4)));
}

void add_attention(const LatentAttention& a, const WorkspaceLimits& limits, Needs& needs) {
    const std::int64_t qk = a.qk_nope_head_dim + a.qk_rope_head_dim;
    const std::int64_t heads = a.num_attention_heads;
    const std::int64_t rank = a.kv_lora_rank;
    const std::int64_t view = keys_in_view(a.span, limits);
    needs.product(limits.tokens, heads * a.v_head_dim);
    needs.product(limits.tokens, a.q_lora_rank.value_or(0));
    needs.product(0, std::max(rank, a.qk_nope_head_dim));
    // Queries; a single token's absorbed queries and mixed latents share the buffer.
    Needs::raise(needs.qkv, limits.tokens * heads * qk + heads * (2 * rank + a.qk_rope_head_dim));
    Needs::raise(needs.low_rank, limits.tokens * a.q_lora_rank.value_or(0));
    Needs::raise(needs.latent, limits.tokens * (rank + a.qk_rope_head_dim));
    Needs::raise(needs.mixed, limits.tokens * heads * a.v_head_dim);
    Needs::raise(needs.latents, view * (rank + a.qk_rope_head_dim));
    Needs::raise(needs.packed_latents, view * rank);
    Needs::raise(needs.expanded, kernels::key_panels_size(view, qk) + view * qk +
                                     view * a.v_head_dim + value_slack);
    Needs::raise(needs.scores, std::max(kernels::band_scratch_size(view, qk),
                                        kernels::row_scratch_size(limits.context, 4)));
}

void add_feed_forward(const DenseFeedForward& f, const WorkspaceLimits& limits, Needs& needs) {
    Needs::raise(needs.hidden, limits.tokens * f.intermediate_size);
    if (f.activation_sparsity > 0) {
        Needs::raise(needs.pre_activation, limits.tokens * kernels::gated_out(f.intermediate_size));
    }
    needs.product(limits.tokens, f.intermediate_size);
}

void add_feed_forward(const MixtureOfExperts& f, std::int64_t hidden, const WorkspaceLimits& limits,
                      Needs& needs) {
    const std::int64_t pairs = limits.tokens * f.num_experts_per_tok;
    Needs::raise(needs.hidden, std::max(pairs * f.moe_intermediate_size,
                                        limits.tokens * f.shared_intermediate_size));
    Needs::raise(needs.router, limits.tokens * f.num_experts);
    Needs::raise(needs.expert_rows, pairs * hidden);
    needs.product(pairs, std::max(f.moe_intermediate_size, hidden));
    needs.product(limits.tokens, f.shared_intermediate_size);
}

Needs needs_of(const ModelSpec& spec, const WorkspaceLimits& limits) {
    Needs needs;
    needs.product(limits.tokens, spec.hidden_size);
    for (const LayerKind& kind : spec.kinds) {
        for (const SubLayer& sub : kind.spec.sub_layers) {
            std::visit(Overloaded{
                           [&](const GroupedQueryAttention& a) { add_attention(a, limits, needs); },
                           [&](const LatentAttention& a) { add_attention(a, limits, needs); },
                           [&](const DenseFeedForward& f) { add_feed_forward(f, limits, needs); },
                           [&](const MixtureOfExperts& f) {
                               add_feed_forward(f, spec.hidden_size, limits, needs);
                           },
                       },
                       sub.kind);
            needs.normed_beside =
                needs.normed_beside || (sub.input != SubLayerInput::Stream && sub.norms.output);
        }
        std::visit(Overloaded{
                       [](const PlainSum&) {},
                       [&](const AltUpSpec& a) {
                           needs.product(limits.tokens, a.per_layer_input);
                           needs.product(limits.tokens, a.laurel_rank);
                           needs.product(limits.tokens, a.num_inputs * a.num_inputs);
                       },
                   },
                   kind.spec.residual);
    }
    return needs;
}

/// Cuts buffers from one block; without a block it only adds up.
class Cutter {
public:
    explicit Cutter(float* base)
        : m_base(base) {}
    float* take(std::int64_t floats) {
        float* result = m_base == nullptr ? nullptr : m_base + m_used;
        m_used += (floats + 15) / 16 * 16; // whole cache lines
        return floats == 0 ? nullptr : result;
    }
    [[nodiscard]] std::int64_t used() const { return m_used; }

private:
    float* m_base;
    std::int64_t m_used = 0;
};

void cut(const ModelSpec& spec, const WorkspaceLimits& limits, Cutter& cutter, Workspace& out) {
    const Needs needs = needs_of(spec, limits);
    const std::int64_t rows = limits.tokens * spec.hidden_size;
    out.residual = cutter.take(rows);
    out.normed = cutter.take(rows);
    out.branch = cutter.take(rows);
    out.beside = cutter.take(needs.normed_beside ? rows : 0);
    out.qkv = cutter.take(needs.qkv);
    out.low_rank = cutter.take(needs.low_rank);
    out.latent = cutter.take(needs.latent);
    out.mixed = cutter.take(needs.mixed);
    out.hidden = cutter.take(needs.hidden);
    out.pre_activation = cutter.take(needs.pre_activation);
    out.router = cutter.take(needs.router);
    out.expert_rows = cutter.take(needs.expert_rows);
    out.keys = cutter.take(needs.keys);
    out.values = cutter.take(needs.values);
    out.latents = cutter.take(needs.latents);
    out.packed_latents = cutter.take(needs.packed_latents);
    out.scores_stride = (needs.scores + 15) / 16 * 16;
    out.scores = cutter.take(out.scores_stride * limits.threads);
    out.expanded_stride = (needs.expanded + 15) / 16 * 16;
    out.expanded = cutter.take(out.expanded_stride * limits.threads);
    out.product.packed = cutter.take(needs.packed);
    out.product.panel_stride = 2 * PackedMatrix::panel_width * needs.depth;
    out.product.panels = cutter.take(out.product.panel_stride * limits.threads);
    if (const AltUpSpec* streams = altup_of(spec)) {
        const AltUpSpec& altup = *streams;
        const std::int64_t n = altup.num_inputs;
        out.streams = cutter.take(n * rows);
        out.predictions = cutter.take(n * rows);
        out.laurel = cutter.take(rows);
        out.coefficients = cutter.take(limits.tokens * (n * n + 2 * n));
        out.per_layer = cutter.take(limits.tokens * spec.num_layers() * altup.per_layer_input);
        out.gated_input =
            cutter.take(limits.tokens * std::max(altup.per_layer_input, altup.laurel_rank));
    }
    out.retained.assign(static_cast<std::size_t>(spec.num_layers()), nullptr);
    std::vector<bool> is_shared(out.retained.size());
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        if (spec.kv_layer(i) != i) {
            is_shared[static_cast<std::size_t>(spec.kv_layer(i))] = true;
        }
    }
    for (std::size_t i = 0; i < is_shared.size(); ++i) {
        for (const SubLayer& sub : spec.layer(static_cast<std::int64_t>(i)).sub_layers) {
            if (const KeptList kept = kept_by(sub.kind); is_shared[i] && !kept.empty()) {
                out.retained[i] =
                    cutter.take(limits.tokens * static_cast<std::int64_t>(kept.front().numbers()));
            }
        }
    }
}

} // namespace

std::int64_t keys_in_view(const AttentionSpan& span, const WorkspaceLimits& limits) {
    switch (span.kind) {
    case SpanKind::Full:
        return limits.context;
    case SpanKind::Sliding:
    case SpanKind::Chunked:
        return std::min(limits.context, span.size + limits.tokens);
    }
    return limits.context;
}

std::int64_t workspace_bytes(const ModelSpec& spec, const WorkspaceLimits& limits) {
    Cutter cutter(nullptr);
    Workspace unused;
    cut(spec, limits, cutter, unused);
    return cutter.used() * static_cast<std::int64_t>(sizeof(float));
}

Workspace make_workspace(const ModelSpec& spec, const WorkspaceLimits& limits) {
    Workspace workspace;
    workspace.memory = AlignedBuffer(static_cast<std::size_t>(workspace_bytes(spec, limits)));
    Cutter cutter(workspace.memory.floats());
    cut(spec, limits, cutter, workspace);
    return workspace;
}

} // namespace headroom
