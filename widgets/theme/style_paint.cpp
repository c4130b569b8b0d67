// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style_paint.h"

#include <QPolygonF>

#include <algorithm>

namespace headroom::ui::paint {

namespace {

class Saved {
public:
    explicit Saved(QPainter* painter)
        : m_painter(painter) {
        m_painter->save();
        m_painter->setRenderHint(QPainter::Antialiasing);
    }
    ~Saved() { m_painter->restore(); }
    Saved(const Saved&) = delete;
    Saved& operator=(const Saved&) = delete;

private:
    QPainter* m_painter;
};

} // namespace

void rounded(QPainter* painter, const QRect& rect, double radius, const QColor& fill,
             const QColor& border) {
    const Saved saved(painter);
    painter->setBrush(fill.alpha() == 0 ? QBrush(Qt::NoBrush) : QBrush(fill));
    painter->setPen(border.alpha() == 0 ? QPen(Qt::NoPen) : QPen(border, 1.0));
    const QRectF box =
        border.alpha() == 0 ? QRectF(rect) : QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawRoundedRect(box, radius, radius);
}

void field(QPainter* painter, const QRect& rect, const Tokens& t, bool enabled, bool hover,
           bool focus, const QColor& accent) {
    const QColor fill = enabled && hover ? t.hover : t.field;
    rounded(painter, rect, 5.0, enabled ? fill : t.panel, focus ? accent : t.line);
}

void button(QPainter* painter, const QStyleOption* option, const Tokens& t) {
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const bool hover = enabled && option->state.testFlag(QStyle::State_MouseOver);
    const bool down = option->state.testFlag(QStyle::State_Sunken);
    const bool on = option->state.testFlag(QStyle::State_On);
    const bool flat = button != nullptr && button->features.testFlag(QStyleOptionButton::Flat);
    const bool preferred =
        button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton);
    if (flat && !hover && !down && !on) {
        return;
    }
    QColor fill = t.field;
    QColor border = t.line;
    if (preferred && enabled) {
        fill = mixColors(t.panel, t.accent, 0.08);
        border = t.accent;
    }
    if (hover) {
        fill = mixColors(fill, t.text, 0.04);
    }
    if (down || on) {
        fill = mixColors(fill, t.text, 0.1);
    }
    if (option->state.testFlag(QStyle::State_HasFocus)) {
        border = t.accent;
    }
    rounded(painter, option->rect, 5.0, fill, flat ? QColor(Qt::transparent) : border);
}

void tick(QPainter* painter, const QRect& rect, const QColor& color) {
    const Saved saved(painter);
    painter->setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = QRectF(rect).center();
    painter->drawPolyline(
        QPolygonF({c + QPointF(-3.4, 0.2), c + QPointF(-1.0, 2.6), c + QPointF(3.6, -2.6)}));
}

void checkBox(QPainter* painter, const QStyleOption* option, const Tokens& t,
              const QColor& accent) {
    const QRect box(option->rect.center() - QPoint(7, 7), QSize(16, 16));
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const bool on = option->state.testFlag(QStyle::State_On);
    const bool partly = option->state.testFlag(QStyle::State_NoChange);
    const bool marked = option->state.testFlag(QStyle::State_MouseOver) ||
                        option->state.testFlag(QStyle::State_HasFocus);
    const QColor fill = on || partly ? (enabled ? accent : t.disabled) : t.panel;
    const QColor rim = on || partly ? fill : (marked && enabled ? accent : t.disabled);
    rounded(painter, box, 3.5, fill, rim);
    if (on) {
        tick(painter, box, readableOn(fill));
    } else if (partly) {
        painter->fillRect(QRect(box.center() - QPoint(3, 0), QSize(8, 2)), readableOn(fill));
    }
}

void radioButton(QPainter* painter, const QStyleOption* option, const Tokens& t,
                 const QColor& accent) {
    const Saved saved(painter);
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const bool on = option->state.testFlag(QStyle::State_On);
    const bool marked = option->state.testFlag(QStyle::State_MouseOver) ||
                        option->state.testFlag(QStyle::State_HasFocus);
    const QColor own = enabled ? accent : t.disabled;
    const QPointF center = QRectF(option->rect).center();
    painter->setPen(QPen(on || (marked && enabled) ? own : t.disabled, on ? 4.5 : 1.0));
    painter->setBrush(t.panel);
    const double radius = on ? 5.25 : 7.0;
    painter->drawEllipse(center, radius, radius);
}

void chevron(QPainter* painter, const QRect& rect, QStyle::PrimitiveElement direction,
             const QColor& color) {
    const Saved saved(painter);
    painter->setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = QRectF(rect).center();
    const double w = std::min(3.6, rect.width() / 3.0);
    const double h = w * 0.55;
    QPolygonF line;
    switch (direction) {
    case QStyle::PE_IndicatorArrowUp:
    case QStyle::PE_IndicatorSpinUp:
        line << c + QPointF(-w, h) << c + QPointF(0, -h) << c + QPointF(w, h);
        break;
    case QStyle::PE_IndicatorArrowLeft:
        line << c + QPointF(h, -w) << c + QPointF(-h, 0) << c + QPointF(h, w);
        break;
    case QStyle::PE_IndicatorArrowRight:
        line << c + QPointF(-h, -w) << c + QPointF(h, 0) << c + QPointF(-h, w);
        break;
    default:
        line << c + QPointF(-w, -h) << c + QPointF(0, h) << c + QPointF(w, -h);
        break;
    }
    painter->drawPolyline(line);
}

} // namespace headroom::ui::paint
