// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/validation_language.h"

#include "core/study/compare.h"
#include "widgets/format/contexts.h"
#include "widgets/words/sentence_text.h"
#include "widgets/words/structure_text.h"
#include "widgets/words/validation_words.h"

namespace headroom::ui {

std::string ValidationWindowLanguage::say(const Sentence& sentence) const {
    return sentenceText(sentence).toStdString();
}

std::string ValidationWindowLanguage::quantity(const ValidationRow& row) const {
    return quantityName(row).toStdString();
}

std::string ValidationWindowLanguage::value(const ValidationRow& row, double value) const {
    return rowValue(row, value).toStdString();
}

std::string ValidationWindowLanguage::difference(const ValidationRow& row) const {
    return rowDifference(row).toStdString();
}

std::string ValidationWindowLanguage::section(RowSection section) const {
    return sectionName(section).toStdString();
}

std::string ValidationWindowLanguage::ratio(std::string_view id) const {
    return ratioName(id).toStdString();
}

std::string ValidationWindowLanguage::error(const Error& error) const {
    return errorText(error).toStdString();
}

std::vector<std::pair<std::string, std::string>>
ValidationWindowLanguage::structure(const ModelSpec& spec) const {
    std::vector<std::pair<std::string, std::string>> aspects;
    for (const auto& [id, english] : describe_structure(spec)) {
        QString text = structureText(spec, id);
        aspects.emplace_back(structureLabel(id).toStdString(),
                             text.replace(u'\n', QStringLiteral("; ")).toStdString());
    }
    return aspects;
}

} // namespace headroom::ui
