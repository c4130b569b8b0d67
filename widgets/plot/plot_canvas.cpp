// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/plot_canvas.h"

#include "widgets/plot/curve_graph.h"
#include "widgets/plot/plot_layers.h"
#include "widgets/theme/theme.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom::ui {

namespace {

constexpr double headroomAbove = 1.08; ///< of a linear axis over its largest value
constexpr double lineReach = 4.0; ///< thresholds up to this multiple of the data widen the axis

bool drawable(double value, bool logarithmic) {
    return std::isfinite(value) && (!logarithmic || value > 0.0);
}

bool sameAxis(const PlotAxis& a, const PlotAxis& b) {
    return a.title == b.title && a.quantity == b.quantity && a.logarithmic == b.logarithmic &&
           a.categories.isEmpty() == b.categories.isEmpty();
}

QCPScatterStyle scatterFor(const PlotSeries& series, const Tokens& tokens) {
    static constexpr std::array<QCPScatterStyle::ScatterShape, designCount> shapes{
        QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle,
        QCPScatterStyle::ssDiamond};
    const QColor color = resolveColor(series.color, tokens);
    const bool design = series.color.kind == PlotColor::Kind::Design;
    const auto shape = design ? shapes[static_cast<std::size_t>(series.color.index % designCount)]
                              : QCPScatterStyle::ssCircle;
    const QPen pen(color, 1.5);
    const bool group = series.color.kind == PlotColor::Kind::Group;
    const bool filled = (design || group) && !series.hollow;
    return {shape, pen, filled ? QBrush(color) : QBrush(tokens.panel), 8.0};
}

} // namespace

PlotCanvas::PlotCanvas(QWidget* parent)
    : QCustomPlot(parent)
    , m_keyTicker(new AxisTicker)
    , m_valueTicker(new AxisTicker) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    setInteractions(QCP::iRangeDrag);
    setAttribute(Qt::WA_OpaquePaintEvent);
    new BandLayer(this, QStringLiteral("main"));
    m_bars = new BarLayer(this, QStringLiteral("main"));
    m_thresholds = new ThresholdLayer(this, QStringLiteral("legend"));
    new NameLayer(this, QStringLiteral("legend"));
    new CrosshairLayer(this, QStringLiteral("overlay"));
    axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    axisRect()->setRangeDrag(Qt::Horizontal | Qt::Vertical);
    plotLayout()->setRowSpacing(0);
    for (QCPAxis* axis : {xAxis, yAxis}) {
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
                &PlotCanvas::updateTickers);
    }
    connect(this, &QCustomPlot::beforeReplot, this, &PlotCanvas::layoutNames);
    setTokens(lightTokens());
}

QCPAxis* PlotCanvas::keyAxis() const {
    return m_state.data.horizontal ? yAxis : xAxis;
}

QCPAxis* PlotCanvas::valueAxis() const {
    return m_state.data.horizontal ? xAxis : yAxis;
}

QPointF PlotCanvas::toPixel(double key, double value) const {
    const double k = keyAxis()->coordToPixel(key);
    const double v = valueAxis()->coordToPixel(value);
    return m_state.data.horizontal ? QPointF(v, k) : QPointF(k, v);
}

QRectF PlotCanvas::plotRect() const {
    return axisRect()->rect();
}

double PlotCanvas::barThickness() const {
    const QVector<BarLayer::Bar> all = m_bars->bars();
    if (all.isEmpty()) {
        return 0.0;
    }
    return m_state.data.horizontal ? all.first().box.height() : all.first().box.width();
}

double PlotCanvas::keyTolerance(double x, double pixels) const {
    const double at = keyAxis()->coordToPixel(x);
    return std::abs(keyAxis()->pixelToCoord(at + pixels) - x);
}

double PlotCanvas::linePixel(const PlotLine& line) const {
    const bool horizontal = line.orientation == Qt::Horizontal;
    const QCPAxis* axis = horizontal ? yAxis : xAxis;
    const QRectF rect = plotRect();
    const double pixel = axis->coordToPixel(line.value);
    return horizontal ? std::clamp(pixel, rect.top(), rect.bottom())
                      : std::clamp(pixel, rect.left(), rect.right());
}

void PlotCanvas::setTokens(const Tokens& tokens) {
    m_state.tokens = tokens;
    setBackground(QBrush(tokens.panel));
    styleAxes();
    updateGraphs();
    scheduleReplot();
}

void PlotCanvas::setExporting(bool exporting) {
    m_state.exporting = exporting;
    layer(QStringLiteral("overlay"))->setVisible(!exporting);
}

void PlotCanvas::styleAxes() {
    const Tokens& t = m_state.tokens;
    for (QCPAxis* axis : {xAxis, yAxis}) {
        const bool key = axis == keyAxis();
        axis->setBasePen(key ? QPen(t.secondary, 1.0) : QPen(Qt::NoPen));
        axis->setTickPen(key && !isBarChart(m_state.data) ? QPen(t.secondary, 1.0)
                                                          : QPen(Qt::NoPen));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, 4);
        axis->setTickLabelPadding(key ? 4 : 8);
        axis->setLabelPadding(axis == yAxis ? 10 : 8);
        axis->setTickLabelFont(uiFont(12));
        axis->setTickLabelColor(t.secondary);
        axis->setLabelFont(uiFont(12));
        axis->setLabelColor(t.secondary);
        axis->grid()->setVisible(!key);
        axis->grid()->setPen(QPen(t.grid, 1.0));
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->grid()->setAntialiased(false);
    }
}

void PlotCanvas::setPlotData(const PlotData& chart, const QVector<PlotSeries>& ghosts) {
    const bool sameKind = sameAxis(m_state.data.x, chart.x) && sameAxis(m_state.data.y, chart.y) &&
                          m_state.data.horizontal == chart.horizontal;
    m_state.data = chart;
    m_state.series = chart.series;
    for (PlotSeries ghost : ghosts) {
        ghost.ghost = true;
        m_state.series.append(ghost);
    }
    if (!sameKind) {
        m_zoomed = false;
        m_hasRanges = false;
        m_state.crosshair.reset();
        m_state.firstPin.reset();
        m_state.secondPin.reset();
    }
    updateAxes();
    updateGraphs();
    updateRanges();
    scheduleReplot();
}

void PlotCanvas::updateAxes() {
    const PlotData& chart = m_state.data;
    styleAxes();
    const bool empty = !hasValues(chart);
    for (const auto& [axis, spec, ticker] :
         {std::tuple{keyAxis(), &chart.x, m_keyTicker}, {valueAxis(), &chart.y, m_valueTicker}}) {
        ticker->configure(spec->quantity, spec->logarithmic, spec->binaryTicks, spec->unit);
        axis->setTicker(ticker);
        const auto scale = spec->logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear;
        if (axis->scaleType() != scale) {
            axis->setScaleType(scale);
        }
        axis->setTickLabels(spec->categories.isEmpty());
        axis->setVisible(!empty);
        axis->setRangeReversed(chart.horizontal && axis == keyAxis());
    }
    const bool bars = isBarChart(chart);
    // A bar that does not start at zero misleads, so bar charts neither zoom nor pan.
    setInteraction(QCP::iRangeDrag, !bars && !empty);
}

void PlotCanvas::updateGraphs() {
    const bool bars = isBarChart(m_state.data);
    const int count = bars ? 0 : static_cast<int>(m_state.series.size());
    while (graphCount() < count) {
        auto* graph = new CurveGraph(xAxis, yAxis);
        graph->setAdaptiveSampling(true);
        graph->setSelectable(QCP::stNone);
    }
    for (int i = 0; i < graphCount(); ++i) {
        QCPGraph* graph = this->graph(i);
        const bool used = i < count && m_state.isVisible(m_state.series[i]);
        graph->setVisible(used);
        if (i >= count) {
            graph->data()->clear();
            continue;
        }
        const PlotSeries& series = m_state.series[i];
        const qsizetype size = std::min(series.x.size(), series.y.size());
        QVector<QCPGraphData> points(size);
        for (qsizetype j = 0; j < size; ++j) {
            const bool ok = drawable(series.y[j], m_state.data.y.logarithmic) &&
                            drawable(series.x[j], m_state.data.x.logarithmic);
            points[j].key = series.x[j];
            points[j].value = ok ? series.y[j] : std::numeric_limits<double>::quiet_NaN();
        }
        graph->data()->set(points, true);
        graph->setPen(series.drawing == PlotDrawing::Area ? QPen(Qt::NoPen)
                                                          : seriesPen(series, m_state.tokens));
        const bool scattered = series.drawing == PlotDrawing::Points;
        graph->setLineStyle(scattered                                ? QCPGraph::lsNone
                            : series.drawing == PlotDrawing::Stepped ? QCPGraph::lsStepCenter
                                                                     : QCPGraph::lsLine);
        graph->setScatterStyle(scattered ? scatterFor(series, m_state.tokens)
                                         : QCPScatterStyle(QCPScatterStyle::ssNone));
    }
}

QCPRange PlotCanvas::wantedKeyRange() const {
    const PlotAxis& axis = m_state.data.x;
    if (!axis.categories.isEmpty()) {
        return {-0.5, static_cast<double>(axis.categories.size()) - 0.5};
    }
    double lower = std::numeric_limits<double>::infinity();
    double upper = -lower;
    for (const PlotSeries& series : m_state.series) {
        if (series.ghost) {
            continue;
        }
        for (const double x : series.x) {
            if (drawable(x, axis.logarithmic)) {
                lower = std::min(lower, x);
                upper = std::max(upper, x);
            }
        }
    }
    if (lower > upper) {
        return axis.logarithmic ? QCPRange(1.0, 10.0) : QCPRange(0.0, 1.0);
    }
    const bool scattered =
        std::any_of(m_state.series.begin(), m_state.series.end(),
                    [](const PlotSeries& series) { return series.drawing == PlotDrawing::Points; });
    if (lower == upper || scattered) {
        // Markers on the very edge would be cut in half.
        if (axis.logarithmic) {
            const double margin = lower == upper ? 2.0 : std::pow(upper / lower, 0.03);
            return {axis.lower.value_or(lower / margin), axis.upper.value_or(upper * margin)};
        }
        const double margin =
            lower == upper ? std::max(1.0, std::abs(lower) * 0.5) : (upper - lower) * 0.03;
        lower -= margin;
        upper += margin;
    }
    return {axis.lower.value_or(lower), axis.upper.value_or(upper)};
}

QCPRange PlotCanvas::wantedValueRange() const {
    const PlotData& chart = m_state.data;
    const bool logarithmic = chart.y.logarithmic;
    double lower = std::numeric_limits<double>::infinity();
    double upper = -lower;
    const auto include = [&](double value) {
        if (drawable(value, logarithmic)) {
            lower = std::min(lower, value);
            upper = std::max(upper, value);
        }
    };
    const bool stacked = chart.stacked && isBarChart(chart);
    QVector<double> totals(stacked ? chart.x.categories.size() : 0, 0.0);
    const bool allHidden =
        std::none_of(m_state.series.begin(), m_state.series.end(),
                     [this](const PlotSeries& s) { return m_state.isVisible(s) && !s.ghost; });
    for (const PlotSeries& series : m_state.series) {
        if (series.ghost || (!m_state.isVisible(series) && !allHidden)) {
            continue;
        }
        for (qsizetype i = 0; i < series.y.size(); ++i) {
            if (stacked && i < totals.size() && std::isfinite(series.y[i])) {
                totals[i] += series.y[i];
            }
            include(series.y[i]);
            include(series.y[i] + series.errorPlus.value(i));
            include(series.y[i] - series.errorMinus.value(i));
        }
        std::for_each(series.upper.begin(), series.upper.end(), include);
        std::for_each(series.lower.begin(), series.lower.end(), include);
    }
    std::for_each(totals.begin(), totals.end(), include);
    if (lower > upper) {
        return logarithmic ? QCPRange(1.0, 10.0) : QCPRange(0.0, 1.0);
    }
    const double dataUpper = upper;
    for (const PlotLine& line : chart.lines) {
        if (line.orientation == Qt::Horizontal && line.value <= dataUpper * lineReach) {
            include(line.value);
        }
    }
    if (logarithmic) {
        const double margin = lower == upper ? 3.0 : std::pow(upper / lower, 0.05);
        return {chart.y.lower.value_or(lower / margin), chart.y.upper.value_or(upper * margin)};
    }
    if (upper == 0.0 && lower >= 0.0) {
        upper = 1.0;
    }
    const double room = isBarChart(chart) ? roomBesideBars : headroomAbove;
    return {chart.y.lower.value_or(std::min(0.0, lower * room)),
            chart.y.upper.value_or(std::max(0.0, upper * room))};
}

QCPRange PlotCanvas::grown(const QCPRange& current, const QCPRange& wanted,
                           bool logarithmic) const {
    QCPRange range = current;
    // More than needed, so that a steady drag does not move the axis on every step.
    if (wanted.upper > current.upper) {
        range.upper =
            logarithmic ? wanted.upper * 2.0 : wanted.upper + 0.2 * (wanted.upper - wanted.lower);
    }
    if (wanted.lower < current.lower) {
        range.lower = logarithmic ? wanted.lower / 2.0 : std::min(wanted.lower * 1.2, wanted.lower);
    }
    return range;
}

void PlotCanvas::updateRanges() {
    if (!m_zoomed) {
        QCPRange key = wantedKeyRange();
        QCPRange value = wantedValueRange();
        if (m_editing && m_hasRanges) {
            const bool categories = isBarChart(m_state.data);
            key = categories ? key : grown(keyAxis()->range(), key, m_state.data.x.logarithmic);
            value = grown(valueAxis()->range(), value, m_state.data.y.logarithmic);
        }
        keyAxis()->setRange(key);
        valueAxis()->setRange(value);
        m_hasRanges = hasValues(m_state.data);
    }
    updateTickers();
}

void PlotCanvas::updateTickers() {
    const QCPRange key = keyAxis()->range();
    const QCPRange value = valueAxis()->range();
    m_keyTicker->setVisibleRange(key.lower, key.upper);
    m_valueTicker->setVisibleRange(value.lower, value.upper);
    m_state.xScale = m_keyTicker->scale();
    m_state.yScale = m_valueTicker->scale();
    const bool bars = isBarChart(m_state.data);
    // Lying bars are named at their side. Upright ones leave room for the names of categories.
    keyAxis()->setLabel(bars && m_state.data.horizontal ? QString()
                        : bars                          ? m_state.data.x.title
                               : format::axisTitle(m_state.data.x.title, m_state.xScale,
                                                   m_state.data.x.logarithmic));
    keyAxis()->setLabelPadding(bars ? scaledPixels(12) + 16 : keyAxis() == yAxis ? 10 : 8);
    valueAxis()->setLabel(
        format::axisTitle(m_state.data.y.title, m_state.yScale, m_state.data.y.logarithmic));
}

void PlotCanvas::setInteractiveEditing(bool editing) {
    if (m_editing == editing) {
        return;
    }
    m_editing = editing;
    if (editing) {
        // Room of labels and ticks may grow but not shrink under the hand.
        axisRect()->setMinimumMargins(axisRect()->margins());
        return;
    }
    axisRect()->setMinimumMargins(QMargins());
    m_reservedLabelWidth = 0.0;
    updateRanges();
    scheduleReplot();
}

void PlotCanvas::scheduleReplot() {
    if (m_replotPending) {
        return;
    }
    m_replotPending = true;
    // An event of its own goes before the window's repaint, which has a low priority: chart and
    // figures change in one frame. QCustomPlot's queue is a timer and comes a frame later.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_replotPending = false;
            replot(rpQueuedRefresh);
        },
        Qt::QueuedConnection);
}

void PlotCanvas::setHidden(const QString& id, bool hidden) {
    if (m_state.hidden.contains(id) == hidden) {
        return;
    }
    if (hidden) {
        m_state.hidden.insert(id);
    } else {
        m_state.hidden.remove(id);
    }
    updateGraphs();
    updateRanges();
    scheduleReplot();
    emit seriesToggled(id, !hidden);
}

void PlotCanvas::setHiddenIds(const QSet<QString>& ids) {
    m_state.hidden = ids;
    updateGraphs();
    updateRanges();
}

void PlotCanvas::resizeEvent(QResizeEvent* event) {
    // Hidden pages are laid out without any room; QCustomPlot would draw into buffers of no size.
    if (!size().isEmpty()) {
        QCustomPlot::resizeEvent(event);
    }
}

void PlotCanvas::setCrosshair(std::optional<double> x) {
    if (m_state.crosshair == x) {
        return;
    }
    m_state.crosshair = x;
    replotOverlay();
    if (x) {
        emit crosshairMoved(*x);
    }
}

void PlotCanvas::setPins(std::optional<double> first, std::optional<double> second) {
    m_state.firstPin = first;
    m_state.secondPin = second;
    replotOverlay();
}

void PlotCanvas::replotOverlay() {
    QCPLayer* overlay = layer(QStringLiteral("overlay"));
    const bool used =
        m_state.crosshair || m_state.firstPin || m_state.secondPin || m_state.showFocus;
    const auto mode = used ? QCPLayer::lmBuffered : QCPLayer::lmLogical;
    // A buffer of its own makes the crosshair cheap to move, and every other repaint dearer by
    // one full-size blend: it exists only while something is on it.
    if (overlay->mode() != mode) {
        overlay->setMode(mode);
        scheduleReplot();
    } else if (used) {
        overlay->replot();
    }
}

void PlotCanvas::resetZoom() {
    m_zoomed = false;
    updateRanges();
    scheduleReplot();
}

void PlotCanvas::zoomBy(double factor) {
    if (isBarChart(m_state.data)) {
        return;
    }
    m_zoomed = true;
    const double key = m_state.crosshair.value_or(keyAxis()->range().center());
    keyAxis()->scaleRange(factor, key);
    valueAxis()->scaleRange(factor, valueAxis()->range().center());
    scheduleReplot();
}

} // namespace headroom::ui
