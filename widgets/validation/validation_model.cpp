// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/validation/validation_model.h"

#include "widgets/format/format.h"
#include "widgets/validation/validation_words.h"

namespace headroom::ui {

void ValidationModel::setContents(Contents contents) {
    if (m_contents != contents) {
        beginResetModel();
        m_contents = contents;
        m_lines = contents == Contents::Rows ? rowLines() : designLines();
        endResetModel();
    }
}

void ValidationModel::setReport(const SharedReport& report) {
    m_report = report;
    rebuild();
}

void ValidationModel::retranslate() {
    rebuild();
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

/// Rows that are new come in at the end, so that nothing jumps while a run fills the table.
void ValidationModel::rebuild() {
    QVector<Line> lines = m_contents == Contents::Rows ? rowLines() : designLines();
    if (lines == m_lines) {
        return;
    }
    const auto kept = static_cast<int>(m_lines.size());
    const auto count = static_cast<int>(lines.size());
    if (count > kept && lines.mid(0, kept) == m_lines) {
        beginInsertRows({}, kept, count - 1);
        m_lines = std::move(lines);
        endInsertRows();
        return;
    }
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

QVector<ValidationModel::Line> ValidationModel::rowLines() const {
    QVector<Line> lines;
    if (!m_report) {
        return lines;
    }
    for (const ValidationRow& row : m_report->rows) {
        const bool exact = row.judgement == Judgement::Exact;
        Line line;
        line.cells = {quantityName(row), rowValue(row, row.predicted), rowValue(row, row.measured),
                      rowDifference(row)};
        line.verdict = row.is_within() ? (exact ? Good : NoVerdict) : Bad;
        line.details = rowDetails(row);
        if (!exact && !row.is_within()) {
            line.details += QStringLiteral("\n") + tr("Outside the band of the prediction");
        }
        lines.append(line);
    }
    return lines;
}

QVector<ValidationModel::Line> ValidationModel::designLines() const {
    QVector<Line> lines;
    if (!m_report || m_report->tiny.source_layers.empty()) {
        return lines;
    }
    const auto section = [&](const QString& text) {
        lines.append({{text, {}, {}, {}}, NoVerdict, {}, true});
    };
    section(tr("Proportions"));
    for (const ShrunkRatio& ratio : m_report->tiny.ratios) {
        lines.append({{ratioName(ratio.id), ratioValues(ratio.original[0], ratio.original[1]),
                       ratioValues(ratio.tiny[0], ratio.tiny[1]),
                       ratio.is_kept() ? tr("kept") : tr("rounded")},
                      ratio.is_kept() ? Good : Rounded,
                      {},
                      false});
    }
    section(tr("Sizes"));
    lines.append({{tr("Parameters"),
                   parametersText(m_report->original),
                   parametersText(m_report->tiny.config),
                   {}},
                  NoVerdict,
                  {},
                  false});
    for (const ShrunkField& field : m_report->tiny.fields) {
        const QString name =
            QString::fromUtf8(field.name.data(), static_cast<qsizetype>(field.name.size()));
        lines.append(
            {{name, format::plain(field.original, 0), format::plain(field.tiny, 0),
              field.is_rounded() ? tr("from %1").arg(format::significant(field.exact, 3))
                                 : QString()},
             field.is_rounded() ? Rounded : NoVerdict,
             field.is_rounded()
                 ? tr("In proportion it would be %1").arg(format::significant(field.exact, 4))
                 : QString(),
             false});
    }
    return lines;
}

int ValidationModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int ValidationModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 4;
}

QVariant ValidationModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Line& line = m_lines[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return line.cells[index.column()];
    case Qt::ToolTipRole:
        return line.details.isEmpty() ? QVariant() : QVariant(line.details);
    case VerdictRole:
        return index.column() == 3 ? line.verdict : NoVerdict;
    case SectionRole:
        return line.section;
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ValidationModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((section == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const bool rows = m_contents == Contents::Rows;
    switch (section) {
    case 1:
        return rows ? tr("Predicted") : tr("Original");
    case 2:
        return rows ? tr("Measured") : tr("Tiny");
    case 3:
        return rows ? tr("Difference") : QString();
    default:
        return QString();
    }
}

} // namespace headroom::ui
