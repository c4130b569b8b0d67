// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/throughput_page.h"

#include <QComboBox>

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr std::array speeds{SpeedCurve::TokensPerSecond, SpeedCurve::TokensPerSecondPerUser,
                            SpeedCurve::TimePerOutputToken, SpeedCurve::TimeToFirstToken};

} // namespace

ThroughputPage::ThroughputPage(QWidget* parent)
    : ChartPage(parent)
    , m_figure(addChoice(QStringLiteral("figure"), static_cast<int>(speeds.size())))
    , m_axis(addChoice(QStringLiteral("axis"), 2)) {
    retranslate();
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
    m_figure->setAccessibleName(tr("What is drawn"));
    m_axis->setAccessibleName(tr("What it is drawn against"));
}

} // namespace headroom::ui
