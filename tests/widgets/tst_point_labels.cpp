// SPDX-License-Identifier: GPL-3.0-or-later
// Where names of points are placed.
#include "widgets/plot/point_labels.h"

#include <QtTest>

using namespace headroom::ui;

class TestPointLabels : public QObject {
    Q_OBJECT

private slots:
    void coverNothing();
};

/// Many points at one place beside a curve: every name is free of the others, of markers and of the
/// curve, and what stands apart is tied to its point.
void TestPointLabels::coverNothing() {
    LabelObstacles obstacles;
    obstacles.lines.append({0, 300, 400, 0});
    QVector<NamedPoint> names;
    for (int i = 0; i < 4; ++i) {
        const QPointF point(190 + 10 * i, 150 + 8 * i);
        obstacles.boxes.append({point - QPointF(5, 5), QSizeF(10, 10)});
        names.append({point, {90, 14}});
    }
    const QRectF bounds(0, 0, 400, 300);
    QVector<QRectF> boxes;
    for (const PlacedName& placed : placeNames(names, obstacles, bounds)) {
        boxes.append(placed.box);
    }
    QCOMPARE(boxes.size(), names.size());
    for (int i = 0; i < boxes.size(); ++i) {
        QVERIFY(!boxes[i].isNull());
        QVERIFY(bounds.contains(boxes[i]));
        for (const QRectF& marker : obstacles.boxes) {
            QVERIFY(!boxes[i].intersects(marker));
        }
        for (int j = 0; j < i; ++j) {
            QVERIFY(!boxes[i].intersects(boxes[j]));
        }
        const QLineF curve = obstacles.lines.first();
        QCOMPARE(curve.intersects({boxes[i].topLeft(), boxes[i].bottomRight()}, nullptr) ==
                     QLineF::BoundedIntersection,
                 false);
        const double apart = QLineF(names[i].point, boxes[i].center()).length();
        QVERIFY(apart < 80 || !leaderOf(names[i].point, boxes[i]).isNull());
    }
    // Nowhere to go: no name rather than one over another.
    QVERIFY(placeNames({{{10, 10}, {500, 14}}}, {}, bounds).first().box.isNull());
    // A limit is covered where it leaves no room.
    LabelObstacles limit;
    limit.limits.append({60, 0, 60, 300});
    const PlacedName beside = placeNames({{{40, 150}, {30, 14}}}, limit, bounds).first();
    QVERIFY(!beside.box.isNull() && !beside.coversLimit);
    const PlacedName over = placeNames({{{-60, 150}, {150, 14}}}, limit, bounds).first();
    QVERIFY(!over.box.isNull() && over.coversLimit);
}

QTEST_GUILESS_MAIN(TestPointLabels)
#include "tst_point_labels.moc"
