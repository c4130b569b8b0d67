// SPDX-License-Identifier: GPL-3.0-or-later
// What derivations say: notes on a step, which layers it is about, names that are words.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto explain_sentences = std::to_array<SentenceTemplate>({
    sentence("no-quantity", "found none of the quantities"),

    // Which layers.
    sentence("all-layers", "all {count} layers"),
    sentence("the-layer", "the layer"),
    sentence("layer", "layer {layer}"),
    sentence("layers-of", "layers {layers}"),

    // Notes.
    sentence("head-is-embedding",
             "The head is the embedding matrix, which is therefore read in full."),
    sentence("estimate-of-lectures", "The estimate of lectures: four H x H matrices of attention, "
                                     "three of the feed-forward, two vocabulary matrices."),
    sentence("through-rank", "The estimate takes four H x H matrices; latent attention goes "
                             "through ranks {rank}."),
    sentence("through-ranks", "The estimate takes four H x H matrices; latent attention goes "
                              "through ranks {query} and {kv}."),
    sentence("grouped-query", "Grouped-query attention: K and V have {kv} heads, not {heads}."),
    sentence("other-width",
             "num_attention_heads * head_dim is {width}, not hidden_size {hidden_size}."),
    sentence("no-attention", "There is none."),
    sentence("biases-left-out", "Biases are left out of the estimate."),
    sentence("same", "The same."),
    sentence("two-and-biases",
             "The estimate takes three matrices; a plain feed-forward has two, and biases."),
    sentence("two-matrices", "The estimate takes three matrices; a plain feed-forward has two."),
    sentence("leaves-biases-out", "The estimate leaves biases out."),
    sentence("tied", "Tied embeddings: the head is the embedding matrix, counted once."),
    sentence("other-tables", "Tables besides the token embedding and the head."),
    sentence("leaves-them-out", "The estimate leaves them out."),
    sentence("too-high", "The estimate is {share}% too high."),
    sentence("too-low", "The estimate is {share}% too low."),
    sentence("billion", "A billion is 10^9."),
    sentence("binary-billion", "Some lectures divide by 1024^3 and write B: 7% less than the "
                               "number of billions."),
    sentence("not-trained", "Not trained, and not in the total."),
    sentence("further-tokens", "Modules that predict further tokens; not in the total "
                               "(DeepSeek-V3, arXiv:2412.19437, sec. 2.2)."),
    sentence("without-table",
             "Without the per-layer embedding table, which need not be in fast memory."),
    sentence("one-token-meets",
             "Weights that one token is multiplied with: of the experts those that it is routed "
             "to; the input embedding is a lookup."),
    sentence("embedding-counted", "The other reading in use: the embedding matrix counted, too."),
    sentence("in-memory", "What must be in memory."),
    sentence("keeps-none", "Reads the cache of an earlier layer and keeps none."),
    sentence("encoder-no-cache", "An encoder reads all tokens at once and keeps no cache."),
    sentence("one-more-token", "One more token, while every layer still stores it."),
    sentence("read-again", "Layers that share a cache read it again."),
    sentence("full-heads",
             "Multi-head attention of the same heads would store {times} times as much."),
    sentence("without-windows", "Without windows the layers would store {times} times as much."),
    sentence("absorbed", "Absorbed: queries and results move through the latent space."),
    sentence("scores-and-values",
             "Scores and weighted values: two products for each head and pair."),
    sentence("one-prompt", "One prompt: attended pairs only, lm_head for the last token."),
    sentence("eager", "What an eager framework executes: the whole square of pairs, lm_head at "
                      "every position."),
    sentence("eager-experts", "What an eager framework executes: the whole square of pairs, "
                              "lm_head at every position, every expert for every token."),
    sentence("one-token", "One token of one sequence at the context."),
    sentence("schoolbook", "The schoolbook estimate: two operations for each active weight and "
                           "token, without attention's pairs."),
    sentence("widest-of-token",
             "bf16. widest: numbers of the widest intermediate result of one token. Longer "
             "prompts are cut into chunks of 8192 tokens, as serving engines do."),
    sentence("replicated", "Norms, routers and MLA's down-projections are replicated on every "
                           "device of a tensor-parallel group."),
    sentence("kv-split", "KV heads are split until one is left; a latent is replicated."),
    sentence("fits", "The fullest device; it fits."),
    sentence("does-not-fit", "The fullest device; it does not fit."),
    sentence("one-replica", "One replica, nothing replicated."),
    sentence("device-has", "What a device has."),
    sentence("largest-batch", "The largest batch that fits at this context, found by search over "
                              "the same function."),
    sentence("longest-context", "The longest context that fits at this batch, found likewise."),
    sentence("grouped-product",
             "A grouped product hides little of the shorter one behind the longer."),
    sentence("overlap-in-part", "The larger of the two, and a fifth more where they are equal: "
                                "they overlap in part."),
    sentence("experts-reached",
             "{tokens} tokens reach {reached} of {experts} experts: E * (1 - (1 - k / E)^tokens), "
             "with uniform routing."),
    sentence("rows-of-expert", "An expert gets {rows} rows on average, which fill {share}% of "
                               "its tiles of 128 rows."),
    sentence("message-table", "Message of {bytes} bytes between {devices} devices over {link}, "
                              "interpolated in the measured table of all-reduce times."),
    sentence("message-ring", "Message of {bytes} bytes between {devices} devices over {link}, "
                             "ring: share of the message / link bandwidth + latency."),
    sentence("encoder-no-tokens", "An encoder generates no tokens."),
    sentence("constants-measured", "Constants of {device}: measured."),
    sentence("constants-typical", "Constants of {device}: typical, not measured on this device."),
    sentence("error-bar",
             "The error bar is {share}%: the mean absolute error of {phase} on designs that the "
             "fit had not seen, each left out in turn; nine rows in ten lie within three times "
             "that."),
    sentence("no-error-bar",
             "No error bar is known: nobody has measured this device; the truth lies between the "
             "ceiling below and, with less tuned software, beyond the estimate."),
    sentence("bare-roofline", "The bare roofline: no efficiency, no overhead."),
});

/// Names of steps, words of formulas and units that are words of the language; `id` is the name, so
/// that what comes from elsewhere (a group of weights, an operator) finds its word. Every other
/// name is one of the configuration or of a tensor and the same in any language.
inline constexpr auto name_sentences = std::to_array<SentenceTemplate>({
    sentence("one layer", "one layer"),
    sentence("number of layers", "number of layers"),
    sentence("all heads in full", "all heads in full"),
    sentence("all layers global", "all layers global"),
    sentence("norms, routers, others", "norms, routers, others"),
    sentence("total - schoolbook_estimate", "total - schoolbook_estimate"),
    sentence("total / 10^9", "total / 10^9"),
    sentence("total / 1024^3", "total / 1024^3"),
    sentence("bytes per number", "bytes per number"),
    sentence("tokens in flight", "tokens in flight"),
    sentence("tokens of its chunk", "tokens of its chunk"),
    sentence("memory", "memory"),
    sentence("computing", "computing"),
    sentence("moving", "moving"),
    sentence("launching", "launching"),
    sentence("work", "work"),
    sentence("count", "count"),
    sentence("batch", "batch"),
    sentence("context", "context"),
    sentence("prompt", "prompt"),
    sentence("tokens", "tokens"),
    sentence("layers", "layers"),
    sentence("chunks", "chunks"),
    sentence("rest", "rest"),
    sentence("width", "width"),
    sentence("widest", "widest"),
    sentence("exact", "exact"),
    sentence("estimate", "estimate"),
    sentence("bandwidth", "bandwidth"),
    sentence("launches", "launches"),
    sentence("activations", "activations"),
    sentence("logits", "logits"),
    sentence("attention", "attention"),
    sentence("experts", "experts"),
    sentence("router", "router"),
    sentence("norm", "norm"),
    sentence("norms", "norms"),
    sentence("other", "other"),
    sentence("embedding", "embedding"),
    sentence("per_layer_embedding", "per_layer_embedding"),
    sentence("feed_forward", "feed_forward"),
    sentence("shared_experts", "shared_experts"),
    sentence("vocabulary", "vocabulary"),
    sentence("linear", "linear"),
    sentence("element_wise", "element_wise"),
    sentence("communication", "communication"),
    sentence("routing", "routing"),
    sentence("activation", "activation"),
    sentence("ceiling", "ceiling"),
    sentence("total", "total"),
    sentence("buffers", "buffers"),
    sentence("effective", "effective"),
    sentence("bytes", "bytes"),
    sentence("parameters", "parameters"),
    sentence("sequences", "sequences"),
    sentence("times", "times"),
});

template <SentenceId Id>
inline constexpr Says<explain_sentences, Id> explain_says;

} // namespace headroom
