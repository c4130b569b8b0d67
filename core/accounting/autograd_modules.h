// SPDX-License-Identifier: GPL-3.0-or-later
// The modules of a layer as PyTorch runs them: what each keeps, and the most that it needs.
#pragma once

#include "core/accounting/training.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

namespace headroom::autograd {

inline constexpr Wide bf16 = 2;
inline constexpr Wide fp32 = 4;
inline constexpr Wide flag = 1; ///< bool

/// One module of a layer, in bytes of all tokens.
struct Part {
    Wide kept = 0;    ///< from its forward until its own backward
    Wide forward = 0; ///< most beside what is kept after it, in a forward pass that keeps
    Wide alone = 0;   ///< the same in one that keeps nothing (under a checkpoint)
    /// Most in its backward beside what is kept up to and with it; below zero where more of its own
    /// is given back by then.
    Wide backward = 0;
    /// The same where it was built again under a checkpoint: what an operation kept is given back
    /// before its gradients are cast or summed, not after.
    Wide rebuilt = 0;
};

/// What all modules need to know.
struct Run {
    const ModelSpec& model;
    const TrainingSetup& setup;
    Wide tokens = 0;
    Wide pairs = 0;     ///< of all sequences, the full square
    bool learns = true; ///< weights have gradients of their own
};

Run run_of(const ModelSpec& model, const TrainingSetup& setup);

/// The residual stream, or anything of its width, in bf16.
Wide stream(const Run& run);
/// The gradient of a matrix of so many numbers, on its way to what was there before.
Wide weight(const Run& run, Wide numbers);

/// Whether fused attention needs a mask: a window or chunk no longer than the sequence.
bool is_masked(const Run& run, const AttentionSpan& span);
/// Whether attention is not fused: as asked, and gpt-oss's, which has sinks.
bool is_eager(const Run& run, const SubLayerKind& kind);
/// Whether the tables of cos and sin are in fp32.
bool rotates_in_fp32(const ModelSpec& model);

/// A norm over `rows` rows, `numbers` in all. LayerNorm is one kernel: input, mean and deviation.
/// RMS norms are written out: x.to(fp32), its inverse root mean square, and the normalised tensor,
/// which the gradient of the weight needs. Their backward is at its highest inside pow, with five
/// tensors in fp32 when the normalised one is given back: gradients by way of the product and of
/// the mean, and three of pow; where that is in fp32 too, as high in the sum over the tokens: the
/// gradient, two products and the sum's workspace, before it is given back.
Part norm(const Run& run, NormKind kind, Wide rows, Wide numbers, bool weighted = true);

/// What a sub-layer computes, from the normalised input to what it returns, without dropout.
Part sub_layer(const Run& run, const SubLayer& sub);

/// What AltUp and its companions add to a layer of Gemma 3n: the router's norm and input, twice;
/// the streams that predict, and the innovation for each; LAuReL's low rank and norm; the gate of
/// the per-layer input, its product and their norm.
Part altup(const Run& run, NormKind norms, const AltUpSpec& a);

} // namespace headroom::autograd
