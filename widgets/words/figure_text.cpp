// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/figure_text.h"

#include "widgets/format/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

struct Label {
    std::string_view id;
    const char* text;
};

const std::array labels{
    Label{"parameters_total", QT_TRANSLATE_NOOP("Figures", "Parameters")},
    Label{"parameters_active", QT_TRANSLATE_NOOP("Figures", "Active per token")},
    Label{"kv_bytes_per_token", QT_TRANSLATE_NOOP("Figures", "KV cache per token")},
    Label{"kv_bytes_at_context", QT_TRANSLATE_NOOP("Figures", "KV cache per sequence")},
    Label{"kv_bytes_read_per_decode_step", QT_TRANSLATE_NOOP("Figures", "KV cache read per step")},
    Label{"weights_bytes", QT_TRANSLATE_NOOP("Figures", "Weights")},
    Label{"total_bytes", QT_TRANSLATE_NOOP("Figures", "Memory, one replica")},
    Label{"per_gpu_bytes", QT_TRANSLATE_NOOP("Figures", "Memory per device")},
    Label{"max_batch", QT_TRANSLATE_NOOP("Figures", "Largest batch")},
    Label{"max_context", QT_TRANSLATE_NOOP("Figures", "Longest context")},
    Label{"prefill_flops", QT_TRANSLATE_NOOP("Figures", "Prefill work")},
    Label{"decode_flops", QT_TRANSLATE_NOOP("Figures", "Decode work per token")},
    Label{"training_flops_per_token", QT_TRANSLATE_NOOP("Figures", "Training work per token")},
    Label{"time_to_first_token_ms", QT_TRANSLATE_NOOP("Figures", "Time to first token")},
    Label{"time_per_output_token_ms", QT_TRANSLATE_NOOP("Figures", "Time per token")},
    Label{"tokens_per_second", QT_TRANSLATE_NOOP("Figures", "Throughput")},
    Label{"tokens_per_second_per_user", QT_TRANSLATE_NOOP("Figures", "Throughput per user")},
};

} // namespace

QString figureLabel(std::string_view id) {
    const auto it = std::find_if(labels.begin(), labels.end(),
                                 [&](const Label& label) { return label.id == id; });
    return it == labels.end() ? QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))
                              : QCoreApplication::translate("Figures", it->text);
}

Quantity figureQuantity(const Figure& figure, bool binaryBytes) {
    switch (figure.unit) {
    case FigureUnit::Count:
    case FigureUnit::Sequences:
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
