// SPDX-License-Identifier: GPL-3.0-or-later
// ValidationWindowLanguage: a validation's reports in the language of the window.
#pragma once

#include "core/validation/validation_text.h"

namespace headroom::ui {

class ValidationWindowLanguage : public ValidationLanguage {
public:
    [[nodiscard]] std::string say(const Sentence& sentence) const override;
    [[nodiscard]] std::string quantity(const ValidationRow& row) const override;
    [[nodiscard]] std::string value(const ValidationRow& row, double value) const override;
    [[nodiscard]] std::string difference(const ValidationRow& row) const override;
    [[nodiscard]] std::string section(RowSection section) const override;
    [[nodiscard]] std::string ratio(std::string_view id) const override;
    [[nodiscard]] std::string error(const Error& error) const override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    structure(const ModelSpec& spec) const override;
};

} // namespace headroom::ui
