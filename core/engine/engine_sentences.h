// SPDX-License-Identifier: GPL-3.0-or-later
// Why a checkpoint is not read, or a run ends early.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto engine_sentences = std::to_array<SentenceTemplate>({
    // Files.
    sentence("cannot-be-opened", "cannot be opened: {reason}"),
    sentence("cannot-be-mapped", "cannot be mapped: {reason}"),
    sentence("regular-file", "expected a regular file"),
    sentence("tensor-object", "expected an object with dtype, shape and data_offsets"),
    sentence("dtype", "found dtype {dtype}, expected {expected}"),
    sentence("shape-sizes", "expected shape to be a list of sizes"),
    sentence("shape-size", "found a size in shape that is no whole number of at least 0"),
    sentence("offsets-pair", "expected data_offsets to be [begin, end]"),
    sentence("offsets-outside",
             "found data_offsets {offsets}, expected them inside the file's {bytes} bytes of data: "
             "the file is truncated or damaged"),
    sentence("bytes-for", "found {found} bytes, expected {expected} for {tensor}"),
    sentence("impossible-number", "an impossible number"),
    sentence("data-overlaps",
             "found its data at byte {found}, expected {expected}: it overlaps another tensor"),
    sentence("data-gap",
             "found its data at byte {found}, expected {expected}: a gap lies before it"),
    sentence("bytes-of-header", "found {found} bytes, expected {expected} from its header"),
    sentence("bytes-at-least", "found {found} bytes, expected at least {least}"),
    sentence("header-at-most", "found a header of {found} bytes, expected at most {most}"),
    sentence("header-no-object", "found no JSON object"),
    sentence("named-twice", "found twice in the header, expected once"),

    // Tensors.
    sentence("not-found", "not found, expected {expected}"),
    sentence("shape", "found shape {found}, expected {expected}"),
    sentence("superfluous", "found a tensor that this configuration does not have"),
    sentence("not-finite", "found a weight that is no finite number at element {element}, expected "
                           "finite numbers"),
    sentence("file-name", "expected the name of a file"),
    sentence("in-two-files", "found in two files, expected in one"),
    sentence("lists-no-file", "lists no file"),

    // Runs.
    sentence("reading-cancelled", "reading was cancelled"),
    sentence("encoder", "found {family}, an encoder; expected a decoder"),
    sentence("beyond-limit", "needs {needed} bytes, found a limit of {limit}; expected a smaller "
                             "model, a shorter context or bf16 weights"),
    sentence("beyond-memory", "needs {needed} bytes, found {available} available; expected a "
                              "smaller model, a shorter context or bf16 weights"),
    sentence("needs-reset", "was cancelled; expected a reset"),
    sentence("at-most-positions", "at most the {positions} learned positions"),
    sentence("several-intervals", "a mask of several intervals"),
    sentence("one-interval", "one interval for each query where attention is latent"),
    sentence("sequence-of", "a sequence of {tokens}"),
    sentence("at-most-context", "at most the context of {context}"),
});

template <SentenceId Id>
inline constexpr Says<engine_sentences, Id> engine_says;

} // namespace headroom
