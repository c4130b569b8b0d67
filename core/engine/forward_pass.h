// SPDX-License-Identifier: GPL-3.0-or-later
// One forward pass over a run of tokens; each kind of sub-layer is one function.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "core/config/layer_spec.h"
#include "core/engine/counters.h"
#include "core/engine/expert_routes.h"
#include "core/engine/kv_cache.h"
#include "core/engine/mask.h"
#include "core/engine/rope.h"
#include "core/engine/thread_pool.h"
#include "core/engine/weights.h"
#include "core/engine/workspace.h"

namespace headroom {

/// What a sub-layer has between the passes of one sequence.
struct SubLayerState {
    AttentionMask mask = AttentionMask::causal();
    LayerCache cache;
};
using LayerState = std::vector<SubLayerState>; // as LayerSpec::sub_layers

/// Everything a pass works with; it owns nothing.
struct ForwardContext {
    const ModelSpec& spec;
    const ModelWeights& weights;
    const std::vector<RopeTable>& rope_tables;
    std::vector<LayerState>& layers; ///< [layers]
    Workspace& workspace;
    ThreadPool& pool;
    StepCounters& counters;
    ExpertTokens* expert_tokens = nullptr; ///< [layers][experts], added to; may be null
};

/// y = norm(x) row by row; x, y [rows, width], rows their strides apart.
void apply_norm(const Norm& norm, const float* x, std::int64_t x_stride, std::int64_t rows,
                std::int64_t width, float* y, std::int64_t y_stride);

/// The kernels' name of an activation; `squared`: of its square.
[[nodiscard]] kernels::Activation kernel_of(Activation activation, bool squared);

enum class LogitRows { Last, All };

/// Runs tokens at positions [start, start + T) through the model. Notation in comments: T tokens,
/// H hidden_size, n query heads, m KV heads, d head_dim.
///
/// A sub-layer writes what it computes to named buffers (Activations). With WorkspaceLimits::keeps
/// each has buffers of its own and copies what is changed in place, so that every intermediate that
/// a backward pass needs stays as it was; the forward pass is the same code.
class ForwardPass {
public:
    ForwardPass(const ForwardContext& context, std::span<const std::int32_t> tokens,
                std::int64_t start)
        : c(context)
        , w(context.workspace)
        , m_tokens(tokens)
        , m_start(start)
        , m_count(static_cast<std::int64_t>(tokens.size())) {}

    /// Writes logits [T or 1, vocab]. False: `stop` asked to end; the cache is then in an undefined
    /// state until it is reset.
    bool run(LogitRows rows, float* logits, const std::stop_token& stop);

private:
    /// Which sub-layer of which layer is at work.
    struct Place {
        std::int64_t layer = 0;
        std::size_t sub_layer = 0;
    };

    // forward_pass.cpp: the model, the order of norms, and how sub-layers join the stream
    void embed(float* x);
    void layer(std::int64_t index);
    void add_sub_layers(std::int64_t index);
    std::size_t add_together(std::int64_t index, std::size_t first);
    void enter(Place at, const float* stream); ///< its buffers are now at work
    void run_sub_layer(Place at, const float* x, float* y, kernels::Store store);
    void head(LogitRows rows, const float* x, float* logits);
    void commit_shared();

    // attention_pass.cpp
    void grouped(Place at, const GroupedQueryAttention& spec, const GroupedWeights& weights,
                 const float* x, float* y, kernels::Store store);
    void prepare_heads(const GroupedQueryAttention& spec, const GroupedWeights& weights, float eps,
                       std::int64_t width);
    void attend_bands(Place at, const GroupedQueryAttention& spec, const GroupedWeights& weights,
                      const AttentionMask& mask, std::int64_t q_stride, const float* fresh,
                      std::int64_t fresh_stride);
    void attend_rows(Place at, const GroupedQueryAttention& spec, const GroupedWeights& weights,
                     const AttentionMask& mask, std::int64_t q_stride);
    void commit(LayerCache& cache, const float* fresh, std::int64_t stride);
    std::int64_t collect_bands(const AttentionMask& mask);

    // latent_attention_pass.cpp
    void latent(Place at, const LatentAttention& spec, const LatentWeights& weights, const float* x,
                float* y, kernels::Store store);
    void attend_absorbed(Place at, const LatentAttention& spec, const LatentWeights& weights);
    void attend_expanded(Place at, const LatentAttention& spec, const LatentWeights& weights);

    // feed_forward_pass.cpp
    struct DenseBuffers {
        float* hidden = nullptr;         // [T, width]
        float* pre_activation = nullptr; // [T, gated_out(width)] or [T, width]
    };
    void dense(const DenseWeights& weights, kernels::Activation activation, bool gated,
               double sparsity, DenseBuffers buffers, const float* x, float* y,
               kernels::Store store);
    void mixture(std::int64_t index, const MixtureOfExperts& spec, const MixtureWeights& weights,
                 const float* x, float* y, kernels::Store store);

    // altup_pass.cpp: Gemma 3n
    void open_streams();
    void altup_layer(std::int64_t index, const AltUpSpec& spec);
    void modalities(const AltUpSpec& spec, const AltUpWeights& weights, const float* x);
    void close_streams();

    // helpers
    void linear(const Linear& weights, const float* x, std::int64_t rows, float* y,
                kernels::Store store = kernels::Store::Overwrite);
    void apply(const Norm& norm, const float* x, float* y);
    void add(const float* x, float* y);
    /// What is about to be changed in place, where the pass keeps how it was; else they are one.
    void keep_branch(const float* output); ///< of the sub-layer at work, before its norm
    static void copy_kept(const float* from, std::int64_t count, float* to);
    void count_product(std::int64_t rows, std::int64_t in, std::int64_t out, WeightType type);
    [[nodiscard]] const RopeTable* rope(const RotarySpec& spec) const;
    [[nodiscard]] const LayerWeights& weights_of(std::int64_t layer) const {
        return c.weights.layers[static_cast<std::size_t>(layer)];
    }
    [[nodiscard]] SubLayerState& state_of(Place at) const {
        return c.layers[static_cast<std::size_t>(at.layer)][at.sub_layer];
    }
    /// The cache that a sub-layer reads: its own, or that of the same one of an earlier layer.
    [[nodiscard]] LayerCache& cache_of(Place at) const {
        return state_of({c.spec.kv_layer(at.layer), at.sub_layer}).cache;
    }

    /// Splits tokens over the workers: body(begin, end).
    template <class Body>
    void for_tokens(Body&& body) {
        constexpr std::int64_t grain = 8;
        c.pool.split(m_count, grain,
                     [&](int, std::int64_t begin, std::int64_t end) { body(begin, end); });
    }

    const ForwardContext& c;
    Workspace& w;
    std::span<const std::int32_t> m_tokens; // [T]
    std::int64_t m_start;
    std::int64_t m_count;          ///< T
    Activations m_a;               ///< of the sub-layer at work
    std::vector<Interval> m_bands; // [T] of the layer at work, relative to the first key in view
    ExpertRoutes m_routes;         // of the layer at work
};

} // namespace headroom
