// SPDX-License-Identifier: GPL-3.0-or-later
// Shrinks a design to one that this computer can run, keeping what makes it that design.
#pragma once

#include "core/base/function_ref.h"
#include "core/base/result.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// A field that the tiny design has otherwise.
struct ShrunkField {
    std::string_view name; ///< canonical field name
    double original = 0;
    double tiny = 0;
    double exact = 0;                      ///< what the proportion asks for
    [[nodiscard]] bool is_rounded() const; ///< more than half a percent off `exact`
    friend bool operator==(const ShrunkField&, const ShrunkField&) = default;
};

/// A proportion of the design and what became of it: "64 : 4" and "32 : 2".
struct ShrunkRatio {
    std::string_view id; ///< stable: "heads", "experts", "window", ... see ratio_text
    double original[2] = {0, 0};
    double tiny[2] = {0, 0};
    [[nodiscard]] bool is_kept() const; ///< within half a percent
};

struct ShrunkDesign {
    ModelConfig config;
    std::vector<std::int64_t> source_layers; ///< [layers] original index of each layer
    std::vector<ShrunkField> fields;         ///< what differs, in the order of config_fields
    std::vector<ShrunkRatio> ratios;         ///< those that the design has
    double scale = 1;                        ///< width, tiny over original; 1: the design itself
};

/// The proportions that the family has, of the original and of the tiny design; none where the
/// family is not supported.
[[nodiscard]] std::vector<ShrunkRatio> shrunk_ratios(const ModelConfig& original,
                                                     const ModelConfig& tiny);

/// Whether a candidate is small enough.
using ShrinkFits = FunctionRef<bool(const ModelConfig&)>;

/// The largest tiny design that `fits`, or the smallest there is where none does (its user checks).
/// Widths shrink together: query heads and KV heads by one factor, so that their ratio stays; the
/// latent ranks, feed-forward and expert widths with the heads; experts, experts per token and
/// shared experts together; window, chunk and trained context together. Layers are left out in
/// whole units of their pattern. Everything that is a kind and not a size stays: norms, QK norm,
/// biases, sinks, tying, routing, activation, rotary scaling with its factor.
/// `context`: tokens that the tiny design is trained for, at most those of the original.
/// Errors: a configuration that does not expand; a pattern that fewer layers cannot have.
[[nodiscard]] Result<ShrunkDesign> shrink(const ModelConfig& config, std::int64_t context,
                                          ShrinkFits fits);

/// The tiny design at one step of the dial: 0 is the design itself, each step further is narrower
/// by 2^(-1/8). Two steps may give the same design.
[[nodiscard]] Result<ShrunkDesign> shrink_by_steps(const ModelConfig& config, std::int64_t context,
                                                   int steps);

} // namespace headroom
