// SPDX-License-Identifier: GPL-3.0-or-later
// How long an analysis takes: whole analyses of the presets, and a plain loop over configurations.
#include "core/accounting/kv_cache.h"
#include "core/presets/presets.h"
#include "core/study/analysis.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace headroom;

namespace {

/// Processor time of this thread: other work on the machine does not count.
double cpu_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

/// Median of `runs` timings of `work`, each of `repeats` calls, in microseconds per call.
template <class Work>
double median_us(int runs, int repeats, Work&& work) {
    std::vector<double> times;
    for (int run = 0; run < runs; ++run) {
        const double start = cpu_microseconds();
        for (int i = 0; i < repeats; ++i) {
            work();
        }
        times.push_back((cpu_microseconds() - start) / repeats);
    }
    std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
    return times[static_cast<std::size_t>(runs / 2)];
}

double sink = 0; // keeps results alive

void whole_analyses() {
    Scenario scenario;
    scenario.workload = {32, 8192, 1024, 131072};
    scenario.deployment = {"h200", 8, 8, 1, 8};
    const DeviceProfile& device = *find_device("h200");
    double worst = 0;
    const char* slowest = "";
    for (const ModelPreset& preset : model_presets()) {
        Scenario fitting = scenario;
        const auto spec = expand_layers(preset.config);
        if (!check_deployment(*spec, fitting.deployment)) {
            fitting.deployment = {"h200", 1, 1, 1, 1};
        }
        const double us = median_us(15, 400, [&] {
            const auto expanded = expand_layers(preset.config);
            sink += analyze(*expanded, fitting, device)->throughput.tokens_per_second;
        });
        if (us > worst) {
            worst = us;
            slowest = preset.id.c_str();
        }
        if (preset.id == "deepseek-v3" || preset.id == "qwen3-8b" || preset.id == "gemma-3n-e4b") {
            std::printf("whole analysis, %-14s %6.2f us\n", preset.id.c_str(), us);
        }
    }
    std::printf("whole analysis, slowest preset %4.2f us (%s)\n", worst, slowest);
}

/// Different designs, as a search makes them: parameters, cache and decode time.
void configurations_per_second(const char* preset) {
    const DeviceProfile& device = *find_device("h200");
    Scenario scenario;
    scenario.workload = {8, 2048, 512, 8192};
    std::vector<ModelConfig> configs;
    for (std::int64_t layers = 8; layers < 88; layers += 2) {
        for (std::int64_t hidden = 1024; hidden <= 8192; hidden += 256) {
            ModelConfig config = find_model_preset(preset)->config;
            config.num_hidden_layers = layers;
            config.hidden_size = hidden;
            configs.push_back(config);
        }
    }
    const double us = median_us(9, 1, [&] {
        for (const ModelConfig& config : configs) {
            const auto spec = expand_layers(config);
            sink += static_cast<double>(count_parameters(*spec)->total);
            sink += static_cast<double>(kv_bytes_at(*spec, 8192, NumberFormat::Bf16));
            sink += decode_time(*spec, scenario, device).seconds;
        }
    });
    std::printf("configurations per second and core, %-14s %8.0f\n", preset,
                static_cast<double>(configs.size()) / us * 1e6);
}

} // namespace

int main() {
    whole_analyses();
    configurations_per_second("qwen3-8b");
    configurations_per_second("deepseek-v3");
    configurations_per_second("gemma-3-27b");
    return sink > 0 ? 0 : 1;
}
