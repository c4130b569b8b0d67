// SPDX-License-Identifier: GPL-3.0-or-later
// Words for configuration fields, their values and what is said about them.
#pragma once

#include "core/config/config_fields.h"
#include "core/config/expand.h"

#include <QString>
#include <QStringList>

namespace headroom::ui {

/// "KV heads" for num_key_value_heads; the name itself for a field without a word of its own.
[[nodiscard]] QString fieldLabel(std::string_view name);

/// One line on what the field means, for its tooltip; may be empty.
[[nodiscard]] QString fieldHint(std::string_view name);

[[nodiscard]] QString fieldGroupTitle(FieldGroup group);

/// What a text field can be set to; empty: the field is typed.
[[nodiscard]] QStringList fieldChoices(const ModelConfig& config, const FieldInfo& field);

/// A value as the editor shows it: grouped digits, "off" for an unset optional, lists summarised
/// ("47 sliding · 15 global").
[[nodiscard]] QString fieldValueText(const FieldInfo& field, const FieldValue& value);

/// The finding in the window's words and language; it stands beside the field.
[[nodiscard]] QString findingText(const Finding& finding);

/// What the finding's link says: "Set to 8"; empty without a fix.
[[nodiscard]] QString fixText(const Finding& finding);

/// "layer_types" for "layer_types[3]".
[[nodiscard]] std::string fieldOfFinding(const Finding& finding);

} // namespace headroom::ui
