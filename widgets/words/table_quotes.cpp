// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the tables that ship with the program: names of examples, claims as they are
// printed, figures with a remark. They are data of presets/tables, word for word.
#include "widgets/words/sentence_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom::ui {

namespace {

const std::array quotes{
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
    QT_TRANSLATE_NOOP("Core", "1.25 * 1024^3 (down from 2 * 1024^3 without GQA)"),
    QT_TRANSLATE_NOOP("Core", "3.16 * 1024^3, counting the output matrix"),
    QT_TRANSLATE_NOOP("Core", "7.5 (in units of 1024^3) = 8.05e9? the note converts "
                              "7.5*1024^3/1e9 = 8.053"),
};

} // namespace

QString quoteText(const std::string& printed) {
    const auto* const known = std::find_if(quotes.begin(), quotes.end(), [&](const char* quote) {
        return std::string_view(quote) == printed;
    });
    return known == quotes.end() ? QString::fromStdString(printed)
                                 : QCoreApplication::translate("Core", *known);
}

} // namespace headroom::ui
