// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/deployment_panel.h"

#include "core/accounting/scenario_fields.h"
#include "core/study/serving.h"
#include "widgets/bars/number_field.h"
#include "widgets/format/format.h"
#include "widgets/theme/controls.h"
#include "widgets/words/scenario_text.h"
#include "widgets/words/sentence_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int price_width = 92;   ///< prices of nine digits exist, but are rare
constexpr int shown_options = 40; ///< more splits than anybody compares

enum RowId {
    Total,
    PerUser,
    PerDevice,
    FirstToken,
    PerToken,
    Request,
    Fullest,
    Copies,
    LargestBatch,
    AtLargest,
    OutputCost,
    PromptCost,
    row_count
};

enum TargetId { Fits, Latency, Rate };

QString withError(const QString& text, double error) {
    return error > 0.0 ? QStringLiteral("%1 %2").arg(text, format::errorBar(error)) : text;
}

QString seconds(double value) {
    return format::headline(value, Quantity::Seconds);
}

QString rate(double value) {
    return format::headline(value, Quantity::TokensPerSecond);
}

const ScenarioField& devicesField() {
    return *find_scenario_field("devices");
}

const ScenarioField& priceField() {
    return *find_scenario_field("price_per_hour");
}

} // namespace

DeploymentPanel::DeploymentPanel(QWidget* parent)
    : QWidget(parent)
    , m_job(this)
    , m_deployment(new SectionHeading(QString(), this))
    , m_serving(new SectionHeading(QString(), this))
    , m_fits(new SectionHeading(QString(), this))
    , m_replicasName(new QLabel(this))
    , m_replicas(new NumberField(1, most_devices, devicesField().usual, this))
    , m_priceName(new QLabel(this))
    , m_price(new QDoubleSpinBox(this))
    , m_note(new TextLabel(TextRole::Secondary, QString(), this))
    , m_target(new QComboBox(this))
    , m_targetValue(new QDoubleSpinBox(this))
    , m_limitName(new QLabel(this))
    , m_limit(new NumberField(1, most_searched_devices, devicesField().usual, this))
    , m_status(new TextLabel(TextRole::Secondary, QString(), this))
    , m_cancel(new QToolButton(this))
    , m_list(new QListWidget(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 8, 0);
    column->setSpacing(4);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    column->addWidget(m_deployment);
    column->addLayout(grid);
    grid->addWidget(m_replicasName, 0, 0);
    grid->addWidget(m_replicas, 0, 1);
    grid->addWidget(m_priceName, 1, 0);
    grid->addWidget(m_price, 1, 1);
    m_priceName->setWordWrap(true); // the panel is narrow, its names give way
    m_price->setRange(static_cast<double>(priceField().minimum),
                      static_cast<double>(priceField().maximum));
    m_price->setFixedWidth(price_width);
    m_price->setDecimals(2);
    m_price->setSingleStep(0.25);
    auto* figures = new QGridLayout;
    figures->setHorizontalSpacing(8);
    figures->setVerticalSpacing(1);
    figures->setColumnStretch(0, 1);
    column->addSpacing(4);
    column->addWidget(m_serving);
    column->addLayout(figures);
    for (int i = 0; i < row_count; ++i) {
        m_rows.append(addRow(figures));
    }
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    column->addSpacing(4);
    column->addWidget(m_fits);
    auto* target = new QHBoxLayout;
    target->setSpacing(6);
    target->addWidget(m_target, 1);
    target->addWidget(m_targetValue);
    column->addLayout(target);
    auto* limit = new QHBoxLayout;
    limit->setSpacing(6);
    limit->addWidget(m_limitName, 1);
    limit->addWidget(m_limit);
    column->addLayout(limit);
    auto* status = new QHBoxLayout;
    m_status->setWordWrap(true);
    status->addWidget(m_status, 1);
    status->addWidget(m_cancel);
    column->addLayout(status);
    column->addWidget(m_list, 1);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumHeight(72);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_targetValue->setRange(0.01, 1e9);
    m_targetValue->setDecimals(1);
    m_targetValue->setValue(20.0);
    m_targetValue->setKeyboardTracking(false);
    m_price->setKeyboardTracking(false);
    m_limit->setValue(8);
    m_cancel->hide();
    for (int i = 0; i < 3; ++i) {
        m_target->addItem(QString());
    }

    connect(m_replicas, &NumberField::valueEdited, this, [this](qint64 value, bool stepping) {
        Scenario scenario = m_now->study.scenario;
        Deployment& d = scenario.deployment;
        const std::int64_t each = d.tensor_parallel * d.pipeline_parallel;
        d.devices =
            std::min<std::int64_t>(value, std::max<std::int64_t>(1, most_devices / each)) * each;
        emit scenarioEdited(scenario, stepping);
    });
    connect(m_replicas, &NumberField::editingDone, this, &DeploymentPanel::editingFinished);
    connect(m_price, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        Scenario scenario = m_now->study.scenario;
        scenario.deployment.price_per_hour = value;
        emit scenarioEdited(scenario, true);
    });
    connect(m_price, &QDoubleSpinBox::editingFinished, this, &DeploymentPanel::editingFinished);
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        showTarget();
        search();
    });
    connect(m_targetValue, &QDoubleSpinBox::valueChanged, this, &DeploymentPanel::search);
    connect(m_limit, &NumberField::valueEdited, this, &DeploymentPanel::search);
    connect(&m_job, &DeploymentSearchJob::finished, this, [this] { showFound(*m_job.result()); });
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_job.cancel();
        m_cancel->hide();
        m_status->setText(tr("Cancelled; edit anything to search again"));
    });
    connect(m_list, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { choose(m_list->row(item)); });
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { choose(m_list->row(item)); });
    retranslate();
}

DeploymentPanel::Row DeploymentPanel::addRow(QGridLayout* grid) {
    Row row{new TextLabel(TextRole::Secondary, QString(), this),
            new TextLabel(TextRole::Body, QString(), this)};
    const int at = grid->rowCount();
    grid->addWidget(row.name, at, 0);
    grid->addWidget(row.value, at, 1, Qt::AlignRight);
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return row;
}

const DesignResult* DeploymentPanel::design() const {
    if (!m_now) {
        return nullptr;
    }
    const auto slot = static_cast<std::size_t>(std::max(0, m_view.selected));
    return slot < m_now->results.size() ? &m_now->results[slot] : nullptr;
}

void DeploymentPanel::setResult(const Snapshot& now, const ViewState& view) {
    m_now = now;
    m_view = view;
    const Deployment& d = m_now->study.scenario.deployment;
    m_replicas->setValue(
        std::max<std::int64_t>(1, d.devices / (d.tensor_parallel * d.pipeline_parallel)));
    if (!m_price->hasFocus()) {
        const QSignalBlocker quiet(m_price);
        m_price->setValue(d.price_per_hour);
    }
    showFigures();
    // While a slider moves the list waits: its rows would be read by nobody and laid out each time.
    if (!m_view.editing) {
        search();
    }
}

void DeploymentPanel::showFigures() {
    const DesignResult* own = design();
    const bool known = own != nullptr && own->spec && own->analysis;
    if (!known) {
        for (const Row& row : m_rows) {
            row.value->setText(QStringLiteral("\u2013"));
            row.name->setVisible(true);
            row.value->setVisible(true);
        }
        return;
    }
    const Analysis& a = *own->analysis;
    const ServingReport report = serving(*own->spec, a, m_now->device);
    const ThroughputReport& speed = a.throughput;
    const double decode = speed.decode_error;
    const auto bytes = [&](std::int64_t n) {
        return format::headline(static_cast<double>(n), m_view.binaryBytes
                                                            ? Quantity::BytesBinary
                                                            : Quantity::BytesDecimal);
    };
    const auto set = [&](RowId id, const QString& text, bool shown = true) {
        m_rows[id].value->setText(text);
        m_rows[id].name->setVisible(shown);
        m_rows[id].value->setVisible(shown);
    };
    const bool generates = speed.tokens_per_second > 0.0;
    set(Total, withError(rate(speed.tokens_per_second), decode), generates);
    set(PerUser, withError(rate(speed.tokens_per_second_per_user), decode), generates);
    set(PerDevice, withError(rate(report.tokens_per_second_per_device), decode), generates);
    set(FirstToken, withError(seconds(speed.time_to_first_token_s), speed.prefill_error));
    set(PerToken, withError(seconds(speed.time_per_output_token_s), decode), generates);
    set(Request, seconds(report.request_seconds), generates);
    set(Fullest, bytes(a.memory.per_gpu_bytes));
    const std::int64_t copies =
        a.memory.per_gpu_replicated_weights_bytes + a.memory.per_gpu_replicated_kv_bytes;
    set(Copies, bytes(copies), copies > 0);
    m_rows[Copies].value->setToolTip(
        tr("Held by other devices of the group too: weights %1, cache %2")
            .arg(bytes(a.memory.per_gpu_replicated_weights_bytes),
                 bytes(a.memory.per_gpu_replicated_kv_bytes)));
    set(LargestBatch, format::plain(static_cast<double>(report.max_batch), 0), generates);
    set(AtLargest, rate(report.tokens_per_second_at_max_batch), generates && report.max_batch > 0);
    const auto cost = [](const std::optional<double>& value) {
        return value ? format::significant(*value, 3) : QString();
    };
    set(OutputCost, cost(report.output_cost_per_million),
        report.output_cost_per_million.has_value());
    set(PromptCost, cost(report.prompt_cost_per_million),
        report.prompt_cost_per_million.has_value());
    m_note->setText(speed.measured
                        ? tr("The error bar is the mean error on designs that the fit had not "
                             "seen. Chunked prefill is not modelled.")
                        : tr("Typical constants: nobody has measured this device, so no error "
                             "bar is known. Chunked prefill is not modelled."));
}

void DeploymentPanel::showTarget() {
    const int target = m_target->currentIndex();
    m_targetValue->setVisible(target != Fits);
    const QSignalBlocker quiet(m_targetValue);
    m_targetValue->setSuffix(target == Latency ? tr(" ms") : tr(" tok/s"));
}

void DeploymentPanel::search() {
    const DesignResult* own = design();
    m_job.cancel();
    m_cancel->hide();
    if (own == nullptr || !own->spec || m_now->device.id.empty()) {
        m_found = {};
        m_list->clear();
        m_status->setText(tr("The selected design has no figures yet"));
        return;
    }
    DeploymentTarget target;
    if (m_target->currentIndex() == Latency) {
        target.max_seconds_per_token = m_targetValue->value() * 1e-3;
    } else if (m_target->currentIndex() == Rate) {
        target.min_tokens_per_second = m_targetValue->value();
    }
    target.max_devices = m_limit->value();
    m_job.start(*own->spec, m_now->study.scenario, m_now->device, target);
    if (m_job.isRunning()) {
        m_status->setText(tr("Searching…"));
        m_cancel->show();
    }
}

void DeploymentPanel::showFound(const Result<DeploymentSearch>& result) {
    m_cancel->hide();
    m_list->clear();
    if (!result) {
        m_found = {};
        m_status->setText(errorText(result.error()));
        return;
    }
    m_found = *result;
    const QString device = QString::fromStdString(m_now->device.name);
    const DeploymentOption* best = m_found.best();
    m_status->setText(best != nullptr ? tr("%1 × %2 do; %3 splits tried",
                                           "a number of devices, a device, a number")
                                            .arg(best->deployment.devices)
                                            .arg(device)
                                            .arg(m_found.examined)
                                      : tr("No split of up to %1 × %2 does; nearest first")
                                            .arg(m_limit->value())
                                            .arg(device));
    for (std::size_t i = 0; i < m_found.options.size() && i < shown_options; ++i) {
        const DeploymentOption& o = m_found.options[i];
        const Deployment& d = o.deployment;
        QString split = QStringLiteral("%1 × ").arg(d.devices);
        split += QStringLiteral("TP%1").arg(d.tensor_parallel);
        const auto part = [&](const char* name, std::int64_t n) {
            split += n > 1 ? QStringLiteral(" %1%2").arg(QLatin1String(name)).arg(n) : QString();
        };
        part("PP", d.pipeline_parallel);
        part("EP", d.expert_parallel);
        part("DP", o.data_parallel);
        QString text;
        switch (o.verdict) {
        case DeploymentVerdict::Meets:
            text = tr("%1: %2, %3", "a split, a time per token, tokens per second");
            break;
        case DeploymentVerdict::TooSlow:
        case DeploymentVerdict::TooFewTokens:
            text = tr("%1: too slow, %2, %3", "a split, a time per token, tokens per second");
            break;
        case DeploymentVerdict::NoMemory:
            text = tr("%1: needs %2 a device", "a split, an amount of memory")
                       .arg(split, format::headline(static_cast<double>(o.per_device_bytes),
                                                    Quantity::BytesDecimal));
            break;
        }
        if (o.verdict != DeploymentVerdict::NoMemory) {
            text = text.arg(split, seconds(o.seconds_per_token), rate(o.tokens_per_second));
        }
        auto* item = new QListWidgetItem(text, m_list);
        item->setToolTip(text);
        if (o.verdict != DeploymentVerdict::Meets) {
            item->setForeground(palette().color(QPalette::Disabled, QPalette::Text));
        }
    }
}

void DeploymentPanel::choose(int row) {
    const auto index = static_cast<std::size_t>(row);
    if (row < 0 || index >= m_found.options.size()) {
        return;
    }
    Scenario scenario = m_now->study.scenario;
    scenario.deployment = m_found.options[index].deployment;
    if (!(scenario == m_now->study.scenario)) {
        emit scenarioEdited(scenario, false);
    }
}

void DeploymentPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void DeploymentPanel::retranslate() {
    m_deployment->setText(tr("Deployment"));
    m_serving->setText(tr("Serving, selected design"));
    m_fits->setText(tr("What fits"));
    m_replicasName->setText(tr("Replicas (DP)"));
    m_priceName->setText(scenarioLabel(priceField().id));
    m_limitName->setText(tr("Devices at most"));
    m_cancel->setText(tr("Cancel"));
    m_replicas->setAccessibleName(m_replicasName->text());
    m_replicas->setToolTip(tr("Data parallel: copies of the design that share the batch"));
    m_price->setAccessibleName(m_priceName->text());
    m_price->setToolTip(scenarioHint(priceField().id));
    m_limit->setAccessibleName(m_limitName->text());
    m_target->setAccessibleName(tr("What is asked of the split"));
    m_targetValue->setAccessibleName(tr("Target"));
    m_list->setAccessibleName(tr("Splits, best first"));
    m_list->setToolTip(tr("Click a split to deploy the designs so"));
    const QSignalBlocker quiet(m_target);
    m_target->setItemText(Fits, tr("Batch fits at the context"));
    m_target->setItemText(Latency, tr("Time per token below"));
    m_target->setItemText(Rate, tr("Throughput above"));
    const QStringList names{tr("Throughput"),
                            tr("per user"),
                            tr("per device"),
                            tr("Time to first token"),
                            tr("Time per token"),
                            tr("One request"),
                            tr("Memory per device"),
                            tr("of it replicated"),
                            tr("Largest batch"),
                            tr("throughput there"),
                            tr("Cost, 1M output tokens"),
                            tr("Cost, 1M prompt tokens")};
    for (int i = 0; i < m_rows.size(); ++i) {
        m_rows[i].name->setText(names.value(i));
    }
    showTarget();
    if (m_now) {
        showFigures();
        search();
    }
}

} // namespace headroom::ui
