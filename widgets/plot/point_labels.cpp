// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/point_labels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headroom::ui {

namespace {

bool crosses(const QRectF& box, const QLineF& line) {
    if (box.contains(line.p1()) || box.contains(line.p2())) {
        return true;
    }
    const std::array<QLineF, 4> edges{
        QLineF(box.topLeft(), box.topRight()), QLineF(box.bottomLeft(), box.bottomRight()),
        QLineF(box.topLeft(), box.bottomLeft()), QLineF(box.topRight(), box.bottomRight())};
    return std::any_of(edges.begin(), edges.end(), [&line](const QLineF& edge) {
        return edge.intersects(line, nullptr) == QLineF::BoundedIntersection;
    });
}

bool crossesAny(const QRectF& box, const QVector<QLineF>& lines) {
    return std::any_of(lines.begin(), lines.end(),
                       [&box](const QLineF& line) { return crosses(box, line); });
}

bool isFree(const QRectF& box, const LabelObstacles& obstacles) {
    return std::none_of(obstacles.boxes.begin(), obstacles.boxes.end(),
                        [&box](const QRectF& other) { return other.intersects(box); }) &&
           !crossesAny(box, obstacles.lines);
}

/// A leader crosses no name, no marker but those at its point, and no line.
bool isFree(const QLineF& leader, const QPointF& point, const LabelObstacles& obstacles) {
    return leader.isNull() ||
           (std::none_of(
                obstacles.boxes.begin(), obstacles.boxes.end(),
                [&](const QRectF& box) { return !box.contains(point) && crosses(box, leader); }) &&
            std::none_of(obstacles.lines.begin(), obstacles.lines.end(), [&](const QLineF& line) {
                return line.intersects(leader, nullptr) == QLineF::BoundedIntersection;
            }));
}

/// Upper left corners to try, the best ones first.
QVector<QPointF> placesFor(const NamedPoint& name, double widest) {
    const double width = name.size.width();
    const double height = name.size.height();
    const QPointF point = name.point;
    // Right of the point, under a curve's name there, left, above, below.
    QVector<QPointF> places{
        point + QPointF(8.0, -height / 2.0), point + QPointF(10.0, 1.5 * height),
        point + QPointF(-8.0 - width, -height / 2.0), point + QPointF(-width / 2.0, -height - 7.0),
        point + QPointF(-width / 2.0, 7.0)};
    // Then further and further away, tied to the point by a line.
    constexpr double step = 14.0;
    constexpr int directions = 12;
    for (double distance = step; distance <= widest; distance += step) {
        for (int i = 0; i < directions; ++i) {
            const double angle = 2.0 * std::acos(-1.0) * i / directions;
            const QPointF near = point + distance * QPointF(std::cos(angle), std::sin(angle));
            // The side that faces the point lies there.
            places.append({std::cos(angle) > 0.3    ? near.x()
                           : std::cos(angle) < -0.3 ? near.x() - width
                                                    : near.x() - width / 2.0,
                           std::sin(angle) > 0.3    ? near.y()
                           : std::sin(angle) < -0.3 ? near.y() - height
                                                    : near.y() - height / 2.0});
        }
    }
    return places;
}

} // namespace

QVector<PlacedName> placeNames(const QVector<NamedPoint>& names, LabelObstacles obstacles,
                               const QRectF& bounds) {
    const double widest = std::min(110.0, bounds.height() / 3.0);
    QVector<PlacedName> placed;
    for (const NamedPoint& name : names) {
        PlacedName found;
        for (const QPointF& place : placesFor(name, widest)) {
            const QRectF box(place, name.size);
            if (!bounds.contains(box) || !isFree(box, obstacles) ||
                !isFree(leaderOf(name.point, box), name.point, obstacles)) {
                continue;
            }
            const bool coversLimit = crossesAny(box, obstacles.limits);
            if (found.box.isNull() || !coversLimit) {
                found = {box, coversLimit};
            }
            if (!coversLimit) {
                break;
            }
        }
        if (!found.box.isNull()) {
            obstacles.boxes.append(found.box);
            if (const QLineF leader = leaderOf(name.point, found.box); !leader.isNull()) {
                obstacles.lines.append(leader);
            }
        }
        placed.append(found);
    }
    return placed;
}

QLineF leaderOf(const QPointF& point, const QRectF& box) {
    constexpr double beside = 26.0; // and under a curve's name
    const QPointF nearest(std::clamp(point.x(), box.left() - 1.0, box.right() + 1.0),
                          std::clamp(point.y(), box.top() + 2.0, box.bottom() - 2.0));
    QLineF line(point, nearest);
    if (line.length() <= beside) {
        return {};
    }
    constexpr double marker = 5.0;
    line.setP1(line.pointAt(marker / line.length()));
    return line;
}

} // namespace headroom::ui
