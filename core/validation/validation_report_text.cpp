// SPDX-License-Identifier: GPL-3.0-or-later
// The reports of a validation: one sentence, CSV, Markdown, in any language that can be said.
#include "core/accounting/parameters.h"
#include "core/base/number_text.h"
#include "core/config/expand.h"
#include "core/study/compare.h"
#include "core/validation/validation_sentences.h"
#include "core/validation/validation_text.h"

#include <cmath>

namespace headroom {
namespace {

using Language = ValidationLanguage;

Argument total_parameters(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    const Result<ParameterReport> count =
        spec ? count_parameters(*spec) : Result<ParameterReport>(spec.error());
    return count ? Argument(Grouped{count->total}) : Argument("–");
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
    out += language.say(validation_says<"checkpoint">(total_parameters(report.original))) + "\n\n";
    for (const Error& issue : report.tensor_issues) {
        out += "- " + language.error(issue) + "\n";
    }
    out += report.tensor_issues.empty() ? "" : "\n";
}

void append_designs(std::string& out, const ValidationReport& report, const Language& language) {
    const std::string original = language.say(validation_says<"original">());
    const std::string tiny = language.say(validation_says<"tiny">());
    const Result<ModelSpec> before = expand_layers(report.original);
    const Result<ModelSpec> after = expand_layers(report.tiny.config);
    if (before && after) {
        out += line({language.say(validation_says<"structure">()), original, tiny}) +
               "|---|---|---|\n";
        const auto left = language.structure(*before);
        const auto right = language.structure(*after);
        for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
            out += line({left[i].first, left[i].second, right[i].second});
        }
        out += "\n";
    }
    out += line({language.say(validation_says<"proportion">()), original, tiny, ""}) +
           "|---|---:|---:|---|\n";
    for (const ShrunkRatio& ratio : report.tiny.ratios) {
        out +=
            line({language.ratio(ratio.id), ratio_values_text(ratio.original[0], ratio.original[1]),
                  ratio_values_text(ratio.tiny[0], ratio.tiny[1]),
                  ratio.is_kept() ? language.say(validation_says<"kept">())
                                  : language.say(validation_says<"rounded">())});
    }
    out += "\n" +
           line({language.say(validation_says<"field">()), original, tiny,
                 language.say(validation_says<"in-proportion">())}) +
           "|---|---:|---:|---:|\n" +
           line({language.say(validation_says<"parameters">()),
                 english(total_parameters(report.original)),
                 english(total_parameters(report.tiny.config)), ""});
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
                   line({language.say(validation_says<"quantity">()),
                         language.say(validation_says<"predicted">()),
                         language.say(validation_says<"band">()),
                         language.say(validation_says<"measured">()),
                         language.say(validation_says<"quartiles">()),
                         language.say(validation_says<"difference">())}) +
                   "|---|---:|---:|---:|---:|---:|\n";
        }
        const bool exact = row.judgement == Judgement::Exact;
        const auto range = [&](double low, double high) {
            return exact ? std::string()
                         : language.say(validation_says<"range">(language.value(row, low),
                                                                 language.value(row, high)));
        };
        std::string difference = language.difference(row);
        if (!exact && !row.is_within()) {
            difference = language.say(validation_says<"outside-band">(difference));
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
    out += "## " + language.say(validation_says<"load-of-experts">()) + "\n\n" +
           line({language.say(validation_says<"layer">()),
                 language.say(validation_says<"tokens-of-experts">()),
                 language.say(validation_says<"most-over-mean">()),
                 language.say(validation_says<"of-uniform-router">())}) +
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

std::string ValidationLanguage::say(const Sentence& sentence) const {
    return english(sentence);
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

std::string ValidationLanguage::error(const Error& error) const {
    return error.text();
}

std::vector<std::pair<std::string, std::string>>
ValidationLanguage::structure(const ModelSpec& spec) const {
    return describe_structure(spec);
}

std::string summary_text(const ValidationReport& report, const ValidationLanguage& language) {
    const auto exact = report.summary(Judgement::Exact);
    const auto drawn = report.summary(Judgement::Drawn);
    const auto timed = report.summary(Judgement::Timed);
    std::string text = language.say(validation_says<"counts-exact">(exact.within, exact.rows));
    if (drawn.rows > 0) {
        text += language.say(validation_says<"experts-within">(share_text(drawn.max_abs_error)));
    }
    if (timed.rows > 0) {
        text += language.say(validation_says<"times-off">(
            share_text(timed.mean_abs_error), share_text(timed.max_abs_error), timed.within,
            timed.rows, share_text(timed.mean_spread)));
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
        return language.say(validation_says<"threads-moved">());
    }
    return language.say(validation_says<"others-took">(share_text(report.others_load.value_or(0))));
}

std::string validation_markdown(const ValidationReport& report,
                                const ValidationLanguage& language) {
    std::string out = "# " + language.say(validation_says<"title">(report.name)) + "\n\n";
    out += language.say(validation_says<"full-stop">(summary_text(report, language))) + "\n\n";
    if (report.was_disturbed()) {
        out += disturbance_text(report, language) + "\n\n";
    }
    if (report.was_cancelled) {
        out += language.say(validation_says<"cancelled">()) + "\n\n";
    } else if (report.failure) {
        out +=
            language.say(validation_says<"ended-early">(language.error(*report.failure))) + "\n\n";
    }
    out += (report.options.threads == 1
                ? language.say(validation_says<"one-thread">())
                : language.say(validation_says<"threads">(report.options.threads))) +
           (report.processor.empty() ? std::string() : ", " + report.processor) +
           language.say(validation_says<"one-sequence">()) + "\n\n";
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
