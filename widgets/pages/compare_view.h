// SPDX-License-Identifier: GPL-3.0-or-later
// CompareView: the table of a comparison, with paired bars and section headings.
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace headroom::ui {

class CompareModel;

class CompareDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

class CompareView : public QTableView {
    Q_OBJECT

public:
    explicit CompareView(CompareModel* model, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    CompareModel* m_model;
    int m_arrangedWidth = 0;
};

} // namespace headroom::ui
