// SPDX-License-Identifier: GPL-3.0-or-later
// Worked parameter counts, read both in decimal billions and in units of 1024^3.
#include "core/accounting/parameters.h"
#include "core/base/expression.h"
#include "core/claims/check_parts.h"
#include "core/claims/claims_sentences.h"
#include "core/config/config_fields.h"
#include "core/config/expand.h"
#include "core/config/json_value.h"
#include "core/presets/presets.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <vector>

namespace headroom::check {

namespace {

using nlohmann::json;

constexpr double decimal_billion = 1e9;
constexpr double binary_billion = 1073741824.0; // 1024^3, what the notes call G
/// A note's figures have two or three digits.
constexpr double printed_precision = 0.01;

struct Printed {
    double value = 0;
    bool in_binary_units = false; ///< says 1024^3 itself
};

/// What a letter after a printed number multiplies it by, in powers of ten and of 1024.
struct Suffix {
    char letter;
    double decimal;
    double binary;
};

constexpr std::array suffixes{Suffix{'K', 1e3, 1024.0}, Suffix{'M', 1e6, 1048576.0},
                              Suffix{'B', decimal_billion, binary_billion},
                              Suffix{'G', decimal_billion, binary_billion},
                              Suffix{'T', 1e12, 1099511627776.0}};

/// The suffix at `at`, as in "124M", "7 B"; null where a word begins there, or nothing.
const Suffix* suffix_at(std::string_view text, std::size_t at) {
    at = std::min(text.find_first_not_of(' ', at), text.size());
    if (at == text.size() ||
        (at + 1 < text.size() && std::isalnum(static_cast<unsigned char>(text[at + 1])) != 0)) {
        return nullptr;
    }
    const auto found = std::find_if(suffixes.begin(), suffixes.end(), [&](const Suffix& suffix) {
        return suffix.letter == text[at];
    });
    return found == suffixes.end() ? nullptr : &*found;
}

/// A number, or the arithmetic at the beginning of a text: "1.25 * 1024^3 (down from ...)", "7 B".
std::optional<Printed> printed_value(const json& example, const char* key) {
    const auto found = example.find(key);
    if (found == example.end()) {
        return std::nullopt;
    }
    const json& value = *found;
    if (value.is_number()) {
        return Printed{value.get<double>(), false};
    }
    if (!value.is_string()) {
        return std::nullopt;
    }
    const std::string text = value.get<std::string>();
    const std::size_t end = text.find_first_not_of("0123456789.*^+-/eE ");
    const std::string head = text.substr(0, end);
    const Result<Expression> expression = Expression::parse(head);
    if (!expression || !expression->names().empty()) {
        return std::nullopt;
    }
    const Suffix* suffix = end == std::string::npos ? nullptr : suffix_at(text, end);
    return Printed{expression->evaluate({}) * (suffix != nullptr ? suffix->decimal : 1.0),
                   head.find("1024^3") != std::string::npos};
}

bool near(double computed, double printed, double tolerance) {
    return std::abs(computed - printed) <= tolerance * std::abs(printed);
}

/// "Mistral 7B, with GQA" -> the shipped design whose name begins with "mistral-7b".
const ModelPreset* preset_for(std::string_view name) {
    std::string id;
    for (const char c : name.substr(0, name.find(','))) {
        id += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    if (const ModelPreset* preset = find_model_preset(id)) {
        return preset;
    }
    for (const ModelPreset& preset : model_presets()) {
        if (preset.id.starts_with(id)) {
            return &preset;
        }
    }
    return nullptr;
}

std::optional<double> number_of(const json& example, const char* key) {
    const auto found = example.find(key);
    return found != example.end() && found->is_number() ? std::optional(found->get<double>())
                                                        : std::nullopt;
}

Sentence both_units(double count) {
    return claims_says<"both-units">(billions(count, 3), fixed(count / binary_billion, 3));
}

/// The formula's letters: V, H, L, and M = intermediate_size / hidden_size.
Result<double> evaluate_formula(const json& example, const std::string& formula,
                                const std::string& path) {
    const Result<Expression> expression = Expression::parse(formula);
    if (!expression) {
        return Error{{}, path + ".formula", expression.error().message};
    }
    const auto hidden = number_of(example, "hidden_size");
    const auto width = number_of(example, "intermediate_size");
    const std::vector<std::pair<std::string, std::optional<double>>> letters{
        {"V", number_of(example, "vocab_size")},
        {"H", hidden},
        {"L", number_of(example, "num_hidden_layers")},
        {"M", hidden && width ? std::optional(*width / *hidden) : std::nullopt}};
    std::vector<double> values;
    for (const std::string& name : expression->names()) {
        const auto letter = std::find_if(letters.begin(), letters.end(),
                                         [&](const auto& known) { return known.first == name; });
        if (letter == letters.end() || !letter->second) {
            return Error{
                {}, path + ".formula", found_expected(name, claims_says<"formula-letter">())};
        }
        values.push_back(*letter->second);
    }
    return expression->evaluate(values);
}

/// A number in a text: as it stands, and what it counts in powers of ten and of 1024.
struct Figure {
    double number = 0;
    double decimal = 0;
    double binary = 0;
};

/// All numbers in a text, in order. Without a letter a small one counts billions.
std::vector<Figure> figures_in(const std::string& text) {
    std::vector<Figure> figures;
    for (std::size_t at = text.find_first_of("0123456789"); at != std::string::npos;) {
        const std::size_t end = text.find_first_not_of("0123456789.e", at);
        std::string word = text.substr(at, end - at);
        word.erase(word.find_last_not_of("e.") + 1);
        if (const Result<Expression> parsed = Expression::parse(word); parsed) {
            const double number = parsed->evaluate({});
            const Suffix* suffix = end == std::string::npos ? nullptr : suffix_at(text, end);
            if (suffix != nullptr) {
                figures.push_back({number, number * suffix->decimal, number * suffix->binary});
            } else {
                figures.push_back({number, number < 1e6 ? number * decimal_billion : number,
                                   number * binary_billion});
            }
        }
        at = end == std::string::npos ? end : text.find_first_of("0123456789", end);
    }
    return figures;
}

Result<CheckRow> check_formula(const json& example, const std::string& path, CheckRow row) {
    const Result<double> value =
        evaluate_formula(example, example["formula"].get<std::string>(), path);
    if (!value) {
        return value.error();
    }
    if (!(std::abs(*value) < 9e18)) {
        return Error{
            {},
            path + ".formula",
            found_expected(base_says<"beyond-64-bits">(), base_says<"count-of-64-bits">())};
    }
    row.implied_total = static_cast<std::int64_t>(std::llround(*value));
    const auto formula = example["formula"].get<std::string>();
    row.claim = Sentence::verbatim(formula);
    row.computed = both_units(*value);
    const auto printed = example.find("printed");
    if (printed == example.end() || !printed->is_string()) {
        row.verdict = Verdict::Holds;
        row.why = clauses({claims_says<"evaluates-so">(), claims_says<"nothing-printed">()});
        return row;
    }
    const std::string text = printed->get<std::string>();
    row.claim = claims_says<"formula-printed">(formula, Quote{text});
    std::optional<Figure> in_binary;
    std::optional<Figure> in_decimal;
    for (const Figure& figure : figures_in(text)) {
        if (!in_decimal && near(*value, figure.decimal, printed_precision)) {
            in_decimal = figure;
        }
        if (!in_binary && near(*value, figure.binary, printed_precision)) {
            in_binary = figure;
        }
    }
    const bool in_billions = !in_binary || in_binary->binary == in_binary->number * binary_billion;
    if (in_decimal && !in_binary) {
        row.verdict = Verdict::Holds;
        row.why = *value < 1e9 ? claims_says<"powers-of-ten">() : claims_says<"decimal-billion">();
    } else if (in_binary && in_billions) {
        row.verdict = Verdict::HoldsUnderCondition;
        row.why = clauses({claims_says<"no-billion">(fixed(in_binary->number, 2)),
                           in_decimal ? claims_says<"decimal-is-printed">(
                                            fixed(in_decimal->decimal / decimal_billion, 3))
                                      : claims_says<"is-in-billions">(billions(*value, 3))});
    } else if (in_binary) {
        row.verdict = Verdict::HoldsUnderCondition;
        row.why = clauses({claims_says<"powers-of-1024">(fixed(in_binary->number, 2)),
                           claims_says<"is-in-powers-of-ten">(billions(*value, 3))});
    } else {
        row.verdict = Verdict::DoesNotHold;
        row.why = claims_says<"neither-unit">();
    }
    return row;
}

Result<ModelConfig> design_of(const json& example, const std::string& path,
                              const ModelPreset& structure) {
    ModelConfig config = structure.config;
    for (const auto& [key, value] : example.items()) {
        const FieldInfo* field = find_field(key);
        if (field == nullptr || !field_applies(config, *field)) {
            continue; // words about the example
        }
        const FieldValue given = value.is_boolean()          ? FieldValue(value.get<bool>())
                                 : value.is_number_integer() ? FieldValue(value.get<std::int64_t>())
                                                             : FieldValue();
        if (Status status = set_field(config, *field, given); !status) {
            return Error{{}, path + "." + key, status.error().message};
        }
    }
    return config;
}

/// `figure` is what is computed, `value`, in words. Returns what is to be said of one printed
/// figure against it; raises the verdict to the worse one.
Sentence judge(Verdict& verdict, const Sentence& figure, const Printed& printed, double value) {
    const double off = std::abs(value - printed.value) / printed.value;
    if (near(value, printed.value, printed_precision)) {
        return printed.in_binary_units ? claims_says<"as-printed-binary">(figure)
                                       : claims_says<"as-printed">(figure);
    }
    const double in_binary = printed.value / decimal_billion * binary_billion;
    if (!printed.in_binary_units && near(value, in_binary, printed_precision)) {
        if (verdict == Verdict::Holds) {
            verdict = Verdict::HoldsUnderCondition;
        }
        return claims_says<"binary-not-decimal">(figure, fixed(printed.value / decimal_billion, 2),
                                                 percent(off));
    }
    verdict = Verdict::DoesNotHold;
    return claims_says<"off-printed">(figure, percent(off),
                                      fixed(printed.value / decimal_billion, 2));
}

Result<std::int64_t> attention_of(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return spec.error();
    }
    const Result<ParameterReport> report = count_parameters(*spec);
    if (!report) {
        return report.error();
    }
    return report->group(ParameterGroup::Attention);
}

Result<CheckRow> check_counts(const json& example, const std::string& path,
                              const ModelPreset& structure, CheckRow row) {
    Result<ModelConfig> config = design_of(example, path, structure);
    if (!config) {
        return config.error();
    }
    const Result<std::int64_t> total = total_of(*config);
    if (!total) {
        return total.error();
    }
    const Result<std::int64_t> official = total_of(structure.config);
    if (!official) {
        return official.error();
    }
    row.implied_total = *total;
    row.official_total = *official;
    row.computed =
        clauses({claims_says<"total-in-units">(*total, both_units(static_cast<double>(*total))),
                 claims_says<"official-count">(structure.name, *official)});
    std::vector<Sentence> why;
    row.verdict = Verdict::Holds;
    if (const auto printed = printed_value(example, "claimed_total")) {
        const auto value = static_cast<double>(*total);
        ModelConfig untied = *config;
        untied.tie_word_embeddings = !config->tie_word_embeddings;
        const Result<std::int64_t> other = total_of(untied);
        const bool fits =
            near(value, printed->value, printed_precision) ||
            near(value, printed->value / decimal_billion * binary_billion, printed_precision);
        if (!fits && other &&
            near(static_cast<double>(*other), printed->value, printed_precision)) {
            row.verdict = Verdict::HoldsUnderCondition;
            why.push_back(claims_says<"tied-as-printed">(
                claims_says<"total">(both_units(static_cast<double>(*other))),
                untied.tie_word_embeddings ? "true" : "false"));
            why.push_back(claims_says<"other-way">(both_units(value)));
        } else {
            why.push_back(
                judge(row.verdict, claims_says<"total">(both_units(value)), *printed, value));
        }
    }
    if (const auto printed = printed_value(example, "claimed_attention")) {
        const Result<std::int64_t> attention = attention_of(*config);
        if (!attention) {
            return attention.error();
        }
        const auto value = static_cast<double>(*attention);
        why.push_back(
            judge(row.verdict, claims_says<"attention">(both_units(value)), *printed, value));
    }
    if (why.empty()) {
        row.verdict = row.claim.empty() ? Verdict::Holds : Verdict::CannotBeComputed;
        row.why = row.claim.empty() ? claims_says<"nothing-printed">()
                                    : claims_says<"no-figure-printed">();
    } else {
        row.why = clauses(std::move(why));
    }
    return row;
}

/// Says nothing where nothing is printed.
Sentence claim_text(const json& example) {
    std::vector<Sentence> parts;
    const auto printed = [](const json& figure) {
        return figure.is_string() ? Argument(Quote{figure.get<std::string>()})
                                  : Argument(billions(figure.get<double>(), 2));
    };
    if (const auto total = example.find("claimed_total"); total != example.end()) {
        parts.push_back(claims_says<"total">(printed(*total)));
    }
    if (const auto attention = example.find("claimed_attention"); attention != example.end()) {
        parts.push_back(claims_says<"attention">(printed(*attention)));
    }
    return parts.empty() ? Sentence() : clauses(std::move(parts));
}

} // namespace

Result<CheckRow> check_example(const json& example, const std::string& path) {
    CheckRow row;
    const auto name = example.find("name");
    if (name == example.end() || !name->is_string()) {
        return Error{{},
                     path + ".name",
                     found_expected(base_says<"no-text">(), claims_says<"example-name">())};
    }
    row.model = name->get<std::string>();
    const auto formula = example.find("formula");
    if (formula != example.end() && formula->is_string()) {
        return check_formula(example, path, std::move(row));
    }
    for (const char* key : {"claimed_total", "claimed_attention"}) {
        const auto claimed = example.find(key);
        if (claimed != example.end() && !claimed->is_string() && !claimed->is_number()) {
            return wrong_value(path + "." + key, *claimed, base_says<"number-or-text">());
        }
    }
    row.claim = claim_text(example);
    const ModelPreset* structure = preset_for(row.model);
    if (structure == nullptr) {
        row.why = claims_says<"no-example">();
        return row;
    }
    return check_counts(example, path, *structure, std::move(row));
}

} // namespace headroom::check
