// SPDX-License-Identifier: GPL-3.0-or-later
// ClaimsPage: a published table or list of claims, computed again row by row, and why.
#pragma once

#include "core/claims/check_table.h"
#include "widgets/pages/page.h"
#include "widgets/pages/page_names.h"

#include <QThreadPool>

#include <string>

class QComboBox;
class QLabel;
class QTableView;
class QToolButton;

namespace headroom::ui {

class ClaimsModel;
class TextLabel;
class TitleLabel;

class ClaimsPage : public Page {
    Q_OBJECT

public:
    explicit ClaimsPage(QWidget* parent = nullptr);
    ~ClaimsPage() override;

    [[nodiscard]] QString id() const override { return page_names::claims; }
    [[nodiscard]] QString title() const override { return tr("Claims"); }
    void setResult(Snapshot now, Snapshot ghost, const ViewState& view) override;
    [[nodiscard]] bool canExport() const override;
    void copyContents() override;
    void exportContents() override;
    [[nodiscard]] QJsonObject saveView() const override;
    void restoreView(const QJsonObject& view) override;

    [[nodiscard]] ClaimsModel& model() { return *m_model; }
    /// Checks a table of the reader's own, on a worker; it joins the list of tables.
    void openTable(const QString& path);
    /// Writes Markdown (.md) or CSV; false with `error` set on failure.
    bool writeTable(const QString& path, QString* error) const;

signals:
    /// A table was checked, or could not be.
    void checked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void chooseTable(int index);
    void askForTable();
    void show(const Result<CheckReport>& report);
    void showRow();
    void selectRow(int row);
    void arrange();
    void retranslate();
    void applyTheme();
    [[nodiscard]] int currentRow() const;

    ClaimsModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    TitleLabel* m_headline = nullptr;
    TitleLabel* m_summary = nullptr;
    QComboBox* m_tables = nullptr;
    QToolButton* m_open = nullptr;
    QToolButton* m_copy = nullptr;
    QToolButton* m_export = nullptr;
    QLabel* m_icon = nullptr;
    QLabel* m_verdict = nullptr;
    QLabel* m_subject = nullptr;
    TextLabel* m_claimHeading = nullptr;
    QLabel* m_claim = nullptr;
    TextLabel* m_computedHeading = nullptr;
    QLabel* m_computed = nullptr;
    TextLabel* m_whyHeading = nullptr;
    QLabel* m_why = nullptr;

    QThreadPool m_worker; ///< one thread: a table at a time
    int m_request = 0;    ///< the newest one; results of older ones are dropped
    int m_wantedRow = 0;  ///< to select once the table is there
    bool m_isShown = false;
    std::optional<Error> m_error;
};

} // namespace headroom::ui
