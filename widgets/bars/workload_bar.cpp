// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/bars/workload_bar.h"

#include "core/presets/presets.h"
#include "widgets/bars/flow_layout.h"
#include "widgets/bars/number_field.h"
#include "widgets/format/format.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>

#include <array>
#include <optional>
#include <utility>

namespace headroom::ui {

namespace {

constexpr std::int64_t most_sequences = 1 << 20;
constexpr std::int64_t most_tokens = std::int64_t{1} << 30;
constexpr std::int64_t most_devices = 4096;

constexpr std::array formats{NumberFormat::Fp32, NumberFormat::Bf16, NumberFormat::Fp16,
                             NumberFormat::Fp8,  NumberFormat::Int8, NumberFormat::Int4};

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

void describe(QWidget* control, const QString& name, const QString& help) {
    control->setAccessibleName(name);
    control->setToolTip(help);
    control->setAccessibleDescription(help);
}

} // namespace

WorkloadBar::WorkloadBar(QWidget* parent)
    : QWidget(parent) {
    auto* row = new FlowLayout(this, 10, 6);
    row->setContentsMargins(16, 7, 16, 8);
    m_batchItem = addNumber(m_batch, most_sequences, 4'096, m_scenario.workload.batch);
    m_promptItem = addNumber(m_prompt, most_tokens, 131'072, m_scenario.workload.prompt);
    m_outputItem = addNumber(m_output, most_tokens, 65'536, m_scenario.workload.output);
    m_contextItem = addNumber(m_context, most_tokens, 1'048'576, m_scenario.workload.context);
    m_weightsItem = addFormat(m_weights, true);
    m_kvItem = addFormat(m_kv, false);
    addDevice();
    m_tensorItem = addNumber(m_tensor, most_devices, 64, m_scenario.deployment.tensor_parallel);
    m_pipelineItem =
        addNumber(m_pipeline, most_devices, 64, m_scenario.deployment.pipeline_parallel);
    m_expertItem = addNumber(m_expert, most_devices, 64, m_scenario.deployment.expert_parallel);

    // Minimum, so that a second row finds room where the width ends.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, &WorkloadBar::applyTheme);
    applyTheme();
    retranslate();
}

WorkloadBar::Item WorkloadBar::addItem(QWidget* control) {
    Item item;
    item.box = new QWidget(this);
    item.label = new QLabel(item.box);
    item.control = control;
    item.label->setBuddy(control);
    auto* pair = new QHBoxLayout(item.box);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(5);
    pair->addWidget(item.label);
    pair->addWidget(control);
    layout()->addWidget(item.box);
    return item;
}

WorkloadBar::Item WorkloadBar::addNumber(NumberField*& field, std::int64_t maximum,
                                         std::int64_t widest, std::int64_t& target) {
    field = new NumberField(1, maximum, widest, this);
    connect(field, &NumberField::valueEdited, this, [this, &target](qint64 value, bool stepping) {
        target = value;
        emit scenarioEdited(m_scenario, stepping);
    });
    connect(field, &NumberField::editingDone, this, &WorkloadBar::editingFinished);
    return addItem(field);
}

WorkloadBar::Item WorkloadBar::addFormat(QComboBox*& combo, bool mixtures) {
    combo = new QComboBox(this);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const NumberFormat format : formats) {
        combo->addItem(text(to_string(format)), formatKey(format, std::nullopt));
    }
    if (mixtures) {
        for (const auto& [weights, experts] : expert_mixtures) {
            combo->addItem(text(to_string(weights)) + QLatin1Char('/') + text(to_string(experts)),
                           formatKey(weights, experts));
        }
    }
    connect(combo, &QComboBox::activated, this,
            [this, combo](int index) { chooseFormat(combo, index); });
    return addItem(combo);
}

void WorkloadBar::chooseFormat(QComboBox* combo, int index) {
    const int key = combo->itemData(index).toInt();
    const auto format = static_cast<NumberFormat>(key % no_experts);
    if (combo == m_kv) {
        m_scenario.formats.kv = format;
    } else {
        m_scenario.formats.weights = format;
        m_scenario.formats.role(ParameterGroup::Experts) =
            key < no_experts ? std::nullopt
                             : std::optional(static_cast<NumberFormat>(key / no_experts - 1));
    }
    emit scenarioEdited(m_scenario, false);
}

void WorkloadBar::addDevice() {
    auto* box = new QWidget(this);
    auto* pair = new QHBoxLayout(box);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(4);
    m_devices = new NumberField(1, most_devices, 512, box);
    m_times = new QLabel(QStringLiteral("\u00d7"), box);
    m_device = new QComboBox(box);
    // As wide as the usual names; a longer one is shortened here and whole in the list.
    m_device->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_device->setMinimumContentsLength(9);
    pair->addWidget(m_devices);
    pair->addWidget(m_times);
    pair->addWidget(m_device);
    fillDevices();
    connect(m_devices, &NumberField::valueEdited, this, [this](qint64 value, bool stepping) {
        m_scenario.deployment.devices = value;
        emit scenarioEdited(m_scenario, stepping);
    });
    connect(m_devices, &NumberField::editingDone, this, &WorkloadBar::editingFinished);
    connect(m_device, &QComboBox::activated, this, [this](int index) {
        m_scenario.deployment.device = m_device->itemData(index).toString().toStdString();
        emit scenarioEdited(m_scenario, false);
    });
    m_deviceItem = addItem(box);
    m_deviceItem.label->setBuddy(m_device);
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
    m_scenario = scenario;
    m_batch->setValue(scenario.workload.batch);
    m_prompt->setValue(scenario.workload.prompt);
    m_output->setValue(scenario.workload.output);
    m_context->setValue(scenario.workload.context);
    m_devices->setValue(scenario.deployment.devices);
    m_tensor->setValue(scenario.deployment.tensor_parallel);
    m_pipeline->setValue(scenario.deployment.pipeline_parallel);
    m_expert->setValue(scenario.deployment.expert_parallel);
    // A mixture that is not offered (from a session file) joins the list.
    const auto& experts = scenario.formats.role(ParameterGroup::Experts);
    const int weights = formatKey(scenario.formats.weights, experts);
    if (m_weights->findData(weights) < 0) {
        m_weights->addItem(text(to_string(scenario.formats.weights)) + QLatin1Char('/') +
                               text(to_string(*experts)),
                           weights);
    }
    m_weights->setCurrentIndex(m_weights->findData(weights));
    m_kv->setCurrentIndex(m_kv->findData(formatKey(scenario.formats.kv, std::nullopt)));
    m_device->setCurrentIndex(m_device->findData(text(scenario.deployment.device)));
}

void WorkloadBar::setExpertsShown(bool shown) {
    m_expertItem.box->setVisible(shown);
}

void WorkloadBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void WorkloadBar::retranslate() {
    setAccessibleName(tr("Workload, number formats and deployment"));
    const auto name = [](const Item& item, const QString& label, const QString& help) {
        item.label->setText(label);
        describe(item.control, label, help);
    };
    name(m_batchItem, tr("Batch"), tr("Sequences that are processed at the same time"));
    name(m_promptItem, tr("Prompt"), tr("Tokens of one prompt (prefill)"));
    name(m_outputItem, tr("Output"), tr("Tokens that are generated for one prompt (decode)"));
    name(m_contextItem, tr("Context"),
         tr("Tokens in the cache where memory and decode time are measured"));
    name(m_weightsItem, tr("Weights"),
         tr("Number format of the weights; after the stroke that of the routed experts"));
    name(m_kvItem, tr("KV"), tr("Number format of the KV cache"));
    name(m_deviceItem, tr("Device"), tr("Number and kind of the devices"));
    name(m_tensorItem, tr("TP"),
         tr("Tensor parallel: every layer is split over this many devices"));
    name(m_pipelineItem, tr("PP"),
         tr("Pipeline parallel: the layers are dealt out to this many stages"));
    name(m_expertItem, tr("EP"),
         tr("Expert parallel: the experts are dealt out to this many devices"));
    describe(m_devices, tr("Number of devices"), tr("Number of devices"));
    describe(m_device, tr("Kind of device"), tr("Kind of device"));
    fillDevices();
    setScenario(m_scenario);
}

void WorkloadBar::applyTheme() {
    for (const Item* item :
         {&m_batchItem, &m_promptItem, &m_outputItem, &m_contextItem, &m_weightsItem, &m_kvItem,
          &m_deviceItem, &m_tensorItem, &m_pipelineItem, &m_expertItem}) {
        QPalette palette = item->label->palette();
        palette.setColor(QPalette::WindowText, tokens().secondary);
        item->label->setPalette(palette);
        if (item == &m_deviceItem) {
            m_times->setPalette(palette);
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
