// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/validation/validation_table.h"

#include "widgets/theme/theme.h"
#include "widgets/validation/validation_model.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int cellPadding = 6;

class Header : public QHeaderView {
public:
    explicit Header(QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent) {
        setSectionsClickable(false);
        setSectionResizeMode(QHeaderView::Fixed);
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override {
        const Tokens& t = tokens();
        painter->fillRect(rect, t.panel);
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
        painter->setFont(uiFont(type::body, QFont::DemiBold));
        painter->setPen(t.text);
        const auto flags = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
        painter->drawText(rect.adjusted(cellPadding, 0, -cellPadding, 0), flags.toInt(),
                          model()->headerData(section, Qt::Horizontal).toString());
    }
    [[nodiscard]] QSize sizeHint() const override { return {100, scaledPixels(28)}; }
};

class Delegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Tokens& t = tokens();
        const QRect rect = option.rect;
        painter->save();
        painter->fillRect(rect,
                          (option.state & QStyle::State_Selected) != 0 ? t.selection : t.panel);
        const bool section = index.data(ValidationModel::SectionRole).toBool();
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                          section ? t.line : t.grid);
        painter->setFont(section ? sectionFont() : uiFont());
        painter->setPen(section ? t.secondary : colour(t, index));
        const QRect inner = rect.adjusted(cellPadding, 0, -cellPadding, section ? -3 : 0);
        painter->drawText(inner,
                          section ? static_cast<int>(Qt::AlignLeft | Qt::AlignBottom)
                                  : index.data(Qt::TextAlignmentRole).toInt(),
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            inner.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&,
                                 const QModelIndex& index) const override {
        const bool section = index.data(ValidationModel::SectionRole).toBool();
        return {QFontMetrics(uiFont()).horizontalAdvance(index.data().toString()) +
                    2 * cellPadding + 1,
                scaledPixels(section ? 30 : 24)};
    }

private:
    static QColor colour(const Tokens& t, const QModelIndex& index) {
        switch (index.data(ValidationModel::VerdictRole).toInt()) {
        case ValidationModel::Good:
            return t.good;
        case ValidationModel::Bad:
            return t.bad;
        case ValidationModel::Rounded:
            return t.advice;
        default:
            return index.column() == 3 ? t.secondary : t.text;
        }
    }
};

} // namespace

ValidationTable::ValidationTable(ValidationModel* model, QWidget* parent)
    : QTableView(parent) {
    setHorizontalHeader(new Header(this));
    setModel(model);
    setItemDelegate(new Delegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    verticalHeader()->setMinimumSectionSize(scaledPixels(24));
    connect(model, &QAbstractItemModel::modelReset, this, &ValidationTable::fitColumns);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ValidationTable::fitColumns);
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void ValidationTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

/// Numbers take what they need, and the names what is left.
void ValidationTable::fitColumns() {
    const QFontMetrics bold(uiFont(type::body, QFont::DemiBold));
    int used = 0;
    for (int column = 1; column < 4; ++column) {
        const int heading =
            bold.horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString()) +
            2 * cellPadding;
        const int width = std::max({heading, sizeHintForColumn(column), scaledPixels(56)});
        setColumnWidth(column, width);
        used += width;
    }
    setColumnWidth(0, std::max(scaledPixels(80), viewport()->width() - used));
}

} // namespace headroom::ui
