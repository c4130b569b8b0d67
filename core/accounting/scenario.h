// SPDX-License-Identifier: GPL-3.0-or-later
// What a design is asked to do and on what: workload, number formats, deployment.
#pragma once

#include "core/accounting/parameter_group.h"
#include "core/base/sentence.h"
#include "core/base/wide.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace headroom {

enum class NumberFormat { Fp32, Bf16, Fp16, Fp8, Int8, Int4 };

/// Storage per number in half bits, scales included. int4 keeps one fp16 scale per group of 32
/// numbers, 4.5 bits in all; fp8 and int8 keep one scale per tensor or channel, below 0.1%, left
/// out.
std::int64_t half_bits(NumberFormat format);

/// Bytes of `count` numbers, rounded up to a whole byte.
Wide bytes_of(Wide count, NumberFormat format);

/// Bytes per number as a real number, for time estimates.
double bytes_per_number(NumberFormat format);

/// What the format's bytes leave out or add, in a sentence; empty where there are no scales.
Sentence scale_note(NumberFormat format);

std::string_view to_string(NumberFormat format);
std::optional<NumberFormat> number_format_from(std::string_view text);

/// Every format, in the order in which they are offered.
std::span<const NumberFormat> number_formats();
/// Their names: "fp32 bf16 ..." between spaces.
std::string number_format_names(std::string_view separator);

struct Workload {
    std::int64_t batch = 1;      ///< sequences at a time
    std::int64_t prompt = 8192;  ///< tokens of one prompt
    std::int64_t output = 1024;  ///< tokens generated
    std::int64_t context = 8192; ///< tokens in the cache when memory and decode time are asked for
    friend bool operator==(const Workload&, const Workload&) = default;
};

struct Formats {
    NumberFormat weights = NumberFormat::Bf16;
    NumberFormat kv = NumberFormat::Bf16;
    /// Formats of the roles that differ from `weights`: int4 experts with bf16 attention.
    std::array<std::optional<NumberFormat>, parameter_group_count> roles{};

    [[nodiscard]] const std::optional<NumberFormat>& role(ParameterGroup group) const {
        return roles[static_cast<std::size_t>(group)];
    }
    [[nodiscard]] std::optional<NumberFormat>& role(ParameterGroup group) {
        return roles[static_cast<std::size_t>(group)];
    }
    [[nodiscard]] NumberFormat weights_of(ParameterGroup group) const {
        return role(group).value_or(weights);
    }
    friend bool operator==(const Formats&, const Formats&) = default;
};

/// Devices and how the design is split over them. tensor * pipeline <= devices; the rest of the
/// devices are data-parallel replicas. Experts are split over `expert` devices, which are the same
/// devices as the tensor-parallel ones.
struct Deployment {
    std::string device = "h200"; ///< id of a device profile
    std::int64_t devices = 1;
    std::int64_t tensor_parallel = 1;
    std::int64_t pipeline_parallel = 1;
    std::int64_t expert_parallel = 1;
    double price_per_hour = 0; ///< of one device, in the user's currency; 0: not given
    friend bool operator==(const Deployment&, const Deployment&) = default;
};

struct Scenario {
    Workload workload;
    Formats formats;
    Deployment deployment;
    friend bool operator==(const Scenario&, const Scenario&) = default;
};

} // namespace headroom
