// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_support.h"

#include "core/config/config_fields.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/theme/tokens.h"
#include "widgets/words/field_text.h"
#include "widgets/words/sentence_text.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui::charts {

QVector<Drawn> drawnDesigns(const StudyResult& result) {
    QVector<Drawn> drawn;
    const std::size_t count = std::min(result.study.designs.size(), result.results.size());
    for (std::size_t i = 0; i < count; ++i) {
        const Design& design = result.study.designs[i];
        const DesignResult& own = result.results[i];
        if (!own.spec || !own.analysis) {
            continue;
        }
        const auto twins =
            std::count_if(result.study.designs.begin(), result.study.designs.end(),
                          [&](const Design& other) { return other.name == design.name; });
        const int slot = static_cast<int>(i);
        const QString name = QString::fromStdString(design.name);
        drawn.append({slot,
                      twins > 1 ? QStringLiteral("%1 (%2)").arg(name, designLetter(slot)) : name,
                      &design, &*own.spec, &*own.analysis});
    }
    return drawn;
}

Drawn ghostOf(const ChartInput& input, int slot) {
    if (input.ghost == nullptr) {
        return {};
    }
    const auto index = static_cast<std::size_t>(slot);
    const Study& now = input.now->study;
    const Study& before = input.ghost->study;
    if (index >= before.designs.size() || index >= now.designs.size() ||
        before.designs[index].preset != now.designs[index].preset) {
        return {};
    }
    if (before.designs[index].config == now.designs[index].config &&
        before.scenario == now.scenario) {
        return {};
    }
    for (const Drawn& drawn : drawnDesigns(*input.ghost)) {
        if (drawn.slot == slot) {
            return drawn;
        }
    }
    return {};
}

QString ghostLabel(const ChartInput& input, int slot) {
    const auto index = static_cast<std::size_t>(slot);
    const ModelConfig& now = input.now->study.designs[index].config;
    const ModelConfig& before = input.ghost->study.designs[index].config;
    QStringList changed;
    for (const FieldInfo& field : config_fields()) {
        const FieldValue old = field_value(before, field);
        if (!(old == field_value(now, field))) {
            changed.append(
                QStringLiteral("%1 %2").arg(fieldLabel(field.name), fieldValueText(field, old)));
        }
    }
    if (changed.size() == 1) {
        return ChartWords::tr("before the edit: %1").arg(changed.front());
    }
    return ChartWords::tr("before the edit");
}

PlotSeries designSeries(const Drawn& drawn) {
    PlotSeries series;
    series.letter = designLetter(drawn.slot);
    series.id = series.letter;
    series.label = QString::fromStdString(drawn.design->name);
    series.color = PlotColor::design(drawn.slot);
    return series;
}

PlotSeries ghostSeries(const ChartInput& input, int slot) {
    PlotSeries series;
    series.id = QStringLiteral("ghost:%1").arg(designLetter(slot));
    series.letter = designLetter(slot);
    series.label = ghostLabel(input, slot);
    series.color = PlotColor::design(slot);
    series.ghost = true;
    return series;
}

QString subjectText(const Drawn& drawn, const char* figure) {
    return QStringLiteral("%1/%2").arg(drawn.slot).arg(QLatin1String(figure));
}

void setCurve(PlotSeries& series, const Curve& curve) {
    const auto convert = [](const std::vector<double>& values) {
        return QVector<double>(values.begin(), values.end());
    };
    series.x = convert(curve.x);
    series.y = convert(curve.y);
    series.lower = convert(curve.lower);
    series.upper = convert(curve.upper);
}

void addWithGhost(PlotData& data, const PlotSeries& series, const PlotSeries& ghost) {
    if (!ghost.x.isEmpty() && (ghost.y != series.y || ghost.x != series.x)) {
        PlotSeries thin = ghost;
        thin.lower.clear();
        thin.upper.clear();
        data.series.append(thin);
    }
    data.series.append(series);
}

QString deploymentText(const StudyResult& result) {
    const QString name = QString::fromStdString(result.device.name);
    const auto devices = static_cast<double>(result.study.scenario.deployment.devices);
    return devices == 1 ? name : QStringLiteral("%1 × %2").arg(number(devices), name);
}

QString formatName(NumberFormat format) {
    const std::string_view name = to_string(format);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString number(double value) {
    return format::plain(value, 0);
}

QString boundText(Bound bound) {
    switch (bound) {
    case Bound::Compute:
        return ChartWords::tr("compute", "what limits a step");
    case Bound::Memory:
        return ChartWords::tr("memory bandwidth", "what limits a step");
    case Bound::Overhead:
        return ChartWords::tr("launch overhead", "what limits a step");
    case Bound::Communication:
        return ChartWords::tr("communication", "what limits a step");
    }
    return {};
}

Quantity bytesQuantity(const ChartOptions& options) {
    return options.binaryBytes ? Quantity::BytesBinary : Quantity::BytesDecimal;
}

QString emptyText(const StudyResult& result) {
    for (const DesignResult& own : result.results) {
        if (own.error) {
            return ChartWords::tr("No design has figures yet.\n%1").arg(errorText(*own.error));
        }
    }
    return ChartWords::tr("Add a design to see its figures.");
}

std::int64_t powerOfTwoFrom(std::int64_t value) {
    std::int64_t power = 1;
    while (power < value && power < (std::int64_t{1} << 40)) {
        power *= 2;
    }
    return power;
}

Extremes extremes(const QVector<double>& values) {
    Extremes found;
    for (int i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            continue;
        }
        if (found.least < 0 || values[i] < values[found.least]) {
            found.least = i;
        }
        if (found.most < 0 || values[i] > values[found.most]) {
            found.most = i;
        }
    }
    return found;
}

} // namespace headroom::ui::charts
