// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headroom {
namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

/// Dimension whose wave makes `rotations` turns within the original context.
double correction_dimension(const RotarySpec& spec, double rotations) {
    return static_cast<double>(spec.rotary_dim) *
           std::log(static_cast<double>(spec.original_max_position_embeddings) /
                    (rotations * two_pi)) /
           (2.0 * std::log(spec.theta));
}

void apply_yarn(const RotarySpec& spec, std::vector<float>& frequencies) {
    double low = correction_dimension(spec, spec.beta_fast);
    double high = correction_dimension(spec, spec.beta_slow);
    if (spec.truncate) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, static_cast<double>(spec.rotary_dim - 1));
    if (low == high) {
        high += 0.001; // the ramp must not divide by zero
    }
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const double ramp = std::clamp((static_cast<double>(i) - low) / (high - low), 0.0, 1.0);
        const double extrapolated = static_cast<double>(frequencies[i]);
        const double interpolated = extrapolated / spec.factor;
        frequencies[i] = static_cast<float>(interpolated * ramp + extrapolated * (1.0 - ramp));
    }
}

void apply_llama3(const RotarySpec& spec, std::vector<float>& frequencies) {
    const auto context = static_cast<double>(spec.original_max_position_embeddings);
    const double long_wave = context / spec.low_freq_factor;
    const double short_wave = context / spec.high_freq_factor;
    for (float& value : frequencies) {
        const auto frequency = static_cast<double>(value);
        const double wave = two_pi / frequency;
        if (wave > long_wave) {
            value = static_cast<float>(frequency / spec.factor);
        } else if (wave >= short_wave) {
            const double smooth = (context / wave - spec.low_freq_factor) /
                                  (spec.high_freq_factor - spec.low_freq_factor);
            value =
                static_cast<float>((1.0 - smooth) * frequency / spec.factor + smooth * frequency);
        }
    }
}

float exponent_of(const RotarySpec& spec, std::size_t pair) {
    return static_cast<float>(2 * pair) / static_cast<float>(spec.rotary_dim);
}

/// In the reference's order of fp32 operations.
void apply_longrope(const RotarySpec& spec, bool is_beyond_trained,
                    std::vector<float>& frequencies) {
    const std::vector<double>& factors = is_beyond_trained ? spec.long_factor : spec.short_factor;
    for (std::size_t i = 0; i < std::min(frequencies.size(), factors.size()); ++i) {
        const auto exponent = static_cast<double>(exponent_of(spec, i));
        const auto wave = static_cast<float>(std::pow(spec.theta, exponent));
        frequencies[i] = 1.0F / (static_cast<float>(factors[i]) * wave);
    }
}

/// theta of a sequence beyond the trained length: times
/// (factor * tokens / trained - factor + 1) ^ (d / (d - 2)), in the reference's order of fp32
/// operations. Two rotary dimensions turn at frequency 1 whatever theta is.
void apply_dynamic(const RotarySpec& spec, std::int64_t tokens, std::vector<float>& frequencies) {
    if (spec.rotary_dim <= 2) {
        return;
    }
    const float stretched = static_cast<float>(spec.factor) * static_cast<float>(tokens) /
                            static_cast<float>(spec.original_max_position_embeddings);
    const float growth = stretched - static_cast<float>(spec.factor - 1.0);
    const double power =
        static_cast<double>(spec.rotary_dim) / static_cast<double>(spec.rotary_dim - 2);
    const float theta = static_cast<float>(spec.theta) *
                        static_cast<float>(std::pow(static_cast<double>(growth), power));
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const auto exponent = static_cast<double>(exponent_of(spec, i));
        frequencies[i] = 1.0F / static_cast<float>(std::pow(static_cast<double>(theta), exponent));
    }
}

} // namespace

std::int64_t length_turned_for(const RotarySpec& spec, std::int64_t tokens) {
    const std::int64_t trained = spec.original_max_position_embeddings;
    if (tokens <= trained) {
        return 0;
    }
    switch (spec.type) {
    case RopeType::LongRope:
        return trained + 1; // one set of factors for every longer sequence
    case RopeType::Dynamic:
        return tokens;
    case RopeType::Default:
    case RopeType::Linear:
    case RopeType::Yarn:
    case RopeType::Llama3:
        break;
    }
    return 0;
}

std::vector<float> inverse_frequencies(const RotarySpec& spec, std::int64_t tokens) {
    std::vector<float> frequencies(static_cast<std::size_t>(spec.rotary_dim / 2));
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const auto exponent = static_cast<double>(exponent_of(spec, i));
        frequencies[i] = static_cast<float>(1.0 / std::pow(spec.theta, exponent));
    }
    const bool is_beyond_trained = length_turned_for(spec, tokens) > 0;
    switch (spec.type) {
    case RopeType::Default:
        break;
    case RopeType::Dynamic:
        if (is_beyond_trained) {
            apply_dynamic(spec, tokens, frequencies);
        }
        break;
    case RopeType::LongRope:
        apply_longrope(spec, is_beyond_trained, frequencies);
        break;
    case RopeType::Linear:
        for (float& value : frequencies) {
            value = static_cast<float>(static_cast<double>(value) / spec.factor);
        }
        break;
    case RopeType::Yarn:
        apply_yarn(spec, frequencies);
        break;
    case RopeType::Llama3:
        apply_llama3(spec, frequencies);
        break;
    }
    return frequencies;
}

RopeTable make_rope_table(const RotarySpec& spec, std::int64_t positions, std::int64_t tokens) {
    const std::vector<float> frequencies = inverse_frequencies(spec, tokens);
    RopeTable table{spec, length_turned_for(spec, tokens), {}, {}};
    table.cos.reserve(frequencies.size() * static_cast<std::size_t>(positions));
    table.sin.reserve(table.cos.capacity());
    for (std::int64_t position = 0; position < positions; ++position) {
        for (const float frequency : frequencies) {
            // The angle is an fp32 product, as in the reference; its cosine is exact to fp32.
            const auto angle = static_cast<double>(static_cast<float>(position) * frequency);
            table.cos.push_back(static_cast<float>(std::cos(angle) * spec.attention_factor));
            table.sin.push_back(static_cast<float>(std::sin(angle) * spec.attention_factor));
        }
    }
    return table;
}

} // namespace headroom
