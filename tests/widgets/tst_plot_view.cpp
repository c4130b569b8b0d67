// SPDX-License-Identifier: GPL-3.0-or-later
#include "gallery_data.h"

#include "widgets/plot/curve_graph.h"
#include "widgets/plot/export_dialog.h"
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_export.h"
#include "widgets/plot/plot_table.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/theme.h"

#include <QtTest>

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QXmlStreamReader>

using namespace headroom::ui;

namespace {

constexpr double gib = 1073741824.0;

QStringList spaced(QStringList lines) {
    lines.replaceInStrings(QString(QChar(0x00A0)), QStringLiteral(" "));
    return lines;
}

/// A view laid out at `size` without a window on screen.
std::unique_ptr<PlotView> viewOf(const PlotData& data, QSize size = {1000, 640}) {
    auto view = std::make_unique<PlotView>();
    view->resize(size);
    view->setData(data);
    view->grab();
    view->canvas().replot();
    return view;
}

void mouse(PlotCanvas& canvas, QEvent::Type type, QPointF at, Qt::MouseButtons held,
           Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    const bool move = type == QEvent::MouseMove;
    QMouseEvent event(type, at, canvas.mapToGlobal(at), move ? Qt::NoButton : Qt::LeftButton, held,
                      modifiers);
    QApplication::sendEvent(&canvas, &event);
}

void click(PlotCanvas& canvas, QPointF at, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    mouse(canvas, QEvent::MouseButtonPress, at, Qt::LeftButton, modifiers);
    mouse(canvas, QEvent::MouseButtonRelease, at, Qt::NoButton, modifiers);
}

void press(PlotCanvas& canvas, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QKeyEvent event(QEvent::KeyPress, key, modifiers);
    QApplication::sendEvent(&canvas, &event);
}

/// Pixels of `image` that are close to `color`.
int pixelsLike(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            count += std::abs(c.red() - color.red()) < 8 &&
                             std::abs(c.green() - color.green()) < 8 &&
                             std::abs(c.blue() - color.blue()) < 8
                         ? 1
                         : 0;
        }
    }
    return count;
}

} // namespace

class TestPlotView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup() { Theme::instance().setMode(Theme::Mode::Light); }

    void readoutNamesDesignsAndRatio();
    void readoutOfStackedBarsGivesShares();
    void readoutOfPointsNeedsAPoint();
    void rangesFollowTheData();
    void interactiveEditingOnlyGrows();
    void thresholdDragEmits();
    void thresholdOutOfReachStaysDraggable();
    void clickOnNameHidesSeries();
    void collidingNamesBecomeALegend();
    void zoomPanAndReset();
    void barsDoNotZoom();
    void keyboardMovesCrosshair();
    void pinsShowTheDifference();
    void ghostKeepsOutOfTheRange();
    void tableAndCsv();
    void csvQuotesAndKeepsFullPrecision();
    void copyOffersImageAndCsv();
    void exportWritesTheAskedPixels_data();
    void exportWritesTheAskedPixels();
    void exportOfSvgPdfAndCsv();
    void exportRefusesNonsense();
    void exportDialogWrites();
    void themeChangesColours();
    void emptyStateSaysWhatToDo();
    void descriptionInWords();
    void logAxisSkipsZeros();
    void simplifiedKeepsTheShape();
    void piecesCarryTheDashes();
    void piecesStayInside();
    void changesBecomeOneReplot();

private:
    QTemporaryDir m_folder;
};

void TestPlotView::initTestCase() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    Theme::instance().setMode(Theme::Mode::Light);
    Theme::instance().install(*qApp);
    QVERIFY(m_folder.isValid());
}

void TestPlotView::readoutNamesDesignsAndRatio() {
    const auto view = viewOf(sample::memory());
    view->setCrosshair(65536.0);
    QCOMPARE(spaced(view->readout()),
             QStringList({QStringLiteral("65,536 tokens"), QStringLiteral("A 11.75 GiB"),
                          QStringLiteral("B 4.29 GiB (2.7× less)"),
                          QStringLiteral("A before 47.00 GiB (4.0× more)")}));
    view->setSeriesHidden(QStringLiteral("A"), true);
    // The first visible design is the reference.
    QCOMPARE(spaced(view->readout()).at(1), QStringLiteral("B 4.29 GiB"));
    view->setCrosshair(std::nullopt);
    QVERIFY(view->readout().isEmpty());
}

void TestPlotView::readoutOfStackedBarsGivesShares() {
    const auto view = viewOf(sample::breakdown());
    view->setCrosshair(1.0);
    const QStringList lines = spaced(view->readout());
    QCOMPARE(lines.at(0), QStringLiteral("B DeepSeek-V3: 671.2B"));
    QCOMPARE(lines.at(1), QStringLiteral("Experts 656.6B (98%)"));
}

void TestPlotView::readoutOfPointsNeedsAPoint() {
    const auto view = viewOf(sample::validation());
    view->setCrosshair(512.0);
    QCOMPARE(view->readout().size(), 3);
    view->setCrosshair(700.0);
    QCOMPARE(view->readout().size(), 2); // the curve is interpolated, the points are not
}

void TestPlotView::rangesFollowTheData() {
    const auto view = viewOf(sample::memory());
    QCOMPARE(view->canvas().xAxis->range().lower, 1024.0);
    QCOMPARE(view->canvas().xAxis->range().upper, 131072.0);
    QCOMPARE(view->canvas().yAxis->range().lower, 0.0);
    QCOMPARE(view->canvas().yAxis->range().upper, 131072.0 * 192512.0 * 1.08);
    QCOMPARE(view->canvas().xAxis->label(), QStringLiteral("Context length (tokens, log scale)"));
    QCOMPARE(view->canvas().yAxis->label(), QStringLiteral("KV cache per sequence (GiB)"));
}

void TestPlotView::interactiveEditingOnlyGrows() {
    const auto view = viewOf(sample::memory());
    const QCPRange before = view->canvas().yAxis->range();
    view->setInteractiveEditing(true);
    PlotData smaller = sample::memory();
    smaller.series[0] = sample::kvLine(0, QStringLiteral("Qwen3-235B-A22B"), 96256.0);
    view->setData(smaller);
    QCOMPARE(view->canvas().yAxis->range(), before);
    PlotData larger = smaller;
    larger.series[0] = sample::kvLine(0, QStringLiteral("Qwen3-235B-A22B"), 385024.0);
    view->setData(larger);
    QVERIFY(view->canvas().yAxis->range().upper > 131072.0 * 385024.0);
    const QCPRange grown = view->canvas().yAxis->range();
    larger.series[0] = sample::kvLine(0, QStringLiteral("Qwen3-235B-A22B"), 385100.0);
    view->setData(larger);
    QCOMPARE(view->canvas().yAxis->range(), grown);
    view->setData(smaller);
    view->setInteractiveEditing(false);
    QVERIFY(view->canvas().yAxis->range().upper < before.upper);
}

void TestPlotView::thresholdDragEmits() {
    const auto view = viewOf(sample::memory());
    PlotCanvas& canvas = view->canvas();
    QSignalSpy dragged(view.get(), &PlotView::lineDragged);
    QSignalSpy released(view.get(), &PlotView::lineReleased);
    const double x = canvas.plotRect().center().x();
    const double from = canvas.yAxis->coordToPixel(18.0 * gib);
    const double to = canvas.yAxis->coordToPixel(12.0 * gib);
    view->setCrosshair(8192.0);
    mouse(canvas, QEvent::MouseButtonPress, {x, from}, Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, {x, (from + to) / 2.0}, Qt::LeftButton);
    QVERIFY(!canvas.state().crosshair); // no read-out of a place that the pointer has left
    mouse(canvas, QEvent::MouseMove, {x, to}, Qt::LeftButton);
    mouse(canvas, QEvent::MouseButtonRelease, {x, to}, Qt::NoButton);
    QCOMPARE(dragged.size(), 2);
    QCOMPARE(released.size(), 1);
    QCOMPARE(released.at(0).at(0).toString(), QStringLiteral("device"));
    QVERIFY(std::abs(released.at(0).at(1).toDouble() - 12.0 * gib) < 0.1 * gib);
    // Neither a pan nor a pin came of it.
    QVERIFY(!canvas.isZoomed());
    QVERIFY(!canvas.state().firstPin);
}

void TestPlotView::thresholdOutOfReachStaysDraggable() {
    PlotData data = sample::memory();
    data.lines[0].value = 1000.0 * gib;
    const auto view = viewOf(data);
    PlotCanvas& canvas = view->canvas();
    QVERIFY(canvas.yAxis->range().upper < 1000.0 * gib);
    QCOMPARE(canvas.linePixel(data.lines[0]), canvas.plotRect().top());
    QSignalSpy released(view.get(), &PlotView::lineReleased);
    const QPointF top(canvas.plotRect().center().x(), canvas.plotRect().top());
    mouse(canvas, QEvent::MouseButtonPress, top, Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, top + QPointF(0, 60), Qt::LeftButton);
    mouse(canvas, QEvent::MouseButtonRelease, top + QPointF(0, 60), Qt::NoButton);
    QCOMPARE(released.size(), 1);
}

void TestPlotView::clickOnNameHidesSeries() {
    const auto view = viewOf(sample::memory());
    PlotCanvas& canvas = view->canvas();
    QSignalSpy toggled(view.get(), &PlotView::seriesVisibilityChanged);
    QCOMPARE(canvas.state().endLabels.size(), 2);
    click(canvas, canvas.state().endLabels.first().box.center());
    QCOMPARE(toggled.size(), 1);
    QVERIFY(view->hiddenSeries().contains(QStringLiteral("A")));
    // Its name moves to the row on top, where a click brings it back.
    canvas.replot();
    QCOMPARE(canvas.state().legend.size(), 1);
    click(canvas, canvas.state().legend.first().box.center());
    QVERIFY(view->hiddenSeries().isEmpty());
    press(canvas, Qt::Key_2);
    QVERIFY(view->hiddenSeries().contains(QStringLiteral("B")));
}

void TestPlotView::collidingNamesBecomeALegend() {
    PlotData data = sample::crowded();
    for (int i = 0; i < 4; ++i) {
        for (double& y : data.series[i].y) {
            y *= 1.0 - 0.5 * i * 0.001;
        }
    }
    QVERIFY(viewOf(sample::memory())->canvas().state().legend.isEmpty());
    const auto view = viewOf(data, {1000, 260});
    QCOMPARE(view->canvas().state().legend.size(), 4);
    QVERIFY(view->canvas().state().endLabels.isEmpty());
}

void TestPlotView::zoomPanAndReset() {
    const auto view = viewOf(sample::memory());
    PlotCanvas& canvas = view->canvas();
    const QCPRange x = canvas.xAxis->range();
    const QCPRange y = canvas.yAxis->range();
    const QPointF center = canvas.plotRect().center();
    QWheelEvent wheel(center, canvas.mapToGlobal(center), QPoint(), QPoint(0, 240), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &wheel);
    QVERIFY(canvas.isZoomed());
    QVERIFY(canvas.yAxis->range().size() < y.size());
    QVERIFY(canvas.xAxis->range().upper < x.upper);
    // New data of the same kind keeps the zoom.
    const QCPRange zoomed = canvas.yAxis->range();
    PlotData changed = sample::memory();
    changed.series.removeLast();
    view->setData(changed);
    QCOMPARE(canvas.yAxis->range(), zoomed);
    mouse(canvas, QEvent::MouseButtonDblClick, center, Qt::LeftButton);
    QVERIFY(!canvas.isZoomed());
    QCOMPARE(canvas.xAxis->range(), x);
    QCOMPARE(canvas.yAxis->range(), y);
    // A drag pans, and sets no pin.
    mouse(canvas, QEvent::MouseButtonPress, center, Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, center + QPointF(40, 0), Qt::LeftButton);
    mouse(canvas, QEvent::MouseMove, center + QPointF(80, 0), Qt::LeftButton);
    mouse(canvas, QEvent::MouseButtonRelease, center + QPointF(80, 0), Qt::NoButton);
    QVERIFY(canvas.xAxis->range().lower < x.lower);
    QVERIFY(!canvas.state().firstPin);
    press(canvas, Qt::Key_0);
    QCOMPARE(canvas.xAxis->range(), x);
}

void TestPlotView::barsDoNotZoom() {
    const auto view = viewOf(sample::grouped());
    const QCPRange y = view->canvas().yAxis->range();
    press(view->canvas(), Qt::Key_Plus);
    QCOMPARE(view->canvas().yAxis->range(), y);
    QCOMPARE(y.lower, 0.0);
}

void TestPlotView::keyboardMovesCrosshair() {
    const auto view = viewOf(sample::memory());
    QSignalSpy moved(view.get(), &PlotView::crosshairMoved);
    view->setCrosshair(1024.0);
    press(view->canvas(), Qt::Key_Right);
    QCOMPARE(view->crosshair(), std::optional<double>(view->data().series[0].x[1]));
    press(view->canvas(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view->crosshair(), std::optional<double>(view->data().series[0].x[11]));
    press(view->canvas(), Qt::Key_Left);
    QCOMPARE(view->crosshair(), std::optional<double>(view->data().series[0].x[10]));
    QCOMPARE(moved.size(), 4);
    press(view->canvas(), Qt::Key_Escape);
    QVERIFY(!view->crosshair());
}

void TestPlotView::pinsShowTheDifference() {
    const auto view = viewOf(sample::memory());
    PlotCanvas& canvas = view->canvas();
    const double y = canvas.plotRect().top() + 30.0;
    click(canvas, {canvas.xAxis->coordToPixel(32768.0), y});
    click(canvas, {canvas.xAxis->coordToPixel(65536.0), y}, Qt::ShiftModifier);
    QCOMPARE(canvas.state().firstPin, std::optional<double>(32768.0)); // snapped to the tick
    QCOMPARE(canvas.state().secondPin, std::optional<double>(65536.0));
    const QStringList lines = spaced(readoutBetween(canvas.state(), 32768.0, 65536.0).lines());
    QCOMPARE(lines.at(0), QStringLiteral("32,768 tokens → 65,536 tokens"));
    QCOMPARE(lines.at(1), QStringLiteral("A +5.88 GiB (2.0×)"));
    QCOMPARE(lines.size(), 3); // the ghost has no part in it
}

void TestPlotView::ghostKeepsOutOfTheRange() {
    PlotData data = sample::memory();
    data.series.removeLast();
    const auto view = viewOf(data);
    const QCPRange before = view->canvas().yAxis->range();
    PlotSeries ghost = sample::kvLine(0, QStringLiteral("before"), 770048.0);
    ghost.id = QStringLiteral("ghost");
    view->setGhost({ghost});
    QCOMPARE(view->canvas().yAxis->range(), before);
    QCOMPARE(view->canvas().graphCount(), 3);
    QCOMPARE(view->canvas().graph(2)->pen().style(), Qt::CustomDashLine);
    QVERIFY(view->canvas().graph(2)->visible());
    view->clearGhost();
    QVERIFY(!view->canvas().graph(2)->visible());
}

void TestPlotView::tableAndCsv() {
    const auto view = viewOf(sample::grouped());
    const QAbstractItemModelTester tester(view->tableModel(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    view->showTable(true);
    QVERIFY(view->isTableShown());
    QCOMPARE(view->tableModel()->rowCount(), 4);
    QCOMPARE(view->tableModel()->columnCount(), 3);
    QCOMPARE(view->tableModel()->headerData(1, Qt::Horizontal).toString(),
             QStringLiteral("A Qwen3-235B-A22B"));
    QCOMPARE(view->tableModel()->index(2, 1).data(PlotTableModel::SortRole).toDouble(), 1749.0);
    view->setSeriesHidden(QStringLiteral("A"), true);
    QCOMPARE(view->tableModel()->columnCount(), 2);
    QCOMPARE(plotCsv(sample::grouped()),
             QStringLiteral("Batch,A Qwen3-235B-A22B (tokens/s),B DeepSeek-V3 (tokens/s)\n"
                            "1,62,48\n8,480,350\n32,1749,1285\n128,5310,4120\n"));
}

void TestPlotView::csvQuotesAndKeepsFullPrecision() {
    PlotData data;
    data.x.title = QStringLiteral("Context");
    data.x.quantity = Quantity::Tokens;
    data.y.quantity = Quantity::Seconds;
    PlotSeries first;
    first.id = QStringLiteral("1");
    first.label = QStringLiteral("says \"hi\", twice");
    first.x = {1, 2};
    first.y = {0.1, qQNaN()};
    first.errorMinus = {0.01, 0.02};
    PlotSeries second;
    second.id = QStringLiteral("2");
    second.label = QStringLiteral("other");
    second.x = {2, 3};
    second.y = {1.0 / 3.0, 1e-9};
    data.series = {first, second};
    QCOMPARE(plotCsv(data), QStringLiteral("Context (tokens),\"says \"\"hi\"\", twice (s)\","
                                           "\"says \"\"hi\"\", twice error − (s)\",other (s)\n"
                                           "1,0.1,0.01,\n2,,0.02,0.3333333333333333\n3,,,1e-09\n"));
    QLocale::setDefault(QLocale(QLocale::German));
    const QString german = plotCsv(data);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(german, plotCsv(data));
}

void TestPlotView::copyOffersImageAndCsv() {
    const auto view = viewOf(sample::memory());
    const std::unique_ptr<QMimeData> mime = view->mimeData();
    const QImage image = qvariant_cast<QImage>(mime->imageData());
    QCOMPARE(image.size(), view->canvas().size() * 2);
    QVERIFY(mime->text().startsWith(QStringLiteral("Context length (tokens),A Qwen3")));
    QCOMPARE(mime->data(QStringLiteral("text/csv")), mime->text().toUtf8());
}

void TestPlotView::exportWritesTheAskedPixels_data() {
    QTest::addColumn<int>("dpi");
    QTest::addColumn<QSize>("pixels");
    QTest::newRow("screen") << 96 << QSize(800, 500);
    QTest::newRow("print") << 300 << QSize(2500, 1563);
}

void TestPlotView::exportWritesTheAskedPixels() {
    QFETCH(int, dpi);
    QFETCH(QSize, pixels);
    ExportOptions options;
    options.path = m_folder.filePath(QStringLiteral("chart.png"));
    options.size = {800, 500};
    options.dpi = dpi;
    QString error;
    QVERIFY2(renderPlot(sample::memory(), options, &error), qPrintable(error));
    const QImage image(options.path);
    QCOMPARE(image.size(), pixels);
    QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), dpi);
    // The curve is there, the title is there, and the panel is white.
    QVERIFY(pixelsLike(image, designColor(lightTokens(), 0)) > 400);
    QVERIFY(pixelsLike(image.copy(0, 0, image.width(), image.height() / 12), lightTokens().text) >
            200);
    QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
}

void TestPlotView::exportOfSvgPdfAndCsv() {
    ExportOptions options;
    QString error;
    options.format = ExportFormat::Svg;
    options.path = m_folder.filePath(QStringLiteral("chart.svg"));
    QVERIFY2(renderPlot(sample::breakdown(), options, &error), qPrintable(error));
    QFile svg(options.path);
    QVERIFY(svg.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&svg);
    int paths = 0;
    QString text;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            paths += reader.name() == u"path" || reader.name() == u"rect" ? 1 : 0;
        } else if (reader.isCharacters()) {
            text += reader.text();
        }
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(paths > 4);
    QVERIFY(text.contains(QStringLiteral("B DeepSeek-V3")));

    options.format = ExportFormat::Pdf;
    options.path = m_folder.filePath(QStringLiteral("chart.pdf"));
    QVERIFY2(renderPlot(sample::memory(), options, &error), qPrintable(error));
    QFile pdf(options.path);
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    const QByteArray bytes = pdf.readAll();
    QVERIFY(bytes.startsWith("%PDF-"));
    QVERIFY(bytes.contains("/MediaBox [0 0 720")); // 960 px at 96 dpi are 720 points

    options.format = ExportFormat::Csv;
    options.path = m_folder.filePath(QStringLiteral("chart.csv"));
    options.hidden = {QStringLiteral("A")};
    QVERIFY2(renderPlot(sample::grouped(), options, &error), qPrintable(error));
    QFile csv(options.path);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll(), QByteArray("Batch,B DeepSeek-V3 (tokens/s)\n"
                                       "1,48\n8,350\n32,1285\n128,4120\n"));
}

void TestPlotView::exportRefusesNonsense() {
    QString error;
    ExportOptions options;
    options.path = m_folder.filePath(QStringLiteral("missing/chart.png"));
    QVERIFY(!renderPlot(sample::memory(), options, &error));
    QVERIFY(error.contains(QStringLiteral("missing/chart.png")));
    options.path = m_folder.filePath(QStringLiteral("huge.png"));
    options.size = {8000, 8000};
    options.dpi = 2400;
    QVERIFY(!renderPlot(sample::memory(), options, &error));
    QVERIFY(error.contains(QStringLiteral("too large")));
    options.size = {0, 10};
    QVERIFY(!renderPlot(sample::memory(), options, &error));
    QVERIFY(!QFile::exists(options.path));
    bool known = true;
    QCOMPARE(exportFormatForPath(QStringLiteral("a.SVG"), &known), ExportFormat::Svg);
    QVERIFY(known);
    QCOMPARE(exportFormatForPath(QStringLiteral("a.bmp"), &known), ExportFormat::Png);
    QVERIFY(!known);
}

void TestPlotView::exportDialogWrites() {
    ExportDialog dialog(sample::memory(), {});
    QCOMPARE(dialog.options().size, QSize(960, 600));
    const QString path = m_folder.filePath(QStringLiteral("dialog.png"));
    QVERIFY(dialog.saveTo(path));
    QCOMPARE(QImage(path).size(), QSize(1920, 1200));
    dialog.setFormat(ExportFormat::Csv);
    QCOMPARE(dialog.options().format, ExportFormat::Csv);
    QVERIFY(!dialog.saveTo(m_folder.filePath(QStringLiteral("nowhere/x.csv"))));
    QVERIFY(!dialog.errorText().isEmpty());
}

void TestPlotView::themeChangesColours() {
    const auto view = viewOf(sample::memory());
    const QImage light = view->grab().toImage();
    QVERIFY(pixelsLike(light, designColor(lightTokens(), 0)) > 300);
    Theme::instance().setMode(Theme::Mode::Dark);
    QCoreApplication::processEvents(); // palettes spread by posted events
    view->canvas().replot();
    const QImage dark = view->grab().toImage();
    QVERIFY(pixelsLike(dark, designColor(darkTokens(), 0)) > 300);
    QCOMPARE(pixelsLike(dark, QColor(Qt::white)), 0);
    QCOMPARE(dark.pixelColor(dark.width() - 3, dark.height() - 3), darkTokens().panel);
    QVERIFY(Theme::isDarkPalette(QApplication::palette()));
    // What is exported follows the options, not the screen.
    ExportOptions options;
    QCOMPARE(renderPlotImage(sample::memory(), options).pixelColor(0, 0), QColor(Qt::white));
}

void TestPlotView::emptyStateSaysWhatToDo() {
    const auto view = viewOf(sample::empty());
    QVERIFY(!view->canvas().xAxis->visible());
    QVERIFY(view->canvas().accessibleDescription().startsWith(QStringLiteral("Press “Run”")));
    const QImage image = view->canvas().toPixmap().toImage();
    const QRect middle(image.width() / 4, image.height() / 2 - 20, image.width() / 2, 40);
    QVERIFY(pixelsLike(image.copy(middle), lightTokens().secondary) > 50);
    view->setData(sample::memory());
    QVERIFY(view->canvas().xAxis->visible());
}

void TestPlotView::descriptionInWords() {
    const auto view = viewOf(sample::memory());
    QCOMPARE(view->canvas().accessibleName(), sample::memory().title);
    const QString words = spaced({view->canvas().accessibleDescription()}).first();
    QVERIFY2(words.contains(QStringLiteral("A Qwen3-235B-A22B: from 188.0 MiB at 1,024 tokens to "
                                           "23.50 GiB at 131,072 tokens.")),
             qPrintable(words));
}

void TestPlotView::logAxisSkipsZeros() {
    PlotData data = sample::validation();
    data.series[0].y[0] = 0.0;
    data.series[0].y[1] = -1.0;
    const auto view = viewOf(data);
    QVERIFY(view->canvas().yAxis->range().lower > 0.0);
    QVERIFY(std::isfinite(view->canvas().yAxis->range().upper));
}

void TestPlotView::simplifiedKeepsTheShape() {
    QVector<QPointF> arc;
    for (int i = 0; i <= 1000; ++i) {
        arc.append({static_cast<double>(i), 200.0 * std::sin(i / 160.0)});
    }
    const QVector<QPointF> few = simplified(arc, 0.1);
    QVERIFY2(few.size() > 10 && few.size() < 150, qPrintable(QString::number(few.size())));
    QCOMPARE(few.first(), arc.first());
    QCOMPARE(few.last(), arc.last());
    // Every point that was left out lies on the line between its neighbours that stayed.
    qsizetype next = 1;
    for (const QPointF& point : arc) {
        while (few[next].x() < point.x()) {
            ++next;
        }
        const QPointF a = few[next - 1];
        const QPointF b = few[next];
        const double y = a.y() + (b.y() - a.y()) * (point.x() - a.x()) / (b.x() - a.x());
        QVERIFY(std::abs(y - point.y()) < 0.2);
    }
    const double none = std::nan("");
    const QVector<QPointF> gap{{0, 0}, {1, 0}, {2, none}, {3, 5}, {4, 5}, {5, 5}};
    const QVector<QPointF> kept = simplified(gap, 0.1);
    QCOMPARE(kept.size(), 5);
    QVERIFY(std::isnan(kept[2].y()));
    QVERIFY(simplified({}, 0.1).isEmpty());
    QCOMPARE(simplified({{1, 1}}, 0.1).size(), 1);
}

void TestPlotView::piecesCarryTheDashes() {
    const QRectF area(-10, -10, 400, 400);
    QPen pen(Qt::black, 2.0);
    QCOMPARE(strokedPieces({{0, 0}, {100, 0}}, pen, area), QVector<QLineF>{QLineF(0, 0, 100, 0)});
    pen.setDashPattern({5.0, 5.0}); // ten pixels on, ten off
    const QVector<QLineF> straight = strokedPieces({{0, 0}, {100, 0}}, pen, area);
    QCOMPARE(straight.size(), 5);
    QCOMPARE(straight[1], QLineF(20, 0, 30, 0));
    // The pattern runs on around a corner: the fourth dash begins before it and ends behind it.
    const QVector<QLineF> corner = strokedPieces({{0, 0}, {65, 0}, {65, 35}}, pen, area);
    double drawn = 0.0;
    for (const QLineF& piece : corner) {
        drawn += piece.length();
    }
    QVERIFY2(std::abs(drawn - 52.0) < 1e-9, qPrintable(QString::number(drawn))); // 50 and a mitre
    QCOMPARE(corner[3].p2(), QPointF(66, 0));
    QCOMPARE(corner[4].p1(), QPointF(65, -1));
    // A gap starts the pattern anew.
    const double none = std::nan("");
    const QVector<QLineF> broken =
        strokedPieces({{0, 0}, {5, 0}, {6, none}, {20, 0}, {30, 0}}, pen, area);
    QCOMPARE(broken, (QVector<QLineF>{QLineF(0, 0, 5, 0), QLineF(20, 0, 30, 0)}));
}

void TestPlotView::piecesStayInside() {
    QPen pen(Qt::black, 2.0);
    pen.setDashPattern({1.0, 1.0});
    const QRectF area(0, 0, 100, 100);
    // As on a logarithmic axis: the curve comes from far below.
    const QVector<QLineF> pieces = strokedPieces({{50, 1e12}, {50, 50}, {1e12, 50}}, pen, area);
    QVERIFY(pieces.size() > 20 && pieces.size() < 40);
    for (const QLineF& piece : pieces) {
        QVERIFY(area.adjusted(-1.5, -1.5, 1.5, 1.5).contains(piece.p1()));
        QVERIFY(area.adjusted(-1.5, -1.5, 1.5, 1.5).contains(piece.p2()));
    }
    QVERIFY(strokedPieces({{200, 0}, {200, 100}}, pen, area).isEmpty());
}

void TestPlotView::changesBecomeOneReplot() {
    auto view = viewOf(sample::memory());
    view->show();
    QApplication::processEvents();
    QSignalSpy replots(&view->canvas(), &QCustomPlot::afterReplot);
    PlotData changed = view->data();
    for (int i = 0; i < 3; ++i) {
        changed.series[0].y.last() *= 1.1;
        view->setData(changed);
    }
    view->setSeriesHidden(changed.series[1].id, true);
    QCOMPARE(replots.size(), 0);
    QApplication::processEvents();
    QCOMPARE(replots.size(), 1);
}

QTEST_MAIN(TestPlotView)
#include "tst_plot_view.moc"
