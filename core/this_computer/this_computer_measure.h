// SPDX-License-Identifier: GPL-3.0-or-later
// The microbenchmark of this computer: what is timed, for how long, and where the result is kept.
#pragma once

#include "core/this_computer/this_computer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace headroom {

/// A piece of work to be timed. Fields that a kind does not name mean nothing to it.
struct ProbeWork {
    enum class Kind {
        Region,   ///< wake all threads for nothing, and wait
        Exchange, ///< `in` numbers, each thread writes a part, then all read all: two regions
        Read,     ///< one row times `matrices` weights of [in, out], `repeats` times
        /// One row times `matrices` weights, all threads woken for each; what comes out goes into
        /// the next, as it does in a model.
        SharedRead,
        Product,       ///< `rows` rows, made ready, times weights of [in, out], `repeats` times
        RowAttention,  ///< each thread: one query position of `heads` heads over `keys` keys
        TileAttention, ///< each thread: `rows` queries of one head over `keys` keys
        PackKeys,      ///< each thread: `keys` keys of `in` numbers made ready for many queries
        ElementWise,   ///< each thread: norm of `rows` rows of `in` numbers
        Rotation,      ///< each thread: `heads` heads of `in` numbers turned
        Routing,       ///< each thread: `rows` tokens choose among `in` experts
        Activation,    ///< each thread: `in` gated activations
    };
    Kind kind = Kind::Region;
    NumberFormat format = NumberFormat::Fp32; ///< of the weights
    std::int64_t rows = 1;
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t heads = 1;
    std::int64_t keys = 0;
    std::int64_t matrices = 1; ///< so many of [in, out] after another, as a model has them
    /// In one go of all threads, so that waking them costs little beside short work.
    std::int64_t repeats = 1;
};

/// Whoever owns the kernels: makes buffers for a piece of work and returns what runs it once. The
/// returned function is called many times and dropped before the next `prepare`.
class ComputerProbe {
public:
    ComputerProbe() = default;
    virtual ~ComputerProbe() = default;
    ComputerProbe(const ComputerProbe&) = delete;
    ComputerProbe& operator=(const ComputerProbe&) = delete;

    [[nodiscard]] virtual int threads() const = 0;
    /// fp32 numbers of a vector, and rows that a product multiplies at a time.
    [[nodiscard]] virtual std::int64_t vector_numbers() const = 0;
    [[nodiscard]] virtual std::int64_t tile_rows() const = 0;
    /// Bytes that Read may take.
    [[nodiscard]] virtual std::int64_t memory_bytes() const = 0;
    [[nodiscard]] virtual std::function<void()> prepare(const ProbeWork& work) = 0;
};

/// Hears the share that is done, 0 to 1.
using MeasureProgress = std::function<void(double)>;

/// Measures for about `seconds`. A stop request is answered within some 100 ms with an error.
[[nodiscard]] Result<ComputerProfile> measure_computer(ComputerProbe& probe,
                                                       const MeasureProgress& progress,
                                                       const std::stop_token& stop,
                                                       double seconds = 6.0);

/// Seconds until a byte that another thread has just written has come over, as in a profile; 0 for
/// one thread. Takes some 20 ms.
[[nodiscard]] double measured_exchange_s(ComputerProbe& probe);

/// Whether threads lie to each other in the same way: a byte comes over several times faster
/// between cores that share a cache than between others, and a virtual machine may find its cores
/// elsewhere later.
[[nodiscard]] bool same_placement(double exchange_s, double other_exchange_s);

/// Of the profiles that a folder keeps: that of the last measurement, or of one before with its
/// threads on other cores.
enum class KeptFile { Latest, Earlier };

/// The file in `folder` that keeps the profile of this processor with that many threads.
[[nodiscard]] std::filesystem::path computer_file(const std::filesystem::path& folder, int threads,
                                                  KeptFile which = KeptFile::Latest);

/// What `folder` keeps for this processor and that many threads. Error: nothing is kept, or it is
/// damaged, of another version, or of another processor.
[[nodiscard]] Result<ComputerProfile> kept_computer(const std::filesystem::path& folder,
                                                    int threads, KeptFile which = KeptFile::Latest);
/// Keeps the profile in `folder`, which is made where it does not exist.
[[nodiscard]] Status keep_computer(const std::filesystem::path& folder,
                                   const ComputerProfile& profile);

} // namespace headroom
