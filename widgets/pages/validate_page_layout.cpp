// SPDX-License-Identifier: GPL-3.0-or-later
// How the page's widgets are made and where they stand.
#include "widgets/pages/validate_page.h"

#include "widgets/plot/plot_view.h"
#include "widgets/theme/controls.h"
#include "widgets/validation/validation_model.h"
#include "widgets/validation/validation_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int bar_steps = 1000;
constexpr int progress_width = 260;
constexpr int table_width = 540; ///< at first; both grow with the window
constexpr int plot_width = 420;
constexpr int least_table_width = 480;

QComboBox* makeChoice(int count, QWidget* parent) {
    auto* choice = new QComboBox(parent);
    choice->setFocusPolicy(Qt::StrongFocus);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (int i = 0; i < count; ++i) {
        choice->addItem(QString());
    }
    return choice;
}

} // namespace

ValidatePage::ValidatePage(QWidget* parent)
    : Page(parent)
    , m_runner(new ValidationRunner(this))
    , m_model(new ValidationModel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(8);
    buildHeader(*column);
    buildBody(*column);
    connect(m_runner, &ValidationRunner::progressed, this, &ValidatePage::showProgress);
    connect(m_runner, &ValidationRunner::finished, this, &ValidatePage::finish);
    connect(m_run, &QPushButton::clicked, this,
            [this] { m_runner->isRunning() ? cancel() : run(); });
    connect(m_runChoice, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_shown = index;
        refreshChoices();
        refresh();
    });
    connect(m_contents, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_model->setContents(static_cast<ValidationModel::Contents>(std::max(0, index)));
    });
    connect(m_chart, &QComboBox::currentIndexChanged, this, &ValidatePage::rebuildChart);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &ValidatePage::rebuildChart);
    connect(m_beside, &QComboBox::currentIndexChanged, this, &ValidatePage::refresh);
    connect(m_size, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_memory->setVisible(index == m_size->count() - 1); });
    m_options.computer_folder = ValidationRunner::computerFolder().toStdString();
    m_chart->setCurrentIndex(0);
    m_size->setCurrentIndex(1);
    retranslate();
}

void ValidatePage::buildHeader(QVBoxLayout& column) {
    m_headline = new TitleLabel(TextRole::Title, this);
    m_subject = new TitleLabel(TextRole::Secondary, this);
    m_size = makeChoice(5, this);
    m_memory = makeChoice(6, this);
    m_memory->hide();
    m_run = new QPushButton(this);
    m_run->setDefault(true);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(1);
    titles->addWidget(m_headline);
    titles->addWidget(m_subject);
    auto* header = new QHBoxLayout;
    header->addLayout(titles, 1);
    header->addWidget(m_size, 0, Qt::AlignTop);
    header->addWidget(m_memory, 0, Qt::AlignTop);
    header->addWidget(m_run, 0, Qt::AlignTop);
    column.addLayout(header);

    m_summary = new TextLabel(TextRole::Secondary, QString(), this);
    m_summary->setWordWrap(true);
    m_progress = new QWidget(this);
    m_progress->setFixedWidth(progress_width);
    // Its room stays when it hides: what stands below does not jump at the end of a run.
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);
    m_stage = new TextLabel(TextRole::Body, QString(), m_progress);
    m_left = new TextLabel(TextRole::Secondary, QString(), m_progress);
    m_bar = new QProgressBar(m_progress);
    m_bar->setRange(0, bar_steps);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    auto* progress = new QVBoxLayout(m_progress);
    progress->setContentsMargins(0, 0, 0, 0);
    progress->setSpacing(3);
    progress->addWidget(m_stage);
    progress->addWidget(m_bar);
    progress->addWidget(m_left);
    auto* strip = new QHBoxLayout;
    strip->addWidget(m_summary, 1);
    strip->addWidget(m_progress, 0, Qt::AlignTop);
    column.addLayout(strip);

    m_failure = new AdviceLabel(this);
    m_failure->setSeverity(AdviceLabel::Severity::Error);
    m_failure->setWordWrap(true);
    m_failure->hide();
    column.addWidget(m_failure);
    m_disturbance = new AdviceLabel(this);
    m_disturbance->setWordWrap(true);
    m_disturbance->hide();
    column.addWidget(m_disturbance);
}

void ValidatePage::buildBody(QVBoxLayout& column) {
    m_table = new ValidationTable(m_model, this);
    m_table->setMinimumWidth(least_table_width);
    m_plot = new PlotView(this);
    m_contents = makeChoice(3, this);
    m_chart = makeChoice(validationChartCount, this);
    m_layer = makeChoice(0, this);
    m_runChoice = makeChoice(0, this);
    m_beside = makeChoice(0, this);
    m_export = new QToolButton(this);
    m_export->setAutoRaise(true);
    auto* menu = new QMenu(m_export);
    connect(m_export, &QToolButton::clicked, this, [this, menu] {
        menu->clear();
        menu->addAction(tr("Rows as CSV…"), this,
                        [this] { saveAs(QStringLiteral("csv"), tr("CSV (*.csv)")); });
        menu->addAction(tr("Report as Markdown…"), this,
                        [this] { saveAs(QStringLiteral("md"), tr("Markdown (*.md)")); });
        menu->addAction(tr("Chart as PNG, SVG, PDF or CSV…"), this, &ValidatePage::exportContents);
        menu->popup(m_export->mapToGlobal(QPoint(0, m_export->height())));
    });

    const auto row = [](std::initializer_list<QWidget*> left, QWidget* right) {
        auto* layout = new QHBoxLayout;
        for (QWidget* widget : left) {
            layout->addWidget(widget);
        }
        layout->addStretch(1);
        if (right != nullptr) {
            layout->addWidget(right);
        }
        return layout;
    };
    const auto side = [&](QHBoxLayout* choices, QWidget* contents) {
        auto* widget = new QWidget(this);
        auto* layout = new QVBoxLayout(widget);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        layout->addLayout(choices);
        layout->addWidget(contents, 1);
        return widget;
    };
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(side(row({m_contents, m_runChoice}, m_export), m_table));
    splitter->addWidget(side(row({m_chart, m_layer, m_beside}, nullptr), m_plot));
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 6);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(17);
    splitter->setSizes({table_width, plot_width});
    column.addWidget(splitter, 1);
}

} // namespace headroom::ui
