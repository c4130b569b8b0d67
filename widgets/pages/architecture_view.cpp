// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/architecture_view.h"

#include "core/config/layer_queries.h"
#include "widgets/format/format.h"
#include "widgets/theme/theme.h"
#include "widgets/words/sentence_text.h"
#include "widgets/words/spec_text.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::ui {

namespace {

constexpr int mostKinds = 4; ///< further kinds of layers are summed up in a line
constexpr double columnGap = 16.0;
constexpr double groupGap = 8.0;
constexpr double blockGap = 3.0;

/// Heights that follow the size of the type.
struct Spacing {
    double title = QFontMetricsF(uiFont(type::body, QFont::DemiBold)).height();
    double detail = QFontMetricsF(uiFont(12)).height();
    double note = detail + 2.0;
    double fullBlock = title + detail + 10.0;
};

QString placementText(const SubLayerNorms& norms) {
    const QString norm = normText(norms.norm);
    const std::optional<NormPlacement> placement = placement_of(norms);
    if (!placement) {
        return {};
    }
    switch (*placement) {
    case NormPlacement::Pre:
        return ArchitectureView::tr("%1 before each").arg(norm);
    case NormPlacement::Post:
        return ArchitectureView::tr("%1 after each sum").arg(norm);
    case NormPlacement::Output:
        return ArchitectureView::tr("%1 on each output").arg(norm);
    case NormPlacement::Sandwich:
        return ArchitectureView::tr("%1 before and after each").arg(norm);
    }
    return {};
}

ArchitectureBlock::Kind blockKind(SubLayerRole role) {
    switch (role) {
    case SubLayerRole::Attention:
        return ArchitectureBlock::Kind::Attention;
    case SubLayerRole::FeedForward:
        return ArchitectureBlock::Kind::FeedForward;
    }
    return ArchitectureBlock::Kind::FeedForward;
}

const SubLayerNorms& firstNorms(const LayerKind& kind) {
    return kind.spec.sub_layers.front().norms;
}

} // namespace

QVector<ArchitectureGroup> architectureOf(const ModelSpec& spec) {
    QVector<ArchitectureGroup> groups;
    ArchitectureGroup embedding;
    QString positions;
    if (spec.learned_positions > 0) {
        positions =
            QStringLiteral(" · ") +
            ArchitectureView::tr("%1 learned positions").arg(format::whole(spec.learned_positions));
    }
    embedding.blocks.append({ArchitectureBlock::Kind::Embedding,
                             ArchitectureView::tr("Token embedding"),
                             QStringLiteral("%1 × %2").arg(format::whole(spec.vocab_size),
                                                           format::whole(spec.hidden_size)) +
                                 positions});
    groups.append(embedding);
    std::int64_t left = 0;
    for (std::size_t i = 0; i < spec.kinds.size(); ++i) {
        const LayerKind& kind = spec.kinds[i];
        if (static_cast<int>(i) >= mostKinds) {
            left += kind.count;
            continue;
        }
        ArchitectureGroup group;
        group.count = QStringLiteral("%1 ×").arg(format::whole(kind.count));
        // Where the norms stand is said once for layers that agree in it.
        if (i == 0 || !(firstNorms(kind) == firstNorms(spec.kinds[i - 1]))) {
            group.note = placementText(firstNorms(kind));
        }
        for (const SubLayer& sub : kind.spec.sub_layers) {
            const BlockText block = subLayerBlock(sub.kind);
            group.blocks.append({blockKind(role_of(sub.kind)), block.title,
                                 block.position.isEmpty() ? block.detail
                                                          : QStringLiteral("%1 · %2").arg(
                                                                block.detail, block.position)});
        }
        groups.append(group);
    }
    if (left > 0) {
        ArchitectureGroup rest;
        rest.count = QStringLiteral("%1 ×").arg(format::whole(left));
        rest.note =
            ArchitectureView::tr("further layers of %1 kinds")
                .arg(format::whole(static_cast<std::int64_t>(spec.kinds.size()) - mostKinds));
        groups.append(rest);
    }
    ArchitectureGroup head;
    head.blocks.append(
        {ArchitectureBlock::Kind::Head,
         spec.is_encoder
             ? normText(spec.final_norm)
             : ArchitectureView::tr("%1 and output head").arg(normText(spec.final_norm)),
         spec.tie_word_embeddings ? ArchitectureView::tr("the head is the embedding matrix")
                                  : QStringLiteral("%1 × %2").arg(format::whole(spec.hidden_size),
                                                                  format::whole(spec.vocab_size))});
    if (spec.num_nextn_predict_layers > 0) {
        head.note = spec.num_nextn_predict_layers == 1
                        ? ArchitectureView::tr("1 extra prediction layer")
                        : ArchitectureView::tr("%1 extra prediction layers")
                              .arg(format::whole(spec.num_nextn_predict_layers));
    }
    groups.append(head);
    return groups;
}

ArchitectureView::ArchitectureView(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ArchitectureView::setResult(const StudyResult& result) {
    QVector<Column> columns;
    QStringList spoken;
    for (std::size_t i = 0; i < result.study.designs.size(); ++i) {
        Column column;
        column.name = QString::fromStdString(result.study.designs[i].name);
        if (result.results[i].spec) {
            column.groups = architectureOf(*result.results[i].spec);
        } else {
            const std::optional<Error>& error = result.results[i].error;
            column.error = error ? errorText(*error) : QString();
        }
        spoken.append(column.name);
        for (const ArchitectureGroup& group : column.groups) {
            for (const ArchitectureBlock& block : group.blocks) {
                spoken.append(
                    QStringLiteral("%1 %2 %3").arg(group.count, block.title, block.detail));
            }
        }
        columns.append(column);
    }
    if (columns == m_columns) {
        return;
    }
    const QSize wished = sizeHint();
    const QVector<Column> before = std::exchange(m_columns, columns);
    setAccessibleName(ArchitectureView::tr("Architecture of the designs"));
    setAccessibleDescription(spoken.join(QStringLiteral(". ")));
    if (sizeHint() != wished) {
        updateGeometry();
    }
    if (before.size() != columns.size()) {
        update();
        return;
    }
    // Text is dear to draw: an edit repaints the column of its design alone.
    for (int i = 0; i < columns.size(); ++i) {
        if (before[i] != columns[i]) {
            update(columnRect(i).toAlignedRect());
        }
    }
}

QRectF ArchitectureView::columnRect(int slot) const {
    const auto count = static_cast<double>(std::max<qsizetype>(1, m_columns.size()));
    // Two designs side by side stay near each other on a wide screen.
    const double width = std::min((this->width() - columnGap * (count - 1.0)) / count, 620.0);
    return {slot * (width + columnGap), 0.0, width, static_cast<double>(height())};
}

QSize ArchitectureView::sizeHint() const {
    double tallest = scaledPixels(180);
    for (const Column& column : m_columns) {
        tallest = std::max(tallest, naturalHeight(column));
    }
    return {600, static_cast<int>(std::ceil(tallest))};
}

QSize ArchitectureView::minimumSizeHint() const {
    return {320, scaledPixels(220)};
}

/// Height at which every block has its title and its detail.
double ArchitectureView::naturalHeight(const Column& column) const {
    const Spacing spacing;
    double height = QFontMetricsF(uiFont(type::figure, QFont::DemiBold)).height() + 6.0;
    for (const ArchitectureGroup& group : column.groups) {
        height += static_cast<double>(group.blocks.size()) * (spacing.fullBlock + blockGap) +
                  (group.note.isEmpty() ? 0.0 : spacing.note) + groupGap;
    }
    return height;
}

void ArchitectureView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < m_columns.size(); ++i) {
        const QRectF area = columnRect(i);
        if (area.intersects(event->rect())) {
            paintColumn(painter, area, i);
        }
    }
}

void ArchitectureView::paintColumn(QPainter& painter, const QRectF& area, int slot) const {
    const Tokens& t = tokens();
    const Column& column = m_columns[slot];
    const QColor color = designColor(t, slot);
    const QFont nameFont = uiFont(type::figure, QFont::DemiBold);
    const QFont titleFont = uiFont(type::body, QFont::DemiBold);
    const QFont detailFont = uiFont(12);
    const QFontMetricsF nameMetrics(nameFont);
    const QFontMetricsF titleMetrics(titleFont);
    const QFontMetricsF detailMetrics(detailFont);
    const auto line = [&painter](const QRectF& box, QFont font, const QColor& pen,
                                 const QString& text) {
        // A narrow column shrinks its words a little before it cuts them.
        const int least = font.pixelSize() - 2;
        while (font.pixelSize() > least &&
               QFontMetricsF(font).horizontalAdvance(text) > box.width()) {
            font.setPixelSize(font.pixelSize() - 1);
        }
        painter.setFont(font);
        painter.setPen(pen);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, box.width()));
    };
    double y = area.top();
    line(QRectF(area.left(), y, area.width(), nameMetrics.height()), nameFont, color,
         designLetter(slot) + u' ' + column.name);
    y += nameMetrics.height() + 6.0;
    if (!column.error.isEmpty()) {
        painter.setFont(detailFont);
        painter.setPen(t.bad);
        painter.drawText(QRectF(area.left(), y, area.width(), area.bottom() - y),
                         static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap,
                         column.error);
        return;
    }
    // The room is shared by the blocks: every one has a title, and a detail where it fits.
    int blocks = 0;
    int notes = 0;
    for (const ArchitectureGroup& group : column.groups) {
        blocks += static_cast<int>(group.blocks.size());
        notes += group.note.isEmpty() ? 0 : 1;
    }
    const Spacing spacing;
    const double room = area.bottom() - y - notes * spacing.note -
                        groupGap * static_cast<double>(column.groups.size() - 1) -
                        blockGap * blocks;
    const double blockHeight =
        std::clamp(room / std::max(1, blocks), titleMetrics.height() + 4.0, spacing.fullBlock);
    const bool hasDetail = blockHeight >= titleMetrics.height() + detailMetrics.height();
    const double countWidth = scaledPixels(46);
    for (const ArchitectureGroup& group : column.groups) {
        const double top = y;
        const bool repeats = !group.count.isEmpty();
        const double left = area.left() + countWidth;
        for (const ArchitectureBlock& block : group.blocks) {
            const QRectF box(left, y, area.right() - left, blockHeight);
            const bool quiet = block.kind == ArchitectureBlock::Kind::Embedding ||
                               block.kind == ArchitectureBlock::Kind::Head;
            painter.setPen(Qt::NoPen);
            painter.setBrush(
                quiet ? t.field
                      : mixColors(t.panel, color,
                                  block.kind == ArchitectureBlock::Kind::Attention ? 0.20 : 0.10));
            painter.drawRoundedRect(box, 5.0, 5.0);
            const QRectF inner = box.adjusted(10.0, 0.0, -8.0, 0.0);
            if (hasDetail) {
                const double textTop =
                    box.center().y() - (titleMetrics.height() + detailMetrics.height()) / 2.0;
                line(QRectF(inner.left(), textTop, inner.width(), titleMetrics.height()), titleFont,
                     t.text, block.title);
                line(QRectF(inner.left(), textTop + titleMetrics.height(), inner.width(),
                            detailMetrics.height()),
                     detailFont, t.secondary, block.detail);
            } else {
                line(inner, detailFont, t.text,
                     QStringLiteral("%1 · %2").arg(block.title, block.detail));
            }
            y += blockHeight + blockGap;
        }
        if (!group.note.isEmpty()) {
            line(QRectF(left + 10.0, y - blockGap, area.right() - left, spacing.note), detailFont,
                 t.secondary, group.note);
            y += spacing.note;
        }
        if (repeats) {
            // A bracket around what repeats, with the count in the design's colour.
            const double x = left - 7.0;
            const double bottom = y - blockGap;
            painter.setPen(QPen(color, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(QPolygonF{{QPointF(x + 4.0, top), QPointF(x, top),
                                            QPointF(x, bottom), QPointF(x + 4.0, bottom)}});
            painter.setFont(titleFont);
            painter.setPen(color);
            painter.drawText(QRectF(area.left(), top, countWidth - 12.0, bottom - top),
                             Qt::AlignRight | Qt::AlignVCenter, group.count);
        }
        y += groupGap;
    }
}

void ArchitectureView::mousePressEvent(QMouseEvent* event) {
    const int slot = static_cast<int>(event->position().x() / (columnRect(0).width() + columnGap));
    if (slot >= 0 && slot < m_columns.size()) {
        emit designSelected(slot);
    }
}

} // namespace headroom::ui
