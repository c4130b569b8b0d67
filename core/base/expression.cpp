// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/expression.h"

#include "core/base/base_sentences.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace headroom {

namespace {

constexpr std::size_t maximum_length = 1000; // also bounds the depth of nesting

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<double> unit_factor(std::string_view unit) {
    static constexpr std::array<std::pair<std::string_view, double>, 10> units{{
        {"K", 1024.0},
        {"M", 1048576.0},
        {"KB", 1e3},
        {"MB", 1e6},
        {"GB", 1e9},
        {"TB", 1e12},
        {"KiB", 1024.0},
        {"MiB", 1048576.0},
        {"GiB", 1073741824.0},
        {"TiB", 1099511627776.0},
    }};
    for (const auto& [name, factor] : units) {
        if (name == unit) {
            return factor;
        }
    }
    return std::nullopt;
}

} // namespace

/// Recursive descent over sum, product, power and factor; writes postfix code.
class ExpressionParser {
public:
    explicit ExpressionParser(std::string_view text)
        : m_text(text) {}

    Result<Expression> parse() {
        if (m_text.size() > maximum_length) {
            return Error{{}, {}, base_says<"expression-too-long">(maximum_length)};
        }
        sum();
        skip_spaces();
        if (!m_error && m_at < m_text.size()) {
            fail(base_says<"operator">());
        }
        if (m_error) {
            return *m_error;
        }
        return std::move(m_expression);
    }

private:
    using Code = Expression::Code;

    void skip_spaces() {
        while (m_at < m_text.size() && m_text[m_at] == ' ') {
            ++m_at;
        }
    }

    bool accept(char c) {
        skip_spaces();
        if (m_error || m_at >= m_text.size() || m_text[m_at] != c) {
            return false;
        }
        ++m_at;
        return true;
    }

    void fail(const Sentence& expected) {
        if (m_error) {
            return;
        }
        if (m_text.find_first_not_of(' ') == std::string_view::npos) {
            m_error = Error{{}, {}, found_expected(base_says<"none">(), expected)};
            return;
        }
        const Argument found = m_at < m_text.size()
                                   ? Argument("\"" + std::string(m_text.substr(m_at, 16)) + "\"")
                                   : Argument(base_says<"end">());
        m_error = Error{{}, {}, base_says<"found-at-column">(found, m_at + 1, m_text, expected)};
    }

    void emit(Code code) { m_expression.m_code.push_back({code, 0, 0}); }

    void sum() {
        product();
        while (!m_error) {
            if (accept('+')) {
                product();
                emit(Code::Add);
            } else if (accept('-')) {
                product();
                emit(Code::Subtract);
            } else {
                return;
            }
        }
    }

    void product() {
        power();
        while (!m_error) {
            if (accept('*')) {
                power();
                emit(Code::Multiply);
            } else if (accept('/')) {
                power();
                emit(Code::Divide);
            } else {
                return;
            }
        }
    }

    void power() {
        if (accept('-')) {
            power();
            emit(Code::Negate);
            return;
        }
        factor();
        if (accept('^')) {
            power();
            emit(Code::Power);
        }
    }

    void factor() {
        skip_spaces();
        if (m_error) {
            return;
        }
        if (accept('(')) {
            sum();
            if (!m_error && !accept(')')) {
                fail(Sentence::verbatim("\")\""));
            }
        } else if (m_at < m_text.size() && is_name_start(m_text[m_at])) {
            name();
        } else if (m_at < m_text.size() && (is_digit(m_text[m_at]) || m_text[m_at] == '.')) {
            number();
        } else {
            fail(base_says<"operand">());
        }
    }

    std::string_view word() {
        const std::size_t first = m_at;
        while (m_at < m_text.size() && (is_name_start(m_text[m_at]) || is_digit(m_text[m_at]))) {
            ++m_at;
        }
        return m_text.substr(first, m_at - first);
    }

    void name() {
        const std::string text(word());
        std::vector<std::string>& names = m_expression.m_names;
        const auto found = std::find(names.begin(), names.end(), text);
        const auto index = static_cast<std::size_t>(found - names.begin());
        if (found == names.end()) {
            names.push_back(text);
        }
        m_expression.m_code.push_back({Code::Name, 0, index});
    }

    void number() {
        double value = 0;
        const char* first = m_text.data() + m_at;
        const auto [end, error] = std::from_chars(first, m_text.data() + m_text.size(), value);
        if (error != std::errc()) {
            fail(base_says<"number">());
            return;
        }
        m_at += static_cast<std::size_t>(end - first);
        if (m_at < m_text.size() && is_name_start(m_text[m_at])) {
            const std::size_t start = m_at;
            const auto factor = unit_factor(word());
            if (!factor) {
                m_at = start;
                fail(base_says<"unit-after-number">(
                    Names{{"K", "M", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB"}}, "TiB"));
                return;
            }
            value *= *factor;
        }
        m_expression.m_code.push_back({Code::Number, value, 0});
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    Expression m_expression;
    std::optional<Error> m_error;
};

Result<Expression> Expression::parse(std::string_view text) {
    return ExpressionParser(text).parse();
}

double Expression::evaluate(std::span<const double> values) const {
    std::vector<double> stack;
    stack.reserve(m_code.size());
    const auto pop = [&stack] {
        const double value = stack.back();
        stack.pop_back();
        return value;
    };
    for (const Instruction& step : m_code) {
        if (step.code == Code::Number) {
            stack.push_back(step.number);
            continue;
        }
        if (step.code == Code::Name) {
            stack.push_back(values[step.name]);
            continue;
        }
        const double right = pop();
        switch (step.code) {
        case Code::Add:
            stack.back() += right;
            break;
        case Code::Subtract:
            stack.back() -= right;
            break;
        case Code::Multiply:
            stack.back() *= right;
            break;
        case Code::Divide:
            stack.back() /= right;
            break;
        case Code::Power:
            stack.back() = std::pow(stack.back(), right);
            break;
        case Code::Negate:
            stack.push_back(-right);
            break;
        case Code::Number:
        case Code::Name:
            break;
        }
    }
    return stack.empty() ? 0 : stack.back();
}

Result<Constraint> Constraint::parse(std::string_view text) {
    const std::size_t at = text.find_first_of("<>=");
    const auto malformed = [&] {
        return Error{
            {}, {}, found_expected("\"" + std::string(text) + "\"", base_says<"comparison">())};
    };
    if (at == text.npos) {
        return malformed();
    }
    const bool two = at + 1 < text.size() && text[at + 1] == '=';
    Constraint constraint;
    constraint.text = text;
    if (text[at] == '<') {
        constraint.relation = two ? Relation::LessOrEqual : Relation::Less;
    } else if (text[at] == '>') {
        constraint.relation = two ? Relation::GreaterOrEqual : Relation::Greater;
    } else if (two) {
        constraint.relation = Relation::Equal;
    } else {
        return malformed();
    }
    auto left = Expression::parse(text.substr(0, at));
    if (!left) {
        return left.error();
    }
    auto right = Expression::parse(text.substr(at + (two ? 2 : 1)));
    if (!right) {
        return right.error();
    }
    constraint.left = std::move(left).value();
    constraint.right = std::move(right).value();
    return constraint;
}

bool Constraint::holds(double left_value, double right_value) const {
    switch (relation) {
    case Relation::LessOrEqual:
        return left_value <= right_value;
    case Relation::GreaterOrEqual:
        return left_value >= right_value;
    case Relation::Less:
        return left_value < right_value;
    case Relation::Greater:
        return left_value > right_value;
    case Relation::Equal:
        return left_value == right_value;
    }
    return false;
}

std::optional<std::int64_t> parse_count(std::string_view text) {
    std::int64_t factor = 1;
    if (!text.empty() && (text.back() == 'K' || text.back() == 'k')) {
        factor = std::int64_t{1} << 10;
    } else if (!text.empty() && (text.back() == 'M' || text.back() == 'm')) {
        factor = std::int64_t{1} << 20;
    }
    const std::string_view digits = factor == 1 ? text : text.substr(0, text.size() - 1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.empty() ||
        number > std::numeric_limits<std::int64_t>::max() / factor ||
        number < std::numeric_limits<std::int64_t>::min() / factor) {
        return std::nullopt;
    }
    return number * factor;
}

} // namespace headroom
