// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_page.h"

#include "widgets/pages/compare_model.h"
#include "widgets/pages/compare_view.h"
#include "widgets/theme/controls.h"
#include "widgets/words/compare_text.h"

#include <QCheckBox>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QSaveFile>
#include <QToolButton>
#include <QVBoxLayout>

namespace headroom::ui {

ComparePage::ComparePage(QWidget* parent)
    : Page(parent)
    , m_model(new CompareModel(this))
    , m_table(new CompareView(m_model, this))
    , m_headline(new TitleLabel(TextRole::Title, this))
    , m_summary(new TitleLabel(TextRole::Secondary, this))
    , m_only(new QCheckBox(this))
    , m_copy(new QToolButton(this))
    , m_export(new QToolButton(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 0);
    column->setSpacing(6);
    auto* header = new QHBoxLayout;
    auto* titles = new QVBoxLayout;
    titles->setSpacing(1);
    titles->addWidget(m_headline);
    titles->addWidget(m_summary);
    header->addLayout(titles, 1);
    for (QWidget* action : std::initializer_list<QWidget*>{m_only, m_copy, m_export}) {
        header->addWidget(action, 0, Qt::AlignTop);
    }
    column->addLayout(header);
    column->addWidget(m_table, 1);
    m_copy->setAutoRaise(true);
    m_export->setAutoRaise(true);
    connect(m_only, &QCheckBox::toggled, m_model, &CompareModel::setOnlyDifferences);
    connect(m_copy, &QToolButton::clicked, this, &ComparePage::copyContents);
    connect(m_export, &QToolButton::clicked, this, &ComparePage::exportContents);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        const QString figure = index.data(CompareModel::FigureRole).toString();
        const int slot = index.data(CompareModel::SlotRole).toInt();
        if (!figure.isEmpty()) {
            emit explainRequested(slot < 0 ? m_view.selected : slot, figure);
        }
    });
    retranslate();
}

void ComparePage::setResult(Snapshot now, Snapshot /*ghost*/, const ViewState& view) {
    const bool could = canExport();
    m_now = std::move(now);
    m_view = view;
    refresh();
    if (could != canExport()) {
        emit contentsChanged();
    }
}

void ComparePage::refresh() {
    if (m_now) {
        m_model->setResult(*m_now, m_view.binaryBytes);
        m_headline->setText(compareHeadline(*m_now));
        m_summary->setText(m_model->summary());
    }
}

bool ComparePage::canExport() const {
    return m_model->rowCount() > 0;
}

void ComparePage::copyContents() {
    auto* data = new QMimeData;
    data->setText(m_model->markdown());
    data->setData(QStringLiteral("text/csv"), m_model->csv().toUtf8());
    QGuiApplication::clipboard()->setMimeData(data);
    emit message(tr("The table was copied as Markdown"));
}

void ComparePage::exportContents() {
    const QString path =
        QFileDialog::getSaveFileName(window(), tr("Export table"), QStringLiteral("compare.csv"),
                                     tr("CSV (*.csv);;Markdown (*.md)"));
    QString error;
    if (!path.isEmpty() && !writeTable(path, &error)) {
        emit message(error);
    }
}

bool ComparePage::writeTable(const QString& path, QString* error) const {
    QSaveFile file(path);
    const QString text = path.endsWith(QLatin1String(".md"), Qt::CaseInsensitive)
                             ? m_model->markdown()
                             : m_model->csv();
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit()) {
        *error = tr("%1: %2").arg(path, file.errorString());
        return false;
    }
    return true;
}

QJsonObject ComparePage::saveView() const {
    return {{QStringLiteral("only_differences"), m_only->isChecked()}};
}

void ComparePage::restoreView(const QJsonObject& view) {
    m_only->setChecked(view[QStringLiteral("only_differences")].toBool(false));
}

void ComparePage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        refresh();
    }
    Page::changeEvent(event);
}

void ComparePage::retranslate() {
    m_only->setText(tr("Only differences"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the table as Markdown"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Save the table as CSV or Markdown"));
    m_table->setAccessibleName(tr("Comparison of the designs"));
}

} // namespace headroom::ui
