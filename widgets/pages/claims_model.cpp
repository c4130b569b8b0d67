// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/claims_model.h"

#include "widgets/format/table_text.h"
#include "widgets/theme/theme.h"
#include "widgets/words/sentence_text.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <algorithm>
#include <array>
#include <utility>

namespace headroom::ui {

namespace {

struct Verdicts {
    Q_DECLARE_TR_FUNCTIONS(Verdicts)
};

constexpr std::array allVerdicts{Verdict::CannotBeTrue,        Verdict::DoesNotHold,
                                 Verdict::ContradictsOfficial, Verdict::CanBeTrue,
                                 Verdict::HoldsUnderCondition, Verdict::Holds,
                                 Verdict::CannotBeComputed};

void paintSign(QPainter& painter, Verdict verdict) {
    switch (verdict) {
    case Verdict::CanBeTrue:
    case Verdict::Holds:
        painter.drawPolyline(QPolygonF{{4.5, 8.5}, {7.0, 11.0}, {11.5, 5.5}});
        break;
    case Verdict::CannotBeTrue:
    case Verdict::DoesNotHold:
        painter.drawLine(QPointF(5.3, 5.3), QPointF(10.7, 10.7));
        painter.drawLine(QPointF(10.7, 5.3), QPointF(5.3, 10.7));
        break;
    case Verdict::ContradictsOfficial: // not equal
        painter.drawLine(QPointF(4.8, 6.6), QPointF(11.2, 6.6));
        painter.drawLine(QPointF(4.8, 9.6), QPointF(11.2, 9.6));
        painter.drawLine(QPointF(6.2, 11.8), QPointF(9.8, 4.4));
        break;
    case Verdict::HoldsUnderCondition: {
        QPainterPath wave(QPointF(4.3, 9.2));
        wave.cubicTo({6.0, 5.4}, {7.6, 7.2}, {8.2, 8.2});
        wave.cubicTo({9.0, 9.8}, {10.4, 10.2}, {11.7, 6.8});
        painter.drawPath(wave);
        break;
    }
    case Verdict::CannotBeComputed:
        painter.drawLine(QPointF(5.0, 8.0), QPointF(11.0, 8.0));
        break;
    }
}

} // namespace

QString verdictText(Verdict verdict) {
    switch (verdict) {
    case Verdict::CanBeTrue:
        return Verdicts::tr("Can be true");
    case Verdict::ContradictsOfficial:
        return Verdicts::tr("Contradicts the official configuration");
    case Verdict::CannotBeTrue:
        return Verdicts::tr("Cannot be true");
    case Verdict::Holds:
        return Verdicts::tr("Holds");
    case Verdict::HoldsUnderCondition:
        return Verdicts::tr("Holds under a condition");
    case Verdict::DoesNotHold:
        return Verdicts::tr("Does not hold");
    case Verdict::CannotBeComputed:
        return Verdicts::tr("Cannot be computed");
    }
    return {};
}

bool isRefuted(Verdict verdict) {
    return verdict == Verdict::CannotBeTrue || verdict == Verdict::DoesNotHold;
}

QColor verdictColor(Verdict verdict) {
    const Tokens& t = tokens();
    switch (verdict) {
    case Verdict::CanBeTrue:
    case Verdict::Holds:
        return t.good;
    case Verdict::CannotBeTrue:
    case Verdict::DoesNotHold:
        return t.bad;
    case Verdict::ContradictsOfficial:
    case Verdict::HoldsUnderCondition:
        return t.advice;
    case Verdict::CannotBeComputed:
        break;
    }
    return t.secondary;
}

QIcon verdictIcon(Verdict verdict) {
    constexpr int size = 16;
    constexpr int scale = 3; // sharp on high-density screens, too
    QPixmap pixmap(size * scale, size * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = verdictColor(verdict);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(1, 1, 14, 14));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(readableOn(color), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    paintSign(painter, verdict);
    return pixmap;
}

ClaimsModel::ClaimsModel(QObject* parent)
    : QAbstractTableModel(parent) {}

void ClaimsModel::setReport(CheckReport report) {
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

void ClaimsModel::refresh() {
    emit headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (rowCount() > 0) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
    }
}

QString ClaimsModel::summary() const {
    QStringList parts;
    for (const Verdict verdict : allVerdicts) {
        const auto count =
            std::count_if(m_report.rows.begin(), m_report.rows.end(),
                          [&](const CheckRow& row) { return row.verdict == verdict; });
        if (count > 0) {
            //: A count and a verdict: "3 × Cannot be true".
            parts.append(tr("%1 × %2").arg(count).arg(verdictText(verdict)));
        }
    }
    return parts.join(QStringLiteral("   "));
}

int ClaimsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_report.rows.size());
}

int ClaimsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QString ClaimsModel::cell(const CheckRow& row, int column) const {
    switch (column) {
    case VerdictColumn:
        return verdictText(row.verdict);
    case SubjectColumn:
        return quoteText(row.model);
    case ClaimColumn:
        return sentenceText(row.claim);
    case ComputedColumn:
        return sentenceText(row.computed);
    case WhyColumn:
        return sentenceText(row.why);
    default:
        return {};
    }
}

QVariant ClaimsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const CheckRow& row = m_report.rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == VerdictColumn ? QString() : cell(row, index.column());
    case Qt::DecorationRole:
        return index.column() == VerdictColumn ? QVariant(verdictIcon(row.verdict)) : QVariant();
    case Qt::ForegroundRole:
        return index.column() == VerdictColumn ? QVariant(verdictColor(row.verdict)) : QVariant();
    default:
        return {};
    }
}

QVariant ClaimsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case VerdictColumn:
        return tr("Verdict");
    case SubjectColumn:
        return tr("Subject");
    case ClaimColumn:
        return tr("What is printed");
    case ComputedColumn:
        return tr("What is computed");
    case WhyColumn:
        return tr("Why");
    default:
        return {};
    }
}

QString ClaimsModel::markdown() const {
    QString text;
    const auto line = [&](auto&& cellOf) {
        text += u'|';
        for (int column = 0; column < Columns; ++column) {
            text += u' ' + cellOf(column) + QStringLiteral(" |");
        }
        text += u'\n';
    };
    line([&](int column) { return headerData(column, Qt::Horizontal).toString(); });
    line([](int) { return QStringLiteral("---"); });
    for (const CheckRow& row : m_report.rows) {
        line([&](int column) { return markdownCell(cell(row, column)); });
    }
    return text;
}

QString ClaimsModel::csv() const {
    QString text;
    const auto line = [&](auto&& cellOf) {
        QStringList cells;
        for (int column = 0; column < Columns; ++column) {
            cells.append(csvCell(cellOf(column)));
        }
        text += cells.join(u',') + u'\n';
    };
    line([&](int column) { return headerData(column, Qt::Horizontal).toString(); });
    for (const CheckRow& row : m_report.rows) {
        line([&](int column) { return cell(row, column); });
    }
    return text;
}

} // namespace headroom::ui
