// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notice_bar.h"

#include "widgets/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <utility>

namespace headroom::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_action(new QToolButton(this))
    , m_close(new QToolButton(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 4, 8, 4);
    layout->setSpacing(8);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setText(QStringLiteral("\u2715"));
    m_close->setAutoRaise(true);
    m_action->setAutoRaise(true);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_action, &QToolButton::clicked, this, [this] {
        const auto act = m_act;
        dismiss();
        if (act) {
            act();
        }
    });
    connect(&Theme::instance(), &Theme::changed, this, &NoticeBar::applyTheme);
    applyTheme();
    retranslate();
    hide();
}

void NoticeBar::notify(Kind kind, const QString& text, const QString& action,
                       std::function<void()> act) {
    m_kind = kind;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_act = std::move(act);
    setAccessibleName(text);
    applyTheme();
    show();
}

void NoticeBar::dismiss() {
    m_act = nullptr;
    hide();
}

QString NoticeBar::text() const {
    return m_text->text();
}

void NoticeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

void NoticeBar::retranslate() {
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss this message"));
}

void NoticeBar::applyTheme() {
    QPalette palette = m_text->palette();
    const Tokens& colours = tokens();
    palette.setColor(QPalette::WindowText, m_kind == Kind::Error ? colours.bad : colours.advice);
    m_text->setPalette(palette);
    update();
}

void NoticeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().adviceSurface);
    painter.setPen(tokens().line);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace headroom::ui
