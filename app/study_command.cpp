// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_command.h"

#include <utility>

namespace headroom::ui {

namespace {

constexpr int mergeable_id = 1;
constexpr int never_merged = -1;

} // namespace

StudyCommand::StudyCommand(Document& document, DocumentState before, DocumentState after,
                           EditLabel label, QString mergeKey, std::uint64_t gesture)
    : QUndoCommand(label.text())
    , m_document(document)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_label(std::move(label))
    , m_mergeKey(std::move(mergeKey))
    , m_gesture(gesture) {}

void StudyCommand::undo() {
    m_document.apply(m_before);
}

void StudyCommand::redo() {
    m_document.apply(m_after);
}

int StudyCommand::id() const {
    return m_mergeKey.isEmpty() ? never_merged : mergeable_id;
}

bool StudyCommand::mergeWith(const QUndoCommand* other) {
    // Equal ids, so the cast is to what it is: no other command has an id.
    const auto* next = static_cast<const StudyCommand*>(other);
    if (next->m_mergeKey != m_mergeKey || next->m_gesture != m_gesture) {
        return false;
    }
    m_after = next->m_after;
    m_label = next->m_label;
    setText(m_label.text());
    // A drag that returns to where it began has changed nothing: the stack drops it.
    setObsolete(m_after.study == m_before.study);
    return true;
}

} // namespace headroom::ui
