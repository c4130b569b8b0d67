// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of published tables: clauses, and the items of their lists.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto claims_sentences = std::to_array<SentenceTemplate>({
    // Why a table is refused.
    sentence("table", "a table"),
    sentence("beyond-megabytes", "more than {most} MB"),
    sentence("table-object", "one with rows, examples or claims"),
    sentence("nothing-to-check", "none of rows, examples and claims"),
    sentence("one-of-them", "one of them"),
    sentence("model-name", "the model's name"),
    sentence("example-name", "the example's name"),
    sentence("no-field", "a key that is no configuration field"),
    sentence("known-key", "a Hugging Face name, claimed_total or claimed_active"),
    sentence("formula-letter", "V, H, L or M with its field given"),
    sentence("no-configuration", "found no shipped configuration of this name"),
    sentence("no-device", "found no device profile of this name"),

    // Figures.
    sentence("billions", "{count} B"),
    sentence("both-units", "{decimal} = {binary} * 1024^3"),
    sentence("below", "{share} % below"),
    sentence("above", "{share} % above"),
    sentence("at-context", "{share} % at {context}"),
    sentence("field-value", "{field} = {value}"),
    sentence("named-figure", "{name} {figure}"),
    sentence("official-field", "{field} {printed} (official {official})"),
    sentence("total", "total {figure}"),
    sentence("total-in-units", "total {figure} ({units})"),
    sentence("active", "active {figure}"),
    sentence("attention", "attention {figure}"),

    // Rows of configurations.
    sentence("give", "the row's fields give {total}"),
    sentence("give-total", "the row's fields give {total}, {off} the printed {printed}"),
    sentence("give-active",
             "the row's fields give {total}, and {active} active ({with_embedding} with the input "
             "embedding), {active_off} the printed {active_printed}"),
    sentence("give-both", "the row's fields give {total}, {off} the printed {printed}, and "
                          "{active} active ({with_embedding} with the input embedding), "
                          "{active_off} the printed {active_printed}"),
    sentence("read-give", "the row's fields, read with {reading}, give {total}"),
    sentence("read-give-total", "the row's fields, read with {reading}, give {total}, {off} the "
                                "printed {printed}"),
    sentence("read-give-active",
             "the row's fields, read with {reading}, give {total}, and {active} active "
             "({with_embedding} with the input embedding), {active_off} the printed "
             "{active_printed}"),
    sentence("read-give-both",
             "the row's fields, read with {reading}, give {total}, {off} the printed {printed}, "
             "and {active} active ({with_embedding} with the input embedding), {active_off} the "
             "printed {active_printed}"),
    sentence("off-everywhere", "more than {share} % off in every reading"),
    sentence("no-design", "the fields are no design: {error}"),
    sentence("printed-against-official", "printed against official: {fields}"),
    sentence("all-official", "every field that applies is the official one"),
    sentence("latent-head-dim",
             "head_dim is no field of latent attention: a query and key have {nope} + {rope} "
             "numbers per head, a value {value}"),
    sentence("does-not-apply", "{field} does not apply to {family}"),
    sentence("unknown-row",
             "no shipped configuration has this name or shares its family, and the row does not "
             "give hidden_size, num_hidden_layers, num_attention_heads and vocab_size"),
    sentence("no-official", "no official configuration of this name"),
    sentence("read-on", "read on the structure of {design}"),
    sentence("read-plainly", "read as a plain decoder"),
    sentence("implied", "implied {total}"),
    sentence("official", "official {total}"),

    // Worked examples.
    sentence("formula-printed", "{formula} = {printed}"),
    sentence("official-count", "official {design} {count}"),
    sentence("evaluates-so", "the formula evaluates so"),
    sentence("nothing-printed", "nothing is printed beside it"),
    sentence("no-figure-printed", "what is printed holds no figure"),
    sentence("decimal-billion", "the printed figure is a decimal billion"),
    sentence("powers-of-ten", "the printed figure counts in powers of ten"),
    sentence("powers-of-1024", "the printed {figure} counts in powers of 1024"),
    sentence("is-in-powers-of-ten", "in powers of ten it is {figure}"),
    sentence("no-billion", "the printed {figure} counts in units of 1024^3, which is no billion"),
    sentence("decimal-is-printed", "the decimal billions are the printed {figure}"),
    sentence("is-in-billions", "in decimal billions it is {figure}"),
    sentence("neither-unit", "no printed figure is within 1 % in either unit"),
    sentence("as-printed", "{figure}: as printed"),
    sentence("as-printed-binary", "{figure}: as printed, in units of 1024^3"),
    sentence("binary-not-decimal", "{figure}: the printed {printed} counts in units of 1024^3, as "
                                   "a decimal billion it is {share} % off"),
    sentence("off-printed", "{figure}, {share} % off the printed {printed} B"),
    sentence("tied-as-printed", "{figure} with tie_word_embeddings {tied}, as printed"),
    sentence("other-way", "the official configuration has it the other way, {figure}"),
    sentence("no-example", "no shipped configuration has a name that begins so, and no formula "
                           "is given"),

    // Claims that nothing evaluates.
    sentence("no-evaluator", "the program has no evaluator for a claim of this id"),
    sentence("another-sentence", "the program's evaluator of this id judges another sentence"),

    // Heads and caches.
    sentence("heads-inside", "{inside} of {all} shipped designs lie between 64 and 128"),
    sentence("no-exception", "no exception"),
    sentence("head-habit", "a habit with exceptions, in which head_dim is chosen apart from "
                           "hidden_size: {designs}"),
    sentence("groups-inside",
             "{inside} of {all} designs with grouped queries keep 1/4 to 1/8 of the heads"),
    sentence("outside", "outside: {designs}"),
    sentence("cache-share",
             "the cache falls to the share of heads that is kept, so by 75 to 87.5 %"),
    sentence("together-nowhere",
             "weights and cache together fall by 30-50 % at no context up to 1M tokens "
             "(Llama-3-8B, bf16, batch 1), by less below and more above"),
    sentence("together-between",
             "weights and cache together fall by 30-50 % at contexts from about {first} to {last} "
             "tokens (Llama-3-8B, bf16, batch 1), by less below and more above"),
    sentence("speed-gained", "decode speed gained over multi-head attention: {gains} tokens"),
    sentence("memory-nowhere", "memory falls by 30-50 % at no context up to 1M tokens"),
    sentence("memory-between",
             "memory falls by 30-50 % at contexts from about {first} to {last} tokens"),
    sentence("shares-grow", "both shares grow with the context, from almost nothing to almost the "
                            "whole ratio of the heads"),
    sentence("one-context", "one pair of numbers fits one context (Llama-3-8B, bf16, batch 1, one "
                            "H200, estimated)"),
    sentence("kept-of-full", "{design} {kept} of {full} B ({heads})"),
    sentence("exactly-g-over-h", "the cache is exactly G/H of multi-head attention's"),
    sentence("h-over-g",
             "H/G, as the slide prints it, is more than 1 and would make the cache grow"),
    sentence("bytes-per-token", "{bytes} B per token"),
    sentence("cached-in-full",
             "the same heads cached in full {bytes} B ({times}x, {share} % less)"),
    sentence("needs-baseline", "a share needs a baseline: against grouped queries with {heads} KV "
                               "heads of {width} the latent keeps {share} % less"),
    sentence("own-heads", "against its own heads far more"),

    // Windows and sparse attention.
    sentence("less-cache", "less cache than with all layers global: {savings} tokens"),
    sentence("never-80", "the cache saves nothing up to the window of {window} tokens, and never "
                         "80 % up to 131072"),
    sentence("80-from", "the cache saves nothing up to the window of {window} tokens, and 80 % "
                        "from about {first} tokens on"),
    sentence("window-speed", "a decode step at 131072 tokens is estimated {times}x as fast (batch "
                             "1, one H200): the weights are read in any case"),
    sentence("use-sliding-window", "{design}: use_sliding_window {used}"),
    sentence("layers-slide", "{sliding} of {layers} layers slide"),
    sentence("has-sliding", "a shipped configuration has sliding layers"),
    sentence("none-slides", "the field exists, but no shipped configuration switches it on: every "
                            "layer attends to the whole context"),
    sentence("weights-and-cache",
             "weights {weights} GB, cache {cache} GB at 262144 tokens in bf16"),
    sentence("prefill-attention", "{share} % of a dense prefill of that length is attention"),
    sentence("weights-fit", "the weights fit 30 GB"),
    sentence("weights-exceed", "the weights alone exceed 30 GB in bf16, and sparse attention "
                               "leaves weights and stored cache as they are"),
    sentence("dense-length", "dense attention is not limited to 32K: max_position_embeddings is "
                             "{positions}"),
    sentence("unnamed-hardware", "times depend on hardware that the claim does not name"),
    sentence("pairs-of-twice", "twice the tokens (131072 to 262144) attend to {times}x the pairs"),
    sentence("n-log-n", "n log n would be {times}x"),
    sentence("stays-quadratic",
             "dual chunk attention changes the positions that a pair is given, not which pairs "
             "there are, so its cost stays quadratic"),
    sentence("sparse-on-top", "sparse attention on top changes that"),

    // Layers, feed-forward, experts, training.
    sentence("layers-doubled",
             "Llama-3-8B, 32 to 64 layers: parameters {parameters}x, decode FLOPs {flops}x"),
    sentence("tokens-needed", "20 tokens per parameter are {tokens} T tokens"),
    sentence("growth-holds", "the growth holds"),
    sentence("enough-for",
             "1.4 T tokens are 20 per parameter (Hoffmann et al. 2022) for a model of "
             "{parameters} B parameters, whatever its depth"),
    sentence("ratio-of-design", "{design} {times}x"),
    sentence("exactly-4x", "exactly 4x: {plain_4x} of {plain} with two matrices, {gated_4x} of "
                           "{gated} with three"),
    sentence("rule-of-two", "4x is the rule of feed-forwards with two matrices"),
    sentence("gated-has-three",
             "a gated one has three, and 8/3 keeps the same number of parameters"),
    sentence("in-total", "{total} total"),
    sentence("active-and-with", "{active} active, {with_embedding} with the input embedding"),
    sentence("shared-and-routed", "{shared} shared + {routed} of {experts} routed"),
    sentence("lookup-reading",
             "37 B is the reading without the input embedding, which is a lookup"),
    sentence("no-mtp", "the multi-token-prediction module is in neither figure"),
    sentence("top-of-experts", "{design}: {routed} of {experts}"),
    sentence("routes-to-two", "a shipped configuration routes to two experts"),
    sentence("none-routes-to-two", "num_experts_per_tok of every shipped configuration is another"),
    sentence("no-experts", "{design}: no experts"),
    sentence("routed-experts", "{design}: {experts} routed"),
    sentence("top-k", "top-{k}"),
    sentence("shared", "shared"),
    sentence("none-shared", "none shared"),
    sentence("in-layers", "in {with} of {layers} layers"),
    sentence("has-all-of-it", "a shipped configuration has all of it"),
    sentence("mixes-two", "no shipped configuration has 16 routed experts, two of them active, "
                          "and alternating layers at once: the claim mixes two models"),
    sentence("twice-the-width", "Llama-3-8B at twice the width: FLOPs of a layer {start}x for the "
                                "first token, {length}x at 131072 tokens"),
    sentence("products-d-squared", "the products with weights grow with d^2"),
    sentence("scores-d", "scores against the cache grow with d, so a long context grows less"),
    sentence("depth-and-loss",
             "whether depth pays more is a matter of loss, which no count decides"),
    sentence("quarter-more-layers", "a quarter more layers: parameters {times}x"),
    sentence("quarter-more-width", "a quarter more hidden size: {times}x"),
    sentence("advice", "an order of work is advice about training"),
    sentence("sizes-say", "sizes say what a step costs, not which one to take first"),
});

template <SentenceId Id>
inline constexpr Says<claims_sentences, Id> claims_says;

} // namespace headroom
