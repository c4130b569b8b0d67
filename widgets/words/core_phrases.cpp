// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/core_phrases.h"

#include <QtGlobal>

#include <array>

namespace headroom::ui {

namespace {

const std::array phrases{
    QT_TRANSLATE_NOOP("Core", "%1 tokens reach %2 of %3 experts: E * (1 - (1 - k / E)^tokens), "
                              "with uniform routing."),
    QT_TRANSLATE_NOOP("Core", "A billion is 10^9."),
    QT_TRANSLATE_NOOP("Core", "A grouped product hides little of the shorter one behind the "
                              "longer."),
    QT_TRANSLATE_NOOP("Core", "Absorbed: queries and results move through the latent space."),
    QT_TRANSLATE_NOOP("Core", "An encoder generates no tokens."),
    QT_TRANSLATE_NOOP("Core", "An encoder reads all tokens at once and keeps no cache."),
    QT_TRANSLATE_NOOP("Core", "An expert gets %1 rows on average, which fill %2% of its tiles of "
                              "128 rows."),
    QT_TRANSLATE_NOOP("Core", "Biases are left out of the estimate."),
    QT_TRANSLATE_NOOP("Core", "Constants of %1: measured."),
    QT_TRANSLATE_NOOP("Core", "Constants of %1: typical, not measured on this device."),
    QT_TRANSLATE_NOOP("Core", "Grouped-query attention: K and V have %1 heads, not %2."),
    QT_TRANSLATE_NOOP("Core", "KV heads are split until one is left; a latent is replicated."),
    QT_TRANSLATE_NOOP("Core", "Layers that share a cache read it again."),
    QT_TRANSLATE_NOOP("Core", "Message of %1 bytes between %2 devices over %3, interpolated in the "
                              "measured table of all-reduce times."),
    QT_TRANSLATE_NOOP("Core", "Message of %1 bytes between %2 devices over %3, ring: share of the "
                              "message / link bandwidth + latency."),
    QT_TRANSLATE_NOOP("Core", "Modules that predict further tokens; not in the total "
                              "(DeepSeek-V3, arXiv:2412.19437, sec. 2.2)."),
    QT_TRANSLATE_NOOP("Core", "Multi-head attention of the same heads would store %1 times as "
                              "much."),
    QT_TRANSLATE_NOOP("Core", "Norms, routers and MLA's down-projections are replicated on every "
                              "device of a tensor-parallel group."),
    QT_TRANSLATE_NOOP("Core", "No error bar is known: nobody has measured this device; the truth "
                              "lies between the ceiling below and, with less tuned software, "
                              "beyond the estimate."),
    QT_TRANSLATE_NOOP("Core", "Not trained, and not in the total."),
    QT_TRANSLATE_NOOP("Core", "One more token, while every layer still stores it."),
    QT_TRANSLATE_NOOP("Core", "One prompt: attended pairs only, lm_head for the last token."),
    QT_TRANSLATE_NOOP("Core", "One replica, nothing replicated."),
    QT_TRANSLATE_NOOP("Core", "One scale for each tensor or channel, below 0.1%, is left out."),
    QT_TRANSLATE_NOOP("Core", "One token of one sequence at the context."),
    QT_TRANSLATE_NOOP("Core", "Reads the cache of an earlier layer and keeps none."),
    QT_TRANSLATE_NOOP("Core", "Scores and weighted values: two products for each head and pair."),
    QT_TRANSLATE_NOOP("Core", "Some lectures divide by 1024^3 and write B: 7% less than the number "
                              "of billions."),
    QT_TRANSLATE_NOOP("Core", "Tables besides the token embedding and the head."),
    QT_TRANSLATE_NOOP("Core", "The bare roofline: no efficiency, no overhead."),
    QT_TRANSLATE_NOOP("Core", "The error bar is %1%: the mean absolute error of %2 on designs that "
                              "the fit had not seen, each left out in turn; nine rows in ten lie "
                              "within three times that."),
    QT_TRANSLATE_NOOP("Core", "The estimate is %1% too high."),
    QT_TRANSLATE_NOOP("Core", "The estimate is %1% too low."),
    QT_TRANSLATE_NOOP("Core", "The estimate leaves biases out."),
    QT_TRANSLATE_NOOP("Core", "The estimate leaves them out."),
    QT_TRANSLATE_NOOP("Core", "The estimate of lectures: four H x H matrices of attention, three "
                              "of the feed-forward, two vocabulary matrices."),
    QT_TRANSLATE_NOOP("Core", "The estimate takes four H x H matrices; latent attention goes "
                              "through ranks %1 and %2."),
    QT_TRANSLATE_NOOP("Core", "The estimate takes four H x H matrices; latent attention goes "
                              "through ranks %1."),
    QT_TRANSLATE_NOOP("Core", "The estimate takes three matrices; a plain feed-forward has two, "
                              "and biases."),
    QT_TRANSLATE_NOOP("Core", "The estimate takes three matrices; a plain feed-forward has two."),
    QT_TRANSLATE_NOOP("Core", "The fullest device; it does not fit."),
    QT_TRANSLATE_NOOP("Core", "The fullest device; it fits."),
    QT_TRANSLATE_NOOP("Core", "The head is the embedding matrix, which is therefore read in full."),
    QT_TRANSLATE_NOOP("Core", "The larger of the two, and a fifth more where they are equal: they "
                              "overlap in part."),
    QT_TRANSLATE_NOOP("Core", "The largest batch that fits at this context, found by search over "
                              "the same function."),
    QT_TRANSLATE_NOOP("Core", "The longest context that fits at this batch, found likewise."),
    QT_TRANSLATE_NOOP("Core", "The other reading in use: the embedding matrix counted, too."),
    QT_TRANSLATE_NOOP("Core", "The same."),
    QT_TRANSLATE_NOOP("Core", "The schoolbook estimate: two operations for each active weight and "
                              "token, without attention's pairs."),
    QT_TRANSLATE_NOOP("Core", "Tied embeddings: the head is the embedding matrix, counted once."),
    QT_TRANSLATE_NOOP("Core", "Weights that one token is multiplied with: of the experts those "
                              "that it is routed to; the input embedding is a lookup."),
    QT_TRANSLATE_NOOP("Core", "What a device has."),
    QT_TRANSLATE_NOOP("Core", "What an eager framework executes: the whole square of pairs, "
                              "lm_head at every position, every expert for every token."),
    QT_TRANSLATE_NOOP("Core", "What an eager framework executes: the whole square of pairs, "
                              "lm_head at every position."),
    QT_TRANSLATE_NOOP("Core", "What must be in memory."),
    QT_TRANSLATE_NOOP("Core", "Without the per-layer embedding table, which need not be in fast "
                              "memory."),
    QT_TRANSLATE_NOOP("Core", "Without windows the layers would store %1 times as much."),
    QT_TRANSLATE_NOOP("Core", "bf16. widest: numbers of the widest intermediate result of one "
                              "token. Longer prompts are cut into chunks of 8192 tokens, as "
                              "serving engines do."),
    QT_TRANSLATE_NOOP("Core", "int4 takes 4.5 bits with the scale of every 32 numbers."),
    QT_TRANSLATE_NOOP("Core", "num_attention_heads * head_dim is %1, not hidden_size %2."),
};

const std::array errors{
    QT_TRANSLATE_NOOP("Core", "found an expression longer than 1000 characters"),
    QT_TRANSLATE_NOOP("Core", "found no shipped configuration of this name"),
    QT_TRANSLATE_NOOP("Core", "found no device profile of this name"),
    QT_TRANSLATE_NOOP("Core", "found %1 at column %2 of \"%3\", expected %4"),
    QT_TRANSLATE_NOOP("Core", "found %1, expected %2"),
    QT_TRANSLATE_NOOP("Core", "%1; not supported in it: %2"),
    QT_TRANSLATE_NOOP("Core", "a share"),
    QT_TRANSLATE_NOOP("Core", "none: qk_rope_head_dim says what turns"),
    QT_TRANSLATE_NOOP("Core", "a number from %1 to %2"),
    QT_TRANSLATE_NOOP("Core", "a comparison with <=, >=, <, > or =="),
    QT_TRANSLATE_NOOP("Core", "a number, or L for each layer that slides and one G: LLLG"),
    QT_TRANSLATE_NOOP("Core", "a list of numbers"),
    QT_TRANSLATE_NOOP("Core", "a list of integers"),
    QT_TRANSLATE_NOOP("Core", "a list of texts"),
    QT_TRANSLATE_NOOP("Core", "one of them"),
    QT_TRANSLATE_NOOP("Core", "one with rows, examples or claims"),
    QT_TRANSLATE_NOOP("Core", "none of rows, examples and claims"),
    QT_TRANSLATE_NOOP("Core", "a divisor of %1 in %2"),
    QT_TRANSLATE_NOOP("Core", "%1 factors"),
    QT_TRANSLATE_NOOP("Core", "%1, one for each pair of rotary dimensions"),
    QT_TRANSLATE_NOOP("Core", "rope_theta above 0 and partial_rotary_factor in (0, 1]"),
    QT_TRANSLATE_NOOP("Core", "a base or rotary share outside its range"),
    QT_TRANSLATE_NOOP("Core", "attention in every layer"),
    QT_TRANSLATE_NOOP("Core", "layers of one kind: each with attention and feed-forward"),
    QT_TRANSLATE_NOOP("Core", "one num_key_value_heads for all layers"),
    QT_TRANSLATE_NOOP("Core", "no cross-attention"),
    QT_TRANSLATE_NOOP("Core", "no pruned heads"),
    QT_TRANSLATE_NOOP("Core", "false: encoder and decoder in one are not supported"),
    QT_TRANSLATE_NOOP("Core", "false: cross-attention is not supported"),
    QT_TRANSLATE_NOOP("Core", "false: decoder use of an encoder is not supported"),
    QT_TRANSLATE_NOOP("Core", "null: clipped projections are not supported"),
    QT_TRANSLATE_NOOP("Core", "one integer, or one for each layer"),
    QT_TRANSLATE_NOOP("Core", "null or at least one layer"),
    QT_TRANSLATE_NOOP("Core", "a number, zero or above"),
    QT_TRANSLATE_NOOP("Core", "an object or null"),
    QT_TRANSLATE_NOOP("Core", "a positive integer"),
    QT_TRANSLATE_NOOP("Core", "a positive number"),
    QT_TRANSLATE_NOOP("Core", "a whole number"),
    QT_TRANSLATE_NOOP("Core", "a layer below %1"),
    QT_TRANSLATE_NOOP("Core", "a value, because hidden_size %1 is not a multiple of "
                              "num_attention_heads %2"),
    QT_TRANSLATE_NOOP("Core", "%1, which is what %2 computes"),
    QT_TRANSLATE_NOOP("Core", "a window, because %1 slides"),
    QT_TRANSLATE_NOOP("Core", "a chunk, because %1 is chunked"),
    QT_TRANSLATE_NOOP("Core", "an earlier layer of the same kind as layer %1 whose cache it can "
                              "read"),
    QT_TRANSLATE_NOOP("Core", "at least num_experts_per_tok %1 experts among them"),
    QT_TRANSLATE_NOOP("Core", "at least %1"),
    QT_TRANSLATE_NOOP("Core", "fewer than %1"),
    QT_TRANSLATE_NOOP("Core", "%1 rotary dimensions"),
    QT_TRANSLATE_NOOP("Core", "an even number: RoPE turns pairs"),
    QT_TRANSLATE_NOOP("Core", "%1 groups of %2 experts"),
    QT_TRANSLATE_NOOP("Core", "%1 heads"),
    QT_TRANSLATE_NOOP("Core", "zero"),
    QT_TRANSLATE_NOOP("Core", "an unknown field"),
    QT_TRANSLATE_NOOP("Core", "a field of config.json"),
    QT_TRANSLATE_NOOP("Core", "a field that %1 has"),
    QT_TRANSLATE_NOOP("Core", "no readable file"),
    QT_TRANSLATE_NOOP("Core", "a table"),
    QT_TRANSLATE_NOOP("Core", "more than 16 MB"),
    QT_TRANSLATE_NOOP("Core", "no JSON object"),
    QT_TRANSLATE_NOOP("Core", "no object"),
    QT_TRANSLATE_NOOP("Core", "no list"),
    QT_TRANSLATE_NOOP("Core", "no text"),
    QT_TRANSLATE_NOOP("Core", "text"),
    QT_TRANSLATE_NOOP("Core", "the model's name"),
    QT_TRANSLATE_NOOP("Core", "the example's name"),
    QT_TRANSLATE_NOOP("Core", "a key that is no configuration field"),
    QT_TRANSLATE_NOOP("Core", "a Hugging Face name, claimed_total or claimed_active"),
    QT_TRANSLATE_NOOP("Core", "V, H, L or M with its field given"),
    QT_TRANSLATE_NOOP("Core", "the end"),
    QT_TRANSLATE_NOOP("Core", "an operator"),
    QT_TRANSLATE_NOOP("Core", "a number, a name or \"(\""),
    QT_TRANSLATE_NOOP("Core", "%1 after a number"),
    QT_TRANSLATE_NOOP("Core", "a divisor of the number of devices (tensor x pipeline) %1; nearest: "
                              "%2"),
    QT_TRANSLATE_NOOP("Core", "a divisor of the shared experts' width %1; nearest: %2"),
    QT_TRANSLATE_NOOP("Core", "a divisor of %1 %2; nearest: %3"),
    QT_TRANSLATE_NOOP("Core", "a divisor of %1"),
    QT_TRANSLATE_NOOP("Core", "an integer from %1 to %2"),
    QT_TRANSLATE_NOOP("Core", "at most %1 layers"),
    QT_TRANSLATE_NOOP("Core", "at most the devices of one pipeline stage, %1"),
    QT_TRANSLATE_NOOP("Core", "a multiple or a divisor of tensor_parallel %1"),
    QT_TRANSLATE_NOOP("Core", "a device that ships with Headroom"),
    QT_TRANSLATE_NOOP("Core", "a count of 64 bits"),
    QT_TRANSLATE_NOOP("Core", "counts of 64 bits"),
    QT_TRANSLATE_NOOP("Core", "more than 2^63 - 1"),
    QT_TRANSLATE_NOOP("Core", "an integer"),
    QT_TRANSLATE_NOOP("Core", "a number"),
    QT_TRANSLATE_NOOP("Core", "true or false"),
    QT_TRANSLATE_NOOP("Core", "a text"),
    QT_TRANSLATE_NOOP("Core", "a list"),
    QT_TRANSLATE_NOOP("Core", "an object"),
    QT_TRANSLATE_NOOP("Core", "a supported family"),
    QT_TRANSLATE_NOOP("Core", "one of %1"),
    QT_TRANSLATE_NOOP("Core", "no linear attention"),
    QT_TRANSLATE_NOOP("Core", "no sparse-attention indexer"),
    QT_TRANSLATE_NOOP("Core", "no sparse attention"),
    QT_TRANSLATE_NOOP("Core", "no state-space layers"),
    QT_TRANSLATE_NOOP("Core", "text that is not JSON"),
    QT_TRANSLATE_NOOP("Core", "a config.json"),
    QT_TRANSLATE_NOOP("Core", "the name of a model family"),
    QT_TRANSLATE_NOOP("Core", "%1 entries"),
    QT_TRANSLATE_NOOP("Core", "one for each of %1 layers"),
    QT_TRANSLATE_NOOP("Core", "one entry for each of %1 layers"),
    QT_TRANSLATE_NOOP("Core", "a list of %1"),
    QT_TRANSLATE_NOOP("Core", "none"),
    QT_TRANSLATE_NOOP("Core", "full_attention, sliding_attention or chunked_attention"),
    QT_TRANSLATE_NOOP("Core", "%1: the weights of other heads are not counted"),
    QT_TRANSLATE_NOOP("Core", "at most %1"),
    QT_TRANSLATE_NOOP("Core", "null or %1"),
    QT_TRANSLATE_NOOP("Core", "%1 or %2"),
    QT_TRANSLATE_NOOP("Core", "1 to %1"),
};

const std::array phraseWords{
    QT_TRANSLATE_NOOP("Core", "%1, all %2 layers"),
    QT_TRANSLATE_NOOP("Core", "%1, the layer"),
    QT_TRANSLATE_NOOP("Core", "%1, layers %2"),
    QT_TRANSLATE_NOOP("Core", "%1, layer %2"),
    QT_TRANSLATE_NOOP("Core", "all %1 layers"),
    QT_TRANSLATE_NOOP("Core", "layers %1"),
    QT_TRANSLATE_NOOP("Core", "layer %1"),
    QT_TRANSLATE_NOOP("Core", "the layer"),
    QT_TRANSLATE_NOOP("Core", "one layer"),
    QT_TRANSLATE_NOOP("Core", "number of layers"),
    QT_TRANSLATE_NOOP("Core", "all heads in full"),
    QT_TRANSLATE_NOOP("Core", "all layers global"),
    QT_TRANSLATE_NOOP("Core", "norms, routers, others"),
    QT_TRANSLATE_NOOP("Core", "total - schoolbook_estimate"),
    QT_TRANSLATE_NOOP("Core", "total / 10^9"),
    QT_TRANSLATE_NOOP("Core", "total / 1024^3"),
    QT_TRANSLATE_NOOP("Core", "bytes per number"),
    QT_TRANSLATE_NOOP("Core", "tokens in flight"),
    QT_TRANSLATE_NOOP("Core", "tokens of its chunk"),
    QT_TRANSLATE_NOOP("Core", "memory"),
    QT_TRANSLATE_NOOP("Core", "computing"),
    QT_TRANSLATE_NOOP("Core", "moving"),
    QT_TRANSLATE_NOOP("Core", "launching"),
    QT_TRANSLATE_NOOP("Core", "work"),
    QT_TRANSLATE_NOOP("Core", "count"),
    QT_TRANSLATE_NOOP("Core", "batch"),
    QT_TRANSLATE_NOOP("Core", "context"),
    QT_TRANSLATE_NOOP("Core", "prompt"),
    QT_TRANSLATE_NOOP("Core", "tokens"),
    QT_TRANSLATE_NOOP("Core", "layers"),
    QT_TRANSLATE_NOOP("Core", "chunks"),
    QT_TRANSLATE_NOOP("Core", "rest"),
    QT_TRANSLATE_NOOP("Core", "width"),
    QT_TRANSLATE_NOOP("Core", "widest"),
    QT_TRANSLATE_NOOP("Core", "exact"),
    QT_TRANSLATE_NOOP("Core", "estimate"),
    QT_TRANSLATE_NOOP("Core", "bandwidth"),
    QT_TRANSLATE_NOOP("Core", "launches"),
    QT_TRANSLATE_NOOP("Core", "activations"),
    QT_TRANSLATE_NOOP("Core", "logits"),
    QT_TRANSLATE_NOOP("Core", "attention"),
    QT_TRANSLATE_NOOP("Core", "experts"),
    QT_TRANSLATE_NOOP("Core", "router"),
    QT_TRANSLATE_NOOP("Core", "norm"),
    QT_TRANSLATE_NOOP("Core", "norms"),
    QT_TRANSLATE_NOOP("Core", "other"),
    QT_TRANSLATE_NOOP("Core", "embedding"),
    QT_TRANSLATE_NOOP("Core", "per_layer_embedding"),
    QT_TRANSLATE_NOOP("Core", "feed_forward"),
    QT_TRANSLATE_NOOP("Core", "shared_experts"),
    QT_TRANSLATE_NOOP("Core", "vocabulary"),
    QT_TRANSLATE_NOOP("Core", "linear"),
    QT_TRANSLATE_NOOP("Core", "element_wise"),
    QT_TRANSLATE_NOOP("Core", "communication"),
    QT_TRANSLATE_NOOP("Core", "routing"),
    QT_TRANSLATE_NOOP("Core", "activation"),
    QT_TRANSLATE_NOOP("Core", "ceiling"),
    QT_TRANSLATE_NOOP("Core", "total"),
    QT_TRANSLATE_NOOP("Core", "buffers"),
    QT_TRANSLATE_NOOP("Core", "effective"),
    QT_TRANSLATE_NOOP("Core", "bytes"),
    QT_TRANSLATE_NOOP("Core", "parameters"),
    QT_TRANSLATE_NOOP("Core", "sequences"),
    QT_TRANSLATE_NOOP("Core", "times"),
};

} // namespace

std::span<const char* const> corePhrases() {
    return phrases;
}

std::span<const char* const> coreErrorPhrases() {
    return errors;
}

std::span<const char* const> coreWords() {
    return phraseWords;
}

} // namespace headroom::ui
