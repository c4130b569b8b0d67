// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_view.h"

#include "widgets/pages/compare_model.h"
#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <QPainter>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int padding = 8;
constexpr int wordsTop = 4;

/// Header whose names have the colours of their designs in the theme in force.
class DesignHeader : public QHeaderView {
public:
    DesignHeader(const CompareModel* model, QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent)
        , m_model(model) {
        setFixedHeight(scaledPixels(32));
        setSectionsClickable(false);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        const Tokens& t = tokens();
        painter->fillRect(rect, t.panel);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
        const bool design = section >= 1 && section <= m_model->designCount();
        painter->setFont(uiFont(type::body, design ? QFont::DemiBold : QFont::Normal));
        painter->setPen(design ? designColor(t, section - 1) : t.secondary);
        const QRect inner = rect.adjusted(padding, 0, -padding, 0);
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(
                              m_model->headerData(section, Qt::Horizontal).toString(),
                              Qt::ElideMiddle, inner.width()));
    }

private:
    const CompareModel* m_model;
};

} // namespace

void CompareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Tokens& t = tokens();
    const QRect rect = option.rect;
    painter->save();
    painter->fillRect(rect, (option.state & QStyle::State_Selected) != 0 ? t.selection : t.panel);
    const bool section = index.siblingAtColumn(0).data(CompareModel::SectionRole).toBool();
    const bool differs = index.data(CompareModel::DiffersRole).toBool();
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      section ? t.line : t.grid);
    const QRect inner = rect.adjusted(padding, 4, -padding, -4);
    if (section) {
        painter->setFont(sectionFont());
        painter->setPen(t.secondary);
        painter->drawText(inner, Qt::AlignLeft | Qt::AlignBottom, index.data().toString());
        painter->restore();
        return;
    }
    const auto* model = static_cast<const CompareModel*>(index.model());
    if (index.column() == model->barColumn()) {
        const QVariantList shares = index.data(CompareModel::NumbersRole).toList();
        const bool any = std::any_of(shares.begin(), shares.end(),
                                     [](const QVariant& share) { return share.toDouble() >= 0.0; });
        if (any && differs) {
            const double slot = std::min(11.0, inner.height() / static_cast<double>(shares.size()));
            double y = rect.center().y() - slot * static_cast<double>(shares.size()) / 2.0 + 1.0;
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            for (int i = 0; i < shares.size(); ++i) {
                const double share = shares[i].toDouble();
                if (share >= 0.0) {
                    painter->setBrush(designColor(t, i));
                    painter->drawRoundedRect(
                        QRectF(inner.left(), y, std::max(1.5, share * inner.width()), slot - 3.0),
                        1.5, 1.5);
                }
                y += slot;
            }
        }
        painter->restore();
        return;
    }
    painter->setFont(uiFont());
    const bool ratio = index.column() > model->barColumn();
    painter->setPen(differs && !ratio ? t.text : t.secondary);
    const bool words = index.data(CompareModel::WordsRole).toBool();
    const int alignment =
        static_cast<int>((index.column() == 0 || words ? Qt::AlignLeft : Qt::AlignRight) |
                         (words ? Qt::AlignTop : Qt::AlignVCenter)) |
        static_cast<int>(Qt::TextWordWrap);
    painter->drawText(words ? inner.adjusted(0, wordsTop, 0, 0) : inner, alignment,
                      index.data().toString());
    painter->restore();
}

QSize CompareDelegate::sizeHint(const QStyleOptionViewItem& option,
                                const QModelIndex& index) const {
    if (index.data(CompareModel::SectionRole).toBool()) {
        return {100, scaledPixels(34)};
    }
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    const int width = (view != nullptr ? view->columnWidth(index.column()) : 160) - 2 * padding;
    const QFontMetrics metrics(uiFont());
    const int height = metrics
                           .boundingRect(QRect(0, 0, std::max(40, width), 10000), Qt::TextWordWrap,
                                         index.data().toString())
                           .height();
    const int above = index.data(CompareModel::WordsRole).toBool() ? wordsTop : 0;
    return {width, std::max(metrics.height(), height) + 9 + above};
}

CompareView::CompareView(CompareModel* model, QWidget* parent)
    : QTableView(parent)
    , m_model(model) {
    setHorizontalHeader(new DesignHeader(model, this));
    setModel(model);
    setItemDelegate(new CompareDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(1);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    connect(model, &CompareModel::rowsRebuilt, this, [this] {
        m_arrangedWidth = 0;
        arrange();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_arrangedWidth = 0;
        arrange();
        viewport()->update();
    });
}

void CompareView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    arrange();
}

void CompareView::arrange() {
    const int width = viewport()->width();
    if (width == m_arrangedWidth || m_model->designCount() == 0) {
        return;
    }
    m_arrangedWidth = width;
    const int designs = m_model->designCount();
    const QFontMetrics metrics(uiFont());
    const int ratio = metrics.horizontalAdvance(QStringLiteral("0.0010×")) + 2 * padding + 2;
    const int ratios = std::max(0, designs - 1);
    // Of several designs the texts need the room more than the bars do.
    constexpr int wide_enough = 1100;
    const bool showsBars = designs <= 2 || width >= wide_enough;
    const int bars = showsBars ? std::clamp(width / (designs > 2 ? 10 : 6), 72, 180) : 0;
    // The names of fields are what one looks for: whole, unless they would take a third of the
    // width.
    int name = 140;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (!index.data(CompareModel::SectionRole).toBool()) {
            const int needed = metrics.horizontalAdvance(index.data().toString());
            name = std::max(name, needed + 2 * padding + 2);
        }
    }
    name = std::min(name, std::max(140, width / (designs > 2 ? 5 : 3)));
    const int each = std::max(80, (width - name - bars - ratios * ratio) / std::max(1, designs));
    setColumnWidth(0, name);
    for (int i = 1; i <= designs; ++i) {
        setColumnWidth(i, each);
    }
    setColumnHidden(m_model->barColumn(), !showsBars);
    setColumnWidth(m_model->barColumn(), bars);
    for (int i = 1; i <= ratios; ++i) {
        setColumnWidth(m_model->barColumn() + i, ratio);
    }
    clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row, 0).data(CompareModel::SectionRole).toBool()) {
            setSpan(row, 0, 1, m_model->columnCount());
        }
    }
    resizeRowsToContents();
}

} // namespace headroom::ui
