// SPDX-License-Identifier: GPL-3.0-or-later
// Time from new data to the painted chart: four series of 200 points at 1920x1080.
#include "tests/widgets/gallery_data.h"

#include "widgets/plot/plot_canvas.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace headroom::ui;

namespace {

PlotData fourSeries(int step) {
    PlotData data = sample::memory();
    data.series.clear();
    const char16_t* const names[] = {u"Qwen3-235B", u"DeepSeek-V3", u"Llama-3.1-70B", u"Mixtral"};
    for (int slot = 0; slot < 4; ++slot) {
        data.series.append(sample::kvLine(slot, QString::fromUtf16(names[slot]),
                                          50000.0 * (slot + 1) + 100.0 * step));
    }
    return data;
}

void report(const char* what, std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    std::printf("%-44s median %6.2f ms   99%% %6.2f ms\n", what, times[times.size() / 2],
                times[times.size() * 99 / 100]);
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::instance().setMode(Theme::Mode::Light);
    Theme::instance().install(application);
    PlotView view;
    view.resize(1920, 1080);
    view.setData(fourSeries(0));
    QImage screen(view.size(), QImage::Format_RGB32);
    view.render(&screen);

    std::vector<double> sets;
    std::vector<double> replots;
    std::vector<double> totals;
    std::vector<double> crosshairs;
    view.setInteractiveEditing(true);
    for (int step = 1; step <= 300; ++step) {
        const PlotData data = fourSeries(step % 50);
        QElapsedTimer timer;
        timer.start();
        view.setData(data);
        sets.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
        view.canvas().replot(QCustomPlot::rpImmediateRefresh);
        replots.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6 - sets.back());
        view.render(&screen);
        totals.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
    }
    view.setCrosshair(1024.0);
    view.canvas().replot(QCustomPlot::rpImmediateRefresh);
    for (int step = 1; step <= 300; ++step) {
        QElapsedTimer timer;
        timer.start();
        view.setCrosshair(1024.0 * (1 + step % 100));
        crosshairs.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
    }
    report("new data into curves", sets);
    report("replot of the canvas", replots);
    report("data to painted widget, 1920x1080", totals);
    report("crosshair alone", crosshairs);
    return 0;
}
