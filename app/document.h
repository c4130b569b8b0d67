// SPDX-License-Identifier: GPL-3.0-or-later
// Document: owns the study that is edited; every change is an undo command and ends in a snapshot.
#pragma once

#include "core/config/config_fields.h"
#include "core/study/study.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>

#include <memory>
#include <optional>

namespace headroom::ui {

/// What an edit is called: the source text and what is put in, translated when it is shown, so that
/// the undo menu follows a change of language.
struct EditLabel {
    const char* source = ""; ///< marked by QT_TR_NOOP in the context of Document
    QStringList arguments;
    [[nodiscard]] QString text() const;
};

/// Everything that undo brings back.
struct DocumentState {
    Study study;
    /// What changes are measured against; as many designs as the study has, slot by slot. Empty:
    /// no changes are shown.
    std::optional<Study> reference;
    /// The user pinned the reference. Otherwise it follows: a design is measured against the state
    /// in which it was loaded.
    bool pinned = false;
    int selected = 0; ///< slot of the design in the editor
    friend bool operator==(const DocumentState&, const DocumentState&) = default;
};

/// The state of a new session: the default study, measured against itself.
[[nodiscard]] DocumentState defaultState();

class Document : public QObject {
    Q_OBJECT

public:
    using Snapshot = std::shared_ptr<const StudyResult>;

    explicit Document(DocumentState state = defaultState(), QObject* parent = nullptr);

    [[nodiscard]] const DocumentState& state() const { return m_state; }
    [[nodiscard]] const Study& study() const { return m_state.study; }
    [[nodiscard]] int designCount() const { return static_cast<int>(m_state.study.designs.size()); }
    [[nodiscard]] int selected() const { return m_state.selected; }
    [[nodiscard]] const Design& selectedDesign() const;
    [[nodiscard]] bool canAddDesign() const;
    [[nodiscard]] bool isDragging() const { return m_dragging; }

    /// The result of the current state; never null.
    [[nodiscard]] Snapshot snapshot() const { return m_snapshot; }
    /// The result before the gesture that is going on or was made last; may be null.
    [[nodiscard]] Snapshot ghost() const { return m_ghost; }
    /// The result of the reference; null when nothing is pinned.
    [[nodiscard]] Snapshot reference() const { return m_reference; }

    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    /// Name of the edit that undo or redo would take; empty when there is none.
    [[nodiscard]] QString undoLabel() const;
    [[nodiscard]] QString redoLabel() const;

    // Each of these is one named entry of the undo stack. While `dragging`, entries of the same
    // field merge until finishEditing(). Values that change nothing leave no entry.

    /// False with `error` set when the value is refused; the study is unchanged then.
    bool setField(int slot, const QString& name, const FieldValue& value, bool dragging,
                  QString* error = nullptr);
    /// False with `error` set when the settings are refused; the study is unchanged then.
    bool setRopeScaling(int slot, const RopeScaling& scaling, QString* error = nullptr);
    void setScenario(const Scenario& scenario, bool dragging);
    /// Loads a preset or a file into a slot.
    void replaceDesign(int slot, const Design& design);
    void addDesign(const Design& design);
    void duplicateDesign(int slot);
    void removeDesign(int slot);
    void renameDesign(int slot, const QString& name);
    void swapDesigns(int a, int b);
    /// Measures changes against the state as it is now.
    void pin();
    void unpin();
    /// Another session takes the place of this one; undo brings the old one back.
    void replaceAll(const DocumentState& state, const EditLabel& label);

    /// The drag is over: the next one is an entry of its own.
    void finishEditing();
    void select(int slot);
    void clearGhost();

signals:
    /// A new snapshot stands in snapshot(); ghost() and reference() may have changed with it.
    void changed();
    void selectionChanged(int slot);
    void editingFinished();

private:
    friend class StudyCommand;
    void push(DocumentState after, const EditLabel& label, const QString& mergeKey, bool dragging);
    [[nodiscard]] QString labelAt(int index) const;
    void apply(const DocumentState& state);

    DocumentState m_state;
    Snapshot m_snapshot;
    Snapshot m_ghost;
    Snapshot m_reference;
    std::optional<Study> m_evaluatedReference;
    QUndoStack m_undo;
    std::uint64_t m_revision = 0;
    std::uint64_t m_gesture = 0; ///< number of the drag; commands merge within one only
    bool m_dragging = false;
    bool m_ghostHeld = false; ///< the drag has its ghost already
};

} // namespace headroom::ui
