// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/validation/validation_words.h"

#include "core/analysis/parameters.h"
#include "core/config/expand.h"
#include "widgets/format/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <cmath>

namespace headroom::ui {

namespace {

QString tr(const char* text, const char* comment = nullptr) {
    return QCoreApplication::translate("Validation", text, comment);
}

QString number(std::int64_t value) {
    return QLocale().toString(static_cast<qlonglong>(value));
}

QString tokensText(std::int64_t tokens) {
    return tokens == 1 ? tr(QT_TRANSLATE_NOOP("Validation", "1 token"))
                       : tr(QT_TRANSLATE_NOOP("Validation", "%1 tokens")).arg(number(tokens));
}

/// "9%", "0.4%".
QString percent(double share) {
    const double size = std::abs(share) * 100;
    return format::significant(size, size < 10 ? (size < 1 ? 1 : 2) : 2) + QLatin1Char('%');
}

struct RatioName {
    std::string_view id;
    const char* text;
};

const std::array ratioNames{
    RatioName{"heads", QT_TRANSLATE_NOOP("Validation", "Query heads : KV heads")},
    RatioName{"query_width", QT_TRANSLATE_NOOP("Validation", "Query width : hidden size")},
    RatioName{"q_rank", QT_TRANSLATE_NOOP("Validation", "Query rank : hidden size")},
    RatioName{"kv_rank", QT_TRANSLATE_NOOP("Validation", "KV rank : hidden size")},
    RatioName{"rope_part", QT_TRANSLATE_NOOP("Validation", "Rotary : other part of a head")},
    RatioName{"feed_forward", QT_TRANSLATE_NOOP("Validation", "Feed-forward : hidden size")},
    RatioName{"expert_width", QT_TRANSLATE_NOOP("Validation", "Expert width : hidden size")},
    RatioName{"experts", QT_TRANSLATE_NOOP("Validation", "Experts : experts per token")},
    RatioName{"shared_experts",
              QT_TRANSLATE_NOOP("Validation", "Experts per token : shared experts")},
    RatioName{"groups", QT_TRANSLATE_NOOP("Validation", "Groups : groups per token")},
    RatioName{"dense_layers", QT_TRANSLATE_NOOP("Validation", "Dense : expert layers")},
    RatioName{"window", QT_TRANSLATE_NOOP("Validation", "Window : trained context")},
    RatioName{"local_layers", QT_TRANSLATE_NOOP("Validation", "Local : global layers")},
    RatioName{"shared_caches",
              QT_TRANSLATE_NOOP("Validation", "Layers that share a cache : layers")},
    RatioName{"laurel_rank", QT_TRANSLATE_NOOP("Validation", "LAuReL rank : hidden size")},
    RatioName{"per_layer_input", QT_TRANSLATE_NOOP("Validation", "Per-layer input : hidden size")},
};

struct ShortName {
    std::string_view field;
    const char* text;
};

/// The sizes that the summary names, in its order.
const std::array shortNames{
    ShortName{"hidden_size", QT_TRANSLATE_NOOP("Validation", "hidden")},
    ShortName{"num_hidden_layers", QT_TRANSLATE_NOOP("Validation", "layers")},
    ShortName{"num_attention_heads", QT_TRANSLATE_NOOP("Validation", "heads")},
    ShortName{"num_key_value_heads", QT_TRANSLATE_NOOP("Validation", "KV heads")},
    ShortName{"kv_lora_rank", QT_TRANSLATE_NOOP("Validation", "KV rank")},
    ShortName{"num_experts", QT_TRANSLATE_NOOP("Validation", "experts")},
    ShortName{"num_experts_per_tok", QT_TRANSLATE_NOOP("Validation", "experts per token")},
    ShortName{"moe_intermediate_size", QT_TRANSLATE_NOOP("Validation", "expert width")},
    ShortName{"intermediate_size", QT_TRANSLATE_NOOP("Validation", "feed-forward")},
    ShortName{"sliding_window", QT_TRANSLATE_NOOP("Validation", "window")},
    ShortName{"vocab_size", QT_TRANSLATE_NOOP("Validation", "vocabulary")},
};

} // namespace

QString quantityName(const ValidationRow& row) {
    const QString tokens = tokensText(row.tokens);
    const QString past = number(row.past);
    switch (row.kind) {
    case RowKind::Tensors:
        return tr(QT_TRANSLATE_NOOP("Validation", "Tensors as in the table"));
    case RowKind::Parameters:
        return tr(QT_TRANSLATE_NOOP("Validation", "Parameters allocated"));
    case RowKind::WeightBytes:
        return tr(QT_TRANSLATE_NOOP("Validation", "Weight bytes, fp32"));
    case RowKind::KvAfterPrefill:
        return tr(QT_TRANSLATE_NOOP("Validation", "KV bytes after %1"), "512 tokens").arg(tokens);
    case RowKind::KvAfterDecode:
        return tr(QT_TRANSLATE_NOOP("Validation", "KV bytes after %1 more"), "8 tokens")
            .arg(tokens);
    case RowKind::KvOfLayer:
        return row.layers > 1
                   ? tr(QT_TRANSLATE_NOOP("Validation", "KV bytes, layer %1 and %2 alike"))
                         .arg(number(row.layer), number(row.layers - 1))
                   : tr(QT_TRANSLATE_NOOP("Validation", "KV bytes, layer %1"))
                         .arg(number(row.layer));
    case RowKind::FlopsPrefill:
        return tr(QT_TRANSLATE_NOOP("Validation", "FLOPs, prefill of %1"), "512 tokens")
            .arg(tokens);
    case RowKind::FlopsDecode:
        return tr(QT_TRANSLATE_NOOP("Validation", "FLOPs, decode step after %1")).arg(past);
    case RowKind::CacheRead:
        return tr(QT_TRANSLATE_NOOP("Validation", "Cache bytes read after %1")).arg(past);
    case RowKind::DistinctExperts:
        return tr(QT_TRANSLATE_NOOP("Validation", "Distinct experts, %1"), "16 tokens").arg(tokens);
    case RowKind::PrefillTime:
        return tr(QT_TRANSLATE_NOOP("Validation", "Prefill, %1"), "512 tokens").arg(tokens);
    case RowKind::StepTime:
        return row.tokens == 1
                   ? tr(QT_TRANSLATE_NOOP("Validation", "Decode step after %1")).arg(past)
                   : tr(QT_TRANSLATE_NOOP("Validation", "Step of %1 after %2"), "16 tokens, 512")
                         .arg(tokens, past);
    }
    return {};
}

QString rowValue(const ValidationRow& row, double value) {
    switch (row.unit) {
    case RowUnit::Count:
    case RowUnit::Bytes:
    case RowUnit::Flops:
        return number(std::llround(value));
    case RowUnit::Experts:
        return format::significant(value, 3);
    case RowUnit::Seconds:
        return format::headline(value, Quantity::Seconds);
    }
    return {};
}

QString rowDifference(const ValidationRow& row) {
    if (row.judgement == Judgement::Exact) {
        if (row.is_within()) {
            return tr(QT_TRANSLATE_NOOP("Validation", "exact"));
        }
        const double off = row.measured - row.predicted;
        return (off > 0 ? tr(QT_TRANSLATE_NOOP("Validation", "%1 too many"))
                        : tr(QT_TRANSLATE_NOOP("Validation", "%1 too few")))
            .arg(number(std::llround(std::abs(off))));
    }
    const double error = row.error();
    return (error < 0 ? QStringLiteral("−") : QStringLiteral("+")) + percent(error);
}

QString rowDetails(const ValidationRow& row) {
    if (row.judgement == Judgement::Exact) {
        return tr(QT_TRANSLATE_NOOP("Validation", "Counted, so the two must be equal"));
    }
    return tr(QT_TRANSLATE_NOOP("Validation",
                                "Predicted %1 (%2 to %3); measured %4, half of %5 repeats between "
                                "%6 and %7"))
        .arg(rowValue(row, row.predicted), rowValue(row, row.low), rowValue(row, row.high),
             rowValue(row, row.measured), number(row.repeats), rowValue(row, row.fastest),
             rowValue(row, row.slowest));
}

QString ratioName(std::string_view id) {
    for (const RatioName& name : ratioNames) {
        if (name.id == id) {
            return tr(name.text);
        }
    }
    return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

QString ratioValues(double first, double second) {
    return QStringLiteral("%1 : %2").arg(format::plain(first, 0), format::plain(second, 0));
}

QString validationHeadline(const ValidationReport& report) {
    const auto exact = report.summary(Judgement::Exact);
    const auto timed = report.summary(Judgement::Timed);
    if (exact.rows == 0) {
        return report.failure ? tr(QT_TRANSLATE_NOOP("Validation", "Nothing was measured"))
                              : tr(QT_TRANSLATE_NOOP("Validation", "Nothing is measured yet"));
    }
    const QString counts =
        exact.within == exact.rows
            ? tr(QT_TRANSLATE_NOOP("Validation", "All %1 counts exact")).arg(number(exact.rows))
            : tr(QT_TRANSLATE_NOOP("Validation", "%1 of %2 counts exact"))
                  .arg(number(exact.within), number(exact.rows));
    if (timed.rows == 0) {
        return counts;
    }
    return tr(QT_TRANSLATE_NOOP("Validation", "%1; times off by %2 on average"),
              "all 14 counts exact")
        .arg(counts, percent(timed.mean_abs_error));
}

QString validationSubject(const ValidationReport& report) {
    const QString name = QString::fromStdString(report.name);
    QString text =
        report.folder.empty()
            ? tr(QT_TRANSLATE_NOOP("Validation", "A tiny %1 on this computer")).arg(name)
            : tr(QT_TRANSLATE_NOOP("Validation", "The checkpoint %1 on this computer")).arg(name);
    const QString parameters = parametersText(report.tiny.config);
    if (!parameters.isEmpty()) {
        text += QStringLiteral(" · ") +
                tr(QT_TRANSLATE_NOOP("Validation", "%1 parameters")).arg(parameters);
    }
    return text + QStringLiteral(" · ") +
           tr(QT_TRANSLATE_NOOP("Validation", "%1 threads, fp32"))
               .arg(number(report.options.threads));
}

QString shrinkSummary(const ValidationReport& report) {
    QStringList parts;
    for (const ShortName& name : shortNames) {
        for (const ShrunkField& field : report.tiny.fields) {
            if (field.name == name.field) {
                parts.append(QStringLiteral("%1 %2 → %3")
                                 .arg(tr(name.text), format::plain(field.original, 0),
                                      format::plain(field.tiny, 0)));
            }
        }
    }
    return parts.join(QStringLiteral(" · "));
}

QString parametersText(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    if (!spec) {
        return {};
    }
    const Result<ParameterReport> count = count_parameters(*spec);
    return count ? number(count->total) : QString();
}

QString stageText(const ValidationProgress& progress) {
    switch (progress.stage) {
    case ValidationStage::Shrinking:
        return tr(QT_TRANSLATE_NOOP("Validation", "Shrinking the design"));
    case ValidationStage::MeasuringComputer:
        return tr(QT_TRANSLATE_NOOP("Validation", "Measuring this computer, once"));
    case ValidationStage::Loading:
        return tr(QT_TRANSLATE_NOOP("Validation", "Loading the weights"));
    case ValidationStage::Counting:
        return tr(QT_TRANSLATE_NOOP("Validation", "Counting: prompt of %1"), "512 tokens")
            .arg(tokensText(progress.tokens));
    case ValidationStage::Timing:
        return tr(QT_TRANSLATE_NOOP("Validation", "Timing: prompt of %1"), "512 tokens")
            .arg(tokensText(progress.tokens));
    case ValidationStage::Routing:
        return tr(QT_TRANSLATE_NOOP("Validation", "Routing %1"), "16 tokens")
            .arg(tokensText(progress.tokens));
    }
    return {};
}

QString progressText(const ValidationProgress& progress) {
    if (progress.total == 0) {
        return {};
    }
    QString text = tr(QT_TRANSLATE_NOOP("Validation", "%1 of %2 measurements"))
                       .arg(number(progress.done), number(progress.total));
    if (progress.seconds_left && *progress.seconds_left > 0) {
        text += QStringLiteral(" · ") +
                tr(QT_TRANSLATE_NOOP("Validation", "%1 left"), "3 s")
                    .arg(format::headline(std::max(1.0, std::ceil(*progress.seconds_left)),
                                          Quantity::Seconds));
    }
    return text;
}

} // namespace headroom::ui
