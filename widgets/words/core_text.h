// SPDX-License-Identifier: GPL-3.0-or-later
// What the core says in English, in the window's language: its sentences are looked up in a table
// of templates, because core knows no language but its own.
#pragma once

#include <QString>
#include <QStringList>

#include <string_view>

namespace headroom::ui {

/// A note of a derivation, the text of an error: one sentence after the other. A sentence that the
/// table does not have stays English.
[[nodiscard]] QString coreText(std::string_view english);

/// The name of a step: "all 36 layers", "one layer", "q_proj, layers 0–2". Names of tensors and
/// fields stay as they are.
[[nodiscard]] QString coreSymbol(std::string_view symbol);

/// A formula, its words translated and its signs as people write them.
[[nodiscard]] QString coreFormula(std::string_view formula);

/// "bytes", "parameters"
[[nodiscard]] QString coreUnit(std::string_view unit);

/// What `check` says of a row: what is printed, what is computed, and why. Figures of more than
/// three digits are written as the language writes them; names of designs and fields stay as they
/// are.
[[nodiscard]] QString coreClaim(std::string_view english);

/// The same for what somebody else printed: a sentence that is not known whole stays as it is.
[[nodiscard]] QString coreQuote(std::string_view printed);

/// Whether every sentence of the text, or the name, is in the table; for tests.
[[nodiscard]] bool knowsCoreText(std::string_view english);
[[nodiscard]] bool knowsCoreSymbol(std::string_view symbol);

} // namespace headroom::ui
