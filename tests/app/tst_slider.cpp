// SPDX-License-Identifier: GPL-3.0-or-later
// The first thing a user does: drag a slider of the default session, look, take it back, export.
#include "dialog_warnings.h"

#include "app/application.h"
#include "app/designs_panel.h"
#include "app/language.h"
#include "app/main_window.h"
#include "widgets/bars/headline_bar.h"
#include "widgets/editors/design_editor.h"
#include "widgets/editors/field_row.h"
#include "widgets/editors/step_slider.h"
#include "widgets/plot/export_dialog.h"
#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_view.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <set>

using namespace headroom;
using namespace headroom::ui;

namespace {

std::unique_ptr<MainWindow> openWindow() {
    auto window = std::make_unique<MainWindow>(MainWindow::Options{false, {}});
    window->resize(1280, 800);
    window->showPage(QStringLiteral("memory"));
    window->show();
    QApplication::processEvents();
    return window;
}

StepSlider* sliderOf(MainWindow& window, std::string_view field) {
    FieldRow* row = window.designs().editor().row(field);
    return row == nullptr ? nullptr : row->findChild<StepSlider*>();
}

PlotView& chart(MainWindow& window) {
    return *window.currentPage()->findChild<PlotView*>();
}

const ModelConfig& config(MainWindow& window) {
    return window.document().study().designs[0].config;
}

/// The curve of design A as it is, not its ghost.
const PlotSeries& curve(const PlotData& data) {
    return *std::find_if(data.series.begin(), data.series.end(), [](const PlotSeries& series) {
        return series.letter == QStringLiteral("A") && !series.ghost;
    });
}

QAction* actionNamed(const MainWindow& window, const QString& text) {
    for (QAction* action : window.actions()) {
        if (action->text().remove(u'&') == text) {
            return action;
        }
    }
    return nullptr;
}

/// What the window shows of its state, as a user would compare it.
struct Shown {
    QString kv;
    QString throughput;
    PlotData data;
    QImage picture;
    friend bool operator==(const Shown&, const Shown&) = default;
};

Shown look(MainWindow& window) {
    QApplication::processEvents();
    HeadlineBar& bar = window.headline();
    PlotCanvas& canvas = chart(window).canvas();
    return {bar.cell(0, 2).value, bar.cell(0, 6).value, chart(window).data(),
            canvas.grab().toImage()};
}

/// Presses on the handle and moves it by `pixels` in a dozen steps, still held.
void dragBy(StepSlider& slider, int pixels) {
    QStyleOptionSlider option;
    option.initFrom(&slider);
    option.minimum = slider.minimum();
    option.maximum = slider.maximum();
    option.sliderPosition = slider.sliderPosition();
    option.sliderValue = slider.value();
    option.subControls = QStyle::SC_All;
    const QPoint start =
        slider.style()
            ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
            .center();
    QTest::mousePress(&slider, Qt::LeftButton, {}, start);
    for (int step = 1; step <= 12; ++step) {
        const QPointF at = start + QPointF(pixels * step / 12.0, 0.0);
        QMouseEvent move(QEvent::MouseMove, at, slider.mapToGlobal(at), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&slider, &move);
        QApplication::processEvents();
    }
}

void release(StepSlider& slider) {
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, slider.rect().center());
    QApplication::processEvents();
}

/// Waits for a dialog of the type `Dialog` to be open and hands it over.
template <class Dialog, class Function>
void whenOpen(Function act) {
    auto* timer = new QTimer(qApp);
    timer->setInterval(20);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, act] {
        auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
        if (dialog != nullptr) {
            timer->deleteLater();
            timer->stop();
            act(dialog);
        }
    });
    timer->start();
}

std::size_t colours(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2) {
            seen.insert(image.pixel(x, y));
        }
    }
    return seen.size();
}

} // namespace

class TestSlider : public QObject {
    Q_OBJECT

private slots:
    void init() {
        failOnOtherWarnings();
        applyLanguage(QStringLiteral("en"));
    }
    void dragChangesFigureAndPlot();
    void oneUndoTakesTheDragBack();
    void aDragThatReturnsLeavesNothing();
    void keysStepTheSlider();
    void memoryLineIsDragged();
    void exportWritesAPicture();
    void chartAnswersMouseAndKeys();
};

void TestSlider::dragChangesFigureAndPlot() {
    const auto window = openWindow();
    StepSlider* slider = sliderOf(*window, "num_key_value_heads");
    QVERIFY(slider != nullptr && slider->isVisible());
    const Shown before = look(*window);
    QCOMPARE(before.kv, QStringLiteral("188\u00a0KiB"));
    QCOMPARE(config(*window).num_key_value_heads, 4);

    dragBy(*slider, 80);
    const std::int64_t heads = config(*window).num_key_value_heads;
    QVERIFY2(heads > 4, qPrintable(QString::number(heads)));
    QVERIFY(window->document().isDragging());
    const Shown during = look(*window);
    // 94 layers of a key and a value with 128 numbers of two bytes for each head.
    QCOMPARE(during.kv, QStringLiteral("%1\u00a0KiB").arg(94 * 2 * 128 * 2 * heads / 1024));
    QVERIFY(during.throughput != before.throughput);
    QVERIFY(!(during.data == before.data));
    QVERIFY(during.picture != before.picture);
    QCOMPARE(curve(during.data).y.last() / curve(before.data).y.last(),
             static_cast<double>(heads) / 4.0);
    // The state before the drag stays in sight as a ghost.
    QVERIFY(std::any_of(during.data.series.begin(), during.data.series.end(),
                        [](const PlotSeries& series) { return series.ghost; }));

    release(*slider);
    QVERIFY(!window->document().isDragging());
    QCOMPARE(config(*window).num_key_value_heads, heads);
}

void TestSlider::oneUndoTakesTheDragBack() {
    const auto window = openWindow();
    const Shown before = look(*window);
    StepSlider* slider = sliderOf(*window, "num_key_value_heads");
    dragBy(*slider, 80);
    release(*slider);
    QCOMPARE(window->document().undoStack().count(), 1);
    const std::int64_t heads = config(*window).num_key_value_heads;
    const Shown after = look(*window);

    QAction* undo = nullptr;
    for (QAction* action : window->actions()) {
        if (action->shortcut() == QKeySequence(QKeySequence::Undo)) {
            undo = action;
        }
    }
    QVERIFY(undo != nullptr && undo->isEnabled());
    QVERIFY2(undo->text().contains(QStringLiteral("num_key_value_heads")),
             qPrintable(undo->text()));
    undo->trigger();
    const Shown undone = look(*window);
    QCOMPARE(config(*window).num_key_value_heads, 4);
    QCOMPARE(undone.kv, before.kv);
    QCOMPARE(undone.throughput, before.throughput);
    QCOMPARE(curve(undone.data).y, curve(before.data).y);
    QCOMPARE(undone.data.title, before.data.title);
    QCOMPARE(slider->values()[static_cast<std::size_t>(slider->value())], std::int64_t{4});
    QVERIFY(!undo->isEnabled());

    window->document().undoStack().redo();
    QCOMPARE(config(*window).num_key_value_heads, heads);
    QCOMPARE(look(*window).kv, after.kv);
}

void TestSlider::aDragThatReturnsLeavesNothing() {
    const auto window = openWindow();
    StepSlider* slider = sliderOf(*window, "num_key_value_heads");
    const int start = slider->value();
    dragBy(*slider, 80);
    slider->setSliderPosition(start);
    release(*slider);
    QCOMPARE(config(*window).num_key_value_heads, 4);
    QCOMPARE(window->document().undoStack().count(), 0);
}

void TestSlider::keysStepTheSlider() {
    const auto window = openWindow();
    StepSlider* slider = sliderOf(*window, "num_key_value_heads");
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(config(*window).num_key_value_heads, 8);
    QTest::keyClick(slider, Qt::Key_Left);
    QTest::keyClick(slider, Qt::Key_Left);
    QCOMPARE(config(*window).num_key_value_heads, 2);
    QCOMPARE(look(*window).kv, QStringLiteral("94.0\u00a0KiB"));
}

void TestSlider::memoryLineIsDragged() {
    const auto window = openWindow();
    PlotCanvas& canvas = chart(*window).canvas();
    look(*window);
    const QVector<PlotLine>& lines = canvas.state().data.lines;
    const auto line =
        std::find_if(lines.begin(), lines.end(), [](const PlotLine& one) { return one.draggable; });
    QVERIFY(line != lines.end());
    const std::int64_t batch = window->document().study().scenario.workload.batch;
    const QPointF at(canvas.plotRect().center().x(), canvas.linePixel(*line));
    QTest::mousePress(&canvas, Qt::LeftButton, {}, at.toPoint());
    for (int step = 1; step <= 8; ++step) {
        const QPointF to = at + QPointF(0.0, 30.0 * step);
        QMouseEvent move(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&canvas, &move);
        QApplication::processEvents();
    }
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, (at + QPointF(0.0, 240.0)).toPoint());
    // Less room for each sequence: more of them share the device.
    QVERIFY(window->document().study().scenario.workload.batch > batch);
    QCOMPARE(window->document().undoStack().count(), 1);
    window->document().undoStack().undo();
    QCOMPARE(window->document().study().scenario.workload.batch, batch);
}

void TestSlider::exportWritesAPicture() {
    const auto window = openWindow();
    look(*window);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("memory.png"));
    QAction* action = actionNamed(*window, QStringLiteral("Export chart…"));
    QVERIFY(action != nullptr && action->isEnabled());
    QSize promised;
    bool chosen = false;
    whenOpen<ExportDialog>([&](ExportDialog* dialog) {
        promised = dialog->options().size * dialog->options().dpi / 96;
        whenOpen<QFileDialog>([&](QFileDialog* chooser) {
            chosen = true;
            chooser->findChild<QLineEdit*>()->setText(path);
            QMetaObject::invokeMethod(chooser, "accept");
        });
        auto* save = dialog->findChild<QPushButton*>(QStringLiteral("save"));
        if (save == nullptr) {
            dialog->reject();
            return;
        }
        save->click();
    });
    action->trigger();
    QVERIFY(chosen);
    const QImage image(path);
    QVERIFY(!image.isNull());
    QCOMPARE(image.size(), promised);
    QVERIFY2(colours(image) > 60, qPrintable(QString::number(colours(image))));
    // Both curves are in it, in the colours of the designs.
    const auto has = [&image](const QColor& colour) {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == colour) {
                    return true;
                }
            }
        }
        return false;
    };
    QVERIFY(has(designColor(lightTokens(), 0)));
    QVERIFY(has(designColor(lightTokens(), 1)));
}

void TestSlider::chartAnswersMouseAndKeys() {
    const auto window = openWindow();
    look(*window);
    PlotView& view = chart(*window);
    PlotCanvas& canvas = view.canvas();
    // A click on a curve's name hides it and puts it into the legend; a click there brings it back.
    const auto nameOf = [&canvas](const QVector<PlotNameBox>& names, const QString& letter) {
        for (const PlotNameBox& name : names) {
            if (canvas.state().series[name.series].letter == letter) {
                return name.box.center().toPoint();
            }
        }
        return QPoint();
    };
    const QPoint end = nameOf(canvas.state().endLabels, QStringLiteral("B"));
    QVERIFY(!end.isNull());
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, end);
    QCOMPARE(view.hiddenSeries().size(), 1);
    look(*window);
    const QPoint legend = nameOf(canvas.state().legend, QStringLiteral("B"));
    QVERIFY(!legend.isNull());
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, legend);
    QVERIFY(view.hiddenSeries().isEmpty());
    // Two pins by click and Shift+click, then a double click that resets the zoom and keeps them.
    look(*window);
    const QPoint first = canvas.plotRect().center().toPoint();
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, first);
    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::ShiftModifier, first + QPoint(100, 0));
    const auto pin = canvas.state().firstPin;
    QVERIFY(pin && canvas.state().secondPin && *pin < *canvas.state().secondPin);
    canvas.zoomBy(0.5);
    QVERIFY(canvas.isZoomed());
    QTest::mouseDClick(&canvas, Qt::LeftButton, {}, first);
    QVERIFY(!canvas.isZoomed());
    QCOMPARE(canvas.state().firstPin, pin);
    // Ctrl+C: the picture and the numbers.
    QApplication::clipboard()->setText(QStringLiteral("nothing yet"));
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->mimeData()->hasImage());
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Qwen3-235B-A22B")));
    // The same data as a table.
    view.showTable(true);
    QVERIFY(view.tableModel()->rowCount() > 10);
    QCOMPARE(view.tableModel()->columnCount(), 3);
}

int main(int argc, char** argv) {
    letWarningsPass();
    QApplication application(argc, argv);
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    prepareApplication(application);
    TestSlider test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_slider.moc"
