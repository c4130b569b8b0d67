// SPDX-License-Identifier: GPL-3.0-or-later
// A visitor made of lambdas.
#pragma once

namespace headroom {

/// std::visit(Overloaded{[](const A&) {}, [](const B&) {}}, variant). Without an `auto` branch the
/// compiler names every alternative that is not handled.
template <class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

} // namespace headroom
