// SPDX-License-Identifier: GPL-3.0-or-later
// Expansion of a configuration into layers, and the findings about it.
#pragma once

#include "core/base/result.h"
#include "core/config/layer_spec.h"
#include "core/config/model_config.h"

#include <string>
#include <vector>

namespace headroom {

/// Resolves every per-layer pattern once (layer_types, sliding_window_pattern, no_rope_layers,
/// first_k_dense_replace, decoder_sparse_step, mlp_only_layers, interleave_moe_layer_step,
/// num_kv_shared_layers, per-layer intermediate_size). The error is the first that `validate`
/// finds.
Result<ModelSpec> expand_layers(const ModelConfig& config);

enum class Severity { Error, Warning, Advice };

/// What is to be said about a field. `id` is stable; the window, which shows a finding beside its
/// field, has words of its own for it and takes the figures out of `message`.
struct Finding {
    Severity severity = Severity::Advice;
    std::string id;    ///< "kv-heads-divide", "head-dim-range", ...
    std::string field; ///< canonical field name
    Sentence message;
    std::string fix_field; ///< field that a click would set; empty: no fix offered
    std::string fix_value; ///< text for set_field_from_text
};

/// Everything that can be said about a configuration: errors (it cannot exist), warnings (it
/// contradicts itself or its family), advice (it departs from common practice), all at once.
std::vector<Finding> validate(const ModelConfig& config);

/// Families that are supported, sorted.
std::vector<std::string> supported_model_types();

/// Finds the distinct parts of a specification and counts them; to be called after its layers were
/// put together or changed by hand.
void find_parts(ModelSpec& spec);

} // namespace headroom
