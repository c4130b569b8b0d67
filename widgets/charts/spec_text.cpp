// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/spec_text.h"

#include "widgets/format/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace headroom::ui {

namespace {

QString tr(const char* text, const char* comment = nullptr) {
    return QCoreApplication::translate("Specification", text, comment);
}

QString number(std::int64_t value) {
    return format::plain(static_cast<double>(value), 0);
}

const AttentionSpan& spanOf(const AttentionSpec& attention) {
    return std::visit([](const auto& a) -> const AttentionSpan& { return a.span; }, attention);
}

QString spanText(const AttentionSpan& span) {
    switch (span.kind) {
    case SpanKind::Full:
        return {};
    case SpanKind::Sliding:
        return tr(QT_TRANSLATE_NOOP("Specification", "sliding window %1")).arg(number(span.size));
    case SpanKind::Chunked:
        return tr(QT_TRANSLATE_NOOP("Specification", "chunks of %1")).arg(number(span.size));
    }
    return {};
}

QString activationText(Activation activation, bool gated) {
    switch (activation) {
    case Activation::Silu:
        return gated ? QStringLiteral("SwiGLU") : QStringLiteral("SiLU");
    case Activation::Gelu:
    case Activation::GeluTanh:
        return gated ? QStringLiteral("GeGLU") : QStringLiteral("GELU");
    case Activation::Relu:
        return gated ? QStringLiteral("ReGLU") : QStringLiteral("ReLU");
    }
    return {};
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
        return tr(QT_TRANSLATE_NOOP("Specification", "%1, linear ×%2"))
            .arg(theta, format::plain(rotary->factor, 2));
    case RopeType::Dynamic:
        return tr(QT_TRANSLATE_NOOP("Specification", "%1, dynamic ×%2"))
            .arg(theta, format::plain(rotary->factor, 2));
    case RopeType::LongRope:
        return tr(QT_TRANSLATE_NOOP("Specification", "%1, LongRoPE")).arg(theta);
    case RopeType::Yarn:
        return tr(QT_TRANSLATE_NOOP("Specification", "%1, YaRN ×%2"))
            .arg(theta, format::plain(rotary->factor, 2));
    case RopeType::Llama3:
        return tr(QT_TRANSLATE_NOOP("Specification", "%1, Llama 3 scaling ×%2"))
            .arg(theta, format::plain(rotary->factor, 2));
    }
    return theta;
}

} // namespace

QString attentionKindText(const AttentionSpec& attention) {
    return std::visit(Overloaded{
                          [](const GroupedQueryAttention& a) {
                              if (a.num_key_value_heads == a.num_attention_heads) {
                                  return tr(QT_TRANSLATE_NOOP("Specification", "multi-head"));
                              }
                              if (a.num_key_value_heads == 1) {
                                  return tr(QT_TRANSLATE_NOOP("Specification", "multi-query"));
                              }
                              return tr(QT_TRANSLATE_NOOP("Specification", "grouped-query"));
                          },
                          [](const LatentAttention&) {
                              return tr(QT_TRANSLATE_NOOP("Specification", "multi-head latent"));
                          },
                      },
                      attention);
}

QString attentionKindText(const ModelSpec& spec) {
    if (spec.kinds.empty()) {
        return {};
    }
    QString text = attentionKindText(spec.kinds.front().spec.attention);
    for (const LayerKind& kind : spec.kinds) {
        const QString span = spanText(spanOf(kind.spec.attention));
        if (!span.isEmpty()) {
            return QStringLiteral("%1, %2").arg(text, span);
        }
    }
    return text;
}

QString cacheKindText(const ModelSpec& spec) {
    QString text;
    for (const LayerKind& kind : spec.kinds) {
        const QString own =
            std::visit(Overloaded{
                           [](const GroupedQueryAttention& a) {
                               return a.num_key_value_heads == 1
                                          ? tr(QT_TRANSLATE_NOOP("Specification", "1 KV head"))
                                          : tr(QT_TRANSLATE_NOOP("Specification", "%1 KV heads"))
                                                .arg(number(a.num_key_value_heads));
                           },
                           [](const LatentAttention&) { return QStringLiteral("MLA"); },
                       },
                       kind.spec.attention);
        const bool everywhere = spanOf(kind.spec.attention).kind == SpanKind::Full;
        if (!everywhere || (!text.isEmpty() && own != text)) {
            return {};
        }
        text = own;
    }
    return text;
}

BlockText attentionBlock(const AttentionSpec& attention) {
    return std::visit(
        Overloaded{
            [&](const GroupedQueryAttention& a) {
                QStringList parts{
                    a.num_key_value_heads == a.num_attention_heads
                        ? tr(QT_TRANSLATE_NOOP("Specification", "%1 heads × %2"))
                              .arg(number(a.num_attention_heads), number(a.head_dim))
                        : tr(QT_TRANSLATE_NOOP("Specification", "%1 heads : %2 KV × %3"),
                             "query heads : key/value heads × dimensions of a head")
                              .arg(number(a.num_attention_heads), number(a.num_key_value_heads),
                                   number(a.head_dim))};
                if (a.span.kind != SpanKind::Full) {
                    parts.prepend(spanText(a.span));
                }
                if (a.qk_norm != QkNorm::None) {
                    parts.append(tr(QT_TRANSLATE_NOOP("Specification", "QK norm")));
                }
                if (a.shares_kv) {
                    parts.append(tr(QT_TRANSLATE_NOOP("Specification", "shared cache")));
                }
                if (a.sinks) {
                    parts.append(
                        tr(QT_TRANSLATE_NOOP("Specification", "sinks"), "learned attention sinks"));
                }
                const QString kind = attentionKindText(attention);
                return BlockText{tr(QT_TRANSLATE_NOOP("Specification", "%1 attention"),
                                    "%1 is a kind of attention such as grouped-query")
                                     .arg(kind.left(1).toUpper() + kind.mid(1)),
                                 parts.join(QStringLiteral(" · ")), rotaryText(a.rotary)};
            },
            [&](const LatentAttention& a) {
                QStringList parts{tr(QT_TRANSLATE_NOOP("Specification", "%1 heads"))
                                      .arg(number(a.num_attention_heads)),
                                  tr(QT_TRANSLATE_NOOP("Specification", "latent %1 + %2"),
                                     "width of the cached latent + of the cached rotary key")
                                      .arg(number(a.kv_lora_rank), number(a.qk_rope_head_dim))};
                if (a.q_lora_rank) {
                    parts.append(tr(QT_TRANSLATE_NOOP("Specification", "query rank %1"))
                                     .arg(number(*a.q_lora_rank)));
                }
                const QString kind = attentionKindText(attention);
                return BlockText{tr(QT_TRANSLATE_NOOP("Specification", "%1 attention"),
                                    "%1 is a kind of attention such as grouped-query")
                                     .arg(kind.left(1).toUpper() + kind.mid(1)),
                                 parts.join(QStringLiteral(" · ")), rotaryText(a.rotary)};
            },
        },
        attention);
}

BlockText feedForwardBlock(const FeedForwardSpec& feedForward) {
    return std::visit(
        Overloaded{
            [](const DenseFeedForward& f) {
                return BlockText{
                    tr(QT_TRANSLATE_NOOP("Specification", "Dense feed-forward")),
                    QStringLiteral("%1 · %2").arg(activationText(f.activation, f.gated),
                                                  number(f.intermediate_size)),
                    {}};
            },
            [](const MixtureOfExperts& f) {
                QStringList parts{
                    tr(QT_TRANSLATE_NOOP("Specification", "top %1 × %2"),
                       "experts of a token × width of an expert")
                        .arg(number(f.num_experts_per_tok), number(f.moe_intermediate_size))};
                if (f.shared_intermediate_size > 0) {
                    parts.append(tr(QT_TRANSLATE_NOOP("Specification", "shared %1"),
                                    "width of the experts that every token uses")
                                     .arg(number(f.shared_intermediate_size)));
                }
                parts.append(f.routing.scoring == Scoring::Sigmoid
                                 ? tr(QT_TRANSLATE_NOOP("Specification", "sigmoid router"))
                                 : tr(QT_TRANSLATE_NOOP("Specification", "softmax router")));
                return BlockText{
                    tr(QT_TRANSLATE_NOOP("Specification", "%1 experts")).arg(number(f.num_experts)),
                    parts.join(QStringLiteral(" · ")),
                    {}};
            },
        },
        feedForward);
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
