// SPDX-License-Identifier: GPL-3.0-or-later
// Predicted beside measured: what a validation asks for, and what it found.
#pragma once

#include "core/base/result.h"
#include "core/this_computer/this_computer.h"
#include "core/validation/shrink.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

/// How a prediction is held against its measurement.
enum class Judgement {
    Exact, ///< the two must be equal
    Drawn, ///< an expectation; the measurement is a mean of random draws
    Timed, ///< a time estimate with its band; the measurement is a median of repeats
};

enum class RowUnit { Count, Bytes, Flops, Experts, Seconds };

/// What is compared. The command line's ids are to_string's.
enum class RowKind {
    Tensors,         ///< of a checkpoint: names and shapes of the tensor table that its files have
    Parameters,      ///< trainable weights allocated
    WeightBytes,     ///< of their elements, without the padding of the engine's panels
    KvAfterPrefill,  ///< bytes of the cache that hold a token
    KvAfterDecode,   ///< after some tokens more
    KvOfLayer,       ///< one layer of a kind, after the longest prompt and some tokens more
    FlopsPrefill,    ///< multiply-adds counted twice, attended pairs only
    FlopsDecode,     ///< of one token
    CacheRead,       ///< bytes of keys and values that one decode step reads
    DistinctExperts, ///< in one layer, reached by a pass of `tokens` tokens
    PrefillTime,     ///< of `tokens` tokens
    StepTime,        ///< of `tokens` tokens after `past` cached ones; one token is a decode step
};
[[nodiscard]] std::string_view to_string(RowKind kind);

/// What rows are read together, in this order.
enum class RowSection { Weights, Cache, Work, Experts, Time };
[[nodiscard]] RowSection section_of(RowKind kind);

struct ValidationRow {
    RowKind kind = RowKind::Parameters;
    Judgement judgement = Judgement::Exact;
    RowUnit unit = RowUnit::Count;
    std::int64_t tokens = 0; ///< that go through the layers together
    std::int64_t past = 0;   ///< cached before them
    std::int64_t layer = -1; ///< first layer that the row speaks of; -1: the whole model
    std::int64_t layers = 0; ///< layers of its kind
    double predicted = 0;
    double measured = 0;
    double low = 0; ///< band of the prediction; predicted where it is exact
    double high = 0;
    double fastest = 0; ///< quartiles of the repeats, or measured
    double slowest = 0;
    std::int64_t repeats = 1; ///< behind `measured`; 0: predicted, and not measured yet

    [[nodiscard]] bool is_measured() const { return repeats > 0; }
    /// measured / predicted - 1.
    [[nodiscard]] double error() const;
    /// Equal where exactness is asked for, inside the band elsewhere.
    [[nodiscard]] bool is_within() const;
    friend bool operator==(const ValidationRow&, const ValidationRow&) = default;
};

/// What a prediction is drawn against.
enum class CurveKind {
    PrefillTime,     ///< seconds against the tokens of a prompt
    DecodeTime,      ///< seconds of one token against those cached before it
    StepTime,        ///< seconds against the tokens of a step after the longest prompt
    KvBytes,         ///< bytes of the cache against the tokens in it
    DistinctExperts, ///< of a layer against the tokens of a pass
};
[[nodiscard]] std::string_view to_string(CurveKind kind);

/// A prediction between the measurements too: `x` ascends, low and high bound its band.
struct PredictedCurve {
    CurveKind kind = CurveKind::PrefillTime;
    std::vector<double> x;
    std::vector<double> predicted;
    std::vector<double> low;
    std::vector<double> high;
    friend bool operator==(const PredictedCurve&, const PredictedCurve&) = default;
};

/// Tokens that the experts of one layer were given.
struct ExpertLoad {
    std::int64_t layer = 0;
    std::vector<std::int64_t> tokens; ///< [experts]
    /// Most loaded expert over the mean; 1 is perfect balance.
    [[nodiscard]] double imbalance() const;
    /// The same, as expected of a router that draws uniformly: its own randomness, no preference.
    /// `per_token` experts are drawn for each token. `repeats`: how often a token of the vocabulary
    /// came, on average over the tokens that came; each time it goes where it went before.
    [[nodiscard]] double uniform_imbalance(std::int64_t per_token, double repeats = 1) const;
    friend bool operator==(const ExpertLoad&, const ExpertLoad&) = default;
};

struct ValidationOptions {
    std::int64_t parameters = 4'000'000; ///< of the tiny design at most; 0: no such limit
    double seconds = 0;                  ///< estimated time of the run at most; 0: no such limit
    std::int64_t memory_bytes = 0;       ///< that the engine may take; 0: half of what is available
    int threads = 0;                     ///< 0: one per hardware thread
    std::uint64_t seed = 1;              ///< of weights and tokens
    std::vector<std::int64_t> contexts = {128, 512, 2048}; ///< lengths of prompts
    std::vector<std::int64_t> batches = {1, 4, 16, 64};    ///< tokens of one step after the prompt
    int repeats = 7; ///< least timed rounds for each context, after one that is not counted
    /// More rounds follow until a context was timed for so long, by the estimate: what a window
    /// draws meanwhile, or another program does, then disturbs a few of many rounds.
    double timing_seconds = 0.25;
    bool measures_time = true; ///< rows of time; needs the profile
    /// Profile of this computer; where there is none, it is read from `computer_folder` or
    /// measured and kept there.
    std::optional<ComputerProfile> computer;
    std::filesystem::path computer_folder;
};

struct ValidationReport {
    std::string name;                 ///< of the design, as given
    ModelConfig original;             ///< what was asked about
    ShrunkDesign tiny;                ///< what was run; the design itself for a checkpoint
    std::filesystem::path folder;     ///< of a checkpoint; empty: random weights
    ValidationOptions options;        ///< as run: threads and memory are the numbers used
    std::int64_t memory_bytes = 0;    ///< that the engine was planned with
    std::int64_t padding_bytes = 0;   ///< of the engine's weights
    std::vector<Error> tensor_issues; ///< checkpoint: first tensors that differ
    /// While the run goes on all that it will have, predicted; then those that were measured.
    std::vector<ValidationRow> rows;
    std::vector<PredictedCurve> curves;
    std::vector<ExpertLoad> loads; ///< one for each layer with experts
    std::int64_t experts_per_token = 0;
    double routing_repeats = 1; ///< of one token of the vocabulary; see uniform_imbalance
    std::string processor;      ///< that times were predicted for; empty: none were
    double seconds = 0;         ///< that the run took
    /// While times were measured: share of the processor that other programs took; see
    /// ProcessorLoad. nullopt: unknown, or nothing was timed.
    std::optional<double> others_load;
    bool threads_moved = false;   ///< to other cores while times were measured; see same_placement
    std::optional<Error> failure; ///< why it ended early; what was found until then stays
    bool was_cancelled = false;

    /// Figures over the measured rows of one judgement.
    struct Summary {
        std::int64_t rows = 0;
        std::int64_t within = 0;
        double mean_abs_error = 0;
        double max_abs_error = 0;
        double mean_spread = 0; ///< mean of (slowest - fastest) / measured / 2
    };
    [[nodiscard]] Summary summary(Judgement judgement) const;
    [[nodiscard]] std::size_t measured_rows() const;
    /// Of the load, as a router without preferences would have it over the same tokens.
    [[nodiscard]] double uniform_imbalance(const ExpertLoad& load) const {
        return load.uniform_imbalance(experts_per_token, routing_repeats);
    }
    /// Other programs took so much of the processor, or the threads moved so, that measured times
    /// say little.
    [[nodiscard]] bool was_disturbed() const { return others_took_much() || threads_moved; }
    [[nodiscard]] bool others_took_much() const { return others_load && *others_load > 0.1; }
    /// No row that must be exact differs, and the run came to its end.
    [[nodiscard]] bool is_exact() const;
};

enum class ValidationStage { Shrinking, MeasuringComputer, Loading, Counting, Timing, Routing };

struct ValidationProgress {
    ValidationStage stage = ValidationStage::Shrinking;
    std::int64_t tokens = 0; ///< Counting, Timing: length of the prompt; Routing: of the pass
    int done = 0;            ///< measurements
    int total = 0;
    double share = 0;                   ///< of the whole run, 0 to 1
    std::optional<double> seconds_left; ///< where it can be told
};

/// Hears of every measurement as it is made; `so_far` has every row that will be, those measured
/// until then with their measurement.
using ValidationListener =
    std::function<void(const ValidationProgress&, const ValidationReport& so_far)>;

/// Shrinks the design, runs it with random weights and compares. A stop request ends the run within
/// a layer. Everything but times is the same for the same options.
[[nodiscard]] ValidationReport validate_design(const std::string& name, const ModelConfig& config,
                                               const ValidationOptions& options,
                                               const ValidationListener& listener = {},
                                               const std::stop_token& stop = {});

/// The same for a folder of config.json and safetensors, which is run as it is: its tensors are
/// compared with the tensor table first.
[[nodiscard]] ValidationReport validate_checkpoint(const std::filesystem::path& folder,
                                                   const ValidationOptions& options,
                                                   const ValidationListener& listener = {},
                                                   const std::stop_token& stop = {});

} // namespace headroom
