// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/field_row.h"

#include "core/base/overloaded.h"
#include "core/config/layer_spec.h"
#include "widgets/editors/list_dialog.h"
#include "widgets/editors/step_slider.h"
#include "widgets/editors/value_field.h"
#include "widgets/format/format.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"
#include "widgets/words/field_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr int valueWidth = 92;
constexpr int wideValueWidth = 148;

/// The whole number that a slider shows for a value; an unset optional is 0.
std::int64_t sliderNumber(const FieldValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return *number;
    }
    return 0;
}

} // namespace

FieldRow::FieldRow(const FieldInfo& field, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_label(new TextLabel(TextRole::Body, QString(), this))
    , m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(1);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    QWidget* editor = makeEditor();
    // The name gives way before the value does.
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_label->setBuddy(editor);
    line->addWidget(m_label, 1);
    line->addWidget(editor);
    m_column->addLayout(line);
    editor->installEventFilter(this);
    if (m_number != nullptr && field.step != FieldStep::None) {
        m_slider = new StepSlider(this);
        m_slider->setFixedHeight(16);
        connect(m_slider, &StepSlider::stopChosen, this, [this](qint64 stop, bool dragging) {
            const bool unset =
                stop == 0 &&
                std::holds_alternative<std::optional<std::int64_t> ModelConfig::*>(m_field.member);
            emitEdit(unset ? FieldValue(std::monostate{})
                           : FieldValue(static_cast<std::int64_t>(stop)),
                     dragging);
        });
        connect(m_slider, &StepSlider::released, this, &FieldRow::editingFinished);
        m_column->addWidget(m_slider);
        m_slider->installEventFilter(this);
    }
    retranslate();
}

QWidget* FieldRow::makeEditor() {
    return std::visit(
        Overloaded{
            [this](std::int64_t ModelConfig::*) { return makeNumber(); },
            [this](double ModelConfig::*) { return makeNumber(); },
            [this](std::optional<std::int64_t> ModelConfig::*) { return makeNumber(); },
            [this](std::optional<double> ModelConfig::*) { return makeNumber(); },
            [this](bool ModelConfig::*) { return makeSwitch(); },
            [this](std::string ModelConfig::*) { return makeChoice(); },
            [this](std::vector<std::int64_t> ModelConfig::*) { return makeList(); },
            [this](std::vector<double> ModelConfig::*) { return makeList(); },
            [this](std::vector<std::string> ModelConfig::*) { return makeList(); },
        },
        m_field.member);
}

QWidget* FieldRow::makeNumber() {
    m_number = new ValueField(m_field, this);
    m_number->setFixedWidth(valueWidth);
    connect(m_number, &ValueField::valueTyped, this,
            [this](const FieldValue& value) { emitEdit(value, false); });
    connect(m_number, &ValueField::stepped, this, &FieldRow::step);
    connect(m_number, &ValueField::refused, this, &FieldRow::sayRefused);
    connect(m_number, &QLineEdit::textEdited, this, &FieldRow::forgetRefused);
    return m_number;
}

QWidget* FieldRow::makeSwitch() {
    m_switch = new QCheckBox(this);
    connect(m_switch, &QCheckBox::toggled, this, [this](bool on) { emitEdit(on, false); });
    return m_switch;
}

QWidget* FieldRow::makeChoice() {
    if (fieldChoices(ModelConfig{}, m_field).isEmpty()) {
        m_text = new TextLabel(TextRole::Secondary, QString(), this);
        return m_text;
    }
    m_choice = new QComboBox(this);
    m_choice->setFixedWidth(wideValueWidth);
    m_choice->setFocusPolicy(Qt::StrongFocus);
    connect(m_choice, &QComboBox::textActivated, this,
            [this](const QString& text) { emitEdit(text.toStdString(), false); });
    return m_choice;
}

QWidget* FieldRow::makeList() {
    m_list = new QPushButton(this);
    m_list->setFixedWidth(wideValueWidth);
    connect(m_list, &QPushButton::clicked, this, &FieldRow::openList);
    return m_list;
}

void FieldRow::showField(const ModelConfig& config, int slot) {
    m_config = config;
    const FieldValue value = field_value(config, m_field);
    if (!(value == m_value) || slot != m_slot) {
        forgetRefused();
    }
    m_value = value;
    if (slot != m_slot) {
        m_slot = slot;
        for (QWidget* control : std::initializer_list<QWidget*>{m_slider, m_switch, m_number}) {
            if (control != nullptr) {
                setDesignSlot(control, slot);
            }
        }
    }
    if (m_number != nullptr) {
        m_number->showValue(value);
        showSlider(config, value);
    } else if (m_switch != nullptr) {
        const QSignalBlocker quiet(m_switch);
        m_switch->setChecked(std::get<bool>(value));
    } else if (m_choice != nullptr) {
        const QStringList choices = fieldChoices(config, m_field);
        const QSignalBlocker quiet(m_choice);
        if (m_choice->count() != choices.size()) {
            m_choice->clear();
            m_choice->addItems(choices);
        }
        m_choice->setCurrentText(QString::fromStdString(std::get<std::string>(value)));
    } else {
        const QString text = fieldValueText(m_field, value);
        if (m_list != nullptr) {
            m_list->setText(text);
            m_list->setToolTip(QString::fromStdString(to_text(value)));
        } else {
            m_text->setText(text);
        }
    }
}

void FieldRow::showSlider(const ModelConfig& config, const FieldValue& value) {
    if (m_slider == nullptr) {
        return;
    }
    m_slider->setValues(slider_values(config, m_field));
    m_slider->setEnabled(m_slider->values().size() > 1);
    m_slider->showValue(sliderNumber(value));
}

void FieldRow::showFindings(const std::vector<Finding>& findings) {
    const auto same = [](const Finding& a, const Finding& b) {
        return a.id == b.id && a.severity == b.severity && a.message == b.message &&
               a.fix_value == b.fix_value;
    };
    if (std::equal(findings.begin(), findings.end(), m_findings.begin(), m_findings.end(), same)) {
        return;
    }
    m_findings = findings;
    while (m_boxes.size() < findings.size()) {
        auto* box = new AdviceLabel(this);
        box->setTextFormat(Qt::RichText);
        const std::size_t index = m_boxes.size();
        connect(box, &QLabel::linkActivated, this,
                [this, index] { emit fixChosen(m_findings[index]); });
        m_column->addWidget(box);
        m_boxes.push_back(box);
    }
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        AdviceLabel* box = m_boxes[i];
        box->setVisible(i < findings.size());
        if (i >= findings.size()) {
            continue;
        }
        const Finding& finding = findings[i];
        box->setSeverity(finding.severity == Severity::Error     ? AdviceLabel::Severity::Error
                         : finding.severity == Severity::Warning ? AdviceLabel::Severity::Warning
                                                                 : AdviceLabel::Severity::Advice);
        const QString fix = fixText(finding);
        QString text = findingText(finding).toHtmlEscaped();
        if (!fix.isEmpty()) {
            text += QStringLiteral(" <a href=\"fix\">%1</a>").arg(fix.toHtmlEscaped());
        }
        box->setText(text);
    }
}

void FieldRow::step(int direction) {
    const std::vector<std::int64_t> stops = slider_values(m_config, m_field);
    const std::int64_t now = sliderNumber(m_value);
    if (stops.empty()) {
        if (std::holds_alternative<std::int64_t>(m_value)) {
            emitEdit(std::clamp(now + direction, m_field.minimum, m_field.maximum), false);
        }
        return;
    }
    if (direction > 0) {
        const auto next = std::upper_bound(stops.begin(), stops.end(), now);
        if (next != stops.end()) {
            emitEdit(*next, false);
        }
    } else {
        const auto at = std::lower_bound(stops.begin(), stops.end(), now);
        if (at != stops.begin()) {
            const std::int64_t previous = *(at - 1);
            const bool unset = previous == 0 && m_field.minimum > 0;
            emitEdit(unset ? FieldValue(std::monostate{}) : FieldValue(previous), false);
        }
    }
}

void FieldRow::emitEdit(const FieldValue& value, bool dragging) {
    if (!(value == m_value)) {
        emit edited(value, dragging);
    }
}

void FieldRow::openList() {
    ListDialog dialog(m_field, m_config, window());
    if (dialog.exec() == QDialog::Accepted) {
        emitEdit(dialog.value(), false);
    }
}

void FieldRow::sayRefused(const QString& text) {
    const QString expected =
        m_field.maximum > 0
            ? tr("“%1” is not valid here; expected a whole number from %2 to %3")
                  .arg(text, format::plain(static_cast<double>(m_field.minimum), 0),
                       format::plain(static_cast<double>(m_field.maximum), 0))
            : tr("“%1” is not valid here; expected a number, zero or above").arg(text);
    if (m_refusal == nullptr) {
        m_refusal = new AdviceLabel(this);
        m_refusal->setTextFormat(Qt::PlainText);
        m_refusal->setSeverity(AdviceLabel::Severity::Error);
        m_column->insertWidget(1, m_refusal);
    }
    m_refusal->setText(expected);
    m_refusal->show();
}

void FieldRow::forgetRefused() {
    if (m_refusal != nullptr) {
        m_refusal->hide();
    }
}

void FieldRow::setHighlighted(bool on) {
    if (on != m_highlighted) {
        m_highlighted = on;
        update();
    }
}

void FieldRow::enterEvent(QEnterEvent* event) {
    emit pointed(true);
    QWidget::enterEvent(event);
}

void FieldRow::leaveEvent(QEvent* event) {
    emit pointed(false);
    QWidget::leaveEvent(event);
}

void FieldRow::paintEvent(QPaintEvent* /*event*/) {
    if (!m_highlighted) {
        return;
    }
    QPainter painter(this);
    const Tokens& t = tokens();
    painter.fillRect(rect(), mixColors(t.panel, t.accent, 0.16));
    painter.fillRect(QRect(0, 0, 3, height()), t.accent); // a bar, so that colour is not all
}

bool FieldRow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_choice && event->type() == QEvent::Wheel && !m_choice->hasFocus()) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        emit pointed(event->type() == QEvent::FocusIn);
    }
    return QWidget::eventFilter(watched, event);
}

void FieldRow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        if (m_slot >= 0) {
            showField(ModelConfig(m_config), m_slot);
            const std::vector<Finding> shown = m_findings;
            showFindings({});
            showFindings(shown);
        }
    }
    QWidget::changeEvent(event);
}

void FieldRow::retranslate() {
    const QString label = fieldLabel(m_field.name);
    const QString name =
        QString::fromUtf8(m_field.name.data(), static_cast<qsizetype>(m_field.name.size()));
    const QString hint = fieldHint(m_field.name);
    m_label->setText(label);
    setToolTip(hint.isEmpty() ? name : QStringLiteral("%1\n%2").arg(name, hint));
    for (QWidget* control : std::initializer_list<QWidget*>{m_number, m_switch, m_choice, m_list}) {
        if (control != nullptr) {
            control->setAccessibleName(label);
            control->setAccessibleDescription(name);
        }
    }
    if (m_slider != nullptr) {
        m_slider->setAccessibleName(tr("%1, slider").arg(label));
    }
}

} // namespace headroom::ui
