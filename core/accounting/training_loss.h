// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of the loss: cross-entropy over the vocabulary, and what of the logits lives when.
#pragma once

#include "core/accounting/training.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

namespace headroom {

/// Bytes of the logits and of what is made of them, for micro_batch * sequence tokens T and a
/// vocabulary of V.
struct LossMemory {
    Wide kept = 0;     ///< from the forward pass until the loss's own backward pass
    Wide forward = 0;  ///< the most at one moment of the forward pass, with what is kept
    Wide backward = 0; ///< the same of the backward pass, until the head has its gradient
    [[nodiscard]] Wide peak() const { return forward > backward ? forward : backward; }
};

/// Plain, as torch.nn.functional.cross_entropy on logits.float() runs (transformers' causal loss):
/// log-probabilities in fp32 are kept, 4*V*T; when they are made the logits still live in bf16 and
/// in fp32, 6*V*T more; in the backward pass their gradient and that of the logits, both fp32,
/// 8*V*T more. A softcap on the logits keeps its tanh, 2*V*T. BERT's loss stays in bf16: half of
/// each, and no copy.
/// Chunked (Luo et al. 2024, arXiv:2407.15892, sec. 3): the same for loss_chunk tokens at a
/// time, computed again in the backward pass; of all tokens only the gradient of the hidden states.
/// Fused (Wijmans et al. 2024, arXiv:2411.09009): logits never leave the chip; 4 bytes a token for
/// the log of the sum.
/// Every way ends with the gradient of the head's weights, 2*V*H, before it is added to what was
/// there, beside the bf16 gradient of the logits (of the chunk) and of the hidden states; frozen
/// weights (LoRA) have none. Labels are left out (8 bytes a token).
LossMemory loss_memory(const ModelSpec& spec, const TrainingSetup& setup);

} // namespace headroom
