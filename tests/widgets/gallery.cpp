// SPDX-License-Identifier: GPL-3.0-or-later
// Gallery of the widgets, for looking at them: charts and controls in both themes and languages.
//   gallery [--save FOLDER]   with --save it draws PNGs at 1280x800 and ends
#include "gallery_data.h"

#include "widgets/plot/export_dialog.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace headroom::ui;

namespace {

QString say(bool chinese, const char* english, const char* translated) {
    return chinese ? QString::fromUtf8(translated) : QString::fromUtf8(english);
}

QWidget* editorRow(const QString& name, int value, int slot) {
    auto* row = new QWidget;
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    auto* box = new QSpinBox;
    box->setRange(0, 1000000);
    box->setValue(value);
    box->setGroupSeparatorShown(true);
    box->setAlignment(Qt::AlignRight);
    box->setFixedWidth(96);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, 100);
    slider->setValue(value % 90 + 8);
    setDesignSlot(slider, slot);
    setDesignSlot(box, slot);
    grid->addWidget(new TextLabel(TextRole::Body, name), 0, 0);
    grid->addWidget(box, 0, 1);
    grid->addWidget(slider, 1, 0, 1, 2);
    return row;
}

QWidget* controls(bool chinese) {
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(8);
    auto* chips = new QHBoxLayout;
    auto* a = new DesignChip(0, QStringLiteral("Qwen3-235B"));
    a->setChecked(true);
    chips->addWidget(a);
    chips->addWidget(new DesignChip(1, QStringLiteral("DeepSeek-V3")));
    column->addLayout(chips);
    auto* preset = new QLineEdit;
    preset->setPlaceholderText(say(chinese, "Search presets", "搜索预设"));
    column->addWidget(preset);
    column->addWidget(new SectionHeading(say(chinese, "Model", "模型")));
    column->addWidget(editorRow(say(chinese, "Hidden size", "隐藏维度"), 4096, 0));
    column->addWidget(editorRow(say(chinese, "Layers", "层数"), 94, 0));
    column->addWidget(
        new SectionHeading(say(chinese, "Attention · grouped-query", "注意力 · 分组查询")));
    column->addWidget(editorRow(say(chinese, "KV heads", "KV 头数"), 4, 0));
    auto* advice = new AdviceLabel;
    advice->setText(say(chinese,
                        "16 query heads share each KV head; common practice is 4–8. Try 8.",
                        "每个 KV 头由 16 个查询头共享；常见做法是 4–8。可以试试 8。"));
    column->addWidget(advice);
    auto* combo = new QComboBox;
    combo->addItems({QStringLiteral("bf16"), QStringLiteral("fp8")});
    auto* check = new QCheckBox(say(chinese, "Only differences", "仅显示差异"));
    check->setChecked(true);
    auto* radio = new QRadioButton(say(chinese, "Per token", "每个词元"));
    radio->setChecked(true);
    auto* line = new QHBoxLayout;
    line->addWidget(combo);
    line->addWidget(check);
    line->addWidget(radio);
    column->addLayout(line);
    auto* buttons = new QHBoxLayout;
    auto* run = new QPushButton(say(chinese, "Run", "运行"));
    run->setDefault(true);
    buttons->addWidget(run);
    auto* off = new QPushButton(say(chinese, "Cancel", "取消"));
    buttons->addWidget(off);
    auto* disabled = new QPushButton(say(chinese, "Later", "稍后"));
    disabled->setEnabled(false);
    buttons->addWidget(disabled);
    buttons->addStretch(1);
    column->addLayout(buttons);
    auto* progress = new QProgressBar;
    progress->setRange(0, 17);
    progress->setValue(14);
    progress->setTextVisible(false);
    column->addWidget(progress);
    auto* table = new QTableWidget(6, 3);
    table->setHorizontalHeaderLabels(
        {say(chinese, "Field", "字段"), QStringLiteral("A"), QStringLiteral("B")});
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    for (int r = 0; r < 6; ++r) {
        table->setItem(r, 0, new QTableWidgetItem(QStringLiteral("hidden_size")));
        table->setItem(r, 1, new QTableWidgetItem(QStringLiteral("4,096")));
        table->setItem(r, 2, new QTableWidgetItem(QStringLiteral("7,168")));
    }
    table->selectRow(1);
    column->addWidget(table, 1);
    panel->setFixedWidth(300);
    return panel;
}

QWidget* window(bool chinese) {
    auto* top = new QWidget;
    top->resize(1280, 800);
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QMenuBar;
    QMenu* file = bar->addMenu(say(chinese, "File", "文件"));
    file->addAction(say(chinese, "Open…", "打开…"));
    bar->addMenu(say(chinese, "Edit", "编辑"));
    bar->addMenu(say(chinese, "Help", "帮助"));
    column->addWidget(bar);
    column->addWidget(new Hairline(Qt::Horizontal));
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(controls(chinese));
    row->addWidget(new Hairline(Qt::Vertical));
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    auto* tabs = new QTabBar;
    tabs->setDrawBase(true);
    tabs->setExpanding(false);
    for (const QString& name :
         {say(chinese, "Overview", "概览"), say(chinese, "Memory", "显存"),
          say(chinese, "Throughput", "吞吐量"), say(chinese, "Compare", "对比")}) {
        tabs->addTab(name);
    }
    tabs->setCurrentIndex(1);
    middle->addWidget(tabs);
    auto* plot = new PlotView;
    plot->setObjectName(QStringLiteral("plot"));
    middle->addWidget(plot, 1);
    row->addLayout(middle, 1);
    column->addLayout(row, 1);
    return top;
}

PlotData inChinese(PlotData data) {
    data.title = QStringLiteral("多头潜在注意力的 KV 缓存是 4 个 KV 头的 1/2.7");
    data.subtitle = QStringLiteral("单条序列的 KV 缓存，bf16");
    data.x.title = QStringLiteral("上下文长度");
    data.y.title = QStringLiteral("每条序列的 KV 缓存");
    return data;
}

void settle() {
    for (int i = 0; i < 5; ++i) {
        QApplication::processEvents();
        QApplication::sendPostedEvents();
    }
}

void saveAll(const QString& folder) {
    QDir().mkpath(folder);
    struct Case {
        QString name;
        PlotData data;
        std::optional<double> crosshair;
    };
    const QVector<Case> cases{{QStringLiteral("memory"), sample::memory(), 65536.0},
                              {QStringLiteral("crowded"), sample::crowded(), 65536.0},
                              {QStringLiteral("validation"), sample::validation(), 512.0},
                              {QStringLiteral("breakdown"), sample::breakdown(), 1.0},
                              {QStringLiteral("grouped"), sample::grouped(), 2.0},
                              {QStringLiteral("empty"), sample::empty(), std::nullopt}};
    for (const bool dark : {false, true}) {
        Theme::instance().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        for (const bool chinese : {false, true}) {
            const std::unique_ptr<QWidget> top(window(chinese));
            top->setAttribute(Qt::WA_DontShowOnScreen); // laid out and drawn, without a window
            top->show();
            auto* plot = top->findChild<PlotView*>(QStringLiteral("plot"));
            for (const Case& one : cases) {
                if (chinese && one.name != QStringLiteral("memory")) {
                    continue;
                }
                plot->setData(chinese ? inChinese(one.data) : one.data);
                settle();
                plot->setCrosshair(one.crosshair);
                settle();
                const QString path =
                    QStringLiteral("%1/%2-%3%4.png")
                        .arg(folder, one.name,
                             dark ? QStringLiteral("dark") : QStringLiteral("light"),
                             chinese ? QStringLiteral("-zh") : QString());
                top->grab().save(path);
            }
        }
    }
    ExportDialog dialog(sample::memory(), {});
    dialog.setAttribute(Qt::WA_DontShowOnScreen);
    dialog.show();
    settle();
    dialog.grab().save(folder + QStringLiteral("/export-dialog-dark.png"));
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    Theme::instance().install(application);
    const QStringList arguments = QApplication::arguments();
    const auto save = arguments.indexOf(QStringLiteral("--save"));
    if (save >= 0) {
        saveAll(arguments.value(save + 1, QStringLiteral("gallery")));
        return 0;
    }
    QWidget* top = window(false);
    top->findChild<PlotView*>(QStringLiteral("plot"))->setData(sample::memory());
    top->show();
    return QApplication::exec();
}
