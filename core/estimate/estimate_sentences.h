// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with device profiles and measurements, and why a search is refused.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto estimate_sentences = std::to_array<SentenceTemplate>({
    // Files.
    sentence("device-profile", "a device profile"),
    sentence("measurement-file", "a measurement file"),
    sentence("unusable-value", "an unusable value"),
    sentence("no-array", "no array"),
    sentence("array-of-rows", "an array of rows"),
    sentence("object-of-configurations", "an object of configurations"),
    sentence("no-row", "no row"),
    sentence("rows-under", "rows under `decode` or `prefill`"),
    sentence("name-under-models", "a name under `models`"),
    sentence("layers-of-model", "{layers}, the layers of {model}"),
    sentence("more-bytes", "more bytes than in the row before"),
    sentence("no-row-of-one-device", "no row of one device"),
    sentence("at-least-one-to-fit", "at least one to fit to"),

    // Groups of devices and the search for them.
    sentence("group-of-devices", "a group of {devices} devices"),
    sentence("no-link", "{most}: {device} has no link to another device"),
    sentence("one-node", "at most {most}, one node: the profile of {device} states no network "
                         "between nodes"),
    sentence("replicas", "{replicas} replicas"),
    sentence("at-most-batch", "at most the batch, {batch}: the others would idle"),
    sentence("not-positive", "a value that is not positive"),
    sentence("target-of-encoder", "found a target for an encoder, which generates no tokens"),
});

template <SentenceId Id>
inline constexpr Says<estimate_sentences, Id> estimate_says;

} // namespace headroom
