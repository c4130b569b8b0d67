// SPDX-License-Identifier: GPL-3.0-or-later
// Derivations: why a number is what it is, as a tree that ends in the configuration's fields.
#pragma once

#include "core/explain/formula.h"
#include "core/study/analysis.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

enum class Quantity {
    Parameters,         ///< all weights of the design
    ActiveParameters,   ///< weights that one token is multiplied with
    KvCache,            ///< bytes of one sequence at the context
    Flops,              ///< prefill of one prompt, attended pairs; dense and decode beside it
    Memory,             ///< weights, cache and workspace of one replica
    TimePerOutputToken, ///< one decode step
    TimeToFirstToken    ///< prefill of the batch
};
std::string_view to_string(Quantity quantity);
std::optional<Quantity> quantity_from(std::string_view text);

/// How a node's value follows from its children.
enum class Combine {
    Leaf,    ///< no child takes part
    Sum,     ///< of the children
    Product, ///< of the children
    Max,     ///< the largest child
    Formula  ///< as `formula` says, in the children's symbols
};

/// One step of a derivation. `value` is the result of `formula`; children explain its symbols.
struct Derivation {
    Symbol symbol;           ///< "kv_bytes_per_token", "q_proj"
    Formula formula;         ///< "2 * num_key_value_heads * head_dim * bytes"
    std::string substituted; ///< "2 * 4 * 128 * 2"
    double value = 0;
    bool is_integer = true;          ///< value is exact
    std::string unit;                ///< "parameters", "bytes", "FLOP", "s"; a name as in `named`
    std::string source;              ///< paper and section; empty: definition
    Sentence note;                   ///< on an assumption or a difference; mostly empty
    std::vector<std::string> fields; ///< configuration fields that the formula reads
    std::vector<Derivation> children;
    std::int64_t exact = 0; ///< value where is_integer, beyond the 2^53 that a double holds
    Combine combine = Combine::Leaf;
    /// Shown beside its siblings for comparison (a schoolbook estimate, another reading); takes no
    /// part in the parent's value.
    bool aside = false;
};

/// The derivation; its root's value is the value that `analyze` reports, from the same call.
Result<Derivation> explain(const ModelSpec& spec, const Scenario& scenario,
                           const DeviceProfile& device, Quantity quantity);

/// A nested list: symbol, value, formula, numbers and source of every step.
std::string to_markdown(const Derivation& derivation);

/// An align* environment for each step that has a formula, deepest last. Compiles with amsmath.
std::string to_latex(const Derivation& derivation);

/// What the node's value should be by its children, or nothing for a leaf or a free formula.
/// Integers are combined exactly. For checks.
std::optional<double> combined_value(const Derivation& node);

} // namespace headroom
