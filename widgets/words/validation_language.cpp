// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/validation_language.h"

#include "core/study/compare.h"
#include "widgets/format/contexts.h"
#include "widgets/words/core_text.h"
#include "widgets/words/structure_text.h"
#include "widgets/words/validation_words.h"

namespace headroom::ui {

namespace {

constexpr const char* reportPhrases[] = {
    QT_TRANSLATE_NOOP("Validation", "%1: predicted beside measured"),
    QT_TRANSLATE_NOOP("Validation", "%1 of %2 counts exact"),
    QT_TRANSLATE_NOOP("Validation", "; experts reached within %1"),
    QT_TRANSLATE_NOOP("Validation",
                      "; times off by %1 on average, %2 at most, %3 of %4 within their band "
                      "(repeats spread by %5)"),
    QT_TRANSLATE_NOOP("Validation", "%1."),
    QT_TRANSLATE_NOOP("Validation",
                      "Other programs took %1 of the processor meanwhile: times say little."),
    QT_TRANSLATE_NOOP("Validation",
                      "The threads moved to cores that lie otherwise to each other, so that the "
                      "profile of this computer no longer holds: times say little."),
    QT_TRANSLATE_NOOP("Validation", "The run was cancelled."),
    QT_TRANSLATE_NOOP("Validation", "The run ended early: %1"),
    QT_TRANSLATE_NOOP("Validation", "1 thread, fp32"),
    QT_TRANSLATE_NOOP("Validation", "%1 threads, fp32"),
    QT_TRANSLATE_NOOP("Validation",
                      ". The engine holds one sequence: a step of several tokens is one pass of "
                      "that many tokens of it. Measured times are medians, with quartiles."),
    QT_TRANSLATE_NOOP("Validation", "A checkpoint, run as it is: %1 parameters."),
    QT_TRANSLATE_NOOP("Validation", "original"),
    QT_TRANSLATE_NOOP("Validation", "tiny"),
    QT_TRANSLATE_NOOP("Validation", "structure"),
    QT_TRANSLATE_NOOP("Validation", "proportion"),
    QT_TRANSLATE_NOOP("Validation", "kept"),
    QT_TRANSLATE_NOOP("Validation", "rounded"),
    QT_TRANSLATE_NOOP("Validation", "field"),
    QT_TRANSLATE_NOOP("Validation", "in proportion"),
    QT_TRANSLATE_NOOP("Validation", "parameters"),
    QT_TRANSLATE_NOOP("Validation", "quantity"),
    QT_TRANSLATE_NOOP("Validation", "predicted"),
    QT_TRANSLATE_NOOP("Validation", "band"),
    QT_TRANSLATE_NOOP("Validation", "measured"),
    QT_TRANSLATE_NOOP("Validation", "quartiles"),
    QT_TRANSLATE_NOOP("Validation", "difference"),
    QT_TRANSLATE_NOOP("Validation", "%1 to %2"),
    QT_TRANSLATE_NOOP("Validation", "%1, outside its band"),
    QT_TRANSLATE_NOOP("Validation", "Load of the experts"),
    QT_TRANSLATE_NOOP("Validation", "layer"),
    QT_TRANSLATE_NOOP("Validation", "tokens of each expert"),
    QT_TRANSLATE_NOOP("Validation", "most loaded over mean"),
    QT_TRANSLATE_NOOP("Validation", "of a uniform router"),
};

} // namespace

std::span<const char* const> ValidationWindowLanguage::phrases() {
    return reportPhrases;
}

std::string ValidationWindowLanguage::say(const char* english,
                                          const std::vector<std::string>& arguments) const {
    const QByteArray said = QCoreApplication::translate("Validation", english).toUtf8();
    return ValidationLanguage::say(said.constData(), arguments);
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

std::string ValidationWindowLanguage::error(const std::string& english) const {
    return coreText(english).toStdString();
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
