// SPDX-License-Identifier: GPL-3.0-or-later
// Values of fields: storing them, reading them from text, what else changes with them.
#include "core/base/overloaded.h"
#include "core/config/config_fields.h"
#include "core/config/config_sentences.h"
#include "core/config/families.h"
#include "core/config/feed_forward_spec.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace headroom {
namespace {

std::string number_text(double value) {
    return english(shortest(value)); // 1000000, not 1e+06
}

Error mismatch(const FieldInfo& field, const FieldValue& found, const Sentence& expected) {
    return {{}, std::string(field.name), found_expected(to_argument(found), expected)};
}

/// A list that holds one value a layer follows the number of layers by repeating its pattern.
template <class T>
void follow_layers(std::vector<T>& list, std::size_t layers) {
    const std::size_t period = list.size();
    if (period == 0) {
        return;
    }
    list.reserve(layers);
    while (list.size() < layers) {
        list.push_back(list[list.size() - period]);
    }
    list.resize(layers);
}

/// What else changes with a field, so that an edit means what it says.
void apply_dependencies(ModelConfig& config, std::string_view name, const FieldValue& before) {
    const Family* family = find_family(config.model_type);
    if (family == nullptr) {
        return;
    }
    if (name == "num_hidden_layers") {
        const auto layers = static_cast<std::size_t>(config.num_hidden_layers);
        follow_layers(config.layer_types, layers);
        follow_layers(config.no_rope_layers, layers);
        follow_layers(config.intermediate_sizes, layers);
        follow_layers(config.activation_sparsity_pattern, layers);
    } else if (name == "sliding_window_pattern") {
        config.layer_types.clear();
    } else if (name == "no_rope_layer_interval") {
        config.no_rope_layers.clear();
    } else if (name == "intermediate_size") {
        config.intermediate_sizes.clear();
    } else if (name == "interleave_moe_layer_step") {
        config.moe_layers.clear();
    } else if (name == "sliding_window" && family->has_use_sliding_window()) {
        config.use_sliding_window = config.sliding_window.has_value();
        // A window that no layer would have is not what somebody who switches one on means.
        if (std::holds_alternative<std::monostate>(before) && config.use_sliding_window &&
            config.max_window_layers >= config.num_hidden_layers) {
            config.max_window_layers = 0;
        }
        config.layer_types.clear();
    } else if (name == "use_sliding_window") {
        if (config.use_sliding_window && !config.sliding_window) {
            config.sliding_window = 4096; // the default of every family that has the key
        }
        config.layer_types.clear();
    }
}

} // namespace

bool in_range(const FieldInfo& field, std::int64_t value) {
    return value >= field.minimum && value <= field.maximum;
}

bool in_range(const FieldInfo& /*field*/, double value) {
    return std::isfinite(value) && value >= 0;
}

Sentence range_sentence(const FieldInfo& field) {
    return base_says<"integer-from-to">(field.minimum, field.maximum);
}

Status assign_field(ModelConfig& config, const FieldInfo& field, const FieldValue& value) {
    return std::visit(
        [&](auto member) -> Status {
            auto& target = config.*member;
            using T = std::remove_cvref_t<decltype(target)>;
            if constexpr (std::is_same_v<T, std::int64_t>) {
                const auto* number = std::get_if<std::int64_t>(&value);
                if (number == nullptr || !in_range(field, *number)) {
                    return mismatch(field, value, range_sentence(field));
                }
                target = *number;
            } else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>) {
                const auto* number = std::get_if<std::int64_t>(&value);
                if (std::holds_alternative<std::monostate>(value)) {
                    target.reset();
                } else if (number == nullptr || !in_range(field, *number)) {
                    return mismatch(field, value, base_says<"null-or">(range_sentence(field)));
                } else {
                    target = *number;
                }
            } else if constexpr (std::is_same_v<T, double> ||
                                 std::is_same_v<T, std::optional<double>>) {
                if constexpr (std::is_same_v<T, std::optional<double>>) {
                    if (std::holds_alternative<std::monostate>(value)) {
                        target.reset();
                        return std::monostate{};
                    }
                }
                double number = std::numeric_limits<double>::quiet_NaN();
                if (const auto* real = std::get_if<double>(&value)) {
                    number = *real;
                } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
                    number = static_cast<double>(*integer);
                }
                if (!in_range(field, number)) {
                    return mismatch(field, value, config_says<"not-negative">());
                }
                target = number;
            } else if constexpr (std::is_same_v<T, std::vector<double>>) {
                if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&value)) {
                    target.assign(integers->begin(), integers->end());
                } else if (const auto* reals = std::get_if<std::vector<double>>(&value)) {
                    target = *reals;
                } else {
                    return mismatch(field, value, base_says<"list-of-numbers">());
                }
            } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
                const auto* list = std::get_if<std::vector<std::int64_t>>(&value);
                if (list == nullptr) {
                    return mismatch(field, value, base_says<"list-of-integers">());
                }
                for (std::size_t i = 0; i < list->size(); ++i) {
                    if (!in_range(field, (*list)[i])) {
                        return Error{{},
                                     std::string(field.name) + "[" + std::to_string(i) + "]",
                                     found_expected((*list)[i], range_sentence(field))};
                    }
                }
                target = *list;
            } else {
                const auto* exact = std::get_if<T>(&value);
                if (exact == nullptr) {
                    return mismatch(field, value,
                                    std::is_same_v<T, bool> ? base_says<"true-or-false">()
                                    : std::is_same_v<T, std::string>
                                        ? base_says<"text">()
                                        : base_says<"list-of-texts">());
                }
                target = *exact;
            }
            return std::monostate{};
        },
        field.member);
}

Status set_field(ModelConfig& config, const FieldInfo& field, const FieldValue& value) {
    const FieldValue before = field_value(config, field);
    Status status = assign_field(config, field, value);
    if (status) {
        apply_dependencies(config, field.name, before);
    }
    return status;
}

Status set_field_from_text(ModelConfig& config, std::string_view name, std::string_view text) {
    const FieldInfo* field = find_field(name);
    if (field == nullptr) {
        return Error{{},
                     std::string(name),
                     found_expected(base_says<"unknown-field">(), config_says<"config-field">())};
    }
    if (!field_applies(config, *field)) {
        return Error{{},
                     std::string(name),
                     found_expected(text, config_says<"field-of-family">(config.model_type))};
    }
    const auto parse_number = [](std::string_view word) -> FieldValue {
        std::int64_t integer = 0;
        const char* end = word.data() + word.size();
        if (const auto [p, e] = std::from_chars(word.data(), end, integer);
            e == std::errc{} && p == end) {
            return integer;
        }
        double real = 0;
        if (const auto [p, e] = std::from_chars(word.data(), end, real);
            e == std::errc{} && p == end) {
            return real;
        }
        return std::string(word);
    };
    FieldValue value = std::string(text);
    const bool is_text = std::holds_alternative<std::string ModelConfig::*>(field->member);
    if (is_text) {
        // taken as it is
    } else if (text == "null" || text == "off" || text == "none") {
        value = std::monostate{};
    } else if (text == "true" || text == "false") {
        value = text == "true";
    } else if (!text.empty() && (text.front() == '[' || text.find(',') != std::string_view::npos)) {
        std::vector<std::string> words;
        std::string word;
        for (const char c : text) {
            if (c == ',' || c == ']') {
                if (!word.empty()) {
                    words.push_back(word);
                }
                word.clear();
            } else if (c != '[' && c != ' ' && c != '"' && c != '\'') {
                word += c;
            }
        }
        if (!word.empty()) {
            words.push_back(word);
        }
        std::vector<std::int64_t> integers;
        std::vector<double> reals;
        for (const std::string& w : words) {
            const FieldValue v = parse_number(w);
            if (const auto* i = std::get_if<std::int64_t>(&v)) {
                integers.push_back(*i);
                reals.push_back(static_cast<double>(*i));
            } else if (const auto* d = std::get_if<double>(&v)) {
                reals.push_back(*d);
            }
        }
        if (integers.size() == words.size() &&
            !std::holds_alternative<std::vector<std::string> ModelConfig::*>(field->member)) {
            value = integers;
        } else if (reals.size() == words.size()) {
            value = reals;
        } else {
            value = words;
        }
    } else {
        value = parse_number(text);
    }
    ModelConfig edited = config;
    Status status = set_field(edited, *field, value);
    if (status) {
        config = std::move(edited);
    }
    return status;
}

std::string to_text(const FieldValue& value) {
    const auto list = [](const auto& values, auto&& text) {
        std::string out = "[";
        for (const auto& item : values) {
            out += (out.size() > 1 ? ", " : "") + text(item);
        }
        return out + "]";
    };
    return std::visit(Overloaded{
                          [](std::monostate) { return std::string("null"); },
                          [](bool b) { return std::string(b ? "true" : "false"); },
                          [](std::int64_t i) { return std::to_string(i); },
                          [](double d) { return number_text(d); },
                          [](const std::string& s) { return s; },
                          [&](const std::vector<std::int64_t>& v) {
                              return list(v, [](std::int64_t i) { return std::to_string(i); });
                          },
                          [&](const std::vector<double>& v) {
                              return list(v, [](double d) { return number_text(d); });
                          },
                          [&](const std::vector<std::string>& v) {
                              return list(v, [](const std::string& s) { return s; });
                          },
                      },
                      value);
}

std::optional<double> to_number(const FieldValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    if (const auto* boolean = std::get_if<bool>(&value)) {
        return *boolean ? 1.0 : 0.0;
    }
    return std::nullopt;
}

Argument to_argument(const FieldValue& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return *integer;
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return shortest(*real);
    }
    return to_text(value);
}

} // namespace headroom
