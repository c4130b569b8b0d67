// SPDX-License-Identifier: GPL-3.0-or-later
// Places for the names of points: where they cover nothing.
#pragma once

#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QVector>

namespace headroom::ui {

/// What names keep clear of, in pixels.
struct LabelObstacles {
    QVector<QRectF> boxes;  ///< markers and other names
    QVector<QLineF> lines;  ///< curves
    QVector<QLineF> limits; ///< that a name may cover where there is no other place
};

/// A point whose name takes `size`.
struct NamedPoint {
    QPointF point;
    QSizeF size;
};

struct PlacedName {
    QRectF box; ///< null: no place is near
    bool coversLimit = false;
};

/// For each name the place within `bounds` nearest to its point that covers no obstacle and no name
/// before it. Names prefer the right of their point.
[[nodiscard]] QVector<PlacedName> placeNames(const QVector<NamedPoint>& names,
                                             LabelObstacles obstacles, const QRectF& bounds);

/// A line from the point to a name that had to step aside; null where it stands beside its point.
[[nodiscard]] QLineF leaderOf(const QPointF& point, const QRectF& box);

} // namespace headroom::ui
