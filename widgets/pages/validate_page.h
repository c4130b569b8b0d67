// SPDX-License-Identifier: GPL-3.0-or-later
// ValidatePage: runs a tiny form of the selected design and shows predicted beside measured.
#pragma once

#include "widgets/pages/page.h"
#include "widgets/pages/page_names.h"
#include "widgets/validation/validation_charts.h"
#include "widgets/validation/validation_runner.h"

#include <QVector>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace headroom::ui {

class AdviceLabel;
class PlotView;
class TextLabel;
class TitleLabel;
class ValidationModel;
class ValidationTable;

class ValidatePage : public Page {
    Q_OBJECT

public:
    explicit ValidatePage(QWidget* parent = nullptr);
    ~ValidatePage() override;

    [[nodiscard]] QString id() const override { return page_names::validate; }
    [[nodiscard]] QString title() const override { return tr("Validate"); }
    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;
    [[nodiscard]] bool canExport() const override;
    void copyContents() override;
    void exportContents() override;
    [[nodiscard]] QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;
    /// A folder with weights is run as it is.
    bool openFolder(const QString& path) override;
    /// Runs the selected design where nothing was run yet, and waits.
    void prepareForPicture() override;

    /// What every run is asked for; the page's own choice of size comes on top.
    void setOptions(ValidationOptions options) { m_options = std::move(options); }
    /// Starts a run of the selected design, unless one is going on.
    void run();
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_runner->isRunning(); }
    /// The run that is shown; null where there is none.
    [[nodiscard]] SharedReport shown() const;
    [[nodiscard]] int runCount() const { return static_cast<int>(m_runs.size()); }
    /// Rows (.csv) or report (.md); false with `error` set on failure.
    bool writeReport(const QString& path, QString* error) const;

    [[nodiscard]] ValidationModel& model() { return *m_model; }
    [[nodiscard]] PlotView& plot() { return *m_plot; }
    [[nodiscard]] ValidationRunner& runner() { return *m_runner; }

protected:
    void changeEvent(QEvent* event) override;

private:
    /// A run that ended; kept in the session.
    struct Kept {
        int slot = 0;
        SharedReport report;
        QJsonObject json;
    };
    void buildHeader(QVBoxLayout& column);
    void buildBody(QVBoxLayout& column);
    [[nodiscard]] ValidationOptions options() const;
    void begin();
    void showProgress(const ValidationProgress& progress, const SharedReport& soFar);
    void finish(const SharedReport& report);
    void keep(Kept kept);
    /// Runs that are drawn beside the one that is shown, as indices into m_runs.
    [[nodiscard]] QVector<int> besideRuns() const;
    [[nodiscard]] QString runName(int run) const;
    void refresh();
    void refreshTexts();
    void refreshChoices();
    void refreshBeside(int wanted);
    void rebuildChart();
    void retranslate();
    void saveAs(const QString& suffix, const QString& filter);
    [[nodiscard]] int shownSlot() const;
    [[nodiscard]] ValidationChart chart() const;

    ValidationRunner* m_runner = nullptr;
    ValidationModel* m_model = nullptr;
    ValidationTable* m_table = nullptr;
    PlotView* m_plot = nullptr;
    TitleLabel* m_headline = nullptr;
    TitleLabel* m_subject = nullptr;
    QComboBox* m_size = nullptr;
    QComboBox* m_memory = nullptr;
    QPushButton* m_run = nullptr;
    TextLabel* m_summary = nullptr;
    QWidget* m_progress = nullptr;
    TextLabel* m_stage = nullptr;
    TextLabel* m_left = nullptr;
    QProgressBar* m_bar = nullptr;
    AdviceLabel* m_failure = nullptr;
    AdviceLabel* m_disturbance = nullptr;
    QComboBox* m_runChoice = nullptr;
    QComboBox* m_beside = nullptr;
    QComboBox* m_contents = nullptr;
    QComboBox* m_chart = nullptr;
    QComboBox* m_layer = nullptr;
    QToolButton* m_export = nullptr;

    ValidationOptions m_options;
    Snapshot m_now;
    ViewState m_view;
    QVector<Kept> m_runs; ///< oldest first
    int m_shown = -1;     ///< index into m_runs
    SharedReport m_live;  ///< of the run that is going on
    int m_liveSlot = 0;
    bool m_cancelling = false;
};

} // namespace headroom::ui
