// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/validation_words.h"

#include "core/accounting/parameters.h"
#include "core/config/expand.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/words/sentence_text.h"

#include <QStringList>

#include <array>
#include <cmath>
#include <optional>

namespace headroom::ui {

namespace {

QString tokensText(std::int64_t tokens) {
    return tokens == 1 ? ValidationWords::tr("1 token")
                       : ValidationWords::tr("%1 tokens").arg(format::whole(tokens));
}

std::optional<std::int64_t> parametersOf(const ModelConfig& config) {
    const Result<ModelSpec> spec = expand_layers(config);
    const Result<ParameterReport> count =
        spec ? count_parameters(*spec) : Result<ParameterReport>(spec.error());
    return count ? std::optional(count->total) : std::nullopt;
}

/// What stands in the cache: a prompt, or a prompt and some tokens more.
QString heldText(const ValidationRow& row) {
    const QString tokens = tokensText(row.tokens);
    return row.past > 0 ? ValidationWords::tr("%1 + %2", "512, 8 tokens")
                              .arg(format::whole(row.past), tokens)
                        : tokens;
}

QString layerText(const ValidationRow& row, const QString& held) {
    return row.layers > 1 ? ValidationWords::tr("Layer %1 and %2 alike: %3", "3: 512 tokens")
                                .arg(format::whole(row.layer), format::whole(row.layers - 1), held)
                          : ValidationWords::tr("Layer %1: %2", "2: 512 tokens")
                                .arg(format::whole(row.layer), held);
}

/// "3 s", "2 min": how long one still waits needs no decimals.
QString wholeSeconds(double seconds) {
    constexpr double minute = 60;
    return seconds > 2 * minute
               ? ValidationWords::tr("%1 min").arg(format::plain(std::ceil(seconds / minute), 0))
               : ValidationWords::tr("%1 s").arg(format::plain(std::ceil(seconds), 0));
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

QString sectionName(RowSection section) {
    switch (section) {
    case RowSection::Weights:
        return ValidationWords::tr("Weights");
    case RowSection::Cache:
        return ValidationWords::tr("KV cache, bytes");
    case RowSection::Work:
        return ValidationWords::tr("Work, FLOP");
    case RowSection::Experts:
        return ValidationWords::tr("Distinct experts of a layer");
    case RowSection::Time:
        break;
    }
    return ValidationWords::tr("Times");
}

QString quantityName(const ValidationRow& row) {
    const QString tokens = tokensText(row.tokens);
    const QString past = format::whole(row.past);
    const QString held = heldText(row);
    switch (row.kind) {
    case RowKind::Tensors:
        return ValidationWords::tr("Tensors as in the table");
    case RowKind::Parameters:
        return ValidationWords::tr("Parameters allocated");
    case RowKind::WeightBytes:
        return ValidationWords::tr("Weight bytes, fp32");
    case RowKind::KvAfterPrefill:
    case RowKind::KvAfterDecode:
        return ValidationWords::tr("KV bytes after %1", "512 tokens").arg(held);
    case RowKind::KvOfLayer:
        return layerText(row, held);
    case RowKind::FlopsPrefill:
        return ValidationWords::tr("FLOPs, prefill of %1", "512 tokens").arg(tokens);
    case RowKind::FlopsDecode:
        return ValidationWords::tr("FLOPs, decode step after %1").arg(past);
    case RowKind::CacheRead:
        return ValidationWords::tr("Cache bytes read after %1").arg(past);
    case RowKind::DistinctExperts:
        return ValidationWords::tr("Distinct experts, %1", "16 tokens").arg(tokens);
    case RowKind::PrefillTime:
        return ValidationWords::tr("Prefill, %1", "512 tokens").arg(tokens);
    case RowKind::StepTime:
        return row.tokens == 1
                   ? ValidationWords::tr("Decode step after %1").arg(past)
                   : ValidationWords::tr("Step of %1 after %2", "16 tokens, 512").arg(tokens, past);
    }
    return {};
}

QString rowName(const ValidationRow& row) {
    const QString tokens = tokensText(row.tokens);
    const QString past = format::whole(row.past);
    switch (row.kind) {
    case RowKind::KvAfterPrefill:
        return ValidationWords::tr("After %1", "512 tokens").arg(tokens);
    case RowKind::KvAfterDecode:
        return ValidationWords::tr("After %1", "512 tokens").arg(heldText(row));
    case RowKind::KvOfLayer:
        return layerText(row, row.past > 0
                                  ? QStringLiteral("%1 + %2").arg(past, format::whole(row.tokens))
                                  : format::whole(row.tokens));
    case RowKind::CacheRead:
        return ValidationWords::tr("Read by a step after %1").arg(past);
    case RowKind::FlopsPrefill:
        return ValidationWords::tr("Prefill of %1", "512 tokens").arg(tokens);
    case RowKind::FlopsDecode:
        return ValidationWords::tr("Decode step after %1").arg(past);
    case RowKind::DistinctExperts:
        return ValidationWords::tr("Reached by %1", "16 tokens").arg(tokens);
    case RowKind::PrefillTime:
        return ValidationWords::tr("Prefill of %1", "512 tokens").arg(tokens);
    case RowKind::Tensors:
    case RowKind::Parameters:
    case RowKind::WeightBytes:
    case RowKind::StepTime:
        break;
    }
    return quantityName(row);
}

QString rowValue(const ValidationRow& row, double value) {
    switch (row.unit) {
    case RowUnit::Count:
    case RowUnit::Bytes:
    case RowUnit::Flops:
        return format::whole(std::llround(value));
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
            return ValidationWords::tr("exact");
        }
        const double off = row.measured - row.predicted;
        return (off > 0 ? ValidationWords::tr("%1 too many") : ValidationWords::tr("%1 too few"))
            .arg(format::whole(std::llround(std::abs(off))));
    }
    const double error = row.error();
    if (std::abs(error) < 5e-5) {
        return format::percent(0);
    }
    return (error < 0 ? QStringLiteral("−") : QStringLiteral("+")) + format::percent(error);
}

QString rowDetails(const ValidationRow& row) {
    if (row.judgement == Judgement::Exact) {
        return ValidationWords::tr("Counted, so the two must be equal");
    }
    return ValidationWords::tr("Predicted %1 (%2 to %3); measured %4, half of %5 repeats between "
                               "%6 and %7")
        .arg(rowValue(row, row.predicted), rowValue(row, row.low), rowValue(row, row.high),
             rowValue(row, row.measured), format::whole(row.repeats), rowValue(row, row.fastest),
             rowValue(row, row.slowest));
}

QString ratioName(std::string_view id) {
    for (const RatioName& name : ratioNames) {
        if (name.id == id) {
            return ValidationWords::tr(name.text);
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
        return report.failure ? ValidationWords::tr("Nothing was measured")
                              : ValidationWords::tr("Nothing is measured yet");
    }
    const QString counts =
        exact.within == exact.rows
            ? ValidationWords::tr("All %1 counts exact").arg(format::whole(exact.rows))
            : ValidationWords::tr("%1 of %2 counts exact")
                  .arg(format::whole(exact.within), format::whole(exact.rows));
    if (timed.rows == 0) {
        return counts;
    }
    if (report.was_disturbed()) {
        return ValidationWords::tr("%1; times disturbed", "all 14 counts exact").arg(counts);
    }
    return ValidationWords::tr("%1; times off by %2 on average", "all 14 counts exact")
        .arg(counts, format::percent(timed.mean_abs_error));
}

QString validationSubject(const ValidationReport& report) {
    const QString name = QString::fromStdString(report.name);
    QString text = report.folder.empty()
                       ? ValidationWords::tr("A tiny %1 on this computer").arg(name)
                       : ValidationWords::tr("The checkpoint %1 on this computer").arg(name);
    const QString parameters = parametersText(report.tiny.config);
    if (!parameters.isEmpty()) {
        const bool least = report.folder.empty() && report.options.parameters > 0 &&
                           parametersOf(report.tiny.config).value_or(0) > report.options.parameters;
        text += QStringLiteral(" · ") +
                (least ? ValidationWords::tr("%1 parameters, the smallest of its kind")
                       : ValidationWords::tr("%1 parameters"))
                    .arg(parameters);
    }
    if (const auto timed = report.summary(Judgement::Timed); timed.rows > 0) {
        text += QStringLiteral(" · ") +
                ValidationWords::tr("%1 of %2 times within their band")
                    .arg(format::whole(timed.within), format::whole(timed.rows));
    }
    text += QStringLiteral(" · ") +
            ValidationWords::tr("%1 threads, fp32").arg(format::whole(report.options.threads));
    return text;
}

QString shrinkSummary(const ValidationReport& report) {
    QStringList parts;
    for (const ShortName& name : shortNames) {
        for (const ShrunkField& field : report.tiny.fields) {
            if (field.name == name.field) {
                QString part =
                    QStringLiteral("%1 %2 → %3")
                        .arg(ValidationWords::tr(name.text), format::plain(field.original, 0),
                             format::plain(field.tiny, 0));
                parts.append(part.replace(u' ', QChar(QChar::Nbsp)));
            }
        }
    }
    // A line ends after a point and does not begin with one.
    return parts.join(QStringLiteral("\u00a0· "));
}

QString disturbanceText(const ValidationReport& report) {
    if (report.others_took_much()) {
        return ValidationWords::tr("Other programs took %1 of the processor meanwhile, so the "
                                   "times say little. Run it again when the computer is idle.")
            .arg(format::percent(*report.others_load));
    }
    return report.threads_moved
               ? ValidationWords::tr("The threads moved to cores that lie otherwise to each other, "
                                     "so the profile of this computer no longer holds. Run it "
                                     "again.")
               : QString();
}

QString tensorIssuesText(const ValidationReport& report) {
    QStringList lines;
    for (const Error& issue : report.tensor_issues) {
        lines.append(errorText(issue));
    }
    return lines.join(u'\n');
}

QString parametersText(const ModelConfig& config) {
    const auto total = parametersOf(config);
    return total ? format::whole(*total) : QString();
}

QString parametersShort(const ModelConfig& config) {
    const auto total = parametersOf(config);
    return total ? format::headline(static_cast<double>(*total), Quantity::Count) : QString();
}

QString stageText(const ValidationProgress& progress) {
    switch (progress.stage) {
    case ValidationStage::Shrinking:
        return ValidationWords::tr("Shrinking the design");
    case ValidationStage::MeasuringComputer:
        return ValidationWords::tr("Measuring this computer, once");
    case ValidationStage::Loading:
        return ValidationWords::tr("Loading the weights");
    case ValidationStage::Counting:
        return ValidationWords::tr("Counting: prompt of %1", "512 tokens")
            .arg(tokensText(progress.tokens));
    case ValidationStage::Timing:
        return ValidationWords::tr("Timing: prompt of %1", "512 tokens")
            .arg(tokensText(progress.tokens));
    case ValidationStage::Routing:
        return ValidationWords::tr("Routing %1", "16 tokens").arg(tokensText(progress.tokens));
    }
    return {};
}

QString progressText(const ValidationProgress& progress) {
    QStringList parts;
    if (progress.total > 0) {
        parts.append(ValidationWords::tr("%1 of %2 measurements")
                         .arg(format::whole(progress.done), format::whole(progress.total)));
    }
    if (progress.seconds_left && *progress.seconds_left > 0) {
        parts.append(
            ValidationWords::tr("%1 left", "3 s").arg(wholeSeconds(*progress.seconds_left)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace headroom::ui
