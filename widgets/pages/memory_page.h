// SPDX-License-Identifier: GPL-3.0-or-later
// MemoryPage: weights and cache against context, and where each design stops fitting.
#pragma once

#include "widgets/pages/chart_page.h"
#include "widgets/pages/page_names.h"

#include <optional>
#include <string>

class QToolButton;

namespace headroom::ui {

class MemoryPage : public ChartPage {
    Q_OBJECT

public:
    explicit MemoryPage(QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return page_names::memory; }
    [[nodiscard]] QString title() const override { return tr("Memory"); }
    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;

protected:
    [[nodiscard]] ChartKind kind() const override;
    void fillOptions(ChartOptions& options) const override;
    void lineMoved(const QString& id, double value) override;
    void lineReleased(const QString& id, double value) override;
    void retranslate() override;

private:
    [[nodiscard]] MemoryCurve curve() const;
    void setDeviceMemory(std::optional<std::int64_t> bytes);

    QComboBox* m_curve = nullptr;
    QToolButton* m_back = nullptr;
    std::optional<std::int64_t> m_deviceMemory; ///< "what if a device had so much"
    std::string m_device;                       ///< that m_deviceMemory was asked of
};

} // namespace headroom::ui
