// SPDX-License-Identifier: GPL-3.0-or-later
// Why a deployment or a training run is refused.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto accounting_sentences = std::to_array<SentenceTemplate>({
    sentence("divisor-nearest", "a divisor of {what} {value}; nearest: {nearest}"),
    sentence("number-of-devices", "the number of devices (tensor x pipeline)"),
    sentence("stage-devices", "the devices of one pipeline stage,"),
    sentence("shared-width", "the shared experts' width"),
    sentence("whole-number-from-to", "a whole number from {least} to {most}"),
    sentence("at-most-layers", "at most {layers} layers"),
    sentence("at-most-stage-devices", "at most the devices of one pipeline stage, {devices}"),
    sentence("multiple-or-divisor", "a multiple or a divisor of {field} {value}"),
    sentence("at-least-one-projection", "at least one projection"),
    sentence("of-projections", "of {names}"),
    sentence("tokens-from-to", "{least} to {most} tokens"),
    sentence("sequences-from-to", "{least} to {most} sequences"),
    sentence("devices-from-to", "{least} to {most} devices"),

    // What a format's bytes leave out or add.
    sentence("one-scale", "One scale for each tensor or channel, below 0.1%, is left out."),
    sentence("scales-of-int4", "int4 takes 4.5 bits with the scale of every 32 numbers."),

    // A finding about the workload.
    sentence("learned-positions", "The workload has {tokens} tokens; the design has {positions} "
                                  "learned positions and cannot go beyond them."),
});

template <SentenceId Id>
inline constexpr Says<accounting_sentences, Id> accounting_says;

} // namespace headroom
