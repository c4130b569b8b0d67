// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/spec_text.h"

#include "core/accounting/kept.h"
#include "core/base/overloaded.h"
#include "core/config/layer_queries.h"

#include "widgets/format/contexts.h"
#include "widgets/format/format.h"

#include <QStringList>

namespace headroom::ui {

namespace {

QString nameText(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString rotaryText(const std::optional<RotarySpec>& rotary) {
    if (!rotary) {
        return {};
    }
    const QString theta = QStringLiteral("RoPE θ %1").arg(format::plain(rotary->theta, 0));
    switch (rotary->type) {
    case RopeType::Default:
        return theta;
    case RopeType::Linear:
        return SpecificationWords::tr("%1, linear ×%2")
            .arg(theta, format::plain(rotary->factor, 2));
    case RopeType::Dynamic:
        return SpecificationWords::tr("%1, dynamic ×%2")
            .arg(theta, format::plain(rotary->factor, 2));
    case RopeType::LongRope:
        return SpecificationWords::tr("%1, LongRoPE").arg(theta);
    case RopeType::Yarn:
        return SpecificationWords::tr("%1, YaRN ×%2").arg(theta, format::plain(rotary->factor, 2));
    case RopeType::Llama3:
        return SpecificationWords::tr("%1, Llama 3 scaling ×%2")
            .arg(theta, format::plain(rotary->factor, 2));
    }
    return theta;
}

} // namespace

QString spanText(const AttentionSpan& span) {
    switch (span.kind) {
    case SpanKind::Full:
        return {};
    case SpanKind::Sliding:
        return SpecificationWords::tr("sliding window %1").arg(format::whole(span.size));
    case SpanKind::Chunked:
        return SpecificationWords::tr("chunks of %1").arg(format::whole(span.size));
    }
    return {};
}

QString subLayerKindText(const SubLayerKind& kind) {
    return std::visit(
        Overloaded{
            [](const GroupedQueryAttention& a) {
                if (a.num_key_value_heads == a.num_attention_heads) {
                    return SpecificationWords::tr("multi-head");
                }
                if (a.num_key_value_heads == 1) {
                    return SpecificationWords::tr("multi-query");
                }
                return SpecificationWords::tr("grouped-query");
            },
            [](const LatentAttention&) { return SpecificationWords::tr("multi-head latent"); },
            [](const DenseFeedForward&) { return SpecificationWords::tr("dense"); },
            [](const MixtureOfExperts&) { return SpecificationWords::tr("experts"); },
        },
        kind);
}

QString attentionKindText(const ModelSpec& spec) {
    if (spec.kinds.empty()) {
        return {};
    }
    const SubLayer* attention = sub_layer_of(spec.kinds.front().spec, SubLayerRole::Attention);
    QString text = attention == nullptr ? QString{} : subLayerKindText(attention->kind);
    for (const LayerKind& kind : spec.kinds) {
        if (has_limited_span(kind.spec)) {
            return QStringLiteral("%1, %2").arg(text, spanText(*span_of(kind.spec)));
        }
    }
    return text;
}

QString keptText(const KeptEntry& entry) {
    switch (entry.content) {
    case KeptContent::KeysAndValues:
        return entry.heads == 1
                   ? SpecificationWords::tr("1 KV head")
                   : SpecificationWords::tr("%1 KV heads").arg(format::whole(entry.heads));
    case KeptContent::Latent:
        return QStringLiteral("MLA");
    }
    return {};
}

QString cacheKindText(const ModelSpec& spec) {
    QString text;
    for (const LayerPart& part : spec.parts) {
        for (const KeptEntry& entry : kept_by(spec.sub_layer_of(part).kind)) {
            const QString own = keptText(entry);
            if (entry.bound != KeptBound::Grows || (!text.isEmpty() && own != text)) {
                return {};
            }
            text = own;
        }
    }
    return text;
}

BlockText subLayerBlock(const SubLayerKind& kind) {
    return std::visit(
        Overloaded{
            [](const GroupedQueryAttention& a) {
                QStringList parts{
                    a.num_key_value_heads == a.num_attention_heads
                        ? SpecificationWords::tr("%1 heads × %2")
                              .arg(format::whole(a.num_attention_heads), format::whole(a.head_dim))
                        : SpecificationWords::tr(
                              "%1 heads : %2 KV × %3",
                              "query heads : key/value heads × dimensions of a head")
                              .arg(format::whole(a.num_attention_heads),
                                   format::whole(a.num_key_value_heads),
                                   format::whole(a.head_dim))};
                if (a.span.kind != SpanKind::Full) {
                    parts.prepend(spanText(a.span));
                }
                if (a.qk_norm != QkNorm::None) {
                    parts.append(SpecificationWords::tr("QK norm"));
                }
                if (a.shares_kv) {
                    parts.append(SpecificationWords::tr("shared cache"));
                }
                if (a.sinks) {
                    parts.append(SpecificationWords::tr("sinks", "learned attention sinks"));
                }
                const QString name = subLayerKindText(a);
                return BlockText{
                    SpecificationWords::tr("%1 attention",
                                           "%1 is a kind of attention such as grouped-query")
                        .arg(name.left(1).toUpper() + name.mid(1)),
                    parts.join(QStringLiteral(" · ")), rotaryText(a.rotary)};
            },
            [](const LatentAttention& a) {
                QStringList parts{
                    SpecificationWords::tr("%1 heads").arg(format::whole(a.num_attention_heads)),
                    SpecificationWords::tr("latent %1 + %2",
                                           "width of the cached latent + of the cached rotary key")
                        .arg(format::whole(a.kv_lora_rank), format::whole(a.qk_rope_head_dim))};
                if (a.q_lora_rank) {
                    parts.append(
                        SpecificationWords::tr("query rank %1").arg(format::whole(*a.q_lora_rank)));
                }
                const QString name = subLayerKindText(a);
                return BlockText{
                    SpecificationWords::tr("%1 attention",
                                           "%1 is a kind of attention such as grouped-query")
                        .arg(name.left(1).toUpper() + name.mid(1)),
                    parts.join(QStringLiteral(" · ")), rotaryText(a.rotary)};
            },
            [](const DenseFeedForward& f) {
                return BlockText{SpecificationWords::tr("Dense feed-forward"),
                                 QStringLiteral("%1 · %2").arg(
                                     nameText(activation_name(f.activation, f.gated, f.squared)),
                                     format::whole(f.intermediate_size)),
                                 {}};
            },
            [](const MixtureOfExperts& f) {
                QStringList parts{
                    SpecificationWords::tr("top %1 × %2", "experts of a token × width of an expert")
                        .arg(format::whole(f.num_experts_per_tok),
                             format::whole(f.moe_intermediate_size))};
                if (f.shared_intermediate_size > 0) {
                    parts.append(SpecificationWords::tr(
                                     "shared %1", "width of the experts that every token uses")
                                     .arg(format::whole(f.shared_intermediate_size)));
                }
                parts.append(f.routing.scoring == Scoring::Sigmoid
                                 ? SpecificationWords::tr("sigmoid router")
                                 : SpecificationWords::tr("softmax router"));
                return BlockText{
                    SpecificationWords::tr("%1 experts").arg(format::whole(f.num_experts)),
                    parts.join(QStringLiteral(" · ")),
                    {}};
            },
        },
        kind);
}

QString normText(const NormSpec& norm) {
    switch (norm.kind) {
    case NormKind::Rms:
    case NormKind::RmsPlusOne:
        return QStringLiteral("RMSNorm");
    case NormKind::Layer:
        return QStringLiteral("LayerNorm");
    }
    return {};
}

} // namespace headroom::ui
