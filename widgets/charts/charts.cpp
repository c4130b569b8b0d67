// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charts.h"

#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

QVector<ChartInfo> chartKinds() {
    return {
        {ChartKind::Parameters, QStringLiteral("parameters"),
         ChartWords::tr("Parameters, total and active")},
        {ChartKind::Breakdown, QStringLiteral("parameter-groups"),
         ChartWords::tr("Parameters by group")},
        {ChartKind::Memory, QStringLiteral("memory"),
         ChartWords::tr("Memory of a device against context")},
        {ChartKind::KvCache, QStringLiteral("kv-cache"),
         ChartWords::tr("KV cache of a sequence against context")},
        {ChartKind::KvLayers, QStringLiteral("kv-layers"),
         ChartWords::tr("KV cache of a sequence, layer by layer")},
        {ChartKind::Throughput, QStringLiteral("throughput"),
         ChartWords::tr("Tokens per second against batch or context")},
        {ChartKind::Latency, QStringLiteral("latency"),
         ChartWords::tr("Time per token against batch or context")},
        {ChartKind::Roofline, QStringLiteral("roofline"),
         ChartWords::tr("Operators of a step under the device's roof")},
        {ChartKind::Step, QStringLiteral("breakdown"),
         ChartWords::tr("Time of a step by kind of work")},
        {ChartKind::Compare, QStringLiteral("compare"),
         ChartWords::tr("Figures as multiples of the first design's")},
    };
}

std::optional<ChartKind> chartKindFor(const QString& id) {
    for (const ChartInfo& info : chartKinds()) {
        if (info.id == id) {
            return info.kind;
        }
    }
    return std::nullopt;
}

std::optional<ChartSubject> chartSubject(const PlotData& data, const QString& series, double x) {
    QString subject = data.x.subjects.value(static_cast<int>(std::lround(x)));
    if (!isBarChart(data)) {
        const auto it = std::find_if(data.series.begin(), data.series.end(),
                                     [&](const PlotSeries& s) { return s.id == series; });
        subject = it == data.series.end() ? QString() : it->subject;
    }
    const qsizetype slash = subject.indexOf(u'/');
    if (slash < 0) {
        return std::nullopt;
    }
    return ChartSubject{subject.left(slash).toInt(), subject.mid(slash + 1)};
}

PlotData buildChart(ChartKind kind, const ChartInput& input) {
    PlotData data;
    switch (kind) {
    case ChartKind::Parameters:
        data = charts::parametersChart(input);
        break;
    case ChartKind::Breakdown:
        data = charts::breakdownChart(input);
        break;
    case ChartKind::Memory:
        data = charts::memoryChart(input, input.options.memory);
        break;
    case ChartKind::KvCache:
        data = charts::memoryChart(input, MemoryCurve::KvPerSequence);
        break;
    case ChartKind::KvLayers:
        data = charts::kvLayerChart(input);
        break;
    case ChartKind::Throughput:
    case ChartKind::Latency:
        data = charts::speedChart(input, input.options.speed);
        break;
    case ChartKind::Roofline:
        data = charts::rooflineChart(input);
        break;
    case ChartKind::Step:
        data = charts::stepChart(input);
        break;
    case ChartKind::Compare:
        data = charts::compareChart(input);
        break;
    }
    if (!hasValues(data)) {
        data.title = ChartWords::tr("Nothing to draw yet");
        data.subtitle.clear();
        data.emptyText = charts::emptyText(*input.now);
        data.series.clear();
        data.lines.clear();
    }
    return data;
}

} // namespace headroom::ui
