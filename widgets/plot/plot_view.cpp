// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_view.h"

#include "widgets/plot/export_dialog.h"
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_export.h"
#include "widgets/plot/plot_table.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace headroom::ui {

namespace {

constexpr int narrowWidth = 700;
constexpr int leastHeightForTwoLines = 260;
constexpr int narrowestWidth = 560; ///< where hardly any title has room beside the actions
constexpr int leastHeightWhenNarrowest = 200;
constexpr int headerSpacing = 12;

QToolButton* flatButton(QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

PlotView::PlotView(QWidget* parent)
    : QWidget(parent) {
    m_title = new TitleLabel(TextRole::Title, this);
    m_subtitle = new TitleLabel(TextRole::Secondary, this);
    m_headerExtras = new QWidget(this);
    m_headerExtras->hide();
    auto* extras = new QHBoxLayout(m_headerExtras);
    extras->setContentsMargins(0, 0, 0, 0);
    m_actions = new QWidget(this);
    auto* actions = new QHBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 0, 0);
    actions->setSpacing(0);
    m_tableButton = flatButton(m_actions);
    m_tableButton->setCheckable(true);
    m_copyButton = flatButton(m_actions);
    m_exportButton = flatButton(m_actions);
    bool first = true;
    for (QToolButton* button : {m_tableButton, m_copyButton, m_exportButton}) {
        if (!first) {
            actions->addWidget(new TextLabel(TextRole::Secondary, QStringLiteral("·"), m_actions));
        }
        actions->addWidget(button);
        first = false;
    }

    m_header = new QGridLayout;
    m_header->setContentsMargins(20, 12, 16, 4);
    m_header->setVerticalSpacing(0);
    arrangeHeader();

    m_canvas = new PlotCanvas(this);
    m_table = new QTableView(this);
    m_model = new PlotTableModel(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_canvas);
    m_stack->addWidget(m_table);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_header);
    layout->addWidget(m_stack, 1);
    setFocusProxy(m_canvas);

    connect(m_tableButton, &QToolButton::toggled, this, &PlotView::showTable);
    connect(m_copyButton, &QToolButton::clicked, this, &PlotView::copyToClipboard);
    connect(m_exportButton, &QToolButton::clicked, this, &PlotView::openExportDialog);
    connect(m_canvas, &PlotCanvas::lineDragged, this, &PlotView::lineDragged);
    connect(m_canvas, &PlotCanvas::lineReleased, this, &PlotView::lineReleased);
    connect(m_canvas, &PlotCanvas::crosshairMoved, this, &PlotView::crosshairMoved);
    connect(m_canvas, &PlotCanvas::seriesActivated, this, &PlotView::seriesActivated);
    connect(m_canvas, &PlotCanvas::seriesToggled, this, [this](const QString& id, bool visible) {
        m_tableDirty = true;
        refreshTable();
        emit seriesVisibilityChanged(id, visible);
    });
    connect(&Theme::instance(), &Theme::changed, this, &PlotView::applyTheme);
    retranslate();
    applyTheme();
}

PlotView::~PlotView() = default;

void PlotView::setData(const PlotData& data) {
    if (data == m_data) {
        return;
    }
    const QSize before = minimumSizeHint();
    m_data = data;
    if (minimumSizeHint() != before) {
        updateGeometry();
    }
    pushData();
}

const PlotData& PlotView::data() const {
    return m_data;
}

void PlotView::setGhost(const QVector<PlotSeries>& ghosts) {
    if (m_ghosts == ghosts) {
        return;
    }
    m_ghosts = ghosts;
    pushData();
}

void PlotView::clearGhost() {
    setGhost({});
}

void PlotView::pushData() {
    m_canvas->setPlotData(m_data, m_ghosts);
    m_tableDirty = true;
    refreshHeader();
    refreshTable();
}

void PlotView::refreshHeader() {
    m_title->setText(m_data.title);
    m_subtitle->setText(m_data.subtitle);
    m_subtitle->setVisible(!m_data.subtitle.isEmpty());
    const bool filled = hasValues(m_data);
    m_actions->setEnabled(filled);
    m_actions->setVisible(filled); // nothing to copy or export yet: no word of it
    m_canvas->setAccessibleName(m_data.title.isEmpty() ? tr("Chart") : m_data.title);
    m_canvas->setAccessibleDescription(describePlot(m_canvas->state()));
}

void PlotView::refreshTable() {
    if (m_tableDirty && isTableShown()) {
        m_model->setTable(plotTable(m_data, hiddenSeries()));
        m_tableDirty = false;
    }
}

void PlotView::setInteractiveEditing(bool editing) {
    m_canvas->setInteractiveEditing(editing);
}

void PlotView::setSeriesHidden(const QString& id, bool hidden) {
    m_canvas->setHidden(id, hidden);
}

QSet<QString> PlotView::hiddenSeries() const {
    return m_canvas->state().hidden;
}

void PlotView::setCrosshair(std::optional<double> x) {
    m_canvas->setCrosshair(x);
}

std::optional<double> PlotView::crosshair() const {
    return m_canvas->state().crosshair;
}

QStringList PlotView::readout() const {
    const PlotState& state = m_canvas->state();
    return state.crosshair ? readoutAt(state, *state.crosshair).lines() : QStringList();
}

void PlotView::setPins(std::optional<double> a, std::optional<double> b) {
    m_canvas->setPins(a, b);
}

void PlotView::resetZoom() {
    m_canvas->resetZoom();
}

void PlotView::showTable(bool table) {
    m_tableButton->setChecked(table);
    m_stack->setCurrentWidget(table ? static_cast<QWidget*>(m_table) : m_canvas);
    setFocusProxy(m_stack->currentWidget());
    m_tableButton->setText(table ? tr("Chart") : tr("Table"));
    refreshTable();
}

bool PlotView::isTableShown() const {
    return m_stack->currentWidget() == m_table;
}

void PlotView::setActionsVisible(bool visible) {
    m_actions->setVisible(visible);
}

void PlotView::addHeaderWidget(QWidget* widget) {
    m_headerExtras->layout()->addWidget(widget);
    m_headerExtras->show();
}

std::unique_ptr<QMimeData> PlotView::mimeData() const {
    auto mime = std::make_unique<QMimeData>();
    PlotData shown = m_data;
    for (PlotSeries ghost : m_ghosts) {
        ghost.ghost = true;
        shown.series.append(ghost);
    }
    ExportOptions options;
    options.size = m_canvas->size().expandedTo(QSize(320, 240));
    options.dpi = 192;
    options.dark = tokens().dark;
    options.hidden = hiddenSeries();
    const QString csv = plotCsv(m_data, hiddenSeries());
    mime->setImageData(renderPlotImage(shown, options));
    mime->setText(csv);
    mime->setData(QStringLiteral("text/csv"), csv.toUtf8());
    return mime;
}

void PlotView::copyToClipboard() const {
    if (hasValues(m_data)) {
        QApplication::clipboard()->setMimeData(mimeData().release());
    }
}

void PlotView::openExportDialog() {
    if (!hasValues(m_data)) {
        return;
    }
    ExportDialog dialog(m_data, hiddenSeries(), this);
    dialog.exec();
}

QAbstractItemModel* PlotView::tableModel() const {
    return m_model;
}

QSize PlotView::sizeHint() const {
    return {720, 460};
}

QSize PlotView::minimumSizeHint() const {
    constexpr int least = 180;
    if (!m_data.horizontal) {
        return {260, least};
    }
    constexpr int around_bars = 130; // title, legend, axis
    constexpr int bar_height = 22;   // a line of type
    const auto bars = static_cast<int>(m_data.x.categories.size());
    return {260, std::max(least, scaledPixels(around_bars + bar_height * bars))};
}

void PlotView::applyTheme() {
    m_canvas->setTokens(tokens());
    QPalette quiet; // only this role: the rest follows the application
    quiet.setColor(QPalette::ButtonText, tokens().secondary);
    for (QToolButton* button : {m_tableButton, m_copyButton, m_exportButton}) {
        button->setPalette(quiet);
        button->setFont(uiFont());
    }
}

void PlotView::retranslate() {
    m_tableButton->setText(isTableShown() ? tr("Chart") : tr("Table"));
    m_tableButton->setToolTip(tr("Show the same data as a table"));
    m_copyButton->setText(tr("Copy"));
    m_copyButton->setToolTip(tr("Copy the chart as an image and its data as CSV (Ctrl+C)"));
    m_exportButton->setText(tr("Export…"));
    m_exportButton->setToolTip(tr("Save the chart as PNG, SVG, PDF or CSV"));
    m_table->setAccessibleName(tr("Data of the chart"));
}

void PlotView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Beside the actions a long title has room in a wide chart alone; in a narrow one they go
    // below, unless the chart is too low to spare a line.
    const bool below =
        (width() < scaledPixels(narrowWidth) && height() >= scaledPixels(leastHeightForTwoLines)) ||
        (width() < scaledPixels(narrowestWidth) &&
         height() >= scaledPixels(leastHeightWhenNarrowest));
    if (below != m_actionsBelow) {
        m_actionsBelow = below;
        arrangeHeader();
    }
}

/// The subtitle has the whole width, under the title and what stands beside it.
void PlotView::arrangeHeader() {
    constexpr int columns = 3;
    const int row = m_actionsBelow ? 2 : 0;
    m_header->setHorizontalSpacing(m_actionsBelow ? 0 : headerSpacing);
    m_header->addWidget(m_title, 0, 0, 1, m_actionsBelow ? columns : 1);
    m_header->addWidget(m_subtitle, 1, 0, 1, columns);
    m_header->addWidget(m_headerExtras, row, m_actionsBelow ? 0 : 1, Qt::AlignLeft);
    m_header->addWidget(m_actions, row, m_actionsBelow ? 1 : 2, Qt::AlignLeft);
    m_header->setColumnStretch(0, m_actionsBelow ? 0 : 1);
    m_header->setColumnStretch(2, m_actionsBelow ? 1 : 0);
}

void PlotView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange) {
        retranslate();
        pushData();
    }
    QWidget::changeEvent(event);
}

void PlotView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copyToClipboard();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace headroom::ui
