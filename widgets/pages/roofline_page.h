// SPDX-License-Identifier: GPL-3.0-or-later
// RooflinePage: the operators of prefill and decode under the device's roof; the batch is dragged.
#pragma once

#include "widgets/pages/chart_page.h"
#include "widgets/pages/page_names.h"

namespace headroom::ui {

class RooflinePage : public ChartPage {
    Q_OBJECT

public:
    explicit RooflinePage(QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return page_names::roofline; }
    [[nodiscard]] QString title() const override { return tr("Roofline"); }

protected:
    [[nodiscard]] ChartKind kind() const override { return ChartKind::Roofline; }
    void fillOptions(ChartOptions& options) const override;
    void lineMoved(const QString& id, double value) override;
    void retranslate() override;

private:
    QComboBox* m_phase = nullptr;
};

} // namespace headroom::ui
