// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bars/headline_bar.h"

#include "widgets/format/format.h"
#include "widgets/theme/theme.h"
#include "widgets/words/figure_text.h"
#include "widgets/words/sentence_text.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::ui {

namespace {

constexpr int gap = 24;         ///< between two columns
constexpr int most_spread = 48; ///< pixels added between two columns

const Figure* memoryFigure() {
    return find_figure("per_gpu_bytes");
}

int senseOf(const Figure& figure, double before, double after) {
    if (figure.better == Better::Neither || before == after) {
        return 0;
    }
    return (after < before) == (figure.better == Better::Less) ? 1 : -1;
}

} // namespace

QVector<const Figure*> headlineFigures() {
    QVector<const Figure*> found;
    for (const Figure& figure : figures()) {
        if ((figure.places & InHeadline) != 0) {
            found.append(&figure);
        }
    }
    return found;
}

HeadlineBar::HeadlineBar(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        arrange();
        updateGeometry();
        update();
    });
    rebuild();
}

void HeadlineBar::setResult(Snapshot now, const ViewState& view) {
    const QVector<Row> before = m_rows;
    m_now = std::move(now);
    m_view = view;
    rebuild();
    if (before.size() != m_rows.size()) {
        updateGeometry();
        update();
        return;
    }
    // A step of a slider changes one design: the rows of the others need no repaint.
    for (int row = 0; row < rowCount(); ++row) {
        if (!(before[row] == m_rows[row])) {
            update(rowRect(row));
        }
    }
}

HeadlineBar::Cell HeadlineBar::makeCell(const Figure& figure, const Analysis& analysis,
                                        const Analysis* before) const {
    Cell cell;
    const Quantity quantity = figureQuantity(figure, m_view.binaryBytes);
    const double value = figureBaseValue(figure, figure.value(analysis));
    cell.value = format::headline(value, quantity);
    cell.tip = QStringLiteral("%1: %2").arg(figureTitle(figure.id), format::exact(value, quantity));
    if (figure.relative_error != nullptr) {
        const double error = figure.relative_error(analysis);
        if (error > 0) {
            cell.error = format::errorBar(error);
            cell.tip += QLatin1Char(' ') + cell.error;
        }
    }
    if (before != nullptr) {
        const double old = figureBaseValue(figure, figure.value(*before));
        if (old != value && std::isfinite(old)) {
            cell.change = format::percentChange(old, value);
            cell.sense = senseOf(figure, old, value);
            cell.tip += QLatin1Char('\n') +
                        tr("before: %1 (%2)").arg(format::exact(old, quantity), cell.change);
        }
    }
    if (&figure == memoryFigure()) {
        cell.fitting = analysis.memory.fits;
        cell.fits = cell.fitting ? tr("fits") : tr("does not fit");
        cell.tip +=
            QLatin1Char('\n') + tr("of %1").arg(format::headline(
                                    static_cast<double>(analysis.memory.device_bytes), quantity));
    }
    return cell;
}

void HeadlineBar::rebuild() {
    const QVector<const Figure*> figures = headlineFigures();
    if (m_columns.size() != figures.size()) {
        m_columns.resize(figures.size());
    }
    for (qsizetype i = 0; i < figures.size(); ++i) {
        m_columns[i].figure = figures[i];
        m_columns[i].title = figureTitle(figures[i]->id);
    }
    m_rows.clear();
    const std::size_t designs = m_now == nullptr ? 0 : m_now->results.size();
    for (std::size_t slot = 0; slot < designs; ++slot) {
        const DesignResult& result = m_now->results[slot];
        Row row;
        row.name = QString::fromStdString(m_now->study.designs[slot].name);
        if (result.analysis) {
            const Analysis* before = nullptr;
            if (m_view.pinned != nullptr && slot < m_view.pinned->results.size() &&
                m_view.pinned->results[slot].analysis) {
                before = &*m_view.pinned->results[slot].analysis;
            }
            for (const Column& column : std::as_const(m_columns)) {
                row.cells.append(makeCell(*column.figure, *result.analysis, before));
            }
        } else {
            row.error = result.error ? errorText(*result.error) : QString();
        }
        m_rows.append(row);
    }
    m_currentRow = std::clamp(m_currentRow, 0, std::max(0, rowCount() - 1));
    arrange();
    describe();
}

int HeadlineBar::noteWidth() const {
    const QFontMetrics small(uiFont(type::small));
    return small.horizontalAdvance(QStringLiteral("\u00b1 88%"));
}

void HeadlineBar::arrange() {
    const QFontMetrics figure(uiFont(type::figure, QFont::Bold));
    const QFontMetrics small(uiFont(type::small));
    const int change = small.horizontalAdvance(QStringLiteral("\u2212888%")) + note_gap;
    const int fits = small.horizontalAdvance(tr("does not fit")) + note_gap;
    m_nameWidth = QFontMetrics(uiFont(type::body, QFont::DemiBold)).averageCharWidth() * 20;
    const auto measure = [&](bool below) {
        int x = margin + bar_width + 34 + m_nameWidth + gap;
        for (Column& column : m_columns) {
            const bool rate = column.figure->unit == FigureUnit::TokensPerSecond;
            const int value = figure.horizontalAdvance(rate ? QStringLiteral("88,888 tok/s")
                                                            : QStringLiteral("888.8 GiB"));
            int notes = change;
            if (column.figure->relative_error != nullptr) {
                notes += noteWidth() + note_gap;
            }
            if (column.figure == memoryFigure()) {
                notes += fits;
            }
            column.width = std::max(small.horizontalAdvance(column.title) + 2,
                                    below ? std::max(value, notes) : value + notes);
            column.x = x;
            x += column.width + (below ? gap / 2 : gap);
        }
        return x;
    };
    m_notesBelow = false;
    int needed = measure(false);
    if (needed > width() && width() > 0) {
        m_notesBelow = true;
        needed = measure(true);
    }
    // What is left goes between the columns, up to where a row still reads as one line.
    const auto columns = static_cast<int>(m_columns.size());
    const int spread = std::clamp((width() - needed) / std::max(1, columns), 0, most_spread);
    for (int i = 0; i < columns; ++i) {
        m_columns[i].x += i * spread;
    }
}

int HeadlineBar::rowHeight() const {
    const int figure = QFontMetrics(uiFont(type::figure, QFont::Bold)).height();
    return m_notesBelow ? figure + QFontMetrics(uiFont(type::small)).height() + 4 : figure + 10;
}

int HeadlineBar::headerHeight() const {
    return QFontMetrics(uiFont(type::small)).height() + 8;
}

QSize HeadlineBar::sizeHint() const {
    return {800, headerHeight() + std::max(1, rowCount()) * rowHeight() + 8};
}

QSize HeadlineBar::minimumSizeHint() const {
    return {320, sizeHint().height()};
}

QRect HeadlineBar::rowRect(int row) const {
    return {0, headerHeight() + row * rowHeight(), width(), rowHeight()};
}

QRect HeadlineBar::cellRect(int row, int column) const {
    const QRect line = rowRect(row);
    return {m_columns[column].x - 6, line.y(), m_columns[column].width + 12, line.height()};
}

const HeadlineBar::Cell& HeadlineBar::cell(int row, int column) const {
    static const Cell none;
    const QVector<Cell>& cells = m_rows[row].cells;
    return column < cells.size() ? cells[column] : none; // a design with errors has no figures
}

bool HeadlineBar::cellAt(const QPoint& position, int* row, int* column) const {
    for (int r = 0; r < rowCount(); ++r) {
        if (!rowRect(r).contains(position)) {
            continue;
        }
        *row = r;
        *column = -1;
        for (int c = 0; c < m_rows[r].cells.size(); ++c) {
            if (cellRect(r, c).contains(position)) {
                *column = c;
            }
        }
        return true;
    }
    return false;
}

void HeadlineBar::describe() {
    QStringList lines;
    for (int r = 0; r < rowCount(); ++r) {
        QStringList parts;
        for (int c = 0; c < m_rows[r].cells.size(); ++c) {
            const Cell& cell = m_rows[r].cells[c];
            QStringList words{m_columns[c].title, cell.value, cell.error, cell.fits, cell.change};
            words.removeAll(QString());
            parts.append(words.join(QLatin1Char(' ')));
        }
        lines.append(QStringLiteral("%1 %2: %3")
                         .arg(designLetter(r), m_rows[r].name,
                              m_rows[r].error.isEmpty() ? parts.join(QStringLiteral(", "))
                                                        : m_rows[r].error));
    }
    setAccessibleName(tr("Headline figures"));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
}

} // namespace headroom::ui
