// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value or an Error, with the member names of std::expected.
#pragma once

#include "core/base/sentence.h"

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace headroom {

/// Why an input was refused. `message` says what was found and what was expected.
struct Error {
    std::string file; ///< file or preset the input came from; empty when there is none
    std::string path; ///< field, as a name (`hidden_size`) or an index path (`layer_types[3]`)
    Sentence message;

    /// "FILE: PATH: ", leaving out what is empty.
    [[nodiscard]] std::string place() const {
        std::string line;
        for (const std::string* part : {&file, &path}) {
            if (!part->empty()) {
                line += *part + ": ";
            }
        }
        return line;
    }
    /// One line in English: "FILE: PATH: MESSAGE".
    [[nodiscard]] std::string text() const { return place() + english(message); }
    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & {
        assert(has_value());
        return std::get<0>(m_state);
    }
    const T& value() const& {
        assert(has_value());
        return std::get<0>(m_state);
    }
    T&& value() && {
        assert(has_value());
        return std::get<0>(std::move(m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const {
        assert(!has_value());
        return std::get<1>(m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// For functions that yield nothing but may fail.
using Status = Result<std::monostate>;

} // namespace headroom
