// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/validation/validation_model.h"

#include "core/config/expand.h"
#include "core/study/compare.h"
#include "widgets/format/format.h"
#include "widgets/words/structure_text.h"
#include "widgets/words/validation_words.h"

#include <algorithm>
#include <optional>

namespace headroom::ui {

void ValidationModel::setContents(Contents contents) {
    if (m_contents != contents) {
        beginResetModel();
        m_contents = contents;
        m_lines = lines();
        endResetModel();
    }
}

void ValidationModel::setReport(const SharedReport& report) {
    m_report = report;
    rebuild();
}

void ValidationModel::setOther(const SharedReport& other, const QString& name,
                               const QString& otherName) {
    const bool renamed = name != m_name || otherName != m_otherName;
    m_other = other;
    m_name = name;
    m_otherName = otherName;
    rebuild();
    if (renamed && m_contents == Contents::Beside) {
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

void ValidationModel::retranslate() {
    rebuild();
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

/// One line for every row of the report, headed where another section begins.
template <class MakeLine>
QVector<ValidationModel::Line> ValidationModel::sectionedLines(const MakeLine& line) const {
    QVector<Line> lines;
    if (!m_report) {
        return lines;
    }
    std::optional<RowSection> section;
    for (const ValidationRow& row : m_report->rows) {
        if (section != section_of(row.kind)) {
            section = section_of(row.kind);
            addSection(lines, sectionName(*section));
        }
        lines.append(line(row));
    }
    return lines;
}

QVector<ValidationModel::Line> ValidationModel::lines() const {
    switch (m_contents) {
    case Contents::Rows:
        return sectionedLines(rowLine);
    case Contents::Design:
        return designLines();
    case Contents::Beside:
        break;
    }
    return sectionedLines([this](const ValidationRow& row) { return besideLine(row); });
}

/// While a run fills the table its lines stay where they are: every row is there from the
/// beginning, and only cells change.
void ValidationModel::rebuild() {
    QVector<Line> now = lines();
    const bool same =
        now.size() == m_lines.size() &&
        std::equal(now.begin(), now.end(), m_lines.begin(), [](const auto& a, const auto& b) {
            return a.cells.value(0) == b.cells.value(0) && a.section == b.section;
        });
    if (!same) {
        beginResetModel();
        m_lines = std::move(now);
        endResetModel();
        return;
    }
    m_lines.swap(now);
    for (int row = 0; row < rowCount(); ++row) {
        if (!(now[row] == m_lines[row])) {
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
    }
}

void ValidationModel::addSection(QVector<Line>& lines, const QString& text) {
    lines.append({{text, {}, {}, {}}, NoVerdict, {}, true, false});
}

ValidationModel::Line ValidationModel::rowLine(const ValidationRow& row) {
    const bool exact = row.judgement == Judgement::Exact;
    Line line;
    line.cells = {rowName(row), rowValue(row, row.predicted), {}, {}};
    if (!row.is_measured()) {
        line.verdict = Pending;
        line.cells[2] = QStringLiteral("…");
        return line;
    }
    line.cells[2] = rowValue(row, row.measured);
    // A sign beside the colour, for those who do not tell the colours apart.
    line.cells[3] =
        (row.is_within() ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + rowDifference(row);
    line.verdict = row.is_within() ? (exact ? Good : NoVerdict) : Bad;
    line.details = rowDetails(row);
    if (!exact) {
        line.details +=
            QStringLiteral("\n") + (row.is_within() ? tr("Within the band of the prediction")
                                                    : tr("Outside the band of the prediction"));
    }
    return line;
}

QVector<ValidationModel::Line> ValidationModel::designLines() const {
    QVector<Line> lines;
    if (!m_report || m_report->tiny.source_layers.empty()) {
        return lines;
    }
    const auto original = expand_layers(m_report->original);
    const auto tiny = expand_layers(m_report->tiny.config);
    if (original && tiny) {
        addSection(lines, tr("Structure"));
        for (const auto& [id, text] : describe_structure(*original)) {
            lines.append({{structureLabel(id), structureText(*original, id),
                           structureText(*tiny, id), QString()},
                          NoVerdict,
                          {},
                          false,
                          true});
        }
    }
    if (!m_report->tiny.ratios.empty()) {
        addSection(lines, tr("Proportions"));
    }
    for (const ShrunkRatio& ratio : m_report->tiny.ratios) {
        lines.append({{ratioName(ratio.id), ratioValues(ratio.original[0], ratio.original[1]),
                       ratioValues(ratio.tiny[0], ratio.tiny[1]),
                       ratio.is_kept() ? tr("kept") : tr("rounded")},
                      ratio.is_kept() ? Good : Rounded,
                      {},
                      false,
                      false});
    }
    addSection(lines, tr("Sizes"));
    lines.append({{tr("Parameters"),
                   parametersText(m_report->original),
                   parametersText(m_report->tiny.config),
                   {}},
                  NoVerdict,
                  {},
                  false,
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
             false,
             false});
    }
    return lines;
}

/// A row of this run; one that the other does not have stays alone.
ValidationModel::Line ValidationModel::besideLine(const ValidationRow& row) const {
    Line line;
    line.cells = {rowName(row),
                  row.is_measured() ? rowValue(row, row.measured) : QStringLiteral("…"),
                  QStringLiteral("–"), QString()};
    line.details = row.is_measured() ? rowDetails(row) : QString();
    const auto match = [&](const ValidationRow& other) {
        return other.kind == row.kind && other.tokens == row.tokens && other.past == row.past &&
               other.layer == row.layer;
    };
    if (m_other) {
        const auto other = std::find_if(m_other->rows.begin(), m_other->rows.end(), match);
        if (other != m_other->rows.end() && other->is_measured()) {
            line.cells[2] = rowValue(*other, other->measured);
            if (row.is_measured() && row.measured > 0) {
                line.cells[3] = format::ratio(other->measured / row.measured);
            }
            line.details += QStringLiteral("\n") + rowDetails(*other);
        }
    }
    return line;
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
        return index.column() == 3 || (index.column() == 2 && line.verdict == Pending)
                   ? line.verdict
                   : NoVerdict;
    case SectionRole:
        return line.section;
    case WrapRole:
        return line.wraps;
    case Qt::TextAlignmentRole:
        return static_cast<int>(
            (index.column() == 0 || line.wraps ? Qt::AlignLeft : Qt::AlignRight) |
            (line.wraps ? Qt::AlignTop : Qt::AlignVCenter));
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
    switch (m_contents) {
    case Contents::Rows:
        return QStringList{QString(), tr("Predicted"), tr("Measured"), tr("Difference")}[section];
    case Contents::Design:
        return QStringList{QString(), tr("Original"), tr("Tiny"), QString()}[section];
    case Contents::Beside:
        break;
    }
    return QStringList{QString(), m_name, m_other ? m_otherName : tr("No other run"),
                       m_other ? tr("Ratio") : QString()}[section];
}

} // namespace headroom::ui
