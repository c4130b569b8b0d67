// SPDX-License-Identifier: GPL-3.0-or-later
// ThroughputPage: tokens per second or latency against batch or context.
#pragma once

#include "widgets/pages/chart_page.h"

namespace headroom::ui {

class ThroughputPage : public ChartPage {
    Q_OBJECT

public:
    explicit ThroughputPage(QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return QStringLiteral("throughput"); }
    [[nodiscard]] QString title() const override { return tr("Throughput"); }

protected:
    [[nodiscard]] ChartKind kind() const override { return ChartKind::Throughput; }
    void fillOptions(ChartOptions& options) const override;
    void lineMoved(const QString& id, double value) override;
    void retranslate() override;

private:
    QComboBox* m_figure = nullptr;
    QComboBox* m_axis = nullptr;
};

} // namespace headroom::ui
