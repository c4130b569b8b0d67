// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the pages and the editor to PNG files, for looking at them, and times their repaints.
//   pages_gallery FOLDER [WIDTHxHEIGHT]
#include "core/config/config_fields.h"
#include "core/presets/presets.h"
#include "widgets/editors/design_editor.h"
#include "widgets/pages/pages.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QTextStream>

#include <algorithm>

using namespace headroom;
using namespace headroom::ui;

namespace {

Study studyOf(const std::vector<std::string>& presets) {
    Study made = default_study();
    made.designs.clear();
    for (const std::string& id : presets) {
        if (const ModelPreset* preset = find_model_preset(id)) {
            made.designs.push_back({preset->name, preset->id, preset->config});
        }
    }
    return made;
}

void timeRepaints(Page& page, const Study& study) {
    QVector<double> times;
    QPixmap target(page.size());
    const auto before = evaluate(study, 1);
    for (int i = 0; i < 60; ++i) {
        Study edited = study;
        edited.designs[0].config.hidden_size = 4096 + 128 * (i % 30);
        QElapsedTimer timer;
        timer.start();
        ViewState view;
        view.editing = true;
        page.setResult(evaluate(edited, static_cast<std::uint64_t>(i + 2)), before, view);
        page.render(&target);
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    QTextStream(stdout) << page.id() << ' ' << page.width() << 'x' << page.height() << " median "
                        << times[times.size() / 2] << " ms, 99th percentile " << times.last()
                        << " ms\n";
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::instance().install(application);
    const QStringList arguments = QApplication::arguments();
    const QString folder = arguments.value(1, QStringLiteral("."));
    const QStringList size = arguments.value(2, QStringLiteral("1280x800")).split(u'x');
    const QSize whole(size.value(0).toInt(), size.value(1).toInt());
    const QVector<std::pair<QString, Study>> studies{
        {QStringLiteral("default"), default_study()},
        {QStringLiteral("four"),
         studyOf({"gemma-3-27b", "llama-4-scout", "qwen3-32b", "mistral-7b-v0.1"})},
        {QStringLiteral("one"), studyOf({"qwen3-8b"})}};
    for (const bool dark : {false, true}) {
        Theme::instance().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        for (const auto& [name, study] : studies) {
            if (dark && name != QStringLiteral("default")) {
                continue;
            }
            const auto now = evaluate(study, 2);
            Study earlier = study;
            (void)set_field_from_text(earlier.designs[0].config, "num_key_value_heads", "16");
            const auto ghost = evaluate(earlier, 1);
            for (int choice = 0; choice < 3; ++choice) {
                QWidget window;
                auto* row = new QHBoxLayout(&window);
                row->setContentsMargins(0, 0, 0, 0);
                auto* editor = new DesignEditor(&window);
                editor->setFixedWidth(288);
                row->addWidget(editor);
                const QVector<Page*> pages = makePages(&window);
                for (Page* page : pages) {
                    page->hide();
                    row->addWidget(page, 1);
                }
                editor->setDesign(study.designs[0], now->results[0], 0);
                window.resize(whole.width(), whole.height() - 200);
                for (Page* page : pages) {
                    const bool chart = page->id() == QStringLiteral("memory") ||
                                       page->id() == QStringLiteral("throughput");
                    if (choice > 0 && !chart) {
                        continue;
                    }
                    page->show();
                    page->restoreView({{QStringLiteral("curve"), choice},
                                       {QStringLiteral("figure"), choice},
                                       {QStringLiteral("axis"), choice == 2 ? 1 : 0}});
                    page->setResult(now, ghost, {});
                    window.grab();
                    QApplication::processEvents();
                    window.grab().save(
                        QStringLiteral("%1/%2-%3%4-%5.png")
                            .arg(folder, page->id(), name,
                                 choice == 0 ? QString() : QString::number(choice),
                                 dark ? QStringLiteral("dark") : QStringLiteral("light")));
                    page->hide();
                }
            }
        }
    }
    Theme::instance().setMode(Theme::Mode::Light);
    QWidget parent;
    for (Page* page : makePages(&parent)) {
        page->resize(1600, 820);
        timeRepaints(*page,
                     studyOf({"qwen3-235b-a22b", "deepseek-v3", "gemma-3-27b", "llama-4-scout"}));
    }
    return 0;
}
