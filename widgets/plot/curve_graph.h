// SPDX-License-Identifier: GPL-3.0-or-later
// CurveGraph: a graph whose line costs a fraction of what QPainter's polyline does.
#pragma once

#include <QLineF>
#include <QPen>
#include <QPointF>
#include <QRectF>
#include <QVector>

#include <qcustomplot.h>

namespace headroom::ui {

/// The points of a polyline without those that lie within `tolerance` of the line through their
/// neighbours (Douglas and Peucker). A point that is not finite leaves a gap and is kept.
[[nodiscard]] QVector<QPointF> simplified(const QVector<QPointF>& points, double tolerance);

/// What `pen` leaves of the polyline, as straight pieces in its dash pattern, only inside `area`.
/// Pieces overlap a little where the polyline bends, so that no seam shows.
[[nodiscard]] QVector<QLineF> strokedPieces(const QVector<QPointF>& points, const QPen& pen,
                                            const QRectF& area);

/// On a screen or an image the line is drawn as single pieces, which the raster engine fills
/// directly; a wide antialiased polyline it would turn into one large outline and scan that outline
/// again for every band of rows. Vector formats get the polyline itself.
class CurveGraph : public QCPGraph {
public:
    using QCPGraph::QCPGraph;

protected:
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;
};

} // namespace headroom::ui
