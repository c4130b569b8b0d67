// SPDX-License-Identifier: GPL-3.0-or-later
// Small drawing helpers of the style.
#pragma once

#include "widgets/theme/tokens.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>

namespace headroom::ui::paint {

void rounded(QPainter* painter, const QRect& rect, double radius, const QColor& fill,
             const QColor& border);
/// The surface of something that can be typed into or chosen from.
void field(QPainter* painter, const QRect& rect, const Tokens& tokens, bool enabled, bool hover,
           bool focus, const QColor& accent);
void button(QPainter* painter, const QStyleOption* option, const Tokens& tokens);
void checkBox(QPainter* painter, const QStyleOption* option, const Tokens& tokens,
              const QColor& accent);
void radioButton(QPainter* painter, const QStyleOption* option, const Tokens& tokens,
                 const QColor& accent);
/// `direction` is one of the arrow or spin primitives.
void chevron(QPainter* painter, const QRect& rect, QStyle::PrimitiveElement direction,
             const QColor& color);
void tick(QPainter* painter, const QRect& rect, const QColor& color);

} // namespace headroom::ui::paint
