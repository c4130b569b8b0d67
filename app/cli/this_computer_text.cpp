// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/this_computer_text.h"

#include "app/cli/text_table.h"
#include "core/this_computer/engine_probe.h"

#include <QStandardPaths>

#include <cstdio>
#include <unistd.h>

namespace headroom::cli {
namespace {

MeasureProgress progressOnTerminal() {
    if (isatty(STDERR_FILENO) == 0) {
        return {};
    }
    return [](double done) {
        std::fprintf(stderr, "\rmeasuring this computer: %3.0f %%%s", done * 100,
                     done >= 1 ? "\n" : "");
    };
}

} // namespace

int threadsFrom(const Arguments& arguments) {
    return static_cast<int>(arguments.integer("--threads", 1, 1024).value_or(0));
}

std::string thisComputerFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation).toStdString() +
           "/headroom";
}

Result<ComputerProfile> measureThisComputer(int threads) {
    const std::unique_ptr<ComputerProbe> probe = engine_probe(threads);
    Result<ComputerProfile> profile = measure_computer(*probe, progressOnTerminal(), {});
    if (profile) {
        if (const Status kept = keep_computer(thisComputerFolder(), *profile); !kept) {
            return kept.error();
        }
    }
    return profile;
}

Result<ComputerProfile> keptThisComputer(int threads) {
    return this_computer(thisComputerFolder(), threads, progressOnTerminal());
}

std::string thisComputerText(const ComputerProfile& profile) {
    constexpr double giga = 1e9;
    std::string text =
        profile.processor + ", " + std::to_string(profile.threads) + " threads\n\nReading\n";
    TextTable reading({Align::Right, Align::Right, Align::Right});
    reading.add({"working set", "fp32", "bf16"});
    reading.rule();
    for (const ReadingPoint& point : profile.reading) {
        if (point.format == NumberFormat::Fp32) {
            const auto bytes = static_cast<double>(point.bytes);
            reading.add(
                {binaryBytes(bytes), plainNumber(point.bytes_per_s / giga, 3) + " GB/s",
                 plainNumber(profile.reading_bytes_per_s(NumberFormat::Bf16, bytes) / giga, 3) +
                     " GB/s"});
        }
    }
    text += reading.text("  ") + "\nProducts\n";
    TextTable products({Align::Right, Align::Right, Align::Right, Align::Right});
    products.add({"rows", "inputs", "fp32", "bf16"});
    products.rule();
    for (const ProductPoint& point : profile.products) {
        if (point.format == NumberFormat::Fp32) {
            const double narrow = profile.product_flops_per_s(
                NumberFormat::Bf16, static_cast<double>(point.rows), static_cast<double>(point.in));
            products.add({std::to_string(point.rows), std::to_string(point.in),
                          plainNumber(point.flops_per_s / giga, 3) + " GFLOP/s",
                          plainNumber(narrow / giga, 3) + " GFLOP/s"});
        }
    }
    text += products.text("  ") + "\n";
    TextTable rest({Align::Left, Align::Right});
    rest.add({"waking the threads", secondsText(profile.region_s)});
    rest.add({"spread of repetitions", percentText(profile.spread)});
    return text + rest.text();
}

} // namespace headroom::cli
