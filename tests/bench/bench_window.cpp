// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the window starts, and how long a slider's move takes to the last repaint of each page.
//
// Run with QT_QPA_PLATFORM=offscreen; prints one line for each figure. With names of pages as
// arguments it measures only those: for a profiler.
#include "app/application.h"
#include "app/language.h"
#include "app/main_window.h"
#include "core/presets/presets.h"

#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <vector>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr QSize screen{1920, 1080};
constexpr int moves = 700;
constexpr int warm_up = 20;

/// Counts paint events of the whole program.
class PaintWatch : public QObject {
public:
    int paints = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            ++paints;
        }
        return QObject::eventFilter(watched, event);
    }
};

struct Percentiles {
    double median = 0;
    double p99 = 0;
    double longest = 0;
};

Percentiles percentiles(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const std::size_t last = times.size() - 1;
    return {times[last / 2], times[last * 99 / 100], times[last]};
}

/// Processor time of this program: what other programs do on the machine is not in it.
double processorMs() {
    return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Runs the event loop until a pass paints nothing more; the time of the last one that did.
double untilPainted(PaintWatch& watch, const QElapsedTimer& timer) {
    double last = 0;
    for (int quiet = 0; quiet < 2;) {
        const int before = watch.paints;
        QApplication::processEvents();
        if (watch.paints == before) {
            ++quiet;
        } else {
            quiet = 0;
            last = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        }
    }
    return last;
}

void addDesigns(Document& document) {
    for (const char* id : {"gemma-3-27b", "llama-4-maverick"}) {
        if (const ModelPreset* preset = find_model_preset(id)) {
            document.addDesign(Design{preset->name, preset->id, preset->config});
        }
    }
    document.select(0);
}

void benchStart(const QElapsedTimer& process) {
    const double application = static_cast<double>(process.nsecsElapsed()) / 1e6;
    PaintWatch watch;
    qApp->installEventFilter(&watch);
    MainWindow window(MainWindow::Options{false, {}});
    const double built = static_cast<double>(process.nsecsElapsed()) / 1e6;
    window.resize(1440, 900);
    window.show();
    const double painted = untilPainted(watch, process);
    std::printf("start: application %.1f ms, window built %.1f ms, painted and idle %.1f ms\n",
                application, built, painted);
    qApp->removeEventFilter(&watch);
}

void benchPage(MainWindow& window, const QString& page) {
    window.showPage(page);
    PaintWatch watch;
    qApp->installEventFilter(&watch);
    QElapsedTimer settle;
    settle.start();
    untilPainted(watch, settle);
    Document& document = window.document();
    std::vector<double> times;
    std::vector<double> busy;
    for (int i = 0; i < moves + warm_up; ++i) {
        // As a slider does: another KV head count of A, marked as part of a drag.
        const std::int64_t heads = std::int64_t{1} << (i % 7);
        const double before = processorMs();
        QElapsedTimer timer;
        timer.start();
        document.setField(0, QStringLiteral("num_key_value_heads"), FieldValue{heads}, true);
        const double time = untilPainted(watch, timer);
        if (i >= warm_up) {
            times.push_back(time);
            busy.push_back(processorMs() - before);
        }
    }
    document.finishEditing();
    qApp->removeEventFilter(&watch);
    const Percentiles result = percentiles(times);
    const Percentiles worked = percentiles(busy);
    std::printf("%-12s median %.2f ms, p99 %.2f ms, longest %.2f ms; processor %.2f, %.2f, %.2f\n",
                qPrintable(page), result.median, result.p99, result.longest, worked.median,
                worked.p99, worked.longest);
}

} // namespace

int main(int argc, char** argv) {
    QElapsedTimer process;
    process.start();
    QApplication application(argc, argv);
    prepareApplication(application);
    applyLanguage(QStringLiteral("en"));
    benchStart(process);

    MainWindow window(MainWindow::Options{false, {}});
    addDesigns(window.document());
    window.resize(screen);
    window.show();
    std::printf("slider move to last repaint, %dx%d, %d designs:\n", screen.width(),
                screen.height(), window.document().designCount());
    const QStringList wanted = QApplication::arguments().mid(1);
    for (const Page* page : window.pages()) {
        if (wanted.isEmpty() || wanted.contains(page->id())) {
            benchPage(window, page->id());
        }
    }
    return 0;
}
