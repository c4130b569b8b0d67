// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bars/workload_bar.h"

#include "core/base/overloaded.h"
#include "core/presets/presets.h"
#include "widgets/bars/flow_layout.h"
#include "widgets/bars/number_field.h"
#include "widgets/format/format.h"
#include "widgets/theme/theme.h"
#include "widgets/words/scenario_text.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace headroom::ui {

namespace {

/// Formats that checkpoints mix: weights, and routed experts where they differ.
constexpr std::array<std::pair<NumberFormat, NumberFormat>, 3> expert_mixtures{
    {{NumberFormat::Bf16, NumberFormat::Int4},
     {NumberFormat::Bf16, NumberFormat::Fp8},
     {NumberFormat::Fp8, NumberFormat::Int4}}};

constexpr int no_experts = 16; ///< keys below have no format of their own for experts

int formatKey(NumberFormat weights, const std::optional<NumberFormat>& experts) {
    return static_cast<int>(weights) +
           (experts ? no_experts * (static_cast<int>(*experts) + 1) : 0);
}

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

WorkloadBar::WorkloadBar(QWidget* parent)
    : QWidget(parent) {
    auto* row = new FlowLayout(this, 10, 6);
    row->setContentsMargins(16, 7, 16, 8);
    addControls();

    // Minimum, so that a second row finds room where the width ends.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, &WorkloadBar::applyTheme);
    applyTheme();
    retranslate();
}

QWidget* WorkloadBar::Item::control() const {
    return number != nullptr ? static_cast<QWidget*>(number) : choice;
}

void WorkloadBar::addControls() {
    for (const ScenarioField& field : scenario_fields()) {
        const auto count = [&] {
            // The number of devices stands before their kind.
            if (field.id != "devices") {
                NumberField* number = makeNumber(field, this);
                addItem({&field, nullptr, nullptr, number, nullptr}, number);
            }
        };
        std::visit(Overloaded{
                       [&](std::int64_t Workload::*) { count(); },
                       [&](NumberFormat Formats::*) {
                           QComboBox* formats = makeFormats(field);
                           addItem({&field, nullptr, nullptr, nullptr, formats}, formats);
                       },
                       [](ParameterGroup) {}, // told with the weights
                       [&](std::int64_t Deployment::*) { count(); },
                       [](double Deployment::*) {}, // with the costs, on the Throughput page
                       [&](std::string Deployment::*) {
                           addDevice(field, *find_scenario_field("devices"));
                       },
                   },
                   field.member);
    }
}

void WorkloadBar::addItem(Item item, QWidget* row) {
    item.box = new QWidget(this);
    item.label = new QLabel(item.box);
    item.label->setBuddy(item.control());
    item.control()->setObjectName(text(item.field->id));
    auto* pair = new QHBoxLayout(item.box);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(5);
    pair->addWidget(item.label);
    pair->addWidget(row);
    layout()->addWidget(item.box);
    m_items.push_back(item);
}

NumberField* WorkloadBar::makeNumber(const ScenarioField& field, QWidget* parent) {
    auto* number = new NumberField(field.minimum, field.maximum, field.usual, parent);
    connect(number, &NumberField::valueEdited, this, [this, &field](qint64 value, bool stepping) {
        *scenario_count(m_scenario, field) = value;
        emit scenarioEdited(m_scenario, stepping);
    });
    connect(number, &NumberField::editingDone, this, &WorkloadBar::editingFinished);
    return number;
}

QComboBox* WorkloadBar::makeFormats(const ScenarioField& field) {
    auto* combo = new QComboBox(this);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const NumberFormat format : number_formats()) {
        combo->addItem(text(to_string(format)), formatKey(format, std::nullopt));
    }
    if (field.id == "weights") {
        for (const auto& [weights, experts] : expert_mixtures) {
            combo->addItem(text(to_string(weights)) + QLatin1Char('/') + text(to_string(experts)),
                           formatKey(weights, experts));
        }
    }
    connect(combo, &QComboBox::activated, this, [this, combo, &field](int index) {
        chooseFormat(field, combo->itemData(index).toInt());
    });
    return combo;
}

void WorkloadBar::chooseFormat(const ScenarioField& field, int key) {
    m_scenario.formats.*std::get<NumberFormat Formats::*>(field.member) =
        static_cast<NumberFormat>(key % no_experts);
    if (field.id == "weights") {
        m_scenario.formats.role(ParameterGroup::Experts) =
            key < no_experts ? std::nullopt
                             : std::optional(static_cast<NumberFormat>(key / no_experts - 1));
    }
    emit scenarioEdited(m_scenario, false);
}

void WorkloadBar::addDevice(const ScenarioField& device, const ScenarioField& devices) {
    auto* row = new QWidget(this);
    auto* pair = new QHBoxLayout(row);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(4);
    NumberField* number = makeNumber(devices, row);
    number->setObjectName(text(devices.id));
    m_times = new QLabel(QStringLiteral("\u00d7"), row);
    m_device = new QComboBox(row);
    // As wide as the usual names; a longer one is shortened here and whole in the list.
    m_device->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_device->setMinimumContentsLength(9);
    pair->addWidget(number);
    pair->addWidget(m_times);
    pair->addWidget(m_device);
    fillDevices();
    connect(m_device, &QComboBox::activated, this, [this](int index) {
        m_scenario.deployment.device = m_device->itemData(index).toString().toStdString();
        emit scenarioEdited(m_scenario, false);
    });
    m_items.push_back({&devices, row, nullptr, number, nullptr});
    addItem({&device, nullptr, nullptr, nullptr, m_device}, row);
}

void WorkloadBar::fillDevices() {
    const QSignalBlocker blocker(m_device);
    const QVariant chosen = m_device->currentData();
    m_device->clear();
    for (const DeviceProfile& device : device_presets()) {
        m_device->addItem(
            QStringLiteral("%1 %2").arg(
                text(device.name),
                format::headline(static_cast<double>(device.memory_bytes), Quantity::BytesDecimal)),
            text(device.id));
    }
    m_device->setCurrentIndex(m_device->findData(chosen));
}

void WorkloadBar::setScenario(const Scenario& scenario) {
    const bool formats = !(scenario.formats == m_scenario.formats);
    m_scenario = scenario;
    for (const Item& item : m_items) {
        if (item.number != nullptr) {
            item.number->setValue(*scenario_count(m_scenario, *item.field));
        } else if (item.choice == m_device) {
            m_device->setCurrentIndex(m_device->findData(text(scenario.deployment.device)));
        } else {
            showFormat(item);
        }
    }
    if (formats) {
        describe(*find("weights"));
    }
}

void WorkloadBar::showFormat(const Item& item) {
    const Formats& formats = m_scenario.formats;
    const NumberFormat format = formats.*std::get<NumberFormat Formats::*>(item.field->member);
    const auto experts =
        item.field->id == "weights" ? formats.role(ParameterGroup::Experts) : std::nullopt;
    const int key = formatKey(format, experts);
    if (item.choice->findData(key) < 0) {
        // A mixture that is not offered (from a session file) joins the list.
        item.choice->addItem(text(to_string(format)) + QLatin1Char('/') +
                                 text(to_string(experts.value_or(format))),
                             key);
    }
    item.choice->setCurrentIndex(item.choice->findData(key));
}

void WorkloadBar::describe(const Item& item) {
    QString hint = scenarioHint(item.field->id);
    if (item.field->id == "weights") {
        // Formats of single roles come from a session or the command line; they are told here.
        for (const ScenarioField& field : scenario_fields()) {
            const FieldValue own = scenario_value(m_scenario, field);
            if (is_role(field) && std::holds_alternative<std::string>(own)) {
                hint += QStringLiteral("\n%1: %2")
                            .arg(scenarioLabel(field.id), text(std::get<std::string>(own)));
            }
        }
    }
    item.control()->setToolTip(hint);
    item.control()->setAccessibleDescription(hint);
}

const WorkloadBar::Item* WorkloadBar::find(std::string_view id) const {
    const auto it = std::find_if(m_items.begin(), m_items.end(),
                                 [&](const Item& item) { return item.field->id == id; });
    return it == m_items.end() ? nullptr : &*it;
}

void WorkloadBar::setExpertsShown(bool shown) {
    find("expert_parallel")->box->setVisible(shown);
}

void WorkloadBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void WorkloadBar::retranslate() {
    setAccessibleName(tr("Workload, number formats and deployment"));
    for (const Item& item : m_items) {
        const QString label = scenarioLabel(item.field->id);
        if (item.label != nullptr) {
            item.label->setText(label);
        }
        item.control()->setAccessibleName(label);
        describe(item);
    }
    fillDevices();
    setScenario(m_scenario);
}

void WorkloadBar::applyTheme() {
    QPalette palette = m_times->palette();
    palette.setColor(QPalette::WindowText, tokens().secondary);
    m_times->setPalette(palette);
    for (const Item& item : m_items) {
        if (item.label != nullptr) {
            item.label->setPalette(palette);
        }
    }
    update();
}

void WorkloadBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
    painter.setPen(tokens().line);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace headroom::ui
