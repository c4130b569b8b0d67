// SPDX-License-Identifier: GPL-3.0-or-later
// WorkloadBar: what the designs are asked to do and on what, in one row that wraps when narrow.
#pragma once

#include "core/accounting/scenario_fields.h"
#include "core/estimate/device_profile.h"

#include <QWidget>

#include <string_view>
#include <vector>

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
    /// The control of one field; that of the device stands behind the number of devices.
    struct Item {
        const ScenarioField* field = nullptr;
        QWidget* box = nullptr;  ///< the control with its label
        QLabel* label = nullptr; ///< null: has the label of another
        NumberField* number = nullptr;
        QComboBox* choice = nullptr;
        [[nodiscard]] QWidget* control() const;
    };

    void addControls();
    /// Puts `row` into the bar behind a label; its control gets the field's id for a name.
    void addItem(Item item, QWidget* row);
    [[nodiscard]] NumberField* makeNumber(const ScenarioField& field, QWidget* parent);
    [[nodiscard]] QComboBox* makeFormats(const ScenarioField& field);
    void addDevice(const ScenarioField& device, const ScenarioField& devices);
    void chooseFormat(const ScenarioField& field, int key);
    void fillDevices();
    void showFormat(const Item& item);
    void describe(const Item& item);
    [[nodiscard]] const Item* find(std::string_view id) const;
    void retranslate();
    void applyTheme();

    Scenario m_scenario;
    std::vector<Item> m_items; ///< in the order of the fields
    QComboBox* m_device = nullptr;
    QLabel* m_times = nullptr;
};

} // namespace headroom::ui
