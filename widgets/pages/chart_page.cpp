// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/chart_page.h"

#include "widgets/plot/plot_view.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace headroom::ui {

ChartPage::ChartPage(QWidget* parent)
    : Page(parent)
    , m_plot(new PlotView(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    // A row of their own: a long title needs the whole width of the chart's header.
    m_choiceRow = new QHBoxLayout;
    m_choiceRow->setContentsMargins(20, 0, 0, 4);
    m_choiceRow->addStretch(1);
    column->addLayout(m_choiceRow);
    column->addWidget(m_plot, 1);
    explainClicksOn(m_plot);
    connect(m_plot, &PlotView::lineDragged, this,
            [this](const QString& id, double value) { lineMoved(id, value); });
    connect(m_plot, &PlotView::lineReleased, this,
            [this](const QString& id, double value) { lineReleased(id, value); });
}

void ChartPage::setResult(Snapshot now, Snapshot ghost, const ViewState& view) {
    m_now = std::move(now);
    m_ghost = std::move(ghost);
    m_view = view;
    rebuild();
}

void ChartPage::rebuild() {
    if (!m_now) {
        return;
    }
    const bool could = canExport();
    ChartInput input;
    input.now = m_now.get();
    input.ghost = m_ghost.get();
    input.options.selected = m_view.selected;
    input.options.binaryBytes = m_view.binaryBytes;
    input.options.draggable = true;
    fillOptions(input.options);
    const bool editing = m_view.editing || m_localDrag;
    if (editing) {
        m_plot->setInteractiveEditing(true);
    }
    m_plot->setData(buildChart(kind(), input));
    if (!editing) {
        m_plot->setInteractiveEditing(false);
    }
    if (could != canExport()) {
        emit contentsChanged();
    }
}

bool ChartPage::canExport() const {
    return hasValues(m_plot->data());
}

void ChartPage::copyContents() {
    m_plot->copyToClipboard();
}

void ChartPage::exportContents() {
    m_plot->openExportDialog();
}

void ChartPage::lineReleased(const QString& /*id*/, double /*value*/) {
    emit editingFinished();
}

QComboBox* ChartPage::addChoice(const QString& key, int count) {
    auto* choice = new QComboBox(this);
    choice->setObjectName(key);
    choice->setFocusPolicy(Qt::StrongFocus);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (int i = 0; i < count; ++i) {
        choice->addItem(QString());
    }
    connect(choice, &QComboBox::currentIndexChanged, this, [this] { rebuild(); });
    m_choices.append(choice);
    m_choiceRow->insertWidget(static_cast<int>(m_choices.size()) - 1, choice);
    return choice;
}

void ChartPage::setChoiceTexts(QComboBox* choice, const QStringList& texts) {
    for (int i = 0; i < choice->count(); ++i) {
        choice->setItemText(i, texts.value(i));
    }
}

QJsonObject ChartPage::saveView() const {
    QJsonObject object;
    for (const QComboBox* choice : m_choices) {
        object[choice->objectName()] = choice->currentIndex();
    }
    QJsonArray hidden;
    for (const QString& id : m_plot->hiddenSeries()) {
        hidden.append(id);
    }
    object[QStringLiteral("hidden")] = hidden;
    return object;
}

void ChartPage::restoreView(const QJsonObject& view) {
    for (QComboBox* choice : m_choices) {
        const int index = view[choice->objectName()].toInt(choice->currentIndex());
        if (index >= 0 && index < choice->count()) {
            const QSignalBlocker quiet(choice);
            choice->setCurrentIndex(index);
        }
    }
    for (const QString& id : m_plot->hiddenSeries()) {
        m_plot->setSeriesHidden(id, false);
    }
    for (const QJsonValue& id : view[QStringLiteral("hidden")].toArray()) {
        m_plot->setSeriesHidden(id.toString(), true);
    }
    rebuild();
}

void ChartPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        rebuild();
    }
    Page::changeEvent(event);
}

} // namespace headroom::ui
