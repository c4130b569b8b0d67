// SPDX-License-Identifier: GPL-3.0-or-later
// DesignsPanel: the chips of the designs and the editor of the one that is selected.
#pragma once

#include "core/config/config_fields.h"
#include "core/study/study.h"

#include <QString>
#include <QVector>
#include <QWidget>

#include <memory>

class QGridLayout;
class QToolButton;

namespace headroom::ui {

class DesignButton;
class DesignEditor;

class DesignsPanel : public QWidget {
    Q_OBJECT

public:
    explicit DesignsPanel(QWidget* parent = nullptr);

    void setResult(const StudyResult& result, int selected);

    /// Narrow windows: the chips alone, one below the other.
    void setCollapsed(bool collapsed);
    [[nodiscard]] bool isCollapsed() const { return m_collapsed; }
    [[nodiscard]] DesignEditor& editor() { return *m_editor; }

signals:
    void designSelected(int slot);
    void addRequested();
    void menuRequested(int slot, const QPoint& globalPosition);
    /// A chip was clicked while only the chips are shown.
    void expandRequested();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    [[nodiscard]] bool namesFitInPairs() const;
    void retranslate();
    DesignButton* makeChip(int slot);

    QVector<DesignButton*> m_chips;
    QToolButton* m_add = nullptr;
    QWidget* m_chipArea = nullptr;
    QGridLayout* m_grid = nullptr;
    DesignEditor* m_editor = nullptr;
    int m_count = 0;
    bool m_collapsed = false;
    bool m_inPairs = true; ///< two chips in a row
};

} // namespace headroom::ui
