// SPDX-License-Identifier: GPL-3.0-or-later
// The time rows of validations beside what was measured, over six designs, and how soon a cancel is
// answered. Usage: bench_validation [--parameters N] [--cancels N]
#include "core/presets/presets.h"
#include "core/this_computer/engine_probe.h"
#include "core/validation/validation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>
#include <utility>
#include <vector>

using namespace headroom;

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* designs[] = {"qwen3-8b",      "llama-2-7b",   "gemma-3-12b",
                                   "qwen3-30b-a3b", "gpt-oss-120b", "deepseek-v3"};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Mean error of the times with its sign: too slow is positive.
double bias_of(const ValidationReport& report) {
    double sum = 0;
    std::int64_t rows = 0;
    for (const ValidationRow& row : report.rows) {
        if (row.judgement == Judgement::Timed) {
            sum += row.predicted / row.measured - 1;
            ++rows;
        }
    }
    return rows > 0 ? sum / static_cast<double>(rows) : 0;
}

/// Mean error of the times of every design; the contexts and batches are those of `headroom
/// validate`.
void sweep(ValidationOptions options) {
    std::printf("%-16s %5s %7s %7s %7s %8s %7s\n", "design", "rows", "mean", "worst", "bias",
                "spread", "within");
    struct Total {
        double sum = 0;
        double worst = 0;
        std::int64_t rows = 0;
    };
    Total all;
    Total undisturbed;
    for (const char* id : designs) {
        const ModelPreset* preset = find_model_preset(id);
        // Anew before each design: what a shared machine gives drifts within minutes.
        const std::unique_ptr<ComputerProbe> probe = engine_probe();
        Result<ComputerProfile> computer = measure_computer(*probe, {}, {});
        for (int again = 0; again < 3 && computer &&
                            !same_placement(computer->exchange_s, measured_exchange_s(*probe));
             ++again) {
            computer = measure_computer(*probe, {}, {});
        }
        if (!computer) {
            std::printf("%-16s %s\n", id, computer.error().text().c_str());
            continue;
        }
        options.computer = *computer;
        const ValidationReport report = validate_design(preset->name, preset->config, options);
        if (report.failure) {
            std::printf("%-16s %s\n", id, report.failure->text().c_str());
            continue;
        }
        const ValidationReport::Summary times = report.summary(Judgement::Timed);
        std::printf("%-16s %5lld %6.1f%% %6.1f%% %+6.1f%% %7.1f%% %3lld/%lld  others %2.0f%%  byte "
                    "%.2f ns%s%s\n",
                    id, static_cast<long long>(times.rows), 100 * times.mean_abs_error,
                    100 * times.max_abs_error, 100 * bias_of(report), 100 * times.mean_spread,
                    static_cast<long long>(times.within), static_cast<long long>(times.rows),
                    100 * report.others_load.value_or(0), 1e9 * computer->exchange_s,
                    report.threads_moved ? "  threads moved" : "",
                    report.is_exact() ? "" : "  counts differ");
        for (Total* total : {&all, &undisturbed}) {
            if (total == &all || !report.was_disturbed()) {
                total->sum += times.mean_abs_error * static_cast<double>(times.rows);
                total->worst = std::max(total->worst, times.max_abs_error);
                total->rows += times.rows;
            }
        }
    }
    for (const auto& [name, total] :
         {std::pair("all", all), std::pair("undisturbed", undisturbed)}) {
        if (total.rows > 0) {
            std::printf("%-16s %5lld %6.1f%% %6.1f%%\n", name, static_cast<long long>(total.rows),
                        100 * total.sum / static_cast<double>(total.rows), 100 * total.worst);
        }
    }
}

/// Runs that are cancelled at moments spread over a run; prints the time until they have ended.
void cancel(const ValidationOptions& options, int count) {
    std::vector<double> answers;
    for (int i = 0; i < count; ++i) {
        const ModelPreset* preset = find_model_preset(designs[static_cast<std::size_t>(i) % 6]);
        std::stop_source source;
        Clock::time_point ended;
        std::thread run([&] {
            (void)validate_design(preset->name, preset->config, options, {}, source.get_token());
            ended = Clock::now();
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + 97 * i));
        const Clock::time_point asked = Clock::now();
        source.request_stop();
        run.join();
        if (ended > asked) {
            answers.push_back(std::chrono::duration<double>(ended - asked).count());
        }
    }
    std::sort(answers.begin(), answers.end());
    if (!answers.empty()) {
        std::printf("cancelled %zu runs: median %.1f ms, longest %.1f ms\n", answers.size(),
                    1e3 * answers[answers.size() / 2], 1e3 * answers.back());
    }
}

} // namespace

int main(int argc, char** argv) {
    ValidationOptions options;
    options.computer_folder = std::filesystem::temp_directory_path() / "headroom-bench-validation";
    int cancels = 30;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--parameters") == 0) {
            options.parameters = std::atoll(argv[i + 1]);
        } else if (std::strcmp(argv[i], "--cancels") == 0) {
            cancels = std::atoi(argv[i + 1]);
        }
    }
    const Clock::time_point start = Clock::now();
    sweep(options);
    std::printf("sweep: %.1f s\n", seconds_since(start));
    cancel(options, cancels);
    return 0;
}
