// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/derivation_nodes.h"

#include "core/explain/explain_sentences.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace headroom::derive {
namespace {

void add_fields(Derivation& node, const std::vector<std::string>& fields) {
    for (const std::string& name : fields) {
        if (std::find(node.fields.begin(), node.fields.end(), name) == node.fields.end()) {
            node.fields.push_back(name);
        }
    }
}

/// Value and substituted text of a node as a term of its parent.
std::string term(const Derivation& node) {
    return node.is_integer ? std::to_string(node.exact) : text(node.value);
}

Derivation combined(Symbol symbol, std::vector<Derivation> children, std::string unit,
                    Combine how) {
    Derivation node;
    node.symbol = std::move(symbol);
    node.unit = std::move(unit);
    node.combine = how;
    node.children = std::move(children);
    const char* sign = how == Combine::Sum ? " + " : " * ";
    Wide exact = how == Combine::Sum ? 0 : 1;
    double value = how == Combine::Sum ? 0.0 : 1.0;
    for (const Derivation& child : node.children) {
        if (child.aside) {
            continue;
        }
        node.formula += Formula(node.formula.empty() ? "" : sign) + child.symbol;
        node.substituted += (node.substituted.empty() ? "" : sign) + term(child);
        node.is_integer = node.is_integer && child.is_integer;
        if (how == Combine::Sum) {
            exact += child.exact;
            value += child.value;
        } else {
            exact *= child.exact;
            value *= child.value;
        }
    }
    node.exact = node.is_integer ? narrow(exact) : 0;
    node.value = node.is_integer ? static_cast<double>(exact) : value;
    return node;
}

} // namespace

std::string text(Wide value) {
    return std::to_string(narrow(value));
}

std::string text(double value, int digits) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, digits)
                         .ptr;
    return {buffer.data(), end};
}

Factor field(std::string_view name, Wide value) {
    return {Symbol(name), text(value), value, {std::string(name)}};
}

Factor sum_of(std::initializer_list<std::pair<std::string_view, Wide>> terms) {
    Factor f;
    f.value = 0;
    for (const auto& [name, value] : terms) {
        f.symbol += Formula(f.symbol.empty() ? "(" : " + ") + Symbol(name);
        f.numbers += (f.numbers.empty() ? "(" : " + ") + text(value);
        f.value += value;
        f.fields.emplace_back(name);
    }
    f.symbol += ")";
    f.numbers += ")";
    return f;
}

Factor number(Wide value) {
    return {text(value), text(value), value, {}};
}

Derivation integer(Symbol symbol, Wide value, std::string unit) {
    Derivation node;
    node.symbol = std::move(symbol);
    node.unit = std::move(unit);
    node.exact = narrow(value);
    node.value = static_cast<double>(value);
    return node;
}

Derivation real(Symbol symbol, double value, std::string unit) {
    Derivation node;
    node.symbol = std::move(symbol);
    node.unit = std::move(unit);
    node.value = value;
    node.is_integer = false;
    return node;
}

Derivation product_of(Symbol symbol, const std::vector<Factor>& factors, std::string unit) {
    Wide value = 1;
    Derivation node;
    for (const Factor& factor : factors) {
        node.formula += Formula(node.formula.empty() ? "" : " * ") + factor.symbol;
        node.substituted += (node.substituted.empty() ? "" : " * ") + factor.numbers;
        value *= factor.value;
        add_fields(node, factor.fields);
    }
    node.symbol = std::move(symbol);
    node.unit = std::move(unit);
    node.exact = narrow(value);
    node.value = static_cast<double>(value);
    return node;
}

Derivation sum(Symbol symbol, std::vector<Derivation> children, std::string unit) {
    return combined(std::move(symbol), std::move(children), std::move(unit), Combine::Sum);
}

Derivation product(Symbol symbol, std::vector<Derivation> children, std::string unit) {
    return combined(std::move(symbol), std::move(children), std::move(unit), Combine::Product);
}

Derivation beside(Derivation node, Sentence sentence) {
    node.aside = true;
    node.note = std::move(sentence);
    return node;
}

Derivation layers_of_kind(const ModelSpec& spec, std::size_t kind, Derivation one_layer,
                          std::string unit) {
    std::vector<Derivation> factors;
    const bool all = spec.kinds[kind].count == spec.num_layers();
    factors.push_back(
        integer(all ? "num_hidden_layers" : "number of layers", spec.kinds[kind].count, "layers"));
    factors.back().fields = {"num_hidden_layers"};
    factors.push_back(std::move(one_layer));
    return product(layers_text(spec, kind), std::move(factors), std::move(unit));
}

void spell_out_layers(Derivation& root) {
    const auto is_sum = [](const std::string& one) {
        return one.find(" + ") != std::string::npos && !one.starts_with("ceil(");
    };
    const auto times = [&](const std::string& count, const std::string& one) {
        return count + " * " + (is_sum(one) ? "(" + one + ")" : one);
    };
    const auto times_formula = [&](const Formula& count, const Formula& one) {
        return count + " * " + (is_sum(english(one)) ? "(" + one + ")" : one);
    };
    root.formula = {};
    root.substituted.clear();
    for (const Derivation& child : root.children) {
        const char* plus = root.formula.empty() ? "" : " + ";
        const bool is_kind = child.combine == Combine::Product && child.children.size() == 2 &&
                             child.children.front().unit == "layers";
        if (!is_kind) {
            root.formula += Formula(plus) + child.symbol;
            root.substituted += plus + term(child);
            continue;
        }
        const Derivation& count = child.children.front();
        const Derivation& one = child.children.back();
        const bool named = count.symbol == Symbol("num_hidden_layers");
        root.formula +=
            Formula(plus) + times_formula(named ? Formula(count.symbol) : Formula(term(count)),
                                          one.formula.empty() ? Formula(term(one)) : one.formula);
        root.substituted +=
            plus + times(term(count), one.substituted.empty() ? term(one) : one.substituted);
        if (named) {
            add_fields(root, count.fields);
        }
        add_fields(root, one.fields);
    }
}

Derivation in_bytes(Symbol symbol, std::vector<Factor> factors, NumberFormat format) {
    if (format != NumberFormat::Int4) {
        const Wide bytes = half_bits(format) / 16;
        factors.push_back({"bytes per number", text(bytes), bytes, {}});
        return product_of(std::move(symbol), factors, "bytes");
    }
    Derivation node = product_of(std::move(symbol), factors, "bytes");
    set_value(node, narrow(bytes_of(node.exact, format)));
    node.formula = "ceil(" + node.formula + " * 9 / 16)";
    node.substituted = "ceil(" + node.substituted + " * 9 / 16)";
    node.note = scale_note(format);
    return node;
}

void set_value(Derivation& node, std::int64_t value) {
    node.exact = value;
    node.value = static_cast<double>(value);
}

Sentence layers_text(const ModelSpec& spec, std::size_t kind) {
    const std::int64_t count = spec.kinds[kind].count;
    if (count == spec.num_layers()) {
        return count == 1 ? explain_says<"the-layer">() : explain_says<"all-layers">(count);
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    for (std::int64_t i = 0; i < spec.num_layers(); ++i) {
        if (spec.kind_of_layer[static_cast<std::size_t>(i)] != kind) {
            continue;
        }
        if (!ranges.empty() && ranges.back().second == i - 1) {
            ranges.back().second = i;
        } else {
            ranges.emplace_back(i, i);
        }
    }
    std::string list;
    for (std::size_t i = 0; i < std::min<std::size_t>(ranges.size(), 3); ++i) {
        list += (i == 0 ? "" : ", ") + std::to_string(ranges[i].first);
        if (ranges[i].second > ranges[i].first) {
            list += "\u2013" + std::to_string(ranges[i].second);
        }
    }
    list += ranges.size() > 3 ? ", ..." : "";
    return count == 1 ? explain_says<"layer">(std::move(list))
                      : explain_says<"layers-of">(std::move(list));
}

} // namespace headroom::derive
