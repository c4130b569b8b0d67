// SPDX-License-Identifier: GPL-3.0-or-later
// PlotView: the one chart widget; header row, canvas, table and export of a PlotData.
#pragma once

#include "widgets/plot/plot_data.h"

#include <QSet>
#include <QWidget>

#include <memory>
#include <optional>

class QAbstractItemModel;
class QImage;
class QLabel;
class QMimeData;
class QStackedWidget;
class QTableView;
class QToolButton;

class QGridLayout;

namespace headroom::ui {

class PlotCanvas;
class PlotTableModel;
class TitleLabel;

class PlotView : public QWidget {
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);
    ~PlotView() override;

    /// Shows `data`. Curves are matched by series id, so an update keeps zoom, hidden series and
    /// cursors; a change of axis titles, quantity or scale resets the zoom.
    void setData(const PlotData& data);
    [[nodiscard]] const PlotData& data() const;

    /// Adds thin dotted curves of the state before the edit; they replace earlier ghosts given
    /// here. Ghosts may also come inside the data (PlotSeries::ghost).
    void setGhost(const QVector<PlotSeries>& ghosts);
    void clearGhost();

    /// While true (a slider is being dragged) ranges only grow, and only if the data leaves them;
    /// setting it to false rescales.
    void setInteractiveEditing(bool editing);

    void setSeriesHidden(const QString& id, bool hidden);
    [[nodiscard]] QSet<QString> hiddenSeries() const;

    /// Crosshair at a position of the x axis (category index for bars); nullopt removes it.
    void setCrosshair(std::optional<double> x);
    [[nodiscard]] std::optional<double> crosshair() const;
    /// The lines of the readout box as shown, heading first; empty without a crosshair.
    [[nodiscard]] QStringList readout() const;
    void setPins(std::optional<double> a, std::optional<double> b);

    void resetZoom();
    void showTable(bool table);
    [[nodiscard]] bool isTableShown() const;
    /// "Table · Copy · Export…" on the right of the header.
    void setActionsVisible(bool visible);
    /// Adds a page's own widget to the header row, left of the actions.
    void addHeaderWidget(QWidget* widget);

    /// Image at twice the size and CSV text, as Ctrl+C puts them on the clipboard.
    [[nodiscard]] std::unique_ptr<QMimeData> mimeData() const;
    void copyToClipboard() const;
    void openExportDialog();

    [[nodiscard]] PlotCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] QAbstractItemModel* tableModel() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    /// A threshold follows the hand; `value` is in the axis' base unit.
    void lineDragged(const QString& id, double value);
    void lineReleased(const QString& id, double value);
    void seriesVisibilityChanged(const QString& id, bool visible);
    void crosshairMoved(double x);
    /// A curve or a bar was clicked: a page may explain its value. `x` is the position or category.
    void seriesActivated(const QString& id, double x);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void applyTheme();
    void retranslate();
    void refreshHeader();
    void arrangeHeader();
    void refreshTable();
    void pushData();

    PlotData m_data;
    QVector<PlotSeries> m_ghosts;
    bool m_tableDirty = true;

    TitleLabel* m_title = nullptr;
    TitleLabel* m_subtitle = nullptr;
    QWidget* m_actions = nullptr;
    QGridLayout* m_header = nullptr;
    bool m_actionsBelow = false;
    QWidget* m_headerExtras = nullptr;
    QToolButton* m_tableButton = nullptr;
    QToolButton* m_copyButton = nullptr;
    QToolButton* m_exportButton = nullptr;
    QStackedWidget* m_stack = nullptr;
    QTableView* m_table = nullptr;
    PlotCanvas* m_canvas = nullptr;
    PlotTableModel* m_model = nullptr;
};

} // namespace headroom::ui
