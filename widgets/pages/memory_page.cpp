// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/memory_page.h"

#include "widgets/plot/plot_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

#include <array>
#include <cmath>

namespace headroom::ui {

namespace {

constexpr std::array curves{MemoryCurve::KvPerSequence, MemoryCurve::PerDevice,
                            MemoryCurve::WeightsPlusKv};
constexpr int layersChoice = static_cast<int>(curves.size()); ///< after the curves over context
constexpr double snap = 0.02; ///< a line this near to the device's own memory is it

} // namespace

MemoryPage::MemoryPage(QWidget* parent)
    : ChartPage(parent)
    , m_curve(addChoice(QStringLiteral("curve"), layersChoice + 1))
    , m_back(new QToolButton(this)) {
    m_back->hide();
    choiceRow().insertWidget(1, m_back);
    connect(m_back, &QToolButton::clicked, this, [this] { setDeviceMemory(std::nullopt); });
    retranslate();
}

MemoryCurve MemoryPage::curve() const {
    const int index = m_curve->currentIndex();
    return index < 0 || index >= layersChoice ? curves.front()
                                              : curves[static_cast<std::size_t>(index)];
}

ChartKind MemoryPage::kind() const {
    return m_curve->currentIndex() == layersChoice ? ChartKind::KvLayers : ChartKind::Memory;
}

void MemoryPage::setResult(Snapshot now, Snapshot ghost, const ViewState& view) {
    if (now->device.id != m_device) {
        m_device = now->device.id;
        m_deviceMemory.reset();
        m_back->hide();
    }
    ChartPage::setResult(std::move(now), std::move(ghost), view);
}

void MemoryPage::fillOptions(ChartOptions& options) const {
    options.memory = curve();
    if (curve() != MemoryCurve::KvPerSequence) {
        options.deviceMemory = m_deviceMemory;
    }
}

void MemoryPage::lineMoved(const QString& id, double value) {
    if (now() == nullptr) {
        return;
    }
    if (id == cacheRoomLine) {
        if (const auto batch = batchForCacheRoom(*now(), view().selected, value)) {
            Scenario scenario = now()->study.scenario;
            scenario.workload.batch = *batch;
            emit scenarioEdited(scenario, true);
        }
    } else if (id == deviceMemoryLine) {
        const Deployment& deployment = now()->study.scenario.deployment;
        const std::int64_t devices =
            curve() == MemoryCurve::PerDevice
                ? 1
                : deployment.tensor_parallel * deployment.pipeline_parallel;
        const double bytes = std::max(1e9, value / static_cast<double>(devices));
        const auto own = static_cast<double>(now()->device.memory_bytes);
        setLocalDrag(true);
        setDeviceMemory(std::abs(bytes / own - 1.0) < snap
                            ? std::nullopt
                            : std::optional(static_cast<std::int64_t>(bytes)));
    }
}

void MemoryPage::lineReleased(const QString& id, double value) {
    if (id == deviceMemoryLine) {
        setLocalDrag(false);
        rebuild();
        return;
    }
    ChartPage::lineReleased(id, value);
}

void MemoryPage::setDeviceMemory(std::optional<std::int64_t> bytes) {
    m_deviceMemory = bytes;
    if (now() != nullptr) {
        m_back->setText(tr("Back to %1").arg(QString::fromStdString(now()->device.name)));
    }
    m_back->setVisible(bytes.has_value());
    rebuild();
}

void MemoryPage::retranslate() {
    setChoiceTexts(m_curve, {tr("KV cache per sequence"), tr("Per device"), tr("Whole replica"),
                             tr("KV cache layer by layer")});
    m_curve->setAccessibleName(tr("What is drawn"));
    m_back->setToolTip(tr("Show the memory that the device has"));
}

} // namespace headroom::ui
