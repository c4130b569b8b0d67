// SPDX-License-Identifier: GPL-3.0-or-later
// DesignButton: the button that stands for one design: its letter, colour and name.
#pragma once

#include <QAbstractButton>
#include <QString>

namespace headroom::ui {

class DesignButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit DesignButton(int slot, QWidget* parent = nullptr);

    void setDesign(const QString& name, bool hasError);
    /// Narrow: the letter alone.
    void setCompact(bool compact);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void describe();

    int m_slot;
    QString m_name;
    bool m_hasError = false;
    bool m_compact = false;
};

} // namespace headroom::ui
