// SPDX-License-Identifier: GPL-3.0-or-later
// What can be asked of a sub-layer whatever its kind. Each question is answered for every kind in
// layer_queries.cpp, the one file that may look into the variants without a visit.
#pragma once

#include "core/config/layer_spec.h"

#include <cstdint>
#include <optional>

namespace headroom {

/// Whether a sub-layer mixes tokens with each other or works on each token alone.
enum class SubLayerRole { Attention, FeedForward };
[[nodiscard]] SubLayerRole role_of(const SubLayerKind& kind);

/// Query heads; 0: it has none.
[[nodiscard]] std::int64_t heads_of(const SubLayerKind& kind);

/// Heads between which the cache can be divided: a latent is one for all heads; 0: no cache.
[[nodiscard]] std::int64_t kv_heads_of(const SubLayerKind& kind);

/// Numbers of a query that meet as many of a key; 0: nothing is compared.
[[nodiscard]] std::int64_t qk_head_dim_of(const SubLayerKind& kind);

/// How queries and keys are turned; null: they are not.
[[nodiscard]] const RotarySpec* rotary_of(const SubLayerKind& kind);

/// Which earlier tokens a query sees; null: a token sees itself only.
[[nodiscard]] const AttentionSpan* span_of(const SubLayerKind& kind);

/// Whether the cache of an earlier layer is read and none kept (Gemma 3n).
[[nodiscard]] bool shares_kv(const SubLayerKind& kind);

/// The experts that a router chooses from; null: there is none.
[[nodiscard]] const MixtureOfExperts* experts_of(const SubLayerKind& kind);

/// The one feed-forward that every token takes; null: it is of another kind.
[[nodiscard]] const DenseFeedForward* dense_of(const SubLayerKind& kind);

/// Whether two sub-layers have equal weights, work and cache. Angles of rotation, factors on
/// scores and shares of activations cut to zero make no difference.
[[nodiscard]] bool cost_the_same(const SubLayer& a, const SubLayer& b);

/// Where the norms stand, in a word; nothing where a sub-layer has none of its own.
[[nodiscard]] std::optional<NormPlacement> placement_of(const SubLayerNorms& norms);

/// AltUp's streams; null: the layer joins the stream in another way.
[[nodiscard]] const AltUpSpec* altup_of(const ResidualSpec& residual);

// --- the same of a layer: of the first of its sub-layers that has an answer ---------------------

[[nodiscard]] const RotarySpec* rotary_of(const LayerSpec& layer);
[[nodiscard]] const AttentionSpan* span_of(const LayerSpec& layer);
[[nodiscard]] bool shares_kv(const LayerSpec& layer);
[[nodiscard]] const MixtureOfExperts* experts_of(const LayerSpec& layer);
[[nodiscard]] const DenseFeedForward* dense_of(const LayerSpec& layer);
/// The first sub-layer of that role; null: the layer has none.
[[nodiscard]] const SubLayer* sub_layer_of(const LayerSpec& layer, SubLayerRole role);

/// Whether some tokens of the context are out of sight.
[[nodiscard]] bool has_limited_span(const LayerSpec& layer);

// --- of a model --------------------------------------------------------------------------------

/// The first experts; null: no layer has any.
[[nodiscard]] const MixtureOfExperts* experts_of(const ModelSpec& spec);
/// Whether the reference multiplies every expert with every token (Llama 4).
[[nodiscard]] bool reference_multiplies_all_experts(const ModelSpec& spec);
/// Layers that have experts.
[[nodiscard]] std::int64_t layers_with_experts(const ModelSpec& spec);
/// Null: the stream is a plain sum.
[[nodiscard]] const AltUpSpec* altup_of(const ModelSpec& spec);
/// Norms of the residual stream that one layer has.
[[nodiscard]] int norms_of(const LayerSpec& layer);

} // namespace headroom
