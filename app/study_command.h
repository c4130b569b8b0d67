// SPDX-License-Identifier: GPL-3.0-or-later
// StudyCommand: one undoable change of a document, from one state to another.
#pragma once

#include "app/document.h"

#include <QUndoCommand>

namespace headroom::ui {

class StudyCommand : public QUndoCommand {
public:
    /// `mergeKey` names what a drag changes ("0/hidden_size"); empty: never merged. `gesture`
    /// tells one drag from the next.
    StudyCommand(Document& document, DocumentState before, DocumentState after, EditLabel label,
                 QString mergeKey, std::uint64_t gesture);

    [[nodiscard]] const EditLabel& label() const { return m_label; }

    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    Document& m_document;
    DocumentState m_before;
    DocumentState m_after;
    EditLabel m_label;
    QString m_mergeKey;
    std::uint64_t m_gesture;
};

} // namespace headroom::ui
