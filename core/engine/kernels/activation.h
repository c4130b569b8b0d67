// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the feed-forward activations that the kernels know.
#pragma once

namespace headroom::kernels {

enum class Activation {
    Silu,
    Gelu,     ///< exact, with erf
    GeluTanh, ///< gelu_pytorch_tanh, gelu_new
    Relu,
    ReluSquared,   ///< relu2: relu(x)^2
    SwigluClamped, ///< gpt-oss: (up + 1) * gate * sigmoid(1.702 gate), both clamped to a limit
};

} // namespace headroom::kernels
