// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/validate_page.h"

#include "core/engine/tensor_source.h"
#include "core/validation/validation_json.h"
#include "core/validation/validation_text.h"
#include "widgets/format/format.h"
#include "widgets/plot/plot_view.h"
#include "widgets/theme/controls.h"
#include "widgets/validation/validation_model.h"
#include "widgets/validation/validation_table.h"
#include "widgets/words/sentence_text.h"
#include "widgets/words/validation_language.h"
#include "widgets/words/validation_words.h"

#include <QEvent>
#include <QEventLoop>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <QComboBox>
#include <QDir>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace headroom::ui {

namespace {

/// The dial: parameters of the tiny design at most; 0: as many as memory allows.
constexpr std::array<std::int64_t, 5> sizes{1'000'000, 4'000'000, 16'000'000, 64'000'000, 0};
/// Memory that the engine may take, in GiB; 0: half of what is free when the run begins.
constexpr std::array<double, 6> memories{0, 0.25, 1, 4, 16, 64};
constexpr int most_runs = 8; ///< kept in the session

/// Choices of m_beside, as the session keeps them; from 0 on it is a run.
constexpr int besideNothing = -1;
constexpr int besideOthers = -2; ///< the latest run of every other design

} // namespace

ValidatePage::~ValidatePage() {
    m_runner->disconnect(this); // it ends first, and must not speak to a page that is half gone
}

ValidationOptions ValidatePage::options() const {
    ValidationOptions options = m_options;
    options.parameters = sizes[static_cast<std::size_t>(std::max(0, m_size->currentIndex()))];
    if (options.parameters == 0 && m_memory->currentIndex() > 0) {
        constexpr double gibi = 1024.0 * 1024.0 * 1024.0;
        options.memory_bytes = static_cast<std::int64_t>(
            gibi * memories[static_cast<std::size_t>(m_memory->currentIndex())]);
    }
    return options;
}

void ValidatePage::setResult(Snapshot now, Snapshot /*ghost*/, const ViewState& view) {
    m_now = std::move(now);
    m_view = view;
    refreshTexts();
    rebuildChart();
}

void ValidatePage::run() {
    if (m_runner->isRunning() || !m_now) {
        return;
    }
    const auto slot = static_cast<std::size_t>(m_view.selected);
    if (slot >= m_now->study.designs.size()) {
        return;
    }
    const Design& design = m_now->study.designs[slot];
    begin();
    m_runner->runDesign(QString::fromStdString(design.name), design.config, options());
    refresh();
}

bool ValidatePage::openFolder(const QString& path) {
    if (path.isEmpty() || !has_weights(path.toStdString())) {
        return false;
    }
    if (m_runner->isRunning()) {
        emit message(tr("A run is going on: cancel it, or wait for its end, before %1 can be run")
                         .arg(QDir(path).dirName()));
        return true;
    }
    begin();
    m_runner->runCheckpoint(path, options());
    refresh();
    return true;
}

void ValidatePage::begin() {
    m_cancelling = false;
    m_liveSlot = m_view.selected;
    m_live = std::make_shared<const ValidationReport>();
    m_bar->setValue(0);
    m_stage->setText(stageText({}));
    m_left->setText(QString());
}

void ValidatePage::cancel() {
    if (m_runner->isRunning()) {
        m_cancelling = true;
        m_runner->cancel();
        m_stage->setText(tr("Cancelling"));
        m_left->setText(QString());
        m_run->setEnabled(false);
    }
}

void ValidatePage::showProgress(const ValidationProgress& progress, const SharedReport& soFar) {
    m_live = soFar;
    m_bar->setValue(static_cast<int>(progress.share * m_bar->maximum()));
    if (!m_cancelling) {
        m_stage->setText(stageText(progress));
        m_left->setText(progressText(progress));
    }
    refresh();
}

void ValidatePage::finish(const SharedReport& report) {
    m_live.reset();
    // A run that found nothing leaves no trace but its message.
    if (!report->rows.empty()) {
        const QByteArray json = QByteArray::fromStdString(write_validation(*report));
        keep({m_liveSlot, report, QJsonDocument::fromJson(json).object()});
    }
    const bool failed = report->failure && !report->was_cancelled;
    if (failed) {
        m_failure->setText(tr("The run of %1 ended early: %2")
                               .arg(QString::fromStdString(report->name),
                                    errorText(*report->failure).toHtmlEscaped()));
    }
    m_failure->setVisible(failed);
    refreshChoices();
    refresh();
    emit contentsChanged();
}

void ValidatePage::keep(Kept kept) {
    m_runs.append(std::move(kept));
    while (m_runs.size() > most_runs) {
        m_runs.removeFirst();
    }
    m_shown = static_cast<int>(m_runs.size()) - 1;
}

QVector<int> ValidatePage::besideRuns() const {
    QVector<int> runs;
    const int choice =
        m_beside->currentData().isValid() ? m_beside->currentData().toInt() : besideNothing;
    const int shownRun = m_live ? -1 : m_shown;
    if (choice >= 0 && choice < m_runs.size() && choice != shownRun) {
        runs.append(choice);
    }
    for (int run = static_cast<int>(m_runs.size()) - 1; choice == besideOthers && run >= 0; --run) {
        const bool drawn = m_runs[run].slot == shownSlot() ||
                           std::any_of(runs.begin(), runs.end(), [&](int other) {
                               return m_runs[other].slot == m_runs[run].slot;
                           });
        if (!drawn) {
            runs.append(run);
        }
    }
    return runs;
}

QString ValidatePage::runName(int run) const {
    const Kept& kept = m_runs[run];
    return QStringLiteral("%1 %2 · %3")
        .arg(designLetter(kept.slot), QString::fromStdString(kept.report->name),
             parametersShort(kept.report->tiny.config));
}

SharedReport ValidatePage::shown() const {
    return m_live ? m_live : m_runs.isEmpty() || m_shown < 0 ? nullptr : m_runs[m_shown].report;
}

int ValidatePage::shownSlot() const {
    return m_live || m_shown < 0 ? m_liveSlot : m_runs[m_shown].slot;
}

ValidationChart ValidatePage::chart() const {
    return static_cast<ValidationChart>(std::max(0, m_chart->currentIndex()));
}

void ValidatePage::refresh() {
    const SharedReport report = shown();
    m_model->setReport(report);
    const QVector<int> beside = besideRuns();
    m_model->setOther(beside.isEmpty() ? nullptr : m_runs[beside.first()].report,
                      m_live || m_shown < 0 ? designLetter(m_liveSlot) : runName(m_shown),
                      beside.isEmpty() ? QString() : runName(beside.first()));
    refreshTexts();
    rebuildChart();
}

void ValidatePage::refreshTexts() {
    const bool running = m_runner->isRunning();
    const SharedReport report = shown();
    m_run->setEnabled(!m_cancelling || !running);
    m_table->setPlaceholder(
        running ? QString()
                : tr("“%1” shrinks the design to one of the same structure, runs it on this "
                     "computer, and puts every prediction beside what was measured: parameters, "
                     "KV cache, FLOPs, experts, times.\n\nA folder with config.json and "
                     "safetensors that is dropped on the window runs as it is.")
                      .arg(tr("Run %1").arg(designLetter(m_view.selected))));
    m_run->setText(running ? tr("Cancel") : tr("Run %1").arg(designLetter(m_view.selected)));
    m_size->setEnabled(!running);
    m_progress->setVisible(running);
    m_runChoice->setEnabled(!running);
    if (!report) {
        m_headline->setText(tr("Predicted beside measured, on this computer"));
        m_subject->setText(tr("A design is shrunk to one that keeps its structure, run, and "
                              "counted"));
        m_summary->setText(QString());
        m_disturbance->hide();
        return;
    }
    m_headline->setText(running && report->rows.empty() ? tr("Running")
                                                        : validationHeadline(*report));
    // What one must not overlook comes first: the end of the line may be cut.
    QStringList subject;
    const auto slot = static_cast<std::size_t>(shownSlot());
    if (report->was_cancelled) {
        subject.append(tr("Cancelled"));
    }
    if (m_now && report->folder.empty() && !report->name.empty() &&
        (slot >= m_now->study.designs.size() ||
         !(m_now->study.designs[slot].config == report->original))) {
        subject.append(tr("The design has changed since"));
    }
    if (!report->name.empty()) {
        subject.append(validationSubject(*report));
    }
    m_subject->setText(subject.join(QStringLiteral(" · ")));
    QString summary = shrinkSummary(*report);
    if (!report->tensor_issues.empty()) {
        summary = tensorIssuesText(*report);
    }
    m_summary->setText(summary);
    const QString disturbance = running ? QString() : disturbanceText(*report);
    m_disturbance->setText(disturbance);
    m_disturbance->setVisible(!disturbance.isEmpty());
}

void ValidatePage::refreshChoices() {
    const QSignalBlocker quiet(m_runChoice);
    m_runChoice->clear();
    for (int run = 0; run < m_runs.size(); ++run) {
        m_runChoice->addItem(runName(run));
    }
    m_runChoice->setCurrentIndex(m_shown);
    m_runChoice->setVisible(m_runs.size() > 1);
    refreshBeside(m_beside->currentData().isValid() ? m_beside->currentData().toInt()
                                                    : besideNothing);
    const QSignalBlocker quietLayer(m_layer);
    const int layer = m_layer->currentIndex();
    m_layer->clear();
    if (const SharedReport report = shown()) {
        for (const ExpertLoad& load : report->loads) {
            m_layer->addItem(tr("Layer %1").arg(load.layer));
        }
    }
    m_layer->setCurrentIndex(
        std::clamp(layer, m_layer->count() > 0 ? 0 : -1, m_layer->count() - 1));
}

void ValidatePage::refreshBeside(int wanted) {
    const QSignalBlocker quiet(m_beside);
    m_beside->clear();
    m_beside->addItem(tr("Nothing beside it"), besideNothing);
    m_beside->addItem(tr("Beside every other design"), besideOthers);
    for (int run = 0; run < m_runs.size(); ++run) {
        m_beside->addItem(tr("Beside %1", "a run").arg(runName(run)), run);
    }
    m_beside->setCurrentIndex(std::max(0, m_beside->findData(wanted)));
    m_beside->setVisible(m_runs.size() > 1);
}

void ValidatePage::rebuildChart() {
    QVector<DrawnValidation> runs;
    if (const SharedReport report = shown(); report && !report->name.empty()) {
        runs.append({shownSlot(), report, QString::fromStdString(report->name), false});
        for (const int run : besideRuns()) {
            const Kept& kept = m_runs[run];
            const bool again = kept.slot == shownSlot();
            const QString name = QString::fromStdString(kept.report->name);
            runs.append({kept.slot, kept.report,
                         again ? tr("%1, other run", "a design").arg(name) : name, again});
        }
    }
    const bool load = chart() == ValidationChart::ExpertLoad; // of one run alone
    m_layer->setVisible(load && m_layer->count() > 0);
    m_beside->setVisible(!load && m_runs.size() > 1);
    m_plot->setData(validationChart(chart(), runs, m_view.binaryBytes, m_layer->currentIndex()));
}

bool ValidatePage::canExport() const {
    return !m_runs.isEmpty();
}

void ValidatePage::copyContents() {
    m_plot->copyToClipboard();
}

void ValidatePage::exportContents() {
    m_plot->openExportDialog();
}

void ValidatePage::saveAs(const QString& suffix, const QString& filter) {
    const QString path = QFileDialog::getSaveFileName(
        window(), tr("Export validation"), QStringLiteral("validation.") + suffix, filter);
    QString error;
    if (!path.isEmpty() && !writeReport(path, &error)) {
        emit message(error);
    }
}

bool ValidatePage::writeReport(const QString& path, QString* error) const {
    const SharedReport report = shown();
    if (!report) {
        *error = tr("Nothing was run yet");
        return false;
    }
    const bool markdown = path.endsWith(QLatin1String(".md"), Qt::CaseInsensitive);
    const ValidationWindowLanguage language;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(QByteArray::fromStdString(markdown ? validation_markdown(*report, language)
                                                      : validation_csv(*report, language))) < 0 ||
        !file.commit()) {
        *error = tr("%1 could not be written: %2").arg(path, file.errorString());
        return false;
    }
    return true;
}

QJsonObject ValidatePage::saveView() const {
    QJsonArray runs;
    for (const Kept& kept : m_runs) {
        runs.append(QJsonObject{{QStringLiteral("slot"), kept.slot},
                                {QStringLiteral("report"), kept.json}});
    }
    return {{QStringLiteral("runs"), runs},
            {QStringLiteral("shown"), m_shown},
            {QStringLiteral("size"), m_size->currentIndex()},
            {QStringLiteral("chart"), m_chart->currentIndex()},
            {QStringLiteral("contents"), m_contents->currentIndex()},
            {QStringLiteral("memory"), m_memory->currentIndex()},
            {QStringLiteral("beside"), m_beside->currentData().toInt()}};
}

void ValidatePage::restoreView(const QJsonObject& view) {
    m_runs.clear();
    m_shown = -1;
    for (const QJsonValue& value : view[QStringLiteral("runs")].toArray()) {
        const QJsonObject json = value[QStringLiteral("report")].toObject();
        auto report = parse_validation(QJsonDocument(json).toJson().toStdString());
        if (report && m_runs.size() < most_runs) {
            const int slot = std::clamp(value[QStringLiteral("slot")].toInt(), 0, designCount - 1);
            keep({slot, std::make_shared<const ValidationReport>(*std::move(report)), json});
        }
    }
    const int shownRun = view[QStringLiteral("shown")].toInt(m_shown);
    m_shown = shownRun >= 0 && shownRun < m_runs.size() ? shownRun : m_shown;
    const auto choose = [&](QComboBox* choice, const char* key) {
        const int index = view[QLatin1String(key)].toInt(choice->currentIndex());
        if (index >= 0 && index < choice->count()) {
            choice->setCurrentIndex(index);
        }
    };
    choose(m_size, "size");
    choose(m_chart, "chart");
    choose(m_contents, "contents");
    choose(m_memory, "memory");
    refreshBeside(view[QStringLiteral("beside")].toInt(besideNothing));
    m_failure->hide();
    refreshChoices();
    refresh();
    emit contentsChanged();
}

void ValidatePage::prepareForPicture() {
    if (m_runs.isEmpty() && !m_runner->isRunning()) {
        // A real run, but one that nobody waits long for.
        const ValidationOptions usual = m_options;
        m_options.contexts = {32, 64, 128, 256};
        m_options.batches = {1, 4, 16};
        m_options.repeats = 2;
        m_options.timing_seconds = 0.05;
        m_size->setCurrentIndex(0);
        run();
        m_options = usual;
    }
    if (m_runner->isRunning()) {
        QEventLoop wait;
        connect(m_runner, &ValidationRunner::finished, &wait, &QEventLoop::quit);
        wait.exec();
    }
}

void ValidatePage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Page::changeEvent(event);
}

void ValidatePage::retranslate() {
    const auto setTexts = [](QComboBox* choice, const QStringList& texts) {
        for (int i = 0; i < choice->count(); ++i) {
            choice->setItemText(i, texts.value(i));
        }
    };
    setTexts(m_size, {tr("Seconds: up to 1M parameters"), tr("Seconds: up to 4M parameters"),
                      tr("Up to 16M parameters"), tr("Up to 64M parameters"),
                      tr("As large as memory allows")});
    QStringList limits{tr("Half of the free memory")};
    for (std::size_t i = 1; i < memories.size(); ++i) {
        limits.append(memories[i] < 1
                          ? tr("%1 MiB at most").arg(format::plain(1024 * memories[i], 0))
                          : tr("%1 GiB at most").arg(format::plain(memories[i], 0)));
    }
    setTexts(m_memory, limits);
    setTexts(m_contents,
             {tr("Results"), tr("Original and tiny design"), tr("Two runs side by side")});
    setTexts(m_chart, {tr("Prefill time"), tr("Decode time"), tr("Time of a step"), tr("KV cache"),
                       tr("Distinct experts"), tr("Expert load")});
    m_size->setToolTip(tr("How large the tiny design may be: from a second to as long as it "
                          "takes. It never takes more than half of the free memory."));
    m_memory->setToolTip(tr("Memory that the engine may take for weights, cache and workspace"));
    m_memory->setAccessibleName(tr("Memory of the engine"));
    m_size->setAccessibleName(tr("Size of the tiny design"));
    m_contents->setAccessibleName(tr("What the table shows"));
    m_chart->setAccessibleName(tr("What is drawn"));
    m_layer->setAccessibleName(tr("Layer whose experts are drawn"));
    m_runChoice->setAccessibleName(tr("Run that is shown"));
    m_table->setAccessibleName(tr("Predicted beside measured"));
    m_table->horizontalHeader()->setToolTip(
        tr("✓ equal, or within the band of the prediction; ✗ not. Times are estimates with a band; "
           "everything else is counted."));
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_beside->setAccessibleName(tr("Run beside the one that is shown"));
    m_beside->setToolTip(tr("Drawn into the same chart, and put beside in the table of two runs"));
    m_export->setText(tr("Export…"));
    m_model->retranslate();
    refreshChoices();
    refresh();
}

} // namespace headroom::ui
