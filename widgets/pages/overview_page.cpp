// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overview_page.h"

#include "widgets/charts/charts.h"
#include "widgets/pages/architecture_view.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/controls.h"

#include <QCheckBox>
#include <QEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace headroom::ui {

OverviewPage::OverviewPage(QWidget* parent)
    : Page(parent)
    , m_architecture(new ArchitectureView(this))
    , m_plot(new PlotView(this))
    , m_share(new QCheckBox(this)) {
    // Four designs in a low window need more than its height: then the page scrolls.
    auto* contents = new QWidget(this);
    auto* column = new QVBoxLayout(contents);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    column->addWidget(m_architecture);
    column->addWidget(new Hairline(Qt::Horizontal, contents));
    m_plot->addHeaderWidget(m_share);
    column->addWidget(m_plot, 1);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(scrolledWhenLow(contents, this));
    explainClicksOn(m_plot);
    connect(m_share, &QCheckBox::toggled, this, &OverviewPage::rebuild);
    connect(m_architecture, &ArchitectureView::designSelected, this, &Page::designSelected);
    retranslate();
}

void OverviewPage::setResult(Snapshot now, Snapshot ghost, const ViewState& view) {
    m_now = std::move(now);
    m_ghost = std::move(ghost);
    m_view = view;
    rebuild();
}

void OverviewPage::rebuild() {
    if (!m_now) {
        return;
    }
    const bool could = canExport();
    m_architecture->setResult(*m_now);
    ChartInput input;
    input.now = m_now.get();
    input.ghost = m_ghost.get();
    input.options.selected = m_view.selected;
    input.options.binaryBytes = m_view.binaryBytes;
    input.options.share = m_share->isChecked();
    if (m_view.editing) {
        m_plot->setInteractiveEditing(true);
    }
    m_plot->setData(buildChart(ChartKind::Breakdown, input));
    if (!m_view.editing) {
        m_plot->setInteractiveEditing(false);
    }
    if (could != canExport()) {
        emit contentsChanged();
    }
}

bool OverviewPage::canExport() const {
    return hasValues(m_plot->data());
}

void OverviewPage::copyContents() {
    m_plot->copyToClipboard();
}

void OverviewPage::exportContents() {
    m_plot->openExportDialog();
}

QJsonObject OverviewPage::saveView() const {
    return {{QStringLiteral("share"), m_share->isChecked()}};
}

void OverviewPage::restoreView(const QJsonObject& view) {
    m_share->setChecked(view[QStringLiteral("share")].toBool(false));
}

void OverviewPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        rebuild();
    }
    Page::changeEvent(event);
}

void OverviewPage::retranslate() {
    m_share->setText(tr("In percent"));
    m_share->setToolTip(tr("Every bar as long as the others, in percent of its design"));
}

} // namespace headroom::ui
