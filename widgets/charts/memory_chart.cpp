// SPDX-License-Identifier: GPL-3.0-or-later
// Memory against context: one sequence's cache, a whole replica, or the fullest device.
#include "core/accounting/scenario_fields.h"
#include "widgets/charts/chart_support.h"
#include "widgets/format/contexts.h"
#include "widgets/format/format.h"
#include "widgets/theme/tokens.h"
#include "widgets/words/spec_text.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {

namespace charts {

namespace {

constexpr std::int64_t firstContext = 1024;
constexpr std::int64_t usualLastContext = 131072;
constexpr int contextsPerOctave = 6;

std::vector<std::int64_t> contexts(const Scenario& scenario) {
    const std::int64_t last = powerOfTwoFrom(std::max(usualLastContext, scenario.workload.context));
    return octave_grid(firstContext, std::min(last, most_tokens), contextsPerOctave);
}

/// The device that is asked about: the scenario's, or one with another memory.
DeviceProfile deviceOf(const ChartInput& input) {
    DeviceProfile device = input.now->device;
    if (input.options.deviceMemory) {
        device.memory_bytes = *input.options.deviceMemory;
    }
    return device;
}

std::int64_t longestFitting(const ChartInput& input, const Drawn& drawn,
                            const DeviceProfile& device) {
    if (!input.options.deviceMemory) {
        return drawn.analysis->memory.max_context;
    }
    const Result<MemoryReport> report =
        inference_memory(*drawn.spec, input.now->study.scenario, device);
    return report ? report->max_context : 0;
}

/// A marker where the design stops fitting, with the context next to it.
void addFitMark(PlotData& data, const Drawn& drawn, const Scenario& scenario,
                const DeviceProfile& device, MemoryCurve which, std::int64_t fitting) {
    if (fitting < firstContext || fitting > most_tokens || data.series.isEmpty() ||
        static_cast<double>(fitting) > data.series.last().x.last()) {
        return;
    }
    const Curve at = memory_against_context(*drawn.spec, scenario, device, which, {fitting});
    PlotSeries mark = designSeries(drawn);
    mark.id = QStringLiteral("fits:%1").arg(mark.letter);
    mark.label.clear();
    mark.drawing = PlotDrawing::Points;
    setCurve(mark, at);
    mark.pointLabels = {
        ChartWords::tr("%1 fits up to %2", "a design's letter, a number of tokens")
            .arg(mark.letter, format::headline(static_cast<double>(fitting), Quantity::Tokens))};
    data.series.append(mark);
}

QString kvTitle(const ChartInput& input, const QVector<Drawn>& all) {
    const QString context = format::headline(
        static_cast<double>(input.now->study.scenario.workload.context), Quantity::Tokens);
    const auto bytes = [&](const Drawn& d) {
        return static_cast<double>(d.analysis->kv.bytes_at_context);
    };
    if (all.size() == 1) {
        const Drawn& only = all.front();
        const QString total = format::headline(bytes(only), bytesQuantity(input.options));
        const Drawn before = ghostOf(input, only.slot);
        if (before.analysis != nullptr && bytes(before) != bytes(only)) {
            const QString change = format::ratioInWords(bytes(only), bytes(before));
            if (!change.isEmpty()) {
                return ChartWords::tr("%1 now keeps %2 at %3: %4 than before")
                    .arg(only.name, total, context, change);
            }
        }
        return ChartWords::tr("%1 keeps %2 for a sequence of %3").arg(only.name, total, context);
    }
    QVector<double> values;
    for (const Drawn& drawn : all) {
        values.append(bytes(drawn));
    }
    const Extremes found = extremes(values);
    const Drawn& least = all[found.least];
    const Drawn& most = all[found.most];
    if (values[found.least] == values[found.most]) {
        return ChartWords::tr("All designs keep %1 for a sequence of %2")
            .arg(format::headline(values[found.least], bytesQuantity(input.options)), context);
    }
    // Where every layer keeps every token, the difference is one of kind and holds per token.
    const QString leastKind = cacheKindText(*least.spec);
    const QString mostKind = cacheKindText(*most.spec);
    if (!leastKind.isEmpty() && !mostKind.isEmpty() && leastKind != mostKind) {
        return ChartWords::tr("%1 keeps %2 per token than %3",
                              "%1 and %3: MLA or 4 KV heads; %2: 2.7× less")
            .arg(leastKind,
                 format::ratioInWords(static_cast<double>(least.analysis->kv.bytes_per_token),
                                      static_cast<double>(most.analysis->kv.bytes_per_token)),
                 mostKind);
    }
    return ChartWords::tr("%1 keeps %2 than %3 at %4",
                          "two designs; %2: 2.7× less; %4: a number of tokens")
        .arg(least.name, format::ratioInWords(values[found.least], values[found.most]), most.name,
             context);
}

QString fitTitle(const StudyResult& result, const QVector<Drawn>& all,
                 const QVector<std::int64_t>& fitting, bool whatIf) {
    const auto tokens = [](std::int64_t context) {
        return format::headline(static_cast<double>(context), Quantity::Tokens);
    };
    const QString place = whatIf ? ChartWords::tr("such devices") : deploymentText(result);
    const std::int64_t asked = result.study.scenario.workload.context;
    const auto none = std::all_of(fitting.begin(), fitting.end(),
                                  [](std::int64_t longest) { return longest <= 0; });
    if (none) {
        return all.size() == 1
                   ? ChartWords::tr("%1 does not fit on %2 at batch %3")
                         .arg(all.front().name, place,
                              number(static_cast<double>(result.study.scenario.workload.batch)))
                   : ChartWords::tr("No design fits on %1 at batch %2")
                         .arg(place,
                              number(static_cast<double>(result.study.scenario.workload.batch)));
    }
    const auto everything = std::all_of(fitting.begin(), fitting.end(), [&](std::int64_t longest) {
        return longest >= std::max(asked, usualLastContext);
    });
    if (everything) {
        const std::int64_t shared = *std::min_element(fitting.begin(), fitting.end());
        return all.size() == 1
                   ? ChartWords::tr("%1 fits on %2 up to %3")
                         .arg(all.front().name, place, tokens(shared))
                   : ChartWords::tr("Every design fits on %1 up to %2").arg(place, tokens(shared));
    }
    if (all.size() == 1) {
        return ChartWords::tr("%1 fits on %2 up to %3")
            .arg(all.front().name, place, tokens(fitting.front()));
    }
    const auto best = std::max_element(fitting.begin(), fitting.end()) - fitting.begin();
    const auto worst = std::min_element(fitting.begin(), fitting.end()) - fitting.begin();
    if (fitting[worst] <= 0) {
        return ChartWords::tr("%1 fits up to %2, %3 not at all")
            .arg(all[best].name, tokens(fitting[best]), all[worst].name);
    }
    return ChartWords::tr("%1 fits up to %2, %3 up to %4")
        .arg(all[best].name, tokens(fitting[best]), all[worst].name, tokens(fitting[worst]));
}

void addRoomLine(PlotData& data, const ChartInput& input, const QVector<Drawn>& all) {
    const auto it = std::find_if(all.begin(), all.end(), [&](const Drawn& drawn) {
        return drawn.slot == input.options.selected;
    });
    const Drawn& drawn = it == all.end() ? all.front() : *it;
    const std::int64_t fitting = drawn.analysis->memory.max_context;
    if (fitting <= 0 || fitting >= most_tokens) {
        return;
    }
    const Scenario& scenario = input.now->study.scenario;
    PlotLine line;
    line.id = cacheRoomLine;
    line.value = static_cast<double>(kv_bytes_at(*drawn.spec, fitting, scenario.formats.kv));
    line.label = ChartWords::tr("room for %1 on %2 at batch %3: %4 per sequence",
                                "a design's letter, 8 × H200, a batch size, an amount of memory")
                     .arg(designLetter(drawn.slot), deploymentText(*input.now),
                          number(static_cast<double>(scenario.workload.batch)),
                          format::headline(line.value, bytesQuantity(input.options)));
    line.draggable = input.options.draggable;
    data.lines.append(line);
}

void addDeviceLine(PlotData& data, const ChartInput& input, const DeviceProfile& device,
                   MemoryCurve which) {
    const Deployment& deployment = input.now->study.scenario.deployment;
    const std::int64_t devices = which == MemoryCurve::PerDevice
                                     ? 1
                                     : deployment.tensor_parallel * deployment.pipeline_parallel;
    PlotLine line;
    line.id = deviceMemoryLine;
    line.value = static_cast<double>(device.memory_bytes) * static_cast<double>(devices);
    const QString amount = format::headline(line.value, bytesQuantity(input.options));
    const QString name = QString::fromStdString(device.name);
    if (input.options.deviceMemory) {
        line.label =
            ChartWords::tr("if it had %1 (%2 has %3)",
                           "an amount of memory, a device, an amount of memory")
                .arg(amount, name,
                     format::headline(static_cast<double>(input.now->device.memory_bytes * devices),
                                      bytesQuantity(input.options)));
    } else if (devices == 1) {
        line.label = ChartWords::tr("memory of one %1: %2").arg(name, amount);
    } else {
        line.label = ChartWords::tr("memory of %1 × %2: %3")
                         .arg(number(static_cast<double>(devices)), name, amount);
    }
    line.draggable = input.options.draggable;
    data.lines.append(line);
}

const char* figureOf(MemoryCurve which) {
    switch (which) {
    case MemoryCurve::KvPerSequence:
        return "kv_bytes_at_context";
    case MemoryCurve::WeightsPlusKv:
        return "total_bytes";
    case MemoryCurve::PerDevice:
        return "per_gpu_bytes";
    }
    return "";
}

} // namespace

PlotData memoryChart(const ChartInput& input, MemoryCurve which) {
    const StudyResult& now = *input.now;
    const Scenario& scenario = now.study.scenario;
    const QVector<Drawn> all = drawnDesigns(now);
    PlotData data;
    if (all.isEmpty()) {
        return data;
    }
    const DeviceProfile device = deviceOf(input);
    const std::vector<std::int64_t> grid = contexts(scenario);
    QVector<std::int64_t> fitting;
    for (const Drawn& drawn : all) {
        PlotSeries series = designSeries(drawn);
        series.subject = subjectText(drawn, figureOf(which));
        setCurve(series, memory_against_context(*drawn.spec, scenario, device, which, grid));
        PlotSeries ghost;
        if (const Drawn before = ghostOf(input, drawn.slot); before.spec != nullptr) {
            ghost = ghostSeries(input, drawn.slot);
            setCurve(ghost, memory_against_context(*before.spec, input.ghost->study.scenario,
                                                   input.ghost->device, which, grid));
        }
        addWithGhost(data, series, ghost);
        fitting.append(longestFitting(input, drawn, device));
        if (which != MemoryCurve::KvPerSequence) {
            addFitMark(data, drawn, scenario, device, which, fitting.last());
        }
    }
    data.x.title = ChartWords::tr("Context length");
    data.x.quantity = Quantity::Tokens;
    data.x.logarithmic = true;
    data.y.quantity = bytesQuantity(input.options);
    data.y.lower = 0.0;
    const QString batch = number(static_cast<double>(scenario.workload.batch));
    const QString kv = formatName(scenario.formats.kv);
    const QString weights = formatName(scenario.formats.weights);
    switch (which) {
    case MemoryCurve::KvPerSequence:
        data.title = kvTitle(input, all);
        data.subtitle = ChartWords::tr("KV cache of one sequence, %1").arg(kv);
        data.y.title = ChartWords::tr("KV cache per sequence");
        addRoomLine(data, input, all);
        break;
    case MemoryCurve::WeightsPlusKv:
        data.title = fitTitle(now, all, fitting, input.options.deviceMemory.has_value());
        data.subtitle = ChartWords::tr("Weights (%1), KV cache (%2) and workspace "
                                       "of one replica at batch %3")
                            .arg(weights, kv, batch);
        data.y.title = ChartWords::tr("Memory of one replica");
        addDeviceLine(data, input, device, which);
        break;
    case MemoryCurve::PerDevice:
        data.title = fitTitle(now, all, fitting, input.options.deviceMemory.has_value());
        data.subtitle = ChartWords::tr("Weights (%1), KV cache (%2) and workspace on the "
                                       "fullest of %3 at batch %4")
                            .arg(weights, kv, deploymentText(now), batch);
        data.y.title = ChartWords::tr("Memory per device");
        addDeviceLine(data, input, device, which);
        break;
    }
    return data;
}

} // namespace charts

std::optional<std::int64_t> batchForCacheRoom(const StudyResult& result, int slot, double kvBytes) {
    const auto index = static_cast<std::size_t>(slot);
    if (slot < 0 || index >= result.results.size() || !result.results[index].spec) {
        return std::nullopt;
    }
    const ModelSpec& spec = *result.results[index].spec;
    // The longest context whose cache is at most `kvBytes`, by bisection over the same function
    // that draws the curve.
    std::int64_t low = 1;
    std::int64_t high = most_tokens;
    while (low < high) {
        const std::int64_t middle = low + (high - low + 1) / 2;
        const auto bytes =
            static_cast<double>(kv_bytes_at(spec, middle, result.study.scenario.formats.kv));
        (bytes <= kvBytes ? low : high) = bytes <= kvBytes ? middle : middle - 1;
    }
    Scenario scenario = result.study.scenario;
    scenario.workload.context = low;
    const Result<MemoryReport> report = inference_memory(spec, scenario, result.device);
    if (!report) {
        return std::nullopt;
    }
    return std::max<std::int64_t>(1, report->max_batch);
}

} // namespace headroom::ui
