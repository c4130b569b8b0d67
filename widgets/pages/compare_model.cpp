// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/compare_model.h"

#include "core/config/config_fields.h"
#include "widgets/format/format.h"
#include "widgets/format/table_text.h"
#include "widgets/theme/tokens.h"
#include "widgets/words/field_text.h"
#include "widgets/words/figure_text.h"
#include "widgets/words/structure_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::ui {

namespace {

QString dash() {
    return QStringLiteral("–");
}

QString ratioText(const std::optional<double>& value, const std::optional<double>& reference) {
    return value && reference && *reference != 0.0 ? format::ratio(*value / *reference) : QString();
}

} // namespace

CompareModel::CompareModel(QObject* parent)
    : QAbstractTableModel(parent) {}

void CompareModel::setResult(const StudyResult& result, bool binaryBytes) {
    m_result = result;
    m_binaryBytes = binaryBytes;
    show();
}

void CompareModel::setOnlyDifferences(bool only) {
    if (only != m_onlyDifferences) {
        m_onlyDifferences = only;
        show();
    }
}

void CompareModel::show() {
    QStringList names;
    for (const Design& design : m_result.study.designs) {
        names.append(QString::fromStdString(design.name));
    }
    const Comparison comparison = compare(m_result);
    m_fields = static_cast<int>(comparison.fields.size());
    m_differing =
        static_cast<int>(std::count_if(comparison.fields.begin(), comparison.fields.end(),
                                       [](const headroom::FieldRow& row) { return row.differs; }));
    QVector<Row> rows = makeRows(comparison);
    const bool same = names.size() == m_names.size() &&
                      std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const Row& a, const Row& b) { return a.sameAs(b); });
    if (!same) {
        beginResetModel();
        m_names = names;
        m_rows = std::move(rows);
        endResetModel();
        emit rowsRebuilt();
        return;
    }
    const bool renamed = names != m_names;
    m_names = names;
    const QVector<Row> before = std::exchange(m_rows, std::move(rows));
    // Only what changed is drawn again: a table full of text is dear, and an edit touches few rows.
    for (int row = 0; row < rowCount(); ++row) {
        if (!(before[row] == m_rows[row])) {
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
    }
    if (renamed) {
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

QVector<CompareModel::Row> CompareModel::makeRows(const Comparison& comparison) const {
    QVector<Row> rows;
    QVector<Row> section;
    for (const StructureRow& structure : comparison.structure) {
        Row row;
        row.label = structureLabel(structure.id);
        row.words = true;
        for (const DesignResult& design : m_result.results) {
            row.values.append(design.spec ? structureText(*design.spec, structure.id) : dash());
            row.numbers.append(std::nullopt);
        }
        row.differs = row.values.count(row.values.value(0)) != row.values.size();
        section.append(row);
    }
    addSection(rows, tr("Structure"), section);

    section.clear();
    for (const headroom::FieldRow& field : comparison.fields) {
        Row row;
        row.label = QString::fromStdString(field.field);
        row.differs = field.differs;
        const FieldInfo* info = find_field(field.field);
        for (std::size_t i = 0; i < field.values.size(); ++i) {
            const Design& design = m_result.study.designs[i];
            row.numbers.append(field.numbers[i]);
            row.values.append(!field.values[i] ? dash()
                              : info != nullptr
                                  ? fieldValueText(*info, field_value(design.config, *info))
                                  : QString::fromStdString(*field.values[i]));
            if (i > 0) {
                row.ratios.append(ratioText(field.numbers[i], field.numbers[0]));
            }
        }
        section.append(row);
    }
    addSection(rows, tr("Fields"), section);

    section.clear();
    for (const FigureRow& figure : comparison.figures) {
        Row row;
        row.label = figureLabel(figure.figure->id);
        row.figure = QString::fromUtf8(figure.figure->id.data(),
                                       static_cast<qsizetype>(figure.figure->id.size()));
        for (std::size_t i = 0; i < figure.values.size(); ++i) {
            const DesignResult& design = m_result.results[i];
            const double error = design.analysis && figure.figure->relative_error != nullptr
                                     ? figure.figure->relative_error(*design.analysis)
                                     : 0.0;
            row.numbers.append(figure.values[i]);
            row.values.append(figure.values[i] ? figureText(*figure.figure, *figure.values[i],
                                                            m_binaryBytes, error)
                                               : dash());
            row.differs = row.differs || figure.values[i] != figure.values[0];
            if (i > 0) {
                row.ratios.append(ratioText(figure.values[i], figure.values[0]));
            }
        }
        section.append(row);
    }
    const Workload& workload = m_result.study.scenario.workload;
    const QString devices = QStringLiteral("%1 × %2").arg(
        format::plain(static_cast<double>(m_result.study.scenario.deployment.devices), 0),
        QString::fromStdString(m_result.device.name));
    const std::string_view weights = to_string(m_result.study.scenario.formats.weights);
    addSection(rows,
               tr("Figures at %1, batch %2, %3, %4 weights",
                  "a number of tokens, a number of sequences, devices, a number format")
                   .arg(format::headline(static_cast<double>(workload.context), Quantity::Tokens),
                        format::plain(static_cast<double>(workload.batch), 0), devices,
                        QString::fromUtf8(weights.data(), static_cast<qsizetype>(weights.size()))),
               section);
    return rows;
}

void CompareModel::addSection(QVector<Row>& rows, const QString& title,
                              QVector<Row> section) const {
    if (m_onlyDifferences) {
        section.removeIf([](const Row& row) { return !row.differs; });
    }
    if (section.isEmpty()) {
        return;
    }
    std::stable_partition(section.begin(), section.end(),
                          [](const Row& row) { return row.differs; });
    Row heading;
    heading.section = true;
    heading.label = title;
    rows.append(heading);
    rows += section;
}

QString CompareModel::summary() const {
    return tr("Differences first · %1 of %2 fields differ").arg(m_differing).arg(m_fields);
}

int CompareModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex& parent) const {
    // Name, the designs, bars, a ratio for each design after the first.
    return parent.isValid() ? 0 : designCount() + 2 + std::max(0, designCount() - 1);
}

QVariant CompareModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size()) {
        return {};
    }
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    const int design = column >= 1 && column <= designCount() ? column - 1 : -1;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (column == 0) {
            return row.label;
        }
        if (row.section || column == barColumn()) {
            return {};
        }
        return design >= 0 ? row.values.value(design) : row.ratios.value(column - barColumn() - 1);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(column == 0 ? Qt::AlignLeft | Qt::AlignVCenter
                                               : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (design >= 0 && row.numbers.value(design)) {
            if (const Figure* figure = find_figure(row.figure.toStdString())) {
                return format::exact(figureBaseValue(*figure, *row.numbers[design]),
                                     figureQuantity(*figure, m_binaryBytes));
            }
        }
        if (column == 0 && row.figure.isEmpty() && !row.section) {
            return fieldLabel(row.label.toStdString());
        }
        return {};
    case SectionRole:
        return row.section;
    case DiffersRole:
        return row.differs;
    case WordsRole:
        return row.words;
    case NumbersRole: {
        double largest = 0.0;
        for (const std::optional<double>& number : row.numbers) {
            largest = std::max(largest, number.value_or(0.0));
        }
        QVariantList shares;
        for (const std::optional<double>& number : row.numbers) {
            shares.append(number && largest > 0.0 ? *number / largest : -1.0);
        }
        return shares;
    }
    case SortRole:
        return design >= 0 ? row.numbers.value(design).value_or(std::nan("")) : std::nan("");
    case FigureRole:
        return row.figure;
    case SlotRole:
        return design;
    default:
        return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(section == 0 ? Qt::AlignLeft | Qt::AlignVCenter
                                                : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ForegroundRole && section >= 1 && section <= designCount()) {
        return designColor(lightTokens(), section - 1);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (section >= 1 && section <= designCount()) {
        return QStringLiteral("%1 · %2").arg(designLetter(section - 1), m_names[section - 1]);
    }
    if (section > barColumn()) {
        return QStringLiteral("%1 / A").arg(designLetter(section - barColumn()));
    }
    return QString();
}

Qt::ItemFlags CompareModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    if (m_rows[index.row()].section) {
        return Qt::ItemIsEnabled;
    }
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVector<QStringList> CompareModel::table() const {
    QVector<QStringList> lines;
    QStringList header{QString()};
    for (int i = 0; i < designCount(); ++i) {
        header.append(m_names[i]);
    }
    for (int i = 1; i < designCount(); ++i) {
        header.append(headerData(barColumn() + i, Qt::Horizontal).toString());
    }
    lines.append(header);
    for (const Row& row : m_rows) {
        QStringList line{row.label};
        for (int i = 0; i < designCount(); ++i) {
            line.append(row.values.value(i));
        }
        for (int i = 1; i < designCount(); ++i) {
            line.append(row.ratios.value(i - 1));
        }
        lines.append(line);
    }
    return lines;
}

QString CompareModel::markdown() const {
    const QVector<QStringList> lines = table();
    QString text;
    for (int i = 0; i < lines.size(); ++i) {
        const bool heading = i > 0 && m_rows[i - 1].section;
        text += u'|';
        for (const QString& cell : lines[i]) {
            const QString shown = markdownCell(cell);
            text += u' ' +
                    (heading && !shown.isEmpty() ? QStringLiteral("**%1**").arg(shown) : shown) +
                    QStringLiteral(" |");
        }
        text += u'\n';
        if (i == 0) {
            text += QStringLiteral("|---|") +
                    QStringLiteral("---:|").repeated(lines[i].size() - 1) + u'\n';
        }
    }
    return text;
}

QString CompareModel::csv() const {
    QString text;
    const QVector<QStringList> lines = table();
    for (const QStringList& line : lines) {
        QStringList cells;
        for (const QString& cell : line) {
            cells.append(csvCell(cell));
        }
        text += cells.join(u',') + u'\n';
    }
    return text;
}

} // namespace headroom::ui
