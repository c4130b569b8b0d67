// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/structure_text.h"

#include "widgets/charts/spec_text.h"
#include "widgets/format/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace headroom::ui {

namespace {

QString tr(const char* text, const char* comment = nullptr) {
    return QCoreApplication::translate("Structure", text, comment);
}

QString number(double value) {
    return format::plain(value, 2);
}

QString number(std::int64_t value) {
    return format::plain(static_cast<double>(value), 0);
}

/// One line for each distinct text, with how many layers it holds for where there are several.
template <class Describe>
QString byKind(const ModelSpec& spec, Describe&& describe) {
    QVector<std::pair<QString, std::int64_t>> found;
    for (const LayerKind& kind : spec.kinds) {
        const QString text = describe(kind.spec);
        bool known = false;
        for (auto& [other, count] : found) {
            if (other == text) {
                count += kind.count;
                known = true;
            }
        }
        if (!known) {
            found.append({text, kind.count});
        }
    }
    QStringList lines;
    for (const auto& [text, count] : found) {
        lines.append(
            found.size() == 1
                ? text
                : tr(QT_TRANSLATE_NOOP("Structure", "%1 layers: %2")).arg(number(count), text));
    }
    return lines.join(u'\n');
}

QString blockLine(const BlockText& block) {
    return block.detail.isEmpty() ? block.title
                                  : QStringLiteral("%1, %2").arg(block.title, block.detail);
}

QString routingText(const LayerSpec& layer) {
    const auto* experts = std::get_if<MixtureOfExperts>(&layer.feed_forward);
    if (experts == nullptr) {
        return tr(QT_TRANSLATE_NOOP("Structure", "none"), "a dense layer routes nothing");
    }
    const Routing& routing = experts->routing;
    QStringList parts{routing.scoring == Scoring::Sigmoid
                          ? tr(QT_TRANSLATE_NOOP("Structure", "sigmoid scores"))
                          : tr(QT_TRANSLATE_NOOP("Structure", "softmax scores"))};
    if (routing.correction_bias) {
        parts.append(tr(QT_TRANSLATE_NOOP("Structure", "balancing bias")));
    }
    if (routing.n_group > 1) {
        parts.append(tr(QT_TRANSLATE_NOOP("Structure", "%1 of %2 groups"))
                         .arg(number(routing.topk_group), number(routing.n_group)));
    }
    if (routing.norm_topk_prob) {
        parts.append(tr(QT_TRANSLATE_NOOP("Structure", "normalised weights")));
    }
    if (routing.routed_scaling_factor != 1.0) {
        parts.append(QStringLiteral("× %1").arg(number(routing.routed_scaling_factor)));
    }
    return parts.join(QStringLiteral(", "));
}

QString positionText(const ModelSpec& spec, const LayerSpec& layer) {
    const RotarySpec* rotary = std::visit(
        Overloaded{
            [](const GroupedQueryAttention& a) { return a.rotary ? &*a.rotary : nullptr; },
            [](const LatentAttention& a) -> const RotarySpec* { return &a.rotary; },
        },
        layer.attention);
    if (rotary == nullptr) {
        return spec.learned_positions > 0
                   ? tr(QT_TRANSLATE_NOOP("Structure", "%1 learned positions"))
                         .arg(number(spec.learned_positions))
                   : tr(QT_TRANSLATE_NOOP("Structure", "none (NoPE)"));
    }
    QString text = QStringLiteral("RoPE θ = %1").arg(number(rotary->theta));
    if (rotary->factor != 1.0) {
        text += tr(QT_TRANSLATE_NOOP("Structure", ", stretched ×%1")).arg(number(rotary->factor));
    }
    return text;
}

QString placement(NormPlacement where) {
    switch (where) {
    case NormPlacement::Pre:
        return tr(QT_TRANSLATE_NOOP("Structure", "before each sub-layer"));
    case NormPlacement::Post:
        return tr(QT_TRANSLATE_NOOP("Structure", "after each residual sum"));
    case NormPlacement::Output:
        return tr(QT_TRANSLATE_NOOP("Structure", "on each sub-layer's output"));
    case NormPlacement::Sandwich:
        return tr(QT_TRANSLATE_NOOP("Structure", "before and after each sub-layer"));
    }
    return {};
}

} // namespace

QString structureLabel(std::string_view id) {
    if (id == "attention") {
        return tr(QT_TRANSLATE_NOOP("Structure", "Attention"));
    }
    if (id == "feed_forward") {
        return tr(QT_TRANSLATE_NOOP("Structure", "Feed-forward"));
    }
    if (id == "routing") {
        return tr(QT_TRANSLATE_NOOP("Structure", "Routing"));
    }
    if (id == "position") {
        return tr(QT_TRANSLATE_NOOP("Structure", "Position"));
    }
    if (id == "norm") {
        return tr(QT_TRANSLATE_NOOP("Structure", "Normalisation"));
    }
    if (id == "embedding") {
        return tr(QT_TRANSLATE_NOOP("Structure", "Output head"));
    }
    return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

QString structureText(const ModelSpec& spec, std::string_view id) {
    if (id == "attention") {
        return byKind(spec, [](const LayerSpec& layer) {
            return blockLine(attentionBlock(layer.attention));
        });
    }
    if (id == "feed_forward") {
        return byKind(spec, [](const LayerSpec& layer) {
            return blockLine(feedForwardBlock(layer.feed_forward));
        });
    }
    if (id == "routing") {
        return byKind(spec, routingText);
    }
    if (id == "position") {
        return byKind(spec, [&](const LayerSpec& layer) { return positionText(spec, layer); });
    }
    if (id == "norm") {
        return byKind(spec, [](const LayerSpec& layer) {
            return QStringLiteral("%1, %2").arg(normText(layer.norm),
                                                placement(layer.norm.placement));
        });
    }
    if (id == "embedding") {
        return spec.tie_word_embeddings
                   ? tr(QT_TRANSLATE_NOOP("Structure", "the embedding matrix again"))
                   : tr(QT_TRANSLATE_NOOP("Structure", "a matrix of its own"));
    }
    return {};
}

} // namespace headroom::ui
