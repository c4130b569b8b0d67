// SPDX-License-Identifier: GPL-3.0-or-later
// The reports of a validation: one sentence, CSV, Markdown, in any language that can be said.
#include "core/accounting/parameters.h"
#include "core/base/number_text.h"
#include "core/config/expand.h"
#include "core/study/compare.h"
#include "core/validation/validation_text.h"

#include <cmath>

namespace headroom {
namespace {

using Language = ValidationLanguage;

std::string total_parameters(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    const Result<ParameterReport> count =
        spec ? count_parameters(*spec) : Result<ParameterReport>(spec.error());
    return count ? grouped_text(count->total) : "–";
}

/// One line of a table in Markdown.
std::string line(std::initializer_list<std::string> cells) {
    std::string text = "|";
    for (const std::string& cell : cells) {
        text += " " + cell + " |";
    }
    return text + "\n";
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + "\"";
}

void append_checkpoint(std::string& out, const ValidationReport& report, const Language& language) {
    out += language.say("A checkpoint, run as it is: %1 parameters.",
                        {total_parameters(report.original)}) +
           "\n\n";
    for (const std::string& issue : report.tensor_issues) {
        out += "- " + language.error(issue) + "\n";
    }
    out += report.tensor_issues.empty() ? "" : "\n";
}

void append_designs(std::string& out, const ValidationReport& report, const Language& language) {
    const std::string original = language.say("original");
    const std::string tiny = language.say("tiny");
    const Result<ModelSpec> before = expand_layers(report.original);
    const Result<ModelSpec> after = expand_layers(report.tiny.config);
    if (before && after) {
        out += line({language.say("structure"), original, tiny}) + "|---|---|---|\n";
        const auto left = language.structure(*before);
        const auto right = language.structure(*after);
        for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
            out += line({left[i].first, left[i].second, right[i].second});
        }
        out += "\n";
    }
    out += line({language.say("proportion"), original, tiny, ""}) + "|---|---:|---:|---|\n";
    for (const ShrunkRatio& ratio : report.tiny.ratios) {
        out +=
            line({language.ratio(ratio.id), ratio_values_text(ratio.original[0], ratio.original[1]),
                  ratio_values_text(ratio.tiny[0], ratio.tiny[1]),
                  ratio.is_kept() ? language.say("kept") : language.say("rounded")});
    }
    out += "\n" + line({language.say("field"), original, tiny, language.say("in proportion")}) +
           "|---|---:|---:|---:|\n" +
           line({language.say("parameters"), total_parameters(report.original),
                 total_parameters(report.tiny.config), ""});
    for (const ShrunkField& field : report.tiny.fields) {
        out += line({std::string(field.name), figure_in_full(field.original),
                     figure_in_full(field.tiny),
                     field.is_rounded() ? significant_text(field.exact, 4) : ""});
    }
    out += "\n";
}

void append_rows(std::string& out, const ValidationReport& report, const Language& language) {
    std::optional<RowSection> section;
    for (const ValidationRow& row : report.rows) {
        if (!row.is_measured()) {
            continue;
        }
        if (section != section_of(row.kind)) {
            section = section_of(row.kind);
            out += "## " + language.section(*section) + "\n\n" +
                   line({language.say("quantity"), language.say("predicted"), language.say("band"),
                         language.say("measured"), language.say("quartiles"),
                         language.say("difference")}) +
                   "|---|---:|---:|---:|---:|---:|\n";
        }
        const bool exact = row.judgement == Judgement::Exact;
        const auto range = [&](double low, double high) {
            return exact ? std::string()
                         : language.say("%1 to %2",
                                        {language.value(row, low), language.value(row, high)});
        };
        std::string difference = language.difference(row);
        if (!exact && !row.is_within()) {
            difference = language.say("%1, outside its band", {difference});
        }
        const bool last = &row == &report.rows.back() || section_of((&row + 1)->kind) != *section;
        out += line({language.quantity(row), language.value(row, row.predicted),
                     range(row.low, row.high), language.value(row, row.measured),
                     range(row.fastest, row.slowest), difference}) +
               (last ? "\n" : "");
    }
}

void append_loads(std::string& out, const ValidationReport& report, const Language& language) {
    if (report.loads.empty()) {
        return;
    }
    out += "## " + language.say("Load of the experts") + "\n\n" +
           line({language.say("layer"), language.say("tokens of each expert"),
                 language.say("most loaded over mean"), language.say("of a uniform router")}) +
           "|---:|---|---:|---:|\n";
    for (const ExpertLoad& load : report.loads) {
        std::string tokens;
        for (const std::int64_t count : load.tokens) {
            tokens += (tokens.empty() ? "" : " ") + std::to_string(count);
        }
        out += line({std::to_string(load.layer), tokens, significant_text(load.imbalance(), 3),
                     significant_text(report.uniform_imbalance(load), 3)});
    }
}

} // namespace

std::string ValidationLanguage::say(const char* english,
                                    const std::vector<std::string>& arguments) const {
    std::string text;
    for (const char* c = english; *c != 0; ++c) {
        const auto argument = static_cast<std::size_t>(*c == '%' ? c[1] - '1' : -1);
        if (argument < arguments.size()) {
            text += arguments[argument];
            ++c;
        } else {
            text += *c;
        }
    }
    return text;
}

std::string ValidationLanguage::quantity(const ValidationRow& row) const {
    return quantity_text(row);
}

std::string ValidationLanguage::value(const ValidationRow& row, double value) const {
    return value_text(row, value);
}

std::string ValidationLanguage::difference(const ValidationRow& row) const {
    return error_text(row);
}

std::string ValidationLanguage::section(RowSection section) const {
    return section_text(section);
}

std::string ValidationLanguage::ratio(std::string_view id) const {
    return ratio_text(id);
}

std::string ValidationLanguage::error(const std::string& english) const {
    return english;
}

std::vector<std::pair<std::string, std::string>>
ValidationLanguage::structure(const ModelSpec& spec) const {
    return describe_structure(spec);
}

std::string summary_text(const ValidationReport& report, const ValidationLanguage& language) {
    const auto exact = report.summary(Judgement::Exact);
    const auto drawn = report.summary(Judgement::Drawn);
    const auto timed = report.summary(Judgement::Timed);
    std::string text = language.say("%1 of %2 counts exact",
                                    {std::to_string(exact.within), std::to_string(exact.rows)});
    if (drawn.rows > 0) {
        text += language.say("; experts reached within %1", {share_text(drawn.max_abs_error)});
    }
    if (timed.rows > 0) {
        text += language.say("; times off by %1 on average, %2 at most, %3 of %4 within their band "
                             "(repeats spread by %5)",
                             {share_text(timed.mean_abs_error), share_text(timed.max_abs_error),
                              std::to_string(timed.within), std::to_string(timed.rows),
                              share_text(timed.mean_spread)});
    }
    return text;
}

std::string validation_csv(const ValidationReport& report, const ValidationLanguage& language) {
    std::string out = "quantity,id,tokens,past,layer,layers,predicted,low,high,measured,"
                      "lower_quartile,upper_quartile,repeats,error,within\n";
    for (const ValidationRow& row : report.rows) {
        if (!row.is_measured()) {
            continue;
        }
        out += quoted(language.quantity(row)) + "," + std::string(to_string(row.kind));
        for (const std::int64_t value : {row.tokens, row.past, row.layer, row.layers}) {
            out += "," + std::to_string(value);
        }
        for (const double value :
             {row.predicted, row.low, row.high, row.measured, row.fastest, row.slowest}) {
            out += "," + figure_in_full(value);
        }
        out += "," + std::to_string(row.repeats) + "," + figure_in_full(row.error()) + "," +
               (row.is_within() ? "true" : "false") + "\n";
    }
    return out;
}

std::string disturbance_text(const ValidationReport& report, const ValidationLanguage& language) {
    if (!report.others_took_much()) {
        return language.say("The threads moved to cores that lie otherwise to each other, so that "
                            "the profile of this computer no longer holds: times say little.",
                            {});
    }
    return language.say("Other programs took %1 of the processor meanwhile: times say little.",
                        {share_text(report.others_load.value_or(0))});
}

std::string validation_markdown(const ValidationReport& report,
                                const ValidationLanguage& language) {
    std::string out = "# " + language.say("%1: predicted beside measured", {report.name}) + "\n\n";
    out += language.say("%1.", {summary_text(report, language)}) + "\n\n";
    if (report.was_disturbed()) {
        out += disturbance_text(report, language) + "\n\n";
    }
    if (report.was_cancelled) {
        out += language.say("The run was cancelled.") + "\n\n";
    } else if (report.failure) {
        out += language.say("The run ended early: %1", {language.error(report.failure->text())}) +
               "\n\n";
    }
    out += (report.options.threads == 1
                ? language.say("1 thread, fp32")
                : language.say("%1 threads, fp32", {std::to_string(report.options.threads)})) +
           (report.processor.empty() ? std::string() : ", " + report.processor) +
           language.say(". The engine holds one sequence: a step of several tokens is one pass of "
                        "that many tokens of it. Measured times are medians, with quartiles.") +
           "\n\n";
    if (report.folder.empty()) {
        append_designs(out, report, language);
    } else {
        append_checkpoint(out, report, language);
    }
    append_rows(out, report, language);
    append_loads(out, report, language);
    return out;
}

} // namespace headroom
