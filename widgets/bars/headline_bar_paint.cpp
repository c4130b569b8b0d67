// SPDX-License-Identifier: GPL-3.0-or-later
// Painting and input of the headline bar; what it shows is made in headline_bar.cpp.
#include "widgets/bars/headline_bar.h"

#include "widgets/theme/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace headroom::ui {

void HeadlineBar::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const Tokens& colours = tokens();
    painter.fillRect(rect(), colours.panel);
    painter.setPen(colours.line);
    painter.drawLine(rect().topLeft(), rect().topRight());
    painter.setFont(uiFont(type::small));
    painter.setPen(colours.secondary);
    for (const Column& column : m_columns) {
        const QRect title(column.x, 4, column.width, headerHeight() - 4);
        if (title.intersects(event->rect())) {
            painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter, column.title);
        }
    }
    for (int row = 0; row < rowCount(); ++row) {
        if (rowRect(row).intersects(event->rect())) {
            paintRow(painter, row);
        }
    }
}

void HeadlineBar::paintRow(QPainter& painter, int row) const {
    const Tokens& colours = tokens();
    const QRect line = rowRect(row);
    const QColor colour = designColor(colours, row);
    painter.fillRect(QRect(margin, line.y() + 3, bar_width, line.height() - 6), colour);
    const QFont name = uiFont(type::body, QFont::DemiBold);
    painter.setFont(name);
    painter.setPen(colour);
    const int letter = margin + bar_width + 10;
    // On the line of the values, above their notes where those stand below.
    const int height =
        m_notesBelow ? QFontMetrics(uiFont(type::figure, QFont::Bold)).height() + 2 : line.height();
    painter.drawText(QRect(letter, line.y(), 20, height), Qt::AlignVCenter, designLetter(row));
    painter.setPen(colours.text);
    const QRect nameRect(letter + 24, line.y(), m_nameWidth, height);
    painter.drawText(nameRect, Qt::AlignVCenter,
                     QFontMetrics(name).elidedText(m_rows[row].name, Qt::ElideRight, m_nameWidth));
    if (!m_rows[row].error.isEmpty()) {
        const QFont font = uiFont(type::body);
        painter.setFont(font);
        painter.setPen(colours.bad);
        const int x = nameRect.right() + 24;
        const QRect rest(x, line.y(), width() - x - margin, line.height());
        painter.drawText(
            rest, Qt::AlignVCenter,
            QFontMetrics(font).elidedText(m_rows[row].error, Qt::ElideRight, rest.width()));
        return;
    }
    for (int column = 0; column < m_rows[row].cells.size(); ++column) {
        paintCell(painter, row, column);
    }
}

void HeadlineBar::paintCell(QPainter& painter, int row, int column) const {
    const Tokens& colours = tokens();
    const Cell& cell = m_rows[row].cells[column];
    const QRect box = cellRect(row, column);
    const bool focused = hasFocus() && row == m_currentRow && column == m_currentColumn;
    if (focused || (row == m_hoverRow && column == m_hoverColumn)) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(focused ? QPen(colours.accent) : QPen(Qt::NoPen));
        painter.setBrush(colours.hover);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const QFont figure = uiFont(type::figure, QFont::Bold);
    const QFont small = uiFont(type::small);
    const QFontMetrics figureMetrics(figure);
    const int x = m_columns[column].x;
    const int smallHeight = QFontMetrics(small).height();
    const int baseline = m_notesBelow ? box.y() + 1 + figureMetrics.ascent()
                                      : box.y() + (box.height() - figureMetrics.height()) / 2 +
                                            figureMetrics.ascent();
    painter.setFont(figure);
    painter.setPen(colours.text);
    painter.drawText(x, baseline, cell.value);
    painter.setFont(small);
    int noteX = m_notesBelow ? x : x + figureMetrics.horizontalAdvance(cell.value) + note_gap;
    const int noteY = m_notesBelow ? baseline + smallHeight : baseline;
    const auto note = [&](const QString& text, const QColor& colour) {
        if (text.isEmpty()) {
            return;
        }
        painter.setPen(colour);
        painter.drawText(noteX, noteY, text);
        noteX += QFontMetrics(small).horizontalAdvance(text) + note_gap;
    };
    note(cell.error, colours.secondary);
    note(cell.fits, cell.fitting ? colours.good : colours.bad);
    note(cell.change, cell.sense > 0   ? colours.good
                      : cell.sense < 0 ? colours.bad
                                       : colours.secondary);
}

void HeadlineBar::resizeEvent(QResizeEvent* event) {
    const bool below = m_notesBelow;
    arrange();
    if (below != m_notesBelow) {
        updateGeometry();
    }
    QWidget::resizeEvent(event);
}

void HeadlineBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) {
        rebuild();
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

void HeadlineBar::mousePressEvent(QMouseEvent* event) {
    int row = 0;
    int column = -1;
    if (event->button() != Qt::LeftButton || !cellAt(event->pos(), &row, &column)) {
        QWidget::mousePressEvent(event);
        return;
    }
    if (column < 0) {
        emit designSelected(row);
        return;
    }
    m_currentRow = row;
    m_currentColumn = column;
    update();
    emit explainRequested(
        row, QString::fromUtf8(m_columns[column].figure->id.data(),
                               static_cast<qsizetype>(m_columns[column].figure->id.size())));
}

void HeadlineBar::mouseMoveEvent(QMouseEvent* event) {
    int row = -1;
    int column = -1;
    if (!cellAt(event->pos(), &row, &column)) {
        row = -1;
    }
    if (row != m_hoverRow || column != m_hoverColumn) {
        m_hoverRow = row;
        m_hoverColumn = column;
        update();
    }
}

void HeadlineBar::leaveEvent(QEvent*) {
    m_hoverRow = -1;
    m_hoverColumn = -1;
    update();
}

void HeadlineBar::keyPressEvent(QKeyEvent* event) {
    const int lastRow = rowCount() - 1;
    const int lastColumn = columnCount() - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        m_currentColumn = std::max(0, m_currentColumn - 1);
        break;
    case Qt::Key_Right:
        m_currentColumn = std::min(lastColumn, m_currentColumn + 1);
        break;
    case Qt::Key_Up:
        m_currentRow = std::max(0, m_currentRow - 1);
        break;
    case Qt::Key_Down:
        m_currentRow = std::min(lastRow, m_currentRow + 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_currentRow <= lastRow && m_currentColumn <= lastColumn) {
            emit explainRequested(
                m_currentRow, QString::fromUtf8(m_columns[m_currentColumn].figure->id.data(),
                                                static_cast<qsizetype>(
                                                    m_columns[m_currentColumn].figure->id.size())));
        }
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    update();
}

bool HeadlineBar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) {
        return QWidget::event(event);
    }
    const auto* help = static_cast<QHelpEvent*>(event);
    int row = 0;
    int column = -1;
    if (!cellAt(help->pos(), &row, &column)) {
        QToolTip::hideText();
        return true;
    }
    const Row& line = m_rows[row];
    QToolTip::showText(help->globalPos(), !line.error.isEmpty() ? line.error
                                          : column >= 0         ? line.cells[column].tip
                                                                : line.name);
    return true;
}

} // namespace headroom::ui
