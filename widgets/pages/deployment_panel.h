// SPDX-License-Identifier: GPL-3.0-or-later
// DeploymentPanel: replicas and price, the serving figures that follow, and which splits would do.
#pragma once

#include "widgets/pages/deployment_search_job.h"
#include "widgets/pages/page.h"

#include <QVector>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QListWidget;
class QToolButton;

namespace headroom::ui {

class NumberField;
class SectionHeading;
class TextLabel;

class DeploymentPanel : public QWidget {
    Q_OBJECT

public:
    explicit DeploymentPanel(QWidget* parent = nullptr);

    void setResult(const Snapshot& now, const ViewState& view);
    [[nodiscard]] QListWidget& fitList() { return *m_list; }

signals:
    void scenarioEdited(const headroom::Scenario& scenario, bool dragging);
    void editingFinished();

protected:
    void changeEvent(QEvent* event) override;

private:
    /// A figure's name and value.
    struct Row {
        QLabel* name = nullptr;
        QLabel* value = nullptr;
    };

    Row addRow(QGridLayout* grid);
    void showFigures();
    void showTarget();
    void search();
    void showFound(const Result<DeploymentSearch>& result);
    void choose(int row);
    void retranslate();
    [[nodiscard]] const DesignResult* design() const;

    Snapshot m_now;
    ViewState m_view;
    DeploymentSearchJob m_job;
    DeploymentSearch m_found;

    SectionHeading* m_deployment = nullptr;
    SectionHeading* m_serving = nullptr;
    SectionHeading* m_fits = nullptr;
    QLabel* m_replicasName = nullptr;
    NumberField* m_replicas = nullptr;
    QLabel* m_priceName = nullptr;
    QDoubleSpinBox* m_price = nullptr;
    QVector<Row> m_rows;
    TextLabel* m_note = nullptr;
    QComboBox* m_target = nullptr;
    QDoubleSpinBox* m_targetValue = nullptr;
    QLabel* m_limitName = nullptr;
    NumberField* m_limit = nullptr;
    TextLabel* m_status = nullptr;
    QToolButton* m_cancel = nullptr;
    QListWidget* m_list = nullptr;
};

} // namespace headroom::ui
