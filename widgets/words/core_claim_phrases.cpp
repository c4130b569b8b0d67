// SPDX-License-Identifier: GPL-3.0-or-later
// What `check` says of a row, clause by clause, and the sentences of the shipped tables.
#include "widgets/words/core_phrases.h"

#include <QtGlobal>

#include <array>

namespace headroom::ui {

namespace {

// An earlier template wins; the longer of two that begin alike stands first.
const std::array claimClauses{
    QT_TRANSLATE_NOOP("Core", "the row's fields, read with %1, give %2, %3 the printed %4, and "
                              "%5 active (%6 with the input embedding), %7 the printed %8"),
    QT_TRANSLATE_NOOP("Core", "the row's fields, read with %1, give %2, and %3 active (%4 with "
                              "the input embedding), %5 the printed %6"),
    QT_TRANSLATE_NOOP("Core", "the row's fields, read with %1, give %2, %3 the printed %4"),
    QT_TRANSLATE_NOOP("Core", "the row's fields, read with %1, give %2"),
    QT_TRANSLATE_NOOP("Core", "the row's fields give %1, %2 the printed %3, and %4 active (%5 "
                              "with the input embedding), %6 the printed %7"),
    QT_TRANSLATE_NOOP("Core", "the row's fields give %1, and %2 active (%3 with the input "
                              "embedding), %4 the printed %5"),
    QT_TRANSLATE_NOOP("Core", "the row's fields give %1, %2 the printed %3"),
    QT_TRANSLATE_NOOP("Core", "the row's fields give %1"),
    QT_TRANSLATE_NOOP("Core", "the fields are no design: %1"),
    QT_TRANSLATE_NOOP("Core", "more than %1 % off in every reading"),
    QT_TRANSLATE_NOOP("Core", "printed against official: %1"),
    QT_TRANSLATE_NOOP("Core", "every field that applies is the official one"),
    QT_TRANSLATE_NOOP("Core", "head_dim is no field of latent attention: a query and key have %1 "
                              "+ %2 numbers per head, a value %3"),
    QT_TRANSLATE_NOOP("Core", "%1 does not apply to %2"),
    QT_TRANSLATE_NOOP("Core", "no shipped configuration has this name or shares its family, and "
                              "the row does not give hidden_size, num_hidden_layers, "
                              "num_attention_heads and vocab_size"),
    QT_TRANSLATE_NOOP("Core", "no official configuration of this name"),
    QT_TRANSLATE_NOOP("Core", "read on the structure of %1"),
    QT_TRANSLATE_NOOP("Core", "read as a plain decoder"),
    QT_TRANSLATE_NOOP("Core", "implied %1"),
    QT_TRANSLATE_NOOP("Core", "official %1 B"),
    QT_TRANSLATE_NOOP("Core", "official %1 %2"),
    QT_TRANSLATE_NOOP("Core", "the formula evaluates so"),
    QT_TRANSLATE_NOOP("Core", "nothing is printed beside it"),
    QT_TRANSLATE_NOOP("Core", "what is printed holds no figure"),
    QT_TRANSLATE_NOOP("Core", "the printed figure is a decimal billion"),
    QT_TRANSLATE_NOOP("Core", "the printed figure counts in powers of ten"),
    QT_TRANSLATE_NOOP("Core", "the printed %1 counts in powers of 1024"),
    QT_TRANSLATE_NOOP("Core", "in powers of ten it is %1"),
    QT_TRANSLATE_NOOP("Core", "the printed %1 counts in units of 1024^3, which is no billion"),
    QT_TRANSLATE_NOOP("Core", "the decimal billions are the printed %1"),
    QT_TRANSLATE_NOOP("Core", "in decimal billions it is %1"),
    QT_TRANSLATE_NOOP("Core", "no printed figure is within 1 % in either unit"),
    QT_TRANSLATE_NOOP("Core", "%1: as printed, in units of 1024^3"),
    QT_TRANSLATE_NOOP("Core", "%1: as printed"),
    QT_TRANSLATE_NOOP("Core", "%1: the printed %2 counts in units of 1024^3, as a decimal "
                              "billion it is %3 % off"),
    QT_TRANSLATE_NOOP("Core", "%1, %2 % off the printed %3 B"),
    QT_TRANSLATE_NOOP("Core", "%1 with tie_word_embeddings %2, as printed"),
    QT_TRANSLATE_NOOP("Core", "the official configuration has it the other way, %1"),
    QT_TRANSLATE_NOOP("Core", "no shipped configuration has a name that begins so, and no "
                              "formula is given"),
    QT_TRANSLATE_NOOP("Core", "%1 (in units of 1024^3) = %2? the note converts %3"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 shipped designs lie between 64 and 128"),
    QT_TRANSLATE_NOOP("Core", "no exception"),
    QT_TRANSLATE_NOOP("Core", "a habit with exceptions, in which head_dim is chosen apart from "
                              "hidden_size: %1"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 designs with grouped queries keep 1/4 to 1/8 of the "
                              "heads"),
    QT_TRANSLATE_NOOP("Core", "outside: %1"),
    QT_TRANSLATE_NOOP("Core", "the cache falls to the share of heads that is kept, so by 75 to "
                              "87.5 %"),
    QT_TRANSLATE_NOOP("Core", "weights and cache together fall by 30-50 % at no context up to 1M "
                              "tokens (Llama-3-8B, bf16, batch 1), by less below and more above"),
    QT_TRANSLATE_NOOP("Core", "weights and cache together fall by 30-50 % at contexts from about "
                              "%1 to %2 tokens (Llama-3-8B, bf16, batch 1), by less below and "
                              "more above"),
    QT_TRANSLATE_NOOP("Core", "decode speed gained over multi-head attention: %1 tokens"),
    QT_TRANSLATE_NOOP("Core", "memory falls by 30-50 % at no context up to 1M tokens"),
    QT_TRANSLATE_NOOP("Core", "memory falls by 30-50 % at contexts from about %1 to %2 tokens"),
    QT_TRANSLATE_NOOP("Core", "both shares grow with the context, from almost nothing to almost "
                              "the whole ratio of the heads"),
    QT_TRANSLATE_NOOP("Core", "one pair of numbers fits one context (Llama-3-8B, bf16, batch 1, "
                              "one H200, estimated)"),
    QT_TRANSLATE_NOOP("Core", "the cache is exactly G/H of multi-head attention's"),
    QT_TRANSLATE_NOOP("Core", "H/G, as the slide prints it, is more than 1 and would make the "
                              "cache grow"),
    QT_TRANSLATE_NOOP("Core", "%1 B per token"),
    QT_TRANSLATE_NOOP("Core", "the same heads cached in full %1 B (%2x, %3 % less)"),
    QT_TRANSLATE_NOOP("Core", "a share needs a baseline: against grouped queries with %1 KV "
                              "heads of %2 the latent keeps %3 % less"),
    QT_TRANSLATE_NOOP("Core", "against its own heads far more"),
    QT_TRANSLATE_NOOP("Core", "less cache than with all layers global: %1 tokens"),
    QT_TRANSLATE_NOOP("Core", "the cache saves nothing up to the window of %1 tokens, and never "
                              "80 % up to 131072"),
    QT_TRANSLATE_NOOP("Core", "the cache saves nothing up to the window of %1 tokens, and 80 % "
                              "from about %2 tokens on"),
    QT_TRANSLATE_NOOP("Core", "a decode step at 131072 tokens is estimated %1x as fast (batch 1, "
                              "one H200): the weights are read in any case"),
    QT_TRANSLATE_NOOP("Core", "a shipped configuration has sliding layers"),
    QT_TRANSLATE_NOOP("Core", "the field exists, but no shipped configuration switches it on: "
                              "every layer attends to the whole context"),
    QT_TRANSLATE_NOOP("Core", "weights %1 GB, cache %2 GB at 262144 tokens in bf16"),
    QT_TRANSLATE_NOOP("Core", "%1 % of a dense prefill of that length is attention"),
    QT_TRANSLATE_NOOP("Core", "the weights fit 30 GB"),
    QT_TRANSLATE_NOOP("Core", "the weights alone exceed 30 GB in bf16, and sparse attention "
                              "leaves weights and stored cache as they are"),
    QT_TRANSLATE_NOOP("Core", "dense attention is not limited to 32K: max_position_embeddings is "
                              "%1"),
    QT_TRANSLATE_NOOP("Core", "times depend on hardware that the claim does not name"),
    QT_TRANSLATE_NOOP("Core", "twice the tokens (131072 to 262144) attend to %1x the pairs"),
    QT_TRANSLATE_NOOP("Core", "n log n would be %1x"),
    QT_TRANSLATE_NOOP("Core", "dual chunk attention changes the positions that a pair is given, "
                              "not which pairs there are, so its cost stays quadratic"),
    QT_TRANSLATE_NOOP("Core", "sparse attention on top changes that"),
    QT_TRANSLATE_NOOP("Core", "Llama-3-8B, 32 to 64 layers: parameters %1x, decode FLOPs %2x"),
    QT_TRANSLATE_NOOP("Core", "20 tokens per parameter are %1 T tokens"),
    QT_TRANSLATE_NOOP("Core", "the growth holds"),
    QT_TRANSLATE_NOOP("Core", "1.4 T tokens are 20 per parameter (Hoffmann et al. 2022) for a "
                              "model of %1 B parameters, whatever its depth"),
    QT_TRANSLATE_NOOP("Core", "exactly 4x: %1 of %2 with two matrices, %3 of %4 with three"),
    QT_TRANSLATE_NOOP("Core", "4x is the rule of feed-forwards with two matrices"),
    QT_TRANSLATE_NOOP("Core", "a gated one has three, and 8/3 keeps the same number of "
                              "parameters"),
    QT_TRANSLATE_NOOP("Core", "%1 total"),
    QT_TRANSLATE_NOOP("Core", "%1 active, %2 with the input embedding"),
    QT_TRANSLATE_NOOP("Core", "%1 shared + %2 of %3 routed"),
    QT_TRANSLATE_NOOP("Core", "37 B is the reading without the input embedding, which is a "
                              "lookup"),
    QT_TRANSLATE_NOOP("Core", "the multi-token-prediction module is in neither figure"),
    QT_TRANSLATE_NOOP("Core", "a shipped configuration routes to two experts"),
    QT_TRANSLATE_NOOP("Core", "num_experts_per_tok of every shipped configuration is another"),
    QT_TRANSLATE_NOOP("Core", "a shipped configuration has all of it"),
    QT_TRANSLATE_NOOP("Core", "no shipped configuration has 16 routed experts, two of them "
                              "active, and alternating layers at once: the claim mixes two "
                              "models"),
    QT_TRANSLATE_NOOP("Core", "Llama-3-8B at twice the width: FLOPs of a layer %1x for the first "
                              "token, %2x at 131072 tokens"),
    QT_TRANSLATE_NOOP("Core", "the products with weights grow with d^2"),
    QT_TRANSLATE_NOOP("Core", "scores against the cache grow with d, so a long context grows "
                              "less"),
    QT_TRANSLATE_NOOP("Core", "whether depth pays more is a matter of loss, which no count "
                              "decides"),
    QT_TRANSLATE_NOOP("Core", "a quarter more layers: parameters %1x"),
    QT_TRANSLATE_NOOP("Core", "a quarter more hidden size: %1x"),
    QT_TRANSLATE_NOOP("Core", "an order of work is advice about training"),
    QT_TRANSLATE_NOOP("Core", "sizes say what a step costs, not which one to take first"),
    QT_TRANSLATE_NOOP("Core", "the program has no evaluator for a claim of this id"),
    QT_TRANSLATE_NOOP("Core", "the program's evaluator of this id judges another sentence"),
};

const std::array claimItems{
    QT_TRANSLATE_NOOP("Core", "%1 % at %2"),
    QT_TRANSLATE_NOOP("Core", "%1 % below"),
    QT_TRANSLATE_NOOP("Core", "%1 % above"),
    QT_TRANSLATE_NOOP("Core", "%1 %2 of %3 B (%4)"),
    QT_TRANSLATE_NOOP("Core", "%1: use_sliding_window %2"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 layers slide"),
    QT_TRANSLATE_NOOP("Core", "%1: no experts"),
    QT_TRANSLATE_NOOP("Core", "%1: %2 routed"),
    QT_TRANSLATE_NOOP("Core", "shared"),
    QT_TRANSLATE_NOOP("Core", "none shared"),
    QT_TRANSLATE_NOOP("Core", "in %1 of %2 layers"),
    QT_TRANSLATE_NOOP("Core", "%1: %2 of %3"),
    QT_TRANSLATE_NOOP("Core", "%1 %2 (official %3)"),
    QT_TRANSLATE_NOOP("Core", "attention %1 (down from %2 without GQA)"),
    QT_TRANSLATE_NOOP("Core", "total %1 (%2)"),
    QT_TRANSLATE_NOOP("Core", "total %1"),
    QT_TRANSLATE_NOOP("Core", "active %1"),
    QT_TRANSLATE_NOOP("Core", "attention %1"),
    QT_TRANSLATE_NOOP("Core", "counting the output matrix"),
    QT_TRANSLATE_NOOP("Core", "%1 %2x"),
};

const std::array claimQuotes{
    QT_TRANSLATE_NOOP("Core", "A single head's dimension should lie between 64 and 128."),
    QT_TRANSLATE_NOOP("Core", "KV heads are usually 1/4 to 1/8 of the query heads; memory need "
                              "falls by 30-50%."),
    QT_TRANSLATE_NOOP("Core", "Doubling the layers (32 to 64) raises parameters and compute "
                              "markedly; about 1.4T training tokens are then needed."),
    QT_TRANSLATE_NOOP("Core", "intermediate_size is usually 4x hidden_size; Llama-2 uses 11008 "
                              "for 4096, Llama/Mistral 3.5x, Qwen2.5-3B 5.375x, DeepSeek "
                              "2.6875x."),
    QT_TRANSLATE_NOOP("Core", "MLA's low-rank compression cuts the KV cache by 70%."),
    QT_TRANSLATE_NOOP("Core", "Sliding-window attention with local:global = 5:1 cuts KV memory "
                              "by 80-90% and raises long-text throughput 3-5x."),
    QT_TRANSLATE_NOOP("Core", "DeepSeek-V3: 671B parameters, 1 shared + 8 routed experts per "
                              "token, 37B active."),
    QT_TRANSLATE_NOOP("Core", "With H heads in G groups the KV cache falls to G/H of multi-head "
                              "attention (the slide prints H/G)."),
    QT_TRANSLATE_NOOP("Core", "Qwen3 MoE supports sliding-window context with a 4096-token "
                              "window."),
    QT_TRANSLATE_NOOP("Core", "In Qwen3's MoE the router selects k = 2 experts."),
    QT_TRANSLATE_NOOP("Core", "Sparse attention takes 45 s and 30 GB where dense attention takes "
                              "120 s and 80 GB, and reaches 256K instead of 32K tokens."),
    QT_TRANSLATE_NOOP("Core", "Dual chunk attention brings O(n^2) down to O(n log n)."),
    QT_TRANSLATE_NOOP("Core", "Llama 4: 16 + 1 shared experts, 2 + 1 active; dense and MoE "
                              "layers alternate."),
    QT_TRANSLATE_NOOP("Core", "GQA lowers memory use by about 30-50% and raises inference speed "
                              "by about 20-40%."),
    QT_TRANSLATE_NOOP("Core", "With a fixed budget, adding layers pays more than adding width; "
                              "attention and FFN FLOPs per layer grow with d^2."),
    QT_TRANSLATE_NOOP("Core", "Tune in this order: layers, heads, hidden size, initialisation, "
                              "regularisation."),
    QT_TRANSLATE_NOOP("Core", "Estimate, no GQA"),
    QT_TRANSLATE_NOOP("Core", "Mistral 7B, MHA estimate"),
    QT_TRANSLATE_NOOP("Core", "Mistral 7B, with GQA"),
};

} // namespace

std::span<const char* const> coreClaimClauses() {
    return claimClauses;
}

std::span<const char* const> coreClaimItems() {
    return claimItems;
}

std::span<const char* const> coreClaimQuotes() {
    return claimQuotes;
}

} // namespace headroom::ui
