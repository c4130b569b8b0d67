// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic over named values: constraints of a search and formulas of worked examples.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// A formula such as "num_attention_heads * head_dim": numbers, names, + - * / ^ and parentheses.
/// A number may carry K or M (1024, 1048576) or a unit of bytes (KB MB GB TB, KiB MiB GiB TiB).
class Expression {
public:
    /// Error: what was found at which column, and what was expected.
    static Result<Expression> parse(std::string_view text);

    /// The names that occur, each once, in order of first appearance.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    /// The value with `values[i]` for names()[i]. Division by zero follows IEEE 754.
    [[nodiscard]] double evaluate(std::span<const double> values) const;

private:
    friend class ExpressionParser;
    enum class Code { Number, Name, Add, Subtract, Multiply, Divide, Power, Negate };
    struct Instruction {
        Code code = Code::Number;
        double number = 0;    ///< Number
        std::size_t name = 0; ///< Name: index into m_names
    };
    std::vector<Instruction> m_code; ///< postfix
    std::vector<std::string> m_names;
};

enum class Relation { LessOrEqual, GreaterOrEqual, Less, Greater, Equal };

/// Two expressions and what must hold between them: "parameters_total <= 8e9".
struct Constraint {
    std::string text;
    Expression left;
    Relation relation = Relation::LessOrEqual;
    Expression right;

    static Result<Constraint> parse(std::string_view text);
    [[nodiscard]] bool holds(double left_value, double right_value) const;
};

/// A whole number; 128K and 1M count in 1024s. Nothing when the text is not such a number.
std::optional<std::int64_t> parse_count(std::string_view text);

} // namespace headroom
