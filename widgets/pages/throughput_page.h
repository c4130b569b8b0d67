// SPDX-License-Identifier: GPL-3.0-or-later
// ThroughputPage: speed against batch or context, one step by kind of work, and the deployment.
#pragma once

#include "widgets/pages/chart_page.h"
#include "widgets/pages/page_names.h"

namespace headroom::ui {

class DeploymentPanel;

class ThroughputPage : public ChartPage {
    Q_OBJECT

public:
    explicit ThroughputPage(QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return page_names::throughput; }
    [[nodiscard]] QString title() const override { return tr("Throughput"); }
    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;
    [[nodiscard]] DeploymentPanel& deployment() { return *m_deployment; }
    [[nodiscard]] PlotView& step() { return *m_step; }

protected:
    [[nodiscard]] ChartKind kind() const override { return ChartKind::Throughput; }
    void fillOptions(ChartOptions& options) const override;
    void lineMoved(const QString& id, double value) override;
    void retranslate() override;

private:
    QComboBox* m_figure = nullptr;
    void rebuildStep();

    QComboBox* m_axis = nullptr;
    PlotView* m_step = nullptr; ///< one step by kind of work
    DeploymentPanel* m_deployment = nullptr;
};

} // namespace headroom::ui
