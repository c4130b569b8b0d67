// SPDX-License-Identifier: GPL-3.0-or-later
// PresetPicker: says which preset a design comes from and opens a searchable list of all.
#pragma once

#include "core/study/study.h"

#include <QAbstractButton>
#include <QFrame>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace headroom::ui {

/// The list that drops down: a search line above the presets, grouped by family.
class PresetPopup : public QFrame {
    Q_OBJECT

public:
    explicit PresetPopup(QWidget* parent = nullptr);

    /// Shows only presets whose name, family or size contains every word of `text`.
    void setFilter(const QString& text);
    /// Ids that are shown, in order.
    [[nodiscard]] QStringList shownPresets() const;
    void setCurrent(const QString& id);
    [[nodiscard]] QString current() const;

signals:
    void presetChosen(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fill();
    void move(int steps);
    void choose(const QTreeWidgetItem* item);

    QLineEdit* m_search = nullptr;
    QTreeWidget* m_list = nullptr;
};

class PresetPicker : public QAbstractButton {
    Q_OBJECT

public:
    explicit PresetPicker(QWidget* parent = nullptr);

    void setDesign(const Design& design, int slot);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public slots:
    void openPopup();

signals:
    void presetChosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void retranslate();

    QString m_preset; ///< id
    QString m_name;   ///< of the preset, or of the opened file's design
    bool m_edited = false;
};

} // namespace headroom::ui
