// SPDX-License-Identifier: GPL-3.0-or-later
// What the dimensions of weights and products are called: shapes as fields of the configuration.
#pragma once

#include "core/accounting/operators.h"
#include "core/accounting/tensor_table.h"
#include "core/base/function_ref.h"
#include "core/explain/derivation_nodes.h"

namespace headroom::derive {

/// Factors whose product is the number of elements of the tensor, all copies of one layer
/// included. With `active`, routed experts count as the ones that a token is routed to.
std::vector<Factor> dimensions(const ModelSpec& spec, const TensorSpec& tensor, bool active);

/// Factors whose product is the number of weights that one row of the operator meets; empty for
/// an operator that is not a product with weights.
std::vector<Factor> dimensions(const ModelSpec& spec, const Operator& op, bool all_experts);

/// A leaf for a tensor, all its copies in one layer; nothing where it does not count.
using TensorNode = FunctionRef<std::optional<Derivation>(const TensorSpec&)>;

/// Sum of `leaf` over all weights: the tensors outside the layers, and for every kind of layer its
/// groups of tensors times the number of such layers.
Derivation over_tensors(const ModelSpec& spec, Symbol symbol, const char* unit, TensorNode leaf);

/// ".self_attn.q_proj.weight" -> "q_proj", ".mlp.experts.#.up_proj.weight" -> "experts.up_proj".
std::string short_name(std::string_view tensor_name);

/// head_dim as a factor; where the family has no such field, hidden_size / num_attention_heads.
Factor head_dim_factor(const ModelSpec& spec, std::int64_t head_dim);

} // namespace headroom::derive
