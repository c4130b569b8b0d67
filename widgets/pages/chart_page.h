// SPDX-License-Identifier: GPL-3.0-or-later
// ChartPage: a page that is one chart with choices in its header.
#pragma once

#include "widgets/charts/charts.h"
#include "widgets/pages/page.h"

#include <QVector>

class QComboBox;
class QHBoxLayout;

namespace headroom::ui {

class PlotView;

class ChartPage : public Page {
    Q_OBJECT

public:
    explicit ChartPage(QWidget* parent = nullptr);

    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;
    [[nodiscard]] bool canExport() const override;
    void copyContents() override;
    void exportContents() override;
    [[nodiscard]] QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;

    [[nodiscard]] PlotView& plot() { return *m_plot; }

protected:
    /// What the page's choices ask for; called whenever the chart is built.
    [[nodiscard]] virtual ChartKind kind() const = 0;
    virtual void fillOptions(ChartOptions& options) const = 0;
    /// A line of the chart follows the hand.
    virtual void lineMoved(const QString& id, double value) = 0;
    virtual void lineReleased(const QString& id, double value);
    /// Texts of the choices, after a language change too.
    virtual void retranslate() = 0;

    /// Adds a choice above the chart; `key` names it in sessions. The texts come from
    /// retranslate().
    QComboBox* addChoice(const QString& key, int count);
    static void setChoiceTexts(QComboBox* choice, const QStringList& texts);

    void rebuild();
    [[nodiscard]] const StudyResult* now() const { return m_now.get(); }
    [[nodiscard]] const Snapshot& snapshot() const { return m_now; }
    [[nodiscard]] const ViewState& view() const { return m_view; }
    [[nodiscard]] QHBoxLayout& choiceRow() { return *m_choiceRow; }
    void setLocalDrag(bool dragging) { m_localDrag = dragging; }

    void changeEvent(QEvent* event) override;

private:
    PlotView* m_plot = nullptr;
    QHBoxLayout* m_choiceRow = nullptr;
    QVector<QComboBox*> m_choices;
    Snapshot m_now;
    Snapshot m_ghost;
    ViewState m_view;
    bool m_localDrag = false; ///< a line is dragged that edits nothing but the view
};

} // namespace headroom::ui
