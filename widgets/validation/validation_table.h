// SPDX-License-Identifier: GPL-3.0-or-later
// ValidationTable: draws a ValidationModel as calm lines with verdicts in colour.
#pragma once

#include <QTableView>

namespace headroom::ui {

class ValidationModel;

class ValidationTable : public QTableView {
    Q_OBJECT

public:
    explicit ValidationTable(ValidationModel* model, QWidget* parent = nullptr);
    /// What stands there while the table is empty: what to do.
    void setPlaceholder(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fitColumns();
    bool spanWords();
    [[nodiscard]] int widthOfFigures(int column) const;
    QString m_placeholder;
};

} // namespace headroom::ui
