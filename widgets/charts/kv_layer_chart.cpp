// SPDX-License-Identifier: GPL-3.0-or-later
// The cache layer by layer: where a window, a chunk or a shared cache saves, and which layers hold
// the rest.
#include "core/accounting/kv_cache.h"
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/words/spec_text.h"

#include <algorithm>

namespace headroom::ui::charts {

namespace {

struct LayerCaches {
    Drawn drawn;
    std::vector<KvLayer> layers;
    std::int64_t total = 0;   ///< bytes
    std::int64_t largest = 0; ///< bytes of one layer
    std::int64_t full = 0;    ///< layers that hold as much as the largest
};

LayerCaches cachesOf(const Drawn& drawn, const Scenario& scenario) {
    LayerCaches caches{drawn, {}, 0, 0, 0};
    caches.layers = kv_layers(*drawn.spec, scenario.workload.context, scenario.formats.kv);
    for (const KvLayer& layer : caches.layers) {
        caches.total += layer.bytes;
        caches.largest = std::max(caches.largest, layer.bytes);
    }
    caches.full =
        std::count_if(caches.layers.begin(), caches.layers.end(),
                      [&](const KvLayer& layer) { return layer.bytes == caches.largest; });
    return caches;
}

/// "sliding window 1,024", "latent", "full attention"
QString entriesText(const KeptEntry& entry) {
    switch (entry.bound) {
    case KeptBound::Window:
        return spanText({SpanKind::Sliding, entry.size});
    case KeptBound::Chunk:
        return spanText({SpanKind::Chunked, entry.size});
    case KeptBound::Rate:
        return ChartWords::tr("one entry for %1 tokens", "a layer's cache")
            .arg(format::whole(entry.size));
    case KeptBound::Fixed:
        return ChartWords::tr("state of fixed size", "a layer's cache");
    case KeptBound::Grows:
        break;
    }
    switch (entry.content) {
    case KeptContent::Latent:
        return ChartWords::tr("latent", "a layer's cache");
    case KeptContent::KeysAndValues:
        break;
    }
    return ChartWords::tr("full attention");
}

/// What a layer keeps and reads, for read-out and table.
QString layerNote(const KvLayer& layer, Quantity bytes) {
    if (layer.shares_kv) {
        return ChartWords::tr("reads the cache of layer %1: %2", "%2: bytes of a decode step")
            .arg(format::whole(layer.source_layer),
                 format::exact(static_cast<double>(layer.bytes_read), bytes));
    }
    if (layer.kept.empty()) {
        return ChartWords::tr("keeps nothing", "a layer's cache");
    }
    return ChartWords::tr("%1; keeps %2 tokens", "a layer's kind, a number of tokens")
        .arg(entriesText(layer.kept.front()), format::whole(layer.stored_tokens));
}

PlotSeries layerSeries(const LayerCaches& caches, Quantity bytes) {
    PlotSeries series = designSeries(caches.drawn);
    series.drawing = PlotDrawing::Stepped;
    series.subject = subjectText(caches.drawn, "kv_bytes_at_context");
    for (const KvLayer& layer : caches.layers) {
        series.x.append(static_cast<double>(layer.layer));
        series.y.append(static_cast<double>(layer.bytes));
        series.pointNotes.append(layerNote(layer, bytes));
    }
    return series;
}

QString layerTitle(const QVector<LayerCaches>& all, int selected, Quantity quantity) {
    const auto uneven = [](const LayerCaches& caches) {
        return caches.full < static_cast<std::int64_t>(caches.layers.size());
    };
    auto found = std::find_if(all.begin(), all.end(), [&](const LayerCaches& caches) {
        return uneven(caches) && caches.drawn.slot == selected;
    });
    if (found == all.end()) {
        found = std::find_if(all.begin(), all.end(), uneven);
    }
    if (found != all.end() && found->total > 0) {
        const double share =
            static_cast<double>(found->full * found->largest) / static_cast<double>(found->total);
        return ChartWords::tr("%1 of %2 layers of %3 hold %4 of its cache")
            .arg(format::whole(found->full),
                 format::whole(static_cast<std::int64_t>(found->layers.size())), found->drawn.name,
                 format::percent(share));
    }
    QVector<double> values;
    for (const LayerCaches& caches : all) {
        values.append(static_cast<double>(caches.largest));
    }
    const Extremes ends = extremes(values);
    if (values[ends.least] == values[ends.most]) {
        return ChartWords::tr("Every layer keeps %1")
            .arg(format::headline(values[ends.least], quantity));
    }
    return ChartWords::tr("A layer of %1 keeps %2 than one of %3", "%2: 2.7× less")
        .arg(all[ends.least].drawn.name,
             format::ratioInWords(values[ends.least], values[ends.most]),
             all[ends.most].drawn.name);
}

} // namespace

PlotData kvLayerChart(const ChartInput& input) {
    const Scenario& scenario = input.now->study.scenario;
    const Quantity quantity = bytesQuantity(input.options);
    PlotData data;
    QVector<LayerCaches> all;
    for (const Drawn& drawn : drawnDesigns(*input.now)) {
        all.append(cachesOf(drawn, scenario));
        PlotSeries ghost;
        if (const Drawn before = ghostOf(input, drawn.slot); before.spec != nullptr) {
            const LayerCaches old = cachesOf(before, input.ghost->study.scenario);
            ghost = ghostSeries(input, drawn.slot);
            const PlotSeries steps = layerSeries(old, quantity);
            ghost.drawing = steps.drawing;
            ghost.x = steps.x;
            ghost.y = steps.y;
        }
        addWithGhost(data, layerSeries(all.last(), quantity), ghost);
    }
    if (all.isEmpty()) {
        return data;
    }
    data.title = layerTitle(all, input.options.selected, quantity);
    data.subtitle =
        ChartWords::tr("KV cache of one sequence of %1 in each layer, %2")
            .arg(format::headline(static_cast<double>(scenario.workload.context), Quantity::Tokens),
                 formatName(scenario.formats.kv));
    data.x.title = ChartWords::tr("Layer");
    data.x.lower = 0.0;
    data.y.title = ChartWords::tr("KV cache of a layer");
    data.y.quantity = quantity;
    data.y.lower = 0.0;
    return data;
}

} // namespace headroom::ui::charts
