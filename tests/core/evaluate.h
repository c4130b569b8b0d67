// SPDX-License-Identifier: GPL-3.0-or-later
// Evaluates the numbers that a derivation writes out: + - * / mod ( ) min max ceil floor sqrt, left
// to right.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace evaluate {

/// long double keeps 64-bit integers exact on the platforms that the tests run on.
using Number = long double;

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_rest(text) {}

    /// NaN when the text is no expression.
    Number run() {
        const Number value = sum();
        skip();
        return m_rest.empty() ? value : std::nanl("");
    }

private:
    void skip() {
        while (!m_rest.empty() && m_rest.front() == ' ') {
            m_rest.remove_prefix(1);
        }
    }
    bool take(std::string_view token) {
        skip();
        if (!m_rest.starts_with(token)) {
            return false;
        }
        m_rest.remove_prefix(token.size());
        return true;
    }
    Number sum() {
        Number value = product();
        for (;;) {
            if (take("+")) {
                value += product();
            } else if (take("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }
    Number product() {
        Number value = atom();
        for (;;) {
            if (take("*")) {
                value *= atom();
            } else if (take("/")) {
                value /= atom();
            } else if (take("mod")) {
                value = std::fmod(value, atom());
            } else {
                return value;
            }
        }
    }
    std::vector<Number> arguments() {
        std::vector<Number> list;
        do {
            list.push_back(sum());
        } while (take(","));
        take(")");
        return list;
    }
    Number atom() {
        if (take("min(")) {
            const auto list = arguments();
            return *std::min_element(list.begin(), list.end());
        }
        if (take("max(")) {
            const auto list = arguments();
            return *std::max_element(list.begin(), list.end());
        }
        if (take("ceil(")) {
            return std::ceil(arguments().front());
        }
        if (take("floor(")) {
            return std::floor(arguments().front());
        }
        if (take("sqrt(")) {
            return std::sqrt(arguments().front());
        }
        if (take("(")) {
            return arguments().front();
        }
        if (take("-")) {
            return -atom();
        }
        long double value = 0;
        const auto [end, error] =
            std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error != std::errc{}) {
            m_rest = "no number";
            return 0;
        }
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return value;
    }

    std::string_view m_rest;
};

inline Number expression(const std::string& text) {
    return Parser(text).run();
}

} // namespace evaluate
