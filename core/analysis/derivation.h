// SPDX-License-Identifier: GPL-3.0-or-later
// Derivations: why a number is what it is, as a tree that ends in the configuration's fields.
#pragma once

#include "core/analysis/analysis.h"

#include <string>
#include <string_view>
#include <vector>

namespace headroom {

enum class Quantity {
    Parameters,
    ActiveParameters,
    KvCache,
    Flops,
    Memory,
    TimePerOutputToken,
    TimeToFirstToken
};
std::string_view to_string(Quantity quantity);
std::optional<Quantity> quantity_from(std::string_view text);

/// One step of a derivation. `value` is the result of `formula`; children explain its symbols.
struct Derivation {
    std::string symbol;      ///< "kv_bytes_per_token", "q_proj"
    std::string formula;     ///< "2 * num_key_value_heads * head_dim * bytes"
    std::string substituted; ///< "2 * 4 * 128 * 2"
    double value = 0;
    bool is_integer = true;          ///< value is exact
    std::string unit;                ///< "parameters", "bytes", "FLOP", "s"
    std::string source;              ///< paper and section; empty: definition
    std::vector<std::string> fields; ///< configuration fields that the formula reads
    std::vector<Derivation> children;
};

/// The derivation; its root's value is the value that `analyze` reports, from the same call.
Result<Derivation> explain(const ModelSpec& spec, const Scenario& scenario,
                           const DeviceProfile& device, Quantity quantity);

std::string to_markdown(const Derivation& derivation);
std::string to_latex(const Derivation& derivation);

} // namespace headroom
