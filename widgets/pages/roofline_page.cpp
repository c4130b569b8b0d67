// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/roofline_page.h"

#include <QComboBox>

namespace headroom::ui {

namespace {

enum PhaseChoice { Both, Decode, Prefill, choice_count };

} // namespace

RooflinePage::RooflinePage(QWidget* parent)
    : ChartPage(parent)
    , m_phase(addChoice(QStringLiteral("phase"), choice_count)) {
    retranslate();
}

void RooflinePage::fillOptions(ChartOptions& options) const {
    options.bothPhases = m_phase->currentIndex() == Both;
    options.phase = m_phase->currentIndex() == Prefill ? Phase::Prefill : Phase::Decode;
}

void RooflinePage::lineMoved(const QString& id, double value) {
    if (now() == nullptr || id != batchIntensityLine) {
        return;
    }
    Scenario scenario = now()->study.scenario;
    scenario.workload.batch = batch_at_intensity(value, scenario.formats.weights);
    emit scenarioEdited(scenario, true);
}

void RooflinePage::retranslate() {
    setChoiceTexts(m_phase, {tr("Decode and prefill"), tr("Decode"), tr("Prefill")});
    m_phase->setAccessibleName(tr("Which step is drawn"));
}

} // namespace headroom::ui
