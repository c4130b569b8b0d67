// SPDX-License-Identifier: GPL-3.0-or-later
// The one list of configuration fields: reading, writing, comparing, editing and --set use it.
#pragma once

#include "core/base/result.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace headroom {

enum class FieldGroup {
    Model,
    Attention,
    Position,
    FeedForward,
    Experts,
    Normalisation,
    Vocabulary
};

/// Pointer to the member that a field stands for; its type is the field's type.
using FieldMember =
    std::variant<std::int64_t ModelConfig::*, double ModelConfig::*, bool ModelConfig::*,
                 std::string ModelConfig::*, std::optional<std::int64_t> ModelConfig::*,
                 std::optional<double> ModelConfig::*, std::vector<std::int64_t> ModelConfig::*,
                 std::vector<double> ModelConfig::*, std::vector<std::string> ModelConfig::*>;

/// How an editor steps through a field's values.
enum class FieldStep {
    None,
    Units,
    PowersOfTwo,
    Multiples8,
    Multiples64,
    Multiples128,
    DivisorsOfHeads
};

struct FieldInfo {
    std::string_view name; ///< canonical Hugging Face name
    FieldGroup group;
    FieldMember member;
    std::int64_t minimum = 0;         ///< integers: smallest valid value
    std::int64_t maximum = 0;         ///< integers: largest valid value
    FieldStep step = FieldStep::None; ///< None: no slider
    std::int64_t slider_maximum = 0;  ///< where the slider ends
};

/// All fields in the order in which they are shown and written.
std::span<const FieldInfo> config_fields();

/// The field of that canonical name or synonym; null when there is none.
const FieldInfo* find_field(std::string_view name);

/// Other names under which checkpoints write the field.
std::vector<std::string_view> field_synonyms(const FieldInfo& field);

/// Whether the field means something for this design (family, experts or not, latent or not).
bool field_applies(const ModelConfig& config, const FieldInfo& field);

/// Whether the field only says again what another does: a window that is not null is used.
bool says_again(const FieldInfo& field);

/// A field's value: monostate is "null" of an optional field.
using FieldValue =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>>;

FieldValue field_value(const ModelConfig& config, const FieldInfo& field);

/// Whether the field, or an entry of its list, can be that number: a whole one from minimum to
/// maximum, any other from 0.
bool in_range(const FieldInfo& field, std::int64_t value);
bool in_range(const FieldInfo& field, double value);
/// What in_range asks of whole numbers, in words: "an integer from 1 to 4096".
Sentence range_sentence(const FieldInfo& field);

/// Stores a value and nothing else; range is checked. For readers of files.
Status assign_field(ModelConfig& config, const FieldInfo& field, const FieldValue& value);

/// Sets a field; the error names it, what was given and what was expected. Range is checked, sense
/// is not (see validate). Setting a field that others depend on (num_hidden_layers with explicit
/// layer_types) resizes those lists by continuing their pattern.
Status set_field(ModelConfig& config, const FieldInfo& field, const FieldValue& value);

/// `--set FIELD=VALUE`: parses the text by the field's type ("null" and "off" clear an optional).
Status set_field_from_text(ModelConfig& config, std::string_view name, std::string_view text);

/// Locale-free text of a value: 4096, true, silu, null, [1, 1, 0].
std::string to_text(const FieldValue& value);
/// The same in a sentence: numbers as numbers.
Argument to_argument(const FieldValue& value);

/// A number of a value: booleans are 0 and 1; nothing for text, lists and null.
std::optional<double> to_number(const FieldValue& value);

/// Values a slider stops at, ascending, all valid; empty: no slider for the field. An optional
/// field's slider starts with 0, which stands for null.
std::vector<std::int64_t> slider_values(const ModelConfig& config, const FieldInfo& field);

} // namespace headroom
