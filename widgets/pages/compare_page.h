// SPDX-License-Identifier: GPL-3.0-or-later
// ComparePage: designs side by side, differences first.
#pragma once

#include "widgets/pages/page.h"
#include "widgets/pages/page_names.h"

class QCheckBox;
class QToolButton;

namespace headroom::ui {

class CompareModel;
class CompareView;
class TitleLabel;

class ComparePage : public Page {
    Q_OBJECT

public:
    explicit ComparePage(QWidget* parent = nullptr);

    [[nodiscard]] QString id() const override { return page_names::compare; }
    [[nodiscard]] QString title() const override { return tr("Compare"); }
    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;
    [[nodiscard]] bool canExport() const override;
    void copyContents() override;
    void exportContents() override;
    [[nodiscard]] QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;

    [[nodiscard]] CompareModel& model() { return *m_model; }
    /// Writes Markdown (.md) or CSV; false with `error` set on failure.
    bool writeTable(const QString& path, QString* error) const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void retranslate();

    CompareModel* m_model = nullptr;
    CompareView* m_table = nullptr;
    TitleLabel* m_headline = nullptr;
    TitleLabel* m_summary = nullptr;
    QCheckBox* m_only = nullptr;
    QToolButton* m_copy = nullptr;
    QToolButton* m_export = nullptr;
    Snapshot m_now;
    ViewState m_view;
};

} // namespace headroom::ui
