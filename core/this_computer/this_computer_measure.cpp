// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/this_computer/this_computer_measure.h"

#include "core/this_computer/computer_sentences.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <system_error>

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = ProbeWork::Kind;

constexpr std::int64_t kib = 1024;
constexpr std::int64_t reading_depth = 512;       ///< inputs of the weights that are read
constexpr std::int64_t matrix_bytes = 2048 * kib; ///< of one of many matrices of a working set
/// Matrices so small that waking the threads for each shows beside reading it. Together they stay
/// in a cache: what memory gives changes by more than that from one moment to the next.
constexpr std::int64_t scattered_bytes = 8192 * kib;
constexpr std::int64_t scattered_matrix_bytes = 128 * kib;
constexpr std::int64_t product_out = 512;
constexpr std::int64_t key_numbers = 64;
constexpr std::int64_t norm_width = 512;
constexpr std::int64_t narrow_norm_width = 16; ///< so narrow that the row's fixed cost shows
constexpr std::int64_t norm_rows = 64;
constexpr std::int64_t exchanged_numbers = 8192;
constexpr std::int64_t rotated_heads = 32;
constexpr std::int64_t rotated_numbers = 64;
constexpr std::int64_t routed_tokens = 16;
constexpr std::int64_t routed_experts = 64;
constexpr std::int64_t short_depth = 64; ///< so short that the panel's fixed cost shows
constexpr std::int64_t short_out = 2048;
constexpr double worthwhile = 1e7; ///< bytes or FLOPs beside which waking the threads is little
constexpr std::array formats{NumberFormat::Fp32, NumberFormat::Bf16};

struct Timing {
    ProbeWork work;
    std::vector<double> seconds; ///< of one run each
};

std::int64_t repeats_for(double amount) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(worthwhile / amount));
}

/// What the work takes while nobody else wants the processor: others only ever make it longer, so
/// that the fastest repetitions tell. Not the very fastest, which the clock may have got wrong.
double undisturbed(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 6];
}

/// How far the faster half of the repetitions lies apart, relative.
double spread_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2] / values[values.size() / 6] - 1;
}

/// Repeats of what takes about `seconds`, so that waking the threads is little beside them.
std::int64_t repeats_to_outlast_waking(double seconds) {
    constexpr double long_enough = 30e-6;
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(long_enough / seconds));
}

/// About what a processor of these years takes; only repeats are planned by it.
double expected_seconds(const ProbeWork& work) {
    constexpr double per_pair = 1e-9;
    constexpr double per_number = 0.1e-9;
    switch (work.kind) {
    case Kind::RowAttention:
        return per_pair * static_cast<double>(work.heads * work.keys);
    case Kind::TileAttention:
        return per_pair * static_cast<double>(work.rows * work.keys);
    case Kind::PackKeys:
        return per_number * static_cast<double>(work.keys * work.in);
    case Kind::ElementWise:
        return per_number * static_cast<double>(work.rows * work.in);
    case Kind::Rotation:
        return per_number * static_cast<double>(work.heads * work.in);
    case Kind::Routing:
        return 10 * per_number * static_cast<double>(work.rows * work.in);
    case Kind::Activation:
        return per_number * static_cast<double>(work.in);
    case Kind::Region:
    case Kind::Exchange:
    case Kind::Read:
    case Kind::SharedRead:
    case Kind::Product:
        break;
    }
    return 1;
}

std::vector<Timing> plan(const ComputerProbe& probe) {
    std::vector<Timing> timings;
    const auto add = [&](ProbeWork work) {
        work.repeats = std::max(work.repeats, repeats_to_outlast_waking(expected_seconds(work)));
        timings.push_back({work, {}});
    };
    add({.kind = Kind::Region});
    add({.kind = Kind::Exchange, .in = exchanged_numbers});
    add({.kind = Kind::Read,
         .in = short_depth,
         .out = short_out,
         .repeats = repeats_for(4.0 * short_depth * short_out)});
    add({.kind = Kind::ElementWise, .rows = norm_rows, .in = norm_width});
    add({.kind = Kind::ElementWise, .rows = norm_rows, .in = narrow_norm_width});
    add({.kind = Kind::Rotation, .in = rotated_numbers, .heads = rotated_heads});
    add({.kind = Kind::Routing, .rows = routed_tokens, .in = routed_experts});
    add({.kind = Kind::Activation, .in = norm_rows * norm_width});
    add({.kind = Kind::PackKeys, .in = key_numbers, .keys = 256});
    for (const NumberFormat format : formats) {
        for (const std::int64_t rows : {2, 4, 8, 12, 24, 48, 128, 512}) {
            for (const std::int64_t in : {16, 64, 256, 1024}) {
                add({.kind = Kind::Product,
                     .format = format,
                     .rows = rows,
                     .in = in,
                     .out = product_out,
                     .repeats = repeats_for(2.0 * static_cast<double>(rows * in * product_out))});
            }
        }
    }
    for (const std::int64_t dim : {8, 16, 64, 128}) {
        for (const std::int64_t rows : {std::int64_t{2}, std::int64_t{4}, probe.tile_rows()}) {
            for (const std::int64_t keys : {32, 256, 2048}) {
                add({.kind = Kind::TileAttention, .rows = rows, .in = dim, .keys = keys});
            }
        }
    }
    for (const std::int64_t dim : {16, 64, 128}) {
        for (const std::int64_t heads : {1, 4}) {
            for (const std::int64_t keys : {4, 64, 1024}) {
                add({.kind = Kind::RowAttention, .in = dim, .heads = heads, .keys = keys});
            }
        }
    }
    const auto read = [&](NumberFormat format, std::int64_t bytes) {
        const auto width = static_cast<std::int64_t>(bytes_per_number(format));
        const std::int64_t each = std::min(matrix_bytes, bytes);
        add({.kind = Kind::Read,
             .format = format,
             .in = reading_depth,
             .out = each / width / reading_depth,
             .matrices = bytes / each,
             .repeats = repeats_for(static_cast<double>(bytes))});
    };
    for (const NumberFormat format : formats) {
        for (const std::int64_t size : {256, 1024, 2048, 4096, 8192, 16384, 24576, 32768, 49152,
                                        65536, 98304, 131072, 196608, 262144}) {
            if (size <= kib || size * kib <= probe.memory_bytes()) {
                read(format, size * kib);
            }
        }
    }
    if (scattered_bytes <= probe.memory_bytes()) {
        constexpr std::int64_t depth = 256;
        add({.kind = Kind::SharedRead,
             .in = depth,
             .out = scattered_matrix_bytes / 4 / depth,
             .matrices = scattered_bytes / scattered_matrix_bytes});
    }
    return timings;
}

/// Runs the work for about `budget` seconds in batches long enough for the clock. False: stopped.
bool time_work(ComputerProbe& probe, Timing& timing, double budget, const std::stop_token& stop) {
    constexpr double batch_s = 0.2e-3;
    const std::function<void()> run = probe.prepare(timing.work);
    const auto timed = [&](std::int64_t times) {
        const Clock::time_point start = Clock::now();
        for (std::int64_t i = 0; i < times; ++i) {
            run();
        }
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    const Clock::time_point start = Clock::now();
    double once = timed(1); // touches memory for the first time; does not count
    once = std::max(1e-8, std::min(once, timed(1)));
    const auto times = std::max<std::int64_t>(1, static_cast<std::int64_t>(batch_s / once));
    constexpr std::size_t least = 3;
    const std::size_t before = timing.seconds.size();
    while (timing.seconds.size() < before + least ||
           std::chrono::duration<double>(Clock::now() - start).count() < budget) {
        if (stop.stop_requested()) {
            return false;
        }
        timing.seconds.push_back(timed(times) / static_cast<double>(times));
    }
    return true;
}

bool is_short_read(const ProbeWork& work) {
    return work.kind == Kind::Read && work.in == short_depth;
}

double bytes_of(const ProbeWork& work) {
    return static_cast<double>(work.in * work.out * work.matrices) * bytes_per_number(work.format);
}

/// What one more region costs while weights stream: threads wait for each other, read what the
/// others found, and the stream begins anew. Taken from the same bytes read in one go and with a
/// region for each of many matrices.
double waiting_s(const std::vector<Timing>& timings, double empty_region_s) {
    const Timing* in_one_go = nullptr;
    const Timing* shared = nullptr;
    for (const Timing& timing : timings) {
        if (timing.work.kind == Kind::SharedRead) {
            shared = &timing;
        } else if (timing.work.kind == Kind::Read && timing.work.format == NumberFormat::Fp32 &&
                   bytes_of(timing.work) == static_cast<double>(scattered_bytes)) {
            in_one_go = &timing;
        }
    }
    if (in_one_go == nullptr || shared == nullptr) {
        return empty_region_s;
    }
    return std::max(empty_region_s,
                    (undisturbed(shared->seconds) - undisturbed(in_one_go->seconds)) /
                        static_cast<double>(shared->work.matrices));
}

/// Seconds for a byte that another thread has written. A thread reads what the others wrote, all at
/// the same time; what it wrote itself is at hand.
double exchange_s(double exchange, double empty_region, int threads) {
    const double foreign = 4.0 * exchanged_numbers * (threads - 1) / threads;
    return foreign > 0 ? std::max(0.0, exchange - 2 * empty_region) / foreign : 0.0;
}

/// Seconds without the cost of waking the threads; never less than a tenth of what was measured.
double without(double seconds, double cost) {
    return std::max(0.1 * seconds, seconds - cost);
}

/// Of the `nth` timing of that kind in the plan.
const Timing& timing_of(const std::vector<Timing>& timings, Kind kind, int nth = 0) {
    return *std::find_if(timings.begin(), timings.end(), [&](const Timing& timing) {
        return timing.work.kind == kind && nth-- == 0;
    });
}
double undisturbed_of(const std::vector<Timing>& timings, Kind kind) {
    return undisturbed(timing_of(timings, kind).seconds);
}

/// One repeat of it, without waking the threads.
double repeat_s(const Timing& timing, double empty_region_s) {
    return without(undisturbed(timing.seconds), empty_region_s) /
           static_cast<double>(timing.work.repeats);
}

ComputerProfile profile_from(const std::vector<Timing>& timings, const ComputerProbe& probe) {
    ComputerProfile profile;
    profile.processor = processor_name();
    profile.threads = probe.threads();
    profile.vector_numbers = probe.vector_numbers();
    profile.tile_rows = probe.tile_rows();
    const double empty_region_s = undisturbed_of(timings, Kind::Region);
    profile.region_s = waiting_s(timings, empty_region_s);
    profile.exchange_s =
        exchange_s(undisturbed_of(timings, Kind::Exchange), empty_region_s, profile.threads);
    const auto once = [&](Kind kind, int nth = 0) {
        return repeat_s(timing_of(timings, kind, nth), empty_region_s);
    };
    const double wide = once(Kind::ElementWise) / norm_rows;
    const double narrow = once(Kind::ElementWise, 1) / norm_rows;
    profile.element_s = std::max(0.0, wide - narrow) / (norm_width - narrow_norm_width);
    profile.norm_row_s = std::max(0.0, narrow - narrow_norm_width * profile.element_s);
    // Vectors of both halves of a head, which is what turning it takes.
    const double vectors =
        std::ceil(rotated_numbers / 2.0 / static_cast<double>(profile.vector_numbers));
    profile.rotation_s = once(Kind::Rotation) / (rotated_heads * vectors);
    profile.routing_s = once(Kind::Routing) / (routed_tokens * routed_experts);
    profile.activation_s = once(Kind::Activation) / (norm_rows * norm_width);
    profile.packing_s = once(Kind::PackKeys) / (256 * key_numbers);
    std::vector<double> spreads;
    for (const Timing& timing : timings) {
        const ProbeWork& work = timing.work;
        const double each = without(undisturbed(timing.seconds), empty_region_s);
        const double repeat = repeat_s(timing, empty_region_s);
        const auto repeats = static_cast<double>(work.repeats);
        spreads.push_back(spread_of(timing.seconds));
        switch (work.kind) {
        case Kind::Read:
            if (!is_short_read(work)) {
                profile.reading.push_back({work.format, static_cast<std::int64_t>(bytes_of(work)),
                                           bytes_of(work) * repeats / each});
            }
            break;
        case Kind::Product:
            profile.products.push_back(
                {work.format, work.rows, work.in,
                 2.0 * static_cast<double>(work.rows * work.in * work.out) * repeats / each});
            break;
        case Kind::TileAttention:
            profile.attention.push_back({work.in, work.keys, work.rows, true,
                                         repeat / static_cast<double>(work.rows * work.keys)});
            break;
        case Kind::RowAttention:
            profile.attention.push_back({work.in, work.keys, work.heads, false,
                                         repeat / static_cast<double>(work.heads * work.keys)});
            break;
        case Kind::Region:
        case Kind::Exchange:
        case Kind::SharedRead:
        case Kind::PackKeys:
        case Kind::ElementWise:
        case Kind::Rotation:
        case Kind::Routing:
        case Kind::Activation:
            break;
        }
    }
    for (const Timing& timing : timings) {
        if (is_short_read(timing.work)) {
            constexpr double bytes = 4.0 * short_depth * short_out;
            const double streaming = bytes / profile.reading_bytes_per_s(NumberFormat::Fp32, bytes);
            const double rest = (undisturbed(timing.seconds) - empty_region_s) /
                                    static_cast<double>(timing.work.repeats) -
                                streaming;
            profile.panel_s = std::max(0.0, rest) * profile.threads / (short_out / panel_columns);
        }
    }
    std::sort(spreads.begin(), spreads.end());
    profile.spread = spreads[spreads.size() / 2];
    return profile;
}

} // namespace

Result<ComputerProfile> measure_computer(ComputerProbe& probe, const MeasureProgress& progress,
                                         const std::stop_token& stop, double seconds) {
    std::vector<Timing> timings = plan(probe);
    // Several times through the list, so that a disturbance of seconds does not spoil all runs of a
    // point.
    constexpr std::size_t rounds = 4;
    const std::size_t total = timings.size() * rounds;
    const double budget = seconds / static_cast<double>(total);
    std::size_t done = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (Timing& timing : timings) {
            if (stop.stop_requested() || !time_work(probe, timing, budget, stop)) {
                return Error{"", "measurement", base_says<"cancelled">()};
            }
            ++done;
            if (progress) {
                progress(static_cast<double>(done) / static_cast<double>(total));
            }
        }
    }
    return profile_from(timings, probe);
}

double measured_exchange_s(ComputerProbe& probe) {
    if (probe.threads() == 1) {
        return 0;
    }
    constexpr double budget = 0.01;
    Timing region{{.kind = Kind::Region}, {}};
    Timing exchange{{.kind = Kind::Exchange, .in = exchanged_numbers}, {}};
    time_work(probe, region, budget, {});
    time_work(probe, exchange, budget, {});
    return exchange_s(undisturbed(exchange.seconds), undisturbed(region.seconds), probe.threads());
}

bool same_placement(double exchange_s, double other_exchange_s) {
    constexpr double apart = 1.6;
    return exchange_s <= apart * other_exchange_s && other_exchange_s <= apart * exchange_s;
}

std::filesystem::path computer_file(const std::filesystem::path& folder, int threads,
                                    KeptFile which) {
    std::string name;
    for (const char c : processor_name()) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        name += plain ? c : '_';
    }
    return folder / ("computer-" + name + "-" + std::to_string(threads) +
                     (which == KeptFile::Earlier ? "-earlier.json" : ".json"));
}

Result<ComputerProfile> kept_computer(const std::filesystem::path& folder, int threads,
                                      KeptFile which) {
    const std::filesystem::path path = computer_file(folder, threads, which);
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{path.string(), "", computer_says<"cannot-be-read">()};
    }
    std::ostringstream text;
    text << file.rdbuf();
    Result<ComputerProfile> profile = parse_computer(text.str(), path.string());
    if (profile && (profile->processor != processor_name() || profile->threads != threads)) {
        return Error{
            path.string(), "processor",
            found_expected(computer_says<"processor">(profile->processor, profile->threads),
                           computer_says<"processor-alone">(processor_name(), threads))};
    }
    return profile;
}

Status keep_computer(const std::filesystem::path& folder, const ComputerProfile& profile) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const std::filesystem::path path = computer_file(folder, profile.threads);
    std::filesystem::path temporary = path;
    temporary += ".part";
    {
        std::ofstream file(temporary, std::ios::binary);
        file << write_computer(profile);
        if (!file.flush()) {
            return Error{temporary.string(), "", computer_says<"cannot-be-written">()};
        }
    }
    std::filesystem::rename(temporary, path, failed);
    if (failed) {
        return Error{path.string(), "",
                     computer_says<"cannot-be-written-because">(failed.message())};
    }
    return std::monostate{};
}

} // namespace headroom
