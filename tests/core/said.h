// SPDX-License-Identifier: GPL-3.0-or-later
// What core says, as text, whether it keeps it as text or as a sentence with its arguments.
#pragma once

#include <QTest>

#include <string>
#include <type_traits>

template <class Text>
std::string said(const Text& text) {
    if constexpr (std::is_convertible_v<Text, std::string>) {
        return text;
    } else {
        return english(text);
    }
}

/// That `part` stands in what is said; prints all of it where it does not.
#define VERIFY_SAID(text, part)                                                                    \
    do {                                                                                           \
        const std::string all_of_it = said(text);                                                  \
        QVERIFY2(all_of_it.find(part) != std::string::npos, all_of_it.c_str());                    \
    } while (false)
