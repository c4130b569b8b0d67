// SPDX-License-Identifier: GPL-3.0-or-later
// DesignEditor: every field of one design in groups, made from the field list; emits edits only.
#pragma once

#include "core/config/config_fields.h"
#include "core/study/study.h"

#include <QScrollArea>

#include <map>
#include <string>
#include <vector>

class QVBoxLayout;

namespace headroom::ui {

class AdviceLabel;
class FieldRow;
class PresetPicker;
class RopeScalingRow;
class SectionHeading;

class DesignEditor : public QScrollArea {
    Q_OBJECT

public:
    explicit DesignEditor(QWidget* parent = nullptr);
    ~DesignEditor() override;

    /// Shows `design` with its findings in the colour of `slot`. While a slider is dragged the
    /// findings stay as they are, so that nothing moves under the hand.
    void setDesign(const Design& design, const DesignResult& result, int slot);

    /// The row of a field that is shown; null otherwise.
    [[nodiscard]] FieldRow* row(std::string_view field) const;
    /// Scrolls to a field and gives it the focus.
    void focusField(const QString& name);
    /// Marks the rows of these fields, and no others; a single one is scrolled to.
    void highlightFields(const QStringList& names);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void fieldEdited(const QString& name, const headroom::FieldValue& value, bool dragging);
    void editingFinished();
    void ropeScalingEdited(const headroom::RopeScaling& scaling);
    void presetChosen(const QString& id);
    /// The pointer or the focus is at the row of a field; empty: at none.
    void fieldPointed(const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    FieldRow* makeRow(const FieldInfo& field);
    void showRows();
    void showHeadings();
    void showFindings();
    void applyFix(const Finding& finding);
    void applyTheme();

    Design m_design;
    std::vector<Finding> m_findings;
    std::optional<ModelSpec> m_spec;
    std::optional<Error> m_error;
    int m_slot = 0;
    QStringList m_highlighted;
    bool m_dragging = false;
    bool m_hasDesign = false;

    QWidget* m_body = nullptr;
    QVBoxLayout* m_column = nullptr;
    PresetPicker* m_picker = nullptr;
    AdviceLabel* m_general = nullptr;        ///< errors that belong to no field that is shown
    RopeScalingRow* m_ropeScaling = nullptr; ///< at the end of the positions
    std::map<FieldGroup, SectionHeading*> m_headings;
    std::map<FieldGroup, QVBoxLayout*> m_groups;
    std::map<std::string_view, FieldRow*> m_rows;
};

} // namespace headroom::ui
