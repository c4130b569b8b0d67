// SPDX-License-Identifier: GPL-3.0-or-later
// Page: what the window asks of every page in its centre; a page draws results and emits intent.
#pragma once

#include "core/config/config_fields.h"
#include "widgets/format/view_state.h"

#include <QJsonObject>
#include <QString>
#include <QWidget>

namespace headroom::ui {

class PlotView;

class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Stable name for sessions and the command line: "memory".
    [[nodiscard]] virtual QString id() const = 0;
    /// Translated text of the tab; asked again after a language change.
    [[nodiscard]] virtual QString title() const = 0;

    /// Shows `now`. `ghost` is the state before the edit that is going on or was made last, null
    /// when there is none. Called for the visible page only, at most once per repaint, and again
    /// when the page is shown; never with a null `now`.
    virtual void setResult(Snapshot now, Snapshot ghost, const ViewState& view) = 0;

    /// Edit > Copy chart and File > Export chart: the chart or table that is shown (or, of several,
    /// the one with the focus, else the first). Both are disabled while canExport() is false.
    [[nodiscard]] virtual bool canExport() const = 0;
    virtual void copyContents() = 0;
    virtual void exportContents() = 0;

    /// A folder was dropped on the window. True: the page took it, and is then shown.
    virtual bool openFolder(const QString& /*path*/) { return false; }
    /// A picture of the page is about to be taken: what a click would start is done first. Blocks.
    virtual void prepareForPicture() {}

    /// What the session remembers of the page (hidden curves, axis, sorting). Unknown or missing
    /// keys are ignored by restoreView.
    [[nodiscard]] virtual QJsonObject saveView() const { return {}; }
    virtual void restoreView(const QJsonObject& /*view*/) {}

protected:
    /// A click on one of the plot's curves or bars asks why its figure is so.
    void explainClicksOn(PlotView* plot);

signals:
    /// The scenario was edited on the page (a dragged line, a clicked context).
    void scenarioEdited(const headroom::Scenario& scenario, bool dragging);
    void fieldEdited(int slot, const QString& field, const headroom::FieldValue& value,
                     bool dragging);
    /// The drag is over; the next one is an undo step of its own.
    void editingFinished();
    void designSelected(int slot);
    /// "Why is this so?": `figure` is an id of core/study/figures.h.
    void explainRequested(int slot, const QString& figure);
    /// canExport() may have changed.
    void contentsChanged();
    /// One line for the window's message area.
    void message(const QString& text);
};

} // namespace headroom::ui
