// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of training in PyTorch: what its autograd keeps for the classes of transformers, and the
// most that lives at one moment of a step.
#pragma once

#include "core/accounting/training.h"
#include "core/base/wide.h"
#include "core/config/layer_spec.h"

namespace headroom {

/// Bytes of one device above weights and gradients; the gradients are there already, so that those
/// of a backward pass are made beside them and added.
struct AutogradMemory {
    Wide kept = 0;         ///< alive after the forward pass and the loss
    Wide forward_peak = 0; ///< the most alive during the forward pass and the loss
    Wide step_peak = 0;    ///< the most alive during forward and backward pass
};

/// Module by module, in the order in which the classes of transformers 5.17 run on PyTorch 2.11
/// with CUDA: bf16, one kernel an operation (no torch.compile), grouped products of experts, fused
/// attention where it takes it, dropout in the LayerNorm families alone. Read from their sources
/// and from the tensors that torch.autograd.graph.saved_tensors_hooks shows; docs/accuracy.md
/// compares it with measured steps. What autograd keeps beyond the ideal:
/// - RMS norms: the input in fp32 and the normalised tensor, 6 bytes a number (8 where the weight
///   is multiplied in fp32: Gemma, OLMo 2, gpt-oss), in place of 2; norms of Q and K likewise;
/// - attention: 4n bytes a token for the sums of the softmax; where a mask is needed (a window or
///   chunk no longer than the sequence), that mask in bf16 for every sequence, and K and V of two
///   heads or more copied to n; the output twice where Q was put together by `cat` (partial
///   rotation, MLA); MLA's keys without position beside K, since V is a view of what both came
///   from. Without flash attention, and with gpt-oss's sinks, the scores: softmax in fp32 and bf16,
///   6n bytes a pair;
/// - GELU by its formula (gelu_new): five tensors of the width in place of two;
/// - experts: indices; Llama 4 sends every token through every expert; routers in fp32;
/// - Gemma 3n's AltUp: copies of the streams;
/// - once: tables of rotation, masks of dropout behind embeddings.
/// Full recomputation keeps the input of every layer, and rebuilds one layer at a time.
/// LoRA: as if all were trained, but for the gradients of frozen weights. Not modelled: rounding of
/// blocks by the allocator, workspaces of cuBLAS.
AutogradMemory autograd_memory(const ModelSpec& spec, const TrainingSetup& setup);

/// Bytes that autograd keeps of one layer, without recomputation.
Wide autograd_bytes_of_layer(const ModelSpec& spec, const LayerSpec& layer,
                             const TrainingSetup& setup);

} // namespace headroom
