// SPDX-License-Identifier: GPL-3.0-or-later
// NoticeBar: one message above the pages, with what can be done about it; never blocks the window.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>

class QLabel;
class QToolButton;

namespace headroom::ui {

class NoticeBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Information, Error };

    explicit NoticeBar(QWidget* parent = nullptr);

    /// Replaces what is shown. `action` names a button; empty: none.
    void notify(Kind kind, const QString& text, const QString& action = {},
                std::function<void()> act = {});
    void dismiss();
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();
    void applyTheme();

    Kind m_kind = Kind::Information;
    QLabel* m_text = nullptr;
    QToolButton* m_action = nullptr;
    QToolButton* m_close = nullptr;
    std::function<void()> m_act;
};

} // namespace headroom::ui
