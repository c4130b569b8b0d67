// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/throughput_page.h"

#include "widgets/pages/deployment_panel.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/controls.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QScrollArea>

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr int panel_width = 292;
constexpr int least_height = 220; ///< of the curves; lower, names lie on each other

constexpr std::array speeds{SpeedCurve::TokensPerSecond, SpeedCurve::TokensPerSecondPerUser,
                            SpeedCurve::TimePerOutputToken, SpeedCurve::TimeToFirstToken};

} // namespace

ThroughputPage::ThroughputPage(QWidget* parent)
    : ChartPage(parent)
    , m_figure(addChoice(QStringLiteral("figure"), static_cast<int>(speeds.size())))
    , m_axis(addChoice(QStringLiteral("axis"), 2))
    , m_step(new PlotView(this))
    , m_deployment(new DeploymentPanel) {
    // The chart over its step on the left, what is deployed on the right.
    auto* column = static_cast<QBoxLayout*>(layout());
    column->removeWidget(&plot());
    auto* both = new QWidget(this);
    auto* charts = new QVBoxLayout(both);
    charts->setContentsMargins(0, 0, 0, 0);
    charts->setSpacing(4);
    plot().setMinimumHeight(scaledPixels(least_height));
    charts->addWidget(&plot(), 5);
    charts->addWidget(new Hairline(Qt::Horizontal, both));
    charts->addWidget(m_step, 3);
    QScrollArea* scroll = scrolledWhenLow(m_deployment, this);
    scroll->setFixedWidth(panel_width);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(scrolledWhenLow(both, this), 1);
    row->addWidget(new Hairline(Qt::Vertical, this));
    row->addWidget(scroll);
    column->addLayout(row, 1);
    explainClicksOn(m_step);
    connect(m_figure, &QComboBox::currentIndexChanged, this, &ThroughputPage::rebuildStep);
    connect(m_deployment, &DeploymentPanel::scenarioEdited, this, &Page::scenarioEdited);
    connect(m_deployment, &DeploymentPanel::editingFinished, this, &Page::editingFinished);
    retranslate();
}

void ThroughputPage::setResult(Snapshot now, Snapshot ghost, const ViewState& view) {
    ChartPage::setResult(std::move(now), std::move(ghost), view);
    m_deployment->setResult(snapshot(), view);
    rebuildStep();
}

void ThroughputPage::rebuildStep() {
    if (now() == nullptr) {
        return;
    }
    ChartInput input;
    input.now = now();
    fillOptions(input.options);
    input.options.phase =
        input.options.speed == SpeedCurve::TimeToFirstToken ? Phase::Prefill : Phase::Decode;
    if (view().editing) {
        m_step->setInteractiveEditing(true);
    }
    m_step->setData(buildChart(ChartKind::Step, input));
    if (!view().editing) {
        m_step->setInteractiveEditing(false);
    }
}

void ThroughputPage::fillOptions(ChartOptions& options) const {
    options.speed = speeds[static_cast<std::size_t>(std::max(0, m_figure->currentIndex()))];
    options.axis = m_axis->currentIndex() == 1 ? SpeedAxis::Context : SpeedAxis::Batch;
}

void ThroughputPage::lineMoved(const QString& id, double value) {
    if (now() == nullptr) {
        return;
    }
    Scenario scenario = now()->study.scenario;
    if (id == batchLine) {
        scenario.workload.batch = std::max<std::int64_t>(1, std::llround(value));
    } else if (id == contextLine) {
        // Steps of 256 tokens: the hand cannot tell more apart, and the figures stay readable.
        scenario.workload.context = std::max<std::int64_t>(256, std::llround(value / 256.0) * 256);
    } else {
        return;
    }
    emit scenarioEdited(scenario, true);
}

void ThroughputPage::retranslate() {
    setChoiceTexts(m_figure, {tr("Tokens per second"), tr("Per user"), tr("Time per token"),
                              tr("Time to first token")});
    setChoiceTexts(m_axis, {tr("against batch"), tr("against context")});
    if (now() != nullptr) {
        rebuildStep();
    }
    m_figure->setAccessibleName(tr("What is drawn"));
    m_axis->setAccessibleName(tr("What it is drawn against"));
}

} // namespace headroom::ui
