// SPDX-License-Identifier: GPL-3.0-or-later
// headroom validate MODEL
#include "app/cli/commands.h"
#include "app/cli/failure.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/this_computer_text.h"
#include "core/config/expand.h"
#include "core/engine/tensor_source.h"
#include "core/study/compare.h"
#include "core/validation/validation_json.h"
#include "core/validation/validation_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <unistd.h>

namespace headroom::cli {

namespace {

constexpr std::array validateOptions{
    OptionSpec{"--parameters", "N",
               "parameters of the tiny design at most (default 4000000; 0: as many as\n"
               "--memory and --seconds allow)"},
    OptionSpec{"--seconds", "S", "estimated time of the timed steps at most"},
    OptionSpec{"--memory", "BYTES",
               "memory of the engine at most (default: half of what is available)"},
    OptionSpec{"--contexts", "128,512,2048", "lengths of the prompts"},
    OptionSpec{"--batches", "1,4,16,64", "tokens of one step after a prompt"},
    OptionSpec{"--repeat", "R",
               "timed rounds (default: at least 7, and until each context was\n"
               "timed for a quarter of a second)"},
    OptionSpec{"--no-times", "", "counts only; this computer's profile is then not needed"},
    OptionSpec{"--shrink", "", "shrinks a folder's design too, and leaves its weights aside"},
    OptionSpec{"--threads", "N", "(default: one per hardware thread)"},
    OptionSpec{"--seed", "N", "of weights and tokens (default 1)"},
    OptionSpec{"--markdown", "", "a Markdown report"},
    OptionSpec{"--csv", "", "the rows as comma-separated values"},
};

std::vector<std::int64_t> lengths(const Arguments& arguments, std::string_view option,
                                  std::vector<std::int64_t> otherwise) {
    const auto text = arguments.value(option);
    if (!text) {
        return otherwise;
    }
    constexpr std::int64_t most = 1 << 20;
    std::vector<std::int64_t> values;
    for (const std::string& word : splitList(*text)) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc() || end != word.data() + word.size() || value < 1 || value > most) {
            failUsage(std::string(option) + ": found \"" + word +
                      "\", expected whole numbers from 1 to " + std::to_string(most));
        }
        values.push_back(value);
    }
    if (values.empty()) {
        failUsage(std::string(option) + ": found no number, expected some, as 128,512");
    }
    return values;
}

ValidationOptions validationOptionsFrom(const Arguments& arguments) {
    constexpr std::int64_t most = std::int64_t{1} << 50;
    ValidationOptions result;
    result.parameters = arguments.integer("--parameters", 0, most).value_or(result.parameters);
    result.seconds = arguments.number("--seconds", 0, 1e6).value_or(0);
    result.memory_bytes = arguments.integer("--memory", 1, most).value_or(0);
    result.contexts = lengths(arguments, "--contexts", result.contexts);
    result.batches = lengths(arguments, "--batches", result.batches);
    if (const auto repeats = arguments.integer("--repeat", 1, 10000)) {
        result.repeats = static_cast<int>(*repeats);
        result.timing_seconds = 0;
    }
    result.threads = threadsFrom(arguments);
    result.seed = static_cast<std::uint64_t>(
        arguments.integer("--seed", 0, std::int64_t{1} << 62).value_or(1));
    result.measures_time = !arguments.has("--no-times");
    result.computer_folder = thisComputerFolder();
    return result;
}

/// Kinds, which shrinking leaves as they are.
std::string structureText(const ValidationReport& report) {
    const auto before = expand_layers(report.original);
    const auto after = expand_layers(report.tiny.config);
    if (!before || !after) {
        return {};
    }
    TextTable table({Align::Left, Align::Left});
    const auto original = describe_structure(*before);
    const auto tiny = describe_structure(*after);
    for (std::size_t i = 0; i < original.size(); ++i) {
        table.add({original[i].first, original[i].second});
        if (original[i].second != tiny[i].second) {
            table.add({"", "tiny: " + tiny[i].second});
        }
    }
    return table.text("  ") + "\n";
}

std::string designText(const ValidationReport& report) {
    TextTable fields({Align::Left, Align::Right, Align::Right, Align::Left});
    fields.add({"", "original", "tiny", ""});
    fields.rule();
    for (const ShrunkRatio& ratio : report.tiny.ratios) {
        fields.add({ratio_text(ratio.id), ratio_values_text(ratio.original[0], ratio.original[1]),
                    ratio_values_text(ratio.tiny[0], ratio.tiny[1]),
                    ratio.is_kept() ? "kept" : "rounded"});
    }
    fields.rule();
    for (const ShrunkField& field : report.tiny.fields) {
        fields.add({std::string(field.name), plainNumber(field.original, 9),
                    plainNumber(field.tiny, 9),
                    field.is_rounded() ? "in proportion " + plainNumber(field.exact, 3) : ""});
    }
    return fields.text("  ") + "\n" + structureText(report);
}

std::string rowsText(const ValidationReport& report) {
    TextTable table(
        {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left});
    table.add({"", "predicted", "measured", "quartiles", "difference", ""});
    std::optional<RowSection> section;
    for (const ValidationRow& row : report.rows) {
        if (section != section_of(row.kind)) {
            section = section_of(row.kind);
            table.rule();
        }
        const bool exact = row.judgement == Judgement::Exact;
        table.add(
            {quantity_text(row), value_text(row, row.predicted), value_text(row, row.measured),
             exact ? "" : value_text(row, row.fastest) + " to " + value_text(row, row.slowest),
             error_text(row), exact || row.is_within() ? "" : "outside the band"});
    }
    return table.text("  ");
}

std::string reportText(const ValidationReport& report) {
    std::string text = report.name + ": " + summary_text(report) + "\n";
    text += report.folder.empty() ? "\nShrunk\n" + designText(report) : "\n";
    for (const Error& issue : report.tensor_issues) {
        text += "  " + issue.text() + "\n";
    }
    text += rowsText(report);
    if (!report.loads.empty()) {
        text += "\nLoad of the experts: the most loaded over the mean\n";
        TextTable loads({Align::Right, Align::Right, Align::Right});
        loads.add({"layer", "measured", "uniform router"});
        loads.rule();
        for (const ExpertLoad& load : report.loads) {
            loads.add({std::to_string(load.layer), plainNumber(load.imbalance(), 3),
                       plainNumber(report.uniform_imbalance(load), 3)});
        }
        text += loads.text("  ");
    }
    return text + "\n" + std::to_string(report.options.threads) +
           (report.options.threads == 1 ? " thread" : " threads") + ", fp32, " +
           binaryBytes(static_cast<double>(report.memory_bytes)) + " of " +
           binaryBytes(static_cast<double>(report.options.memory_bytes)) + ", " +
           secondsText(report.seconds) + "\n" +
           (report.was_disturbed() ? disturbance_text(report) + "\n" : "") +
           (report.was_cancelled ? "The run was cancelled.\n"
            : report.failure     ? "The run ended early: " + report.failure->text() + "\n"
                                 : "");
}

std::string stageText(const ValidationProgress& progress) {
    const std::string tokens = std::to_string(progress.tokens) + " tokens";
    switch (progress.stage) {
    case ValidationStage::Shrinking:
        return "shrinking the design";
    case ValidationStage::MeasuringComputer:
        return "measuring this computer, once";
    case ValidationStage::Loading:
        return "loading the weights";
    case ValidationStage::Counting:
        return "counting, prompt of " + tokens;
    case ValidationStage::Timing:
        return "timing, prompt of " + tokens;
    case ValidationStage::Routing:
        break;
    }
    return "routing " + tokens;
}

/// On a terminal, standard error says what is running and for how long.
ValidationListener validationOnTerminal() {
    if (isatty(STDERR_FILENO) == 0) {
        return {};
    }
    return [](const ValidationProgress& progress, const ValidationReport&) {
        const std::string left =
            progress.seconds_left
                ? ", " + plainNumber(std::ceil(*progress.seconds_left), 3) + " s left"
                : "";
        std::fprintf(stderr, "\r\033[K%3.0f %%  %s%s", progress.share * 100,
                     stageText(progress).c_str(), left.c_str());
    };
}

void clearProgress() {
    if (isatty(STDERR_FILENO) != 0) {
        std::fprintf(stderr, "\r\033[K");
    }
}

void printReport(const Arguments& arguments, const ValidationReport& report) {
    if (arguments.has("--json")) {
        printJson(Json::parse(write_validation(report), nullptr, false));
    } else if (arguments.has("--csv")) {
        printText(validation_csv(report));
    } else {
        printText(arguments.has("--markdown") ? validation_markdown(report) : reportText(report));
    }
}

int runValidate(const Arguments& arguments) {
    const std::string& model = arguments.positional()[0];
    const std::vector<std::string>& edits = arguments.values("--set");
    const bool checkpoint = !arguments.has("--shrink") && has_weights(model);
    if (checkpoint && (!edits.empty() || arguments.has("--parameters"))) {
        failUsage("--set, --parameters: found a folder with weights, which runs as it is; add "
                  "--shrink to run its design with random ones");
    }
    const Design design = checkpoint ? Design{} : loadDesign(model, edits);
    const ValidationOptions validation = validationOptionsFrom(arguments);
    const Interrupt interrupt;
    const ValidationListener listener = validationOnTerminal();
    const ValidationReport report =
        checkpoint
            ? validate_checkpoint(model, validation, listener, interrupt.token())
            : validate_design(design.name, design.config, validation, listener, interrupt.token());
    clearProgress();
    // What was found before a failure is not lost with it.
    if (!report.failure || !report.rows.empty()) {
        printReport(arguments, report);
    }
    const auto exact = report.summary(Judgement::Exact);
    if (exact.within < exact.rows) {
        return ComparisonFailed;
    }
    if (report.was_cancelled) {
        throw Failure{BadInput, model + ": run: was cancelled"};
    }
    if (report.failure) {
        Error error = *report.failure;
        if (error.file.empty()) {
            error.file = model;
        }
        throw Failure{BadInput, error.text()};
    }
    return Done;
}

} // namespace

const Command& validateCommand() {
    static const Command command{
        "validate",
        "MODEL",
        "shrinks the design, runs it, puts predicted beside measured",
        "MODEL may be a folder with weights: it runs as it is, after its tensors are compared\n"
        "with the tensor table. Counts must be exact: exit code 3 says that one was not. Times\n"
        "are predicted from this computer's profile, which is measured once and kept. The engine\n"
        "holds one sequence: a step of several tokens is one pass of that many tokens of it.",
        1,
        1,
        {validateOptions, editOptions(), jsonOption()},
        runValidate,
    };
    return command;
}

} // namespace headroom::cli
