// SPDX-License-Identifier: GPL-3.0-or-later
// HeadlineBar: the figures that matter of every design, one line each, with their changes.
#pragma once

#include "core/study/figures.h"
#include "widgets/format/view_state.h"

#include <QString>
#include <QVector>
#include <QWidget>

namespace headroom::ui {

/// The figures of the bar, in the order of its columns.
[[nodiscard]] QVector<const Figure*> headlineFigures();

class HeadlineBar : public QWidget {
    Q_OBJECT

public:
    /// What one cell shows; empty texts are left out.
    struct Cell {
        QString value;  ///< "188 KiB"
        QString error;  ///< "± 6%"
        QString change; ///< "−75%" against the reference
        int sense = 0;  ///< of the change: 1 better, -1 worse, 0 neither
        QString fits;   ///< "fits" or "does not fit", in the memory column
        bool fitting = true;
        QString tip; ///< every digit
        friend bool operator==(const Cell&, const Cell&) = default;
    };

    explicit HeadlineBar(QWidget* parent = nullptr);

    void setResult(Snapshot now, const ViewState& view);

    [[nodiscard]] int rowCount() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int columnCount() const { return static_cast<int>(m_columns.size()); }
    [[nodiscard]] const Cell& cell(int row, int column) const;
    [[nodiscard]] QRect cellRect(int row, int column) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void explainRequested(int slot, const QString& figure);
    void designSelected(int slot);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    static constexpr int margin = 16;   ///< at both ends
    static constexpr int note_gap = 6;  ///< between a figure and what is said of it
    static constexpr int bar_width = 3; ///< of the colour before a name

    struct Row {
        QString name;
        QString error; ///< why the design has no figures
        QVector<Cell> cells;
        friend bool operator==(const Row&, const Row&) = default;
    };
    struct Column {
        const Figure* figure = nullptr;
        QString title;
        int x = 0;
        int width = 0;
    };

    void rebuild();
    void arrange();
    [[nodiscard]] Cell makeCell(const Figure& figure, const Analysis& analysis,
                                const Analysis* before) const;
    [[nodiscard]] int noteWidth() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int headerHeight() const;
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] bool cellAt(const QPoint& position, int* row, int* column) const;
    void paintRow(QPainter& painter, int row) const;
    void paintCell(QPainter& painter, int row, int column) const;
    void describe();

    Snapshot m_now;
    ViewState m_view;
    QVector<Row> m_rows;
    QVector<Column> m_columns;
    int m_nameWidth = 0;
    bool m_notesBelow = false; ///< narrow: error bar and change stand under the value
    int m_currentRow = 0;
    int m_currentColumn = 0;
    int m_hoverRow = -1;
    int m_hoverColumn = -1;
};

} // namespace headroom::ui
