// SPDX-License-Identifier: GPL-3.0-or-later
// Quantity: what a number measures, which decides its unit and its rounding on screen.
#pragma once

namespace headroom::ui {

enum class Quantity {
    Plain,           ///< a bare number; an axis may add a unit of its own
    Count,           ///< parameters, experts, operations: K, M, B, T (decimal)
    Tokens,          ///< lengths: K and M are binary thousands on ticks, exact digits elsewhere
    BytesBinary,     ///< bytes shown as KiB, MiB, GiB, TiB
    BytesDecimal,    ///< bytes shown as kB, MB, GB, TB
    Seconds,         ///< ns, µs, ms, s, min, h, days
    TokensPerSecond, ///< tok/s
    Flops,           ///< FLOP with K, M, G, T, P, E
    FlopsPerSecond,
    BytesPerSecond, ///< decimal, as vendors state bandwidths
    Ratio,          ///< 2.7×
    Fraction        ///< 0.25 is shown as 25%
};

} // namespace headroom::ui
