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
constexpr int wrapPadding = 4; ///< above and below words of several lines

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
        const QRect inner = rect.adjusted(cellPadding, 0, -cellPadding, 0);
        painter->drawText(inner, flags.toInt(),
                          painter->fontMetrics().elidedText(
                              model()->headerData(section, Qt::Horizontal).toString(),
                              Qt::ElideRight, inner.width()));
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
        const QString text = index.data().toString();
        if (index.data(ValidationModel::WrapRole).toBool()) {
            painter->drawText(rect.adjusted(cellPadding, wrapPadding, -cellPadding, 0),
                              index.data(Qt::TextAlignmentRole).toInt() | Qt::TextWordWrap, text);
        } else {
            const QRect inner = rect.adjusted(cellPadding, 0, -cellPadding, section ? -3 : 0);
            painter->drawText(
                inner,
                section ? static_cast<int>(Qt::AlignLeft | Qt::AlignBottom)
                        : index.data(Qt::TextAlignmentRole).toInt(),
                painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
        }
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        const bool section = index.data(ValidationModel::SectionRole).toBool();
        if (index.data(ValidationModel::WrapRole).toBool()) {
            const auto* table = qobject_cast<const QTableView*>(option.widget);
            int width = 0;
            const int span = table == nullptr ? 0 : table->columnSpan(index.row(), index.column());
            for (int column = index.column(); column < index.column() + span; ++column) {
                width += table->columnWidth(column);
            }
            const QRect text = QFontMetrics(uiFont()).boundingRect(
                QRect(0, 0, std::max(1, width - 2 * cellPadding), 1 << 16),
                Qt::AlignLeft | Qt::TextWordWrap, index.data().toString());
            return {0, std::max(scaledPixels(24), text.height() + 2 * wrapPadding)};
        }
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
        case ValidationModel::Pending:
            return t.secondary;
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
    connect(model, &QAbstractItemModel::headerDataChanged, this, &ValidationTable::fitColumns);
    // A measurement may be longer than the dots that kept its place.
    connect(model, &QAbstractItemModel::dataChanged, this, &ValidationTable::fitColumns);
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void ValidationTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

void ValidationTable::setPlaceholder(const QString& text) {
    if (m_placeholder != text) {
        m_placeholder = text;
        viewport()->update();
    }
}

void ValidationTable::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (model()->rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(uiFont());
        painter.setPen(tokens().secondary);
        painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24),
                         static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, m_placeholder);
    }
}

/// Numbers take what they need, and the names what is left.
void ValidationTable::fitColumns() {
    const QFontMetrics bold(uiFont(type::body, QFont::DemiBold));
    const int available = viewport()->width();
    horizontalHeader()->setVisible(model()->rowCount() > 0);
    clearSpans();
    const bool words = spanWords();
    int used = 0;
    for (int column = 1; column < 4; ++column) {
        const int heading =
            bold.horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString()) +
            2 * cellPadding;
        // A name at the head of a column is cut before it takes the room of its neighbours.
        int width =
            std::max({std::min(heading, available / 4), widthOfFigures(column), scaledPixels(56)});
        if (words && column == 1) {
            width = std::max(width, available * 3 / 10);
        }
        setColumnWidth(column, width);
        used += width;
    }
    setColumnWidth(0, std::max(scaledPixels(80), available - used));
    if (words) {
        resizeRowsToContents();
    }
}

/// Words of the last design take the room of the verdict too, which they do not have.
bool ValidationTable::spanWords() {
    bool any = false;
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (model()->index(row, 1).data(ValidationModel::WrapRole).toBool()) {
            setSpan(row, 2, 1, 2);
            any = true;
        }
    }
    return any;
}

/// Of all rows, not of those in sight: columns stay where they are while one scrolls.
int ValidationTable::widthOfFigures(int column) const {
    const QFontMetrics metrics(uiFont());
    int width = 0;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex at = model()->index(row, column);
        if (!at.data(ValidationModel::WrapRole).toBool()) {
            width = std::max(width, metrics.horizontalAdvance(at.data().toString()));
        }
    }
    return width + 2 * cellPadding + 1;
}

} // namespace headroom::ui
