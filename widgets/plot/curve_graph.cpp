// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plot/curve_graph.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace headroom::ui {

namespace {

constexpr double tolerancePixels = 0.1;
constexpr double seamOverlap = 0.3; ///< pixels by which pieces reach over a bend

bool isFinite(const QPointF& point) {
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

double distanceToLine(const QPointF& point, const QPointF& from, const QPointF& to) {
    const QPointF along = to - from;
    const double length = std::hypot(along.x(), along.y());
    const QPointF off = point - from;
    return length > 0.0 ? std::abs(along.x() * off.y() - along.y() * off.x()) / length
                        : std::hypot(off.x(), off.y());
}

/// The part of from..to inside `area`, as shares of its length.
std::optional<std::pair<double, double>> insidePart(const QPointF& from, const QPointF& to,
                                                    const QRectF& area) {
    double first = 0.0;
    double last = 1.0;
    const auto cut = [&](double start, double step, double low, double high) {
        if (step == 0.0) {
            return start >= low && start <= high;
        }
        const double a = (low - start) / step;
        const double b = (high - start) / step;
        first = std::max(first, std::min(a, b));
        last = std::min(last, std::max(a, b));
        return first < last;
    };
    if (!cut(from.x(), to.x() - from.x(), area.left(), area.right()) ||
        !cut(from.y(), to.y() - from.y(), area.top(), area.bottom())) {
        return std::nullopt;
    }
    return std::pair{first, last};
}

/// How far two pieces that meet in `at` reach over it: a mitre, but never more than half the pen.
double overlapAt(const QPointF& before, const QPointF& at, const QPointF& after, double halfWidth) {
    const double turn =
        std::abs(std::remainder(std::atan2(after.y() - at.y(), after.x() - at.x()) -
                                    std::atan2(at.y() - before.y(), at.x() - before.x()),
                                2.0 * M_PI));
    return std::min(halfWidth, halfWidth * std::tan(std::min(turn, 3.0) / 2.0) + seamOverlap);
}

/// Walks along a polyline and cuts it into the dashes of a pen.
class Dasher {
public:
    explicit Dasher(const QPen& pen) {
        if (pen.style() == Qt::SolidLine) {
            return;
        }
        for (const qreal part : pen.dashPattern()) {
            m_pattern.append(std::max(0.01, part * pen.widthF()));
            m_period += m_pattern.last();
        }
        if (m_pattern.size() % 2 == 1) { // as QPen: an odd pattern is repeated
            m_pattern += QVector<double>(m_pattern);
            m_period *= 2.0;
        }
    }

    [[nodiscard]] bool isSolid() const { return m_pattern.isEmpty(); }

    void skip(double length) {
        if (!isSolid()) {
            m_phase = std::fmod(m_phase + length, m_period);
        }
    }

    /// Calls `dash(from, to)` for every dash of the next `length` pixels.
    template <class Function>
    void walk(double length, Function dash) {
        if (isSolid()) {
            dash(0.0, length);
            return;
        }
        double start = -m_phase;
        for (qsizetype i = 0; start < length; i = (i + 1) % m_pattern.size()) {
            const double end = start + m_pattern[i];
            if (i % 2 == 0 && end > 0.0) {
                dash(std::max(0.0, start), std::min(end, length));
            }
            start = end;
        }
        skip(length);
    }

private:
    QVector<double> m_pattern; ///< pixels, dash and gap in turn; empty for a solid line
    double m_period = 0.0;
    double m_phase = 0.0;
};

} // namespace

QVector<QPointF> simplified(const QVector<QPointF>& points, double tolerance) {
    QVector<bool> kept(points.size(), false);
    QVector<std::pair<qsizetype, qsizetype>> open;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const bool finite = isFinite(points[i]);
        const bool starts = finite && (i == 0 || !isFinite(points[i - 1]));
        kept[i] = !finite || starts || i + 1 == points.size() || !isFinite(points[i + 1]);
        if (starts) {
            qsizetype last = i;
            while (last + 1 < points.size() && isFinite(points[last + 1])) {
                ++last;
            }
            open.append({i, last});
        }
    }
    while (!open.isEmpty()) {
        const auto [first, last] = open.takeLast();
        qsizetype farthest = -1;
        double most = tolerance;
        for (qsizetype i = first + 1; i < last; ++i) {
            const double distance = distanceToLine(points[i], points[first], points[last]);
            if (distance > most) {
                most = distance;
                farthest = i;
            }
        }
        if (farthest >= 0) {
            kept[farthest] = true;
            open.append({first, farthest});
            open.append({farthest, last});
        }
    }
    QVector<QPointF> result;
    for (qsizetype i = 0; i < points.size(); ++i) {
        if (kept[i]) {
            result.append(points[i]);
        }
    }
    return result;
}

QVector<QLineF> strokedPieces(const QVector<QPointF>& points, const QPen& pen, const QRectF& area) {
    const double halfWidth = pen.widthF() / 2.0;
    QVector<QLineF> pieces;
    Dasher dasher(pen);
    for (qsizetype i = 1; i < points.size(); ++i) {
        const QPointF from = points[i - 1];
        const QPointF to = points[i];
        if (!isFinite(from) || !isFinite(to)) {
            dasher = Dasher(pen);
            continue;
        }
        const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
        const auto inside = insidePart(from, to, area);
        if (length == 0.0 || !inside) {
            dasher.skip(length);
            continue;
        }
        const auto bend = [&](qsizetype at) {
            return at > 0 && at + 1 < points.size() && isFinite(points[at - 1]) &&
                           isFinite(points[at + 1])
                       ? overlapAt(points[at - 1], points[at], points[at + 1], halfWidth)
                       : 0.0;
        };
        const QPointF unit = (to - from) / length;
        const double begin = inside->first * length;
        const double end = inside->second * length;
        dasher.skip(begin);
        dasher.walk(end - begin, [&](double dashFrom, double dashTo) {
            double a = begin + dashFrom;
            double b = begin + dashTo;
            a -= a <= 0.0 ? bend(i - 1) : 0.0;
            b += b >= length ? bend(i) : 0.0;
            pieces.append(QLineF(from + unit * a, from + unit * b));
        });
        dasher.skip(length - end);
    }
    return pieces;
}

void CurveGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
    const QPen pen = painter->pen();
    if (painter->modes().testFlag(QCPPainter::pmVectorized) || pen.style() == Qt::NoPen) {
        QCPGraph::drawLinePlot(painter, lines);
        return;
    }
    applyDefaultAntialiasingHint(painter);
    const double reach = pen.widthF() + 2.0;
    const QRectF area = QRectF(clipRect()).adjusted(-reach, -reach, reach, reach);
    painter->setPen(QPen(pen.brush(), pen.widthF(), Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    painter->drawLines(strokedPieces(simplified(lines, tolerancePixels), pen, area));
    painter->setPen(pen);
}

} // namespace headroom::ui
