// SPDX-License-Identifier: GPL-3.0-or-later
// Memory and work of training.
#pragma once

#include "core/accounting/scenario.h"
#include "core/base/result.h"
#include "core/config/layer_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// What an optimiser keeps for each trained parameter, besides the bf16 weight and gradient. All
/// keep an fp32 master copy (4 bytes; OptimizerStates says otherwise), and:
/// AdamW (arXiv:1711.05101): two fp32 moments, 8 bytes.
/// Muon: one fp32 momentum for hidden matrices, 4 bytes; AdamW for embeddings, the head, norms and
/// biases.
/// Adafactor (arXiv:1804.04235, sec. 4): row and column sums of the second moment, 4 bytes each;
/// the full one for vectors; no first moment.
/// Sgd: nothing more (no momentum).
enum class Optimizer { AdamW, Muon, Adafactor, Sgd };

/// Selective recomputes the attention core, Full whole layers from their inputs (Korthikanti et
/// al. 2022, arXiv:2205.05198, sec. 5).
enum class Recomputation { None, Selective, Full };

/// LoRA (arXiv:2106.09685): rank and the projections that it adapts; rank 0: full training.
/// A module is the name in front of ".weight": q_proj, experts' gate_proj, c_attn.
struct Lora {
    std::int64_t rank = 0;
    std::vector<std::string> modules = {"q_proj", "v_proj"};
    friend bool operator==(const Lora&, const Lora&) = default;
};

/// What the loss needs of the logits: core/accounting/training_loss.h. None: no head and no loss,
/// the gradient starts at the last hidden state; an untied head is then not trained.
enum class Loss { Plain, Chunked, Fused, None };

/// Whose activations: Ideal counts what the formulas of the backward pass need (Korthikanti et
/// al.); PyTorch what its autograd keeps, and its temporaries (core/accounting/autograd.h).
enum class Framework { Ideal, PyTorch };

/// Mixed: fp32 master copy and moments. Bf16: moments in the format of the bf16 weights and no
/// master copy, as torch.optim keeps them for such weights.
enum class OptimizerStates { Mixed, Bf16 };

struct TrainingSetup {
    std::int64_t sequence = 4096;
    std::int64_t micro_batch = 1;
    Optimizer optimizer = Optimizer::AdamW;
    Recomputation recomputation = Recomputation::None;
    bool flash_attention = true; ///< the attention matrix is never stored
    std::int64_t zero_stage = 0; ///< 0 to 3
    std::int64_t data_parallel = 1;
    Lora lora;
    double utilisation = 0.4;
    Loss loss = Loss::Plain;
    std::int64_t loss_chunk = 1024; ///< tokens of a chunk
    Framework framework = Framework::Ideal;
    OptimizerStates optimizer_states = OptimizerStates::Mixed;
    friend bool operator==(const TrainingSetup&, const TrainingSetup&) = default;
};

/// Bytes are those of one device: the fullest one where ZeRO divides (arXiv:1910.02054).
struct TrainingReport {
    std::int64_t trained_parameters = 0;
    std::int64_t weights_bytes = 0;    ///< bf16, frozen ones included
    std::int64_t gradients_bytes = 0;  ///< bf16
    std::int64_t optimizer_bytes = 0;  ///< master copy and moments
    std::int64_t activation_bytes = 0; ///< kept for the backward pass, ideally
    std::int64_t recomputed_bytes = 0; ///< the one layer that full recomputation rebuilds, ideally
    std::int64_t framework_bytes = 0;  ///< kept by the framework beyond activation_bytes
    std::int64_t temporary_bytes = 0;  ///< from there and recomputed_bytes up to the step's peak
    std::int64_t total_bytes = 0;      ///< sum of the seven: the highest moment of a step
    /// Highest above weights, gradients and optimiser, during the forward pass and the loss, and
    /// during the whole step. Of the ideal: activation_bytes + recomputed_bytes, both.
    std::int64_t forward_peak_bytes = 0;
    std::int64_t step_peak_bytes = 0;
    std::int64_t loss_peak_bytes = 0;     ///< of the logits alone, at the loss's highest moment
    std::int64_t flops_per_token = 0;     ///< forward x 3, x 4 with full recomputation
    std::int64_t flops_per_token_6nd = 0; ///< the schoolbook 6 * N, N without input embedding
};

/// Bytes that one layer keeps for the backward pass, for `batch` sequences of `sequence` tokens.
/// The classical block (LayerNorm, plain FFN of 4H, n * d = H) gives Korthikanti's
/// s*b*H*(34 + 5*n*s/H), and 34*s*b*H with flash attention (arXiv:2205.05198, eq. 1).
/// Assumed elsewhere: bf16 tensors; dropout masks only in the LayerNorm families, which are the
/// ones trained with dropout; a gated FFN keeps four tensors of its width (gate, act(gate), up,
/// product); routing is balanced, so that each token has k copies, no capacity is left empty and
/// no token dropped; MLA runs expanded. Flash attention's row sums (4n bytes a token) are left out.
Wide activation_bytes_of_layer(const ModelSpec& spec, const LayerSpec& layer,
                               const TrainingSetup& setup);

/// Errors: a setup out of range, a LoRA module that the design does not have, a count that leaves
/// 64 bits.
Result<TrainingReport> training(const ModelSpec& spec, const TrainingSetup& setup);
/// The same where the active parameters are known.
Result<TrainingReport> training(const ModelSpec& spec, const TrainingSetup& setup,
                                std::int64_t active_parameters);

/// Hours for a token budget on `devices` devices of `peak_flops` each at the stated utilisation.
double training_hours(const TrainingReport& report, double tokens, double peak_flops,
                      std::int64_t devices, double utilisation);

} // namespace headroom
