// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/words/structure_text.h"

#include "core/config/layer_queries.h"

#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/words/spec_text.h"

#include <QStringList>

namespace headroom::ui {

namespace {

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
        lines.append(found.size() == 1
                         ? text
                         : StructureWords::tr("%1 layers: %2").arg(format::whole(count), text));
    }
    return lines.join(u'\n');
}

QString blockLine(const BlockText& block) {
    return block.detail.isEmpty() ? block.title
                                  : QStringLiteral("%1, %2").arg(block.title, block.detail);
}

/// The sub-layers of that role, one after the other.
QString blockLines(const LayerSpec& layer, SubLayerRole role) {
    QStringList lines;
    for (const SubLayer& sub : layer.sub_layers) {
        if (role_of(sub.kind) == role) {
            lines.append(blockLine(subLayerBlock(sub.kind)));
        }
    }
    return lines.isEmpty() ? StructureWords::tr("none", "a layer without such a sub-layer")
                           : lines.join(QStringLiteral("; "));
}

QString routingText(const LayerSpec& layer) {
    const MixtureOfExperts* experts = experts_of(layer);
    if (experts == nullptr) {
        return StructureWords::tr("none", "a dense layer routes nothing");
    }
    const Routing& routing = experts->routing;
    QStringList parts{routing.scoring == Scoring::Sigmoid ? StructureWords::tr("sigmoid scores")
                                                          : StructureWords::tr("softmax scores")};
    if (routing.correction_bias) {
        parts.append(StructureWords::tr("balancing bias"));
    }
    if (routing.n_group > 1) {
        parts.append(StructureWords::tr("%1 of %2 groups")
                         .arg(format::whole(routing.topk_group), format::whole(routing.n_group)));
    }
    if (routing.norm_topk_prob) {
        parts.append(StructureWords::tr("normalised weights"));
    }
    if (routing.routed_scaling_factor != 1.0) {
        parts.append(QStringLiteral("× %1").arg(format::plain(routing.routed_scaling_factor, 2)));
    }
    return parts.join(QStringLiteral(", "));
}

QString positionText(const ModelSpec& spec, const LayerSpec& layer) {
    const RotarySpec* rotary = rotary_of(layer);
    if (rotary == nullptr) {
        return spec.learned_positions > 0 ? StructureWords::tr("%1 learned positions")
                                                .arg(format::whole(spec.learned_positions))
                                          : StructureWords::tr("none (NoPE)");
    }
    QString text = QStringLiteral("RoPE θ = %1").arg(format::plain(rotary->theta, 2));
    if (rotary->factor != 1.0) {
        text += StructureWords::tr(", stretched ×%1").arg(format::plain(rotary->factor, 2));
    }
    return text;
}

QString placement(NormPlacement where) {
    switch (where) {
    case NormPlacement::Pre:
        return StructureWords::tr("before each sub-layer");
    case NormPlacement::Post:
        return StructureWords::tr("after each residual sum");
    case NormPlacement::Output:
        return StructureWords::tr("on each sub-layer's output");
    case NormPlacement::Sandwich:
        return StructureWords::tr("before and after each sub-layer");
    }
    return {};
}

} // namespace

QString structureLabel(std::string_view id) {
    if (id == "attention") {
        return StructureWords::tr("Attention");
    }
    if (id == "feed_forward") {
        return StructureWords::tr("Feed-forward");
    }
    if (id == "routing") {
        return StructureWords::tr("Routing");
    }
    if (id == "position") {
        return StructureWords::tr("Position");
    }
    if (id == "norm") {
        return StructureWords::tr("Normalisation");
    }
    if (id == "embedding") {
        return StructureWords::tr("Output head");
    }
    return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

QString structureText(const ModelSpec& spec, std::string_view id) {
    if (id == "attention") {
        return byKind(spec, [](const LayerSpec& layer) {
            return blockLines(layer, SubLayerRole::Attention);
        });
    }
    if (id == "feed_forward") {
        return byKind(spec, [](const LayerSpec& layer) {
            return blockLines(layer, SubLayerRole::FeedForward);
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
            const SubLayerNorms& norms = layer.sub_layers.front().norms;
            const std::optional<NormPlacement> where = placement_of(norms);
            return where ? QStringLiteral("%1, %2").arg(normText(norms.norm), placement(*where))
                         : StructureWords::tr("none", "a layer without norms");
        });
    }
    if (id == "embedding") {
        return spec.tie_word_embeddings ? StructureWords::tr("the embedding matrix again")
                                        : StructureWords::tr("a matrix of its own");
    }
    return {};
}

} // namespace headroom::ui
