// SPDX-License-Identifier: GPL-3.0-or-later
// A sub-layer: what it computes, what it reads, its norms. A layer is a short list of them.
#pragma once

#include "core/config/attention_spec.h"
#include "core/config/feed_forward_spec.h"

#include <variant>

namespace headroom {

/// What a sub-layer computes. A further kind is one more alternative here; every visit that does
/// not answer for it is then an error. What can be asked of any kind stands in layer_queries.h.
using SubLayerKind =
    std::variant<GroupedQueryAttention, LatentAttention, DenseFeedForward, MixtureOfExperts>;

enum class NormKind {
    Rms,        ///< x / rms(x) * weight
    RmsPlusOne, ///< x / rms(x) * (1 + weight): Gemma 2 and 3
    Layer,      ///< LayerNorm with weight and bias
};

struct NormSpec {
    NormKind kind = NormKind::Rms;
    double eps = 1e-6;
    friend bool operator==(const NormSpec&, const NormSpec&) = default;
};

/// Where the norms of a sub-layer stand; all are of one kind.
struct SubLayerNorms {
    NormSpec norm;
    bool input = false;  ///< on what it reads
    bool output = false; ///< on what it returns, before that joins anything
    bool joined = false; ///< on the sum of the sub-layers that read the same stream; the last says
    bool stream = false; ///< on the stream after the sum (BERT, the original Transformer)
    [[nodiscard]] int count() const { return int{input} + int{output} + int{joined} + int{stream}; }
    friend bool operator==(const SubLayerNorms&, const SubLayerNorms&) = default;
};

/// The arrangements that have a name.
enum class NormPlacement {
    Pre,      ///< before each sub-layer
    Post,     ///< after the residual sum (BERT, the original Transformer)
    Output,   ///< on each sub-layer's output, before the residual sum (OLMo 2)
    Sandwich, ///< before and after each sub-layer (Gemma 2, 3, 3n)
};

/// What a sub-layer reads. Sub-layers that read the same stream join it together, as one sum.
enum class SubLayerInput {
    Stream,     ///< the residual stream as it stands
    SameStream, ///< the stream as the sub-layer before read it, through norms of its own
    SameNorm,   ///< what the sub-layer before reads, the norm included
};

struct SubLayer {
    SubLayerKind kind;
    SubLayerInput input = SubLayerInput::Stream;
    SubLayerNorms norms;
    friend bool operator==(const SubLayer&, const SubLayer&) = default;
};

} // namespace headroom
