// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hardware/this_computer_measure.h"

#include <algorithm>
#include <array>
#include <chrono>
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
/// A working set that no cache holds, in matrices so small that waking the threads for each shows.
constexpr std::int64_t scattered_bytes = 65536 * kib;
constexpr std::int64_t scattered_matrix_bytes = 256 * kib;
constexpr std::int64_t product_out = 512;
constexpr std::int64_t key_numbers = 64;
constexpr std::int64_t norm_width = 512;
constexpr std::int64_t norm_rows = 64;
constexpr std::int64_t short_depth = 64; ///< so short that the panel's fixed cost shows
constexpr std::int64_t short_out = 2048;
constexpr std::array formats{NumberFormat::Fp32, NumberFormat::Bf16};

struct Timing {
    ProbeWork work;
    std::vector<double> seconds; ///< of one run each
};

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

std::vector<Timing> plan(const ComputerProbe& probe) {
    std::vector<Timing> timings;
    const auto add = [&](const ProbeWork& work) { timings.push_back({work, {}}); };
    add({.kind = Kind::Region});
    add({.kind = Kind::Read, .in = short_depth, .out = short_out});
    add({.kind = Kind::ElementWise, .rows = norm_rows, .in = norm_width});
    add({.kind = Kind::Activation, .in = norm_rows * norm_width});
    add({.kind = Kind::PackKeys, .in = key_numbers, .keys = 256});
    for (const NumberFormat format : formats) {
        for (const std::int64_t rows : {2, 4, 8, 12, 24, 48, 128, 512}) {
            for (const std::int64_t in : {64, 256, 1024}) {
                add({.kind = Kind::Product,
                     .format = format,
                     .rows = rows,
                     .in = in,
                     .out = product_out});
            }
        }
    }
    for (const std::int64_t dim : {64, 128}) {
        for (const std::int64_t rows : {32, 128, 512}) {
            add({.kind = Kind::BandAttention, .rows = rows, .in = dim});
        }
        for (const std::int64_t heads : {1, 4}) {
            for (const std::int64_t keys : {4, 64, 1024}) {
                add({.kind = Kind::RowAttention, .in = dim, .heads = heads, .keys = keys});
            }
        }
    }
    const auto read = [&](NumberFormat format, std::int64_t bytes, std::int64_t each) {
        const auto width = static_cast<std::int64_t>(bytes_per_number(format));
        each = std::min(each, bytes);
        add({.kind = Kind::Read,
             .format = format,
             .in = reading_depth,
             .out = each / width / reading_depth,
             .matrices = bytes / each});
    };
    for (const NumberFormat format : formats) {
        for (const std::int64_t size : {256, 1024, 2048, 4096, 8192, 16384, 24576, 32768, 49152,
                                        65536, 98304, 131072, 196608, 262144}) {
            if (size <= kib || size * kib <= probe.memory_bytes()) {
                read(format, size * kib, matrix_bytes);
            }
        }
    }
    if (scattered_bytes <= probe.memory_bytes()) {
        read(NumberFormat::Fp32, scattered_bytes, scattered_matrix_bytes);
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

/// Reading many small matrices.
bool is_scattered_read(const ProbeWork& work) {
    return work.kind == Kind::Read && work.matrices == scattered_bytes / scattered_matrix_bytes;
}

/// What one more region costs while weights stream from memory: threads wait for each other, and
/// the stream begins anew. Taken from the same bytes in few regions and in many.
double waiting_s(const std::vector<Timing>& timings, double empty_region_s) {
    const Timing* few = nullptr;
    const Timing* many = nullptr;
    for (const Timing& timing : timings) {
        if (is_scattered_read(timing.work)) {
            many = &timing;
        } else if (timing.work.kind == Kind::Read && timing.work.format == NumberFormat::Fp32 &&
                   bytes_of(timing.work) == static_cast<double>(scattered_bytes)) {
            few = &timing;
        }
    }
    if (few == nullptr || many == nullptr) {
        return empty_region_s;
    }
    const auto regions = static_cast<double>(many->work.matrices - few->work.matrices);
    return std::max(empty_region_s,
                    (undisturbed(many->seconds) - undisturbed(few->seconds)) / regions);
}

/// Seconds without the cost of waking the threads; never less than a tenth of what was measured.
double without(double seconds, double cost) {
    return std::max(0.1 * seconds, seconds - cost);
}

double undisturbed_of(const std::vector<Timing>& timings, Kind kind) {
    const auto found = std::find_if(timings.begin(), timings.end(),
                                    [&](const Timing& t) { return t.work.kind == kind; });
    return undisturbed(found->seconds);
}

ComputerProfile profile_from(const std::vector<Timing>& timings, int threads) {
    ComputerProfile profile;
    profile.processor = processor_name();
    profile.threads = threads;
    const double empty_region_s = undisturbed_of(timings, Kind::Region);
    profile.region_s = waiting_s(timings, empty_region_s);
    profile.element_s = undisturbed_of(timings, Kind::ElementWise) / (norm_rows * norm_width);
    profile.activation_s = undisturbed_of(timings, Kind::Activation) / (norm_rows * norm_width);
    profile.packing_s = undisturbed_of(timings, Kind::PackKeys) / (256 * key_numbers);
    std::vector<double> spreads;
    for (const Timing& timing : timings) {
        const ProbeWork& work = timing.work;
        const double seconds = undisturbed(timing.seconds);
        spreads.push_back(spread_of(timing.seconds));
        switch (work.kind) {
        case Kind::Read:
            if (!is_short_read(work) && !is_scattered_read(work)) {
                const double bytes = bytes_of(work);
                const double waiting = static_cast<double>(work.matrices) *
                                       (work.matrices > 1 ? profile.region_s : empty_region_s);
                profile.reading.push_back({work.format, static_cast<std::int64_t>(bytes),
                                           bytes / without(seconds, waiting)});
            }
            break;
        case Kind::Product:
            profile.products.push_back({work.format, work.rows, work.in,
                                        2.0 * static_cast<double>(work.rows * work.in * work.out) /
                                            without(seconds, empty_region_s)});
            break;
        case Kind::BandAttention: {
            const auto rows = static_cast<double>(work.rows);
            profile.attention.push_back(
                {work.in, work.rows / 2, 0, seconds / (rows * (rows + 1) / 2)});
            break;
        }
        case Kind::RowAttention:
            profile.attention.push_back({work.in, work.keys, work.heads,
                                         seconds / static_cast<double>(work.heads * work.keys)});
            break;
        case Kind::Region:
        case Kind::PackKeys:
        case Kind::ElementWise:
        case Kind::Activation:
            break;
        }
    }
    for (const Timing& timing : timings) {
        if (is_short_read(timing.work)) {
            constexpr double bytes = 4.0 * short_depth * short_out;
            const double streaming = bytes / profile.reading_bytes_per_s(NumberFormat::Fp32, bytes);
            const double rest = undisturbed(timing.seconds) - empty_region_s - streaming;
            profile.panel_s = std::max(0.0, rest) * threads / (short_out / panel_columns);
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
    // Twice through the list, so that a disturbance of a second does not spoil all runs of a point.
    constexpr std::size_t rounds = 2;
    const std::size_t total = timings.size() * rounds;
    const double budget = seconds / static_cast<double>(total);
    std::size_t done = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (Timing& timing : timings) {
            if (stop.stop_requested() || !time_work(probe, timing, budget, stop)) {
                return Error{"", "measurement", "was cancelled"};
            }
            ++done;
            if (progress) {
                progress(static_cast<double>(done) / static_cast<double>(total));
            }
        }
    }
    return profile_from(timings, probe.threads());
}

std::filesystem::path computer_file(const std::filesystem::path& folder, int threads) {
    std::string name;
    for (const char c : processor_name()) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        name += plain ? c : '_';
    }
    return folder / ("computer-" + name + "-" + std::to_string(threads) + ".json");
}

Result<ComputerProfile> kept_computer(const std::filesystem::path& folder, int threads) {
    const std::filesystem::path path = computer_file(folder, threads);
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Error{path.string(), "", "cannot be read"};
    }
    std::ostringstream text;
    text << file.rdbuf();
    Result<ComputerProfile> profile = parse_computer(text.str(), path.string());
    if (profile && (profile->processor != processor_name() || profile->threads != threads)) {
        return Error{path.string(), "processor",
                     "found " + profile->processor + " with " + std::to_string(profile->threads) +
                         " threads, expected " + processor_name() + " with " +
                         std::to_string(threads)};
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
            return Error{temporary.string(), "", "cannot be written"};
        }
    }
    std::filesystem::rename(temporary, path, failed);
    if (failed) {
        return Error{path.string(), "", "cannot be written: " + failed.message()};
    }
    return std::monostate{};
}

} // namespace headroom
