// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document.h"

#include "app/study_command.h"
#include "core/accounting/scenario_fields.h"
#include "core/config/rope_scaling.h"
#include "widgets/words/sentence_text.h"

#include <algorithm>
#include <utility>

namespace headroom::ui {

namespace {

QString from(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

bool hasSlot(const Study& study, int slot) {
    return slot >= 0 && static_cast<std::size_t>(slot) < study.designs.size();
}

Design& designAt(Study& study, int slot) {
    return study.designs[static_cast<std::size_t>(slot)];
}

/// A name that no design of the study has: "Qwen3-8B (2)".
std::string freeName(const Study& study, const std::string& wanted) {
    const auto taken = [&](const std::string& name) {
        return std::any_of(study.designs.begin(), study.designs.end(),
                           [&](const Design& design) { return design.name == name; });
    };
    std::string name = wanted;
    for (int n = 2; taken(name); ++n) {
        name = wanted + " (" + std::to_string(n) + ")";
    }
    return name;
}

} // namespace

QString EditLabel::text() const {
    QString text = Document::tr(source);
    for (const QString& argument : arguments) {
        text = text.arg(argument);
    }
    return text;
}

DocumentState defaultState() {
    DocumentState state;
    state.study = default_study();
    state.reference = state.study;
    return state;
}

Document::Document(DocumentState state, QObject* parent)
    : QObject(parent) {
    apply(state);
    m_ghost.reset();
}

const Design& Document::selectedDesign() const {
    return m_state.study.designs[static_cast<std::size_t>(m_state.selected)];
}

bool Document::canAddDesign() const {
    return m_state.study.designs.size() < max_designs;
}

void Document::apply(const DocumentState& state) {
    const int selectedBefore = m_state.selected;
    const bool first = m_snapshot == nullptr;
    if (!m_ghostHeld) {
        m_ghost = m_snapshot;
        m_ghostHeld = m_dragging;
    }
    m_state = state;
    m_state.selected = std::clamp(m_state.selected, 0, std::max(0, designCount() - 1));
    m_snapshot = evaluate(m_state.study, ++m_revision);
    if (m_evaluatedReference != m_state.reference) {
        m_evaluatedReference = m_state.reference;
        m_reference = m_state.reference ? evaluate(*m_state.reference, m_revision) : nullptr;
    }
    emit changed();
    if (first || m_state.selected != selectedBefore) {
        emit selectionChanged(m_state.selected);
    }
}

void Document::push(DocumentState after, const EditLabel& label, const QString& mergeKey,
                    bool dragging) {
    if (after.study == m_state.study && after.reference == m_state.reference &&
        after.pinned == m_state.pinned) {
        select(after.selected);
        return;
    }
    if (dragging && !m_dragging) {
        ++m_gesture;
        m_ghostHeld = false;
    }
    if (!dragging) {
        m_ghostHeld = false;
    }
    m_dragging = dragging;
    m_undo.push(new StudyCommand(*this, m_state, std::move(after), label,
                                 dragging ? mergeKey : QString(), m_gesture));
}

bool Document::setField(int slot, const QString& name, const FieldValue& value, bool dragging,
                        QString* error) {
    if (!hasSlot(m_state.study, slot)) {
        return false;
    }
    const FieldInfo* field = find_field(name.toStdString());
    if (field == nullptr) {
        if (error != nullptr) {
            *error = tr("There is no field named %1.").arg(name);
        }
        return false;
    }
    DocumentState after = m_state;
    after.selected = slot;
    const Status status = set_field(designAt(after.study, slot).config, *field, value);
    if (!status) {
        if (error != nullptr) {
            *error = errorText(status.error());
        }
        return false;
    }
    push(std::move(after),
         //: An entry of the undo menu: a field of config.json gets a value.
         {QT_TR_NOOP("Set %1 to %2"), {from(field->name), from(to_text(value))}},
         QStringLiteral("%1/%2").arg(slot).arg(from(field->name)), dragging);
    return true;
}

bool Document::setRopeScaling(int slot, const RopeScaling& scaling, QString* error) {
    if (!hasSlot(m_state.study, slot)) {
        return false;
    }
    DocumentState after = m_state;
    after.selected = slot;
    const Status status = set_rope_scaling(designAt(after.study, slot).config, scaling);
    if (!status) {
        if (error != nullptr) {
            *error = errorText(status.error());
        }
        return false;
    }
    const QString kind = from(scaling.rope_type);
    const QString value = scaling.rope_type == "default"
                              ? kind
                              : QStringLiteral("%1 × %2").arg(kind).arg(scaling.factor);
    push(std::move(after), {QT_TR_NOOP("Set %1 to %2"), {QStringLiteral("rope_scaling"), value}},
         {}, false);
    return true;
}

void Document::setScenario(const Scenario& scenario, bool dragging) {
    const auto changed = changed_fields(m_state.study.scenario, scenario);
    if (changed.empty()) {
        return;
    }
    DocumentState after = m_state;
    after.study.scenario = scenario;
    const ScenarioField& first = *changed.front();
    if (changed.size() == 1) {
        push(std::move(after),
             {QT_TR_NOOP("Set %1 to %2"),
              {from(first.id), from(to_text(scenario_value(scenario, first)))}},
             from(first.id), dragging);
        return;
    }
    const ScenarioPart part = part_of(first);
    const char* text = QT_TR_NOOP("Change the deployment");
    switch (part) {
    case ScenarioPart::Workload:
        text = QT_TR_NOOP("Change the workload");
        break;
    case ScenarioPart::Formats:
        text = QT_TR_NOOP("Change the number formats");
        break;
    case ScenarioPart::Deployment:
        break;
    }
    push(std::move(after), {text, {}}, from(to_string(part)), dragging);
}

void Document::replaceDesign(int slot, const Design& design) {
    if (!hasSlot(m_state.study, slot)) {
        return;
    }
    DocumentState after = m_state;
    after.selected = slot;
    designAt(after.study, slot) = design;
    if (after.reference && !after.pinned) {
        designAt(*after.reference, slot) = design;
    }
    push(std::move(after), {QT_TR_NOOP("Load %1"), {from(design.name)}}, {}, false);
}

void Document::addDesign(const Design& design) {
    if (!canAddDesign()) {
        return;
    }
    DocumentState after = m_state;
    Design added = design;
    added.name = freeName(after.study, design.name);
    after.study.designs.push_back(added);
    if (after.reference) {
        after.reference->designs.push_back(added);
    }
    after.selected = static_cast<int>(after.study.designs.size()) - 1;
    push(std::move(after), {QT_TR_NOOP("Add %1"), {from(added.name)}}, {}, false);
}

void Document::duplicateDesign(int slot) {
    if (hasSlot(m_state.study, slot)) {
        addDesign(m_state.study.designs[static_cast<std::size_t>(slot)]);
    }
}

void Document::removeDesign(int slot) {
    if (!hasSlot(m_state.study, slot) || m_state.study.designs.size() == 1) {
        return;
    }
    DocumentState after = m_state;
    const QString name = from(designAt(after.study, slot).name);
    after.study.designs.erase(after.study.designs.begin() + slot);
    if (after.reference) {
        after.reference->designs.erase(after.reference->designs.begin() + slot);
    }
    if (after.selected > slot || after.selected >= static_cast<int>(after.study.designs.size())) {
        --after.selected;
    }
    push(std::move(after), {QT_TR_NOOP("Remove %1"), {name}}, {}, false);
}

void Document::renameDesign(int slot, const QString& name) {
    const QString wanted = name.trimmed();
    if (!hasSlot(m_state.study, slot) || wanted.isEmpty()) {
        return;
    }
    DocumentState after = m_state;
    designAt(after.study, slot).name = wanted.toStdString();
    push(std::move(after), {QT_TR_NOOP("Rename to %1"), {wanted}}, {}, false);
}

void Document::swapDesigns(int a, int b) {
    if (!hasSlot(m_state.study, a) || !hasSlot(m_state.study, b) || a == b) {
        return;
    }
    DocumentState after = m_state;
    std::swap(designAt(after.study, a), designAt(after.study, b));
    if (after.reference) {
        std::swap(designAt(*after.reference, a), designAt(*after.reference, b));
    }
    if (after.selected == a) {
        after.selected = b;
    } else if (after.selected == b) {
        after.selected = a;
    }
    push(std::move(after), {QT_TR_NOOP("Swap designs"), {}}, {}, false);
}

void Document::pin() {
    DocumentState after = m_state;
    after.reference = after.study;
    after.pinned = true;
    push(std::move(after), {QT_TR_NOOP("Pin this state"), {}}, {}, false);
}

void Document::unpin() {
    DocumentState after;
    after.study = m_state.study;
    after.selected = m_state.selected;
    push(std::move(after), {QT_TR_NOOP("Unpin"), {}}, {}, false);
}

void Document::replaceAll(const DocumentState& state, const EditLabel& label) {
    finishEditing();
    push(state, label, {}, false);
    clearGhost();
}

QString Document::labelAt(int index) const {
    const auto* command = static_cast<const StudyCommand*>(m_undo.command(index));
    return command == nullptr ? QString() : command->label().text();
}

QString Document::undoLabel() const {
    return labelAt(m_undo.index() - 1);
}

QString Document::redoLabel() const {
    return labelAt(m_undo.index());
}

void Document::finishEditing() {
    if (!m_dragging) {
        return;
    }
    m_dragging = false;
    m_ghostHeld = false;
    emit editingFinished();
}

void Document::select(int slot) {
    if (!hasSlot(m_state.study, slot) || slot == m_state.selected) {
        return;
    }
    m_state.selected = slot;
    emit selectionChanged(slot);
}

void Document::clearGhost() {
    if (m_ghost != nullptr) {
        m_ghost.reset();
        emit changed();
    }
}

} // namespace headroom::ui
