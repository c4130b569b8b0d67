// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charts.h"

#include "widgets/charts/chart_support.h"

#include <QCoreApplication>

namespace headroom::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Charts", text);
}

} // namespace

QVector<ChartInfo> chartKinds() {
    return {
        {ChartKind::Parameters, QStringLiteral("parameters"),
         tr(QT_TRANSLATE_NOOP("Charts", "Parameters, total and active"))},
        {ChartKind::Breakdown, QStringLiteral("parameter-groups"),
         tr(QT_TRANSLATE_NOOP("Charts", "Parameters by group"))},
        {ChartKind::Memory, QStringLiteral("memory"),
         tr(QT_TRANSLATE_NOOP("Charts", "Memory of a device against context"))},
        {ChartKind::KvCache, QStringLiteral("kv-cache"),
         tr(QT_TRANSLATE_NOOP("Charts", "KV cache of a sequence against context"))},
        {ChartKind::Throughput, QStringLiteral("throughput"),
         tr(QT_TRANSLATE_NOOP("Charts", "Tokens per second against batch or context"))},
        {ChartKind::Latency, QStringLiteral("latency"),
         tr(QT_TRANSLATE_NOOP("Charts", "Time per token against batch or context"))},
        {ChartKind::Roofline, QStringLiteral("roofline"),
         tr(QT_TRANSLATE_NOOP("Charts", "Operators of a step under the device's roof"))},
        {ChartKind::Step, QStringLiteral("breakdown"),
         tr(QT_TRANSLATE_NOOP("Charts", "Time of a step by kind of work"))},
        {ChartKind::Compare, QStringLiteral("compare"),
         tr(QT_TRANSLATE_NOOP("Charts", "Figures as multiples of the first design's"))},
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
        data.title = tr(QT_TRANSLATE_NOOP("Charts", "Nothing to draw yet"));
        data.subtitle.clear();
        data.emptyText = charts::emptyText(*input.now);
        data.series.clear();
        data.lines.clear();
    }
    return data;
}

} // namespace headroom::ui
