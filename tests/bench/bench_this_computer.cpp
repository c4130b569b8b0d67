// SPDX-License-Identifier: GPL-3.0-or-later
// The estimate for the CPU engine beside what it takes: designs by contexts by run lengths.
// Usage: bench_this_computer [--threads N] [--rounds N] [--bf16] [--profile FILE]
#include "core/config/expand.h"
#include "core/engine/engine.h"
#include "core/this_computer/engine_probe.h"
#include "core/this_computer/this_computer_time.h"
#include "tests/bench/bench_shapes.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace headroom;

namespace {

constexpr std::int64_t contexts[] = {32, 512, 2048};
constexpr std::int64_t lengths[] = {1, 8, 64, 256};

struct Case {
    std::int64_t context = 0;
    std::int64_t length = 0;
    std::vector<double> seconds;
};

std::vector<std::int32_t> tokens(std::int64_t count, std::int64_t vocab) {
    std::vector<std::int32_t> result;
    for (std::int64_t i = 0; i < count; ++i) {
        result.push_back(static_cast<std::int32_t>((i * 7919 + 13) % vocab));
    }
    return result;
}

double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One run of every case. A decode step is timed a few times in a row.
bool run_cases(Engine& engine, std::vector<Case>& cases) {
    constexpr int decode_steps = 12;
    for (Case& one : cases) {
        engine.reset();
        const std::int64_t vocab = engine.spec().vocab_size;
        if (!engine.prefill(tokens(one.context, vocab))) {
            return false;
        }
        const std::vector<std::int32_t> run = tokens(one.length, vocab);
        for (int i = 0; i < (one.length == 1 ? decode_steps : 1); ++i) {
            const auto token = static_cast<std::int32_t>((i * 104729 + 7) % vocab);
            const auto start = std::chrono::steady_clock::now();
            const bool good = one.length == 1 ? engine.decode(token).has_value()
                                              : engine.prefill(run).has_value();
            one.seconds.push_back(since(start));
            if (!good) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

int main(int argc, char** argv) {
    int threads = 0;
    int rounds = 5;
    EngineOptions options;
    std::string profile_file;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--threads" && i + 1 < argc) {
            threads = std::atoi(argv[++i]);
        } else if (argument == "--rounds" && i + 1 < argc) {
            rounds = std::atoi(argv[++i]);
        } else if (argument == "--profile" && i + 1 < argc) {
            profile_file = argv[++i];
        } else if (argument == "--bf16") {
            options.weight_type = WeightType::BF16;
        } else {
            std::fprintf(stderr, "usage: %s [--threads N] [--rounds N] [--bf16] [--profile FILE]\n",
                         argv[0]);
            return 2;
        }
    }
    Result<ComputerProfile> computer = ComputerProfile{};
    computer->threads = engine_probe(threads)->threads();
    if (!profile_file.empty()) {
        std::ifstream file(profile_file);
        std::ostringstream text;
        text << file.rdbuf();
        computer = parse_computer(text.str(), profile_file);
    }
    if (!computer) {
        std::fprintf(stderr, "%s\n", computer.error().text().c_str());
        return 1;
    }
    options.threads = computer->threads;
    options.context = 2048 + 256;
    double all = 0;
    int count = 0;
    for (const BenchShape& shape : bench_shapes()) {
        if (profile_file.empty()) {
            // Anew before each design: what a shared machine gives drifts within minutes.
            const std::unique_ptr<ComputerProbe> probe = engine_probe(options.threads);
            constexpr double seconds = 3;
            computer = measure_computer(*probe, {}, {}, seconds);
        }
        Result<Engine> engine = Engine::random(shape.config, 1, options);
        if (!engine) {
            std::fprintf(stderr, "%s: %s\n", shape.name, engine.error().text().c_str());
            return 1;
        }
        std::vector<Case> cases;
        for (const std::int64_t context : contexts) {
            for (const std::int64_t length : lengths) {
                cases.push_back({context, length, {}});
            }
        }
        for (int round = 0; round < rounds; ++round) {
            if (!run_cases(*engine, cases)) {
                return 1;
            }
        }
        double sum = 0;
        for (Case& one : cases) {
            EngineStep step;
            step.past = one.context;
            step.tokens = one.length;
            step.weights =
                options.weight_type == WeightType::BF16 ? NumberFormat::Bf16 : NumberFormat::Fp32;
            const EngineTime time = engine_time(engine->spec(), step, *computer);
            std::sort(one.seconds.begin(), one.seconds.end());
            // As the profile: what it takes while nobody else wants the processor.
            const double measured = one.seconds[one.seconds.size() / 6];
            const double error = time.seconds / measured - 1;
            std::printf("%-4s context %5lld tokens %4lld  measured %9.3f ms  predicted %9.3f ms  "
                        "%+5.0f%%  linear %.0f%% attention %.0f%% experts %.0f%% elements %.0f%% "
                        "waiting %.0f%%\n",
                        shape.name, static_cast<long long>(one.context),
                        static_cast<long long>(one.length), measured * 1e3, time.seconds * 1e3,
                        error * 100, time.by_kind[0] / time.seconds * 100,
                        time.by_kind[1] / time.seconds * 100, time.by_kind[2] / time.seconds * 100,
                        time.by_kind[3] / time.seconds * 100, time.waiting_s / time.seconds * 100);
            std::fflush(stdout);
            sum += std::abs(error);
            all += std::abs(error);
            ++count;
        }
        std::printf("%-4s mean error %.1f%%\n", shape.name,
                    sum / static_cast<double>(cases.size()) * 100);
    }
    std::printf("all  mean error %.1f%% of %d cases, %d threads, profile's spread %.1f%%\n",
                all / count * 100, count, computer->threads, computer->spread * 100);
    return 0;
}
