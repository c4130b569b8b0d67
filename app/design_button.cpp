// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/design_button.h"

#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace headroom::ui {

namespace {

constexpr int padding = 9;
constexpr int chip_height = 26;

} // namespace

DesignButton::DesignButton(int slot, QWidget* parent)
    : QAbstractButton(parent)
    , m_slot(slot) {
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAttribute(Qt::WA_Hover);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void DesignButton::setDesign(const QString& name, bool hasError) {
    if (m_name == name && m_hasError == hasError) {
        return;
    }
    m_name = name;
    m_hasError = hasError;
    describe();
    update();
}

void DesignButton::setCompact(bool compact) {
    m_compact = compact;
    updateGeometry();
    update();
}

void DesignButton::describe() {
    setAccessibleName(tr("Design %1: %2").arg(designLetter(m_slot), m_name));
    setToolTip(m_hasError ? tr("%1: this design has errors").arg(m_name) : m_name);
}

void DesignButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        describe();
    }
    QAbstractButton::changeEvent(event);
}

QSize DesignButton::sizeHint() const {
    const QFontMetrics metrics(uiFont(type::body, QFont::DemiBold));
    const int height = qMax(chip_height, metrics.height() + 10);
    if (m_compact) {
        return {height + 4, height};
    }
    return {metrics.horizontalAdvance(designLetter(m_slot) + QLatin1Char(' ') + m_name) +
                2 * padding,
            height};
}

QSize DesignButton::minimumSizeHint() const {
    return {sizeHint().height() + 4, sizeHint().height()};
}

void DesignButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = tokens();
    const QColor colour = designColor(colours, m_slot);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setBrush(isChecked()                  ? colours.panel
                     : underMouse() && !m_compact ? colours.hover
                                                  : colours.field);
    painter.setPen(isChecked() ? QPen(colour, 1.5) : QPen(colours.line, 1));
    painter.drawRoundedRect(box, 5, 5);
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 4, 4);
    }
    QFont font = uiFont(type::body, QFont::DemiBold);
    painter.setPen(colour);
    if (m_compact) {
        painter.setFont(font);
        painter.drawText(rect(), Qt::AlignCenter, designLetter(m_slot));
    } else {
        // A long name is set smaller and narrower before it is cut, and then in the middle: sizes
        // and variants stand at the end.
        const QRect text = rect().adjusted(padding, 0, -padding, 0);
        const QString shown = designLetter(m_slot) + QLatin1Char(' ') + m_name;
        for (const int least = font.pixelSize() * 3 / 4;
             font.pixelSize() > least && QFontMetrics(font).horizontalAdvance(shown) > text.width();
             font.setPixelSize(font.pixelSize() - 1)) {
            font.setStretch(QFont::SemiCondensed);
        }
        painter.setFont(font);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(font).elidedText(shown, Qt::ElideMiddle, text.width()));
    }
    if (m_hasError) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.bad);
        painter.drawEllipse(QPointF(width() - 6.5, 6.5), 3, 3);
    }
}

} // namespace headroom::ui
