// SPDX-License-Identifier: GPL-3.0-or-later
// Charts: builds what a page or the command line draws from a study's result; the same for both.
#pragma once

#include "core/estimate/prediction.h"
#include "core/study/series.h"
#include "core/study/study.h"
#include "widgets/plot/plot_data.h"

#include <QString>
#include <QVector>

#include <cstdint>
#include <optional>

namespace headroom::ui {

enum class ChartKind {
    Parameters, ///< total and active, side by side
    Breakdown,  ///< parameters by group, stacked
    Memory,     ///< weights and cache against context
    KvCache,    ///< the cache of one sequence against context
    KvLayers,   ///< the cache of one sequence in each layer
    Throughput, ///< tokens per second against batch or context
    Latency,    ///< time per output token or to the first one
    Roofline,   ///< operators of a step under the device's roof
    Step,       ///< time of a step by kind of work, stacked
    Compare,    ///< figures as multiples of the first design's
};

struct ChartInfo {
    ChartKind kind;
    QString id;    ///< the command line's name: "kv-cache"
    QString title; ///< what it shows, translated
};

/// Every kind, in the order in which `plot --list` names them.
[[nodiscard]] QVector<ChartInfo> chartKinds();
[[nodiscard]] std::optional<ChartKind> chartKindFor(const QString& id);

struct ChartOptions {
    int selected = 0; ///< slot whose limits are drawn as lines
    bool binaryBytes = true;
    bool draggable = false;                      ///< lines can be dragged; not in an exported chart
    MemoryCurve memory = MemoryCurve::PerDevice; ///< ChartKind::Memory
    /// Memory of a device to ask about instead of the scenario's; bytes.
    std::optional<std::int64_t> deviceMemory;
    SpeedCurve speed = SpeedCurve::TokensPerSecond; ///< ChartKind::Throughput and Latency
    SpeedAxis axis = SpeedAxis::Batch;
    Phase phase = Phase::Decode; ///< ChartKind::Roofline and Step
    bool bothPhases = false;     ///< ChartKind::Roofline and Step: prefill beside decode
    bool bounds = true; ///< ChartKind::Throughput and Latency: what limits the selected design
    bool share = false; ///< ChartKind::Breakdown: in percent of each bar
    friend bool operator==(const ChartOptions&, const ChartOptions&) = default;
};

/// What is drawn: a result, the state before the edit (may be null) and the choices of the view.
struct ChartInput {
    const StudyResult* now = nullptr; ///< never null
    const StudyResult* ghost = nullptr;
    ChartOptions options;
};

[[nodiscard]] PlotData buildChart(ChartKind kind, const ChartInput& input);

/// The figure (an id of core/study/figures.h) of a design that a curve or bar stands for.
struct ChartSubject {
    int slot = 0;
    QString figure;
};
/// `series` and `x` as PlotView::seriesActivated gives them. nullopt: a limit, a roof, a ghost.
[[nodiscard]] std::optional<ChartSubject> chartSubject(const PlotData& data, const QString& series,
                                                       double x);

/// Errors of a device profile, row by row, against the measured time.
[[nodiscard]] PlotData residualsChart(const Prediction& prediction, const DeviceProfile& device);

/// Ids of lines that buildChart draws.
inline constexpr QLatin1String deviceMemoryLine("device-memory");
inline constexpr QLatin1String cacheRoomLine("cache-room");
inline constexpr QLatin1String contextLine("context");
inline constexpr QLatin1String batchLine("batch");
/// Stands at batch_intensity of the scenario's batch.
inline constexpr QLatin1String batchIntensityLine("batch-intensity");

/// The longest batch that leaves `kvBytes` of cache to every sequence of a design; what dragging
/// cacheRoomLine asks for. nullopt: the design has no figures.
[[nodiscard]] std::optional<std::int64_t> batchForCacheRoom(const StudyResult& result, int slot,
                                                            double kvBytes);

} // namespace headroom::ui
