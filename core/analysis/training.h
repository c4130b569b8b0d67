// SPDX-License-Identifier: GPL-3.0-or-later
// Memory and work of training.
#pragma once

#include "core/analysis/scenario.h"
#include "core/config/layer_spec.h"
#include "core/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

enum class Optimizer { AdamW, Muon, Adafactor, Sgd };
enum class Recomputation { None, Selective, Full };

/// LoRA (arXiv:2106.09685): rank and the projections that it adapts; rank 0: full training.
struct Lora {
    std::int64_t rank = 0;
    std::vector<std::string> modules = {"q_proj", "v_proj"};
    friend bool operator==(const Lora&, const Lora&) = default;
};

struct TrainingSetup {
    std::int64_t sequence = 4096;
    std::int64_t micro_batch = 1;
    Optimizer optimizer = Optimizer::AdamW;
    Recomputation recomputation = Recomputation::None;
    bool flash_attention = true;
    std::int64_t zero_stage = 0;
    std::int64_t data_parallel = 1;
    Lora lora;
    double utilisation = 0.4;
    friend bool operator==(const TrainingSetup&, const TrainingSetup&) = default;
};

struct TrainingReport {
    std::int64_t trained_parameters = 0;
    std::int64_t weights_bytes = 0;
    std::int64_t gradients_bytes = 0;
    std::int64_t optimizer_bytes = 0;
    std::int64_t activation_bytes = 0;
    std::int64_t total_bytes = 0;
    std::int64_t flops_per_token = 0;     ///< forward x 3, x 4 with full recomputation
    std::int64_t flops_per_token_6nd = 0; ///< the schoolbook 6 * N
};

Result<TrainingReport> training(const ModelSpec& spec, const TrainingSetup& setup);

/// Hours for a token budget on `devices` devices of `peak_flops` each at the stated utilisation.
double training_hours(const TrainingReport& report, double tokens, double peak_flops,
                      std::int64_t devices, double utilisation);

} // namespace headroom
