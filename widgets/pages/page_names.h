// SPDX-License-Identifier: GPL-3.0-or-later
// The names of the pages, in sessions and on the command line: each stands here and nowhere else.
// pages.cpp says which page has which, in the order of the tabs.
#pragma once

#include <QLatin1String>

namespace headroom::ui::page_names {

inline constexpr QLatin1String overview("overview");
inline constexpr QLatin1String memory("memory");
inline constexpr QLatin1String throughput("throughput");
inline constexpr QLatin1String roofline("roofline");
inline constexpr QLatin1String compare("compare");
inline constexpr QLatin1String claims("claims");
inline constexpr QLatin1String validate("validate");

// Other names under which a page is found.
inline constexpr QLatin1String architecture("architecture");

} // namespace headroom::ui::page_names
