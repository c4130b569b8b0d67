// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about configurations: why one is refused, what departs from common practice.
#pragma once

#include "core/base/base_sentences.h"

namespace headroom {

inline constexpr auto config_sentences = std::to_array<SentenceTemplate>({
    // Reading a file.
    sentence("not-json", "text that is not JSON"),
    sentence("config-json", "a config.json"),
    sentence("family-name", "the name of a model family"),
    sentence("supported-family", "a supported family"),
    sentence("not-supported-in-it", "{message}; not supported in it: {part}"),
    sentence("config-field", "a field of config.json"),
    sentence("field-of-family", "a field that {family} has"),
    sentence("not-negative", "a number, zero or above"),
    sentence("window-pattern", "a number, or L for each layer that slides and one G: LLLG"),
    sentence("one-or-each-layer", "one integer, or one for each layer"),
    sentence("null-or-a-layer", "null or at least one layer"),
    sentence("layer-below", "a layer below {layers}"),
    sentence("entry-for-each-layer", "one entry for each of {layers} layers"),
    sentence("one-for-each-layer", "one for each of {layers} layers"),
    sentence("as-family-computes", "{type}, which is what {family} computes"),
    sentence("share", "a share"),
    sentence("no-share-of-latent", "none: qk_rope_head_dim says what turns"),
    sentence("head-dim-given", "a value, because hidden_size {hidden_size} is not a multiple of "
                               "num_attention_heads {num_attention_heads}"),

    // What no family covers.
    sentence("no-indexer", "no sparse-attention indexer"),
    sentence("no-linear-attention", "no linear attention"),
    sentence("no-state-space", "no state-space layers"),
    sentence("attention-everywhere", "attention in every layer"),
    sentence("no-sparse-attention", "no sparse attention"),
    sentence("layers-of-one-kind", "layers of one kind: each with attention and feed-forward"),
    sentence("one-kv-heads", "one num_key_value_heads for all layers"),
    sentence("no-cross-attention", "no cross-attention"),
    sentence("no-pruned-heads", "no pruned heads"),
    sentence("no-encoder-decoder", "false: encoder and decoder in one are not supported"),
    sentence("no-added-cross-attention", "false: cross-attention is not supported"),
    sentence("no-decoder-use", "false: decoder use of an encoder is not supported"),
    sentence("no-clipping", "null: clipped projections are not supported"),
    sentence("other-heads", "{architecture}: the weights of other heads are not counted"),

    // Fields that contradict each other.
    sentence("rotary-dimensions", "{count} rotary dimensions"),
    sentence("even-number", "an even number: RoPE turns pairs"),
    sentence("factors", "{factors} factors"),
    sentence("one-for-each-pair", "{pairs}, one for each pair of rotary dimensions"),
    sentence("rope-outside", "a base or rotary share outside its range"),
    sentence("rope-inside", "rope_theta above 0 and partial_rotary_factor in (0, 1]"),
    sentence("heads", "{count} heads"),
    sentence("divisor-in-family", "a divisor of {field} {value} in {family}"),
    sentence("window-because", "a window, because {layer} slides"),
    sentence("chunk-because", "a chunk, because {layer} is chunked"),
    sentence("fewer-than-field", "fewer than {field} {value}"),
    sentence("earlier-layer",
             "an earlier layer of the same kind as layer {layer} whose cache it can read"),
    sentence("one-to-field", "1 to {field} {value}"),
    sentence("groups-of-experts", "{groups} groups of {experts} experts"),
    sentence("experts-among-them", "at least num_experts_per_tok {needed} experts among them"),

    // Advice.
    sentence("head-dim-range", "A head of {head_dim} dimensions; common practice is 64 to 128."),
    sentence("gqa-group", "{group} query heads share each KV head; common practice is 4 to 8."),
    sentence("hidden-multiple",
             "Not a multiple of {step}: matrix units waste part of their tiles."),
    sentence("vocab-multiple", "Not a multiple of {step}; padding it costs little and speeds up "
                               "the output product."),
    sentence("ffn-ratio", "The feed-forward is {ratio} times as wide as the model; common "
                          "practice is 2.7 to 5.4."),
    sentence("window-idle", "The window is as long as the longest context: it saves nothing."),
    sentence("no-global-layer", "No layer sees the whole context."),
    sentence("no-expert-layer", "No layer has experts."),
    sentence("moe-layer-freq",
             "Two readings differ: the model's own code gives experts to every {step}th layer, "
             "which is what is counted here; transformers ignores the field and gives them to "
             "every layer from first_k_dense_replace on."),
    sentence("all-experts", "Every token uses every expert: the mixture saves no work."),
});

template <SentenceId Id>
inline constexpr Says<config_sentences, Id> config_says;

} // namespace headroom
