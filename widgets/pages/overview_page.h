// SPDX-License-Identifier: GPL-3.0-or-later
// OverviewPage: what each design is, and where its parameters are.
#pragma once

#include "widgets/pages/page.h"
#include "widgets/pages/page_names.h"

class QCheckBox;

namespace headroom::ui {

class ArchitectureView;
class PlotView;

class OverviewPage : public Page {
    Q_OBJECT

public:
    explicit OverviewPage(QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return page_names::overview; }
    [[nodiscard]] QString title() const override { return tr("Overview"); }
    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;
    [[nodiscard]] bool canExport() const override;
    void copyContents() override;
    void exportContents() override;
    [[nodiscard]] QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void retranslate();

    ArchitectureView* m_architecture = nullptr;
    PlotView* m_plot = nullptr;
    QCheckBox* m_share = nullptr;
    Snapshot m_now;
    Snapshot m_ghost;
    ViewState m_view;
};

} // namespace headroom::ui
