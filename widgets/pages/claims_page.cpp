// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/claims_page.h"

#include "core/claims/claims_sentences.h"
#include "widgets/pages/claims_model.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/theme.h"
#include "widgets/words/sentence_text.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QSaveFile>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

namespace {

constexpr qint64 largestFile = 16 * 1024 * 1024;

/// What a shipped table is called; a new one shows its file's name until it has a title here.
QString tableTitle(const QString& name) {
    if (name == QLatin1String("claims")) {
        return ClaimsPage::tr("Sentences of teaching material");
    }
    if (name == QLatin1String("qwen3_deepseek_config_table")) {
        return ClaimsPage::tr("Qwen3 and DeepSeek: configurations");
    }
    if (name == QLatin1String("qwen3_secondary_table")) {
        return ClaimsPage::tr("Qwen3: a secondary article's table");
    }
    if (name == QLatin1String("worked_examples")) {
        return ClaimsPage::tr("Worked parameter counts");
    }
    return name;
}

Result<CheckReport> checkFile(const QString& path) {
    QFile file(path);
    const std::string name = QFileInfo(path).fileName().toStdString();
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly)) {
        return Error{
            name, {}, found_expected(base_says<"no-readable-file">(), claims_says<"table">())};
    }
    if (file.size() > largestFile) {
        return Error{name,
                     {},
                     found_expected(claims_says<"beyond-megabytes">(largestFile >> 20),
                                    claims_says<"table">())};
    }
    return check_table(file.readAll().toStdString(), name);
}

QLabel* makeText(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ClaimsPage::ClaimsPage(QWidget* parent)
    : Page(parent)
    , m_model(new ClaimsModel(this))
    , m_table(new QTableView(this))
    , m_headline(new TitleLabel(TextRole::Title, this))
    , m_summary(new TitleLabel(TextRole::Secondary, this))
    , m_tables(new QComboBox(this))
    , m_open(new QToolButton(this))
    , m_copy(new QToolButton(this))
    , m_export(new QToolButton(this)) {
    m_worker.setMaxThreadCount(1);
    buildLayout();
    for (const ShippedTable& table : shipped_tables()) {
        m_tables->addItem(QString(), QString::fromUtf8(table.name.data(),
                                                       static_cast<qsizetype>(table.name.size())));
    }
    connect(m_tables, &QComboBox::activated, this, [this](int index) {
        m_wantedRow = 0;
        chooseTable(index);
    });
    connect(m_open, &QToolButton::clicked, this, &ClaimsPage::askForTable);
    connect(m_copy, &QToolButton::clicked, this, &ClaimsPage::copyContents);
    connect(m_export, &QToolButton::clicked, this, &ClaimsPage::exportContents);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ClaimsPage::showRow);
    connect(&Theme::instance(), &Theme::changed, this, &ClaimsPage::applyTheme);
    applyTheme();
    retranslate();
}

ClaimsPage::~ClaimsPage() {
    m_worker.waitForDone();
}

void ClaimsPage::buildLayout() {
    m_table->setModel(m_model);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->setIconSize({16, 16});
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_open->setAutoRaise(true);
    m_copy->setAutoRaise(true);
    m_export->setAutoRaise(true);
    m_tables->setSizeAdjustPolicy(QComboBox::AdjustToContents);

    auto* details = new QWidget;
    m_icon = new QLabel(details);
    m_verdict = new QLabel(details);
    m_subject = new QLabel(details);
    m_claimHeading = new SectionHeading({}, details);
    m_computedHeading = new SectionHeading({}, details);
    m_whyHeading = new SectionHeading({}, details);
    m_claim = makeText(details);
    m_computed = makeText(details);
    m_why = makeText(details);
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_icon);
    top->addWidget(m_verdict);
    top->addWidget(m_subject);
    top->addStretch(1);
    auto* grid = new QGridLayout(details);
    grid->setContentsMargins(0, 10, 0, 10);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    grid->addLayout(top, 0, 0, 1, 3);
    grid->addWidget(m_claimHeading, 1, 0);
    grid->addWidget(m_computedHeading, 1, 1);
    grid->addWidget(m_whyHeading, 1, 2);
    grid->addWidget(m_claim, 2, 0);
    grid->addWidget(m_computed, 2, 1);
    grid->addWidget(m_why, 2, 2);
    grid->setRowStretch(2, 1);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(2, 5);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(details);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumHeight(110);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(scroll);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);

    auto* titles = new QVBoxLayout;
    titles->setSpacing(1);
    titles->addWidget(m_headline);
    titles->addWidget(m_summary);
    auto* header = new QHBoxLayout;
    header->addLayout(titles, 1);
    for (QWidget* action : std::initializer_list<QWidget*>{m_tables, m_open, m_copy, m_export}) {
        header->addWidget(action, 0, Qt::AlignTop);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 0);
    column->setSpacing(6);
    column->addLayout(header);
    column->addWidget(splitter, 1);
}

void ClaimsPage::setResult(Snapshot /*now*/, Snapshot /*ghost*/, const ViewState& /*view*/) {
    if (!m_isShown) { // the tables speak of published designs, not of those in the window
        m_isShown = true;
        chooseTable(m_tables->currentIndex());
    }
}

void ClaimsPage::chooseTable(int index) {
    ++m_request;
    const QString name = m_tables->itemData(index).toString();
    if (index >= static_cast<int>(shipped_tables().size())) {
        openTable(name);
        return;
    }
    for (const ShippedTable& table : shipped_tables()) { // a few milliseconds each
        if (name == QLatin1String(table.name.data(), static_cast<qsizetype>(table.name.size()))) {
            show(check_table(table.text, table.name));
        }
    }
}

void ClaimsPage::askForTable() {
    const QString path = QFileDialog::getOpenFileName(window(), tr("Open a table"), {},
                                                      tr("Tables (*.json);;All files (*)"));
    if (!path.isEmpty()) {
        m_wantedRow = 0;
        openTable(path);
    }
}

void ClaimsPage::openTable(const QString& path) {
    m_isShown = true;
    int index = m_tables->findData(path);
    if (index < 0) {
        index = m_tables->count();
        m_tables->addItem(QFileInfo(path).fileName(), path);
        m_tables->setItemData(index, path, Qt::ToolTipRole);
    }
    m_tables->setCurrentIndex(index);
    m_summary->setText(tr("Computing…"));
    const int request = ++m_request;
    m_worker.start([this, path, request] {
        Result<CheckReport> report = checkFile(path);
        QMetaObject::invokeMethod(this, [this, request, report = std::move(report)] {
            if (request == m_request) {
                show(report);
            }
        });
    });
}

void ClaimsPage::show(const Result<CheckReport>& report) {
    const bool could = canExport();
    m_error = report ? std::nullopt : std::optional(report.error());
    m_model->setReport(report ? *report : CheckReport{});
    selectRow(std::clamp(m_wantedRow, 0, std::max(0, m_model->rowCount() - 1)));
    retranslate();
    if (could != canExport()) {
        emit contentsChanged();
    }
    emit checked();
}

int ClaimsPage::currentRow() const {
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

void ClaimsPage::selectRow(int row) {
    m_table->setCurrentIndex(m_model->index(row, 0));
    showRow();
}

void ClaimsPage::showRow() {
    const int row = currentRow();
    const bool any = row >= 0 && row < m_model->rowCount();
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_icon, m_verdict, m_subject, m_claim, m_computed, m_why,
                                         m_claimHeading, m_computedHeading, m_whyHeading}) {
        part->setVisible(any);
    }
    if (!any) {
        return;
    }
    m_wantedRow = row;
    const CheckRow& shown = m_model->report().rows[static_cast<std::size_t>(row)];
    m_icon->setPixmap(verdictIcon(shown.verdict).pixmap(16, 16));
    m_verdict->setText(verdictText(shown.verdict));
    QPalette palette = m_verdict->palette();
    palette.setColor(QPalette::WindowText, verdictColor(shown.verdict));
    m_verdict->setPalette(palette);
    m_subject->setText(quoteText(shown.model));
    m_claim->setText(sentenceText(shown.claim));
    m_computed->setText(sentenceText(shown.computed));
    m_why->setText(sentenceText(shown.why));
    m_computedHeading->setVisible(!shown.computed.empty());
}

void ClaimsPage::arrange() {
    const QFontMetrics metrics(uiFont());
    int verdicts = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        verdicts =
            std::max(verdicts, metrics.horizontalAdvance(m_model->index(row, 0).data().toString()));
    }
    const int width = std::max(600, m_table->viewport()->width());
    const int first = std::clamp(verdicts + 48, 120, width / 4);
    const int rest = width - first;
    m_table->setColumnWidth(ClaimsModel::VerdictColumn, first);
    m_table->setColumnWidth(ClaimsModel::SubjectColumn, rest / 6);
    m_table->setColumnWidth(ClaimsModel::ClaimColumn, rest / 4);
    m_table->setColumnWidth(ClaimsModel::ComputedColumn, rest / 4);
}

bool ClaimsPage::canExport() const {
    return m_model->rowCount() > 0;
}

void ClaimsPage::copyContents() {
    auto* data = new QMimeData;
    data->setText(m_model->markdown());
    data->setData(QStringLiteral("text/csv"), m_model->csv().toUtf8());
    QGuiApplication::clipboard()->setMimeData(data);
    emit message(tr("The table was copied as Markdown"));
}

void ClaimsPage::exportContents() {
    const QString path =
        QFileDialog::getSaveFileName(window(), tr("Export table"), QStringLiteral("claims.csv"),
                                     tr("CSV (*.csv);;Markdown (*.md)"));
    QString error;
    if (!path.isEmpty() && !writeTable(path, &error)) {
        emit message(error);
    }
}

bool ClaimsPage::writeTable(const QString& path, QString* error) const {
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

QJsonObject ClaimsPage::saveView() const {
    return {{QStringLiteral("table"), m_tables->currentData().toString()},
            {QStringLiteral("row"), m_wantedRow}};
}

void ClaimsPage::restoreView(const QJsonObject& view) {
    m_wantedRow = view[QStringLiteral("row")].toInt(0);
    const QString table = view[QStringLiteral("table")].toString();
    int index = m_tables->findData(table);
    if (index < 0 && QFileInfo(table).isFile()) {
        index = m_tables->count();
        m_tables->addItem(QFileInfo(table).fileName(), table);
    }
    if (index >= 0) {
        m_tables->setCurrentIndex(index);
        if (m_isShown) {
            chooseTable(index);
        }
    }
}

void ClaimsPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        m_model->refresh();
        showRow();
    }
    Page::changeEvent(event);
}

void ClaimsPage::retranslate() {
    const auto shipped = static_cast<int>(shipped_tables().size());
    for (int i = 0; i < shipped; ++i) {
        m_tables->setItemText(i, tableTitle(m_tables->itemData(i).toString()));
    }
    m_headline->setText(tr("What others print about designs, computed again"));
    m_summary->setText(m_error ? errorText(*m_error) : m_model->summary());
    m_open->setText(tr("Open a table…"));
    m_open->setToolTip(tr("Check a table of your own: a JSON file with rows, examples or claims"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the table as Markdown"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Save the table as CSV or Markdown"));
    m_tables->setAccessibleName(tr("Table to check"));
    m_table->setAccessibleName(tr("Rows of the table with their verdicts"));
    m_claimHeading->setText(tr("What is printed").toUpper());
    m_computedHeading->setText(tr("What is computed").toUpper());
    m_whyHeading->setText(tr("Why").toUpper());
    m_verdict->setAccessibleName(tr("Verdict"));
    m_claim->setAccessibleName(tr("What is printed"));
    m_computed->setAccessibleName(tr("What is computed"));
    m_why->setAccessibleName(tr("Why"));
    arrange();
}

void ClaimsPage::applyTheme() {
    m_verdict->setFont(uiFont(type::body, QFont::DemiBold));
    m_subject->setFont(uiFont(type::body, QFont::DemiBold));
    for (QLabel* label : {m_claim, m_computed, m_why}) {
        label->setFont(uiFont());
    }
    m_table->verticalHeader()->setDefaultSectionSize(scaledPixels(28));
    m_model->refresh();
    showRow();
    arrange();
}

} // namespace headroom::ui
