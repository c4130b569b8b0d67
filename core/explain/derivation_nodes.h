// SPDX-License-Identifier: GPL-3.0-or-later
// Building blocks of derivations: leaves, sums and products whose values cannot disagree.
#pragma once

#include "core/base/wide.h"
#include "core/explain/derivation.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom::derive {

/// A factor of a product: its symbol, the numbers that take its place, and the fields it reads.
struct Factor {
    Formula symbol;      ///< "num_attention_heads", "(qk_nope_head_dim + qk_rope_head_dim)"
    std::string numbers; ///< "64", "(128 + 64)"
    Wide value = 1;
    std::vector<std::string> fields;
};

/// A factor that is one field of the configuration.
Factor field(std::string_view name, Wide value);
/// A factor that is a sum of fields: "(a + b)".
Factor sum_of(std::initializer_list<std::pair<std::string_view, Wide>> terms);
/// A plain number.
Factor number(Wide value);

std::string text(Wide value);
/// Up to `digits` significant digits, no trailing zeros.
std::string text(double value, int digits = 6);

Derivation integer(Symbol symbol, Wide value, std::string unit);
Derivation real(Symbol symbol, double value, std::string unit);

/// A leaf whose value is the product of the factors.
Derivation product_of(Symbol symbol, const std::vector<Factor>& factors, std::string unit);

/// The children's sum. The formula lists their symbols.
Derivation sum(Symbol symbol, std::vector<Derivation> children, std::string unit);
/// The children's product.
Derivation product(Symbol symbol, std::vector<Derivation> children, std::string unit);

/// `node`, marked as standing beside the result, with a sentence that says why.
Derivation beside(Derivation node, Sentence sentence);

/// `one_layer` times the number of layers of its kind.
Derivation layers_of_kind(const ModelSpec& spec, std::size_t kind, Derivation one_layer,
                          std::string unit);

/// Writes a sum over kinds of layers out: "num_hidden_layers * (attention + feed_forward)" where
/// its children say "all 36 layers". Children that stand beside the result come afterwards.
void spell_out_layers(Derivation& root);

/// The factors' product of numbers in bytes. int4 keeps half bits of scales, so that its bytes are
/// rounded up as bytes_of does.
Derivation in_bytes(Symbol symbol, std::vector<Factor> factors, NumberFormat format);

/// "layers 3–60", "all 36 layers", "52 layers: 0–4, 6–10, ...": which layers are of the kind.
Sentence layers_text(const ModelSpec& spec, std::size_t kind);

// One tree for each quantity; derivation.cpp chooses.
// `analysis` is the result of the same design and scenario, and its figures are the roots' values.
Derivation parameters(const ModelSpec& spec, const Analysis& analysis);
Derivation active_parameters(const ModelSpec& spec, const Analysis& analysis);
Derivation kv_cache(const ModelSpec& spec, const Analysis& analysis);
Derivation flops(const ModelSpec& spec, const Analysis& analysis);
Derivation memory(const ModelSpec& spec, const Analysis& analysis);
Derivation step_time(const ModelSpec& spec, const Analysis& analysis, const DeviceProfile& device,
                     Phase phase);

/// Sets a node's value to the one that the analysis has.
void set_value(Derivation& node, std::int64_t value);

} // namespace headroom::derive
