// SPDX-License-Identifier: GPL-3.0-or-later
// WorkloadBar: what the designs are asked to do and on what, in one row that wraps when narrow.
#pragma once

#include "core/accounting/scenario.h"
#include "core/estimate/device_profile.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace headroom::ui {

class NumberField;

class WorkloadBar : public QWidget {
    Q_OBJECT

public:
    explicit WorkloadBar(QWidget* parent = nullptr);

    void setScenario(const Scenario& scenario);
    /// Expert parallelism and formats of their own for routed experts, where a design has experts.
    void setExpertsShown(bool shown);

signals:
    void scenarioEdited(const headroom::Scenario& scenario, bool dragging);
    void editingFinished();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    /// One labelled control of the row.
    struct Item {
        QWidget* box = nullptr;
        QLabel* label = nullptr;
        QWidget* control = nullptr;
    };

    Item addItem(QWidget* control);
    Item addNumber(NumberField*& field, std::int64_t maximum, std::int64_t widest,
                   std::int64_t& target);
    Item addFormat(QComboBox*& combo, bool mixtures);
    void addDevice();
    void chooseFormat(QComboBox* combo, int index);
    void fillDevices();
    void retranslate();
    void applyTheme();

    Scenario m_scenario;
    NumberField* m_batch = nullptr;
    NumberField* m_prompt = nullptr;
    NumberField* m_output = nullptr;
    NumberField* m_context = nullptr;
    QComboBox* m_weights = nullptr;
    QComboBox* m_kv = nullptr;
    NumberField* m_devices = nullptr;
    QLabel* m_times = nullptr;
    QComboBox* m_device = nullptr;
    NumberField* m_tensor = nullptr;
    NumberField* m_pipeline = nullptr;
    NumberField* m_expert = nullptr;
    Item m_batchItem, m_promptItem, m_outputItem, m_contextItem;
    Item m_weightsItem, m_kvItem, m_deviceItem;
    Item m_tensorItem, m_pipelineItem, m_expertItem;
};

} // namespace headroom::ui
