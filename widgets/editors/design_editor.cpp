// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editors/design_editor.h"

#include "widgets/editors/field_row.h"
#include "widgets/editors/preset_picker.h"
#include "widgets/editors/rope_scaling_row.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"
#include "widgets/words/field_text.h"
#include "widgets/words/sentence_text.h"
#include "widgets/words/spec_text.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

constexpr std::array groupOrder{
    FieldGroup::Model,   FieldGroup::Attention,     FieldGroup::Position,  FieldGroup::FeedForward,
    FieldGroup::Experts, FieldGroup::Normalisation, FieldGroup::Vocabulary};

} // namespace

DesignEditor::DesignEditor(QWidget* parent)
    : QScrollArea(parent)
    , m_body(new QWidget(this))
    , m_column(new QVBoxLayout(m_body))
    , m_picker(new PresetPicker(m_body))
    , m_general(new AdviceLabel(m_body))
    , m_ropeScaling(new RopeScalingRow(m_body)) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Its room is always reserved: a bar that comes and goes would shift every value.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setWidget(m_body);
    m_column->setContentsMargins(12, 4, 4, 12);
    m_column->setSpacing(4);
    m_column->addWidget(m_picker);
    m_general->setSeverity(AdviceLabel::Severity::Error);
    m_general->hide();
    m_column->addWidget(m_general);
    for (const FieldGroup group : groupOrder) {
        auto* heading = new SectionHeading(QString(), m_body);
        heading->setContentsMargins(0, 6, 0, 0);
        heading->setWordWrap(true);
        heading->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        heading->hide();
        m_column->addWidget(heading);
        auto* rows = new QVBoxLayout;
        rows->setSpacing(3);
        m_column->addLayout(rows);
        m_headings[group] = heading;
        m_groups[group] = rows;
        if (group == FieldGroup::Position) {
            m_column->addWidget(m_ropeScaling);
        }
    }
    m_column->addStretch(1);
    connect(m_ropeScaling, &RopeScalingRow::edited, this, &DesignEditor::ropeScalingEdited);
    connect(m_picker, &PresetPicker::presetChosen, this, &DesignEditor::presetChosen);
    connect(&Theme::instance(), &Theme::changed, this, &DesignEditor::applyTheme);
    applyTheme();
}

DesignEditor::~DesignEditor() = default;

QSize DesignEditor::sizeHint() const {
    return {300, 600};
}

void DesignEditor::setDesign(const Design& design, const DesignResult& result, int slot) {
    const bool other = !m_hasDesign || slot != m_slot;
    const bool sameFields = !other && m_design.config.model_type == design.config.model_type;
    m_design = design;
    m_findings = result.findings;
    m_spec = result.spec;
    m_error = result.error;
    m_slot = slot;
    m_hasDesign = true;
    m_picker->setDesign(design, slot);
    showRows();
    if (!m_dragging || !sameFields) {
        showHeadings();
        showFindings();
    }
}

FieldRow* DesignEditor::row(std::string_view field) const {
    const auto it = m_rows.find(field);
    return it == m_rows.end() || it->second->isHidden() ? nullptr : it->second;
}

void DesignEditor::focusField(const QString& name) {
    if (FieldRow* target = row(name.toStdString())) {
        ensureWidgetVisible(target);
        if (QWidget* editor = target->nextInFocusChain()) {
            editor->setFocus(Qt::OtherFocusReason);
        }
    }
}

void DesignEditor::highlightFields(const QStringList& names) {
    if (names == m_highlighted) {
        return;
    }
    m_highlighted = names;
    for (const auto& [name, shown] : m_rows) {
        shown->setHighlighted(
            names.contains(QLatin1String(name.data(), static_cast<qsizetype>(name.size()))));
    }
    if (names.size() == 1) {
        if (FieldRow* target = row(names.front().toStdString())) {
            ensureWidgetVisible(target);
        }
    }
}

FieldRow* DesignEditor::makeRow(const FieldInfo& field) {
    auto* made = new FieldRow(field, m_body);
    const QString name =
        QString::fromUtf8(field.name.data(), static_cast<qsizetype>(field.name.size()));
    connect(made, &FieldRow::edited, this, [this, name](const FieldValue& value, bool dragging) {
        m_dragging = dragging;
        emit fieldEdited(name, value, dragging);
    });
    connect(made, &FieldRow::editingFinished, this, [this] {
        m_dragging = false;
        showRows();
        showHeadings();
        showFindings();
        emit editingFinished();
    });
    connect(made, &FieldRow::fixChosen, this, &DesignEditor::applyFix);
    connect(made, &FieldRow::pointed, this,
            [this, name](bool on) { emit fieldPointed(on ? name : QString()); });
    // Rows are made as they are needed; the layout keeps the order of the field list.
    QVBoxLayout* group = m_groups[field.group];
    int position = 0;
    for (; position < group->count(); ++position) {
        const auto* there = static_cast<FieldRow*>(group->itemAt(position)->widget());
        if (&there->field() > &field) {
            break;
        }
    }
    group->insertWidget(position, made);
    m_rows[field.name] = made;
    return made;
}

void DesignEditor::showRows() {
    std::map<FieldGroup, bool> used;
    for (const FieldInfo& field : config_fields()) {
        const bool applies = !says_again(field) && field_applies(m_design.config, field);
        const auto it = m_rows.find(field.name);
        FieldRow* shown = it == m_rows.end() ? nullptr : it->second;
        if (applies) {
            if (shown == nullptr) {
                shown = makeRow(field);
            }
            shown->showField(m_design.config, m_slot);
            used[field.group] = true;
        }
        if (shown != nullptr && shown->isHidden() == applies) {
            shown->setVisible(applies);
        }
    }
    m_ropeScaling->showConfig(m_design.config);
    for (const auto& [group, heading] : m_headings) {
        if (heading->isHidden() == used[group]) {
            heading->setVisible(used[group]);
        }
    }
}

void DesignEditor::showHeadings() {
    for (const auto& [group, heading] : m_headings) {
        QString title = fieldGroupTitle(group);
        if (group == FieldGroup::Attention && m_spec) {
            title = tr("%1 · %2", "heading of a group · the kind of attention")
                        .arg(title, attentionKindText(*m_spec));
        }
        if (heading->text() != title) {
            heading->setText(title);
        }
    }
}

void DesignEditor::showFindings() {
    std::map<std::string, std::vector<Finding>> byField;
    for (const Finding& finding : m_findings) {
        byField[fieldOfFinding(finding)].push_back(finding);
    }
    QStringList general;
    bool hasError = false;
    for (auto& [field, findings] : byField) {
        hasError = hasError || std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
                       return f.severity == Severity::Error;
                   });
        if (row(field) == nullptr) {
            for (const Finding& finding : findings) {
                general.append(
                    QStringLiteral("%1: %2").arg(fieldLabel(field), findingText(finding)));
            }
        }
    }
    for (const auto& [name, shown] : m_rows) {
        const auto it = byField.find(std::string(name));
        shown->showFindings(it == byField.end() ? std::vector<Finding>{} : it->second);
    }
    // Not a finding about a field: the deployment cannot hold the design, a count overflows.
    if (m_error && !hasError) {
        general.append(errorText(*m_error));
    }
    m_general->setText(general.join(u'\n'));
    m_general->setVisible(!general.isEmpty());
}

void DesignEditor::applyFix(const Finding& finding) {
    ModelConfig fixed = m_design.config;
    if (!set_field_from_text(fixed, finding.fix_field, finding.fix_value)) {
        return;
    }
    if (const FieldInfo* field = find_field(finding.fix_field)) {
        emit fieldEdited(
            QString::fromUtf8(field->name.data(), static_cast<qsizetype>(field->name.size())),
            field_value(fixed, *field), false);
    }
}

void DesignEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_hasDesign) {
        showHeadings();
        showFindings();
        setAccessibleName(tr("Fields of the design"));
    }
    QScrollArea::changeEvent(event);
}

void DesignEditor::applyTheme() {
    QPalette own = palette();
    own.setColor(QPalette::Window, tokens().panel);
    setPalette(own);
    m_body->setAutoFillBackground(true);
}

} // namespace headroom::ui
