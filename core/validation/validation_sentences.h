// SPDX-License-Identifier: GPL-3.0-or-later
// Why a validation ends early, and what its reports say.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto validation_sentences = std::to_array<SentenceTemplate>({
    // Errors.
    sentence("threads-of-profile", "found {found}, expected the {threads} that the computer's "
                                   "profile was measured with"),
    sentence("limit-too-low", "found a limit of {limit} bytes, expected at least {needed} for the "
                              "smallest design of this kind and these contexts"),
    sentence("no-such-pattern", "found a pattern of layers that {layers} layers cannot have, "
                                "expected one that repeats"),
    sentence("what-validation-wrote", "what a validation wrote"),
    sentence("no-row", "found an entry that is no row of a validation"),

    // Reports.
    sentence("title", "{design}: predicted beside measured"),
    sentence("full-stop", "{sentence}."),
    sentence("counts-exact", "{within} of {rows} counts exact"),
    sentence("experts-within", "; experts reached within {share}"),
    sentence("times-off", "; times off by {mean} on average, {most} at most, {within} of {rows} "
                          "within their band (repeats spread by {spread})"),
    sentence("others-took",
             "Other programs took {share} of the processor meanwhile: times say little."),
    sentence("threads-moved",
             "The threads moved to cores that lie otherwise to each other, so that the profile of "
             "this computer no longer holds: times say little."),
    sentence("cancelled", "The run was cancelled."),
    sentence("ended-early", "The run ended early: {error}"),
    sentence("one-thread", "1 thread, fp32"),
    sentence("threads", "{threads} threads, fp32"),
    sentence("one-sequence",
             ". The engine holds one sequence: a step of several tokens is one pass of that many "
             "tokens of it. Measured times are medians, with quartiles."),
    sentence("checkpoint", "A checkpoint, run as it is: {parameters} parameters."),

    // Headings and cells.
    sentence("original", "original"),
    sentence("tiny", "tiny"),
    sentence("structure", "structure"),
    sentence("proportion", "proportion"),
    sentence("kept", "kept"),
    sentence("rounded", "rounded"),
    sentence("field", "field"),
    sentence("in-proportion", "in proportion"),
    sentence("parameters", "parameters"),
    sentence("quantity", "quantity"),
    sentence("predicted", "predicted"),
    sentence("band", "band"),
    sentence("measured", "measured"),
    sentence("quartiles", "quartiles"),
    sentence("difference", "difference"),
    sentence("range", "{low} to {high}"),
    sentence("outside-band", "{difference}, outside its band"),
    sentence("load-of-experts", "Load of the experts"),
    sentence("layer", "layer"),
    sentence("tokens-of-experts", "tokens of each expert"),
    sentence("most-over-mean", "most loaded over mean"),
    sentence("of-uniform-router", "of a uniform router"),
});

template <SentenceId Id>
inline constexpr Says<validation_sentences, Id> validation_says;

} // namespace headroom
