// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/workspace.h"

#include "core/accounting/kept.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

#include <algorithm>

#include "core/engine/kernels/attention.h"

namespace headroom {
namespace {

void raise(std::int64_t& value, std::int64_t to) {
    value = std::max(value, to);
}

/// Floats of a sub-layer's buffers.
struct ActivationNeeds {
    std::int64_t projected = 0, low_rank = 0, latent = 0, mixed = 0, hidden = 0, router = 0;
    std::int64_t pre_activation = 0, expert_rows = 0, shared_hidden = 0, shared_pre_activation = 0;
    void raise_to(const ActivationNeeds& other) {
        raise(projected, other.projected);
        raise(low_rank, other.low_rank);
        raise(latent, other.latent);
        raise(mixed, other.mixed);
        raise(hidden, other.hidden);
        raise(router, other.router);
        raise(pre_activation, other.pre_activation);
        raise(expert_rows, other.expert_rows);
        raise(shared_hidden, other.shared_hidden);
        raise(shared_pre_activation, other.shared_pre_activation);
    }
};

/// Largest need of any layer of what is nobody's own, in floats.
struct ScratchNeeds {
    std::int64_t keys = 0, values = 0, latents = 0, packed_latents = 0, scores = 0, expanded = 0;
    std::int64_t packed = 0;    ///< rows of any product
    std::int64_t depth = 0;     ///< deepest product
    bool normed_beside = false; ///< two outputs with norms of their own are added up
    void product(std::int64_t rows, std::int64_t in) {
        raise(packed, kernels::packed_rows_size(rows, in));
        raise(depth, in);
    }
};

/// Values are read a register tile at a time: room past the last row.
constexpr std::int64_t value_slack = 64;

ActivationNeeds activations_of(const GroupedQueryAttention& a, std::int64_t /*hidden*/,
                               const WorkspaceLimits& limits) {
    const std::int64_t q = a.num_attention_heads * a.head_dim;
    ActivationNeeds needs;
    needs.projected = limits.tokens * (q + 2 * a.num_key_value_heads * a.head_dim);
    needs.mixed = limits.tokens * q;
    return needs;
}

ActivationNeeds activations_of(const LatentAttention& a, std::int64_t /*hidden*/,
                               const WorkspaceLimits& limits) {
    const std::int64_t heads = a.num_attention_heads;
    ActivationNeeds needs;
    // Queries; a single token's absorbed queries and mixed latents share the buffer.
    needs.projected = limits.tokens * heads * (a.qk_nope_head_dim + a.qk_rope_head_dim) +
                      heads * (2 * a.kv_lora_rank + a.qk_rope_head_dim);
    needs.low_rank = limits.tokens * a.q_lora_rank.value_or(0);
    needs.latent = limits.tokens * (a.kv_lora_rank + a.qk_rope_head_dim);
    needs.mixed = limits.tokens * heads * a.v_head_dim;
    return needs;
}

ActivationNeeds activations_of(const DenseFeedForward& f, std::int64_t /*hidden*/,
                               const WorkspaceLimits& limits) {
    ActivationNeeds needs;
    needs.hidden = limits.tokens * f.intermediate_size;
    if (limits.keeps || f.activation_sparsity > 0) {
        needs.pre_activation = limits.tokens * (f.gated ? kernels::gated_out(f.intermediate_size)
                                                        : f.intermediate_size);
    }
    return needs;
}

ActivationNeeds activations_of(const MixtureOfExperts& f, std::int64_t hidden,
                               const WorkspaceLimits& limits) {
    const std::int64_t pairs = limits.tokens * f.num_experts_per_tok;
    ActivationNeeds needs;
    needs.hidden = pairs * f.moe_intermediate_size;
    needs.router = limits.tokens * f.num_experts;
    needs.expert_rows = pairs * hidden;
    needs.shared_hidden = limits.tokens * f.shared_intermediate_size;
    if (limits.keeps) {
        needs.pre_activation = pairs * kernels::gated_out(f.moe_intermediate_size);
        needs.shared_pre_activation =
            limits.tokens * kernels::gated_out(f.shared_intermediate_size);
    }
    return needs;
}

ActivationNeeds activations_of(const SubLayerKind& kind, std::int64_t hidden,
                               const WorkspaceLimits& limits) {
    return std::visit([&](const auto& k) { return activations_of(k, hidden, limits); }, kind);
}

void add_scratch(const GroupedQueryAttention& a, std::int64_t /*hidden*/,
                 const WorkspaceLimits& limits, ScratchNeeds& needs) {
    const std::int64_t view = keys_in_view(a.span, limits);
    needs.product(limits.tokens, a.num_attention_heads * a.head_dim);
    raise(needs.keys, a.num_key_value_heads * kernels::key_panels_size(view, a.head_dim));
    raise(needs.values, a.num_key_value_heads * a.head_dim * view + value_slack);
    raise(needs.scores, std::max(kernels::band_scratch_size(view, a.head_dim),
                                 kernels::row_scratch_size(limits.context, 4)));
}

void add_scratch(const LatentAttention& a, std::int64_t /*hidden*/, const WorkspaceLimits& limits,
                 ScratchNeeds& needs) {
    const std::int64_t qk = a.qk_nope_head_dim + a.qk_rope_head_dim;
    const std::int64_t rank = a.kv_lora_rank;
    const std::int64_t view = keys_in_view(a.span, limits);
    needs.product(limits.tokens, a.num_attention_heads * a.v_head_dim);
    needs.product(limits.tokens, a.q_lora_rank.value_or(0));
    needs.product(0, std::max(rank, a.qk_nope_head_dim));
    raise(needs.latents, view * (rank + a.qk_rope_head_dim));
    raise(needs.packed_latents, view * rank);
    raise(needs.expanded,
          kernels::key_panels_size(view, qk) + view * qk + view * a.v_head_dim + value_slack);
    raise(needs.scores, std::max(kernels::band_scratch_size(view, qk),
                                 kernels::row_scratch_size(limits.context, 4)));
}

void add_scratch(const DenseFeedForward& f, std::int64_t /*hidden*/, const WorkspaceLimits& limits,
                 ScratchNeeds& needs) {
    needs.product(limits.tokens, f.intermediate_size);
}

void add_scratch(const MixtureOfExperts& f, std::int64_t hidden, const WorkspaceLimits& limits,
                 ScratchNeeds& needs) {
    needs.product(limits.tokens * f.num_experts_per_tok, std::max(f.moe_intermediate_size, hidden));
    needs.product(limits.tokens, f.shared_intermediate_size);
}

ScratchNeeds scratch_of(const ModelSpec& spec, const WorkspaceLimits& limits) {
    ScratchNeeds needs;
    needs.product(limits.tokens, spec.hidden_size);
    for (const LayerKind& kind : spec.kinds) {
        for (const SubLayer& sub : kind.spec.sub_layers) {
            std::visit([&](const auto& k) { add_scratch(k, spec.hidden_size, limits, needs); },
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

/// Buffers of one sub-layer, or of all where they are shared.
Activations cut_activations(const ActivationNeeds& needs, std::int64_t rows, bool keeps,
                            Cutter& cutter) {
    Activations a;
    // What is changed in place is kept as it was before, too.
    const auto before = [&](float* after, std::int64_t floats) {
        return keeps ? cutter.take(floats) : after;
    };
    a.stream = keeps ? cutter.take(rows) : nullptr;
    a.normed = cutter.take(rows);
    a.branch = keeps ? cutter.take(rows) : nullptr;
    a.qkv = cutter.take(needs.projected);
    a.projected = before(a.qkv, needs.projected);
    a.low_rank = cutter.take(needs.low_rank);
    a.low_rank_projected = before(a.low_rank, needs.low_rank);
    a.latent = cutter.take(needs.latent);
    a.latent_projected = before(a.latent, needs.latent);
    a.mixed = cutter.take(needs.mixed);
    a.hidden = cutter.take(keeps ? needs.hidden : std::max(needs.hidden, needs.shared_hidden));
    a.shared_hidden = keeps ? cutter.take(needs.shared_hidden) : a.hidden;
    a.pre_activation = cutter.take(needs.pre_activation);
    a.shared_pre_activation = cutter.take(needs.shared_pre_activation);
    a.router = cutter.take(needs.router);
    a.expert_rows = cutter.take(needs.expert_rows);
    return a;
}

void cut_layers(const ModelSpec& spec, const WorkspaceLimits& limits, Cutter& cutter,
                Workspace& out) {
    const std::int64_t rows = limits.tokens * spec.hidden_size;
    ActivationNeeds most;
    for (const LayerKind& kind : spec.kinds) {
        for (const SubLayer& sub : kind.spec.sub_layers) {
            most.raise_to(activations_of(sub.kind, spec.hidden_size, limits));
        }
    }
    const Activations shared =
        limits.keeps ? Activations{} : cut_activations(most, rows, false, cutter);
    out.layers.resize(static_cast<std::size_t>(spec.num_layers()));
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        for (const SubLayer& sub : spec.layer(i).sub_layers) {
            Activations own = shared;
            if (limits.keeps) {
                own = cut_activations(activations_of(sub.kind, spec.hidden_size, limits), rows,
                                      true, cutter);
            } else {
                own.branch = out.branch;
            }
            out.layers[static_cast<std::size_t>(i)].push_back(own);
        }
    }
    out.normed = limits.keeps ? cutter.take(rows) : shared.normed;
}

void cut(const ModelSpec& spec, const WorkspaceLimits& limits, Cutter& cutter, Workspace& out) {
    const ScratchNeeds needs = scratch_of(spec, limits);
    const std::int64_t rows = limits.tokens * spec.hidden_size;
    out.keeps = limits.keeps;
    out.residual = cutter.take(rows);
    out.branch = cutter.take(rows);
    out.beside = cutter.take(needs.normed_beside ? rows : 0);
    cut_layers(spec, limits, cutter, out);
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
