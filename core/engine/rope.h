// SPDX-License-Identifier: GPL-3.0-or-later
// Cosines and sines of the rotary position embedding, with the scalings of long contexts.
#pragma once

#include <cstdint>
#include <vector>

#include "core/config/attention_spec.h"

namespace headroom {

/// Inverse frequencies [rotary_dim / 2], in fp32 as the reference keeps them. Linear: theta /
/// factor (arXiv:2306.15595); YaRN: interpolated and extrapolated frequencies blended over the
/// correction range (arXiv:2309.00071, sec. 3.2); Llama 3: by wavelength; LongRoPE: each divided by
/// its own factor, of the long list in a sequence beyond the trained length (arXiv:2402.13753);
/// dynamic: a sequence beyond the trained length grows theta with its own length
/// (arXiv:2309.00071, sec. 3.3). `tokens`: length of the whole sequence, which only these two read.
[[nodiscard]] std::vector<float> inverse_frequencies(const RotarySpec& spec,
                                                     std::int64_t tokens = 0);

/// Equal for two lengths of the sequence exactly where the frequencies are: 0 up to the trained
/// length and wherever the length does not matter.
[[nodiscard]] std::int64_t length_turned_for(const RotarySpec& spec, std::int64_t tokens);

/// One table for all layers of the same rotary specification.
struct RopeTable {
    RotarySpec spec;
    std::int64_t turned_for = 0; ///< length_turned_for the sequence it was made for
    std::vector<float> cos, sin; // [positions, rotary_dim / 2]
    [[nodiscard]] const float* cos_at(std::int64_t position) const {
        return cos.data() + position * (spec.rotary_dim / 2);
    }
    [[nodiscard]] const float* sin_at(std::int64_t position) const {
        return sin.data() + position * (spec.rotary_dim / 2);
    }
};

[[nodiscard]] RopeTable make_rope_table(const RotarySpec& spec, std::int64_t positions,
                                        std::int64_t tokens = 0);

} // namespace headroom
