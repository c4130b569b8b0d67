// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the engine on four shapes, beside the physical limits of this machine.
// Usage: bench_engine [--json] [--threads N] [--repeat N] [--shapes T1,T2,...] [--bf16]
#include "core/engine/engine_report.h"
#include "core/engine/thread_pool.h"
#include "tests/bench/bench_shapes.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

using namespace headroom;

namespace {

double seconds(const auto& body) {
    const auto start = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Multiply-adds per second of a product whose operands stay in the nearest cache: the fastest that
/// the engine's own kernel can go. Unit: FLOP/s, two per multiply-add.
double product_limit(ThreadPool& pool) {
    const std::int64_t tile = kernels::row_tile(kernels::max_row_tile);
    PackedMatrix weight(256, 32, WeightType::F32);
    weight.allocate();
    const std::vector<float> x(static_cast<std::size_t>(tile * 256), 1.0F);
    double best = 0;
    for (int round = 0; round < 15; ++round) {
        constexpr int repeats = 4000;
        const double time = seconds([&] {
            pool.run([&](int) {
                std::vector<float> y(static_cast<std::size_t>(tile * 32));
                for (int i = 0; i < repeats; ++i) {
                    kernels::product_range(
                        {&weight, nullptr, y.data(), 32, kernels::Store::Overwrite}, x.data(), tile,
                        0, 1, nullptr);
                }
            });
        });
        best = std::max(best,
                        2.0 * 256 * 32 * static_cast<double>(tile) * repeats * pool.size() / time);
    }
    return best;
}

/// Bytes per second of reading a buffer of that size again and again, all threads together.
double read_limit(ThreadPool& pool, std::int64_t bytes) {
    AlignedBuffer buffer(static_cast<std::size_t>(bytes));
    float* values = buffer.floats();
    const std::int64_t count = bytes / 4;
    std::fill(values, values + count, 1.0F);
    double best = 0;
    std::vector<float> sums(static_cast<std::size_t>(pool.size()) * 16);
    for (int round = 0; round < 12; ++round) {
        const double time = seconds([&] {
            pool.split(count / 64, 1, [&](int worker, std::int64_t begin, std::int64_t end) {
                // Sixty-four running sums: enough loads in flight whatever the vector width.
                float sum[64] = {};
                for (std::int64_t i = begin; i < end; ++i) {
                    for (int j = 0; j < 64; ++j) {
                        sum[j] += values[i * 64 + j];
                    }
                }
                for (const float part : sum) {
                    sums[static_cast<std::size_t>(worker) * 16] += part;
                }
            });
        });
        best = std::max(best, static_cast<double>(bytes) / time);
    }
    return best;
}

/// Resident memory now, from the system. Unit: bytes; 0 where it does not say.
double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

} // namespace

int main(int argc, char** argv) {
    bool json = false;
    bool bf16 = false;
    int repeat = 5;
    std::vector<int> threads = {1, 2};
    std::string wanted = "T1,T2,T3,T4";
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--json") {
            json = true;
        } else if (argument == "--bf16") {
            bf16 = true;
        } else if (argument == "--threads" && i + 1 < argc) {
            threads = {std::atoi(argv[++i])};
        } else if (argument == "--repeat" && i + 1 < argc) {
            repeat = std::atoi(argv[++i]);
        } else if (argument == "--shapes" && i + 1 < argc) {
            wanted = argv[++i];
        } else {
            std::fprintf(stderr,
                         "usage: %s [--json] [--bf16] [--threads N] [--repeat N] "
                         "[--shapes T1,T2,T3,T4]\n",
                         argv[0]);
            return 2;
        }
    }
    std::string rows;
    for (const int count : threads) {
        ThreadPool pool(count);
        const double flops = product_limit(pool);
        if (!json) {
            std::printf("%d threads: %.1f GFLOP/s in cache\n", count, flops / 1e9);
        }
        for (const BenchShape& shape : peer_shapes()) {
            if (wanted.find(shape.name) == std::string::npos) {
                continue;
            }
            EngineOptions options;
            options.threads = count;
            options.context = 1024;
            options.weight_type = bf16 ? WeightType::BF16 : WeightType::F32;
            Result<Engine> engine = Engine::random(shape.config, 1, options);
            if (!engine) {
                std::fprintf(stderr, "%s\n", engine.error().text().c_str());
                return 1;
            }
            const Result<BenchReport> short_prompt = bench(*engine, {128, 64, repeat});
            const Result<BenchReport> long_prompt = bench(*engine, {512, 0, repeat});
            if (!short_prompt || !long_prompt) {
                return 1;
            }
            const auto bytes = static_cast<double>(short_prompt->decode.weight_bytes +
                                                   short_prompt->decode.cache_bytes_read);
            const double bandwidth = read_limit(pool, static_cast<std::int64_t>(bytes));
            const double share128 = short_prompt->prefill_tokens_per_second / 128.0 *
                                    static_cast<double>(short_prompt->prefill.flops) / flops;
            const double share512 = long_prompt->prefill_tokens_per_second / 512.0 *
                                    static_cast<double>(long_prompt->prefill.flops) / flops;
            const double decode_share = short_prompt->decode_tokens_per_second * bytes / bandwidth;
            char line[512];
            if (json) {
                std::snprintf(
                    line, sizeof line,
                    "%s{\"shape\":\"%s\",\"threads\":%d,\"prefill_128\":%.1f,"
                    "\"prefill_512\":%.1f,\"decode\":%.1f,\"prefill_128_share\":%.3f,"
                    "\"prefill_512_share\":%.3f,\"decode_share\":%.3f,"
                    "\"limit_flops\":%.4g,\"limit_bytes_per_second\":%.4g,"
                    "\"weights_bytes\":%lld,\"resident_bytes\":%.0f}",
                    rows.empty() ? "" : ",", shape.name, count,
                    short_prompt->prefill_tokens_per_second, long_prompt->prefill_tokens_per_second,
                    short_prompt->decode_tokens_per_second, share128, share512, decode_share, flops,
                    bandwidth, static_cast<long long>(engine->weights_bytes()), resident_bytes());
                rows += line;
            } else {
                std::printf("%s  prefill 128 %8.0f tok/s (%3.0f%%)  512 %8.0f tok/s (%3.0f%%)  "
                            "decode %7.1f tok/s (%3.0f%% of %.0f GB/s)  resident %.0f MB, planned "
                            "%.0f MB\n",
                            shape.name, short_prompt->prefill_tokens_per_second, share128 * 100,
                            long_prompt->prefill_tokens_per_second, share512 * 100,
                            short_prompt->decode_tokens_per_second, decode_share * 100,
                            bandwidth / 1e9, resident_bytes() / 1e6,
                            static_cast<double>(engine->weights_bytes() + engine->kv_cache_bytes() +
                                                engine->workspace_bytes()) /
                                1e6);
                std::fflush(stdout);
            }
        }
    }
    if (json) {
        std::printf("{\"runs\":[%s]}\n", rows.c_str());
    }
    return 0;
}
