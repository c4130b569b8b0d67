// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/figure_text.h"

#include "widgets/format/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

struct Words {
    std::string_view id;
    const char* label;
    const char* title = nullptr; ///< null: the label is short enough
};

// The one table from ids to words.
const std::array figureWords{
    Words{"parameters_total", QT_TRANSLATE_NOOP("Figures", "Parameters")},
    Words{"parameters_active", QT_TRANSLATE_NOOP("Figures", "Active per token"),
          QT_TRANSLATE_NOOP("Figures", "Active")},
    Words{"kv_bytes_per_token", QT_TRANSLATE_NOOP("Figures", "KV cache per token"),
          QT_TRANSLATE_NOOP("Figures", "KV per token")},
    Words{"kv_bytes_at_context", QT_TRANSLATE_NOOP("Figures", "KV cache per sequence")},
    Words{"kv_bytes_read_per_decode_step", QT_TRANSLATE_NOOP("Figures", "KV cache read per step")},
    Words{"weights_bytes", QT_TRANSLATE_NOOP("Figures", "Weights")},
    Words{"total_bytes", QT_TRANSLATE_NOOP("Figures", "Memory, one replica")},
    Words{"per_gpu_bytes", QT_TRANSLATE_NOOP("Figures", "Memory per device"),
          QT_TRANSLATE_NOOP("Figures", "Memory per GPU")},
    Words{"fits", QT_TRANSLATE_NOOP("Figures", "Fits")},
    Words{"max_batch", QT_TRANSLATE_NOOP("Figures", "Largest batch")},
    Words{"max_context", QT_TRANSLATE_NOOP("Figures", "Longest context")},
    Words{"prefill_flops", QT_TRANSLATE_NOOP("Figures", "Prefill work")},
    Words{"decode_flops", QT_TRANSLATE_NOOP("Figures", "Decode work per token")},
    Words{"training_flops_per_token", QT_TRANSLATE_NOOP("Figures", "Training work per token")},
    Words{"time_to_first_token_ms", QT_TRANSLATE_NOOP("Figures", "Time to first token"),
          QT_TRANSLATE_NOOP("Figures", "First token")},
    Words{"time_per_output_token_ms", QT_TRANSLATE_NOOP("Figures", "Time per token"),
          QT_TRANSLATE_NOOP("Figures", "Per token")},
    Words{"tokens_per_second", QT_TRANSLATE_NOOP("Figures", "Throughput")},
    Words{"tokens_per_second_per_user", QT_TRANSLATE_NOOP("Figures", "Throughput per user")},
};

QString say(std::string_view id, bool shortly) {
    const auto it = std::find_if(figureWords.begin(), figureWords.end(),
                                 [&](const Words& words) { return words.id == id; });
    if (it == figureWords.end()) {
        return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
    }
    return QCoreApplication::translate("Figures",
                                       shortly && it->title != nullptr ? it->title : it->label);
}

} // namespace

QString figureLabel(std::string_view id) {
    return say(id, false);
}

QString figureTitle(std::string_view id) {
    return say(id, true);
}

Quantity figureQuantity(const Figure& figure, bool binaryBytes) {
    switch (figure.unit) {
    case FigureUnit::Count:
    case FigureUnit::Sequences:
    case FigureUnit::YesNo:
        return Quantity::Count;
    case FigureUnit::Bytes:
        return binaryBytes ? Quantity::BytesBinary : Quantity::BytesDecimal;
    case FigureUnit::Flops:
        return Quantity::Flops;
    case FigureUnit::Milliseconds:
        return Quantity::Seconds;
    case FigureUnit::TokensPerSecond:
        return Quantity::TokensPerSecond;
    case FigureUnit::Tokens:
        return Quantity::Tokens;
    }
    return Quantity::Plain;
}

double figureBaseValue(const Figure& figure, double value) {
    return figure.unit == FigureUnit::Milliseconds ? value * 1e-3 : value;
}

QString figureText(const Figure& figure, double value, bool binaryBytes, double relativeError) {
    const QString text =
        format::headline(figureBaseValue(figure, value), figureQuantity(figure, binaryBytes));
    return relativeError > 0.0 ? QStringLiteral("%1 %2").arg(text, format::errorBar(relativeError))
                               : text;
}

} // namespace headroom::ui
